#pragma once
// Law files of tests as sources, and rule books made of them and of what ships in jurisdictions/_shared.

#include <string>
#include <vector>

#include "rules/rulebook.h"

namespace duenotice::test {

using LoadedBook = Checked<std::shared_ptr<const RuleBook>>;

/// A file under the source folder, named by its path from there.
SourcePtr law_source(const std::string& path_from_root);
SourcePtr law_text(const std::string& name, const std::string& text);
/// The shared vocabulary and counting laws, and the places and authorities of Testland with its own vocabulary.
const std::vector<SourcePtr>& testland_places();
/// Those and more sources, in this order.
LoadedBook load_with_testland(std::vector<SourcePtr> sources, const LoadOptions& options = {});
/// Every compiled obligation: its readings, whole and by version, in normal form.
std::string compiled_words(const RuleBook& book);

}  // namespace duenotice::test
