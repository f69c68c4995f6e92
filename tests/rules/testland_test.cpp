// The law of Testland holds every element and every attribute of the rule language, and loads without a word.

#include <catch2/catch.hpp>

#include <set>

#include "rules/file_table.h"
#include "rules/xml_reader.h"
#include "tests/support/approval.h"
#include "tests/support/law_files.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

void look(const XmlElement& element, const std::string& parent, std::set<std::string>& seen) {
    const ElementRule* rule = find_rule(parent, element.name);
    REQUIRE(rule != nullptr);
    const std::string name = std::string(rule->parent) + (rule->parent.empty() ? "" : "/") + element.name;
    seen.insert(name);
    for (const XmlAttribute& attribute : element.attributes) seen.insert(name + " " + attribute.name);
    for (const XmlElement& child : element.children) look(child, element.name, seen);
}

}  // namespace

TEST_CASE("the law of Testland loads without a word") {
    LoadOptions options;
    options.today = Date::parse("2026-11-25");
    const LoadedBook book = load_with_testland({law_source("tests/testland/law.xml")}, options);
    CHECK(print(book.diagnostics) == "");
    REQUIRE(book);
    CHECK(approval_difference("tests/testland/law.expected", compiled_words(**book)) == "");
}

TEST_CASE("every element and attribute of the language stands in Testland") {
    std::set<std::string> seen;
    for (const char* file : {"vocabulary", "jurisdiction", "lakes", "groups", "authorities", "law",
                             "../../jurisdictions/_packs/house"}) {  // what own rules add stands in the pack that ships
        const auto root = read_xml(law_source("tests/testland/" + std::string(file) + ".xml"));
        REQUIRE(root);
        look(*root, "", seen);
    }
    std::string missing;
    for (const ElementRule& rule : element_rules()) {
        const std::string name = std::string(rule.parent) + (rule.parent.empty() ? "" : "/") + std::string(rule.name);
        if (seen.count(name) == 0) missing += name + "\n";
        if (name == "example" || name == "expect") continue;  // the constructs beside it hold what examples may expect
        for (const AttributeRule& attribute : rule.attributes)
            if (seen.count(name + " " + std::string(attribute.name)) == 0)
                missing += name + " " + std::string(attribute.name) + "\n";
    }
    CHECK(missing == "");
}

TEST_CASE("the reference of elements is printed from the table") {
    const std::string head =
        "# Elements and attributes of law files\n\nPrinted from `rules/file_table.cpp`, by which files are judged; "
        "`rules/LANGUAGE.md` says "
        "what each means.\nBold: required. `parent/name`: the element in that parent. Counting laws and calendars have "
        "elements of their own.\n\n";
    CHECK(approval_difference("rules/ELEMENTS.md", head + element_reference()) == "");
}

TEST_CASE("what the table calls a choice is what the law book calls it") {
    const auto agrees = [](std::string_view element, std::string_view attribute, std::size_t position,
                           std::string_view name) {
        const AttributeRule* rule = find_rule(element == "item" ? "content" : "version", element)->attribute(attribute);
        return rule != nullptr && position < rule->choices.size() && rule->choices[position] == name;
    };
    for (std::size_t i = 0; i < 11; ++i) CHECK(agrees("obligation", "act", i, name(static_cast<Act>(i))));
    for (std::size_t i = 0; i < 4; ++i) CHECK(agrees("obligation", "modality", i, name(static_cast<Modality>(i))));
    for (std::size_t i = 0; i < 4; ++i) CHECK(agrees("unless", "effect", i, name(static_cast<ExceptionEffect>(i))));
    for (std::size_t i = 0; i < 5; ++i) CHECK(agrees("item", "mode", i, name(static_cast<ItemMode>(i))));
    for (std::size_t i = 0; i < 13; ++i) CHECK(agrees("fact", "type", i, name(static_cast<ValueType>(i))));
    for (std::size_t i = 0; i < 10; ++i) CHECK(agrees("fact", "frame", i, name(static_cast<FrameKind>(i))));
}
