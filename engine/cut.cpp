#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "engine/evaluate_place.h"
#include "engine/local_day.h"
#include "engine/reads.h"

// The pieces of one fact's values under some atoms: every atom treats all values of a piece alike. Where an atom
// compares the fact with a constant the cut is read off; where the fact stands in a sum, a count or a duration whose
// other parts are exact, the cut is found by halving. Any cut is safe; one that is missed only leaves a verdict open.

namespace duenotice {

namespace {

/// Whole days and seconds of the years 1400 to 9999: calendars end there.
constexpr std::int64_t first_second = -17987443200, last_second = 253402300799;

class Cutter {
public:
    Cutter(const GroundFact& ground, const Evaluation& evaluation)
        : ground_(ground), evaluation_(evaluation), known_(evaluation.domain(ground)) {
        if (evaluation.cases != nullptr) cases_ = *evaluation.cases;
    }

    std::vector<Known> run(const std::vector<Atom>& atoms) {
        if (is_choice(known_.type)) return choices(atoms);
        if (known_.type == ValueType::Place) return places(atoms);
        if (known_.type == ValueType::Set || known_.type == ValueType::PlaceSet || known_.type == ValueType::Text) return {known_};
        for (const Atom& atom : atoms) number_or_time(atom);
        return ranges();
    }

private:
    Truth under(const Known& value, const Atom& atom) {
        cases_.set(ground_, value);
        Evaluation narrowed = evaluation_.with(cases_);
        narrowed.assumed = evaluation_.assumed;
        return narrowed.evaluated(*atom.condition, atom.frame);
    }

    /// Values that every atom answers alike go together; what an atom leaves open stands alone.
    std::vector<Known> grouped(const std::vector<Known>& single, const std::vector<Atom>& atoms, const std::function<void(Known&, const Known&)>& join) {
        std::vector<Known> result;
        std::vector<std::vector<Truth>> answers;
        for (const Known& value : single) {
            std::vector<Truth> answer;
            for (const Atom& atom : atoms) answer.push_back(under(value, atom));
            const bool open = std::find(answer.begin(), answer.end(), Truth::Unknown) != answer.end();
            const auto found = open ? answers.end() : std::find(answers.begin(), answers.end(), answer);
            if (found != answers.end()) {
                join(result[static_cast<std::size_t>(found - answers.begin())], value);
            } else {
                result.push_back(value);
                answers.push_back(std::move(answer));
            }
        }
        return result;
    }

    std::vector<Known> choices(const std::vector<Atom>& atoms) {
        std::vector<Known> single;
        for (std::size_t i = 0; i < most_choices; ++i) {
            if (!known_.possible.test(i)) continue;
            Known value = known_;
            value.possible.reset();
            value.possible.set(i);
            single.push_back(std::move(value));
        }
        return grouped(single, atoms, [](Known& piece, const Known& value) { piece.possible |= value.possible; });
    }

    std::vector<Known> places(const std::vector<Atom>& atoms) {
        std::vector<PlaceCode> codes = known_.places;
        if (!known_.closed) {
            std::vector<TermPtr> named;
            for (const Atom& atom : atoms) {
                named.insert(named.end(), atom.condition->values.begin(), atom.condition->values.end());
                if (atom.condition->right) named.push_back(atom.condition->right);
            }
            codes = place_universe(*evaluation_.world.law, named);
            std::erase_if(codes, [&](const PlaceCode& code) { return std::binary_search(known_.places_out.begin(), known_.places_out.end(), code); });
        }
        std::vector<Known> single;
        for (const PlaceCode& code : codes) {
            Known value = known_;
            value.closed = true;
            value.places = {code};
            single.push_back(std::move(value));
        }
        return grouped(single, atoms, [](Known& piece, const Known& value) {
            piece.places.push_back(value.places.front());
            std::sort(piece.places.begin(), piece.places.end());
        });
    }

    bool is_this(const TermPtr& term, const Frame& frame) const {
        return term && term->kind == Term::Kind::Fact && term->fact && evaluation_.ground(*term->fact, frame) == ground_;
    }

    Known exact(std::int64_t value) const {
        Known result = known_;
        result.low = result.high = value;
        result.not_yet_possible = false;
        if (!currency_.empty()) result.currency = currency_;
        return result;
    }

