#include "tests/support/approval.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace duenotice::test {

std::string file_text(const std::string& path_from_root) {
    std::ifstream file(std::string(DUENOTICE_SOURCE_DIR) + "/" + path_from_root, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string approval_difference(const std::string& path_from_root, const std::string& text) {
    const std::filesystem::path received = std::filesystem::path("received") / path_from_root;
    const std::string approved = file_text(path_from_root);
    std::filesystem::remove(received);
    if (approved == text) return {};
    std::filesystem::create_directories(received.parent_path());
    std::ofstream(received, std::ios::binary) << text;
    std::istringstream old_lines(approved), new_lines(text);
    std::string old_line, new_line;
    for (int number = 1;; ++number) {
        const bool old_more = static_cast<bool>(std::getline(old_lines, old_line));
        const bool new_more = static_cast<bool>(std::getline(new_lines, new_line));
        if (old_more && new_more && old_line == new_line) continue;
        return path_from_root + ":" + std::to_string(number) + "\n  approved: " + (old_more ? old_line : "(end)") +
               "\n  received: " + (new_more ? new_line : "(end)");
    }
}

}  // namespace duenotice::test
