// From one assessment to the rows of the portfolio report.
#include <set>

#include "reports/batch_report.h"
#include "reports/plain_words.h"

namespace duenotice {

namespace {

std::string local_limit(const Duty& duty, const ReportContext& context) {
    if (!duty.deadline.counted || duty.deadline.alternatives.empty()) return "-";
    const Zone* zone = context.zones.find(duty.deadline.alternatives.front().zone);
    const Zone& show = zone == nullptr ? context.main_zone() : *zone;
    return (duty.deadline.may_end_sooner ? "at latest " : "") + local_words(*duty.deadline.counted, show, true) + " " + zone_city(show.name());
}

bool is_done(const Duty& duty) {
    return (duty.done >= Done::Submitted && duty.done <= Done::Acknowledged) || duty.standing == Standing::Discharged || duty.standing == Standing::ElectedAway;
}

BatchRow row_of(const Duty& duty, const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    const EntityFrame& entity = assessment.incident->entities[static_cast<std::size_t>(duty.frame.entity)];
    BatchRow row;
    row.incident = assessment.incident->id;
    row.entity = entity.name.empty() ? entity.id : entity.name;
    row.recipient = recipient_names(duty);
    row.to_brief = recipients_brief(duty, assessment);
    row.act = act_word(obligation_of(duty, assessment).act);
    row.what = obligation_of(duty, assessment).title;
    row.asked_by = asked_by_words(duty);
    row.law = own_word(duty).empty();
    row.duty = duty.id;
    row.citation = law_brief(duty, assessment);
    row.place = duty.place;
    row.population = duty.population;
    const FieldOwner owner = owner_of(duty, assessment);
    row.owner = owner.owner;
    row.deputy = owner.deputy;
    row.safe = duty.deadline.safe;
    row.counted = duty.deadline.counted;
    row.maximum = duty.deadline.maximum;
    row.verdict = duty.verdict;
    row.done = duty.done;
    row.timing = duty.timing;
    row.timing_words = timing_words(duty);
    row.grade = grade_word(duty);
    row.local = local_limit(duty, context);
    row.waits_for = open_words({&duty}, assessment, 6);
    for (const Modifier& modifier : duty.modifiers) row.modifiers += (row.modifiers.empty() ? "" : "; ") + modifier_words(modifier, context);
    if (const std::string standards = standards_beside(duty.deadline, assessment.law.get()); !standards.empty()) row.modifiers += (row.modifiers.empty() ? "" : "; ") + standards;
    std::set<std::string> caveats{what_is_not_counted(duty.deadline)};
    for (const Alternative& alternative : duty.deadline.alternatives) caveats.insert(what_may_move(alternative));
    for (const std::string& caveat : caveats)
        if (!caveat.empty()) row.modifiers += (row.modifiers.empty() ? "" : "; ") + caveat;
    row.log_in = log_in_word(duty, assessment);
    return row;
}

std::string stated(const char* fact, const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    for (const auto& [id, text] : assessment.incident->texts)
        if (id == fact) return text;
    const FactDeclaration* declaration = assessment.law->vocabulary.find(fact);
    if (declaration == nullptr) return "not known yet";
    std::string text;
    for (const FactRecord& record : assessment.incident->facts) {
        if (record.ground.fact != declaration->id || record.history.empty()) continue;
        const std::string where = frame_words(record.ground, nullptr, assessment);
        text += (text.empty() ? "" : "; ") + (where.empty() ? "" : where + ": ") + value_in_words(words(record.current().value, *declaration), *declaration, context.main_zone());
    }
    return text.empty() ? "not known yet" : text;
}

/// What the register of breaches must hold: facts, effects, measures, who was told, and why not where nobody was.
std::vector<Cell> register_row(const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    std::string entities, told, judgements;
    std::int64_t owed_to_tell = 0;
    for (const EntityFrame& entity : assessment.incident->entities)
        if (!entity.in_group_only) entities += (entities.empty() ? "" : "; ") + (entity.name.empty() ? entity.id : entity.name);
    for (const Filing& filing : assessment.incident->filings) {
        const auto at = filing.submitted_at ? filing.submitted_at : filing.dispatched_at;
        if (!at) continue;
        const Authority* authority = assessment.law->find_authority(filing.recipient);
        told += (told.empty() ? "" : "; ") + (filing.recipient.empty() ? std::string("all recipients") : authority == nullptr ? word_as_text(filing.recipient) : authority->title) + ", " + local_words(*at, context.main_zone()) + " " + zone_city(context.main_zone().name());
    }
    for (const FactRecord& record : assessment.incident->facts) {
        const FactDeclaration& declaration = assessment.law->vocabulary.at(record.ground.fact);
        if (declaration.type != ValueType::Judgement || record.history.empty() || record.current().value.is_open(declaration)) continue;
        const Statement& made = record.current();
        judgements += (judgements.empty() ? "" : "; ") + short_fact(declaration) + ": " + value_in_words(words(made.value, declaration), declaration, context.main_zone()) + ", by " + (made.by.empty() ? "whom is not stated" : made.by) + (made.reasons.empty() ? "" : " (" + made.reasons + ")");
    }
    for (const Duty& duty : assessment.duties)
        if (duty.verdict == Verdict::Owed && own_word(duty).empty() && obligation_of(duty, assessment).act == Act::Tell && !is_done(duty)) ++owed_to_tell;
    return {assessment.incident->id, entities.empty() ? "not known yet" : entities, stated("incident.detected_at", context), stated("incident.kinds", context), stated("data.categories", context), stated("people.total", context),
            stated("text.likely_consequences", context), stated("text.measures_taken", context), told.empty() ? "nothing on record" : told, owed_to_tell, judgements.empty() ? "none on record" : judgements, static_cast<std::int64_t>(assessment.incident->facts.size())};
}

void count_not_covered(BatchRun& run, const Assessment& assessment) {
    for (const NotCovered& line : assessment.not_covered) {
        if (!line.sector.empty()) continue;
        auto& [incidents, people] = run.not_covered[line.place];
        ++incidents;
        people += static_cast<std::uint64_t>(line.people_low.value_or(0));
    }
    for (const FamilyLine& line : assessment.families) ++run.families[family_words(line.family, *assessment.law)];
}

}  // namespace

void add_assessment(BatchRun& run, const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    ++run.assessed;
    run.by_tree += assessment.by_tree;
    run.by_split += assessment.by_split;
    count_not_covered(run, assessment);
    std::set<std::string> asked;
    for (const Duty& duty : assessment.duties) {
        run.inexact += duty.exact ? 0 : 1;
        VerdictCounts& counts = own_word(duty).empty() ? run.law : run.own[std::string(own_word(duty))];
        ++(duty.verdict == Verdict::Owed ? counts.owed : duty.verdict == Verdict::NotOwed ? counts.not_owed : counts.open);
        if (duty.verdict == Verdict::NotOwed) continue;
        if (duty.verdict == Verdict::Owed && !is_done(duty)) ++counts.due;
        for (const GroundFact& ground : duty.open_facts) {
            const std::string fact = short_fact(assessment.law->vocabulary.at(ground.fact));
            auto& [duties, incidents] = run.questions[fact];
            ++duties;
            if (asked.insert(fact).second) ++incidents;
        }
        if (duty.verdict == Verdict::Undetermined && duty.open_facts.empty() && duty.open_relations.empty()) ++run.open_without_fact;
        run.rows.push_back(row_of(duty, context));
    }
    run.register_rows.push_back(register_row(context));
}

}  // namespace duenotice
