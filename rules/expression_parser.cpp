#include "rules/expression_parser.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/expression_reader.h"
#include "rules/number.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

constexpr std::string_view condition_heads[] = {
    "not",   "any",     "every",   "ever",     "presumed", "on",      "true",     "false",  "people",
    "count", "sum",     "highest", "lowest",   "time",     "busiest", "earliest", "latest", "first",
    "filed", "learned", "certain", "estimate", "start",    "end",     "this",     "lower",  "higher"};

constexpr std::string_view after_a_name[] = {"is",  "at",     "more",  "fewer",  "less",   "includes",
                                             "has", "before", "after", "within", "cannot", "between",
                                             "and", "or",     "plus",  "minus",  "times",  "else"};

constexpr std::string_view selection_names[] = {
    "population", "place",      "entity",    "contract",   "event",      "incident", "affiliate",
    "parent",     "subsidiary", "branch",    "registrant", "provider",   "client",   "agent",
    "principal",  "owner",      "custodian", "source",     "supervisor", "deployer", "joint"};

constexpr std::size_t usual_children = 3;

constexpr std::string_view link_names[] = {"lives", "served", "established", "does_business"};

bool is_relation(std::string_view word) {
    return std::find(std::begin(relation_names), std::end(relation_names), word) != std::end(relation_names);
}

}  // namespace

ConditionPtr ExpressionReader::whole_condition() {
    if (is_kind(Token::Kind::End)) {
        expected("a condition", {}, "write `true` for a condition that always holds", "DN0217");
        return nullptr;
    }
    ConditionPtr result = condition();
    finish_part("the end", false);
    return result;
}

/// Says what stands behind a finished condition and reads on, until this part of the text ends.
void ExpressionReader::finish_part(std::string_view closing, bool semicolons) {
    const auto ended = [&] {
        return stopped_ || is_kind(Token::Kind::Close) || is_kind(Token::Kind::End) ||
               (semicolons && is_kind(Token::Kind::Semicolon));
    };
    while (!ended()) {
        const bool mark = is_kind(Token::Kind::Semicolon) || is_kind(Token::Kind::Comma);
        expected(semicolons ? "`and`, `or`, `;` or `)`" : fmt::format("`and`, `or` or {}", closing),
                 {"and", "or", "minutes", "hours", "days", "working", "weeks", "months", "years"},
                 comparison_at(0) ? "a condition has one comparison; after `where` it stands in parentheses"
                 : !mark          ? ""
                 : semicolons     ? "the conditions of `at least K of (..)` are separated by `;`"
                                  : "conditions are joined with `and` or `or`; `;` stands only in `at least K of (..)`",
                 "DN0211");
        skip(at_);
        if (ended()) return;
        take();
        if (!ended()) condition();
    }
}

std::optional<SelectionText> ExpressionReader::whole_selection() {
    SelectionText result;
    if (!selection(result.selection) || !optional_test(result.test)) return {};
    if (!is_kind(Token::Kind::End)) {
        expected("`where` or the end", {"where", "within", "linked"}, "", "DN0211");
        return {};
    }
    return result;
}

ConditionPtr ExpressionReader::make(Condition::Kind kind) {
    auto made = std::make_shared<Condition>();
    made->kind = kind;
    ++nodes_;
    return made;
}

ConditionPtr ExpressionReader::closed(ConditionPtr condition, std::size_t begin) const {
    if (condition) condition->span = span_from(begin);
    return condition;
}

ConditionPtr ExpressionReader::condition() {
    if (too_much(token())) return nullptr;
    ++depth_;
    const std::size_t begin = token().begin;
    ConditionPtr result = conjunction();
    if (is_word("or")) {
        auto joined = make(Condition::Kind::Or);
        joined->children.reserve(usual_children);
        joined->children.push_back(std::move(result));
        while (accept("or")) joined->children.push_back(conjunction());
        result = closed(std::move(joined), begin);
    }
    --depth_;
    return result;
}

ConditionPtr ExpressionReader::conjunction() {
    const std::size_t begin = token().begin;
    ConditionPtr result = negation();
    if (!is_word("and")) return result;
    auto joined = make(Condition::Kind::And);
    joined->children.reserve(usual_children);
    joined->children.push_back(std::move(result));
    while (accept("and")) joined->children.push_back(negation());
    return closed(std::move(joined), begin);
}

ConditionPtr ExpressionReader::negation() {
    if (!is_word("not")) return primary();
    if (too_much(token())) return nullptr;
    const std::size_t begin = take().begin;
    ++depth_;
    auto made = make(Condition::Kind::Not);
    made->children.push_back(negation());
    --depth_;
    return closed(std::move(made), begin);
}

