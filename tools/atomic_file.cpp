#include "tools/atomic_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace duenotice {

namespace {

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

}  // namespace

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
    if (path.empty()) return;
    const std::filesystem::path folder(path);
    std::filesystem::path made;
    for (const auto& part : folder) {
        made /= part;
        if (made.empty() || std::filesystem::is_directory(made)) continue;
        if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST) fail(made.string());
        if (!std::filesystem::is_directory(made)) throw FileError(made.string(), "is not a folder");
    }
}

void write_file(const std::string& path, std::string_view bytes) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    std::string temporary;
    int opened = -1;
    for (int n = 0; n < 100 && opened < 0; ++n) {
        temporary = path + ".part" + std::to_string(::getpid()) + "-" + std::to_string(n);
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
    sync_folder(folder);
}

void write_bundle(const std::string& folder, const std::map<std::string, std::string>& files) {
    make_folder(folder);
    for (const auto& [name, bytes] : files) {
        const std::filesystem::path path = std::filesystem::path(folder) / name;
        if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) throw FileError(name, "is not a name inside the folder");
        make_folder(path.parent_path().string());
        write_file(path.string(), bytes);
    }
}

}  // namespace duenotice
