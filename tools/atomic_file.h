#pragma once
// Files, the only door to the disk: read whole with a limit, written whole or not at all. A file appears under its name
// only when all its bytes are on the disk (temporary file in the same folder, 0600, fsync, rename); a new bundle appears
// with all its files at once.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// A file, folder or disk that fails: the one exception type, with the path.
class FileError : public std::runtime_error {
public:
    FileError(const std::string& path, const std::string& what) : std::runtime_error(path + ": " + what), path_(path) {}
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline constexpr std::size_t most_file_bytes = std::size_t{1} << 30U;

/// `-` is standard input. Folders, FIFOs and devices are refused.
std::string read_file(const std::string& path, std::size_t most = most_file_bytes);
/// What stands in a folder, sorted.
std::vector<std::string> files_within(const std::string& folder);
/// Replaces the file; a symbolic link at the path is replaced, not followed.
void write_file(const std::string& path, std::string_view bytes);
/// Makes the folder and its parents, 0700.
void make_folder(const std::string& path);
/// Every file of the map (relative names with `/`) under the folder. A folder that is new or empty appears with all of
/// them or not at all; in one with files each file is replaced whole, `manifest.json` last, and others are left alone.
void write_bundle(const std::string& folder, const std::map<std::string, std::string>& files);

}  // namespace duenotice
