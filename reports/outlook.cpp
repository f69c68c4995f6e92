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
    text += ", " + (utc.substr(0, 10) == day.iso() ? std::string() : utc.substr(0, 10) + " ") + utc.substr(11, 5) + " UTC";
    for (const std::string& name : context.show_zones) {
        const Zone* zone = context.zones.find(name);
        if (zone == nullptr || zone == &context.main_zone()) continue;
        const std::string words = local_words(as_of, *zone, false, false);
        text += ", " + (zone->date(as_of) == day ? std::string() : words.substr(0, 4)) + words.substr(words.size() - 5) + " " + zone_city(name);
    }
    return text;
}

std::vector<std::string> next_lines(const std::vector<TimetableRow>& rows, const ReportContext& context, const std::function<std::string(const TimetableRow&)>& place) {
    const Instant as_of = context.assessment.moment.as_of;
    std::size_t at_once = 0, passed = 0, open_passed = 0;
    const TimetableRow *open = nullptr, *first_passed = nullptr, *owed_passed = nullptr, *first_now = nullptr;
    for (const TimetableRow& row : rows) {
        const bool owed = row.duty->verdict == Verdict::Owed, nothing = row.duty->done == Done::Nothing;
        if (row.group == TimetableGroup::Now && owed && nothing && at_once++ == 0) first_now = &row;
        if (row.group != TimetableGroup::ByTime) continue;
        const bool past = *row.duty->deadline.safe < as_of;
        if (owed && nothing && past && passed++ == 0) owed_passed = &row;
        if (owed) continue;
        if (!past && open == nullptr) open = &row;
        if (past && row.duty->timing == Timing::PastAll && open_passed++ == 0) first_passed = &row;
    }
    const auto words = [&](const TimetableRow& row, const std::string& if_owed) {
        const std::int64_t left = row.duty->deadline.safe->seconds - as_of.seconds;
        const std::string where = place ? place(row) : std::string();
        return (left < 0 ? duration_words(left) + " ago" : "in " + duration_words(left)) + (where.empty() ? "" : " (" + where + ")") + if_owed + ": " + row.what + ", " + row.who_brief;
    };
    std::vector<std::string> lines;
    if (passed > 0) lines.push_back(count_words(passed, "OWED limit has", "OWED limits have") + " passed and nothing is on record; first " + words(*owed_passed, ""));
    if (at_once > 0) lines.push_back(count_words(at_once, "OWED duty", "OWED duties") + " without a number: now" + (place ? "; first " + place(*first_now) : std::string()) + ": " + first_now->what + ", " + first_now->who_brief);
    const TimetableRow* owed = next_row(rows, context);
    if (owed == owed_passed) owed = nullptr;
    if (open != nullptr && (owed == nullptr || *open->duty->deadline.safe < *owed->duty->deadline.safe)) lines.push_back(words(*open, ", if OWED"));
    if (owed != nullptr) lines.push_back(words(*owed, ""));
    if (open_passed > 0) lines.push_back(count_words(open_passed, "OPEN limit has", "OPEN limits have") + " passed; if OWED, send now; first " + words(*first_passed, ""));
    if (lines.empty()) lines.emplace_back("nothing has a date yet");
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

}  // namespace duenotice
