#include "tests/tools/program_run.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace duenotice::test {

namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

ProgramFolder::ProgramFolder() {
    std::string name = (fs::temp_directory_path() / "duenotice-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder " + name);
    path_ = name;
}

ProgramFolder::~ProgramFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void ProgramFolder::write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
}

void ProgramFolder::copy(const std::string& path_from_root, const std::string& name) const {
    fs::create_directories((path_ / name).parent_path());
    fs::copy(fs::path(DUENOTICE_SOURCE_DIR) / path_from_root, path_ / name,
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

std::vector<std::string> ProgramFolder::files() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path_))
        if (!entry.is_directory()) found.push_back(fs::relative(entry.path(), path_).string());
    std::sort(found.begin(), found.end());
    return found;
}

ProgramRun run_in(const ProgramFolder& folder, const std::string& command, const std::string& input) {
    const ProgramFolder beside;
    beside.write("in", input);
    fs::create_symlink(DUENOTICE_PROGRAM, beside.path() / "duenotice");
    const std::string path = beside.path().string();
    // WHY: the shell takes quotes and redirections as people write them.
    beside.write("run", "export PATH='" + path + "':\"$PATH\" NO_COLOR=1\nunset DUENOTICE_LAW\ncd '" +
                            folder.path().string() + "' || exit 99\n" + command + "\n");
    const std::string line = "/bin/sh '" + path + "/run' <'" + path + "/in' >'" + path + "/out' 2>'" + path + "/err'";
    const int status = std::system(line.c_str());
    ProgramRun run;
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    run.out = bytes_of(beside.path() / "out");
    run.err = bytes_of(beside.path() / "err");
    return run;
}

}  // namespace duenotice::test
