#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <set>

#include "engine/verdict.h"
#include "tests/oracle/condition_generator.h"
#include "tests/oracle/naive_verdict.h"
#include "tests/support/small_world.h"

// The engine's verdicts against an oracle that tries every account of small domains.

namespace duenotice {

namespace {

using oracle::Domains;

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)  // the sanitizers make a case ten times as long
constexpr int cases = 200000, sampled = 20000;
#else
constexpr int cases = 12000, sampled = 2000;
#endif
constexpr std::size_t most_accounts = 20000;

void used(const Term& term, std::set<FactId>& ends) {
    if (term.kind == Term::Kind::Elapsed) ends.insert(*term.terms[1]->fact);
    for (const TermPtr& part : term.terms) used(*part, ends);
}

/// Facts for which it matters when they will happen: ends of durations, and dates that pick a version.
void yet_to_come(const Condition& condition, const RuleBook& book, std::set<FactId>& ends, std::set<FactId>& days, int depth = 0) {
    if (condition.kind == Condition::Kind::Use && depth < 8) yet_to_come(*book.definitions[*condition.index].condition, book, ends, days, depth + 1);
    if (condition.kind == Condition::Kind::DateIn) days.insert(*condition.left->fact);
    for (const TermPtr& side : {condition.left, condition.right})
        if (side) used(*side, ends);
    for (const ConditionPtr& child : condition.children) yet_to_come(*child, book, ends, days, depth);
}

/// One random condition over random sets of values, and all accounts that these allow.
struct Case {
    Case(test::SmallWorld& small, std::uint64_t seed, oracle::Size size, int open) : small_(small), generator(*small.book, seed, size) {
        condition = generator.condition();
        small.clear();
        const Evaluation evaluation = small.evaluation();
        for (const Occurrence& read : ground_facts(*condition, {}, evaluation)) small.state(read.ground, generator.known(small.book->vocabulary.at(read.ground.fact), open));
        std::set<FactId> ends, days;
        yet_to_come(*condition, *small.book, ends, days);
        for (const FactRecord& record : small.incident.facts) {
            const FactDeclaration& declaration = small.book->vocabulary.at(record.ground.fact);
            std::vector<std::int64_t> later{small.as_of().seconds};
            if (ends.contains(declaration.id))
                for (std::int64_t s = 1; s < 14; ++s) later.push_back(later.front() + s);
            if (ends.contains(declaration.id)) later.push_back(later.front() + 1000000000);
            if (days.contains(declaration.id) && declaration.type == ValueType::Instant)
                for (std::int64_t d = 1; d < 6; ++d) later.push_back(later.front() + d * 86400);
            if (declaration.type == ValueType::Date) later = {20514, 20515, 20520};
            domains[record.ground] = oracle::domain_of(record.history.back().value, declaration, later);
        }
        account.law = small.book.get();
        account.incident = &small.incident;
        account.zone = small.zone;
        account.as_of = small.as_of().seconds;
    }
    bool small_enough() const { return oracle::combinations(domains) <= most_accounts; }

    test::SmallWorld& small_;
    oracle::ConditionGenerator generator;
    ConditionPtr condition;
    Domains domains;
    oracle::Account account;
};

/// Nothing known: values on both sides of everything that a small condition can ask.
std::vector<oracle::Raw> wide_domain(const FactDeclaration& declaration, std::int64_t as_of) {
    std::vector<std::int64_t> later{as_of};
    for (std::int64_t d = 1; d < 6; ++d) later.push_back(declaration.type == ValueType::Date ? 20513 + d : as_of + d * 86400);
    std::vector<oracle::Raw> result = oracle::domain_of(test::wide_open(declaration), declaration, later);
    if (declaration.type == ValueType::Date) result.push_back({.number = 20600});  // planned
    if (declaration.type == ValueType::Instant)
        for (const std::int64_t before : {1800, 5400, 43200, 75600, 8640000}) result.push_back({.number = as_of - before});
    return result;
}

std::string account_of(const Case& one, const test::SmallWorld& small) {
    std::string text = print(*one.condition);
    for (const Definition& definition : small.book->definitions) text += "\n  " + definition.id + ": " + print(*definition.condition);
    for (const FactRecord& record : small.incident.facts) {
        const FactDeclaration& declaration = small.book->vocabulary.at(record.ground.fact);
        text += "\n  " + declaration.name + " " + small.incident.words(record.ground.frame) + ": " + words(record.history.back().value, declaration);
    }
    return text;
}

}  // namespace

