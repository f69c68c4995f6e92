#include "rules/expression_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/suggest.h"

namespace duenotice {

namespace {

std::string lower_case(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// The word that was meant: in small letters, or the nearest; one slip is allowed in short words too.
std::string near_word(std::string_view word, const std::vector<std::string_view>& words) {
    const std::string lower = lower_case(word);
    if (std::find(words.begin(), words.end(), lower) != words.end()) return lower == word ? "" : lower;
    std::string near = nearest(lower, words);
    if (!near.empty() || word.size() > 3 || is_language_word(word)) return near;
    const auto short_word = std::find_if(words.begin(), words.end(), [&](std::string_view known) {
        return known.size() > 1 && word.size() > 1 && edit_distance(lower, known, 2) < 2;
    });
    return short_word == words.end() ? "" : std::string(*short_word);
}

std::string_view mark_words(ExpressionToken::Kind kind) {
    using Kind = ExpressionToken::Kind;
    return kind == Kind::Open        ? "("
           : kind == Kind::Close     ? ")"
           : kind == Kind::Semicolon ? ";"
           : kind == Kind::Comma     ? ","
                                     : "%";
}

}  // namespace

ExpressionReader::ExpressionReader(const ExpressionText& text, Diagnostics& diagnostics)
    : text_(text), diagnostics_(diagnostics), tokens_(read_tokens(text, diagnostics)) {}

const ExpressionToken& ExpressionReader::take() {
    const Token& taken = token();
    last_end_ = taken.end;
    if (at_ + 1 < tokens_.size()) ++at_;
    return taken;
}

bool ExpressionReader::accept(Token::Kind kind) {
    if (!is_kind(kind)) return false;
    take();
    return true;
}

Span ExpressionReader::span_from(std::size_t begin) const {
    return text_.span(begin, std::max(begin, last_end_));
}

Span ExpressionReader::span_of(const Token& token) const {
    return text_.span(token.begin, token.end);
}

Diagnostic& ExpressionReader::error(std::string code, const Span& span, std::string message, std::string help) {
    return diagnostics_.error(std::move(code), span, std::move(message), std::move(help));
}

bool ExpressionReader::expected(std::string_view what, const Words& near, std::string help, std::string code) {
    if (stopped_) return false;
    const Token& found = token();
    if (found.kind == Token::Kind::End) {
        // The place of something missing at the end is the last word.
        const Token& last = at_ > 0 ? tokens_[at_ - 1] : found;
        error(std::move(code), span_of(last),
              fmt::format("expected {} {}", what, at_ > 0 ? fmt::format("after `{}`", last.text) : "here"),
              std::move(help));
        return false;
    }
    const std::string_view words = found.text.empty() ? mark_words(found.kind) : found.text;
    Diagnostic& said =
        error(std::move(code), span_of(found), fmt::format("expected {}, found `{}`", what, words), std::move(help));
    if (found.kind == Token::Kind::Word) said.suggestion = near_word(found.text, near);
    return false;
}

bool ExpressionReader::expect(std::string_view word) {
    return accept(word) || expected(fmt::format("`{}`", word), {word});
}

bool ExpressionReader::expect(Token::Kind kind, std::string_view what) {
    return accept(kind) || expected(what);
}

bool ExpressionReader::expect_name(std::string_view& name, std::string_view what, std::string_view example) {
    if (!is_kind(Token::Kind::Word) || is_language_word_at(0)) {
        return expected(what, {}, fmt::format("as in `{}`", example));
    }
    name = take().text;
    return true;
}

void ExpressionReader::skip(std::size_t first) {
    for (std::size_t i = first; i < at_; ++i) {
        const Token& open = tokens_[i];
        if (open.kind != Token::Kind::Open || (open.partner != Token::none && open.partner < at_)) continue;
        at_ = open.partner == Token::none ? tokens_.size() - 1 : open.partner + 1;
        break;
    }
    using Kind = Token::Kind;
    while (!is_kind(Kind::End) && !is_kind(Kind::Close) && !is_kind(Kind::Semicolon) && !is_kind(Kind::Comma) &&
           !is_any_word({"and", "or"})) {
        at_ += is_kind(Kind::Open) ? after_parentheses() : 1;
    }
    at_ = std::min(at_, tokens_.size() - 1);
}

bool ExpressionReader::too_much(const Token& at) {
    if (stopped_) return true;
    if (depth_ < most_expression_depth && nodes_ < most_expression_nodes) return false;
    if (depth_ >= most_expression_depth) {
        error("DN0212", span_of(at), fmt::format("nested more than {} deep", most_expression_depth),
              "give a part a name with `<define>`");
    } else {
        error("DN0213", span_of(at),
              fmt::format("more than {} conditions and terms in one text", most_expression_nodes),
              "give a part a name with `<define>`");
    }
    stopped_ = true;
    at_ = tokens_.size() - 1;
    return true;
}

std::size_t ExpressionReader::after_parentheses() const {
    const std::size_t partner = token().partner;
    return partner == Token::none ? tokens_.size() - 1 - at_ : partner + 1 - at_;
}

bool ExpressionReader::comparison_at(std::size_t ahead) const {
    if (!is_language_word_at(ahead)) return false;
    return is_any_word(
        {"is", "at", "more", "fewer", "less", "includes", "has", "before", "after", "within", "between", "cannot"},
        ahead);
}

bool ExpressionReader::continues_term_at(std::size_t ahead) const {
    if (!is_language_word_at(ahead)) return is_kind(Token::Kind::Percent, ahead);
    return is_any_word({"plus", "minus", "times", "else"}, ahead) || (is_word("as", ahead) && is_word("at", ahead + 1));
}

ConditionPtr ExpressionReader::comparison() {
    const std::size_t begin = token().begin;
    auto made = make(Condition::Kind::Compare);
    made->left = sum();
    if (!made->left) return nullptr;
    bool negated = false;
    if (is_word("is")) {
        if (!compare_is(*made, negated)) return nullptr;
    } else if (is_word("has")) {
        take();
        negated = accept("not");
        if (!expect("happened")) return nullptr;
        made->comparison = Comparison::Happened;
    } else if (!compare(*made)) {
        return nullptr;
    }
    made->span = span_from(begin);
    if (!negated) return made;
    auto opposite = make(Condition::Kind::Not);
    opposite->children.push_back(std::move(made));
    return opposite;
}

bool ExpressionReader::compare(Condition& compare) {
    if (is_word("at")) return compare_at(compare);
    if (is_word("includes")) return compare_includes(compare);
    if (is_word("between")) return compare_clock(compare);
    if (accept("before")) return compare_with(compare, Comparison::Before);
    if (accept("after")) return compare_with(compare, Comparison::After);
    if (is_any_word({"more", "fewer", "less"})) {
        const bool more = take().text == "more";
        return expect("than") && compare_with(compare, more ? Comparison::MoreThan : Comparison::LessThan);
    }
    if (accept("within")) {
        compare.comparison = Comparison::Within;
        compare.values.push_back(value_token());
        return compare.values.back() != nullptr;
    }
    if (accept("cannot")) {
        compare.comparison = Comparison::CannotBeDetermined;
        return expect("be") && expect("determined");
    }
    return expected(
        "a comparison",
        {"is", "at", "more", "fewer", "less", "includes", "has", "before", "after", "within", "between", "cannot"},
        "such as `is`, `at least`, `includes`, `has happened`, `before`", "DN0208");
}

bool ExpressionReader::compare_with(Condition& compare, Comparison comparison) {
    compare.comparison = comparison;
    compare.right = sum();
    return compare.right != nullptr;
}

bool ExpressionReader::compare_is(Condition& compare, bool& negated) {
    take();
    const bool is_not = accept("not");
    if (is_word("one") && is_word("of", 1)) {
        take(), take();
        compare.comparison = Comparison::IsOneOf;
        negated = is_not;
        return term_list(compare.values);
    }
    if (is_any_word({"empty", "known"})) {
        compare.comparison = take().text == "empty" ? Comparison::IsEmpty : Comparison::IsKnown;
        negated = is_not;
        return true;
    }
    return compare_with(compare, is_not ? Comparison::IsNot : Comparison::Is);
}

bool ExpressionReader::compare_at(Condition& compare) {
    take();
    if (accept("least")) return compare_with(compare, Comparison::AtLeast);
    if (accept("most")) return compare_with(compare, Comparison::AtMost);
    if (!accept("or")) return expected("`least`, `most`, `or before` or `or after`", {"least", "most", "or"});
    if (accept("before")) return compare_with(compare, Comparison::AtOrBefore);
    if (accept("after")) return compare_with(compare, Comparison::AtOrAfter);
    return expected("`before` or `after`", {"before", "after"});
}

bool ExpressionReader::compare_includes(Condition& compare) {
    take();
    compare.comparison = Comparison::IncludesAny;
    if (is_any_word({"any", "all", "none"}) && (is_word("of", 1) || is_kind(Token::Kind::Open, 1))) {
        const std::string_view word = take().text;
        if (word == "all") compare.comparison = Comparison::IncludesAll;
        if (word == "none") compare.comparison = Comparison::IncludesNone;
        return expect("of") && token_list(compare.values);
    }
    if (is_word("only") && is_kind(Token::Kind::Open, 1)) {
        take();
        compare.comparison = Comparison::IncludesOnly;
        return token_list(compare.values);
    }
    if (accept("within")) compare.comparison = Comparison::IncludesWithin;
    compare.values.push_back(value_token());
    return compare.values.back() != nullptr;
}

bool ExpressionReader::compare_clock(Condition& compare) {
    take();
    compare.comparison = Comparison::ClockBetween;
    const auto time = [&](std::int32_t& minutes) {
        const std::string_view text = token().text;
        const auto digit = [&](std::size_t i) { return text[i] - '0'; };
        if (!is_kind(Token::Kind::ClockTime) || text.size() != 5)
            return expected("a time of day", {}, "as in `between 22:00 and 06:00 in Europe/Berlin`");
        minutes = (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
        if (minutes >= 24 * 60 || digit(3) > 5) {
            error("DN0203", span_of(token()), fmt::format("`{}` is not a time of day", text),
                  "from `00:00` to `23:59`");
            return false;
        }
        take();
        return true;
    };
    if (!time(compare.clock_from_minutes) || !expect("and") || !time(compare.clock_until_minutes) || !expect("in"))
        return false;
    return expect_name(compare.name, "a time zone", "between 22:00 and 06:00 in Europe/Berlin");
}

bool ExpressionReader::token_list(std::vector<TermPtr>& values) {
    if (!expect(Token::Kind::Open, "`(`")) return false;
    do {
        values.push_back(value_token());
        if (!values.back()) return false;
    } while (accept(Token::Kind::Comma));
    if (is_kind(Token::Kind::Close) || is_kind(Token::Kind::End)) {
        accept(Token::Kind::Close);
        return true;
    }
    return expected("`,` or `)`");
}

bool ExpressionReader::term_list(std::vector<TermPtr>& terms) {
    if (!expect(Token::Kind::Open, "`(`")) return false;
    do {
        terms.push_back(sum());
        if (!terms.back()) return false;
    } while (accept(Token::Kind::Comma));
    if (is_kind(Token::Kind::Close) || is_kind(Token::Kind::End)) {
        accept(Token::Kind::Close);
        return true;
    }
    return expected("`,` or `)`");
}

}  // namespace duenotice
