// What is missing, as a page and as JSON.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/html.h"
#include "reports/html_parts.h"
#include "reports/plain_words.h"
#include "reports/readiness.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

std::string entity_of(std::int32_t index, const Readiness& ready) { return ready.now->incident->entities[static_cast<std::size_t>(index)].id; }

Json duty_json(const PossibleDuty& possible) {
    const Obligation& obligation = obligation_of(*possible.duty, *possible.of);
    Json json{{"duty", possible.duty->id}, {"obligation", obligation.id}, {"title", obligation.title}, {"act", act_word(obligation.act)}, {"limit", possible.limit}, {"limit_in", name(possible.bite)}};
    json["citation"] = possible.duty->citations.empty() ? Json(nullptr) : Json(possible.duty->citations.front());
    json["grade"] = grade_word(*possible.duty);
    json["asked_by"] = own_word(*possible.duty).empty() ? "law" : own_word(*possible.duty);
    if (possible.from) json["in_force_from"] = possible.from->iso();
    return json;
}

Json duties_json(const std::vector<PossibleDuty>& duties) {
    Json list = Json::array();
    for (const PossibleDuty& possible : duties) list.push_back(duty_json(possible));
    return list;
}

Json door_json(const Door& door) {
    Json json{{"kind", door.kind}};
    for (const auto& [member, value] : {std::pair("address", door.address), std::pair("hours", door.hours), std::pair("zone", door.zone), std::pair("language", door.language), std::pair("note", door.note)})
        if (!value.empty()) json[member] = value;
    if (door.open) json["applies"] = "open";
    json["out_of_hours"] = door.out_of_hours;
    if (door.until) json["until"] = door.until->iso();
    return json;
}

Json contact_json(const Contact* contact) {
    if (contact == nullptr) return nullptr;
    Json json{{"log_in", contact->log_in.empty() ? contact->holds_log_in() ? "held" : "not stated" : contact->log_in}};
    for (const auto& [member, value] : {std::pair("account_holder", contact->account_holder), std::pair("deputy", contact->deputy), std::pair("reach", contact->reach), std::pair("fallback", contact->fallback), std::pair("out_of_hours", contact->out_of_hours), std::pair("form", contact->form)})
        if (!value.empty()) json[member] = value;
    if (contact->last_login_test) json["last_login_test"] = contact->last_login_test->iso();
    if (contact->checked) json["checked"] = contact->checked->iso();
    return json;
}

Json row_json(const ReadyRow& row, const Readiness& ready) {
    Json json{{"entity", entity_of(row.entity, ready)}, {"recipient", row.recipient}, {"title", row.title}, {"limit", row.first().limit}, {"limit_in", name(row.first().bite)}};
    json["owner"] = row.owner.owner.empty() ? Json(nullptr) : Json(row.owner.owner);
    json["deputy"] = row.owner.deputy.empty() ? Json(nullptr) : Json(row.owner.deputy);
    json["doors"] = Json::array();
    for (const Door& door : row.doors) json["doors"].push_back(door_json(door));
    json["contact"] = contact_json(row.contact);
    json["publishes"] = row.authority != nullptr && row.authority->publishes;
    json["missing"] = Json::array();
    for (const Gap& gap : row.missing) json["missing"].push_back({{"kind", gap.kind}, {"words", gap.words}});
    json["beware"] = row.beware;
    json["duties"] = duties_json(row.duties);
    return json;
}

std::string duties_list(const std::vector<PossibleDuty>& duties) {
    std::string text = h(possible_duty_words(duties.front()));
    if (duties.size() == 1) return text;
    text += fmt::format("<details><summary class=\"small\">and {} more</summary><ul class=\"small\">", duties.size() - 1);
    for (std::size_t i = 1; i < duties.size(); ++i) text += "<li>" + h(duties[i].limit + ": " + possible_duty_words(duties[i])) + "</li>";
    return text + "</ul></details>";
}

std::string row_html(const ReadyRow& row, const Readiness& ready) {
    std::string doors, missing;
    for (const Door& door : row.doors) doors += "<li>" + h(door_words(door, true)) + (door.note.empty() ? "" : "<br>" + h(door.note)) + "</li>";
    if (row.contact != nullptr)
        for (const auto& [label, value] : {std::pair("reached at", row.contact->reach), std::pair("fallback", row.contact->fallback), std::pair("out of hours", row.contact->out_of_hours)})
            if (!value.empty()) doors += "<li>" + h(std::string(label) + ": " + value) + "</li>";
    for (const Gap& gap : row.missing) missing += "<li>" + h(gap.words) + "</li>";
    std::string beware;
    for (const std::string& words : row.beware) beware += "<br><span class=\"small\">" + h(words) + "</span>";
    return "<tr><td>" + h(row.first().limit) + "</td><td>" + h(entity_brief(row, ready)) + "</td><td><b>" + h(row.title) + "</b>" + beware + "</td><td>" + (missing.empty() ? "nothing" : "<ul>" + missing + "</ul>") + "</td><td>" + duties_list(row.duties) + "</td><td class=\"small\">" +
           (doors.empty() ? "none on file<br>" : "<ol>" + doors + "</ol>") + "log-in: " + h(log_in_words(row)) + (row.authority != nullptr && row.authority->checked ? "<br>page read " + row.authority->checked->iso() + ", grade " + std::string(1, row.authority->grade) : "") + "</td><td class=\"small\">" + h(owner_words(row.owner)) + "</td></tr>\n";
}

