// What is missing, as sheets of a workbook.
#include <fmt/format.h>

#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/readiness_sheets.h"

namespace duenotice {

namespace {

std::string or_none(const std::string& text, const char* none) { return text.empty() ? none : text; }

Sheet recipients(const Readiness& ready) {
    Sheet sheet{"Recipients", {{"row id", 8}, {"entity", 22}, {"recipient", 40}, {"shortest limit", 18}, {"limit in", 12}, {"missing", 50}, {"duties", 8}, {"first of them", 50}, {"doors in order", 60}, {"out of hours", 24}, {"language", 12}, {"log-in", 40}, {"filing becomes public", 14}, {"beware", 40}, {"owner", 20}, {"deputy", 20}, {"contact checked", 14}, {"page read", 12}, {"source", 40}}, {}, "one row an entity and a recipient"};
    std::size_t number = 0;
    for (const ReadyRow& row : ready.rows) {
        std::string doors, out_of_hours = row.contact == nullptr ? std::string() : row.contact->out_of_hours, languages, beware;
        for (const Door& door : row.doors) {
            doors += (doors.empty() ? "" : "; ") + door_words(door, true);
            if (door.out_of_hours && out_of_hours.empty()) out_of_hours = door.kind;
            if (languages.find(door.language) == std::string::npos) languages += (languages.empty() ? "" : " ") + door.language;
        }
        if (row.contact != nullptr && !row.contact->fallback.empty()) doors += (doors.empty() ? "" : "; ") + row.contact->fallback;
        for (const std::string& words : row.beware) beware += (beware.empty() ? "" : "; ") + words;
        sheet.rows.push_back({fmt::format("P{:04}", ++number), entity_brief(row, ready), row.title, row.first().limit, word_as_text(std::string(name(row.first().bite))), missing_words(row), static_cast<std::int64_t>(row.duties.size()), possible_duty_words(row.first()),
                              or_none(doors, "none on file"), or_none(out_of_hours, "not known yet"), or_none(languages, "not known yet"), log_in_words(row), std::string(row.authority == nullptr ? "not applicable: no authority" : row.authority->publishes ? "yes" : "not known to"), or_none(beware, "nothing"),
                              or_none(row.owner.owner, "nobody named"), or_none(row.owner.deputy, "nobody named"), row.contact != nullptr && row.contact->checked ? row.contact->checked->iso() : std::string("never"), row.authority != nullptr && row.authority->checked ? row.authority->checked->iso() : std::string("not applicable: no authority"), row.authority != nullptr ? or_none(row.authority->source, "not stated") : std::string("not applicable: no authority")});
    }
    return sheet;
}

Sheet duties(const Readiness& ready) {
    Sheet sheet{"Possible duties", {{"entity", 22}, {"recipient", 40}, {"duty", 50}, {"limit", 18}, {"limit in", 12}, {"in force from", 14}, {"obligation", 28}, {"citation", 34}, {"confidence", 11}, {"asked by", 16}}, {}, "the duties of all rows of Recipients"};
    for (const ReadyRow& row : ready.rows)
        for (const PossibleDuty& possible : row.duties)
            sheet.rows.push_back({entity_brief(row, ready), row.title, possible.duty->id, possible.limit, word_as_text(std::string(name(possible.bite))), possible.from ? possible.from->iso() : std::string("in force"), obligation_of(*possible.duty, *possible.of).title, law_brief(*possible.duty, *possible.of), grade_word(*possible.duty), asked_by_words(*possible.duty)});
    return sheet;
}

Sheet open(const Readiness& ready) {
    Sheet sheet{"Open", {{"entity", 22}, {"what is not known", 44}, {"say in the profile", 44}, {"shortest limit", 18}, {"duties", 8}}, {}, "recipients that the profile does not settle, and fields without an owner"};
    const auto entity = [&](std::int32_t index) { return short_entity(ready.now->incident->entities[static_cast<std::size_t>(index)].id, *ready.now); };
    for (const OpenRecipient& one : ready.open) sheet.rows.push_back({entity(one.entity), one.what, or_none(one.depends_on, "-"), one.duties.front().limit, static_cast<std::int64_t>(one.duties.size())});
    for (const OwnerGap& gap : ready.owners) sheet.rows.push_back({entity(gap.entity), word_as_text(gap.field) + ": " + gap.words, std::string("owners"), std::string("-"), std::string("-")});
    for (const std::string& line : not_looked_at(ready)) sheet.rows.push_back({std::string("all"), line, std::string("-"), std::string("-"), std::string("-")});
    return sheet;
}

Sheet read_me(const Readiness& ready, const ReportContext& context) {
    Sheet sheet{"Read me", {{"item", 30}, {"value", 100}}, {}, "then Recipients"};
    sheet.rows.push_back({std::string("what this is"), std::string("what could be owed on the standing facts of the profile alone, whatever happens, and what is not prepared for it. A working aid, not legal advice; people decide.")});
    sheet.rows.push_back({std::string("law up to"), ready.until ? ready.until->iso() : std::string("the day of as-of")});
    sheet.rows.push_back({std::string("recipients"), fmt::format("{}: {} prepared, {} not, {} of these with a limit in hours", ready.rows.size(), ready.ready(), ready.rows.size() - ready.ready(), ready.lacking_in_hours())});
    for (const auto& [key, value] : provenance(context)) sheet.rows.push_back({key, value});
    return sheet;
}

}  // namespace

std::vector<Sheet> readiness_sheets(const Readiness& ready, const ReportContext& context) { return {read_me(ready, context), recipients(ready), duties(ready), open(ready)}; }

}  // namespace duenotice
