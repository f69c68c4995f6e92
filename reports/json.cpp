#include "reports/json.h"

#include <nlohmann/json.hpp>

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

Json instant(const std::optional<Instant>& at) { return at ? Json(iso_utc(*at)) : Json(nullptr); }

Json step_json(const Step& step) {
    Json json{{"what", step.what}};
    if (step.from) json["from"] = iso_utc(*step.from);
    if (step.to) json["to"] = iso_utc(*step.to);
    if (step.from_day) json["from_day"] = step.from_day->iso();
    if (step.to_day) json["to_day"] = step.to_day->iso();
    if (!step.name.empty()) json["name"] = step.name;
    if (!step.calendar.empty()) json["calendar"] = step.calendar;
    if (!step.provision.empty()) json["provision"] = step.provision;
    return json;
}

Json bounds_json(const Bounds& bounds) { return {{"earliest_utc", iso_utc(bounds.earliest)}, {"latest_utc", iso_utc(bounds.latest)}}; }

Json alternative_json(const Alternative& alternative, const ZoneSet& zones) {
    Json json{{"kind", name(alternative.kind)}, {"limb", alternative.limb}};
    const Zone* zone = alternative.zone.empty() ? nullptr : zones.find(alternative.zone);
    json["safe_utc"] = instant(alternative.safe);
    json["safe_local"] = alternative.safe && zone != nullptr ? Json(iso_local(*alternative.safe, *zone)) : Json(nullptr);
    json["zone"] = alternative.zone.empty() ? Json(nullptr) : Json(alternative.zone);
    json["maximum_utc"] = instant(alternative.maximum);
    if (alternative.last_day) json["last_day"] = alternative.last_day->iso();
    json["bounds"] = nullptr;
    if (alternative.safe_bounds || alternative.maximum_bounds) {
        json["bounds"] = Json::object();
        if (alternative.safe_bounds) json["bounds"]["safe"] = bounds_json(*alternative.safe_bounds);
        if (alternative.maximum_bounds) json["bounds"]["maximum"] = bounds_json(*alternative.maximum_bounds);
    }
    const auto text = [&json](const char* member, const std::string& value) {
        if (!value.empty()) json[member] = value;
    };
    text("condition", alternative.condition);
    text("reading", alternative.reading);
    text("words", alternative.words);
    text("amount", alternative.amount);
    text("start", alternative.start);
    text("counting", alternative.counting);
    text("calendar", alternative.calendar);
    text("citation", alternative.citation);
    text("version_from", alternative.version_from);
    text("hold", alternative.hold);
    text("reason", alternative.reason);
    text("projected_from", alternative.projected_from);
    text("act", alternative.act);
    if (alternative.start_span) {
        json["start_utc"] = iso_utc(alternative.start_span->earliest);
        if (!alternative.start_span->is_exact()) json["start_latest_utc"] = iso_utc(alternative.start_span->latest);
    }
    if (alternative.projected) json["projected"] = true;
    if (alternative.soft_extended) json["extended"] = true;
    if (alternative.before_act) json["before"] = true;
    if (alternative.at_once) json["at_once"] = true;
    if (alternative.estimated) json["estimated_calendar_day"] = true;
    if (alternative.old_zone_data) json["zone_data_outdated"] = true;
    if (alternative.tolled) json["tolled"] = true;
    if (!alternative.questions.empty()) json["questions"] = alternative.questions;
    json["steps"] = Json::array();
    for (const ReadingLimit& reading : alternative.readings) {
        Json one{{"reading", reading.label}, {"citation", reading.citation}, {"end_utc", iso_utc(reading.end)}};
        if (reading.last_day) one["last_day"] = reading.last_day->iso();
        one["steps"] = Json::array();
        for (const Step& step : reading.steps) one["steps"].push_back(step_json(step));
        json["steps"].push_back(std::move(one));
    }
    return json;
}

