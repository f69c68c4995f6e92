#include "reports/batch_report.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/html_parts.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

struct Totals {
    std::uint64_t owed = 0, open = 0, past_safe = 0, past_all = 0, day = 0, week = 0, waiting = 0;
};

bool unmet(const BatchRow& row) { return row.timing != Timing::Met && row.timing != Timing::MetAfter; }

void count(Totals& totals, const BatchRow& row, Instant as_of) {
    ++(row.verdict == Verdict::Owed ? totals.owed : totals.open);
    if (row.done >= Done::Submitted && row.done < Done::Acknowledged) ++totals.waiting;
    if (row.timing == Timing::PastSafe) ++totals.past_safe;
    if (row.timing == Timing::PastAll) ++totals.past_all;
    if (!row.counted || !unmet(row) || *row.counted < as_of) return;
    const std::int64_t left = row.counted->seconds - as_of.seconds;
    if (left <= day_seconds) ++totals.day;
    if (left <= 7 * day_seconds) ++totals.week;
}

std::map<std::string, Totals> by_entity(const BatchRun& run) {
    std::map<std::string, Totals> result;
    for (const BatchRow& row : run.rows)
        if (row.law) count(result[row.entity], row, run.as_of);
    return result;
}

std::map<std::string, Totals> by_recipient(const BatchRun& run) {
    std::map<std::string, Totals> result;
    for (const BatchRow& row : run.rows)
        if (row.law) count(result[row.to_brief == "-" ? "nobody: to do or to keep" : row.to_brief], row, run.as_of);
    return result;
}

/// Of `law`, or of `by contract` or `house rule`.
Totals total(const BatchRun& run, std::string_view asked_by) {
    Totals all;
    for (const BatchRow& row : run.rows)
        if (row.law ? asked_by == "law" : row.asked_by.rfind(asked_by == "house rule" ? "house rule" : "contract", 0) == 0 && asked_by != "law") count(all, row, run.as_of);
    return all;
}

std::vector<const BatchRow*> ordered(const BatchRun& run) {
    std::vector<const BatchRow*> rows;
    for (const BatchRow& row : run.rows) rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [](const BatchRow* a, const BatchRow* b) {
        const auto key = [](const BatchRow* row) { return std::tuple(row->entity, row->counted ? row->counted->seconds : INT64_MAX, row->incident, row->duty); };
        return key(a) < key(b);
    });
    return rows;
}

/// `2026-11-21 01:10 UTC`.
std::string utc_minutes(Instant at) {
    const std::string iso = iso_utc(at);
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string counts_line(const BatchRun& run) {
    return fmt::format("assessed {} + refused {} + duplicate {} + drills left out {} = {}  {}", run.assessed, run.refused, run.duplicates, run.drills, run.assessed + run.refused + run.duplicates + run.drills,
                       run.ties() ? "ties" : "DOES NOT TIE");
}

Sheet duty_sheet(const std::string& name, const BatchRun& run, const std::function<bool(const BatchRow&)>& wanted) {
    Sheet sheet{name, {{"incident", 20}, {"entity", 22}, {"recipient", 30}, {"act", 10}, {"what", 40}, {"asked by", 16}, {"safe, recipient's clock", 28}, {"safe (UTC)", 17}, {"maximum (UTC)", 17}, {"left", 10}, {"owed", 9}, {"done", 16}, {"late", 22}, {"on top", 20}, {"waits for", 34},
                       {"owner", 16}, {"deputy", 16}, {"log-in on file", 12}, {"confidence", 10}, {"citation", 28}, {"place", 10}, {"population", 12}, {"duty", 44}}, {}, "a part of All duties"};
    for (const BatchRow* row : ordered(run)) {
        if (!wanted(*row)) continue;
        sheet.rows.push_back({row->incident, row->entity, row->recipient, row->act, row->what, row->asked_by, row->local, row->safe ? Cell(*row->safe) : Cell(std::string("no date")), row->maximum ? Cell(*row->maximum) : Cell(std::string("no date")),
                              row->counted ? left_words(row->counted->seconds - run.as_of.seconds) : std::string("-"), std::string(owed_word(row->verdict)), std::string(done_word(row->done)), row->timing_words, row->modifiers.empty() ? std::string("none") : row->modifiers,
                              row->waits_for.empty() ? std::string("nothing") : row->waits_for, row->owner.empty() ? std::string("not known yet") : row->owner, row->deputy.empty() ? std::string("not known yet") : row->deputy, std::string(row->log_in), row->grade, row->citation,
                              row->place.empty() ? std::string("-") : row->place, row->population.empty() ? std::string("-") : row->population, row->duty});
    }
    return sheet;
}

Sheet run_sheet(const BatchRun& run) {
    Sheet sheet{"Run", {{"item", 30}, {"value", 80}}, {}, ""};
    const auto add = [&sheet](const std::string& item, Cell value) { sheet.rows.push_back({item, std::move(value)}); };
    add("as of (UTC)", run.as_of);
    add("input", run.input);
    add("input hash", run.input_hash);
    add("program", run.program);
    add("law edition", run.law_edition + " " + run.law_fingerprint.substr(0, 7));
    add("zone data", run.tzdata.empty() ? std::string("release not known") : run.tzdata);
    if (!run.zone_data_note.empty()) add("zone data", run.zone_data_note);
    add("expected", run.expected < 0 ? Cell(std::string("not said")) : Cell(run.expected));
    add("read", run.read);
    add("assessed", run.assessed);
    add("refused", run.refused);
    add("duplicate", run.duplicates);
    add("drills left out", run.drills);
    add("ties", std::string(run.ties() ? "yes" : "NO"));
    const auto counts = [&](const std::string& asked_by, const VerdictCounts& one) {
        add(asked_by + ": owed", static_cast<std::int64_t>(one.owed));
        add(asked_by + ": open", static_cast<std::int64_t>(one.open));
        add(asked_by + ": not owed", static_cast<std::int64_t>(one.not_owed));
    };
    counts("by law", run.law);
    for (const auto& [word, one] : run.own) counts(word + " (not law)", one);
    for (const BatchRefused& line : run.refused_lines) add("refused, line " + std::to_string(line.line), line.incident + ": " + line.reason);
    for (const std::string& id : run.duplicate_ids) add("duplicate", id);
    return sheet;
}

std::string own_tie(const BatchRun& run) {
    std::string text = fmt::format("owed {} + open {} by law", run.law.owed, run.law.open);
    for (const auto& [word, one] : run.own) text += fmt::format("; {} (not law): owed {} + open {}", word, one.owed, one.open);
    return text + "; as in Run";
}

}  // namespace

