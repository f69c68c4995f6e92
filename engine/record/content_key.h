#pragma once
// The key that seals the content of a record: openings and the artefacts that only content names, by AES-256-GCM. Leaves,
// tree, signatures, law and calendars stay open, so that a record verifies without the key; who has not the key reads
// nothing of the content, and once the last copy of the key is destroyed nobody does.
//
// A key file is a line `duenotice-content-key/1 ` and 32 bytes in base 64, named `content-<16 digits>.key` after the id of
// the key; 0600. It is looked for in one folder that the program sets, else beside the case file.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

class ContentKey {
public:
    static ContentKey generate();
    /// Of the bytes of a key file; empty where they are none.
    static std::optional<ContentKey> parse(std::string_view text);
    std::string text() const;
    /// Hex SHA-256 of the key: entry 0 names it, and it tells nothing of the key.
    std::string id() const;
    std::string file_name() const;

    /// `about` is bound to it and must be given to open it: a sealed text moved elsewhere does not open.
    std::string seal(std::string_view plain, std::string_view about) const;
    /// Empty where it was not sealed by this key about this, or was changed since.
    std::optional<std::string> open(std::string_view sealed, std::string_view about) const;

private:
    struct State;
    explicit ContentKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

/// The folder in which key files are kept; empty: beside the case file. For the whole process, before any file is opened.
void keep_content_keys_in(std::string folder);
/// Where the key file of a case file is or is to be.
std::string content_key_path(const std::string& case_path, const std::string& file_name);
/// The key with this id; empty where no file has it. RecordError where a file of its name is something else.
std::optional<ContentKey> find_content_key(const std::string& case_path, const std::string& id);

}  // namespace duenotice