Json deadline_json(const Deadline& deadline, const ZoneSet& zones) {
    Json json{{"safe_utc", instant(deadline.safe)}, {"maximum_utc", instant(deadline.maximum)}};
    if (deadline.may_end_sooner && deadline.counted) json["counted_utc"] = iso_utc(*deadline.counted);
    if (deadline.may_end_sooner || deadline.may_end_later) {
        json["may_end"] = Json::array();
        if (deadline.may_end_sooner) json["may_end"].push_back("sooner");
        if (deadline.may_end_later) json["may_end"].push_back("later");
    }
    if (deadline.not_before) json["not_before_utc"] = iso_utc(*deadline.not_before);
    if (deadline.empty_window) json["empty_window"] = true;
    if (deadline.lasts_until) json["lasts_until_utc"] = iso_utc(*deadline.lasts_until);
    if (deadline.since) json["since_utc"] = iso_utc(*deadline.since);
    if (!deadline.repeats.empty()) {
        json["repeats_utc"] = Json::array();
        for (const Instant at : deadline.repeats) json["repeats_utc"].push_back(iso_utc(at));
    }
    if (deadline.repeat_missed) json["repeat_missed_utc"] = iso_utc(*deadline.repeat_missed);
    json["alternatives"] = Json::array();
    for (const Alternative& alternative : deadline.alternatives) json["alternatives"].push_back(alternative_json(alternative, zones));
    if (!deadline.other_limbs.empty()) {
        json["other_limbs"] = Json::array();
        for (const Alternative& alternative : deadline.other_limbs) json["other_limbs"].push_back(alternative_json(alternative, zones));
    }
    return json;
}

Json recipient_json(const Recipient& recipient) {
    Json json{{"id", recipient.id}, {"title", recipient.title}};
    if (!recipient.place.empty()) json["place"] = recipient.place;
    json["owed"] = recipient.owed == Truth::Yes ? "yes" : recipient.owed == Truth::No ? "no" : "open";
    if (recipient.copy) json["copy"] = true;
    if (recipient.passed_on) json["passed_on"] = true;
    if (recipient.freed) json["freed"] = true;
    if (!recipient.freed_by.empty()) json["freed_by"] = recipient.freed_by;
    if (!recipient.citation.empty()) json["citation"] = recipient.citation;
    json["done"] = name(recipient.done);
    json["timing"] = name(recipient.timing);
    json["channels"] = Json::array();
    for (const Door& channel : recipient.channels) {
        Json one{{"kind", channel.kind}};
        if (channel.open) one["applies"] = "open";
        if (!channel.address.empty()) one["address"] = channel.address;
        if (!channel.hours.empty()) one["hours"] = channel.hours;
        json["channels"].push_back(std::move(one));
    }
    // A door of which it is open whether the law forbids it stands apart: who reads the first list alone loses no door.
    for (const Door& door : recipient.forbidden_channels) json[door.open ? "perhaps_forbidden_channels" : "forbidden_channels"].push_back(door.kind);
    if (!recipient.filings.empty()) json["filings"] = recipient.filings;
    return json;
}

Json content_json(const ContentState& state) {
    Json json{{"id", state.id}, {"label", state.label}, {"mode", state.mode}, {"applies", state.applies == Truth::Yes ? "yes" : state.applies == Truth::No ? "no" : "open"}};
    if (!state.fact.empty()) json["fact"] = state.fact;
    if (!state.audience.empty()) json["audience"] = state.audience;
    json["known"] = state.known;
    if (state.known) json["value"] = state.value;
    if (!state.citation.empty()) json["citation"] = state.citation;
    return json;
}

