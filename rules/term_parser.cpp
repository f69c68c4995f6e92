#include <algorithm>

#include <fmt/format.h>

#include "rules/expression_reader.h"

namespace duenotice {

namespace {

/// A construct begins with two words; `none`: any word may be the second.
struct Head {
    std::string_view first, second;
};
constexpr Head heads[] = {{"lower", "of"},    {"higher", "of"},     {"count", "of"},           {"sum", "of"},
                          {"highest", "of"},  {"lowest", "of"},     {"time", "from"},          {"busiest", "week"},
                          {"earliest", "of"}, {"latest", "of"},     {"first", "determinable"}, {"filed", "first"},
                          {"filed", "last"},  {"certain", "since"}, {"estimate", "of"},        {"start", "of"},
                          {"end", "of"},      {"this", "place"}};

bool is_currency(std::string_view word) {
    return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

TermPtr ExpressionReader::whole_term() {
    if (is_kind(Token::Kind::End)) {
        expected("a term", {}, "", "DN0217");
        return nullptr;
    }
    TermPtr result = sum();
    if (result && !is_kind(Token::Kind::End)) {
        expected("the end", {"plus", "minus", "times", "else", "over", "where", "by", "minutes", "hours", "days", "working", "weeks", "months", "years"},
                 comparison_at(0) ? "a term has no comparison; only conditions compare" : "", "DN0211");
        return nullptr;
    }
    return result;
}

TermPtr ExpressionReader::make(Term::Kind kind) {
    auto made = std::make_shared<Term>();
    made->kind = kind;
    ++nodes_;
    return made;
}

TermPtr ExpressionReader::closed(TermPtr term, std::size_t begin) const {
    if (term) term->span = span_from(begin);
    return term;
}

TermPtr ExpressionReader::sum() {
    const std::size_t begin = token().begin;
    TermPtr left = product();
    while (left && is_any_word({"plus", "minus"})) {
        const bool back = take().text == "minus";
        if (period_ahead()) {
            left = moved(left, back);
        } else {
            auto made = make(back ? Term::Kind::Difference : Term::Kind::Sum);
            made->terms = {left, product()};
            left = made->terms[1] ? made : nullptr;
        }
        left = closed(std::move(left), begin);
    }
    return left;
}

TermPtr ExpressionReader::product() {
    const std::size_t begin = token().begin;
    TermPtr left = unit();
    while (left && accept("times")) {
        auto made = make(Term::Kind::Product);
        made->terms = {left, unit()};
        left = made->terms[1] ? closed(made, begin) : nullptr;
    }
    return left;
}

TermPtr ExpressionReader::unit() {
    if (too_much(token())) return nullptr;
    ++depth_;
    const std::size_t begin = token().begin;
    TermPtr left = closed(atom(), begin);
    if (left && is_word("as") && is_word("at", 1)) {
        if (left->kind != Term::Kind::Fact) {
            error("DN0207", left->span, "only a fact can be taken `as at` an instant",
                  "as in `entity.size as at incident.ransom_paid_at`");
            left = nullptr;
        } else {
            take(), take();
            auto made = make(Term::Kind::AsAt);
            made->name = left->name;
            made->terms = {unit()};
            left = made->terms[0] ? closed(made, begin) : nullptr;
        }
    }
    if (left && accept("else")) {
        auto made = make(Term::Kind::Fallback);
        made->terms = {left, unit()};
        left = made->terms[1] ? closed(made, begin) : nullptr;
    }
    --depth_;
    return left;
}

bool ExpressionReader::term_construct_ahead() const {
    if (!is_kind(Token::Kind::Word)) return false;
    if (is_currency(token().text) && is_kind(Token::Kind::Number, 1)) return true;
    if (!is_language_word_at(0)) return false;
    if (is_word("people")) return true;
    if (is_word("learned") && is_kind(Token::Kind::Word, 1) && token(1).text.find('.') != std::string_view::npos)
        return true;
    return std::any_of(std::begin(heads), std::end(heads),
                       [&](const Head& h) { return is_word(h.first) && is_word(h.second, 1); });
}

/// `lowest off ..`: the first word of a construct, then a word that could not follow a name.
bool ExpressionReader::misspelt_construct_ahead() const {
    if (!is_language_word_at(0)) return false;
    const bool head =
        std::any_of(std::begin(heads), std::end(heads), [&](const Head& h) { return is_word(h.first); }) ||
        is_word("learned");
    if (!head) return false;
    if (is_kind(Token::Kind::Open, 1)) return true;
    return is_kind(Token::Kind::Word, 1) && !comparison_at(1) && !continues_term_at(1) &&
           !is_language_word_at(1);
}

TermPtr ExpressionReader::atom() {
    using Kind = Token::Kind;
    if (is_kind(Kind::Open)) return parenthesised_sum();
    if (is_kind(Kind::Number) || is_kind(Kind::Date) || is_kind(Kind::Instant)) return literal();
    if (!is_kind(Kind::Word)) {
        expected("a fact or a value", {}, "", "DN0207");
        return nullptr;
    }
    if (is_currency(token().text) && is_kind(Kind::Number, 1)) return literal();
    if (term_construct_ahead() || misspelt_construct_ahead()) return construct();
    if (is_reserved_choice(token().text) || is_any_word({"where", "is", "of", "over"})) {
        expected("a fact or a value", {}, "", "DN0207");
        return nullptr;
    }
    auto made = make(token().text.find('.') == std::string_view::npos ? Term::Kind::Token : Term::Kind::Fact);
    made->name = take().text;
    return made;
}

TermPtr ExpressionReader::construct() {
    const std::string_view word = take().text;
    if (word == "people") return people();
    if (word == "filed") return filed();
    if (word == "learned") return of_fact(Term::Kind::Learned);
    if (word == "start" || word == "end") return hold_or_year();
    if (word == "certain") return certain_since();
    if (word == "busiest") return busiest_week();
    const Head& head =
        *std::find_if(std::begin(heads), std::end(heads), [&](const Head& h) { return h.first == word; });
    if (!expect(head.second)) return nullptr;
    if (word == "lower") return pair_of(Term::Kind::LowerOf);
    if (word == "higher") return pair_of(Term::Kind::HigherOf);
    if (word == "count") return count();
    if (word == "sum") return over(Term::Kind::SumOf);
    if (word == "highest") return over(Term::Kind::Highest);
    if (word == "lowest") return over(Term::Kind::Lowest);
    if (word == "time") return elapsed();
    if (word == "earliest") return moments(Term::Kind::EarliestOf);
    if (word == "latest") return moments(Term::Kind::LatestOf);
    if (word == "estimate") return of_fact(Term::Kind::Estimate);
    if (word == "this") return make(Term::Kind::ThisPlace);
    if (!expect("of")) return nullptr;
    auto made = make(Term::Kind::FirstDeterminable);
    return term_list(made->terms) ? made : nullptr;
}

TermPtr ExpressionReader::parenthesised_sum() {
    take();
    TermPtr inner = sum();
    if (!inner) return nullptr;
    if (!is_kind(Token::Kind::Close) && !is_kind(Token::Kind::End)) {
        expected("`)`", {"plus", "minus", "times", "else"});
        return nullptr;
    }
    accept(Token::Kind::Close);
    return inner;
}

TermPtr ExpressionReader::pair_of(Term::Kind kind) {
    const Span place = span_of(token());
    auto made = make(kind);
    if (!term_list(made->terms)) return nullptr;
    if (made->terms.size() == 2) return made;
    error("DN0214", place, fmt::format("`{} of` takes two terms", kind == Term::Kind::LowerOf ? "lower" : "higher"));
    return nullptr;
}

TermPtr ExpressionReader::people() {
    auto made = make(Term::Kind::People);
    if (accept("of")) {
        if (accept("this")) {
            if (!expect("place")) return nullptr;
            made->place = "this";
        } else if (!expect_name(made->place, "a place, a group or `this place`", "people of US-TX")) {
            return nullptr;
        }
    }
    return optional_test(made->test) ? made : nullptr;
}

bool ExpressionReader::optional_test(ConditionPtr& read) {
    if (!accept("where")) return true;
    read = test();
    return read != nullptr;
}

bool ExpressionReader::over_selection(Term& term) {
    term.selection.emplace();
    return selection(*term.selection) && optional_test(term.test);
}

TermPtr ExpressionReader::count() {
    auto made = make(Term::Kind::Count);
    return over_selection(*made) ? made : nullptr;
}

TermPtr ExpressionReader::over(Term::Kind kind) {
    auto made = make(kind);
    made->terms = {unit()};
    return made->terms[0] && expect("over") && over_selection(*made) ? made : nullptr;
}

TermPtr ExpressionReader::moments(Term::Kind kind) {
    const bool list = is_kind(Token::Kind::Open) && !is_word("over", after_parentheses());
    if (!list) return over(kind);
    auto made = make(kind);
    return term_list(made->terms) ? made : nullptr;
}

bool ExpressionReader::between_instants(Term& term) {
    term.terms = {unit(), nullptr};
    if (!term.terms[0]) return false;
    const bool swallowed =
        term.terms[0]->kind == Term::Kind::Filed && !term.terms[0]->recipient.empty() && !is_word("to");
    if (swallowed) return expected("`to`", {}, "put the filing in parentheses: `time from (filed first X) to A`");
    if (!expect("to")) return false;
    term.terms[1] = unit();
    return term.terms[1] != nullptr;
}

TermPtr ExpressionReader::elapsed() {
    auto made = make(Term::Kind::Elapsed);
    return between_instants(*made) ? made : nullptr;
}

TermPtr ExpressionReader::busiest_week() {
    auto made = make(Term::Kind::BusiestWeek);
    if (!expect("week") || !expect("of") || !expect(Token::Kind::Open, "`(`") || !expect("time") || !expect("from"))
        return nullptr;
    if (!between_instants(*made) || !expect(Token::Kind::Close, "`)`") || !expect("over") || !over_selection(*made) ||
        !expect("in"))
        return nullptr;
    return expect_name(made->name, "a time zone", "in Europe/Brussels") ? made : nullptr;
}

TermPtr ExpressionReader::filed() {
    auto made = make(Term::Kind::Filed);
    if (!is_any_word({"first", "last"})) {
        expected("`first` or `last`", {"first", "last"});
        return nullptr;
    }
    made->which = take().text == "first" ? Term::Which::First : Term::Which::Last;
    if (!expect_name(made->name, "an obligation", "filed first eu.gdpr.33")) return nullptr;
    return filing_options(*made) ? made : nullptr;
}

bool ExpressionReader::filing_options(Term& term) {
    if (accept("act") && !expect_name(term.act, "an act", "act received")) return false;
    if (accept("to") && !expect_name(term.recipient, "a recipient", "to us.ny.dfs")) return false;
    if (accept("of")) {
        const std::string_view word = token().text;
        const bool relation =
            std::find(std::begin(relation_names), std::end(relation_names), word) != std::end(relation_names);
        if (word != "any" && !relation) {
            Words near(std::begin(relation_names), std::end(relation_names));
            near.push_back("any");
            return expected("`any` or a relation", near, "as in `of any` or `of affiliate`");
        }
        term.of_entity = take().text;
    }
    if (accept("by") && !expect_name(term.channel, "a channel", "by portal")) return false;
    if (accept("leaving")) {
        term.leaving.emplace();
        if (!expect_name(*term.leaving, "a fact", "leaving people.total unknown") || !expect("unknown")) return false;
    }
    if (accept("even")) {
        term.include_withdrawn = true;
        if (!expect("withdrawn")) return false;
    }
    if (!is_any_word({"act", "leaving", "even"}) && !(is_word("to") && !term.recipient.empty())) return true;
    error("DN0222", span_of(token()), fmt::format("`{}` stands in the wrong place", token().text),
          "the options of a filing come in this order: act, to, of, by, leaving, even withdrawn");
    return false;
}

TermPtr ExpressionReader::of_fact(Term::Kind kind) {
    auto made = make(kind);
    return expect_name(made->name, "a fact",
                       kind == Term::Kind::Learned ? "learned people.total" : "estimate of people.total")
               ? made
               : nullptr;
}

TermPtr ExpressionReader::certain_since() {
    if (!expect("since")) return nullptr;
    if (!is_kind(Token::Kind::Open)) {
        expected("`(`");
        return nullptr;
    }
    auto made = make(Term::Kind::CertainSince);
    made->test = in_parentheses();
    return made;
}

TermPtr ExpressionReader::hold_or_year() {
    const bool start = tokens_[at_ - 1].text == "start";
    if (!expect("of")) return nullptr;
    if (!start && accept("year")) {
        auto made = make(Term::Kind::EndOfYear);
        if (!expect("of")) return nullptr;
        made->terms = {unit()};
        return made->terms[0] ? made : nullptr;
    }
    if (!accept("hold")) {
        expected(start ? "`hold`" : "`hold` or `year`", {"hold", "year"});
        return nullptr;
    }
    auto made = make(start ? Term::Kind::HoldStart : Term::Kind::HoldEnd);
    return expect_name(made->name, "the kind of hold", "end of hold police_request") ? made : nullptr;
}

/// A choice, a place or `this place`.
TermPtr ExpressionReader::value_token() {
    const std::size_t begin = token().begin;
    if (is_word("this") && is_word("place", 1)) {
        take(), take();
        return closed(make(Term::Kind::ThisPlace), begin);
    }
    if (!is_kind(Token::Kind::Word) || is_reserved_choice(token().text)) {
        expected("a choice or a place", {}, "", "DN0207");
        return nullptr;
    }
    auto made = make(Term::Kind::Token);
    made->name = take().text;
    return closed(std::move(made), begin);
}

}  // namespace duenotice
