#include "engine/memo.h"

#include <algorithm>

#include "engine/residual.h"

namespace duenotice {

namespace {

/// Appends what a part read to an outer trace, as if it had been evaluated there.
void replay(const std::vector<Read>& reads, int visits, Trace& trace) {
    const int outer = trace.depth + (trace.atom != nullptr && trace.atom->kind == Condition::Kind::Compare ? 1 : 0);
    for (const Read& read : reads) {
        Read& added = trace.reads.emplace_back(read);
        if (read.atom != nullptr) {
            added.visit += trace.visits;
            added.depth += outer;
        } else {
            added.atom = trace.atom;
            added.frame = trace.frame;
            added.visit = trace.visit;
            added.depth = trace.depth;
        }
    }
    trace.visits += visits;
}

}  // namespace

Memo::Memo(const Evaluation& evaluation) : world_(evaluation.world), incident_(evaluation.incident), moment_(evaluation.moment) {}
Memo::~Memo() = default;

Residual& Memo::residual(const Condition& condition, const Frame& frame) {
    std::unique_ptr<Residual>& kept = residuals_[Key{&condition, frame}];
    if (!kept) {
        Evaluation plain{world_, incident_, moment_};
        plain.memo = this;
        kept = std::make_unique<Residual>(condition, frame, plain);
    }
    return *kept;
}

ResidualScope::ResidualScope(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    if (evaluation.cases == nullptr && evaluation.passing != &condition) {
        residual_ = &evaluation.memo->residual(condition, frame);
        return;
    }
    own_ = std::make_unique<Residual>(condition, frame, evaluation);
    residual_ = own_.get();
}
ResidualScope::~ResidualScope() = default;

std::size_t Memo::Hash::operator()(const Key& key) const {
    std::uint64_t hash = reinterpret_cast<std::uintptr_t>(key.condition) * 0x9e3779b97f4a7c15ULL;
    for (const std::int32_t part : {key.frame.entity, key.frame.population, key.frame.place, key.frame.contract, key.frame.event, key.frame.series, key.frame.member})
        hash = (hash ^ (hash >> 32U) ^ static_cast<std::uint32_t>(part)) * 0xd6e8feb86659fd93ULL;
    return hash ^ (hash >> 32U);
}

const Memo::Part& Memo::part(const Condition& condition, const Frame& frame) {
    const auto [found, is_new] = parts_.try_emplace(Key{&condition, frame});
    Part& part = found->second;  // stays where it is while others are added
    if (is_new) {
        looked_at_.emplace_back();
        Trace trace;
        Evaluation plain{world_, incident_, moment_, nullptr, nullptr, &trace};
        plain.memo = this;
        plain.recorded_by = this;
        part.truth = plain.evaluated(condition, frame);
        part.visits = trace.visits;
        if (part.truth == Truth::Unknown) part.reads = std::move(trace.reads);
        part.looked_at = looked_at_.back();
        looked_at_.pop_back();
    }
    if (!looked_at_.empty()) looked_at_.back().add(part.looked_at);
    return part;
}

bool Memo::decides(const Atom& atom, const Unknown& unknown, const Cases& cases, const std::function<bool()>& ask) {
    std::vector<std::pair<Cases, bool>>& asked = decides_[{atom, unknown}];
    const auto found = std::find_if(asked.begin(), asked.end(), [&](const auto& before) { return before.first == cases; });
    if (found != asked.end()) return found->second;
    const bool result = ask();
    asked.emplace_back(cases, result);
    return result;
}

const std::set<GroundFact>* Memo::facts_that_decide(const Atom& condition) const {
    const auto found = facts_that_decide_.find(condition);
    return found == facts_that_decide_.end() ? nullptr : &found->second;
}

const Decision* Memo::decision(const Atom& condition) const {
    const auto found = decisions_.find(condition);
    return found == decisions_.end() ? nullptr : &found->second;
}

const std::vector<PlaceRole>& Memo::place_roles(const std::string& place) {
    const auto [found, is_new] = place_roles_.try_emplace(place);
    if (is_new) found->second = duenotice::place_roles(place, {world_, incident_, moment_});
    return found->second;
}

GroundSet Memo::looked_at(const Condition& condition, const Frame& frame, const Assumptions& tests) {
    looked_at_.emplace_back();
    Evaluation plain{world_, incident_, moment_, nullptr, &tests};
    plain.memo = this;
    plain.recorded_by = this;
    plain.evaluated(condition, frame);
    const GroundSet result = looked_at_.back();
    looked_at_.pop_back();
    return result;
}

Truth Memo::truth(const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    const Part& base = part(condition, frame);
    if (base.truth != Truth::Unknown && !evaluation.widened) return base.truth;  // narrowing never unsettles
    const bool as_stated = evaluation.cases == nullptr || !base.looked_at.may_meet(evaluation.cases->grounds());
    if (as_stated && (evaluation.assumed == nullptr || evaluation.assumed->empty())) {
        if (evaluation.trace != nullptr && base.truth == Truth::Unknown) replay(base.reads, base.visits, *evaluation.trace);
        return base.truth;
    }
    return evaluation.evaluated(condition, frame);
}

}  // namespace duenotice