/// A primary condition; after a mistake reading goes on behind it.
ConditionPtr ExpressionReader::primary() {
    const std::size_t begin = token().begin;
    const std::size_t first = at_;
    if (too_much(token())) return nullptr;
    ConditionPtr result = plain_primary();
    if (!result) skip(first);
    return closed(std::move(result), begin);
}

ConditionPtr ExpressionReader::plain_primary() {
    if (is_kind(Token::Kind::Open)) {
        const std::size_t after = after_parentheses();
        return comparison_at(after) || continues_term_at(after) ? comparison() : in_parentheses();
    }
    if (is_word("at")) return at_least_of();
    if (is_any_word({"any", "every"}))
        return quantified(is_word("any") ? Condition::Kind::Any : Condition::Kind::Every);
    if (is_any_word({"ever", "presumed", "on", "true", "false"}) && !comparison_at(1)) return named_primary();
    return definition_or_comparison();
}

ConditionPtr ExpressionReader::in_parentheses() {
    take();
    ConditionPtr inner = condition();
    finish_part("`)`", false);
    accept(Token::Kind::Close);
    // WHY: null here would skip what follows the parentheses; the mistake is told already and the tree is dropped.
    return inner ? inner : make(Condition::Kind::True);
}

ConditionPtr ExpressionReader::at_least_of() {
    take();
    if (!expect("least")) return nullptr;
    const Token& number = token();
    const auto k = is_kind(Token::Kind::Number) ? parse_whole(number.text) : std::nullopt;
    if (!k) {
        expected("a whole number", {}, "as in `at least 2 of (A; B; C)`");
        return nullptr;
    }
    take();
    if (!expect("of") || !expect(Token::Kind::Open, "`(`")) return nullptr;
    auto made = make(Condition::Kind::AtLeastOf);
    const std::size_t told = diagnostics_.error_count();
    do {
        made->children.push_back(condition());
        finish_part("`)`", true);
    } while (accept(Token::Kind::Semicolon));
    accept(Token::Kind::Close);
    const auto many = static_cast<std::int64_t>(made->children.size());
    if (diagnostics_.error_count() > told) {
        return made;
    }
    if (many < 2) {
        error("DN0214", span_of(number), "`at least K of` needs two conditions or more", "separate them with `;`");
    } else if (*k < 1 || *k > many) {
        error("DN0214", span_of(number), fmt::format("`{}` of {} conditions cannot be asked", *k, many),
              fmt::format("write a number from 1 to {}", many));
    }
    made->k = static_cast<std::uint32_t>(std::clamp<std::int64_t>(*k, 0, most_expression_nodes));
    return made;
}

ConditionPtr ExpressionReader::quantified(Condition::Kind kind) {
    const std::string_view word = take().text;
    auto made = make(kind);
    if (!selection(made->selection.emplace())) return nullptr;
    if (!is_word("where")) {
        expected("`where`", {"where", "within", "linked"}, fmt::format("`{} SELECTION where (CONDITION)`", word));
        return nullptr;
    }
    take();
    ConditionPtr inner = test();
    if (!inner) return nullptr;
    if (comparison_at(0)) {
        expected("`and`, `or` or the end", {}, "put the condition after `where` in parentheses: `where (A is yes)`",
                 "DN0211");
        return nullptr;
    }
    made->children.push_back(std::move(inner));
    return made;
}

ConditionPtr ExpressionReader::named_primary() {
    if (is_word("on")) return on_hold();
    const std::string_view word = take().text;
    if (word == "true") return make(Condition::Kind::True);
    if (word == "false") return make(Condition::Kind::False);
    if (word == "presumed") {
        auto made = make(Condition::Kind::Presumed);
        return expect_name(made->name, "the name of a presumption", "presumed us.hipaa.compromised") ? made : nullptr;
    }
    if (!is_kind(Token::Kind::Open)) {
        expected("`(`", {}, "as in `ever (A is yes)`");
        return nullptr;
    }
    auto made = make(Condition::Kind::Ever);
    made->children.push_back(in_parentheses());
    return made;
}

ConditionPtr ExpressionReader::on_hold() {
    take();
    if (!expect("hold")) return nullptr;
    auto made = make(Condition::Kind::OnHold);
    if (!expect_name(made->name, "the kind of hold", "on hold police_request")) return nullptr;
    if (accept("by") && !expect_name(made->issuer, "the issuer of the hold", "on hold police_request by police"))
        return nullptr;
    if (accept("in") && !expect_name(made->form, "the form of the hold", "on hold police_request in written"))
        return nullptr;
    return made;
}

