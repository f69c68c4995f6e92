#include <algorithm>

#include "engine/evaluate_term.h"
#include "engine/memo.h"
#include "engine/reads.h"

// People tests: heads of the populations that meet a test, in a place or everywhere. Lower bound over those that
// certainly meet it, upper over those that do not certainly fail it. Where populations may overlap the largest lower
// bound stands instead of the sum; what is not listed may hold people while a list is open.

namespace duenotice::terms {

namespace {

constexpr std::string_view residence_unknown = "unknown";

/// Heads of one population in the places asked for.
struct Heads {
    std::int64_t low = 0, high = 0;
    void plus(const Heads& other) {
        low = add(low, other.low);
        high = add(high, other.high);
    }
};

class PeopleCounter {
public:
    PeopleCounter(const Term& term, const Frame& frame, const Evaluation& evaluation)
        : term_(term), frame_(frame), evaluation_(evaluation), everything_(evaluation.trace != nullptr && evaluation.trace->everything),
          affected_(fact("people.affected")), total_(fact("people.total")), overlap_(fact("people.overlap")) {
        place_ = term.place;
        if (place_ == "this" && frame.place >= 0) place_ = evaluation.incident.places[static_cast<std::size_t>(frame.place)].code;
        if (evaluation.memo == nullptr) own_roles_ = place_roles(place_, evaluation);
        roles_ = evaluation.memo == nullptr ? own_roles_ : evaluation.memo->place_roles(place_);
    }

    TermValue run() {
        const Incident& incident = evaluation_.incident;
        TermValue result = of_type(ValueType::Whole);
        std::int64_t apart = 0, largest = 0, high = 0;
        std::vector<std::pair<std::int32_t, std::int64_t>> lows;
        for (std::size_t p = 0; p < incident.populations.size(); ++p) {
            Frame frame = frame_;
            frame.population = static_cast<std::int32_t>(p);
            const Truth test = term_.test ? evaluation_.truth(*term_.test, frame) : Truth::Yes;
            if (test == Truth::No && !everything_) continue;
            const Heads heads = heads_of(frame);
            if (test == Truth::No) continue;
            high = add(high, heads.high);
            if (heads.high > 0) lows.emplace_back(frame.population, test == Truth::Yes ? heads.low : 0);
        }
        for (const auto& [population, low] : lows) {
            if (lows.size() > 1 && overlaps(population)) largest = std::max(largest, low);
            else apart = add(apart, low);
        }
        const bool implicit = std::any_of(incident.populations.begin(), incident.populations.end(), [](const PopulationFrame& population) { return population.implicit; });
        if (!incident.populations_complete && !implicit) {
            high = Known::highest;
            opaque("others may be in the list of populations");
        }
        result.known.low = add(apart, largest);
        result.known.high = high;
        return result;
    }

private:
    const FactDeclaration* fact(std::string_view name) const { return evaluation_.world.law->vocabulary.find(name); }
    void opaque(const char* what) const {
        if (evaluation_.trace != nullptr && !everything_) evaluation_.trace->opaque(what);
    }

    /// Whether people of this population may also be in another; not asked in a vocabulary without that question.
    bool overlaps(std::int32_t population) const {
        if (overlap_ == nullptr) return false;
        Frame frame = frame_;
        frame.population = population;
        const Known known = evaluation_.read(evaluation_.ground(overlap_->id, frame));
        const auto no = overlap_->choice_index("no");
        return !no || !(known.possible.count() == 1 && known.possible.test(*no));
    }

    Heads affected(const Frame& frame, bool asked) const {
        if (affected_ == nullptr) return {0, Known::highest};
        const GroundFact ground = evaluation_.ground(affected_->id, frame);
        const auto [low, high] = evaluation_.bounds(ground);
        if (asked && evaluation_.trace != nullptr && (everything_ || low != high)) evaluation_.trace->add({Unknown::Kind::Fact, ground, -1, {}});
        return {std::max<std::int64_t>(0, low), high};
    }

