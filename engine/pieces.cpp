#include <algorithm>
#include <set>

#include "engine/atoms.h"
#include "engine/verdict.h"

// The pieces of one fact's values under a condition: every atom treats all values of a piece alike. Only atoms that
// compare the fact directly with constants cut; in arithmetic and aggregates a fact has no pieces of its own.

namespace duenotice {

namespace {

bool is_choice(ValueType type) { return type == ValueType::YesNo || type == ValueType::Choice || type == ValueType::Judgement; }

class Cutter {
public:
    Cutter(const GroundFact& ground, const Evaluation& evaluation)
        : ground_(ground), evaluation_(evaluation), declaration_(evaluation.world.law->vocabulary.at(ground.fact)), known_(evaluation.known(ground)) {}

    void atom(const AtomVisit& visit) {
        const Condition& atom = *visit.atom;
        if (atom.kind == Condition::Kind::Presumed) return;
        if (is_this(atom.left, visit.frame)) compared(atom, visit.frame);
        else if (atom.right && is_this(atom.right, visit.frame)) other_side(atom, visit.frame);
    }

    std::vector<Known> result() const {
        if (is_choice(known_.type)) return choices();
        if (known_.type == ValueType::Set) return members();
        if (known_.type == ValueType::Place) return places();
        if (known_.type == ValueType::PlaceSet || known_.type == ValueType::Text) return place_members();
        return ranges();
    }

private:
    bool is_this(const TermPtr& term, const Frame& frame) const {
        return term && (term->kind == Term::Kind::Fact) && term->fact && evaluation_.ground(*term->fact, frame) == ground_;
    }

    void cut_at(std::int64_t value) { cuts_.insert(value); }

    void day_cut(const std::optional<Date>& day, const Condition& atom, const Frame& frame) {
        if (!day) return;
        if (known_.type == ValueType::Date) return cut_at(day->days_since_1970());
        const Zone* zone = atom.kind == Condition::Kind::DateIn && !atom.name.empty() ? evaluation_.world.zones.find(atom.name) : evaluation_.zone(frame);
        if (zone != nullptr) cut_at(zone->start_of_day(*day).instant.seconds);
    }

    void value_cut(const Term& term, const Frame& frame, bool before, bool after) {
        if (term.kind == Term::Kind::Token) {
            tokens_.insert(term.name);
            return;
        }
        const Known value = evaluation_.value(term, frame).known;
        if (value.type == ValueType::Place && value.places.size() == 1) tokens_.insert(value.places.front());
        if (value.low != value.high) return;
        if (value.type == ValueType::Date && known_.type == ValueType::Instant) {
            if (before) day_cut(Date::from_days(static_cast<std::int32_t>(value.low)), Condition{}, frame);
            if (after) day_cut(Date::from_days(static_cast<std::int32_t>(value.low + 1)), Condition{}, frame);
            return;
        }
        if (before) cut_at(value.low);
        if (after) cut_at(value.low + 1);
    }

    void compared(const Condition& atom, const Frame& frame) {
        if (atom.kind == Condition::Kind::DateIn) {
            day_cut(atom.validity.from, atom, frame);
            day_cut(atom.validity.until, atom, frame);
            return;
        }
        for (const TermPtr& value : atom.values) value_cut(*value, frame, true, true);
        if (atom.comparison == Comparison::Happened) cut_at(evaluation_.moment.as_of.seconds + 1);
        if (atom.comparison == Comparison::Within || atom.comparison == Comparison::IncludesWithin)
            for (const TermPtr& value : atom.values) groups_.insert(value->name);
        if (!atom.right) return;
        switch (atom.comparison) {
            case Comparison::AtLeast:
            case Comparison::LessThan:
            case Comparison::Before:
            case Comparison::AtOrAfter: return value_cut(*atom.right, frame, true, false);
            case Comparison::MoreThan:
            case Comparison::AtMost:
            case Comparison::After:
            case Comparison::AtOrBefore: return value_cut(*atom.right, frame, false, true);
            default: return value_cut(*atom.right, frame, true, true);
        }
    }

    /// The fact stands on the right: `500 fewer than people.records`.
    void other_side(const Condition& atom, const Frame& frame) { value_cut(*atom.left, frame, true, true); }

