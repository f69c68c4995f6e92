// Whatever tree is built, printing it and reading it back gives the same tree.

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/support/law_words.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

int pick(int below) {
    return *rc::gen::inRange(0, below);
}

std::string one_of(std::initializer_list<const char*> words) {
    return *(words.begin() + pick(static_cast<int>(words.size())));
}

std::string fact() {
    return one_of({"data.personal", "entity.aware_at", "people.total", "judged.gdpr_risk.decided_at", "x.2_b"});
}
std::string id() {
    return one_of({"us.tx.sensitive", "eu.gdpr.33", "eu.1182-71", "portal", "US-TX", "EEA"});
}
std::string token() {
    return one_of({"yes", "no", "first_class", "US-TX", "other", "none", "unknown", "supplier_2"});
}

TermPtr term(int depth);
ConditionPtr condition(int depth);

Selection selection() {
    Selection made;
    made.kind = static_cast<Selection::Kind>(pick(static_cast<int>(Selection::Kind::Members) + 1));
    if (made.kind == Selection::Kind::Related) made.name = one_of({"affiliate", "provider", "joint"});
    if (made.kind == Selection::Kind::Events) made.name = one_of({"payment", "outage"});
    if (made.kind == Selection::Kind::Places) {
        made.name = one_of({"", "EEA", "DE"});
        made.link = one_of({"", "lives", "does_business"});
    }
    return made;
}

ConditionPtr test(int depth) {
    if (pick(2) == 0) return condition(depth);
    auto made = std::make_shared<Condition>();
    made->kind = Condition::Kind::Use;
    made->name = "us.tx.sensitive";
    return made;
}

TermPtr token_term() {
    auto made = std::make_shared<Term>();
    made->kind = pick(5) == 0 ? Term::Kind::ThisPlace : Term::Kind::Token;
    if (made->kind == Term::Kind::Token) made->name = pick(4) == 0 ? id() : token();
    return made;
}

