#include "tools/held_outside.h"

#include <filesystem>

#include "tools/atomic_file.h"
#include "tools/case_writing.h"

namespace duenotice {

Outside held_outside(const std::string& file, const std::string& key, const std::string& checkpoint) {
    Outside outside;
    if (!key.empty()) {
        std::error_code ignored;
        std::string text = std::filesystem::is_regular_file(key, ignored) ? read_file(key, 4096) : key;
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
        outside.key = parse_note_key(text);
        if (!outside.key) refuse(file, "what --held-key gives is no key of a record", "a line NAME+ID+KEY as `case status` shows it, or a file with one");
    }
    if (!checkpoint.empty()) outside.checkpoint = read_file(checkpoint, 1U << 20U);
    return outside;
}

}  // namespace duenotice