std::string batch_text(const BatchRun& run) {
    std::string text = fmt::format("BATCH  as of {}   law {}   input {}\n", utc_minutes(run.as_of), run.law_edition, run.input);
    text += (run.expected < 0 ? std::string() : fmt::format("Expected {} | ", run.expected)) + fmt::format("read {}\n{}\n", run.read, counts_line(run));
    text += columns({{"", 27}, {"owed", 6, true}, {"open", 6, true}, {"past safe", 9, true}, {"past all", 8, true}, {"24 h", 4, true}, {"7 days", 6, true}, {"ack", 5, true}});
    const auto line = [](const std::string& name, const Totals& totals) {
        const auto number = [](std::uint64_t n) { return std::to_string(n); };
        return columns({{name, 27}, {number(totals.owed), 6, true}, {number(totals.open), 6, true}, {number(totals.past_safe), 9, true}, {number(totals.past_all), 8, true}, {number(totals.day), 4, true}, {number(totals.week), 6, true}, {number(totals.waiting), 5, true}});
    };
    const auto entities = by_entity(run);
    if (entities.size() <= 20)
        for (const auto& [entity, totals] : entities) text += line(entity, totals);
    text += line(entities.size() <= 20 ? "TOTAL by law" : fmt::format("TOTAL by law ({} entities)", entities.size()), total(run, "law"));
    for (const auto& [word, counts] : run.own) text += line("not law: " + word, total(run, word));
    text += "ack: sent, waiting for acknowledgement. Rows of entities count law alone.\n";
    if (!run.zone_data_note.empty()) text += indented(run.zone_data_note, 0, 80);
    for (std::size_t i = 0; i < run.refused_lines.size() && i < 20; ++i)
        text += indented(fmt::format("Refused: {}line {}: {}", run.refused_lines[i].incident.empty() ? "" : run.refused_lines[i].incident + " ", run.refused_lines[i].line, run.refused_lines[i].reason), 0, 80);
    if (run.refused_lines.size() > 20) text += fmt::format("and {} more refused\n", run.refused_lines.size() - 20);
    return escape_terminal(text);
}

std::string batch_csv(const BatchRun& run) {
    std::string text = "incident,entity,recipient,act,what,asked_by,safe_utc,maximum_utc,owed,done,late,on_top,waits_for,owner,confidence,citation,duty\r\n";
    for (const BatchRow* row : ordered(run)) {
        const std::string fields[] = {row->incident, row->entity, row->recipient, row->act, row->what, row->law ? "law" : row->asked_by, row->safe ? iso_utc(*row->safe) : "", row->maximum ? iso_utc(*row->maximum) : "", std::string(name(row->verdict)), std::string(name(row->done)), std::string(name(row->timing)),
                                      row->modifiers, row->waits_for, row->owner, row->grade, row->citation, row->duty};
        bool first = true;
        for (const std::string& field : fields) {
            text += (first ? "" : ",") + escape_csv(field);
            first = false;
        }
        text += "\r\n";
    }
    return text;
}