Json optional_text(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json duty_json(const Duty& duty, const ReportContext& context) {
    const Assessment& assessment = context.assessment;
    const Obligation& obligation = obligation_of(duty, assessment);
    Json json{{"id", duty.id}, {"obligation", obligation.id}, {"title", obligation.title}, {"law", obligation.law}, {"entity", duty.entity}};
    json["population"] = optional_text(duty.population);
    json["place"] = optional_text(duty.place);
    json["contract"] = optional_text(duty.contract);
    json["event"] = optional_text(duty.event);
    json["series"] = optional_text(duty.series);
    json["act"] = name(obligation.act);
    json["modality"] = name(obligation.modality);
    json["verdict"] = name(duty.verdict);
    json["exact"] = duty.exact;
    if (!duty.exact) json["why_inexact"] = duty.why_inexact;
    if (duty.presumed) json["presumed"] = true;
    if (!duty.readings.empty()) {
        json["readings"] = Json::array();
        for (const ReadingVerdict& reading : duty.readings) json["readings"].push_back({{"label", reading.label}, {"verdict", name(reading.verdict)}});
    }
    json["when"] = duty.when == Truth::Yes ? "yes" : duty.when == Truth::No ? "no" : "open";
    json["exceptions"] = Json::array();
    for (const ExceptionState& exception : duty.exceptions)
        json["exceptions"].push_back({{"id", exception.id}, {"effect", exception.effect}, {"citation", exception.citation},
                                      {"holds", exception.holds == Truth::Yes ? "yes" : exception.holds == Truth::No ? "no" : "open"}});
    json["modifiers"] = Json::array();
    for (const Modifier& modifier : duty.modifiers) {
        Json one{{"kind", modifier.kind}, {"holds", modifier.holds == Truth::Yes ? "yes" : "open"}, {"by", modifier.by}, {"citation", modifier.citation}};
        if (!modifier.residue.empty()) one["residue"] = modifier.residue;
        if (modifier.until) one["until_utc"] = iso_utc(*modifier.until);
        if (!modifier.recipients.empty()) one["recipients"] = modifier.recipients;
        json["modifiers"].push_back(std::move(one));
    }
    json["standing"] = name(duty.standing);
    if (!duty.standing_by.empty()) json["standing_by"] = duty.standing_by;
    json["done"] = name(duty.done);
    json["timing"] = name(duty.timing);
    if (!duty.timing_note.empty()) json["timing_note"] = duty.timing_note;
    json["deadline"] = deadline_json(duty.deadline, context.zones);
    json["recipients"] = Json::array();
    for (const Recipient& recipient : duty.recipients) json["recipients"].push_back(recipient_json(recipient));
    json["content"] = Json::array();
    for (const ContentState& state : duty.content)
        if (state.applies != Truth::No) json["content"].push_back(content_json(state));
    json["open_facts"] = Json::array();
    for (const GroundFact& ground : duty.open_facts) json["open_facts"].push_back(fact_name(ground, assessment));
    for (const OpenRelation& list : duty.open_relations) json["open_relations"].push_back({{"relation", list.relation}, {"entity", assessment.incident->entities[static_cast<std::size_t>(list.entity)].id}});
    json["because"] = Json::array();
    for (const Because& because : duty.because)
        json["because"].push_back({{"fact", fact_name(because.ground, assessment)}, {"needed", because.needed}, {"value", because.value}});
    json["citations"] = duty.citations;
    json["grade"] = grade_word(duty);
    if (const auto own = own_word(duty); !own.empty()) json["not_law"] = own;
    if (duty.heads_low) json["heads"] = {{"at_least", *duty.heads_low}};
    if (duty.heads_high) json["heads"]["at_most"] = *duty.heads_high;
    if (duty.flips_at) json["flips_at_utc"] = iso_utc(*duty.flips_at);
    if (!duty.filings.empty()) json["filings"] = duty.filings;
    if (!duty.look_again.empty()) json["look_again"] = duty.look_again;
    for (const LimitOnRecord& limit : context.limits_on_record)
        if (limit.duty == duty.id) json["limits_on_record"].push_back({{"kind", limit.kind}, {"by", limit.by}, {"until_utc", iso_utc(limit.until)}, {"entry", limit.entry}});
    if (!duty.choice_set.empty()) json["choice_set"] = duty.choice_set;
    return json;
}

Json question_json(const Question& question, const Assessment& assessment) {
    Json json{{"fact", fact_name(question.ground, assessment)}, {"question", question.question}, {"where", question.frame},
              {"earliest_safe_utc", instant(question.earliest_safe)}, {"settles_all", question.settles_all},
              {"settles_some", question.settles_some}, {"relevant", question.relevant}, {"duties", question.duties}};
    if (!question.asked_of.empty()) json["asked_of"] = question.asked_of;
    if (question.expected_at) json["expected_at_utc"] = iso_utc(*question.expected_at);
    return json;
}

/// Whether a list is complete: beside the questions about facts.
Json relation_question_json(const RelationQuestion& question, const Assessment& assessment) {
    return {{"list", "relations"}, {"relation", question.list.relation}, {"entity", assessment.incident->entities[static_cast<std::size_t>(question.list.entity)].id},
            {"question", question.question}, {"earliest_safe_utc", instant(question.earliest_safe)}, {"relevant", question.duties.size()}, {"duties", question.duties}};
}

Json questions_array(const Assessment& assessment) {
    Json json = Json::array();
    for (const Question& question : assessment.questions) json.push_back(question_json(question, assessment));
    for (const RelationQuestion& question : assessment.relation_questions) json.push_back(relation_question_json(question, assessment));
    return json;
}

/// Promises and house rules are no law and stand beside the totals.
void add_own_counts(Json& counts, const Assessment& assessment) {
    for (const Duty& duty : assessment.duties) {
        const auto word = own_word(duty);
        if (word.empty()) continue;
        Json& own = counts[word == "house rule" ? "house_rule" : "by_contract"];
        if (own.is_null()) own = {{"owed", 0}, {"undetermined", 0}, {"not_owed", 0}};
        Json& one = own[std::string(name(duty.verdict))];
        one = one.get<std::uint32_t>() + 1;
    }
}

std::string dump(const Json& json, bool compact) { return compact ? json.dump() : json.dump(2) + "\n"; }

}  // namespace

