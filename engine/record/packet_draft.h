#pragma once
// A packet that somebody drafted: the bytes of `send/` as they are to go out, kept as artefacts, and one digest over all of
// them. Approvals bind to that digest. Anybody makes it again with `cd send && sha256sum $(ls | LC_ALL=C sort) | sha256sum`.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/account_entries.h"

namespace duenotice {

/// Whose notice to whom: what a packet is the packet of.
struct PacketSubject {
    std::string duty, obligation, entity, recipient;
    friend bool operator==(const PacketSubject&, const PacketSubject&) = default;
};

/// What people read of a notice. Statements are made of form.json; a page that says something else takes an explanation.
inline constexpr std::string_view form_page = "form.html";

struct PacketDraft {
    std::uint64_t entry = 0;
    std::string recorded, author;
    PacketSubject subject;
    std::string send_sha256;                       ///< of the bytes, hex
    std::map<std::string, std::string> files;      ///< name under send/ -> reference of the artefact
    std::vector<std::string> gaps;                 ///< ids of fields without a value
    std::vector<std::string> problems;             ///< why it cannot be approved as it is, gaps apart
};

/// Hex SHA-256 over the lines `<sha256>  <name>` of the files, by name.
std::string send_digest(const std::map<std::string, std::string>& files);
/// The same of the references of the files.
std::string send_digest_of_names(const std::map<std::string, std::string>& references);

Entry draft_entry(const PacketDraft& draft, const std::map<std::string, std::string>& send, const Writer& writer);
std::optional<PacketDraft> read_draft(const RecordedEntry& entry);
std::vector<PacketDraft> drafts_of(const std::vector<RecordedEntry>& entries);

JsonValue subject_value(const PacketSubject& subject);
PacketSubject subject_of(const JsonValue* value);

}  // namespace duenotice
