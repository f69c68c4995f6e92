#include <algorithm>

#include "engine/evaluate_place.h"
#include "engine/evaluate_term.h"
#include "engine/local_day.h"
#include "engine/reads.h"

// Comparisons: each type of fact has its own; a comparison is Yes when it holds for every value still possible, No when
// for none, else Unknown.

namespace duenotice {

namespace {

using Wide = __int128;

/// The declaration behind a term that is a fact (or its history or estimate); null otherwise.
const FactDeclaration* declaration_of(const Term& term, const Vocabulary& vocabulary) {
    if (term.fact && (term.kind == Term::Kind::Fact || term.kind == Term::Kind::AsAt || term.kind == Term::Kind::Estimate)) return &vocabulary.at(*term.fact);
    return nullptr;
}

ChoiceSet bits_of(const std::vector<TermPtr>& tokens, const FactDeclaration& declaration) {
    ChoiceSet bits;
    for (const TermPtr& token : tokens)
        if (const auto index = declaration.choice_index(token->name)) bits.set(*index);
    return bits;
}

bool is_compound(const Term& term) {
    switch (term.kind) {
        case Term::Kind::Product:
        case Term::Kind::PercentOf:
        case Term::Kind::People:
        case Term::Kind::SumOf:
        case Term::Kind::Highest:
        case Term::Kind::Lowest:
        case Term::Kind::LowerOf:
        case Term::Kind::HigherOf:
        case Term::Kind::InstantPlus:
        case Term::Kind::Fallback:
        case Term::Kind::EarliestOf:
        case Term::Kind::LatestOf: return true;
        default: return std::any_of(term.terms.begin(), term.terms.end(), [](const TermPtr& part) { return is_compound(*part); });
    }
}

class Comparer {
public:
    Comparer(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation), scope_(evaluation.trace, condition, frame),
          left_at_(evaluation.trace == nullptr ? 0 : evaluation.trace->reads.size()), left_(evaluation.value(*condition.left, frame)) {
        values_ = condition.values;
        if (condition.right && values_.empty()) values_.push_back(condition.right);
    }

    Truth run() {
        const Truth result = by_kind();
        if (result == Truth::Unknown && (left_.inexact || right_inexact_)) too_wide("a bound is wider than what can be");
        return result;
    }

private:
    Truth by_kind() {
        switch (condition_.comparison) {
            case Comparison::Is: return equal();
            case Comparison::IsNot: return !equal();
            case Comparison::IsOneOf: return equal();
            case Comparison::AtLeast:
            case Comparison::AtMost:
            case Comparison::MoreThan:
            case Comparison::LessThan: return ordered();
            case Comparison::IncludesAny:
            case Comparison::IncludesAll:
            case Comparison::IncludesNone:
            case Comparison::IncludesOnly:
            case Comparison::IsEmpty:
                if (left_.known.type == ValueType::PlaceSet) return compare_place(condition_, frame_, evaluation_, left_.known, left_at_);
                return condition_.comparison == Comparison::IsEmpty ? empty() : set();
            case Comparison::Happened: return happened();
            case Comparison::Before:
            case Comparison::AtOrBefore:
            case Comparison::After:
            case Comparison::AtOrAfter: return in_time();
            case Comparison::Within:
            case Comparison::IncludesWithin: return compare_place(condition_, frame_, evaluation_, left_.known, left_at_);
            case Comparison::ClockBetween: return clock_between();
            case Comparison::CannotBeDetermined: return cannot_be_determined();
            case Comparison::IsKnown: return is_known();
        }
        return Truth::Unknown;
    }

    const FactDeclaration* declaration() const { return declaration_of(*condition_.left, evaluation_.world.law->vocabulary); }

    void too_wide(std::string why) const {
        if (evaluation_.trace != nullptr && !evaluation_.trace->everything) evaluation_.trace->too_wide(std::move(why));
    }

    /// A set is read member by member: only those that the comparison asks for.
    void read_members(const ChoiceSet& asked) const {
        Trace* trace = evaluation_.trace;
        if (trace == nullptr || condition_.left->kind != Term::Kind::Fact || (trace->everything && asked.none())) return;
        trace->reads.resize(left_at_);
        const GroundFact ground = evaluation_.ground(*condition_.left->fact, frame_);
        const ChoiceSet open = trace->everything ? asked : asked & ~left_.known.in & ~left_.known.out;
        for (std::size_t i = 0; i < most_choices; ++i)
            if (open.test(i)) trace->add({Unknown::Kind::Member, ground, static_cast<std::int32_t>(i), {}});
    }