void fill_literal(Term& made) {
    using Kind = Term::Kind;
    switch (made.kind) {
        case Kind::Fact:
            made.name = fact();
            return;
        case Kind::Token:
            made.name = token();
            return;
        case Kind::Whole:
            made.number = pick(2) == 0 ? pick(1000) : 9007199254740991;
            return;
        case Kind::Share:
            made.number = pick(2'000'000);
            return;
        case Kind::Money:
            made.name = one_of({"EUR", "JPY", "KWD"});
            made.number = pick(10'000'000);
            return;
        case Kind::DateLiteral:
            made.date = Date::from_days(pick(40'000));
            return;
        case Kind::InstantLiteral:
            made.instant.seconds = pick(2'000'000'000);
            return;
        case Kind::Duration:
            made.number = pick(10'000) * 60;
            return;
        default:
            return;
    }
}

void fill_filed(Term& made) {
    made.name = id();
    made.which = pick(2) == 0 ? Term::Which::First : Term::Which::Last;
    made.act = one_of({"", "received"});
    made.recipient = one_of({"", "de.bfdi"});
    made.of_entity = one_of({"", "any", "affiliate"});
    made.channel = one_of({"", "portal"});
    if (pick(2) == 0) made.leaving = fact();
    made.include_withdrawn = pick(2) == 0;
}

void fill_moved(Term& made, int depth) {
    constexpr Period::Unit units[] = {Period::Unit::Minutes,     Period::Unit::Hours, Period::Unit::Days,
                                      Period::Unit::WorkingDays, Period::Unit::Weeks, Period::Unit::Months,
                                      Period::Unit::Years};
    made.terms = {term(depth)};
    made.period.unit = units[pick(7)];
    made.period.amount = (pick(2) == 0 ? 1 : -1) * (1 + pick(40));
    made.counting = one_of({"", "eu.1182-71"});
}

void fill_over(Term& made, int depth) {
    made.selection = selection();
    if (pick(2) == 0) made.test = test(depth);
}

void fill(Term& made, int depth) {
    using Kind = Term::Kind;
    switch (made.kind) {
        case Kind::Sum:
        case Kind::Difference:
        case Kind::Product:
        case Kind::LowerOf:
        case Kind::HigherOf:
        case Kind::Fallback:
        case Kind::Elapsed:
            made.terms = {term(depth), term(depth)};
            return;
        case Kind::PercentOf:
            made.number = pick(1'000'000);
            made.terms = {term(depth)};
            return;
        case Kind::EndOfYear:
            made.terms = {term(depth)};
            return;
        case Kind::AsAt:
            made.name = fact();
            made.terms = {term(depth)};
            return;
        case Kind::Learned:
        case Kind::Estimate:
            made.name = fact();
            return;
        case Kind::HoldStart:
        case Kind::HoldEnd:
            made.name = "police_request";
            return;
        case Kind::People:
            made.place = one_of({"", "this", "US-TX", "EEA"});
            if (pick(2) == 0) made.test = test(depth);
            return;
        case Kind::Count:
            return fill_over(made, depth);
        case Kind::SumOf:
        case Kind::Highest:
        case Kind::Lowest:
            made.terms = {term(depth)};
            return fill_over(made, depth);
        case Kind::BusiestWeek:
            made.terms = {term(depth), term(depth)};
            made.name = one_of({"Europe/Brussels", "America/New_York", "Etc/GMT+5", "UTC"});
            return fill_over(made, depth);
        case Kind::EarliestOf:
        case Kind::LatestOf:
        case Kind::FirstDeterminable:
            for (int i = 1 + pick(3); i > 0; --i) made.terms.push_back(term(depth));
            if (made.kind == Kind::FirstDeterminable || made.terms.size() > 1 || pick(2) == 0) return;
            return fill_over(made, depth);
        case Kind::InstantPlus:
            return fill_moved(made, depth);
        case Kind::Filed:
            return fill_filed(made);
        case Kind::CertainSince:
            made.test = condition(depth);
            return;
        default:
            return fill_literal(made);
    }
}

TermPtr term(int depth) {
    auto made = std::make_shared<Term>();
    const int kinds =
        depth <= 0 ? static_cast<int>(Term::Kind::ThisPlace) + 1 : static_cast<int>(Term::Kind::EndOfYear) + 1;
    made->kind = static_cast<Term::Kind>(pick(kinds));
    fill(*made, depth - 1);
    return made;
}

void fill_comparison(Condition& made, int depth) {
    made.left = term(depth);
    made.comparison = static_cast<Comparison>(pick(static_cast<int>(Comparison::IsKnown) + 1));
    switch (made.comparison) {
        case Comparison::IsOneOf:
            for (int i = 1 + pick(3); i > 0; --i) made.values.push_back(term(depth));
            return;
        case Comparison::IncludesAny:
        case Comparison::IncludesAll:
        case Comparison::IncludesNone:
        case Comparison::IncludesOnly:
            for (int i = 1 + pick(3); i > 0; --i) made.values.push_back(token_term());
            return;
        case Comparison::Within:
        case Comparison::IncludesWithin:
            made.values.push_back(token_term());
            return;
        case Comparison::ClockBetween:
            made.clock_from_minutes = pick(1440);
            made.clock_until_minutes = pick(1440);
            made.name = "Europe/Berlin";
            return;
        case Comparison::IsEmpty:
        case Comparison::Happened:
        case Comparison::CannotBeDetermined:
        case Comparison::IsKnown:
            return;
        default:
            made.right = term(depth);
    }
}

ConditionPtr condition(int depth) {
    using Kind = Condition::Kind;
    constexpr Kind shallow[] = {Kind::True, Kind::False, Kind::Use, Kind::Presumed, Kind::OnHold, Kind::Compare};
    constexpr Kind deep[] = {Kind::And, Kind::Or,    Kind::Not,  Kind::AtLeastOf,
                             Kind::Any, Kind::Every, Kind::Ever, Kind::Compare};
    auto made = std::make_shared<Condition>();
    made->kind = depth <= 0 || pick(3) == 0 ? shallow[pick(6)] : deep[pick(8)];
    switch (made->kind) {
        case Kind::And:
        case Kind::Or:
        case Kind::AtLeastOf: {
            const int many = 2 + pick(2);
            for (int i = 0; i < many; ++i) made->children.push_back(condition(depth - 1));
            if (made->kind == Kind::AtLeastOf) made->k = static_cast<std::uint32_t>(1 + pick(many));
            break;
        }
        case Kind::Not:
        case Kind::Ever:
            made->children.push_back(condition(depth - 1));
            break;
        case Kind::Any:
        case Kind::Every:
            made->selection = selection();
            made->children.push_back(test(depth - 1));
            break;
        case Kind::Use:
        case Kind::Presumed:
            made->name = id();
            break;
        case Kind::OnHold:
            made->name = "police_request";
            made->issuer = one_of({"", "police", "us.doj"});
            made->form = one_of({"", "written"});
            break;
        case Kind::Compare:
            fill_comparison(*made, depth - 1);
            break;
        default:
            break;
    }
    return made;
}

}  // namespace

TEST_CASE("a printed condition reads back as the same condition") {
    const bool held = rc::check("parse(print(c)) == c", [] {
        const ConditionPtr made = condition(4);
        const std::string text = print(*made);
        const auto read = parse_condition(whole_text(text));
        if (!read) RC_FAIL(text + "\n" + print(read.diagnostics));
        if (!same(*made, **read)) RC_FAIL(text + "\n" + print(**read));
    });
    CHECK(held);
}

TEST_CASE("a printed term reads back as the same term") {
    const bool held = rc::check("parse(print(t)) == t", [] {
        const TermPtr made = term(4);
        const std::string text = print(*made);
        const auto read = parse_term(whole_text(text));
        if (!read) RC_FAIL(text + "\n" + print(read.diagnostics));
        if (!same(*made, **read)) RC_FAIL(text + "\n" + print(**read));
    });
    CHECK(held);
}

TEST_CASE("the words of a period read back as the same period") {
    const bool held = rc::check("parse_period(words(p)) == p", [] {
        Period period;
        period.unit = static_cast<PeriodUnit>(pick(8));
        const std::int64_t sign = pick(2) == 0 ? 1 : -1;
        period.amount = sign * (1 + pick(300));
        if (period.unit == PeriodUnit::YearsMonthsDays) {
            period.months = static_cast<int>(sign * pick(20));
            period.days = static_cast<int>(sign * pick(40));
        }
        const auto read = parse_period(words(period));
        if (!read || !(*read == period)) RC_FAIL(words(period));
    });
    CHECK(held);
    for (const char* wrong : {"", "72", "hours", "0 days", "72 hrs", "1.5 days", "5 working hours", "401 years",
                              "-3 days", "3 days 2 years", "1 day and 2 hours"}) {
        INFO(wrong);
        CHECK_FALSE(parse_period(wrong));
    }
}

TEST_CASE("nesting and size have limits that are said once") {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "not (";
    deep += "true" + std::string(100, ')');
    const auto nested = parse_condition(whole_text(deep));
    CHECK(nested.diagnostics.error_count() == 1);
    CHECK(nested.diagnostics.items().front().message == "nested more than 64 deep");

    std::string wide = "true";
    for (int i = 0; i < 5000; ++i) wide += " and true";
    const auto many = parse_condition(whole_text(wide));
    CHECK(many.diagnostics.error_count() == 1);
    CHECK(many.diagnostics.items().front().message == "more than 4000 conditions and terms in one text");
}
