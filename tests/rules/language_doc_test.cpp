// Every line of the blocks of rules/LANGUAGE.md that are marked `condition` or `term` is read, printed, read again and
// checked against the vocabulary that ships; and every construct of the trees stands in one of them.

#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tests/support/law_words.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::vector<std::string> blocks(const std::string& mark) {
    std::ifstream file(DUENOTICE_SOURCE_DIR "/rules/LANGUAGE.md");
    std::vector<std::string> lines;
    bool inside_block = false;
    for (std::string line; std::getline(file, line);) {
        if (line == "```" + mark) {
            inside_block = true;
        } else if (line.rfind("```", 0) == 0) {
            inside_block = false;
        } else if (inside_block && !line.empty()) {
            lines.push_back(line);
        }
    }
    return lines;
}

struct Seen {
    std::set<Condition::Kind> conditions;
    std::set<Comparison> comparisons;
    std::set<Term::Kind> terms;
    std::set<Selection::Kind> selections;

    void look(const Condition& condition) {
        conditions.insert(condition.kind);
        if (condition.kind == Condition::Kind::Any || condition.kind == Condition::Kind::Every)
            selections.insert(condition.selection->kind);
        for (const ConditionPtr& child : condition.children) look(*child);
        if (condition.kind != Condition::Kind::Compare) return;
        comparisons.insert(condition.comparison);
        look(*condition.left);
        if (condition.right) look(*condition.right);
        for (const TermPtr& value : condition.values) look(*value);
    }
    void look(const Term& term) {
        terms.insert(term.kind);
        if (term.selection) selections.insert(term.selection->kind);
        for (const TermPtr& child : term.terms) look(*child);
        if (term.test) look(*term.test);
    }
};

}  // namespace

TEST_CASE("the conditions in the language page can be read, printed and checked") {
    const auto lines = blocks("condition");
    REQUIRE(lines.size() >= 35);
    for (const std::string& line : lines) {
        INFO(line);
        CHECK(condition_mistakes(line) == "");
        const auto read = parse_condition(whole_text(line));
        REQUIRE(read);
        const auto again = parse_condition(whole_text(print(**read)));
        REQUIRE(again);
        CHECK(same(**read, **again));
    }
}

TEST_CASE("the terms in the language page can be read, printed and checked") {
    const auto lines = blocks("term");
    REQUIRE(lines.size() >= 30);
    for (const std::string& line : lines) {
        INFO(line);
        CHECK(term_mistakes(line) == "");
        const auto read = parse_term(whole_text(line));
        REQUIRE(read);
        const auto again = parse_term(whole_text(print(**read)));
        REQUIRE(again);
        CHECK(same(**read, **again));
    }
}

TEST_CASE("the language page shows every construct") {
    Seen seen;
    for (const std::string& line : blocks("condition")) seen.look(**parse_condition(whole_text(line)));
    for (const std::string& line : blocks("term")) seen.look(**parse_term(whole_text(line)));
    for (int i = 0; i <= static_cast<int>(Condition::Kind::Compare); ++i) {
        const auto kind = static_cast<Condition::Kind>(i);
        if (kind == Condition::Kind::DateIn) continue;  // made by the checker
        INFO("condition " << i);
        CHECK(seen.conditions.count(kind) == 1);
    }
    for (int i = 0; i <= static_cast<int>(Comparison::CannotBeDetermined); ++i) {
        INFO("comparison " << i);
        CHECK(seen.comparisons.count(static_cast<Comparison>(i)) == 1);
    }
    for (int i = 0; i <= static_cast<int>(Term::Kind::EndOfYear); ++i) {
        INFO("term " << i);
        CHECK(seen.terms.count(static_cast<Term::Kind>(i)) == 1);
    }
    for (int i = 0; i <= static_cast<int>(Selection::Kind::Members); ++i) {
        INFO("selection " << i);
        CHECK(seen.selections.count(static_cast<Selection::Kind>(i)) == 1);
    }
}
