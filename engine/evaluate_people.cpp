#include <algorithm>

#include "engine/evaluate_term.h"
#include "engine/reads.h"

// People tests: heads of the populations that meet a test, in a place or everywhere. Lower bound over those that
// certainly meet it, upper over those that do not certainly fail it. Where populations may overlap the largest lower
// bound stands instead of the sum; what is not listed may hold people while a list is open.

namespace duenotice::terms {

namespace {

constexpr std::string_view residence_unknown = "unknown";

std::int64_t add(std::int64_t a, std::int64_t b) {
    if (a >= Known::highest || b >= Known::highest) return Known::highest;
    return saturated(static_cast<__int128>(a) + b);
}

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
        const Known known = asked ? evaluation_.read(ground) : evaluation_.domain(ground);
        return {std::max<std::int64_t>(0, known.low), known.high};
    }

    bool within(const std::string& code, const std::string& place) const { return evaluation_.world.law->within(code, place); }

    /// A country and its parts may both be listed: the country's figure may hold theirs.
    bool is_part_of_listed(std::size_t index) const {
        const auto& places = evaluation_.incident.places;
        for (std::size_t i = 0; i < places.size(); ++i)
            if (i != index && places[i].listed != Truth::No && asked_for(places[i].code) && within(places[index].code, places[i].code)) return true;
        return false;
    }

    bool asked_for(const std::string& code) const { return place_.empty() || code == place_ || within(code, place_); }

    Heads heads_of(const Frame& population) const {
        const Incident& incident = evaluation_.incident;
        Heads whole, parts, elsewhere;
        std::vector<Frame> elsewhere_at;
        bool place_is_listed = false, absent = false;
        const bool any_listed = std::any_of(incident.places.begin(), incident.places.end(), [](const PlaceFrame& place) { return place.listed != Truth::No; });
        const bool total_stands = place_.empty() && total_ != nullptr && (!incident.places_complete || !any_listed);
        for (std::size_t i = 0; i < incident.places.size(); ++i) {
            const PlaceFrame& place = incident.places[i];
            if (place.listed == Truth::No) {
                absent = absent || place.code == place_;
                continue;
            }
            Frame frame = population;
            frame.place = static_cast<std::int32_t>(i);
            const bool nowhere = place.code == residence_unknown && !place_.empty();
            if (asked_for(place.code) && !nowhere) {
                (is_part_of_listed(i) ? parts : whole).plus(affected(frame, !total_stands || everything_));
                place_is_listed = place_is_listed || place.code == place_;
            } else if (nowhere) {
                whole.high = add(whole.high, affected(frame, true).high);
            } else {
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
        const Known total = evaluation_.domain(ground);
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
};

}  // namespace

TermValue people(const Term& term, const Frame& frame, const Evaluation& evaluation) { return PeopleCounter(term, frame, evaluation).run(); }

}  // namespace duenotice::terms
