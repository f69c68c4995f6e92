#include "tools/data_folder.h"

#include <algorithm>
#include <filesystem>

#include "tools/atomic_file.h"

namespace duenotice {

namespace {

class DiskFolder : public DataFolder {
public:
    explicit DiskFolder(std::string folder) : folder_(std::move(folder)) {}

    std::vector<std::string> files(std::string_view ending) const override {
        std::vector<std::string> names;
        for (const std::string& path : files_under(folder_, std::string(ending))) names.push_back(std::filesystem::path(path).lexically_relative(folder_).generic_string());
        return names;
    }
    bool has(const std::string& name) const override {
        std::error_code error;
        return std::filesystem::is_regular_file(path(name), error);
    }
    std::string path(const std::string& name) const override { return name.empty() ? folder_ : folder_ + "/" + name; }

private:
    std::string bytes(const std::string& name) const override { return read_file(path(name)); }
    std::string folder_;
};

class KeptFolder : public DataFolder {
public:
    KeptFolder(std::string title, std::map<std::string, std::string> kept) : title_(std::move(title)), kept_(std::move(kept)) {}

    std::vector<std::string> files(std::string_view ending) const override {
        std::vector<std::string> names;
        for (const auto& [name, bytes] : kept_)
            if (name.ends_with(ending)) names.push_back(name);
        return names;
    }
    bool has(const std::string& name) const override { return kept_.count(name) > 0; }
    std::string path(const std::string& name) const override { return name.empty() ? title_ : title_ + "/" + name; }

private:
    std::string bytes(const std::string& name) const override {
        const auto found = kept_.find(name);
        if (found == kept_.end()) throw FileError(path(name), "was not kept");
        return found->second;
    }
    std::string title_;
    std::map<std::string, std::string> kept_;
};

}  // namespace

std::string DataFolder::read(const std::string& name) const {
    if (const auto before = read_.find(name); before != read_.end()) return before->second;
    return read_.emplace(name, bytes(name)).first->second;
}

SourcePtr DataFolder::source(const std::string& name) const { return std::make_shared<const SourceText>(path(name), read(name)); }

std::shared_ptr<const DataFolder> disk_folder(const std::string& path) { return std::make_shared<const DiskFolder>(path); }

std::shared_ptr<const DataFolder> kept_folder(const std::string& title, std::map<std::string, std::string> files) { return std::make_shared<const KeptFolder>(title, std::move(files)); }

std::vector<std::string> files_under(const std::string& folder, const std::string& ending) {
    std::vector<std::string> files;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->is_regular_file() && it->path().string().ends_with(ending)) files.push_back(it->path().string());
    if (error) throw FileError(folder, error.message());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace duenotice
