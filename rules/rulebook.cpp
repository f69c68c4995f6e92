#include "rules/rulebook.h"

#include <algorithm>

#include <fmt/format.h>

#include "rules/book_reader.h"
#include "rules/checker.h"
#include "rules/compose.h"
#include "rules/fingerprint.h"
#include "rules/lint.h"
#include "rules/sorted_list.h"

namespace duenotice {

namespace {

const Jurisdiction* find_place(const std::vector<Jurisdiction>& jurisdictions, std::string_view code) {
    return find_in(jurisdictions, code, [](const Jurisdiction& item) -> const std::string& { return item.code; });
}

/// Zone of a place or of its parent; empty when unknown.
std::string_view zone_in(const std::vector<Jurisdiction>& jurisdictions, std::string_view place) {
    const Jurisdiction* jurisdiction = find_place(jurisdictions, place);
    if (jurisdiction == nullptr)
        return place.size() > 2 && place[2] == '-' ? zone_in(jurisdictions, place.substr(0, 2)) : std::string_view();
    if (!jurisdiction->zone.empty() || jurisdiction->parent.empty()) return jurisdiction->zone;
    return zone_in(jurisdictions, jurisdiction->parent);
}

/// The zone of the place whose law it is: that of the obligation, else of its law; empty for a group of places.
std::string zone_of_law(const BookParts& parts, const Obligation& obligation) {
    const Law* law = find_in(parts.laws, obligation.law, by_id);
    const std::string& place = obligation.place.empty() && law != nullptr ? law->place : obligation.place;
    return std::string(zone_in(parts.jurisdictions, place));
}

/// WHY: the trees of an obligation are composed right after they have been checked, while they are near.
void check_and_compose(BookParts& parts, std::vector<CompiledObligation>& compiled, const LoadOptions& options, Diagnostics& diagnostics) {
    const Composer composer(parts.vocabulary, options.include_proposed);
    compiled.reserve(parts.obligations.size());
    check_book(parts, options, diagnostics, [&](const Obligation& obligation) { compiled.push_back(composer.compose(obligation, zone_of_law(parts, obligation))); });
}

/// Over all texts, whatever their names and their order.
std::string fingerprint_of(std::span<const SourcePtr> sources) {
    std::vector<std::string> each;
    for (const SourcePtr& source : sources) each.push_back(sha256_hex(source->text()));
    std::sort(each.begin(), each.end());
    Fingerprint all;
    for (const std::string& one : each) all.add(one);
    return all.hex();
}

std::string edition_of(const RuleBook& book) {
    Date newest;
    for (const Obligation& obligation : book.obligations)
        for (const Version& version : obligation.versions) newest = std::max(newest, version.checked);
    return newest == Date() ? "none" : newest.iso();
}

}  // namespace

const Law* RuleBook::find_law(std::string_view id) const {
    return find_in(laws, id, by_id);
}
const Definition* RuleBook::find_definition(std::string_view id) const {
    return find_in(definitions, id, by_id);
}
const Presumption* RuleBook::find_presumption(std::string_view id) const {
    return find_in(presumptions, id, by_id);
}
const PlaceGroup* RuleBook::find_group(std::string_view id) const {
    return find_in(groups, id, by_id);
}
const Authority* RuleBook::find_authority(std::string_view id) const {
    return find_in(authorities, id, by_id);
}
const Jurisdiction* RuleBook::find_jurisdiction(std::string_view code) const {
    return find_place(jurisdictions, code);
}

const Obligation* RuleBook::find_obligation(std::string_view id) const {
    const auto index = obligation_index(id);
    return index ? &obligations[*index] : nullptr;
}

std::optional<std::uint32_t> RuleBook::obligation_index(std::string_view id) const {
    if (const Obligation* found = find_in(obligations, id, by_id))
        return static_cast<std::uint32_t>(found - obligations.data());
    for (std::size_t i = 0; i < obligations.size(); ++i)
        if (std::find(obligations[i].was.begin(), obligations[i].was.end(), id) != obligations[i].was.end())
            return static_cast<std::uint32_t>(i);
    return {};
}

void RuleBook::index_places() {
    places.clear();
    for (const Jurisdiction& jurisdiction : jurisdictions) places.push_back(jurisdiction.code);
    for (const PlaceGroup& group : groups)
        for (const GroupMember& member : group.members) places.push_back(member.code);
    const std::size_t count = places.size();
    for (std::size_t i = 0; i < count; ++i)
        if (places[i].size() == 2) places.push_back(places[i] + "-?");
    places.push_back("??");
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (PlaceGroup& group : groups) {
        group.ever.clear();
        std::vector<const PlaceGroup*> open{&group};
        for (std::size_t i = 0; i < open.size(); ++i)
            for (const GroupMember& member : open[i]->members) {
                const PlaceGroup* inner = find_group(member.code);
                if (inner == nullptr) group.ever.push_back(member.code);
                else if (std::find(open.begin(), open.end(), inner) == open.end()) open.push_back(inner);
            }
        std::sort(group.ever.begin(), group.ever.end());
        group.ever.erase(std::unique(group.ever.begin(), group.ever.end()), group.ever.end());
    }
}

bool RuleBook::within(std::string_view place, std::string_view group_or_place, std::optional<Date> day) const {
    if (place == group_or_place) return true;
    if (place.size() > group_or_place.size() + 1 && place.substr(0, group_or_place.size()) == group_or_place &&
        place[group_or_place.size()] == '-')
        return true;
    const PlaceGroup* group = find_group(group_or_place);
    if (group == nullptr) return false;
    if (!day) {
        const auto is_member = [&](std::string_view code) { return std::binary_search(group->ever.begin(), group->ever.end(), code, std::less<>()); };
        for (std::size_t end = place.find('-'); end != std::string_view::npos; end = place.find('-', end + 1))
            if (is_member(place.substr(0, end))) return true;
        return is_member(place);
    }
    return std::any_of(group->members.begin(), group->members.end(), [&](const GroupMember& member) {
        const bool in_time = !day || DateRange{member.from, member.until}.contains(*day);
        return in_time && member.code != group_or_place && within(place, member.code, day);
    });
}

std::string_view RuleBook::zone_of(std::string_view place) const {
    return zone_in(jurisdictions, place);
}

std::string_view RuleBook::calendar_of(std::string_view place) const {
    const Jurisdiction* jurisdiction = find_jurisdiction(place);
    if (jurisdiction == nullptr)
        return place.size() > 2 && place[2] == '-' ? calendar_of(place.substr(0, 2)) : std::string_view();
    if (!jurisdiction->calendar.empty() || jurisdiction->parent.empty()) return jurisdiction->calendar;
    return calendar_of(jurisdiction->parent);
}

Checked<std::shared_ptr<const RuleBook>> load_rulebook(std::span<const SourcePtr> sources, const LoadOptions& options) {
    Checked<std::shared_ptr<const RuleBook>> result;
    BookParts parts;
    std::vector<CompiledObligation> compiled;
    if (read_book(sources, options.spread, parts, result.diagnostics)) check_and_compose(parts, compiled, options, result.diagnostics);
    result.diagnostics.sort();
    if (result.diagnostics.has_errors()) return result;
    auto book = std::make_shared<RuleBook>();
    book->vocabulary = std::move(parts.vocabulary);
    book->laws = std::move(parts.laws);
    book->obligations = std::move(parts.obligations);
    book->definitions = std::move(parts.definitions);
    book->presumptions = std::move(parts.presumptions);
    book->jurisdictions = std::move(parts.jurisdictions);
    book->groups = std::move(parts.groups);
    book->authorities = std::move(parts.authorities);
    book->counting = std::move(parts.counting);
    book->index_places();
    book->compiled = std::move(compiled);
    if (options.lint) {
        result.diagnostics.append(lint_book(*book));
        result.diagnostics.sort();
    }
    book->edition = edition_of(*book);
    book->fingerprint = fingerprint_of(sources);
    result.value = std::move(book);
    return result;
}

}  // namespace duenotice