std::string rows_table(const Readiness& ready, bool lacking) {
    std::string body;
    for (const ReadyRow& row : ready.rows)
        if (row.missing.empty() != lacking) body += row_html(row, ready);
    return body.empty() ? body : table_head({"Limit", "Who", "To", "Missing", "For", "Doors and log-in", "Owner"}, {9, 9, 16, 17, 21, 19, 9}) + body + "</tbody></table>\n";
}

std::string open_table(const Readiness& ready) {
    std::string body;
    for (const OpenRecipient& open : ready.open)
        body += "<tr><td>" + h(open.duties.front().limit) + "</td><td>" + h(short_entity(entity_of(open.entity, ready), *ready.now)) + "</td><td>" + h(open.what) + "</td><td>" + h(open.depends_on.empty() ? std::string("-") : open.depends_on) + "</td><td>" + duties_list(open.duties) + "</td></tr>\n";
    return body.empty() ? body : table_head({"Limit", "Who", "Not known", "Say in the profile", "For"}, {12, 12, 24, 22, 30}) + body + "</tbody></table>\n";
}

std::string owners_list(const Readiness& ready) {
    std::string body;
    for (const OwnerGap& gap : ready.owners) body += "<li>" + h(short_entity(entity_of(gap.entity, ready), *ready.now) + ", " + word_as_text(gap.field) + ": " + gap.words) + "</li>\n";
    return body.empty() ? body : "<ul>" + body + "</ul>\n";
}

}  // namespace

std::string readiness_json(const Readiness& ready, const ReportContext& context) {
    Json json{{"duenotice", "ready/1"}, {"group", ready.now->incident->id}, {"title", ready.now->incident->title}, {"as_of_utc", iso_utc(ready.now->moment.as_of)}};
    json["horizon_until"] = ready.until ? Json(ready.until->iso()) : Json(nullptr);
    for (const auto& [key, value] : provenance(context)) json["versions"][key] = value;
    json["totals"] = {{"recipients", ready.rows.size()}, {"prepared", ready.ready()}, {"lacking", ready.rows.size() - ready.ready()}, {"lacking_with_a_limit_in_hours", ready.lacking_in_hours()}, {"open", ready.open.size()}};
    json["rows"] = Json::array();
    for (const ReadyRow& row : ready.rows) json["rows"].push_back(row_json(row, ready));
    json["open"] = Json::array();
    for (const OpenRecipient& open : ready.open)
        json["open"].push_back({{"entity", entity_of(open.entity, ready)}, {"what", open.what}, {"depends_on", open.depends_on.empty() ? Json(nullptr) : Json(open.depends_on)}, {"duties", duties_json(open.duties)}});
    json["owners_missing"] = Json::array();
    for (const OwnerGap& gap : ready.owners) json["owners_missing"].push_back({{"entity", entity_of(gap.entity, ready)}, {"field", gap.field}, {"words", gap.words}});
    json["not_looked_at"] = not_looked_at(ready);
    return json.dump(2) + "\n";
}

std::string readiness_html(const Readiness& ready, const ReportContext& context) {
    std::string text = html_head("Ready: " + ready.now->incident->title, context) + head_block(context);
    const std::size_t lacking = ready.rows.size() - ready.ready();
    text += "<div class=\"box\"><p>What could be owed on the standing facts of the profile alone, whatever happens" + (ready.until ? ", by law that is in force on some day up to " + h(date_words(*ready.until)) : std::string()) + ", and what is not prepared for it.</p><p><b>" +
            fmt::format("{} for {}: {} prepared, {} not, {} of these with a limit in hours", count_words(ready.rows.size(), "recipient", "recipients"), count_words(ready.now->incident->entities.size(), "entity", "entities"), ready.ready(), lacking, ready.lacking_in_hours()) + "</b></p></div>\n";
    text += section("Owners", owners_list(ready));
    text += section("Who is to be told cannot be said from the profile", open_table(ready));
    text += section("Not prepared, by how soon the limit would bite", rows_table(ready, true));
    text += section("Prepared", rows_table(ready, false));
    std::string beyond;
    for (const std::string& line : not_looked_at(ready)) beyond += "<li>" + h(line) + "</li>";
    text += section("Not in this list", beyond.empty() ? beyond : "<ul>" + beyond + "</ul>\n");
    return text + foot(context) + "</body></html>\n";
}

}  // namespace duenotice