TEST_CASE("no definite verdict is wrong, and none is left open that trying every account decides", "[oracle]") {
    test::SmallWorld small;
    int wrong = 0, lost = 0, inexact = 0, plain_wrong = 0, by_split = 0, open = 0, tried = 0, false_exact = 0;
    std::uint32_t most = 0;
    for (std::uint64_t seed = 1; tried < cases; ++seed) {
        Case one(small, seed, {3 + static_cast<int>(seed % 4), 3, 3, true, false}, 60);
        if (!one.small_enough()) continue;
        ++tried;
        const Truth truth = oracle::judge(*one.condition, {}, one.account, one.domains).truth();
        const Evaluation evaluation = small.evaluation();
        const Decision decision = decide(*one.condition, {}, evaluation);
        const Decision plain = decide(*one.condition, {}, evaluation, {.case_split = false});
        INFO("case " << seed << ": " << account_of(one, small) << "\n  " << decision.why_inexact);
        if (decision.truth != Truth::Unknown && decision.truth != truth) {
            ++wrong;
            CHECK(static_cast<int>(decision.truth) == static_cast<int>(truth));
        }
        if (plain.truth != truth) ++plain_wrong;
        if (decision.truth == Truth::Unknown && truth != Truth::Unknown) {
            ++lost;
            if (decision.exact) ++false_exact;
        }
        if (!decision.exact) ++inexact;
        if (decision.by == DecidedBy::Split) ++by_split;
        if (truth == Truth::Unknown) ++open;
        most = std::max(most, decision.splits);
        if (wrong > 5) FAIL("too many");
    }
    std::printf("verdict oracle: %d cases, %d wrong, %d lost (%d of them not marked inexact), %d undetermined, %d marked inexact, %d by split, most splits %u, plain Kleene wrong %.1f %%\n", tried, wrong, lost,
                false_exact, open, inexact, by_split, most, 100.0 * plain_wrong / tried);
    CHECK(wrong == 0);
    CHECK(false_exact * 100000 <= tried);   // WHY: two instants that are both a range and "not yet" are not told apart in one atom
    CHECK(plain_wrong * 20 >= tried);       // the cases are hard enough
    CHECK(lost * 200 <= tried);             // and little is lost to sums that share facts
}

TEST_CASE("without arithmetic nothing is lost", "[oracle]") {
    test::SmallWorld small;
    int tried = 0, without_split = 0, lost = 0;
    for (std::uint64_t seed = 1; tried < cases / 4; ++seed) {
        Case one(small, seed * 7919, {3 + static_cast<int>(seed % 4), 4, 3, false, false}, 70);
        if (!one.small_enough()) continue;
        ++tried;
        const Truth truth = oracle::judge(*one.condition, {}, one.account, one.domains).truth();
        const Decision decision = decide(*one.condition, {}, small.evaluation());
        INFO("case " << seed * 7919 << ": " << account_of(one, small) << "\n  " << decision.why_inexact);
        if (decision.truth == Truth::Unknown && truth != Truth::Unknown) ++lost;
        else REQUIRE(static_cast<int>(decision.truth) == static_cast<int>(truth));
        without_split += decide(*one.condition, {}, small.evaluation(), {.case_split = false}).truth != truth ? 1 : 0;
    }
    std::printf("without arithmetic: %d cases, %d lost\n", tried, lost);
    CHECK(lost * 2000 <= tried);  // two open instants compared with each other more than once
    CHECK(without_split > 0);  // with the case split off the same test fails
}

