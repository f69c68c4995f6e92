#include <algorithm>

#include "engine/evaluator.h"

// Comparisons: each type of fact has its own; a comparison is Yes when it holds for every value still possible, No when
// for none, else Unknown.

namespace duenotice {

namespace {

using Wide = __int128;

Truth truth_of(bool can_yes, bool can_no) { return can_yes && can_no ? Truth::Unknown : can_yes ? Truth::Yes : Truth::No; }

bool is_choice(ValueType type) { return type == ValueType::YesNo || type == ValueType::Choice || type == ValueType::Judgement; }

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

class Comparer {
public:
    Comparer(const Condition& condition, const Frame& frame, const Evaluation& evaluation)
        : condition_(condition), frame_(frame), evaluation_(evaluation), left_(evaluation.value(*condition.left, frame)) {
        values_ = condition.values;
        if (condition.right) {
            if (values_.empty()) values_.push_back(condition.right);
        }
    }

    Truth run() {
        const Truth result = by_kind();
        if (result == Truth::Unknown && (left_.inexact || right_inexact_)) evaluation_.inexact = true;
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
            case Comparison::IncludesOnly: return left_.known.type == ValueType::PlaceSet ? place_set() : set();
            case Comparison::IsEmpty: return empty();
            case Comparison::Happened: return happened();
            case Comparison::Before:
            case Comparison::AtOrBefore:
            case Comparison::After:
            case Comparison::AtOrAfter: return in_time();
            case Comparison::Within: return within();
            case Comparison::IncludesWithin: return includes_within();
            case Comparison::ClockBetween: return clock_between();
            case Comparison::CannotBeDetermined: return cannot_be_determined();
            case Comparison::IsKnown: return is_known();
        }
        return Truth::Unknown;
    }

    const FactDeclaration* declaration() const { return declaration_of(*condition_.left, evaluation_.world.law->vocabulary); }

    /// The left side has one of the values.
    Truth equal() {
        const Known& left = left_.known;
        if (is_choice(left.type)) return equal_choice();
        if (left.type == ValueType::Place) return equal_place();
        Truth result = Truth::No;
        for (const TermPtr& value : values_) {
            const TermValue right = evaluation_.value(*value, frame_);
            result = either(result, equal_number(left_, right));
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
            if (right.possible.count() == 1) bits |= right.possible;
            else return (left_.known.possible & right.possible).none() ? Truth::No : Truth::Unknown;
        }
        return truth_of((left_.known.possible & bits).any(), (left_.known.possible & ~bits).any());
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
            const auto some = places_of(*value, open);
            wanted.insert(wanted.end(), some.begin(), some.end());
        }
        const Known& left = left_.known;
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

    bool comparable(const TermValue& a, const TermValue& b) const {
        if (a.known.type != ValueType::Money && b.known.type != ValueType::Money) return true;
        return !a.known.currency.empty() && a.known.currency == b.known.currency;
    }

    /// Money in another currency is converted by a dated rate of the incident; without one it cannot be compared.
    TermValue converted(const TermValue& value, const std::string& currency) const {
        TermValue result = value;
        if (value.known.currency == currency || value.known.currency.empty() || currency.empty()) return result;
        for (const Rate& rate : evaluation_.incident.rates) {
            if (rate.from != value.known.currency || rate.to != currency) continue;
            const auto scale = [&](std::int64_t number) { return number >= Known::highest / 2 ? number : static_cast<std::int64_t>(std::min<Wide>(Wide{number} * rate.numerator, Known::highest)); };
            result.known.low = scale(value.known.low);
            result.known.high = scale(value.known.high);
            result.denominator = value.denominator * rate.denominator;
            result.known.currency = currency;
            break;
        }
        return result;
    }

    static Wide product(std::int64_t a, std::int64_t b) {
        if (a >= Known::highest / 2) return Wide{Known::highest} * Wide{1000000000};
        if (a <= Known::lowest / 2) return -(Wide{Known::highest} * Wide{1000000000});
        return Wide{a} * Wide{b};
    }

