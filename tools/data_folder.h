#pragma once
// Where law, calendars and zones are read from: a folder on the disk, or the files that an earlier assessment read, kept
// in a record. Names are relative, with `/`. What was read is remembered, so that it can be kept: an assessment rests on
// these files and on no others.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/source_text.h"

namespace duenotice {

class DataFolder {
public:
    virtual ~DataFolder() = default;

    /// Sorted; those of the whole tree whose names end so.
    virtual std::vector<std::string> files(std::string_view ending) const = 0;
    virtual bool has(const std::string& name) const = 0;
    /// What messages call the file, or the folder itself.
    virtual std::string path(const std::string& name = {}) const = 0;
    /// FileError where there is none.
    std::string read(const std::string& name) const;
    SourcePtr source(const std::string& name) const;
    /// Name and bytes of each file that was read.
    const std::map<std::string, std::string>& was_read() const { return read_; }

private:
    virtual std::string bytes(const std::string& name) const = 0;
    mutable std::map<std::string, std::string> read_;
};

std::shared_ptr<const DataFolder> disk_folder(const std::string& path);
/// Of files held in memory; `title` stands for the folder in messages.
std::shared_ptr<const DataFolder> kept_folder(const std::string& title, std::map<std::string, std::string> files);

/// Files of a folder tree with this ending, sorted by path.
std::vector<std::string> files_under(const std::string& folder, const std::string& ending);

}  // namespace duenotice