    void number_or_time(const Atom& atom) {
        const Condition& condition = *atom.condition;
        if (condition.kind == Condition::Kind::DateIn && is_this(condition.left, atom.frame)) return validity(condition, atom.frame);
        if (condition.kind != Condition::Kind::Compare) return halve(atom);
        const bool left = is_this(condition.left, atom.frame);
        if (left && condition.comparison == Comparison::Happened) return happened();
        if (left && condition.comparison == Comparison::ClockBetween) return window(condition);
        bool read_off = left;
        if (left)
            for (const TermPtr& value : values_of(condition)) read_off = constant(*value, condition, atom.frame) && read_off;
        if (!left && is_this(condition.right, atom.frame)) read_off = constant(*condition.left, condition, atom.frame);
        if (!read_off) halve(atom);
    }

    static std::vector<TermPtr> values_of(const Condition& condition) {
        if (!condition.values.empty() || !condition.right) return condition.values;
        return {condition.right};
    }

    /// The other side is one value: cut before and after it as the comparison asks. False when it cannot be read off.
    bool constant(const Term& other, const Condition& condition, const Frame& frame) {
        const TermValue value = evaluation_.value(other, frame);
        if (value.known.low != value.known.high || value.denominator != 1 || (is_time(known_.type) && (value.known.not_yet_possible || !value.known.happened_possible))) return false;
        if (known_.type == ValueType::Money && !adopt(value.known.currency)) return false;
        std::int64_t first = value.known.low, next = first + 1;
        if (value.known.type != known_.type && is_time(known_.type)) {
            const Zone* zone = evaluation_.zone(frame);
            const bool date = known_.type == ValueType::Date;
            const Range begins = date ? days_of(first, zone) : begins_of(first, zone), nexts = date ? Range{begins.first + 1, begins.last + 1} : begins_of(next, zone);
            if (zone == nullptr) {  // the answer may change at each
                for (const std::int64_t at : {begins.first, begins.last, nexts.first, nexts.last}) cuts_.insert(at);
                return true;
            }
            first = begins.first;
            next = nexts.first;
        }
        const Comparison kind = condition.comparison;
        const bool on_left = is_this(condition.left, frame);
        const bool at_or_above = kind == Comparison::AtLeast || kind == Comparison::LessThan || kind == Comparison::Before || kind == Comparison::AtOrAfter;
        const bool above = kind == Comparison::MoreThan || kind == Comparison::AtMost || kind == Comparison::After || kind == Comparison::AtOrBefore;
        if (!above || !on_left) cuts_.insert(first);
        if (!at_or_above || !on_left) cuts_.insert(next);
        return true;
    }

    /// An open amount, or one without a rate, is cut in the currency of the first threshold.
    bool adopt(const std::string& currency) {
        if (known_.currency == currency || currency.empty()) return currency_.empty() || currency_ == currency;
        if (!currency_.empty()) return currency_ == currency;
        if (!known_.currency.empty()) {
            if (evaluation_.cases != nullptr && evaluation_.cases->find(ground_) != nullptr) return false;  // already cut in another currency
            const bool has_rate = std::any_of(evaluation_.incident.rates.begin(), evaluation_.incident.rates.end(),
                                              [&](const Rate& rate) { return rate.from == known_.currency && rate.to == currency; });
            if (has_rate) return false;
            known_.low = 0;
            known_.high = Known::highest;
        }
        currency_ = known_.currency = currency;
        return true;
    }

    void happened() {
        Range as_of{evaluation_.moment.as_of.seconds, evaluation_.moment.as_of.seconds};
        if (known_.type == ValueType::Date) as_of = days_of(as_of.first, evaluation_.zone(ground_.frame));
        for (const std::int64_t at : {as_of.first, as_of.last}) cuts_.insert(at + 1);
    }

    void validity(const Condition& condition, const Frame& frame) {
        const Zone* zone = condition.name.empty() ? evaluation_.zone(frame) : evaluation_.world.zones.find(condition.name);
        for (const std::optional<Date>& day : {condition.validity.from, condition.validity.until}) {
            if (!day) continue;
            if (known_.type == ValueType::Date) cuts_.insert(day->days_since_1970());
            else
                for (const Range begins = begins_of(day->days_since_1970(), zone); const std::int64_t at : {begins.first, begins.last}) cuts_.insert(at);
        }
    }

    void window(const Condition& condition) {
        const Zone* zone = evaluation_.world.zones.find(condition.name);
        if (zone == nullptr || !known_.happened_possible || known_.high - known_.low > 40 * 86400) return;
        for (const std::int64_t at : clock_changes(condition, *zone, known_.low, known_.high)) cuts_.insert(at);
    }

