#include "tools/bundle_folder.h"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>

#include "tools/atomic_file.h"

namespace duenotice {

namespace {

/// `below` is the folder's name within the bundle, with a slash, or empty.
void add_files(const std::string& folder, const std::string& below, std::size_t& total, BundleFiles& files) {
    for (const std::string& name : files_within(folder)) {
        const std::string path = folder + "/" + name;
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) throw FileError(path, std::strerror(errno));
        if (S_ISLNK(status.st_mode)) throw FileError(path, "is a link; a bundle holds files");
        if (S_ISDIR(status.st_mode)) {
            add_files(path, below + name + "/", total, files);
            continue;
        }
        std::string bytes = read_file(path);
        total += bytes.size();
        if (total > most_file_bytes) throw FileError(folder, "holds more than " + std::to_string(most_file_bytes) + " bytes");
        files.emplace(below + name, std::move(bytes));
    }
}

}  // namespace

BundleFiles read_folder(const std::string& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) throw FileError(folder, "is not a folder");
    BundleFiles files;
    std::size_t total = 0;
    add_files(folder, "", total, files);
    return files;
}

}  // namespace duenotice