    Truth equal_number(const TermValue& a, const TermValue& right) const {
        const TermValue b = converted(right, a.known.currency);
        if (!comparable(a, b)) return Truth::Unknown;
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
        const Wide ll = product(left.known.low, right.denominator), lh = product(left.known.high, right.denominator);
        const Wide rl = product(right.known.low, left.denominator), rh = product(right.known.high, left.denominator);
        switch (condition_.comparison) {
            case Comparison::AtLeast: return truth_of(lh >= rl, ll < rh);
            case Comparison::MoreThan: return truth_of(lh > rl, ll <= rh);
            case Comparison::AtMost: return truth_of(ll <= rh, lh > rl);
            default: return truth_of(ll < rh, lh >= rl);
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
        switch (condition_.comparison) {
            case Comparison::IncludesAny: return (known.in & bits).any() ? Truth::Yes : (bits & ~known.out).none() ? Truth::No : Truth::Unknown;
            case Comparison::IncludesAll: return (bits & ~known.in).none() ? Truth::Yes : (bits & known.out).any() ? Truth::No : Truth::Unknown;
            case Comparison::IncludesNone: return (known.in & bits).any() ? Truth::No : (bits & ~known.out).none() ? Truth::Yes : Truth::Unknown;
            default: {
                ChoiceSet others;
                for (std::size_t i = 0; i < left->choices.size(); ++i)
                    if (!bits.test(i)) others.set(i);
                return (known.in & others).any() ? Truth::No : (others & ~known.out).none() ? Truth::Yes : Truth::Unknown;
            }
        }
    }

    Truth place_state(const PlaceCode& code) const {
        const Known& known = left_.known;
        if (std::binary_search(known.places.begin(), known.places.end(), code)) return Truth::Yes;
        return known.closed || std::binary_search(known.places_out.begin(), known.places_out.end(), code) ? Truth::No : Truth::Unknown;
    }

    Truth place_set() {
        bool open = false;
        Truth any = Truth::No, all = Truth::Yes;
        std::vector<PlaceCode> wanted;
        for (const TermPtr& value : values_)
            for (const PlaceCode& code : places_of(*value, open)) wanted.push_back(code);
        for (const PlaceCode& code : wanted) {
            any = either(any, place_state(code));
            all = both(all, place_state(code));
        }
        if (open) {
            any = either(any, Truth::Unknown);
            all = both(all, Truth::Unknown);
        }
        if (condition_.comparison == Comparison::IncludesAny) return any;
        if (condition_.comparison == Comparison::IncludesAll) return all;
        if (condition_.comparison == Comparison::IncludesNone) return !any;
        const bool other = std::any_of(left_.known.places.begin(), left_.known.places.end(), [&](const PlaceCode& code) { return std::find(wanted.begin(), wanted.end(), code) == wanted.end(); });
        return other ? Truth::No : left_.known.closed ? Truth::Yes : Truth::Unknown;
    }

    Truth empty() {
        const Known& known = left_.known;
        if (known.type == ValueType::PlaceSet) return !known.places.empty() ? Truth::No : known.closed ? Truth::Yes : Truth::Unknown;
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        return known.in.any() ? Truth::No : known.out.count() == left->choices.size() ? Truth::Yes : Truth::Unknown;
    }

    Truth happened() {
        const Known& known = left_.known;
        if (!known.happened_possible) return Truth::No;
        std::int64_t as_of = evaluation_.moment.as_of.seconds;
        if (known.type == ValueType::Date) {
            const Zone* zone = evaluation_.zone(frame_);
            as_of = zone == nullptr ? as_of / 86400 : zone->date(evaluation_.moment.as_of).days_since_1970();
        }
        if (known.low > as_of) return Truth::No;  // planned, or expected
        if (known.not_yet_possible) return Truth::Unknown;
        return known.high <= as_of || known.high >= Known::highest ? Truth::Yes : Truth::Unknown;
    }

    /// Dates and instants on one scale; an instant beside a date is read on the local calendar.
    bool same_scale(Known& left, Known& right) const {
        if (left.type == right.type) return true;
        const Zone* zone = evaluation_.zone(frame_);
        if (zone == nullptr) return false;
        const auto to_day = [&](Known& known) {
            if (known.type != ValueType::Instant) return;
            known.type = ValueType::Date;
            if (known.low > Known::lowest / 2) known.low = zone->date(Instant{known.low}).days_since_1970();
            if (known.high < Known::highest / 2) known.high = zone->date(Instant{known.high}).days_since_1970();
        };
        to_day(left);
        to_day(right);
        return true;
    }

    Truth in_time() {
        Known left = left_.known;
        TermValue right_value = evaluation_.value(*condition_.right, frame_);
        Known right = right_value.known;
        const bool before = condition_.comparison == Comparison::Before || condition_.comparison == Comparison::AtOrBefore;
        const bool or_at = condition_.comparison == Comparison::AtOrBefore || condition_.comparison == Comparison::AtOrAfter;
        if (!same_scale(left, right)) return Truth::Unknown;
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
        return truth_of(can_yes, can_no);
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
        const Known& known = left_.known;
        if (!known.closed) return Truth::Unknown;
        bool can_yes = false, can_no = false;
        for (const PlaceCode& code : known.places) (is_within(code) ? can_yes : can_no) = true;
        return truth_of(can_yes, can_no);
    }

    Truth includes_within() {
        const Known& known = left_.known;
        if (std::any_of(known.places.begin(), known.places.end(), [&](const PlaceCode& code) { return is_within(code); })) return Truth::Yes;
        return known.closed ? Truth::No : Truth::Unknown;
    }

    Truth clock_between() {
        const Known& known = left_.known;
        const bool planned = !known.happened_possible && known.low > Known::lowest / 2;  // the hour for which it is planned
        if (!known.happened_possible && !planned) return Truth::No;
        const Zone* zone = evaluation_.world.zones.find(condition_.name);
        if (zone == nullptr || known.low != known.high || (known.not_yet_possible && !planned)) return Truth::Unknown;
        const std::int32_t minutes = zone->local(Instant{known.low}).seconds / 60;
        const bool over_midnight = condition_.clock_from_minutes > condition_.clock_until_minutes;
        const bool after_from = minutes >= condition_.clock_from_minutes, before_until = minutes < condition_.clock_until_minutes;
        return (over_midnight ? after_from || before_until : after_from && before_until) ? Truth::Yes : Truth::No;
    }

    Truth cannot_be_determined() {
        if (left_.known.cannot_be_determined) return Truth::Yes;
        const FactDeclaration* left = declaration();
        return left != nullptr && left_.known.is_open(*left) ? Truth::Unknown : Truth::No;
    }

    Truth is_known() {
        const FactDeclaration* left = declaration();
        if (left == nullptr) return Truth::Unknown;
        return left_.known.is_open(*left) ? Truth::No : Truth::Yes;
    }

    const Condition& condition_;
    const Frame& frame_;
    const Evaluation& evaluation_;
    TermValue left_;
    std::vector<TermPtr> values_;
    bool right_inexact_ = false;
};

}  // namespace

Truth Evaluation::compare(const Condition& condition, const Frame& frame) const { return Comparer(condition, frame, *this).run(); }

}  // namespace duenotice