    /// The left side has one of the values.
    Truth equal() {
        const Known& left = left_.known;
        if (is_choice(left.type)) return equal_choice();
        if (left.type == ValueType::Place) return compare_place(condition_, frame_, evaluation_, left_.known, left_at_);
        Truth result = Truth::No;
        for (const TermPtr& value : values_) {
            const TermValue right = evaluation_.value(*value, frame_);
            result = either(result, equal_number(left_, right));
            if (result == Truth::Unknown && (is_compound(*condition_.left) || is_compound(*value))) too_wide("between the bounds of a sum or product not every value can be");
        }
        return result;
    }

    Truth equal_choice() {
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        ChoiceSet bits;
        for (const TermPtr& value : values_) {
            if (value->kind == Term::Kind::Token) {
                if (const auto index = left->choice_index(value->name)) bits.set(*index);
                continue;
            }
            const Known right = evaluation_.value(*value, frame_).known;  // another fact of the same choices
            if (right.possible.count() != 1) return values_.size() == 1 && (left_.known.possible & right.possible).none() ? Truth::No : Truth::Unknown;
            bits |= right.possible;
        }
        return truth_of((left_.known.possible & bits).any(), (left_.known.possible & ~bits).any());
    }

    /// Amounts in different currencies without a rate cannot be compared: the amount is then open in the other currency.
    bool comparable(const TermValue& a, const TermValue& b) const {
        if (a.known.type != ValueType::Money && b.known.type != ValueType::Money) return true;
        if (a.known.currency == b.known.currency || a.known.currency.empty() || b.known.currency.empty()) return true;
        Trace* trace = evaluation_.trace;
        if (trace == nullptr || trace->everything) return false;
        if (condition_.left->kind == Term::Kind::Fact) {
            trace->reads.resize(left_at_);
            trace->add({Unknown::Kind::Fact, evaluation_.ground(*condition_.left->fact, frame_), -1, {}});
        } else {
            trace->too_wide("there is no rate from " + a.known.currency + " to " + b.known.currency);
        }
        return false;
    }

    TermValue converted(const TermValue& value, const std::string& currency) const { return terms::in_currency(value, currency, evaluation_); }

    static Wide product(std::int64_t a, std::int64_t b) {
        if (a >= Known::highest / 2) return Wide{Known::highest} << 60;
        if (a <= Known::lowest / 2) return -(Wide{Known::highest} << 60);
        return Wide{a} * Wide{b};
    }

    static bool is_day_beside_instant(const Known& a, const Known& b) {
        return (a.type == ValueType::Date && b.type == ValueType::Instant) || (a.type == ValueType::Instant && b.type == ValueType::Date);
    }

    Truth equal_day(Known a, Known b) const {
        if (!a.happened_possible || !b.happened_possible) return Truth::No;
        const bool on_one_clock = same_scale(a, b), may_not = a.not_yet_possible || b.not_yet_possible;
        const Truth result = a.high < b.low || b.high < a.low ? Truth::No : !may_not && a.low == a.high && b.low == b.high ? Truth::Yes : Truth::Unknown;
        if (result == Truth::Unknown && !on_one_clock) ask_for_zone();
        return result;
    }

    Truth equal_number(const TermValue& a, const TermValue& right) const {
        const TermValue b = converted(right, a.known.currency);
        if (!comparable(a, b)) return Truth::Unknown;
        if (is_day_beside_instant(a.known, b.known)) return equal_day(a.known, b.known);
        const Wide al = product(a.known.low, b.denominator), ah = product(a.known.high, b.denominator);
        const Wide bl = product(b.known.low, a.denominator), bh = product(b.known.high, a.denominator);
        if (a.known.type == ValueType::Instant || a.known.type == ValueType::Date) {
            if (!a.known.happened_possible || !b.known.happened_possible) return Truth::No;
            if (a.known.not_yet_possible || b.known.not_yet_possible) return ah < bl || bh < al ? Truth::No : Truth::Unknown;
        }
        if (ah < bl || bh < al) return Truth::No;
        return al == ah && bl == bh && al == bl ? Truth::Yes : Truth::Unknown;
    }

    Truth ordered() {
        if (is_choice(left_.known.type)) return ordered_choice();
        const TermValue right_raw = evaluation_.value(*condition_.right, frame_);
        right_inexact_ = right_raw.inexact;
        const TermValue left = converted(left_, right_raw.known.currency);
        const TermValue& right = right_raw;
        if (!comparable(left, right)) return Truth::Unknown;
        const Truth before = assumed_order(right);
        if (before != Truth::Unknown) return before;
        const Wide ll = product(left.known.low, right.denominator), lh = product(left.known.high, right.denominator);
        const Wide rl = product(right.known.low, left.denominator), rh = product(right.known.high, left.denominator);
        switch (condition_.comparison) {
            case Comparison::AtLeast: return truth_of(lh >= rl, ll < rh);
            case Comparison::MoreThan: return truth_of(lh > rl, ll <= rh);
            case Comparison::AtMost: return truth_of(ll <= rh, lh > rl);
            default: return truth_of(ll < rh, lh >= rl);
        }
    }

