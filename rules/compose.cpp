#include "rules/compose.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace duenotice {

namespace {

ConditionPtr make(Condition::Kind kind) {
    auto result = std::make_shared<Condition>();
    result->kind = kind;
    return result;
}

/// The parts under one condition of this kind; a single part stands for itself.
ConditionPtr joined(Condition::Kind kind, std::span<const ConditionPtr> parts) {
    if (parts.size() == 1) return parts.front();
    auto result = make(kind);
    result->children.assign(parts.begin(), parts.end());
    return result;
}

/// Parts that are missing or always hold say nothing; at most three parts, or a list.
ConditionPtr all(std::span<const ConditionPtr> parts) {
    const auto is_there = [](const ConditionPtr& part) { return part && part->kind != Condition::Kind::True; };
    const auto count = static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), is_there));
    if (count == 0) return make(Condition::Kind::True);
    if (count == parts.size()) return joined(Condition::Kind::And, parts);
    std::vector<ConditionPtr> there;
    there.reserve(count);
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(there), is_there);
    return joined(Condition::Kind::And, there);
}

ConditionPtr all(const ConditionPtr& a, const ConditionPtr& b) { return all(std::array{a, b}); }

ConditionPtr any(std::span<const ConditionPtr> parts) {
    return parts.empty() ? make(Condition::Kind::False) : joined(Condition::Kind::Or, parts);
}

ConditionPtr any(const ConditionPtr& a, const ConditionPtr& b) { return any(std::array{a, b}); }

TermPtr fact_term(const FactDeclaration& declaration) {
    auto term = std::make_shared<Term>();
    term->kind = Term::Kind::Fact;
    term->name = declaration.name;
    term->fact = declaration.id;
    term->type = declaration.type;
    term->span = declaration.span;
    return term;
}

ConditionPtr affected(const Vocabulary& vocabulary) {
    const FactDeclaration* declaration = vocabulary.find("entity.affected");
    if (declaration == nullptr) return nullptr;
    auto result = make(Condition::Kind::Compare);
    result->comparison = Comparison::Is;
    result->left = fact_term(*declaration);
    auto yes = std::make_shared<Term>();
    yes->kind = Term::Kind::Token;
    yes->name = "yes";
    yes->type = ValueType::YesNo;
    result->right = yes;
    result->span = declaration->span;
    return result;
}

/// One label and its condition, for each reading of a part; a part without readings has one without a label.
using Labelled = std::vector<WholeCondition>;

Labelled readings_of(const std::vector<ConditionReading>& parts) {
    std::vector<ConditionPtr> common;
    Labelled result;
    common.reserve(parts.size());
    for (const ConditionReading& part : parts)
        if (part.label.empty() && part.condition) common.push_back(part.condition);
    for (const ConditionReading& part : parts) {
        if (part.label.empty() || !part.condition) continue;
        std::vector<ConditionPtr> both = common;
        both.push_back(part.condition);
        const auto same = std::find_if(result.begin(), result.end(),
                                       [&](const WholeCondition& other) { return other.label == part.label; });
        if (same == result.end())
            result.push_back({part.label, all(both)});
        else
            same->condition = all(same->condition, part.condition);
    }
    if (result.empty()) result.push_back({"", all(common)});
    return result;
}

bool has(const Labelled& list, const std::string& label) {
    return std::any_of(list.begin(), list.end(), [&](const WholeCondition& one) { return one.label == label; });
}

bool is_labelled(const Labelled& list) {
    return list.size() > 1 || !list.front().label.empty();
}

/// Every combination of readings. A part without readings belongs to all; parts that share labels are read alike (the
/// checker refuses those that share only some); otherwise each reading of one goes with each of the other.
template <class Join>
Labelled combine(const Labelled& left, const Labelled& right, Join join) {
    const bool shared =
        is_labelled(left) && is_labelled(right) &&
        std::any_of(left.begin(), left.end(), [&](const WholeCondition& a) { return has(right, a.label); });
    Labelled result;
    result.reserve(left.size() * right.size());
    for (const WholeCondition& a : left)
        for (const WholeCondition& b : right) {
            if (shared && a.label != b.label) continue;
            const std::string label = a.label.empty()                         ? b.label
                                      : b.label.empty() || a.label == b.label ? a.label
                                                                              : a.label + ", " + b.label;
            result.push_back({label, join(a.condition, b.condition)});
        }
    return result;
}