    std::vector<Known> choices() const {
        std::vector<Known> result;
        for (std::size_t i = 0; i < declaration_.choices.size(); ++i) {
            if (!known_.possible.test(i)) continue;
            Known piece = known_;
            piece.possible.reset();
            piece.possible.set(i);
            result.push_back(std::move(piece));
        }
        return result;
    }

    /// The members that atoms name, each in or out; 64 pieces at most, then only the first members are told apart.
    std::vector<Known> members() const {
        std::vector<std::size_t> open;
        for (const std::string& token : tokens_)
            if (const auto index = declaration_.choice_index(token); index && !known_.in.test(*index) && !known_.out.test(*index)) open.push_back(*index);
        std::sort(open.begin(), open.end());
        if (open.size() > 6) open.resize(6);
        std::vector<Known> result;
        for (std::size_t bits = 0; bits < (std::size_t{1} << open.size()); ++bits) {
            Known piece = known_;
            for (std::size_t i = 0; i < open.size(); ++i) ((bits >> i & 1U) != 0 ? piece.in : piece.out).set(open[i]);
            result.push_back(std::move(piece));
        }
        return result;
    }

    std::vector<Known> places() const {
        std::vector<Known> result;
        const auto add = [&](const std::vector<PlaceCode>& some) {
            if (some.empty()) return;
            Known piece = known_;
            piece.closed = true;
            piece.places = some;
            result.push_back(std::move(piece));
        };
        if (known_.closed) {
            for (const PlaceCode& code : known_.places) add({code});
            return result;
        }
        Known rest = known_;
        for (const std::string& code : tokens_) {
            if (std::binary_search(known_.places_out.begin(), known_.places_out.end(), code)) continue;
            add({code});
            rest.places_out.push_back(code);
        }
        for (const std::string& group : groups_)  // one member stands for all that the atoms do not tell apart
            if (const PlaceGroup* found = evaluation_.world.law->find_group(group); found != nullptr && !found->members.empty()) add({found->members.front().code});
        std::sort(rest.places_out.begin(), rest.places_out.end());
        result.push_back(std::move(rest));
        return result;
    }

    std::vector<Known> place_members() const {
        std::vector<Known> result{known_};
        for (const std::string& code : tokens_) {
            const bool in = std::binary_search(known_.places.begin(), known_.places.end(), code), out = std::binary_search(known_.places_out.begin(), known_.places_out.end(), code);
            if (in || out || known_.closed || result.size() >= 64) continue;
            std::vector<Known> next;
            for (const Known& piece : result) {
                Known with = piece, without = piece;
                with.places.insert(std::upper_bound(with.places.begin(), with.places.end(), code), code);
                without.places_out.insert(std::upper_bound(without.places_out.begin(), without.places_out.end(), code), code);
                next.push_back(std::move(with));
                next.push_back(std::move(without));
            }
            result = std::move(next);
        }
        return result;
    }

    std::vector<Known> ranges() const {
        std::vector<Known> result;
        const bool time = known_.type == ValueType::Instant || known_.type == ValueType::Date;
        if (time && known_.not_yet_possible) {
            Known piece = known_;
            piece.happened_possible = false;
            result.push_back(std::move(piece));
        }
        if (time && !known_.happened_possible) return result;
        std::int64_t from = known_.low;
        const auto add = [&](std::int64_t low, std::int64_t high) {
            Known piece = known_;
            piece.low = low;
            piece.high = high;
            if (time) piece.not_yet_possible = false;
            if (piece.estimate) piece.estimate.reset();
            result.push_back(std::move(piece));
        };
        for (const std::int64_t cut : cuts_) {
            if (cut <= from || cut > known_.high) continue;
            add(from, cut - 1);
            from = cut;
        }
        add(from, known_.high);
        return result;
    }

    const GroundFact& ground_;
    const Evaluation& evaluation_;
    const FactDeclaration& declaration_;
    const Known known_;
    std::set<std::int64_t> cuts_;
    std::set<std::string> tokens_, groups_;
};

}  // namespace

std::vector<Known> pieces(const GroundFact& ground, const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    Cutter cutter(ground, evaluation);
    visit_atoms(condition, frame, evaluation, [&](const AtomVisit& atom) { cutter.atom(atom); });
    return cutter.result();
}

}  // namespace duenotice