std::string assessment_json(const ReportContext& context, bool compact) {
    const Assessment& assessment = context.assessment;
    Json json{{"duenotice", "assessment/1"}, {"incident", assessment.incident->id}, {"title", assessment.incident->title}};
    if (assessment.incident->drill) json["drill"] = true;
    json["as_of"] = iso_utc(assessment.moment.as_of);
    json["known_at"] = instant(assessment.moment.known_at);
    json["versions"] = Json::object();
    for (const auto& [key, value] : provenance(context)) json["versions"][key] = value;
    std::uint32_t owed = 0, open = 0, not_owed = 0;
    for (const Duty& duty : assessment.duties)
        if (own_word(duty).empty()) ++(duty.verdict == Verdict::Owed ? owed : duty.verdict == Verdict::Undetermined ? open : not_owed);
    json["counts"] = {{"duties", owed + open + not_owed}, {"owed", owed}, {"undetermined", open}, {"not_owed", not_owed}};
    add_own_counts(json["counts"], assessment);
    json["not_covered"] = Json::array();
    for (const NotCovered& line : assessment.not_covered) {
        Json one{{"place", line.place}, {"why", line.why}};
        if (!line.sector.empty()) one["what"] = line.sector;
        if (line.people_low) one["people_at_least"] = *line.people_low;
        if (line.people_high) one["people_at_most"] = *line.people_high;
        json["not_covered"].push_back(std::move(one));
    }
    json["families"] = Json::array();
    for (const FamilyLine& line : assessment.families)
        json["families"].push_back({{"family", line.family}, {"places", line.places}, {"question", line.question}});
    json["duties"] = Json::array();
    for (const Duty& duty : assessment.duties) json["duties"].push_back(duty_json(duty, context));
    json["questions"] = questions_array(assessment);
    json["places_ruled_out"] = Json::object();
    for (const auto& [place, count] : assessment.places_ruled_out) json["places_ruled_out"][place] = count;
    return dump(json, compact);
}