ConditionPtr ExpressionReader::definition_or_comparison() {
    const Token& first = token();
    const bool name = is_kind(Token::Kind::Word) && !term_construct_ahead() && !misspelt_construct_ahead();
    if (!name) {
        if (is_kind(Token::Kind::Word) || is_kind(Token::Kind::Number) || is_kind(Token::Kind::Date) ||
            is_kind(Token::Kind::Instant)) {
            return comparison();
        }
        expected("a condition", {}, "", "DN0206");
        return nullptr;
    }
    if (first.language_word && first.text.find('.') == std::string_view::npos) {
        expected("a condition", {}, "", "DN0206");
        return nullptr;
    }
    if (comparison_at(1) || continues_term_at(1)) return comparison();
    if (is_kind(Token::Kind::Word, 1) && !is_any_word({"and", "or", "where", "in", "over", "to"}, 1)) {
        const bool dotted = first.text.find('.') != std::string_view::npos;
        std::string head =
            dotted || is_kind(Token::Kind::Comma, 1) ? std::string() : nearest(first.text, condition_heads);
        if (!nearest(token(1).text, after_a_name).empty()) head.clear();
        if (!head.empty()) {
            error("DN0206", span_of(first), fmt::format("expected a condition, found `{}`", first.text)).suggestion =
                head;
            return nullptr;
        }
        const std::string_view word = first.text;
        take();
        expected(fmt::format("a comparison, `and` or `or` after `{}`", word),
                 {std::begin(after_a_name), std::end(after_a_name)},
                 is_word("not") ? "`not` stands before a condition, or behind `is`" : "", "DN0208");
        return nullptr;
    }
    auto made = make(Condition::Kind::Use);
    made->name = take().text;
    return made;
}

/// A bare definition or parentheses.
ConditionPtr ExpressionReader::test() {
    if (too_much(token())) return nullptr;
    const std::size_t begin = token().begin;
    if (is_kind(Token::Kind::Open)) return closed(in_parentheses(), begin);
    auto made = make(Condition::Kind::Use);
    if (!expect_name(made->name, "a definition or `(` after `where`", "where (data.personal is yes)")) return nullptr;
    return closed(std::move(made), begin);
}

bool ExpressionReader::selection(Selection& selection) {
    const std::size_t begin = token().begin;
    const std::string_view word = is_kind(Token::Kind::Word) ? token().text : std::string_view();
    using Kind = Selection::Kind;
    if (word == "population") {
        selection.kind = Kind::Populations;
    } else if (word == "place") {
        selection.kind = Kind::Places;
    } else if (word == "entity") {
        selection.kind = Kind::Entities;
    } else if (word == "contract") {
        selection.kind = Kind::Contracts;
    } else if (word == "event") {
        selection.kind = Kind::Events;
    } else if (word == "incident") {
        selection.kind = Kind::Members;
    } else if (is_relation(word)) {
        selection.kind = Kind::Related;
        selection.name = word;
    } else {
        return expected("a selection", {std::begin(selection_names), std::end(selection_names)},
                        "one of `population`, `place`, `entity`, `contract`, `event KIND`, `incident` or a relation "
                        "such as `affiliate`",
                        "DN0215");
    }
    take();
    if (selection.kind == Kind::Events && !expect_name(selection.name, "a kind of event", "event payment"))
        return false;
    if (selection.kind == Kind::Places && accept("within") &&
        !expect_name(selection.name, "a place or group", "place within EU"))
        return false;
    if (selection.kind == Kind::Places && accept("linked")) {
        const std::string_view link = token().text;
        if (std::find(std::begin(link_names), std::end(link_names), link) == std::end(link_names)) {
            return expected("a link", {"lives", "served", "established", "does_business"},
                            "one of `lives`, `served`, `established`, `does_business`");
        }
        selection.link = take().text;
    }
    selection.span = span_from(begin);
    return true;
}

Checked<ConditionPtr> parse_condition(const ExpressionText& text) {
    Checked<ConditionPtr> result;
    ConditionPtr read = ExpressionReader(text, result.diagnostics).whole_condition();
    if (read && !result.diagnostics.has_errors()) result.value = std::move(read);
    return result;
}

Checked<TermPtr> parse_term(const ExpressionText& text) {
    Checked<TermPtr> result;
    TermPtr read = ExpressionReader(text, result.diagnostics).whole_term();
    if (read && !result.diagnostics.has_errors()) result.value = std::move(read);
    return result;
}

Checked<SelectionText> parse_selection(const ExpressionText& text) {
    Checked<SelectionText> result;
    auto read = ExpressionReader(text, result.diagnostics).whole_selection();
    if (read && !result.diagnostics.has_errors()) result.value = std::move(read);
    return result;
}

}  // namespace duenotice