    /// What another comparison of the same sum or count with a literal, assumed in this case, already says.
    Truth assumed_order(const TermValue& right) const {
        if (evaluation_.assumed == nullptr || evaluation_.assumed->empty() || condition_.left->kind == Term::Kind::Fact || right.denominator != 1 || right.known.low != right.known.high) return Truth::Unknown;
        Wide low = Wide{Known::lowest} * 4, high = Wide{Known::highest} * 4;  // of twice the left side: thresholds lie between numbers
        for (const auto& [atom, holds] : *evaluation_.assumed) {
            const Condition& other = *atom.first;
            if (other.kind != Condition::Kind::Compare || atom.second != frame_ || !other.right || !same(*other.left, *condition_.left)) continue;
            const TermValue limit = Evaluation{evaluation_.world, evaluation_.incident, evaluation_.moment, evaluation_.cases}.value(*other.right, frame_);
            if (limit.denominator != 1 || limit.known.low != limit.known.high || limit.known.currency != right.known.currency) continue;
            const Wide twice = Wide{limit.known.low} * 2;
            const bool yes = holds == Truth::Yes;
            switch (other.comparison) {
                case Comparison::AtLeast: yes ? low = std::max(low, twice) : high = std::min(high, twice - 1); break;
                case Comparison::MoreThan: yes ? low = std::max(low, twice + 1) : high = std::min(high, twice); break;
                case Comparison::AtMost: yes ? high = std::min(high, twice) : low = std::max(low, twice + 1); break;
                case Comparison::LessThan: yes ? high = std::min(high, twice - 1) : low = std::max(low, twice); break;
                default: break;
            }
        }
        const Wide at = Wide{right.known.low} * 2;
        switch (condition_.comparison) {
            case Comparison::AtLeast: return low >= at ? Truth::Yes : high < at ? Truth::No : Truth::Unknown;
            case Comparison::MoreThan: return low > at ? Truth::Yes : high <= at ? Truth::No : Truth::Unknown;
            case Comparison::AtMost: return high <= at ? Truth::Yes : low > at ? Truth::No : Truth::Unknown;
            default: return high < at ? Truth::Yes : low >= at ? Truth::No : Truth::Unknown;
        }
    }

    Truth ordered_choice() {
        const FactDeclaration* left = declaration();
        const auto limit = left == nullptr ? std::nullopt : left->choice_index(condition_.right->name);
        if (!limit) return Truth::Unknown;
        bool can_yes = false, can_no = false;
        for (std::size_t i = 0; i < left->choices.size(); ++i) {
            if (!left_.known.possible.test(i)) continue;
            const bool holds = condition_.comparison == Comparison::AtLeast ? i >= *limit : condition_.comparison == Comparison::MoreThan ? i > *limit
                               : condition_.comparison == Comparison::AtMost ? i <= *limit : i < *limit;
            (holds ? can_yes : can_no) = true;
        }
        return truth_of(can_yes, can_no);
    }

    Truth set() {
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        const ChoiceSet bits = bits_of(values_, *left);
        const Known& known = left_.known;
        ChoiceSet others;
        for (std::size_t i = 0; i < left->choices.size(); ++i)
            if (!bits.test(i)) others.set(i);
        read_members(condition_.comparison == Comparison::IncludesOnly ? others : bits);
        switch (condition_.comparison) {
            case Comparison::IncludesAny: return (known.in & bits).any() ? Truth::Yes : (bits & ~known.out).none() ? Truth::No : Truth::Unknown;
            case Comparison::IncludesAll: return (bits & ~known.in).none() ? Truth::Yes : (bits & known.out).any() ? Truth::No : Truth::Unknown;
            case Comparison::IncludesNone: return (known.in & bits).any() ? Truth::No : (bits & ~known.out).none() ? Truth::Yes : Truth::Unknown;
            default: return (known.in & others).any() ? Truth::No : (others & ~known.out).none() ? Truth::Yes : Truth::Unknown;
        }
    }

    Truth empty() {
        const Known& known = left_.known;
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        ChoiceSet all;
        for (std::size_t i = 0; i < left->choices.size(); ++i) all.set(i);
        read_members(all);
        return known.in.any() ? Truth::No : known.out.count() == left->choices.size() ? Truth::Yes : Truth::Unknown;
    }

