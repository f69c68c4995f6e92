#include "engine/questions.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/verdict.h"

namespace duenotice {

namespace {

/// Over the readings of a duty.
Settling settles(const Duty& duty, const GroundFact& ground, const Evaluation& evaluation) {
    Settling result;
    for (const WholeCondition& reading : evaluation.world.law->compiled[duty.obligation].readings) {
        const Settling one = settling(*reading.condition, duty.frame, ground, evaluation);
        result.all = result.all && one.all;
        result.some = result.some || one.some;
    }
    return result;
}

const Statement* statement(const GroundFact& ground, const Incident& incident) {
    const FactRecord* record = incident.find(ground);
    return record == nullptr || record->history.empty() ? nullptr : &record->current();
}

}  // namespace

std::vector<Question> order_questions(const std::vector<Duty>& duties, const Evaluation& evaluation) {
    const Vocabulary& vocabulary = evaluation.world.law->vocabulary;
    std::map<GroundFact, Question> by_fact;
    for (const Duty& duty : duties) {
        if (duty.verdict != Verdict::Undetermined) continue;
        for (const GroundFact& ground : duty.open_facts) {
            Question& question = by_fact[ground];
            question.ground = ground;
            ++question.relevant;
            question.duties.push_back(duty.id);
            if (duty.deadline.counted && (!question.earliest_safe || *duty.deadline.counted < *question.earliest_safe))
                question.earliest_safe = duty.deadline.counted;
            const Settling settling = settles(duty, ground, evaluation);
            if (settling.all) ++question.settles_all;
            if (settling.some) ++question.settles_some;
        }
    }
    std::vector<Question> result;
    for (auto& [ground, question] : by_fact) {
        const FactDeclaration& declaration = vocabulary.at(ground.fact);
        question.question = declaration.question.empty() ? declaration.name : declaration.question;
        question.frame = evaluation.incident.words(ground.frame);
        if (const Statement* stated = statement(ground, evaluation.incident)) {
            question.asked_of = stated->by;
            question.expected_at = stated->expected_at;
        }
        result.push_back(std::move(question));
    }
    std::sort(result.begin(), result.end(), [](const Question& a, const Question& b) {
        const auto key = [](const Question& q) {
            return std::tuple(q.earliest_safe ? q.earliest_safe->seconds : INT64_MAX, -static_cast<std::int64_t>(q.settles_all),
                              -static_cast<std::int64_t>(q.settles_some), -static_cast<std::int64_t>(q.relevant), q.ground);
        };
        return key(a) < key(b);
    });
    return result;
}

std::vector<RelationQuestion> relation_questions(const std::vector<Duty>& duties, const Incident& incident) {
    std::map<OpenRelation, RelationQuestion> by_list;
    for (const Duty& duty : duties)
        for (const OpenRelation& list : duty.open_relations) {
            RelationQuestion& question = by_list[list];
            question.list = list;
            question.duties.push_back(duty.id);
            if (duty.deadline.counted && (!question.earliest_safe || *duty.deadline.counted < *question.earliest_safe)) question.earliest_safe = duty.deadline.counted;
        }
    std::vector<RelationQuestion> result;
    for (auto& [list, question] : by_list) {
        const EntityFrame& entity = incident.entities[static_cast<std::size_t>(list.entity)];
        const bool some = std::any_of(entity.relations.begin(), entity.relations.end(), [&](const auto& relation) { return relation.first == list.relation; });
        question.question = (some ? "Is anyone else " : "Is anyone ") + list.relation + " of " + (entity.name.empty() ? entity.id : entity.name) + "?";
        result.push_back(std::move(question));
    }
    std::stable_sort(result.begin(), result.end(), [](const RelationQuestion& a, const RelationQuestion& b) {
        const auto key = [](const RelationQuestion& q) { return std::pair(q.earliest_safe ? q.earliest_safe->seconds : INT64_MAX, -static_cast<std::int64_t>(q.duties.size())); };
        return key(a) < key(b);
    });
    return result;
}

}  // namespace duenotice
