#include "tests/support/law_files.h"

#include <stdexcept>

#include "tests/support/approval.h"

namespace duenotice::test {

SourcePtr law_source(const std::string& path_from_root) {
    const std::string text = file_text(path_from_root);
    if (text.empty()) throw std::runtime_error("no file " + path_from_root);
    return law_text(path_from_root, text);
}

SourcePtr law_text(const std::string& name, const std::string& text) {
    return std::make_shared<const SourceText>(name, text);
}

const std::vector<SourcePtr>& testland_places() {
    static const std::vector<SourcePtr> sources = [] {
        std::vector<SourcePtr> made;
        for (const char* path :
             {"jurisdictions/_shared/vocabulary.xml", "jurisdictions/_shared/counting.xml",
              "tests/testland/vocabulary.xml", "tests/testland/jurisdiction.xml", "tests/testland/lakes.xml",
              "tests/testland/neighbour.xml", "tests/testland/groups.xml", "tests/testland/authorities.xml"})
            made.push_back(law_source(path));
        return made;
    }();
    return sources;
}

LoadedBook load_with_testland(std::vector<SourcePtr> sources, const LoadOptions& options) {
    sources.insert(sources.begin(), testland_places().begin(), testland_places().end());
    return load_rulebook(sources, options);
}

namespace {

std::string readings_words(const std::vector<WholeCondition>& readings, const std::string& indent) {
    std::string text;
    for (const WholeCondition& reading : readings)
        text += indent + (reading.label.empty() ? "" : "[" + reading.label + "] ") + print(*reading.condition) + "\n";
    return text;
}

}  // namespace

std::string compiled_words(const RuleBook& book) {
    std::string text;
    for (std::size_t i = 0; i < book.obligations.size(); ++i) {
        const CompiledObligation& compiled = book.compiled[i];
        text += book.obligations[i].id + "\n" + readings_words(compiled.readings, "  ");
        for (std::size_t v = 0; v < compiled.versions.size(); ++v) {
            text += "  version " + std::to_string(v + 1) + " in range: " + print(*compiled.versions[v].in_range) + "\n";
            if (compiled.versions.size() > 1) text += readings_words(compiled.versions[v].readings, "    ");
        }
    }
    return text;
}

}  // namespace duenotice::test
