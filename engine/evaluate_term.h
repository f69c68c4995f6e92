#pragma once
// Values of terms, split by construct: numbers and instants here, aggregates over frames in evaluate_aggregate.cpp,
// history, filings and holds in evaluate_record.cpp. Only engine/evaluator.cpp's Evaluation::value calls these.

#include "engine/evaluator.h"

namespace duenotice::terms {

TermValue of_type(ValueType type);
TermValue exact(ValueType type, std::int64_t value);
/// A value of which nothing is known.
TermValue open(ValueType type);
TermValue not_yet();
std::int64_t saturated(__int128 value);
/// Of two counts; no bound with no bound is none.
inline std::int64_t add(std::int64_t a, std::int64_t b) { return a >= Known::highest || b >= Known::highest ? Known::highest : saturated(static_cast<__int128>(a) + b); }

TermValue sum(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue difference(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue product(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue percent_of(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue lower_or_higher(const Term& term, const Frame& frame, const Evaluation& evaluation);
/// An amount of money in another currency, exactly, by the newest rate of the incident; as it is when there is none.
TermValue in_currency(const TermValue& value, const std::string& currency, const Evaluation& evaluation);

TermValue people(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue count(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue sum_highest_lowest(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue busiest_week(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue elapsed(const Term& from, const Term& to, const Frame& frame, const Evaluation& evaluation);
/// Earliest or latest of several instants, those that are not yet left out.
TermValue extreme(const std::vector<TermValue>& values, bool earliest);
TermValue extreme_over(const Term& term, const Frame& frame, const Evaluation& evaluation);

TermValue filed(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue learned(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue certain_since(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue as_at(const Term& term, const Frame& frame, const Evaluation& evaluation);
TermValue hold_bound(const Term& term, const Frame& frame, const Evaluation& evaluation);

}  // namespace duenotice::terms