TEST_CASE("the facts that would decide are those by which two accounts differ", "[oracle]") {
    test::SmallWorld small;
    int tried = 0, facts = 0, too_many = 0, missing = 0;
    for (std::uint64_t seed = 1; tried < sampled; ++seed) {
        Case one(small, seed * 104729, {3 + static_cast<int>(seed % 3), 3, 2, seed % 5 == 0, false}, 70);
        if (!one.small_enough() || oracle::combinations(one.domains) > 4000) continue;
        const Evaluation evaluation = small.evaluation();
        if (decide(*one.condition, {}, evaluation).truth != Truth::Unknown) continue;
        ++tried;
        auto expected = oracle::deciding(*one.condition, {}, one.account, one.domains);
        std::erase_if(expected, [&](const GroundFact& ground) {  // "not yet" is an answer: what is yet to come cannot be asked
            return evaluation.known(ground).is_exact(small.book->vocabulary.at(ground.fact));
        });
        const auto found = relevant_open_facts(*one.condition, {}, evaluation);
        INFO("case " << seed * 104729 << ": " << account_of(one, small));
        facts += static_cast<int>(expected.size());
        for (const GroundFact& ground : expected) {
            INFO(small.book->vocabulary.at(ground.fact).name);
            missing += std::find(found.begin(), found.end(), ground) == found.end() ? 1 : 0;
        }
        for (const GroundFact& ground : found) {
            if (std::find(expected.begin(), expected.end(), ground) != expected.end()) continue;
            ++too_many;
            INFO("too many: " << small.book->vocabulary.at(ground.fact).name);
            
        }
    }
    std::printf("relevant facts: %d undetermined cases, %d facts that decide, %d not named, %d named beyond them\n", tried, facts, missing, too_many);
    CHECK(missing == 0);
    CHECK(too_many * 100 <= facts);
}

TEST_CASE("what a verdict rests on forces it, and no part of it can be left out", "[oracle]") {
    test::SmallWorld small;
    int tried = 0, parts = 0, needless = 0;
    for (std::uint64_t seed = 1; tried < sampled; ++seed) {
        Case one(small, seed * 15485863, {3 + static_cast<int>(seed % 3), 3, 2, false, false}, 25);
        const Evaluation evaluation = small.evaluation();
        const Decision decision = decide(*one.condition, {}, evaluation);
        if (decision.truth == Truth::Unknown || account_of(one, small).find(" between ") != std::string::npos) continue;  // WHY: two clock windows of a start that is wide open are not told apart
        const auto rests_on = because(*one.condition, {}, evaluation, decision.truth);
        const auto forced = [&](std::size_t left_out) {
            Domains domains = one.domains;
            for (auto& [ground, domain] : domains) {
                bool kept = false;
                for (std::size_t i = 0; i < rests_on.size(); ++i) kept = kept || (i != left_out && rests_on[i].ground == ground);
                if (!kept) domain = wide_domain(small.book->vocabulary.at(ground.fact), small.as_of().seconds);
            }
            if (oracle::combinations(domains) > 200000) return std::optional<Truth>();
            return std::optional<Truth>(oracle::judge(*one.condition, {}, one.account, domains).truth());
        };
        const auto all = forced(rests_on.size());
        if (!all) continue;
        ++tried;
        INFO("case " << seed * 15485863 << ": " << account_of(one, small));
        REQUIRE(static_cast<int>(*all) == static_cast<int>(decision.truth));
        for (std::size_t i = 0; i < rests_on.size(); ++i) {
            ++parts;
            INFO(small.book->vocabulary.at(rests_on[i].ground.fact).name << " " << rests_on[i].needed);
            const auto without = forced(i);
            needless += without && *without != Truth::Unknown ? 1 : 0;
        }
    }
    std::printf("because: %d verdicts, %d facts, %d of them not needed\n", tried, parts, needless);
    CHECK(needless * 500 <= parts);
}

TEST_CASE("when every fact's set of values shrinks, a definite verdict stays", "[oracle]") {
    test::SmallWorld small;
    int definite = 0, lost = 0;
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(sampled); ++seed) {
        Case one(small, seed * 6700417, {4, 3, 3, true, false}, 80);
        const Decision before = decide(*one.condition, {}, small.evaluation());
        for (const auto& [ground, domain] : one.domains) {
            const Known known = small.incident.known(ground, small.book->vocabulary);
            if (one.generator.chance(40)) small.state(ground, known.narrowed(one.generator.known(small.book->vocabulary.at(ground.fact), 70)), true);
        }
        const Decision after = decide(*one.condition, {}, small.evaluation());
        INFO("case " << seed * 6700417 << ": " << account_of(one, small));
        if (before.truth == Truth::Unknown) continue;
        ++definite;
        if (after.truth == Truth::Unknown) ++lost;
        else REQUIRE(static_cast<int>(after.truth) == static_cast<int>(before.truth));
    }
    std::printf("narrowing: %d definite verdicts, %d undetermined afterwards\n", definite, lost);
    CHECK(lost * 1000 <= definite);  // two open numbers compared with each other twice
    CHECK(definite > sampled / 10);
}

}  // namespace duenotice
