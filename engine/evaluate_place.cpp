#include "engine/evaluate_place.h"

#include <algorithm>

#include "engine/reads.h"

namespace duenotice {

std::vector<PlaceCode> place_universe(const RuleBook& law, const std::vector<TermPtr>& named) {
    std::vector<PlaceCode> codes = law.places;
    const auto add = [&](PlaceCode code) {
        const auto at = std::lower_bound(codes.begin(), codes.end(), code);
        if (at == codes.end() || *at != code) codes.insert(at, std::move(code));
    };
    for (const TermPtr& term : named) {
        if (term->kind != Term::Kind::Token || law.find_group(term->name) != nullptr) continue;
        add(term->name);
        if (term->name.size() == 2) add(term->name + "-?");
    }
    return codes;
}

PlaceCode stand_in(const PlaceCode& code, const std::vector<PlaceCode>& universe) {
    if (std::binary_search(universe.begin(), universe.end(), code)) return code;
    const PlaceCode part = code.substr(0, 2) + "-?";
    return std::binary_search(universe.begin(), universe.end(), part) ? part : "??";
}

namespace {

/// Places and sets of places: what is open is read place by place, with a stand-in for those that the law book does not name.
class PlaceComparer {
public:
    PlaceComparer(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const Known& left, std::size_t left_at)
        : condition_(condition), frame_(frame), evaluation_(evaluation), left_(left), left_at_(left_at), values_(condition.values) {
        if (condition.right && values_.empty()) values_.push_back(condition.right);
    }

    Truth run() {
        switch (condition_.comparison) {
            case Comparison::Is:
            case Comparison::IsNot:  // the caller turns it round
            case Comparison::IsOneOf: return equal_place();
            case Comparison::Within: return within();
            case Comparison::IncludesWithin: return includes_within();
            case Comparison::IsEmpty: return no_places();
            default: return place_set();
        }
    }

private:
    void read_places(const std::vector<PlaceCode>& asked) const {
        Trace* trace = evaluation_.trace;
        if (trace == nullptr || condition_.left->kind != Term::Kind::Fact || (trace->everything && asked.empty())) return;
        trace->reads.resize(left_at_);
        const GroundFact ground = evaluation_.ground(*condition_.left->fact, frame_);
        for (const PlaceCode& code : asked)
            if (trace->everything || place_state(code) == Truth::Unknown) trace->add({Unknown::Kind::Place, ground, -1, code});
    }

    std::vector<PlaceCode> places_of(const Term& term, bool& open) const {
        if (term.kind == Term::Kind::Token) return {term.name};
        const Known known = evaluation_.value(term, frame_).known;
        open = open || !known.closed || known.places.size() != 1;
        return known.places;
    }

    Truth equal_place() {
        bool open = false;
        std::vector<PlaceCode> wanted;
        for (const TermPtr& value : values_) {
            if (value->kind != Term::Kind::Token && !evaluation_.value(*value, frame_).known.closed) return Truth::Unknown;
            const auto some = places_of(*value, open);
            wanted.insert(wanted.end(), some.begin(), some.end());
        }
        const Known& left = left_;
        const auto is_wanted = [&](const PlaceCode& code) { return std::find(wanted.begin(), wanted.end(), code) != wanted.end(); };
        if (!left.closed) {
            const bool all_out = !open && std::all_of(wanted.begin(), wanted.end(), [&](const PlaceCode& code) { return std::binary_search(left.places_out.begin(), left.places_out.end(), code); });
            return all_out ? Truth::No : Truth::Unknown;
        }
        const bool some = std::any_of(left.places.begin(), left.places.end(), is_wanted);
        const bool all = std::all_of(left.places.begin(), left.places.end(), is_wanted);
        if (!some) return Truth::No;
        return all && !open ? Truth::Yes : Truth::Unknown;
    }

    const std::vector<PlaceCode>& universe() const { return evaluation_.world.law->places; }

    Truth place_state(const PlaceCode& code) const {
        const Known& known = left_;
        const auto is_out = [&](const PlaceCode& place) { return std::binary_search(known.places_out.begin(), known.places_out.end(), place); };
        if (std::binary_search(known.places.begin(), known.places.end(), code)) return Truth::Yes;
        if (known.closed || is_out(code)) return Truth::No;
        return !known.places_out.empty() && is_out(stand_in(code, universe())) ? Truth::No : Truth::Unknown;
    }

    /// Some, all or none of these are in the set; what stands for an unlisted place is read with it.
    Truth place_set() {
        bool open = false;
        std::vector<PlaceCode> wanted, asked;
        for (const TermPtr& value : values_)
            for (const PlaceCode& code : places_of(*value, open)) wanted.push_back(code);
        if (condition_.comparison == Comparison::IncludesOnly) return only_places(wanted, open);
        Truth any = open ? Truth::Unknown : Truth::No, all = open ? Truth::Unknown : Truth::Yes;
        for (const PlaceCode& code : wanted) {
            any = either(any, place_state(code));
            all = both(all, place_state(code));
            asked.push_back(code);
            if (!left_.closed && stand_in(code, universe()) != code) asked.push_back(stand_in(code, universe()));
        }
        if (!open) read_places(asked);
        if (condition_.comparison == Comparison::IncludesAny) return any;
        return condition_.comparison == Comparison::IncludesAll ? all : !any;
    }