std::string batch_json(const BatchRun& run) {
    const Totals all = total(run, "law");
    Json json{{"duenotice", "run/1"}, {"as_of", iso_utc(run.as_of)}, {"input", run.input}, {"input_hash", run.input_hash}, {"program", run.program}, {"law_edition", run.law_edition}, {"law_fingerprint", run.law_fingerprint}, {"zone_data", run.tzdata}};
    if (!run.zone_data_note.empty()) json["zone_data_note"] = run.zone_data_note;
    json["expected"] = run.expected < 0 ? Json(nullptr) : Json(run.expected);
    json["read"] = run.read;
    json["assessed"] = run.assessed;
    json["refused"] = run.refused;
    json["duplicate"] = run.duplicates;
    json["drills_left_out"] = run.drills;
    json["ties"] = run.ties();
    json["duties"] = {{"owed", run.law.owed}, {"undetermined", run.law.open}, {"not_owed", run.law.not_owed}, {"owed_and_not_done", run.law.due}, {"past_safe", all.past_safe}, {"past_all", all.past_all}, {"next_24_hours", all.day}, {"next_7_days", all.week}};
    json["not_law"] = Json::object();
    for (const auto& [word, one] : run.own) json["not_law"][word == "house rule" ? "house_rule" : "by_contract"] = {{"owed", one.owed}, {"undetermined", one.open}, {"not_owed", one.not_owed}, {"owed_and_not_done", one.due}};
    json["undetermined_without_a_fact"] = run.open_without_fact;
    json["inexact"] = run.inexact;
    json["decided_by"] = {{"tree", run.by_tree}, {"split", run.by_split}};
    json["refused_lines"] = Json::array();
    for (const BatchRefused& line : run.refused_lines) json["refused_lines"].push_back({{"line", line.line}, {"incident", line.incident}, {"reason", line.reason}});
    json["duplicate_ids"] = run.duplicate_ids;
    json["families_open"] = Json::object();
    for (const auto& [family, incidents] : run.families) json["families_open"][family] = incidents;
    return json.dump(2) + "\n";
}

std::vector<Sheet> batch_sheets(const BatchRun& run) {
    std::vector<Sheet> sheets{run_sheet(run)};
    const Instant as_of = run.as_of;
    sheets.push_back(duty_sheet("Next 24 hours and passed", run, [as_of](const BatchRow& row) { return row.counted && unmet(row) && row.counted->seconds - as_of.seconds <= day_seconds; }));
    sheets.push_back(duty_sheet("Next 7 days", run, [as_of](const BatchRow& row) { return row.counted && unmet(row) && row.counted->seconds - as_of.seconds > day_seconds && row.counted->seconds - as_of.seconds <= 7 * day_seconds; }));
    sheets.push_back(duty_sheet("All duties", run, [](const BatchRow&) { return true; }));
    sheets.back().tie = own_tie(run);
    Sheet questions{"Open by question", {{"question", 34}, {"duties it bears on", 16}, {"incidents", 12}}, {}, ""};
    for (const auto& [fact, counts] : run.questions) questions.rows.push_back({fact, static_cast<std::int64_t>(counts.first), static_cast<std::int64_t>(counts.second)});
    sheets.push_back(std::move(questions));
    sheets.push_back(duty_sheet("Waiting for acknowledgement", run, [](const BatchRow& row) { return row.done >= Done::Submitted && row.done < Done::Acknowledged; }));
    sheets.push_back(duty_sheet("On hold or forbidden", run, [](const BatchRow& row) { return !row.modifiers.empty(); }));
    Sheet uncovered{"Not covered", {{"place or family", 26}, {"incidents", 12}, {"people at least", 14}, {"why", 50}}, {}, ""};
    for (const auto& [place, counts] : run.not_covered) uncovered.rows.push_back({place, static_cast<std::int64_t>(counts.first), static_cast<std::int64_t>(counts.second), std::string("no law on file")});
    for (const auto& [family, incidents] : run.families) uncovered.rows.push_back({family, static_cast<std::int64_t>(incidents), std::string("not known yet"), std::string("places are open")});
    sheets.push_back(std::move(uncovered));
    sheets.push_back(duty_sheet("On-time record", run, [](const BatchRow& row) { return row.timing == Timing::Met || row.timing == Timing::MetAfter; }));
    sheets.push_back({"Breach register", {{"incident", 24}, {"entities", 30}, {"found", 30}, {"kinds", 30}, {"kinds of data", 34}, {"people", 26}, {"effects", 40}, {"measures", 40}, {"told whom, when", 40}, {"owed by law to tell, nothing on record", 16}, {"judgements, by whom", 50}, {"facts on record", 10}}, run.register_rows, "one row an incident that was assessed"});
    return sheets;
}

