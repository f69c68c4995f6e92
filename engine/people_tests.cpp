#include "engine/people_tests.h"

#include <map>
#include <set>
#include <tuple>

#include "engine/evaluator.h"
#include "engine/memo.h"
#include "engine/verdict.h"
#include "rules/expression_walk.h"

namespace duenotice {

namespace {

class Testing {
public:
    Testing(const World& world, const Assessment& assessment) : assessment_(assessment), evaluation_{world, *assessment.incident, assessment.moment} {}

    std::vector<PeopleTest> run() {
        for (const Duty& duty : assessment_.duties) {
            if (duty.verdict == Verdict::NotOwed) continue;
            frame_ = duty.frame;
            const Obligation& obligation = assessment_.law->obligations[duty.obligation];
            const Law* law = assessment_.law->find_law(obligation.law);
            law_place_ = law == nullptr ? "" : law->place;
            used_.clear();
            for (std::size_t version = 0; version < obligation.versions.size(); ++version)
                if (duty.version < 0 ? may_be_in_force(duty, version) : version == static_cast<std::size_t>(duty.version)) walk(obligation.versions[version], visitor_);
        }
        std::vector<PeopleTest> tests;
        for (const auto& [key, met] : met_) tests.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), *met.begin(), met.size() > 1});
        return tests;
    }

private:
    bool may_be_in_force(const Duty& duty, std::size_t version) const {
        const ConditionPtr& range = assessment_.law->compiled[duty.obligation].versions[version].in_range;
        return !range || decide(*range, duty.frame, evaluation_).truth != Truth::No;
    }

    void term(const Term& term) {
        if (term.kind != Term::Kind::People || !term.test) return;
        std::string place = term.place;
        if (place == "this" && frame_.place >= 0) place = evaluation_.incident.places[static_cast<std::size_t>(frame_.place)].code;
        const auto roles = place_roles(place, evaluation_);
        const std::string name = term.test->kind == Condition::Kind::Use ? term.test->name : print(*term.test);
        for (std::size_t p = 0; p < evaluation_.incident.populations.size(); ++p) {
            Frame frame = frame_;
            frame.population = static_cast<std::int32_t>(p);
            const Truth met = evaluation_.truth(*term.test, frame);
            for (std::size_t i = 0; i < roles.size(); ++i) {
                const std::string& code = evaluation_.incident.places[i].code;
                const bool counted = roles[i] == PlaceRole::Whole || roles[i] == PlaceRole::Part;
                const bool of_law = !place.empty() || law_place_.empty() || code == law_place_ || assessment_.law->within(code, law_place_);
                if (counted && of_law) met_[{static_cast<std::int32_t>(i), frame.population, name}].insert(met);
            }
        }
    }

    /// What a definition says is part of the condition that uses it.
    void condition(const Condition& condition) {
        if (condition.kind == Condition::Kind::Use && condition.index && used_.insert(*condition.index).second) walk(*assessment_.law->definitions[*condition.index].condition, visitor_);
    }

    const Assessment& assessment_;
    const Evaluation evaluation_;
    Frame frame_;
    std::string law_place_;
    std::set<std::uint32_t> used_;  ///< definitions that were looked into for this duty
    std::map<std::tuple<std::int32_t, std::int32_t, std::string>, std::set<Truth>> met_;
    const ExpressionVisitor visitor_{[this](const Condition& each) { condition(each); }, [this](const Term& each) { term(each); }};
};

}  // namespace

std::vector<PeopleTest> people_tests(const World& world, const Assessment& assessment) { return Testing(world, assessment).run(); }

}  // namespace duenotice