    /// The fact stands in a term: where the answer of the atom changes between the ends, by halving.
    void halve(const Atom& atom) {
        const Condition& condition = *atom.condition;
        if (condition.kind == Condition::Kind::Compare && condition.left && condition.right && (condition.comparison == Comparison::Is || condition.comparison == Comparison::IsNot)) {
            Condition order = condition;  // equal is at one value: between its two edges
            for (const Comparison edge : {Comparison::AtLeast, Comparison::MoreThan}) {
                order.comparison = edge;
                halve_between({&order, atom.frame});
            }
            return;
        }
        halve_between(atom);
    }

    void halve_between(const Atom& atom) {
        if (is_time(known_.type) && !known_.happened_possible) return;
        const std::int64_t scale = known_.type == ValueType::Date ? 86400 : 1;
        const bool time = is_time(known_.type);
        const std::int64_t low = time ? std::max(known_.low, first_second / scale) : std::max(known_.low, Known::lowest / 2 + 1);
        const std::int64_t high = time ? std::min(known_.high, last_second / scale) : std::min(known_.high, Known::highest / 2 - 1);
        if (low >= high) return;
        const Truth at_low = under(exact(low), atom), at_high = under(exact(high), atom);
        // WHY: where another open fact has a say the answer creeps with it, and halving would never end.
        if (at_low == at_high || at_low == Truth::Unknown || at_high == Truth::Unknown) return;
        std::int64_t from = low;
        const auto first_where = [&](const std::function<bool(Truth)>& is) {
            if (is(under(exact(from), atom))) return;  // cut there already
            std::int64_t below = from, above = high;  // not at `below`, but at `above`
            for (std::int64_t step = 1; above - below > 2 * step; step *= 2) {  // limits are small numbers as a rule
                if (is(under(exact(below + step), atom))) {
                    above = below + step;
                    break;
                }
                below += step;
            }
            while (above - below > 1) {
                const std::int64_t middle = below + (above - below) / 2;
                (is(under(exact(middle), atom)) ? above : below) = middle;
            }
            cuts_.insert(above);
            from = above;
        };
        first_where([&](Truth truth) { return truth != at_low; });
        first_where([&](Truth truth) { return truth == at_high; });
    }

    std::vector<Known> ranges() const {
        std::vector<Known> result;
        const bool time = is_time(known_.type);
        if (time && known_.not_yet_possible) {
            Known piece = known_;
            piece.happened_possible = false;
            if (known_.happened_possible) {  // not when: bounds beside "not yet" are a plan
                piece.low = Known::lowest;
                piece.high = Known::highest;
            }
            result.push_back(std::move(piece));
        }
        if (time && !known_.happened_possible) return result;
        std::int64_t from = known_.low;
        const auto add = [&](std::int64_t low, std::int64_t high) {
            Known piece = known_;
            piece.low = low;
            piece.high = high;
            if (time) piece.not_yet_possible = false;
            piece.estimate.reset();
            piece.period.reset();
            result.push_back(std::move(piece));
        };
        for (const std::int64_t at : cuts_) {
            if (at <= from || at > known_.high) continue;
            add(from, at - 1);
            from = at;
        }
        add(from, known_.high);
        return result;
    }

    const GroundFact& ground_;
    const Evaluation& evaluation_;
    Known known_;
    Cases cases_;
    std::set<std::int64_t> cuts_;
    std::string currency_;
};

std::vector<Known> member_pieces(const Known& known, std::size_t member) {
    if (known.in.test(member) || known.out.test(member)) return {known};
    Known with = known, without = known;
    with.in.set(member);
    without.out.set(member);
    return {with, without};
}

std::vector<Known> place_pieces(const Known& known, const PlaceCode& code) {
    const bool in = std::binary_search(known.places.begin(), known.places.end(), code);
    const bool out = std::binary_search(known.places_out.begin(), known.places_out.end(), code);
    if (in || out || known.closed) return {known};
    Known with = known, without = known;
    with.places.insert(std::upper_bound(with.places.begin(), with.places.end(), code), code);
    without.places_out.insert(std::upper_bound(without.places_out.begin(), without.places_out.end(), code), code);
    return {with, without};
}

}  // namespace

std::vector<Known> cut(const Unknown& unknown, const std::vector<Atom>& atoms, const Evaluation& evaluation) {
    switch (unknown.kind) {
        case Unknown::Kind::Fact: return Cutter(unknown.ground, evaluation).run(atoms);
        case Unknown::Kind::Member: return member_pieces(evaluation.domain(unknown.ground), static_cast<std::size_t>(unknown.part));
        case Unknown::Kind::Place: return place_pieces(evaluation.domain(unknown.ground), unknown.tag);
        case Unknown::Kind::Opaque:
        case Unknown::Kind::TooWide: return {};
    }
    return {};
}

}  // namespace duenotice