std::string batch_html(const BatchRun& run) {
    std::string text = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Batch deadline report</title><style>"
                       "body{font:14px/1.4 Arial,sans-serif;max-width:1200px;margin:0 auto;padding:16px}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid #ccc;vertical-align:top}"
                       "th{border-bottom:1px solid #000;font-size:12px}td.n,th.n{text-align:right}td.one{white-space:nowrap}.strip td{border:1px solid #999;text-align:center;width:7%}.box{border:2px solid #000;padding:6px 10px;margin:8px 0}.small{font-size:12px;color:#333}</style></head><body>\n";
    text += "<h1>Batch deadline report</h1>\n<p>As of " + utc_minutes(run.as_of) + ", law " + h(run.law_edition) + ", input " + h(run.input) + "</p>\n<div class=\"box\">" + (run.expected < 0 ? "" : fmt::format("Expected {} | ", run.expected)) + fmt::format("read {}<br>", run.read) + h(counts_line(run)) + (run.zone_data_note.empty() ? "" : "<br>" + h(run.zone_data_note)) + "</div>\n";
    std::vector<std::uint64_t> strip(14, 0);
    for (const BatchRow& row : run.rows)
        if (row.counted && unmet(row) && *row.counted >= run.as_of && (row.counted->seconds - run.as_of.seconds) / day_seconds < 14) ++strip[static_cast<std::size_t>((row.counted->seconds - run.as_of.seconds) / day_seconds)];
    text += "<h2>Limits in the next 14 days</h2>\n<table class=\"strip\"><tr>";
    for (std::size_t i = 0; i < strip.size(); ++i) text += "<td>" + h(date_words(Date::from_days(static_cast<std::int32_t>(run.as_of.seconds / day_seconds)).plus_days(static_cast<std::int32_t>(i))).substr(0, 10)) + fmt::format("<br><b>{}</b></td>", strip[i]);
    const std::string counts_head = "</th><th class=\"n\">Owed</th><th class=\"n\">Open</th><th class=\"n\">Past safe</th><th class=\"n\">Past all</th><th class=\"n\">24 h</th><th class=\"n\">7 days</th></tr>\n";
    text += "</tr></table>\n<h2>By entity</h2>\n<table><tr><th>Entity" + counts_head;
    const auto line = [](const std::string& name, const Totals& t) { return fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n", h(name), t.owed, t.open, t.past_safe, t.past_all, t.day, t.week); };
    std::size_t shown = 0;
    const auto entities = by_entity(run);
    for (const auto& [entity, totals] : entities)
        if (++shown <= 200) text += line(entity, totals);
    text += line("TOTAL by law", total(run, "law"));
    for (const auto& [word, counts] : run.own) text += line("not law: " + word, total(run, word));
    text += "</table>\n<p class=\"small\">Rows of entities count what law asks. What was promised by contract and what house rules ask is no law and counted apart.</p>\n";
    text += "<h2>By recipient, what law asks</h2>\n<table><tr><th>To" + counts_head;
    for (const auto& [recipient, totals] : by_recipient(run)) text += line(recipient, totals);
    text += "</table>\n";
    if (entities.size() > 200) text += fmt::format("<p>200 of {} entities shown; all in report.xlsx</p>\n", entities.size());
    text += "<h2>Passed, and due in 24 hours</h2>\n<table><tr><th>Incident</th><th>Entity</th><th>What</th><th>To</th><th>Safe</th><th>Owed</th><th>Late</th></tr>\n";
    shown = 0;
    for (const BatchRow* row : ordered(run)) {
        if (!row->counted || !unmet(*row) || row->counted->seconds - run.as_of.seconds > day_seconds || ++shown > 500) continue;
        text += "<tr><td class=\"one\">" + h(row->incident) + "</td><td>" + h(row->entity) + "</td><td>" + h(row->what) + "<br><span class=\"small\">" + h(row->citation) + "</span></td><td>" + h(row->recipient) + "</td><td>" + h(row->local) + "<br><span class=\"small\">" + utc_minutes(*row->counted) + "</span></td><td>" + h(owed_word(row->verdict)) + "</td><td>" + h(row->timing_words) + "</td></tr>\n";
    }
    text += "</table>\n" + (shown > 500 ? fmt::format("<p>500 of {} shown; all in report.xlsx</p>\n", shown) : std::string()) + "<h2>Refused</h2>\n<ul>";
    for (const BatchRefused& refused : run.refused_lines) text += "<li>line " + std::to_string(refused.line) + " " + h(refused.incident) + ": " + h(refused.reason) + "</li>\n";
    return text + (run.refused_lines.empty() ? "<li>none</li>" : "") + "</ul>\n<p class=\"small\">On the facts recorded. A working aid, not legal advice; people decide.</p></body></html>\n";
}

}  // namespace duenotice
