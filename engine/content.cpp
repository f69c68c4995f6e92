#include "engine/content.h"

#include <algorithm>

#include "engine/verdict.h"

namespace duenotice {

namespace {

bool is_late(const Duty& duty) { return duty.timing == Timing::PastSafe || duty.timing == Timing::PastAll || duty.timing == Timing::MetAfter; }

/// Of which people and place a part is, by name: what is sent bears no id of ours.
std::string people_words(const Frame& frame, const Incident& incident) {
    std::string text;
    if (frame.population >= 0 && !incident.populations[static_cast<std::size_t>(frame.population)].implicit) {
        const PopulationFrame& population = incident.populations[static_cast<std::size_t>(frame.population)];
        text = population.name.empty() ? population.id : population.name;
    }
    if (frame.place >= 0) text += (text.empty() ? "" : ", ") + incident.places[static_cast<std::size_t>(frame.place)].code;
    return text;
}

/// The value as it would stand in the form; an unbound part of the frame is looked for over all of it.
void fill(ContentState& state, const Duty& duty, const Evaluation& evaluation) {
    if (state.fact.empty()) return;
    const Incident& incident = evaluation.incident;
    const auto text = std::find_if(incident.texts.begin(), incident.texts.end(), [&](const auto& entry) { return entry.first == state.fact; });
    if (text != incident.texts.end()) {
        state.value = text->second;
        state.known = true;
        return;
    }
    const FactDeclaration* declaration = evaluation.world.law->vocabulary.find(state.fact);
    if (declaration == nullptr) return;
    const unsigned needed = bindings(declaration->frame);
    if ((needed & ~duty.frame.bindings()) != 0) {
        std::vector<std::string> parts;
        for (const FactRecord& record : incident.facts) {
            if (record.ground.fact != declaration->id || record.history.empty()) continue;
            if (record.ground.frame.entity >= 0 && record.ground.frame.entity != duty.frame.entity) continue;
            if (duty.frame.place >= 0 && record.ground.frame.place >= 0 && record.ground.frame.place != duty.frame.place) continue;
            if (duty.frame.population >= 0 && record.ground.frame.population >= 0 && record.ground.frame.population != duty.frame.population) continue;
            const std::string of = people_words(record.ground.frame, incident);
            parts.push_back((of.empty() ? "" : of + ": ") + words(record.current().value, *declaration));
        }
        for (const std::string& part : parts) state.value += (state.value.empty() ? "" : "; ") + part;
        state.known = !parts.empty();
        return;
    }
    const Known known = evaluation.known(evaluation.ground(declaration->id, duty.frame));
    state.value = words(known, *declaration);
    state.known = !known.is_open(*declaration);
}

}  // namespace

std::vector<ContentState> content_states(const Version& version, const Duty& duty, const Evaluation& evaluation) {
    std::vector<ContentState> result;
    for (const ContentItem& item : version.content) {
        ContentState state;
        state.id = item.id;
        state.label = item.label;
        state.fact = item.fact;
        state.audience = item.audience;
        state.citation = item.citation.provision;
        switch (item.mode) {
            case ItemMode::Mandatory: state.mode = "mandatory"; break;
            case ItemMode::Conditional: state.mode = "conditional"; break;
            case ItemMode::IfAvailable: state.mode = "if-available"; break;
            case ItemMode::Forbidden: state.mode = "forbidden"; break;
            case ItemMode::Heading: state.mode = "heading"; break;
        }
        if (item.only_late && !is_late(duty)) state.applies = Truth::No;
        if (item.when) state.applies = both(state.applies, decide(*item.when, duty.frame, evaluation).truth);
        fill(state, duty, evaluation);
        result.push_back(std::move(state));
    }
    return result;
}

}  // namespace duenotice
