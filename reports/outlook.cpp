#include "reports/outlook.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reports/plain_words.h"

namespace duenotice {

std::string count_words(std::size_t count, std::string_view one, std::string_view many) { return fmt::format("{} {}", count, count == 1 ? one : many); }

std::string as_of_words(const ReportContext& context) {
    const Instant as_of = context.assessment.moment.as_of;
    const Date day = context.main_zone().date(as_of);
    std::string text = "As of " + local_words(as_of, context.main_zone()) + " " + zone_city(context.main_zone().name());
    const std::string utc = iso_utc(as_of);
    if (zone_city(context.main_zone().name()) != "UTC") text += ", " + (utc.substr(0, 10) == day.iso() ? std::string() : utc.substr(0, 10) + " ") + utc.substr(11, 5) + " UTC";
    for (const std::string& name : context.show_zones) {
        const Zone* zone = context.zones.find(name);
        if (zone == nullptr || zone == &context.main_zone() || zone_city(name) == "UTC") continue;
        const std::string words = local_words(as_of, *zone, false, false);
        text += ", " + (zone->date(as_of) == day ? std::string() : words.substr(0, 4)) + words.substr(words.size() - 5) + " " + zone_city(name);
    }
    return text;
}

namespace {

/// What stands out among the rows of law, or among promises and house rules.
struct Pressing {
    std::size_t at_once = 0, passed = 0, none_stands = 0, open_passed = 0;
    const TimetableRow *first_now = nullptr, *owed_passed = nullptr, *first_without = nullptr, *first_passed = nullptr, *owed = nullptr, *open = nullptr;
};

/// Something is on record, but nothing that was sent and stands: prepared only, or taken back.
bool none_stands(Done done) { return done == Done::Drafted || done == Done::Approved || done == Done::Withdrawn; }

Pressing pressing(const std::vector<TimetableRow>& rows, const ReportContext& context, bool law) {
    const Instant as_of = context.assessment.moment.as_of;
    Pressing found;
    for (const TimetableRow& row : rows) {
        if (own_word(*row.duty).empty() != law) continue;
        const bool owed = row.duty->verdict == Verdict::Owed, nothing = row.duty->done == Done::Nothing, without = none_stands(row.duty->done);
        if (row.group == TimetableGroup::Now && owed && (nothing || without) && found.at_once++ == 0) found.first_now = &row;
        if (row.group != TimetableGroup::ByTime || row.duty->timing == Timing::Met || row.duty->timing == Timing::MetAfter) continue;
        const bool past = *row.duty->deadline.counted < as_of;
        if (owed && nothing && past && found.passed++ == 0) found.owed_passed = &row;
        if (owed && without && past && found.none_stands++ == 0) found.first_without = &row;
        if (owed && !past && found.owed == nullptr) found.owed = &row;
        if (!owed && !past && found.open == nullptr) found.open = &row;
        if (!owed && past && row.duty->timing == Timing::PastAll && found.open_passed++ == 0) found.first_passed = &row;
    }
    return found;
}

}  // namespace

std::vector<std::string> next_lines(const std::vector<TimetableRow>& rows, const ReportContext& context, const std::function<std::string(const TimetableRow&)>& place) {
    const auto named = [&](const TimetableRow& row) { return row.what + " [" + (own_word(*row.duty).empty() ? law_name_brief(*row.duty, context.assessment) : std::string(own_word(*row.duty))) + "], " + row.who_brief; };
    const auto words = [&](const TimetableRow& row, const std::string& if_owed) {
        const std::int64_t left = row.duty->deadline.counted->seconds - context.assessment.moment.as_of.seconds;
        const std::string where = place ? place(row) : std::string();
        return (left < 0 ? duration_words(left) + " ago" : "in " + duration_words(left)) + (where.empty() ? "" : " (" + where + ")") + if_owed + ": " + named(row);
    };
    const auto first = [](std::size_t count) { return std::string(count == 1 ? "" : "first "); };
    std::vector<std::string> lines;
    const Pressing law = pressing(rows, context, true), own = pressing(rows, context, false);
    if (law.passed > 0) lines.push_back(count_words(law.passed, "OWED limit has", "OWED limits have") + " passed and nothing is on record; " + first(law.passed) + words(*law.owed_passed, ""));
    if (law.none_stands > 0) lines.push_back(count_words(law.none_stands, "OWED limit has", "OWED limits have") + " passed and no filing stands; " + first(law.none_stands) + words(*law.first_without, "") + " (" + std::string(done_word(law.first_without->duty->done)) + ")");
    if (law.at_once > 0) lines.push_back(count_words(law.at_once, "OWED duty", "OWED duties") + " without a number: now" + (place ? "; " + first(law.at_once) + place(*law.first_now) : std::string()) + ": " + named(*law.first_now));
    if (law.open != nullptr && (law.owed == nullptr || *law.open->duty->deadline.counted < *law.owed->duty->deadline.counted)) lines.push_back(words(*law.open, ", if OWED"));
    if (law.owed != nullptr) lines.push_back(words(*law.owed, ""));
    if (law.open_passed > 0) lines.push_back(count_words(law.open_passed, "OPEN limit has", "OPEN limits have") + " passed; if OWED, send now; " + first(law.open_passed) + words(*law.first_passed, ""));
    if (lines.empty()) lines.emplace_back("nothing that law asks has a date yet");
    if (own.passed > 0) lines.push_back("not law: " + count_words(own.passed, "own limit has", "own limits have") + " passed and nothing is on record; " + first(own.passed) + words(*own.owed_passed, ""));
    if (own.owed != nullptr) lines.push_back("not law, " + words(*own.owed, ""));
    return lines;
}

std::string AskedQuestion::where_words(std::size_t most) const {
    std::string text;
    for (std::size_t i = 0; i < where.size() && i < most; ++i) text += (text.empty() ? "" : "; ") + where[i];
    if (where.size() > most) text += fmt::format("; and {} more", where.size() - most);
    return text;
}

std::string AskedQuestion::effect() const {
    const std::size_t touched = duties.size();
    if (where.size() > 1 || settled == 0) return "touches " + count_words(touched, "duty", "duties");
    if (settled == touched) return "settles " + count_words(touched, "duty", "duties");
    return fmt::format("settles {} of the {} duties it touches", settled, touched);
}

std::vector<AskedQuestion> asked_questions(const ReportContext& context) {
    std::vector<AskedQuestion> all;
    for (const Question& question : context.assessment.questions) {
        auto found = std::find_if(all.begin(), all.end(), [&](const AskedQuestion& one) { return one.question->ground.fact == question.ground.fact; });
        if (found == all.end()) found = all.insert(all.end(), AskedQuestion{&question, {}, {}, 0});
        const std::string where = frame_words(question.ground, nullptr, context.assessment);
        if (!where.empty()) found->where.push_back(where);
        found->duties.insert(found->duties.end(), question.duties.begin(), question.duties.end());
        found->settled += question.settles_all;
    }
    for (AskedQuestion& one : all) {
        std::sort(one.duties.begin(), one.duties.end());
        one.duties.erase(std::unique(one.duties.begin(), one.duties.end()), one.duties.end());
    }
    return all;
}

std::string places_without_law(const Assessment& assessment) {
    std::string text;
    for (const NotCovered& place : assessment.not_covered) {
        if (!place.sector.empty()) continue;
        const std::string people = range_words(place.people_low, place.people_high);
        text += (text.empty() ? "" : ", ") + place.place + ": " + (people == "not known yet" ? "people not known" : people + " people");
    }
    return text;
}

std::string omissions_by_place(const Assessment& assessment) {
    std::map<std::string, std::size_t> omissions;
    for (const NotCovered& place : assessment.not_covered)
        if (!place.sector.empty()) ++omissions[place.place];
    std::string text;
    for (const auto& [place, count] : omissions) text += (text.empty() ? "" : ", ") + place + " " + std::to_string(count);
    return text;
}

std::string laws_of_open_places(const Assessment& assessment, bool count_them) {
    std::map<std::string, std::vector<std::string>> laws;
    for (const FamilyLine& line : assessment.families) {
        const std::string where = line.places.empty() ? "other places" : line.places.size() == 1 ? line.places.front() : count_words(line.places.size(), "place", "places");
        laws[where].push_back(family_words(line.family, *assessment.law));
    }
    std::string text;
    for (const auto& [where, names] : laws) {
        if (!text.empty()) text += count_them ? ", " : "; ";
        text += where + (count_them ? " " + std::to_string(names.size()) : fmt::format(" ({})", fmt::join(names, ", ")));
    }
    return text;
}

}  // namespace duenotice
