#include "tests/support/law_words.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "rules/vocabulary_reader.h"

namespace duenotice::test {

const Vocabulary& shipped_vocabulary() {
    static const Vocabulary vocabulary = [] {
        const std::string path(DUENOTICE_SOURCE_DIR "/jurisdictions/_shared/vocabulary.xml");
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        const Checked<XmlElement> root = read_xml(std::make_shared<SourceText>("vocabulary.xml", text.str()));
        Vocabulary read;
        Diagnostics diagnostics = root.diagnostics;
        if (root) read_vocabulary(*root, read, diagnostics);
        if (!root || diagnostics.has_errors()) throw std::runtime_error(print(diagnostics));
        return read;
    }();
    return vocabulary;
}

Names small_book() {
    const auto one = [](std::string_view known, std::uint32_t index) {
        return [known, index](std::string_view id) {
            return id == known ? std::optional<std::uint32_t>(index) : std::nullopt;
        };
    };
    Names names;
    names.vocabulary = &shipped_vocabulary();
    names.definition = [](std::string_view id) -> std::optional<std::uint32_t> {
        if (id == "us.tx.sensitive") return 0U;
        if (id == "eu.dora.criterion") return 1U;
        return {};
    };
    names.definition_frame = [](std::uint32_t index) { return index == 0 ? bind::population : bind::entity; };
    names.presumption = one("us.hipaa.compromised", 0);
    names.presumption_frame = [](std::uint32_t) { return bind::population; };
    names.obligation = one("eu.gdpr.33", 0);
    names.is_group = [](std::string_view code) { return code == "EU" || code == "EEA"; };
    names.is_place = [](std::string_view code) {
        return code.size() >= 2 &&
               std::all_of(code.begin(), code.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
    };
    names.is_hold_kind = [](std::string_view kind) { return kind == "police_request"; };
    names.is_counting_law = [](std::string_view id) { return id == "plain" || id == "eu.1182-71"; };
    names.suggest = [](std::string_view id) {
        return std::string(id.substr(0, 5) == "us.tx"     ? "us.tx.sensitive"
                           : id.substr(0, 7) == "eu.gdpr" ? "eu.gdpr.33"
                                                          : "");
    };
    return names;
}

ExpressionText whole_text(const std::string& text) {
    auto source = std::make_shared<SourceText>("law", text);
    const std::string_view view = source->text();
    return {std::move(source), view, {}};
}

std::string condition_mistakes(const std::string& text, unsigned bindings, bool content) {
    const ExpressionText words = whole_text(text);
    Checked<ConditionPtr> read = parse_condition(words);
    if (read) check_condition(**read, bindings, small_book(), read.diagnostics, content);
    read.diagnostics.sort();
    return print(read.diagnostics);
}

std::string term_mistakes(const std::string& text, std::optional<ValueType> wanted, unsigned bindings) {
    const ExpressionText words = whole_text(text);
    Checked<TermPtr> read = parse_term(words);
    if (read) check_term(**read, wanted, bindings, small_book(), read.diagnostics);
    read.diagnostics.sort();
    return print(read.diagnostics);
}

}  // namespace duenotice::test
