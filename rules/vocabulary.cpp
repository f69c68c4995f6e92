#include "rules/vocabulary.h"

#include <algorithm>

#include "rules/suggest.h"

namespace duenotice {

std::string_view name(FrameKind frame) {
    switch (frame) {
        case FrameKind::Incident: return "incident";
        case FrameKind::Entity: return "entity";
        case FrameKind::Population: return "population";
        case FrameKind::EntityPopulation: return "entity-population";
        case FrameKind::EntityPlace: return "entity-place";
        case FrameKind::PopulationPlace: return "population-place";
        case FrameKind::Contract: return "contract";
        case FrameKind::Event: return "event";
        case FrameKind::Series: return "series";
        case FrameKind::Member: return "member";
    }
    return "incident";
}

unsigned bindings(FrameKind frame) {
    switch (frame) {
        case FrameKind::Incident: return 0;
        case FrameKind::Entity: return bind::entity;
        case FrameKind::Population: return bind::population;
        case FrameKind::EntityPopulation: return bind::entity | bind::population;
        case FrameKind::EntityPlace: return bind::entity | bind::place;
        case FrameKind::PopulationPlace: return bind::population | bind::place;
        case FrameKind::Contract: return bind::contract;
        case FrameKind::Event: return bind::event;
        case FrameKind::Series: return bind::series;
        case FrameKind::Member: return bind::series | bind::member;
    }
    return 0;
}

std::optional<std::uint32_t> FactDeclaration::choice_index(std::string_view token) const {
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i].token == token) return static_cast<std::uint32_t>(i);
    return {};
}

bool Vocabulary::add(FactDeclaration declaration) {
    if (by_name_.count(declaration.name) != 0) return false;
    if (declaration.type == ValueType::YesNo) declaration.choices = {{"yes", "yes"}, {"no", "no"}};
    declaration.id = static_cast<FactId>(facts_.size());
    const bool judgement = declaration.type == ValueType::Judgement;
    if (judgement) declaration.decided_at = static_cast<FactId>(declaration.id + 1);
    by_name_.emplace(declaration.name, declaration.id);
    facts_.push_back(std::move(declaration));
    if (!judgement) return true;
    FactDeclaration decided;
    const FactDeclaration& made = facts_.back();
    decided.id = *made.decided_at;
    decided.name = made.name + ".decided_at";
    decided.frame = made.frame;
    decided.type = ValueType::Instant;
    decided.asked = made.asked;
    decided.question = "When was that decided? " + made.question;
    if (!made.short_words.empty()) decided.short_words = "decision on " + made.short_words;
    decided.judgement = made.id;
    decided.span = made.span;
    by_name_.emplace(decided.name, decided.id);
    facts_.push_back(std::move(decided));
    return true;
}

const FactDeclaration* Vocabulary::find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &facts_[found->second];
}

std::string Vocabulary::suggest(std::string_view name) const {
    std::vector<std::string_view> names;
    for (const auto& entry : by_name_) names.push_back(entry.first);
    std::sort(names.begin(), names.end());
    return nearest(name, names);
}

}  // namespace duenotice
