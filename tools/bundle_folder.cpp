#include "tools/bundle_folder.h"

#include <filesystem>

#include "tools/atomic_file.h"

namespace duenotice {

BundleFiles read_folder(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw FileError(folder, "is not a folder");
    BundleFiles files;
    std::size_t total = 0;
    try {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_symlink()) throw FileError(entry.path().string(), "is a link; a bundle holds files");
            if (entry.is_directory()) continue;
            std::string bytes = read_file(entry.path().string());
            total += bytes.size();
            if (total > most_file_bytes) throw FileError(folder, "holds more than " + std::to_string(most_file_bytes) + " bytes");
            files.emplace(entry.path().lexically_relative(folder).generic_string(), std::move(bytes));
        }
    } catch (const fs::filesystem_error& failed) {
        throw FileError(folder, failed.code().message());
    }
    return files;
}

}  // namespace duenotice