    Truth only_places(const std::vector<PlaceCode>& wanted, bool open) {
        const auto is_wanted = [&](const PlaceCode& code) { return std::find(wanted.begin(), wanted.end(), code) != wanted.end(); };
        const Known& known = left_;
        if (!open && !std::all_of(known.places.begin(), known.places.end(), is_wanted)) return Truth::No;
        if (known.closed && !open) return Truth::Yes;
        std::vector<PlaceCode> others = universe();
        std::erase_if(others, is_wanted);
        read_places(others);
        const bool all_out = std::all_of(others.begin(), others.end(), [&](const PlaceCode& code) { return place_state(code) == Truth::No; });
        return all_out && !open ? Truth::Yes : Truth::Unknown;
    }

    Truth no_places() {
        const Known& known = left_;
        if (!known.places.empty()) return Truth::No;
        if (known.closed) return Truth::Yes;
        read_places(universe());
        return std::all_of(universe().begin(), universe().end(), [&](const PlaceCode& code) { return place_state(code) == Truth::No; }) ? Truth::Yes : Truth::Unknown;
    }

    /// On the day of the incident where that is known; a place that was a member at any time counts when it is not.
    bool is_within(const PlaceCode& code) const {
        return std::any_of(values_.begin(), values_.end(), [&](const TermPtr& value) {
            if (value->kind == Term::Kind::Token) return evaluation_.world.law->within(code, value->name);
            const Known known = evaluation_.value(*value, frame_).known;
            return std::any_of(known.places.begin(), known.places.end(), [&](const PlaceCode& place) { return evaluation_.world.law->within(code, place); });
        });
    }

    Truth within() {
        const Known& known = left_;
        bool can_yes = false, can_no = false;
        if (known.closed) {
            for (const PlaceCode& code : known.places) (is_within(code) ? can_yes : can_no) = true;
            return truth_of(can_yes, can_no);
        }
        if (known.places_out.empty()) return Truth::Unknown;
        // Open: every place of the law book that is not ruled out, and a part of each country that the book does not name.
        for (const PlaceCode& code : place_universe(*evaluation_.world.law, values_)) {
            if (can_yes && can_no) break;
            if (!std::binary_search(known.places_out.begin(), known.places_out.end(), code)) (is_within(code) ? can_yes : can_no) = true;
        }
        return truth_of(can_yes, can_no);
    }

    Truth includes_within() {
        const Known& known = left_;
        if (std::any_of(known.places.begin(), known.places.end(), [&](const PlaceCode& code) { return is_within(code); })) return Truth::Yes;
        if (known.closed) return Truth::No;
        if (known.places_out.empty() && evaluation_.trace == nullptr) return Truth::Unknown;
        std::vector<PlaceCode> inside = universe();
        std::erase_if(inside, [&](const PlaceCode& code) { return !is_within(code); });
        for (const TermPtr& value : values_)  // of a country that the law book does not name any other country may be it
            if (evaluation_.world.law->find_group(value->name) == nullptr) inside.push_back(stand_in(value->name, universe()));
        std::sort(inside.begin(), inside.end());
        inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
        read_places(inside);
        return std::all_of(inside.begin(), inside.end(), [&](const PlaceCode& code) { return place_state(code) == Truth::No; }) ? Truth::No : Truth::Unknown;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const Known& left_;
    const std::size_t left_at_;
    std::vector<TermPtr> values_;
};

}  // namespace

Truth compare_place(const Condition& condition, const Frame& frame, const Evaluation& evaluation, const Known& left, std::size_t left_at) {
    return PlaceComparer(condition, frame, evaluation, left, left_at).run();
}

bool in_window(const Condition& window, const Zone& zone, std::int64_t instant) {
    const std::int32_t minutes = zone.local(Instant{instant}).seconds / 60;
    const bool over_midnight = window.clock_from_minutes > window.clock_until_minutes;
    const bool after_from = minutes >= window.clock_from_minutes, before_until = minutes < window.clock_until_minutes;
    return over_midnight ? after_from || before_until : after_from && before_until;
}

std::vector<std::int64_t> clock_changes(const Condition& window, const Zone& zone, std::int64_t low, std::int64_t high) {
    std::vector<std::int64_t> result{low};
    const auto add = [&](std::int64_t at) {
        if (at > low && at <= high) result.push_back(at);
    };
    const Date last = zone.date(Instant{high});
    for (Date day = zone.date(Instant{low}); day <= last; day = day.plus_days(1))
        for (const std::int32_t minutes : {window.clock_from_minutes, window.clock_until_minutes})
            for (const OverlapPolicy overlap : {OverlapPolicy::Earlier, OverlapPolicy::Later})
                add(zone.resolve(day, minutes % 1440 * 60, {GapPolicy::InstantOfChange, overlap}).instant.seconds);
    for (auto change = zone.next_change(Instant{low}); change && change->seconds <= high; change = zone.next_change(*change)) add(change->seconds);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace duenotice
