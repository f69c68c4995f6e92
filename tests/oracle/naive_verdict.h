#pragma once
// An independent judge of conditions. It knows nothing of sets of possible values: it walks the tree over one complete
// account at a time, every fact one raw value of a small domain, and tries every account. Slow, short, and written
// from rules/LANGUAGE.md alone; it shares no code with engine/evaluator.h.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/incident.h"
#include "engine/zone_set.h"
#include "rules/rulebook.h"

namespace duenotice::oracle {

/// One value: the part that the type of the fact asks for.
struct Raw {
    int choice = 0;
    unsigned members = 0;             ///< sets: one bit a choice
    std::int64_t number = 0;          ///< numbers, days, seconds; what has not happened will happen then
    bool happened = true;             ///< instants and dates
    std::string place = {};
    std::vector<std::string> places = {};
};

/// One complete account.
struct Account {
    const RuleBook* law = nullptr;
    const Incident* incident = nullptr;  ///< frames only; its lists are the whole truth
    const Zone* zone = nullptr;
    std::int64_t as_of = 0;
    bool meet = false;  ///< populations that may overlap do, as far as they can
    std::vector<GroundFact> facts;  ///< sorted
    std::vector<const Raw*> values;
    std::size_t index(FactId fact, const Frame& frame) const;  ///< among `facts`
    const Raw& at(FactId fact, const Frame& frame) const;
};

bool holds(const Condition& condition, const Frame& frame, const Account& account);

/// Every value of a small domain that a set of values allows; `later`: when it may happen if it has not yet.
std::vector<Raw> domain_of(const Known& known, const FactDeclaration& declaration, const std::vector<std::int64_t>& later);

struct Answer {
    bool yes = false, no = false;
    Truth truth() const { return yes && no ? Truth::Unknown : yes ? Truth::Yes : Truth::No; }
};
/// Over all combinations of the domains; stops when both answers were seen, unless `each` wants all.
using Domains = std::map<GroundFact, std::vector<Raw>>;
std::size_t combinations(const Domains& domains);
Answer judge(const Condition& condition, const Frame& frame, Account account, const Domains& domains, const std::function<bool(const Account&)>& possible = {});
/// The facts such that two possible accounts differ only in one of them and in the answer.
std::vector<GroundFact> deciding(const Condition& condition, const Frame& frame, Account account, const Domains& domains, const std::function<bool(const Account&)>& possible = {});

}  // namespace duenotice::oracle