    Truth happened() {
        const Known& known = left_.known;
        if (!known.happened_possible) return Truth::No;
        Range as_of{evaluation_.moment.as_of.seconds, evaluation_.moment.as_of.seconds};
        if (known.type == ValueType::Date) as_of = days_of(as_of.first, evaluation_.zone(frame_));
        if (known.low > as_of.last) return Truth::No;  // planned, or expected
        if (known.not_yet_possible) return Truth::Unknown;
        if (known.high <= as_of.first || known.high >= Known::highest) return Truth::Yes;
        if (as_of.first != as_of.last) ask_for_zone();
        return Truth::Unknown;
    }

    /// Dates and instants on one scale; an instant beside a date is read on the local calendar, or on every one where no
    /// zone is known. False when a zone would tell more.
    bool same_scale(Known& left, Known& right) const {
        if (left.type == right.type) return true;
        const Zone* zone = evaluation_.zone(frame_);
        const auto to_day = [&](Known& known) {
            if (known.type != ValueType::Instant) return;
            known.type = ValueType::Date;
            if (known.low > Known::lowest / 2) known.low = days_of(known.low, zone).first;
            if (known.high < Known::highest / 2) known.high = days_of(known.high, zone).last;
        };
        to_day(left);
        to_day(right);
        return zone != nullptr;
    }

    void ask_for_zone() const {
        if (evaluation_.trace != nullptr && !evaluation_.trace->everything) evaluation_.trace->add(no_zone(frame_, evaluation_));
    }

    Truth in_time() {
        Known left = left_.known;
        TermValue right_value = evaluation_.value(*condition_.right, frame_);
        Known right = right_value.known;
        const bool before = condition_.comparison == Comparison::Before || condition_.comparison == Comparison::AtOrBefore;
        const bool or_at = condition_.comparison == Comparison::AtOrBefore || condition_.comparison == Comparison::AtOrAfter;
        const bool on_one_clock = same_scale(left, right);
        bool can_yes = false, can_no = left.not_yet_possible;
        if (left.happened_possible) {
            if (right.not_yet_possible) (before ? can_yes : can_no) = true;
            if (right.happened_possible) {
                const std::int64_t ll = left.low, lh = left.high, rl = right.low, rh = right.high;
                if (before) {
                    can_yes = can_yes || (or_at ? ll <= rh : ll < rh);
                    can_no = can_no || (or_at ? lh > rl : lh >= rl);
                } else {
                    can_yes = can_yes || (or_at ? lh >= rl : lh > rl);
                    can_no = can_no || (or_at ? ll < rh : ll <= rh);
                }
            }
        }
        if (can_yes && can_no && !on_one_clock) ask_for_zone();
        return truth_of(can_yes, can_no);
    }

    /// The window is left or entered at local times only: between two of them every instant is alike.
    Truth clock_between() {
        const Known& known = left_.known;
        const bool planned = !known.happened_possible && known.low > Known::lowest / 2;  // the hour for which it is planned
        if (!known.happened_possible && !planned) return Truth::No;
        const Zone* zone = evaluation_.world.zones.find(condition_.name);
        if (zone == nullptr) {
            too_wide("no such zone");
            return Truth::Unknown;
        }
        bool can_yes = false, can_no = known.not_yet_possible && !planned;
        if (known.high - known.low >= 2 * 86400) {
            can_yes = can_no = true;
        } else {
            for (const std::int64_t at : clock_changes(condition_, *zone, known.low, known.high)) (in_window(condition_, *zone, at) ? can_yes : can_no) = true;
        }
        return truth_of(can_yes, can_no);
    }

    Truth cannot_be_determined() {
        if (left_.known.cannot_be_determined) return Truth::Yes;
        const FactDeclaration* left = declaration();
        if (left == nullptr || !left_.known.is_open(*left)) return Truth::No;
        Trace* trace = evaluation_.trace;
        if (trace != nullptr && !trace->everything) {
            trace->reads.resize(left_at_);
            trace->opaque("cannot be determined", evaluation_.ground(*condition_.left->fact, frame_));
        }
        return Truth::Unknown;
    }

    Truth is_known() {
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        return left_.known.is_open(*left) ? Truth::No : Truth::Yes;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    const AtomScope scope_;
    const std::size_t left_at_;  ///< where the left side's reads begin
    TermValue left_;
    std::vector<TermPtr> values_;
    bool right_inexact_ = false;
};

}  // namespace

Truth Evaluation::compare(const Condition& condition, const Frame& frame) const { return Comparer(condition, frame, *this).run(); }

}  // namespace duenotice
