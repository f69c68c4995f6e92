#include "tools/atomic_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace duenotice {

namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ > 2) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }

private:
    int value_;
};

[[noreturn]] void fail(const std::string& path) { throw FileError(path, std::strerror(errno)); }

void write_all(int descriptor, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail(path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void sync_folder(const std::string& folder) {
    const Descriptor descriptor(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.get() >= 0) ::fsync(descriptor.get());
}

std::string temporary_name(const fs::path& folder, int n) {
    return (folder / (".duenotice-" + std::to_string(::getpid()) + "-" + std::to_string(n) + ".part")).string();
}

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

/// Folders inside a bundle are made, never followed through a link.
void make_inner_folders(const fs::path& folder, const fs::path& inner) {
    fs::path made = folder;
    for (const fs::path& part : inner) {
        made /= part;
        if (::mkdir(made.c_str(), 0700) == 0) continue;
        struct stat status {};
        if (errno != EEXIST || ::lstat(made.c_str(), &status) != 0) fail(made.string());
        if (!S_ISDIR(status.st_mode)) throw FileError(made.string(), "is not a folder");
    }
}

void check_name(const std::string& folder, std::string name) {
    const fs::path path(name);
    bool good = !name.empty() && !path.is_absolute() && name.find('\0') == std::string::npos && name.back() != '/';
    for (const fs::path& part : path) good = good && !part.empty() && part != "." && part != "..";
    std::replace(name.begin(), name.end(), '\0', '?');
    if (!good) throw FileError(folder, "`" + name + "` is not a name inside the folder");
}

void write_into(const fs::path& folder, const std::map<std::string, std::string>& files) {
    std::set<fs::path> folders{folder};
    const auto write = [&](const std::string& name, const std::string& bytes) {
        const fs::path inner = fs::path(name).parent_path();
        make_inner_folders(folder, inner);
        write_file((folder / name).string(), bytes);
        for (fs::path at = inner; !at.empty(); at = at.parent_path()) folders.insert(folder / at);
    };
    for (const auto& [name, bytes] : files)
        if (name != "manifest.json") write(name, bytes);
    if (const auto manifest = files.find("manifest.json"); manifest != files.end()) write(manifest->first, manifest->second);
    for (const fs::path& each : folders) sync_folder(each.string());
}

}  // namespace

// WHY not std::filesystem: its iterators end the program where memory runs out.
std::vector<std::string> files_within(const std::string& folder) {
    struct Closing {
        void operator()(DIR* opened) const { ::closedir(opened); }
    };
    const std::unique_ptr<DIR, Closing> opened(::opendir(folder.c_str()));
    if (!opened) fail(folder);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(opened.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
        errno = 0;
    }
    if (errno != 0) fail(folder);
    std::sort(names.begin(), names.end());
    return names;
}

std::string read_file(const std::string& path, std::size_t most) {
    const bool standard_input = path == "-";
    const Descriptor descriptor(standard_input ? 0 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (descriptor.get() < 0) fail(path);
    struct stat status {};
    if (!standard_input) {
        if (::fstat(descriptor.get(), &status) != 0) fail(path);
        if (!S_ISREG(status.st_mode)) throw FileError(path, "is not a regular file");
        if (static_cast<std::size_t>(status.st_size) > most) throw FileError(path, "is larger than " + std::to_string(most) + " bytes");
    }
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(status.st_size));
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(descriptor.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path);
        if (got == 0) return bytes;
        bytes.append(buffer, static_cast<std::size_t>(got));
        if (bytes.size() > most) throw FileError(path, "is larger than " + std::to_string(most) + " bytes");
    }
}

void make_folder(const std::string& path) {
    fs::path made;
    for (const fs::path& part : fs::path(path)) {
        made /= part;
        if (made.empty() || is_folder(made)) continue;
        if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST) fail(made.string());
        if (!is_folder(made)) throw FileError(made.string(), "is not a folder");
    }
}

void write_file(const std::string& path, std::string_view bytes) {
    const fs::path folder = fs::path(path).parent_path();
    std::string temporary;
    int opened = -1;
    for (int n = 0; n < 100 && opened < 0; ++n) {
        temporary = temporary_name(folder, n);
        opened = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (opened < 0 && errno != EEXIST) fail(path);
    }
    if (opened < 0) fail(path);
    try {
        const Descriptor descriptor(opened);
        write_all(descriptor.get(), bytes, path);
        if (::fsync(descriptor.get()) != 0) fail(path);
        if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_folder(folder.string());
}

void write_bundle(const std::string& folder, const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files) check_name(folder, name);
    fs::path target(folder);
    if (!target.has_filename()) target = target.parent_path();
    std::error_code ignored;
    if (target.empty()) throw FileError(folder, "is not a folder to write to");
    if (is_folder(target) && !fs::is_empty(target, ignored)) {
        write_into(target, files);
        return;
    }
    make_folder(target.parent_path().string());
    std::string staged;
    bool made = false;
    for (int n = 0; n < 100 && !made; ++n) {
        staged = temporary_name(target.parent_path(), n);
        made = ::mkdir(staged.c_str(), 0700) == 0;
        if (!made && errno != EEXIST) fail(folder);
    }
    if (!made) fail(folder);
    try {
        write_into(staged, files);
        if (::rename(staged.c_str(), target.c_str()) != 0) fail(folder);
    } catch (...) {
        fs::remove_all(staged, ignored);
        throw;
    }
    sync_folder(target.parent_path().string());
}

}  // namespace duenotice
