#pragma once
// Runs the program as its users do: in a folder of its own, with arguments, standard input and what it printed.

#include <filesystem>
#include <string>
#include <vector>

namespace duenotice::test {

/// A private folder that goes away with the test.
class ProgramFolder {
public:
    ProgramFolder();
    ~ProgramFolder();
    ProgramFolder(const ProgramFolder&) = delete;
    ProgramFolder& operator=(const ProgramFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file, with the folders above it.
    void write(const std::string& name, const std::string& bytes) const;
    /// Copies a file or a folder of the project.
    void copy(const std::string& path_from_root, const std::string& name) const;
    /// Every file inside, sorted, to see that nothing was left behind.
    std::vector<std::string> files() const;

private:
    std::filesystem::path path_;
};

struct ProgramRun {
    int code = -1;  ///< what it returned; above 128: the signal that ended it
    std::string out, err;
};

/// Runs `command` by the shell in the folder; `duenotice` in it is the program of this build.
ProgramRun run_in(const ProgramFolder& folder, const std::string& command, const std::string& input = {});

}  // namespace duenotice::test
