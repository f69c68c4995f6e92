#include "engine/count_place.h"

namespace duenotice {

namespace {

std::string single_place(const TermValue& value) {
    return value.known.closed && value.known.places.size() == 1 ? value.known.places.front() : std::string();
}

}  // namespace

CountPlace count_place(const Limb& limb, const LimbContext& context) {
    CountPlace result;
    const Evaluation& evaluation = context.evaluation;
    const RuleBook& law = *evaluation.world.law;
    std::string place;
    if (limb.calendar_place) {
        place = single_place(evaluation.value(*limb.calendar_place, context.duty.frame));
        if (place.empty()) {
            result.why_not = "the place whose days count is not known yet";
            result.open = true;
            result.questions = open_facts_of(*limb.calendar_place, context);
        }
    } else if (context.duty.frame.place >= 0) {
        place = evaluation.incident.places[static_cast<std::size_t>(context.duty.frame.place)].code;
    } else {
        const Law* of = law.find_law(context.obligation.law);
        place = !context.obligation.place.empty() ? context.obligation.place : of != nullptr ? of->place : std::string();
    }
    if (!limb.zone.empty()) {
        result.zone = evaluation.world.zones.find(limb.zone);
    } else if (!place.empty() && !law.zone_of(place).empty()) {
        result.zone = evaluation.world.zones.find(law.zone_of(place));
    } else {
        result.zone = evaluation.zone(context.duty.frame);
    }
    if (limb.calendar == "place") {
        result.calendar_id = place.empty() ? std::string() : std::string(law.calendar_of(place));
        if (result.calendar_id.empty() && result.why_not.empty())
            result.why_not = place.empty() ? "the place whose calendar counts is not known" : "no calendar on file for " + place;
    } else if (const FactDeclaration* named = law.vocabulary.find(limb.calendar)) {
        result.calendar_id = evaluation.known(evaluation.ground(named->id, context.duty.frame)).text.value_or("");
        result.open = result.open || result.calendar_id.empty();
        if (result.calendar_id.empty()) {
            result.why_not = "whose calendar counts is not known yet";
            result.questions.push_back(named->name);
        }
        else if (!evaluation.world.calendars || evaluation.world.calendars->find(result.calendar_id) == nullptr) result.why_not = "no calendar `" + result.calendar_id + "` on file";
    } else {
        result.calendar_id = limb.calendar;
    }
    if (!result.calendar_id.empty() && evaluation.world.calendars)
        result.calendar = evaluation.world.calendars->find(result.calendar_id);
    if (result.zone == nullptr && result.why_not.empty()) result.why_not = "no time zone is known for the place of the act";
    return result;
}

}  // namespace duenotice
