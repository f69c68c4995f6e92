#include "engine/record/start_change.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

/// Whether a start term names the fact, as a whole word.
bool names(const std::string& term, const std::string& fact) {
    for (std::size_t at = term.find(fact); at != std::string::npos; at = term.find(fact, at + 1)) {
        const std::size_t end = at + fact.size();
        if ((at == 0 || !is_name_character(term[at - 1])) && (end == term.size() || !is_name_character(term[end]))) return true;
    }
    return false;
}

bool of_frame(const Duty& duty, const AccountPath& path) {
    const std::pair<std::string_view, const std::string*> parts[] = {{"entities", &duty.entity}, {"populations", &duty.population}, {"places", &duty.place}, {"contracts", &duty.contract}, {"events", &duty.event}, {"series", &duty.series}};
    for (std::size_t i = 0; i + 1 < path.size(); i += 2)
        for (const auto& [list, id] : parts)
            if (path[i] == list && !id->empty() && *id != path[i + 1]) return false;
    return true;
}

/// The alternatives of the duty that run from the fact.
std::vector<const Alternative*> running(const Duty& duty, const std::string& fact, const AccountPath& path) {
    std::vector<const Alternative*> found;
    if (duty.verdict == Verdict::NotOwed || !of_frame(duty, path)) return found;
    for (const auto* list : {&duty.deadline.alternatives, &duty.deadline.other_limbs})
        for (const Alternative& alternative : *list)
            if (names(alternative.start, fact)) found.push_back(&alternative);
    return found;
}

std::optional<Instant> earliest(const Assessment& assessment, const std::string& fact, const AccountPath& path, std::vector<std::string>& duties) {
    std::optional<Instant> limit;
    for (const Duty& duty : assessment.duties) {
        const auto found = running(duty, fact, path);
        if (!found.empty() && std::find(duties.begin(), duties.end(), duty.id) == duties.end()) duties.push_back(duty.id);
        for (const Alternative* alternative : found)
            if (alternative->safe && (!limit || *alternative->safe < *limit)) limit = alternative->safe;
    }
    return limit;
}

}  // namespace

std::string_view StartChange::when() const {
    if (!old_limit) return "no limit";
    return recorded <= iso_utc(*old_limit) ? "before" : "after";
}

std::vector<StartChange> start_changes(const std::vector<RecordedEntry>& entries, std::uint64_t from, std::uint64_t to, const Assessment& before, const Assessment& after) {
    std::vector<StartChange> changes;
    std::vector<CurrentStatement> current = current_statements({entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(from + 1)});
    for (std::uint64_t seq = from + 1; seq <= to && seq < entries.size(); ++seq) {
        const auto fact = read_fact(entries[seq]);
        if (!fact) continue;
        const auto was = std::find_if(current.begin(), current.end(), [&](const CurrentStatement& each) { return each.path == fact->path && each.fact == fact->fact; });
        const std::string is = canonical_json(fact->statement);
        if (was == current.end()) {
            current.push_back({fact->path, fact->fact, seq, fact->statement});
            continue;
        }
        StartChange change{seq, was->entry, fact->path, fact->fact, canonical_json(was->statement), is, entries[seq].leaf.rec, entries[seq].leaf.actor, field_text(entries[seq], "second"), fact->reason, {}, {}, {}};
        *was = {fact->path, fact->fact, seq, fact->statement};
        change.old_limit = earliest(before, change.fact, change.path, change.duties);
        change.new_limit = earliest(after, change.fact, change.path, change.duties);
        if (!change.duties.empty() && change.was != change.is) changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace duenotice
