#include <algorithm>

#include "engine/evaluate_term.h"
#include "engine/reads.h"
#include "rules/number.h"

// Arithmetic on intervals of exact fractions. What passes the range of 64 bits is clamped outward, so that a bound is
// never tighter than the truth.

namespace duenotice::terms {

namespace {

using Wide = __int128;
constexpr std::int64_t infinite = Known::highest / 2, most_denominator = std::int64_t{1} << 40;

/// An interval of fractions over one denominator.
struct Interval {
    bool no_low = false, no_high = false;
    Wide low = 0, high = 0, denominator = 1;
};

Interval interval(const TermValue& value) {
    return {value.known.low <= -infinite, value.known.high >= infinite, value.known.low, value.known.high, value.denominator};
}

void put(TermValue& value, Interval range) {
    for (const int prime : {2, 5})  // percentages leave common tens
        while (range.denominator % prime == 0 && (range.no_low || range.low % prime == 0) && (range.no_high || range.high % prime == 0)) {
            range.low /= prime;
            range.high /= prime;
            range.denominator /= prime;
        }
    if (range.denominator > most_denominator) {  // round outward to whole numbers
        const auto floor = [&](Wide n) { return n / range.denominator - (n % range.denominator < 0 ? 1 : 0); };
        range.low = floor(range.low);
        range.high = -floor(-range.high);
        range.denominator = 1;
        value.inexact = true;
    }
    value.denominator = static_cast<std::int64_t>(range.denominator);
    value.known.low = range.no_low || range.low <= -infinite ? Known::lowest : static_cast<std::int64_t>(std::min<Wide>(range.low, infinite - 1));
    value.known.high = range.no_high || range.high >= infinite ? Known::highest : static_cast<std::int64_t>(std::max<Wide>(range.high, 1 - infinite));
    value.known.estimate.reset();
}

void align(Interval& a, Interval& b) {
    if (a.denominator == b.denominator) return;
    const Wide by_a = b.denominator, by_b = a.denominator;
    const auto scale = [](Interval& range, Wide by) {
        range.low *= by;
        range.high *= by;
        range.denominator *= by;
    };
    scale(a, by_a);
    scale(b, by_b);
}

/// Both operands, money in one currency; false when there is no rate.
bool operands(const Term& term, const Frame& frame, const Evaluation& evaluation, TermValue& a, TermValue& b) {
    a = evaluation.value(*term.terms[0], frame);
    b = evaluation.value(*term.terms[1], frame);
    if (a.known.currency.empty() || b.known.currency.empty() || a.known.currency == b.known.currency) return true;
    b = in_currency(b, a.known.currency, evaluation);
    return a.known.currency == b.known.currency;
}

TermValue no_rate(const Evaluation& evaluation) {
    if (evaluation.trace != nullptr) evaluation.trace->too_wide("amounts are in different currencies, and there is no rate");
    return open(ValueType::Money);
}

TermValue joined(const TermValue& a, const TermValue& b, const Interval& range) {
    TermValue result = a;
    if (result.known.currency.empty()) result.known.currency = b.known.currency;
    result.inexact = a.inexact || b.inexact;
    put(result, range);
    return result;
}

/// Both operands and their bounds over one denominator; false without a rate between their currencies.
bool aligned_operands(const Term& term, const Frame& frame, const Evaluation& evaluation, TermValue& a, TermValue& b, Interval& x, Interval& y) {
    if (!operands(term, frame, evaluation, a, b)) return false;
    x = interval(a);
    y = interval(b);
    align(x, y);
    return true;
}

}  // namespace

TermValue in_currency(const TermValue& value, const std::string& currency, const Evaluation& evaluation) {
    if (value.known.currency == currency || value.known.currency.empty() || currency.empty()) return value;
    const Rate* found = nullptr;
    for (const Rate& rate : evaluation.incident.rates)
        if (rate.from == value.known.currency && rate.to == currency && (found == nullptr || found->date <= rate.date)) found = &rate;
    const auto from_decimals = currency_decimals(value.known.currency), to_decimals = currency_decimals(currency);
    if (found == nullptr || !from_decimals || !to_decimals || found->denominator <= 0) return value;
    Wide numerator = found->numerator, denominator = found->denominator;
    for (int i = 0; i < *to_decimals; ++i) numerator *= 10;
    for (int i = 0; i < *from_decimals; ++i) denominator *= 10;
    for (const int prime : {2, 5})
        while (numerator != 0 && numerator % prime == 0 && denominator % prime == 0) {
            numerator /= prime;
            denominator /= prime;
        }
    Interval range = interval(value);
    range.low *= numerator;
    range.high *= numerator;
    range.denominator *= denominator;
    TermValue result = value;
    result.known.currency = currency;
    put(result, range);
    return result;
}

TermValue sum(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue a, b;
    Interval x, y;
    if (!aligned_operands(term, frame, evaluation, a, b, x, y)) return no_rate(evaluation);
    return joined(a, b, {x.no_low || y.no_low, x.no_high || y.no_high, x.low + y.low, x.high + y.high, x.denominator});
}

TermValue difference(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue a, b;
    Interval x, y;
    if (!aligned_operands(term, frame, evaluation, a, b, x, y)) return no_rate(evaluation);
    return joined(a, b, {x.no_low || y.no_high, x.no_high || y.no_low, x.low - y.high, x.high - y.low, x.denominator});
}

TermValue product(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue a, b;
    operands(term, frame, evaluation, a, b);
    const Interval x = interval(a), y = interval(b);
    Interval range;
    range.denominator = x.denominator * y.denominator;
    if (!x.no_low && !y.no_low && x.low >= 0 && y.low >= 0) {
        range.low = x.low * y.low;
        range.high = x.high * y.high;
        range.no_high = (x.no_high && y.high > 0) || (y.no_high && x.high > 0);
    } else if (!x.no_low && !y.no_low && !x.no_high && !y.no_high) {
        const auto corners = {x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high};
        range.low = std::min(corners);
        range.high = std::max(corners);
    } else {
        range.no_low = range.no_high = true;
    }
    TermValue left = a.known.type == ValueType::Whole ? b : a, right = a.known.type == ValueType::Whole ? a : b;
    if ((left.known.type == ValueType::Share) != (right.known.type == ValueType::Share)) {  // a share of an amount is an amount
        if (left.known.type == ValueType::Share && right.known.type != ValueType::Whole) std::swap(left, right);
        if (right.known.type == ValueType::Share) range.denominator *= share_unit_ppm;
    }
    return joined(left, right, range);
}

TermValue percent_of(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue result = evaluation.value(*term.terms.front(), frame);
    Interval range = interval(result);
    range.low *= term.number;
    range.high *= term.number;
    range.denominator *= share_unit_ppm;
    if (term.number == 0) range = {};
    put(result, range);
    return result;
}

TermValue lower_or_higher(const Term& term, const Frame& frame, const Evaluation& evaluation) {
    TermValue a, b;
    Interval x, y;
    if (!aligned_operands(term, frame, evaluation, a, b, x, y)) return no_rate(evaluation);
    const bool lower = term.kind == Term::Kind::LowerOf;
    Interval range;
    range.denominator = x.denominator;
    range.no_low = lower ? x.no_low || y.no_low : x.no_low && y.no_low;
    range.no_high = lower ? x.no_high && y.no_high : x.no_high || y.no_high;
    range.low = x.no_low ? y.low : y.no_low ? x.low : lower ? std::min(x.low, y.low) : std::max(x.low, y.low);
    range.high = x.no_high ? y.high : y.no_high ? x.high : lower ? std::min(x.high, y.high) : std::max(x.high, y.high);
    return joined(a, b, range);
}

}  // namespace duenotice::terms
