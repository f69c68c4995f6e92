#include "rules/book_names.h"

#include <algorithm>

#include "rules/attribute_value.h"
#include "rules/sorted_list.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

const auto by_code = [](const Jurisdiction& item) -> const std::string& { return item.code; };

template <class List>
std::optional<std::uint32_t> index_in(const List& list, std::string_view id) {
    const auto* found = find_in(list, id, by_id);
    if (found == nullptr) return {};
    return static_cast<std::uint32_t>(found - list.data());
}

template <class List>
std::vector<std::string_view> ids_of(const List& list) {
    std::vector<std::string_view> ids;
    for (const auto& item : list) ids.push_back(item.id);
    return ids;
}

}  // namespace

BookNames::BookNames(const BookParts& parts) : parts_(parts) {
    for (const Law& law : parts.laws)
        for (const HoldRule& rule : law.holds) hold_kinds_.insert(rule.kind);
    for (const Authority& authority : parts.authorities) {
        recipients_.insert(authority.id);
        competences_.insert(authority.competences.begin(), authority.competences.end());
    }
    for (const Obligation& obligation : parts.obligations)
        for (const Version& version : obligation.versions)
            for (const RecipientLimb& limb : version.recipients.limbs)
                if (!limb.who.empty()) recipients_.insert(limb.who);
    for (const Definition& definition : parts.definitions) conditions_.push_back(definition.id);
    for (const Presumption& presumption : parts.presumptions) conditions_.push_back(presumption.id);
    for (const Obligation& obligation : parts.obligations) conditions_.push_back(obligation.id);
    names_.vocabulary = &parts.vocabulary;
    names_.definition = [this](std::string_view id) { return index_in(parts_.definitions, id); };
    names_.presumption = [this](std::string_view id) { return index_in(parts_.presumptions, id); };
    names_.obligation = [this](std::string_view id) { return obligation_index(id); };
    names_.definition_frame = [this](std::uint32_t i) { return parts_.definitions[i].frame; };
    names_.presumption_frame = [this](std::uint32_t i) { return parts_.presumptions[i].frame; };
    names_.is_place = [this](std::string_view code) { return is_place(code); };
    names_.is_group = [this](std::string_view id) { return group(id) != nullptr; };
    names_.is_hold_kind = [this](std::string_view kind) { return is_hold_kind(kind); };
    names_.is_counting_law = [this](std::string_view id) { return counting(id) != nullptr; };
    names_.suggest = [this](std::string_view id) { return nearest(id, conditions_); };
}

std::optional<std::uint32_t> BookNames::obligation_index(std::string_view id) const {
    if (const auto index = index_in(parts_.obligations, id)) return index;
    for (std::size_t i = 0; i < parts_.obligations.size(); ++i) {
        const std::vector<std::string>& was = parts_.obligations[i].was;
        if (std::find(was.begin(), was.end(), id) != was.end()) return static_cast<std::uint32_t>(i);
    }
    return {};
}

const Obligation* BookNames::obligation(std::string_view id) const {
    const auto index = obligation_index(id);
    return index ? &parts_.obligations[*index] : nullptr;
}

const Authority* BookNames::authority(std::string_view id) const {
    return find_in(parts_.authorities, id, by_id);
}
const PlaceGroup* BookNames::group(std::string_view id) const {
    return find_in(parts_.groups, id, by_id);
}
const Law* BookNames::law(std::string_view id) const {
    return find_in(parts_.laws, id, by_id);
}

const Jurisdiction* BookNames::jurisdiction(std::string_view code) const {
    return find_in(parts_.jurisdictions, code, by_code);
}

bool BookNames::is_place(std::string_view code) const {
    return has_place_shape(code) || code == "unknown" || group(code) != nullptr;
}

bool BookNames::is_recipient(std::string_view word) const {
    return recipients_.find(word.substr(0, word.find('@'))) != recipients_.end();
}

std::string BookNames::near_obligation(std::string_view id) const {
    return nearest(id, ids_of(parts_.obligations));
}
std::string BookNames::near_authority(std::string_view id) const {
    return nearest(id, ids_of(parts_.authorities));
}
std::string BookNames::near_counting(std::string_view id) const {
    return nearest(id, ids_of(parts_.counting.laws));
}
std::string BookNames::near_place(std::string_view code) const {
    return nearest(code, ids_of(parts_.groups));
}
std::string BookNames::near_recipient(std::string_view word) const {
    return nearest(word, recipients_);
}
std::string BookNames::near_competence(std::string_view regime) const {
    return nearest(regime, competences_);
}

}  // namespace duenotice
