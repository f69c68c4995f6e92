#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>

#include <sys/stat.h>
#include <unistd.h>

#include "tools/atomic_file.h"

using namespace duenotice;
namespace fs = std::filesystem;

namespace {

/// A private folder that goes away with the test.
class Scratch {
public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "duenotice-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Scratch() { fs::remove_all(path_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    /// Everything inside, to see that nothing is left over.
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(path_))
            found.push_back(fs::relative(entry.path(), path_).string());
        std::sort(found.begin(), found.end());
        return found;
    }

private:
    fs::path path_;
};

unsigned mode(const std::string& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

std::string failure(const std::function<void()>& act) {
    try {
        act();
    } catch (const FileError& error) {
        CHECK_FALSE(error.path().empty());
        return error.what();
    }
    return "no failure";
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a file is written whole, private, and read back") {
    const Scratch scratch;
    const std::string bytes("a\0b\r\n\xff", 6);
    write_file(scratch / "x", bytes);
    CHECK(read_file(scratch / "x") == bytes);
    CHECK(mode(scratch / "x") == 0600);
    write_file(scratch / "x", "");
    CHECK(read_file(scratch / "x").empty());
    CHECK(scratch.names() == Names{"x"});
    write_file(scratch / std::string(255, 'n'), "long");
    CHECK(read_file(scratch / std::string(255, 'n')) == "long");
}

TEST_CASE("a symbolic link is replaced, what it points to stays") {
    const Scratch scratch;
    write_file(scratch / "other", "untouched");
    fs::create_symlink(scratch / "other", scratch / "link");
    write_file(scratch / "link", "new");
    CHECK(read_file(scratch / "other") == "untouched");
    CHECK(read_file(scratch / "link") == "new");
    CHECK_FALSE(fs::is_symlink(scratch / "link"));
}

TEST_CASE("folders, pipes, missing and too large files are refused by name") {
    const Scratch scratch;
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    write_file(scratch / "big", "12345");
    CHECK(failure([&] { read_file(scratch / "."); }) == scratch / "." + ": is not a regular file");
    CHECK(failure([&] { read_file(scratch / "pipe"); }) == scratch / "pipe" + ": is not a regular file");
    CHECK(failure([&] { read_file(scratch / "none"); }) == scratch / "none" + ": No such file or directory");
    CHECK(failure([&] { read_file(scratch / "big", 4); }) == scratch / "big" + ": is larger than 4 bytes");
    CHECK(read_file(scratch / "big", 5) == "12345");
    CHECK(failure([&] { read_file("/dev/zero"); }) == "/dev/zero: is not a regular file");
}

TEST_CASE("a file that cannot be written leaves nothing behind") {
    const Scratch scratch;
    make_folder(scratch / "taken");
    CHECK(failure([&] { write_file(scratch / "taken", "x"); }) == scratch / "taken" + ": Is a directory");
    CHECK(failure([&] { write_file(scratch / "no/such/folder", "x"); }) ==
          scratch / "no/such/folder" + ": No such file or directory");
    CHECK(scratch.names() == Names{"taken"});
}

TEST_CASE("folders are made private, with their parents") {
    const Scratch scratch;
    make_folder(scratch / "a/b/c/");
    make_folder(scratch / "a/b");
    CHECK(mode(scratch / "a") == 0700);
    CHECK(mode(scratch / "a/b/c") == 0700);
    write_file(scratch / "file", "x");
    CHECK(failure([&] { make_folder(scratch / "file/x"); }) == scratch / "file" + ": is not a folder");
}

TEST_CASE("a new bundle appears at once, private throughout") {
    const Scratch scratch;
    write_bundle(scratch / "out/run/", {{"manifest.json", "{}"}, {"a/b/page.html", "<p>"}});
    CHECK(scratch.names() ==
          Names{"out", "out/run", "out/run/a", "out/run/a/b", "out/run/a/b/page.html", "out/run/manifest.json"});
    CHECK(mode(scratch / "out/run") == 0700);
    CHECK(mode(scratch / "out/run/a/b") == 0700);
    CHECK(mode(scratch / "out/run/a/b/page.html") == 0600);
    make_folder(scratch / "empty");
    write_bundle(scratch / "empty", {{"x", "1"}});
    CHECK(read_file(scratch / "empty/x") == "1");
}

TEST_CASE("a bundle that fails half-way leaves no folder") {
    const Scratch scratch;
    CHECK(failure([&] {
              write_bundle(scratch / "run", {{"a", "1"}, {"a/b", "2"}});
          }).find("is not a folder") != std::string::npos);
    CHECK(scratch.names().empty());
}

TEST_CASE("a folder in use keeps its other files, and its links are not followed") {
    const Scratch scratch;
    make_folder(scratch / "run");
    make_folder(scratch / "elsewhere");
    write_file(scratch / "run/mine", "kept");
    write_file(scratch / "run/old", "1");
    write_bundle(scratch / "run", {{"old", "2"}, {"sub/new", "3"}});
    CHECK(read_file(scratch / "run/mine") == "kept");
    CHECK(read_file(scratch / "run/old") == "2");
    CHECK(read_file(scratch / "run/sub/new") == "3");
    fs::create_symlink(scratch / "elsewhere", scratch / "run/link");
    CHECK(failure([&] {
              write_bundle(scratch / "run", {{"link/x", "4"}});
          }) == scratch / "run/link" + ": is not a folder");
    CHECK(fs::is_empty(scratch / "elsewhere"));
}

TEST_CASE("names that leave the folder are refused before anything is written") {
    const Scratch scratch;
    for (const std::string& name : {std::string("../x"), std::string("/x"), std::string("a/../x"), std::string(""),
                                    std::string("."), std::string("a/."), std::string("a/"), std::string("a\0b", 3)}) {
        INFO(name);
        CHECK(failure([&] {
                  write_bundle(scratch / "run", {{"a", "1"}, {name, "2"}});
              }).find("is not a name inside the folder") != std::string::npos);
    }
    CHECK(scratch.names().empty());
}