std::string batch_line_json(const Assessment& assessment) {
    Json json{{"id", assessment.incident->id}, {"duties", Json::array()}};
    std::uint32_t not_owed = 0;
    for (const Duty& duty : assessment.duties) {
        if (duty.verdict == Verdict::NotOwed) {
            ++not_owed;
            continue;
        }
        Json one{{"d", duty.id}, {"v", duty.verdict == Verdict::Owed ? "O" : "U"}};
        if (duty.deadline.safe) one["s"] = iso_utc(*duty.deadline.safe);
        else if (duty.deadline.counted) one["at_latest"] = iso_utc(*duty.deadline.counted);
        if (duty.deadline.maximum && duty.deadline.maximum != duty.deadline.safe) one["m"] = iso_utc(*duty.deadline.maximum);
        if (!duty.modifiers.empty()) {
            one["mod"] = Json::array();
            for (const Modifier& modifier : duty.modifiers) one["mod"].push_back(modifier.kind);
        }
        if (!duty.open_facts.empty() || !duty.open_relations.empty()) {
            one["open"] = Json::array();
            for (const OpenRelation& list : duty.open_relations) one["open"].push_back("relations " + list.relation);
            for (const GroundFact& ground : duty.open_facts) one["open"].push_back(assessment.law->vocabulary.at(ground.fact).name);
        }
        if (duty.done != Done::Nothing) one["done"] = name(duty.done);
        if (!duty.exact) one["exact"] = false;
        json["duties"].push_back(std::move(one));
    }
    json["not_owed"] = not_owed;
    json["families"] = assessment.families.size();
    return json.dump();
}

std::string explanation_json(const Explanation& explanation, const ReportContext& context) {
    const auto node = [](const auto& self, const TraceNode& trace) -> Json {
        Json json{{"truth", trace.truth == Truth::Yes ? "yes" : trace.truth == Truth::No ? "no" : "open"}};
        if (!trace.label.empty()) json["label"] = trace.label;
        if (!trace.text.empty()) json["text"] = trace.text;
        if (!trace.value.empty()) json["value"] = trace.value;
        if (!trace.citation.empty()) json["citation"] = trace.citation;
        for (const TraceNode& child : trace.children) json["children"].push_back(self(self, child));
        return json;
    };
    Json json{{"duenotice", "explanation/1"}, {"duty", explanation.duty}, {"parts", Json::array()}};
    for (const TraceNode& part : explanation.parts) json["parts"].push_back(node(node, part));
    if (const Duty* duty = context.assessment.find(explanation.duty)) json["result"] = duty_json(*duty, context);
    for (const DecisionRow& row : explanation.decision_table) {
        Json one{{"truth", row.truth == Truth::Yes ? "owed" : row.truth == Truth::No ? "not_owed" : "undetermined"}, {"cases", Json::object()}};
        for (const auto& [fact, piece] : row.cells) one["cases"][fact] = piece;
        json["decision_table"].push_back(std::move(one));
    }
    if (explanation.table_cut) json["decision_table_cut"] = true;
    return dump(json, false);
}

std::string questions_json(const ReportContext& context) {
    Json json{{"duenotice", "questions/1"}, {"incident", context.assessment.incident->id}, {"questions", questions_array(context.assessment)}};
    return dump(json, false);
}

std::string diff_json(const std::vector<DutyChange>& changes) {
    constexpr std::string_view kinds[] = {"added", "dropped", "moved", "same", "renamed"};
    Json json{{"duenotice", "diff/1"}, {"changes", Json::array()}};
    for (const DutyChange& change : changes) {
        Json one{{"duty", change.duty}, {"kind", kinds[static_cast<std::size_t>(change.kind)]}};
        if (!change.was.empty()) one["was"] = change.was;
        if (!change.what.empty()) one["what"] = change.what;
        if (!change.causes.empty()) one["causes"] = change.causes;
        if (change.other_causes > 0) one["other_causes"] = change.other_causes;
        if (change.by_time) one["by_time"] = true;
        json["changes"].push_back(std::move(one));
    }
    return dump(json, false);
}

std::string json_string(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

}  // namespace duenotice
