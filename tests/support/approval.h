#pragma once
// Approved texts: what a test prints is compared with a file of the project as a whole. A text that differs is left in
// received/ of the build folder, and tools/approve.sh accepts it after its difference has been read.

#include <string>

namespace duenotice::test {

/// Whole file under the source folder; empty when it is not there.
std::string file_text(const std::string& path_from_root);
/// Empty when `text` is what the file `path_from_root` holds, else the first line that differs.
std::string approval_difference(const std::string& path_from_root, const std::string& text);

}  // namespace duenotice::test
