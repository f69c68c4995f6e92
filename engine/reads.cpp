#include "engine/reads.h"

#include <algorithm>
#include <set>

#include "engine/local_day.h"

namespace duenotice {

namespace {

std::vector<Occurrence> occurrences(const std::vector<Read>& reads) {
    std::map<GroundFact, int> counts;
    const Read* before = nullptr;
    for (const Read& read : reads) {
        if (read.unknown.kind == Unknown::Kind::Opaque || read.unknown.kind == Unknown::Kind::TooWide) continue;
        const bool same_set = before != nullptr && read.unknown.kind == before->unknown.kind && read.unknown.kind != Unknown::Kind::Fact &&
                              read.unknown.ground == before->unknown.ground && read.visit == before->visit;
        if (!same_set) ++counts[read.unknown.ground];
        before = &read;
    }
    std::vector<Occurrence> result;
    for (const auto& [ground, count] : counts) result.push_back({ground, count});
    return result;
}

Evaluation traced(const Evaluation& evaluation, Trace& trace) {
    return {evaluation.world, evaluation.incident, evaluation.moment, evaluation.cases, nullptr, &trace};
}

}  // namespace

std::vector<Read> all_reads(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    Trace trace;
    trace.everything = true;
    traced(evaluation, trace).truth(condition, frame);
    return std::move(trace.reads);
}

std::vector<Occurrence> ground_facts(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    return occurrences(all_reads(condition, frame, evaluation));
}

std::vector<Occurrence> ground_facts(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    Trace trace;
    trace.everything = true;
    traced(evaluation, trace).value(term, frame);
    return occurrences(trace.reads);
}

namespace {

constexpr std::string_view others = "others may be in the list of ";

AlsoOpen opaque_in(const std::vector<Read>& reads, const Evaluation& evaluation) {
    std::set<OpenRelation> relations;
    std::set<GroundFact> countries;
    for (const Read& read : reads) {
        const Unknown& unknown = read.unknown;
        if (unknown.kind != Unknown::Kind::Opaque || unknown.ground.frame.entity < 0) continue;
        if (unknown.tag.starts_with(others)) relations.insert({unknown.tag.substr(others.size()), unknown.ground.frame.entity});
        else if (unknown == no_zone(unknown.ground.frame, evaluation) && !evaluation.known(unknown.ground).is_exact(evaluation.world.law->vocabulary.at(unknown.ground.fact))) countries.insert(unknown.ground);
    }
    return {{relations.begin(), relations.end()}, {countries.begin(), countries.end()}};
}

}  // namespace

Unknown others_in(const Selection& selection, const Frame& frame) {
    if (selection.kind == Selection::Kind::Related) return others_related(selection.name, frame);
    return {Unknown::Kind::Opaque, {}, -1, std::string(others) + std::to_string(static_cast<int>(selection.kind))};
}

Unknown others_related(std::string_view relation, const Frame& frame) {
    return {Unknown::Kind::Opaque, {0, frame.restricted(bind::entity)}, -1, std::string(others) + std::string(relation)};
}

AlsoOpen also_open(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    Trace trace;
    return traced(evaluation, trace).truth(condition, frame) == Truth::Unknown ? opaque_in(trace.reads, evaluation) : AlsoOpen();
}

AlsoOpen also_open(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    Trace trace;
    traced(evaluation, trace).value(term, frame);
    return opaque_in(trace.reads, evaluation);
}

std::vector<Atom> atoms_of(const Unknown& unknown, const std::vector<Read>& reads) {
    std::vector<Atom> atoms;
    for (const Read& read : reads) {
        if (read.unknown != unknown || read.atom == nullptr) continue;
        const Atom atom{read.atom, read.frame};
        if (std::find(atoms.begin(), atoms.end(), atom) == atoms.end()) atoms.push_back(atom);
    }
    return atoms;
}

}  // namespace duenotice