    Heads heads_of(const Frame& population) const {
        const Incident& incident = evaluation_.incident;
        Heads whole, parts, elsewhere;
        std::vector<Frame> elsewhere_at;
        bool place_is_listed = false, absent = false;
        const bool any_listed = std::any_of(incident.places.begin(), incident.places.end(), [](const PlaceFrame& place) { return place.listed != Truth::No; });
        const bool total_stands = place_.empty() && total_ != nullptr && (!incident.places_complete || !any_listed);
        for (std::size_t i = 0; i < incident.places.size(); ++i) {
            Frame frame = population;
            frame.place = static_cast<std::int32_t>(i);
            switch (roles_[i]) {
                case PlaceRole::Absent: absent = absent || incident.places[i].code == place_; break;
                case PlaceRole::Whole:
                case PlaceRole::Part:
                    (roles_[i] == PlaceRole::Part ? parts : whole).plus(affected(frame, !total_stands || everything_));
                    place_is_listed = place_is_listed || incident.places[i].code == place_;
                    break;
                case PlaceRole::Nowhere: whole.high = add(whole.high, affected(frame, true).high); break;
                case PlaceRole::Elsewhere:
                    elsewhere.plus(affected(frame, false));
                    elsewhere_at.push_back(frame);
            }
        }
        Heads result{std::max(whole.low, parts.low), add(whole.high, parts.high)};
        if (parts.high > 0 && parts.high < Known::highest && whole.high > 0 && evaluation_.trace != nullptr && !everything_)
            evaluation_.trace->too_wide("a country and parts of it are both listed");
        const bool open = place_.empty() ? !incident.places_complete || !any_listed : !incident.places_complete && !place_is_listed && !absent;
        if (parts.high == 0) result = whole;
        if (open) {
            result.high = Known::highest;
            if (!place_.empty()) opaque("people may live in places that are not listed");
        }
        return bounded_by_total(result, open, elsewhere, elsewhere_at, population);
    }

    /// Total and places bound each other; others of the same total live elsewhere. Where they contradict (a case split may
    /// make them) a closed list of places stands, else the total.
    Heads bounded_by_total(Heads heads, bool open, const Heads& elsewhere, const std::vector<Frame>& elsewhere_at, const Frame& population) const {
        if (total_ == nullptr) return heads;
        const GroundFact ground = evaluation_.ground(total_->id, population);
        const Evaluation::Range total = evaluation_.bounds(ground);
        const std::int64_t most = total.high >= Known::highest ? Known::highest : std::max<std::int64_t>(0, total.high - elsewhere.low);
        const bool binds = most < heads.high || (place_.empty() && (open || total.low > heads.low));
        if (binds || everything_) evaluation_.read(ground);
        if (binds && elsewhere.low > 0)
            for (const Frame& frame : elsewhere_at) affected(frame, true);
        if (!place_.empty()) return {heads.low, std::max(heads.low, std::min(heads.high, most))};
        if (open) return {std::clamp(heads.low, total.low, total.high), total.high};
        return {std::clamp(total.low, heads.low, heads.high), std::clamp(total.high, heads.low, heads.high)};
    }

    const Term& term_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const bool everything_;
    const FactDeclaration *affected_, *total_, *overlap_;
    std::string place_;
    std::vector<PlaceRole> own_roles_;
    std::span<const PlaceRole> roles_;  ///< of the places of the incident
};

}  // namespace

TermValue people(const Term& term, const Frame& frame, const Evaluation& evaluation) { return PeopleCounter(term, frame, evaluation).run(); }

}  // namespace duenotice::terms

namespace duenotice {

std::vector<PlaceRole> place_roles(const std::string& place, const Evaluation& evaluation) {
    const auto& places = evaluation.incident.places;
    const auto within = [&](const std::string& code, const std::string& other) { return evaluation.world.law->within(code, other); };
    const auto is_asked_for = [&](const std::string& code) { return place.empty() || code == place || within(code, place); };
    const auto is_part_of_listed = [&](const PlaceFrame& part) {
        return std::any_of(places.begin(), places.end(), [&](const PlaceFrame& other) { return &other != &part && other.listed != Truth::No && is_asked_for(other.code) && within(part.code, other.code); });
    };
    std::vector<PlaceRole> roles;
    for (const PlaceFrame& one : places) {
        if (one.listed == Truth::No) roles.push_back(PlaceRole::Absent);
        else if (one.code == terms::residence_unknown && !place.empty()) roles.push_back(PlaceRole::Nowhere);
        else roles.push_back(!is_asked_for(one.code) ? PlaceRole::Elsewhere : is_part_of_listed(one) ? PlaceRole::Part : PlaceRole::Whole);
    }
    return roles;
}

}  // namespace duenotice
