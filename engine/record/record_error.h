#pragma once
// What a record throws: a file that fails or is no case file, and an entry that the record refuses. Both carry the path.

#include <stdexcept>
#include <string>

namespace duenotice {

class RecordError : public std::runtime_error {
public:
    RecordError(const std::string& path, const std::string& what) : std::runtime_error(path + ": " + what), plain_(what) {}
    /// Without the path.
    const std::string& plain() const { return plain_; }

private:
    std::string plain_;
};

/// The entry is at fault, not the file: nothing was written.
class EntryRefused : public RecordError {
public:
    using RecordError::RecordError;
};

}  // namespace duenotice
