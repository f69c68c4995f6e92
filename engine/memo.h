#pragma once
// What each part of a condition comes to in each frame before any case is assumed, what it read on the way, and which
// facts it looked at. A case split, a search for the facts that decide, or for those that a verdict rests on evaluates
// the same condition many times with a few facts replaced: only what looks at one of these is evaluated again.

#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <set>
#include <unordered_map>
#include <vector>

#include "engine/decision.h"
#include "engine/reads.h"

namespace duenotice {

class Residual;

/// What a place of the incident is to a count of people in some place: not there, part of it and of another listed part,
/// the residence that nobody knows, or another place.
enum class PlaceRole : std::uint8_t { Absent, Whole, Part, Nowhere, Elsewhere };
/// Of each place of the incident; an empty `place` is everywhere.
std::vector<PlaceRole> place_roles(const std::string& place, const Evaluation& evaluation);

class Memo {
public:
    /// Of one incident at one moment: those of the evaluation, without its cases. One thread.
    explicit Memo(const Evaluation& evaluation);
    ~Memo();
    Memo(const Memo&) = delete;
    Memo& operator=(const Memo&) = delete;

    /// As Evaluation::truth under the evaluation's cases and assumptions.
    Truth truth(const Condition& condition, const Frame& frame, const Evaluation& evaluation);
    /// The facts that a condition looks at before any case; under a case it looks at no others.
    const GroundSet& looked_at(const Condition& condition, const Frame& frame) { return part(condition, frame).looked_at; }
    /// The same of an atom besides its tests, which come out as assumed.
    GroundSet looked_at(const Condition& condition, const Frame& frame, const Assumptions& tests);
    /// What is undecided of a condition before any case (engine/residual.h).
    Residual& residual(const Condition& condition, const Frame& frame);
    /// Whether a fact decides an atom under these cases: asked once.
    bool decides(const Atom& atom, const Unknown& unknown, const Cases& cases, const std::function<bool()>& ask);
    /// The facts that decide a condition as the incident stands; null until they are kept.
    const std::set<GroundFact>* facts_that_decide(const Atom& condition) const;
    void keep(const Atom& condition, std::set<GroundFact> facts) { facts_that_decide_.emplace(condition, std::move(facts)); }
    /// What the cases of an undetermined condition come to as the incident stands; null until it is kept.
    const Decision* decision(const Atom& condition) const;
    void keep(const Atom& condition, Decision decision) { decisions_.emplace(condition, std::move(decision)); }
    /// A condition that is no part of the law book and is asked about more than once: what is kept goes by its place in
    /// memory, which must not become another's.
    void keep_alive(ConditionPtr condition) { alive_.push_back(std::move(condition)); }
    /// As the function; once for each place.
    const std::vector<PlaceRole>& place_roles(const std::string& place);
    /// While a part is worked out: it looked at this fact.
    void look(const GroundFact& ground) { looked_at_.back().add(ground); }

private:
    struct Key {
        const Condition* condition;
        Frame frame;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    struct Part {
        Truth truth = Truth::Unknown;
        int visits = 0;             ///< atoms met
        std::vector<Read> reads;    ///< of an undetermined part
        GroundSet looked_at;
    };

    const Part& part(const Condition& condition, const Frame& frame);

    const World& world_;
    const Incident& incident_;
    Moment moment_;
    std::pmr::monotonic_buffer_resource arena_{1U << 16U};
    std::pmr::unordered_map<Key, Part, Hash> parts_{&arena_};
    std::unordered_map<Key, std::unique_ptr<Residual>, Hash> residuals_;
    std::map<std::pair<Atom, Unknown>, std::vector<std::pair<Cases, bool>>> decides_;
    std::map<Atom, std::set<GroundFact>> facts_that_decide_;
    std::map<Atom, Decision> decisions_;
    std::vector<ConditionPtr> alive_;
    std::map<std::string, std::vector<PlaceRole>> place_roles_;
    std::vector<GroundSet> looked_at_;  ///< of the parts that are being worked out, innermost last
};

/// The evaluation's own memo, or one that lives as long as this.
class MemoScope {
public:
    explicit MemoScope(const Evaluation& evaluation) : own_(evaluation), evaluation_(evaluation) {
        if (evaluation_.memo == nullptr) evaluation_.memo = &own_;
    }
    const Evaluation& evaluation() const { return evaluation_; }

private:
    Memo own_;
    Evaluation evaluation_;
};

/// The memo's residual of a condition, or one of its own where the evaluation has cases or the condition will not last.
class ResidualScope {
public:
    /// The evaluation must have a memo.
    ResidualScope(const Condition& condition, const Frame& frame, const Evaluation& evaluation);
    ~ResidualScope();
    Residual& operator*() const { return *residual_; }
    Residual* operator->() const { return residual_; }

private:
    std::unique_ptr<Residual> own_;
    Residual* residual_;
};

}  // namespace duenotice