ConditionPtr in_range(const Version& version, TermPtr relevant, const std::string& zone) {
    if (!version.from && !version.until) return make(Condition::Kind::True);
    if (!relevant) return make(Condition::Kind::True);
    auto result = make(Condition::Kind::DateIn);
    result->left = std::move(relevant);
    result->validity = {version.from, version.until};
    result->name = zone;
    result->span = version.span;
    return result;
}

Labelled ranges_of(const Version& version, const TermPtr& detected, const std::string& zone) {
    if (version.relevant_readings.empty())
        return {{"", in_range(version, version.relevant ? version.relevant : detected, zone)}};
    Labelled result;
    for (const ConditionReading& reading : version.relevant_readings)
        result.push_back({reading.label, in_range(version, reading.condition->left, zone)});
    return result;
}

ConditionPtr opposite(const ConditionPtr& condition) {
    auto result = make(Condition::Kind::Not);
    result->children.push_back(condition);
    return result;
}

/// `not` each exception that takes the duty away, by reading; `labels` are those of the other parts.
Labelled exceptions_of(const Version& version, const Labelled& others) {
    std::vector<ConditionReading> readings;
    for (const ExceptionRule& rule : version.exceptions)
        if (rule.effect != ExceptionEffect::Frees && rule.condition)
            readings.push_back({rule.reading, opposite(rule.condition), {}});
    Labelled result = readings_of(readings);
    const bool of_others =
        is_labelled(result) && is_labelled(others) &&
        std::all_of(result.begin(), result.end(), [&](const WholeCondition& one) { return has(others, one.label); });
    if (!of_others) return result;
    std::erase_if(readings, [](const ConditionReading& reading) { return !reading.label.empty(); });
    const ConditionPtr common = readings_of(readings).front().condition;
    for (const WholeCondition& other : others)
        if (!has(result, other.label)) result.push_back({other.label, common});
    return result;
}

/// `frame`: what every version of the obligation asks besides its own parts; may be null.
VersionConditions compose_version(const Version& version, const TermPtr& detected, const ConditionPtr& frame, const std::string& zone) {
    VersionConditions result;
    const Labelled ranges = ranges_of(version, detected, zone);
    std::vector<ConditionPtr> some_range;
    for (const WholeCondition& range : ranges) some_range.push_back(range.condition);
    result.in_range = all(any(some_range), version.from_when);
    const ConditionPtr around = all(version.from_when, frame);
    constexpr auto both = [](const ConditionPtr& a, const ConditionPtr& b) { return all(a, b); };
    const Labelled readings = combine(ranges, combine(readings_of(version.who), readings_of(version.when), both), both);
    result.readings = combine(readings, exceptions_of(version, readings), [&](const ConditionPtr& whole, const ConditionPtr& barred) {
        return all(std::array{whole, around, barred});
    });
    return result;
}

}  // namespace

Composer::Composer(const Vocabulary& vocabulary, bool include_proposed)
    : affected_(affected(vocabulary)), include_proposed_(include_proposed) {
    if (const FactDeclaration* detected = vocabulary.find("incident.detected_at")) detected_ = fact_term(*detected);
}

CompiledObligation Composer::compose(const Obligation& obligation, const std::string& zone) const {
    CompiledObligation result;
    Labelled whole;
    constexpr auto either = [](const ConditionPtr& a, const ConditionPtr& b) { return any(a, b); };
    result.versions.reserve(obligation.versions.size());
    for (const Version& version : obligation.versions) {
        if (version.status == "proposed" && !include_proposed_) {
            result.versions.push_back({make(Condition::Kind::False), {{"", make(Condition::Kind::False)}}});
            continue;
        }
        result.versions.push_back(compose_version(version, detected_, obligation.affected_required ? affected_ : nullptr, zone));
        const Labelled& readings = result.versions.back().readings;
        whole = whole.empty() ? readings : combine(whole, readings, either);
    }
    if (whole.empty()) whole.push_back({"", make(Condition::Kind::False)});
    result.readings = std::move(whole);
    return result;
}

}  // namespace duenotice
