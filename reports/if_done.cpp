#include "reports/if_done.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/plain_words.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {


std::string limit_words(const ShownLimit& limit, const Zone& zone) {
    if (!limit.safe) return "no date";
    return local_words(*limit.safe, zone, true) + " " + zone_city(zone.name()) + (limit.projected ? " (projected)" : "");
}

std::string moved_by(const LimitMove& move) {
    if (!move.before.safe || !move.after.safe || move.before.safe == move.after.safe) return {};
    const std::int64_t seconds = move.after.safe->seconds - move.before.safe->seconds;
    return ", " + duration_words(seconds < 0 ? -seconds : seconds) + (seconds < 0 ? " earlier" : " later");
}

}  // namespace

std::string if_done_text(const IfDone& result, const ReportContext& context) {
    const Zone& zone = context.main_zone();
    const Obligation& obligation = obligation_of(result.done, result.assessment);
    std::string text = fmt::format("IF DONE {} {}\n", local_words(result.at, zone), zone_city(zone.name()));
    text += indented(obligation.title + " (" + result.duty + ")", 2, line_width);
    const ShownLimit limit{result.done.deadline.counted, false};
    text += indented("its limit " + limit_words(limit, zone), 4, line_width) + indented(timing_words(result.done), 4, line_width);
    text += "\nWHAT MOVES\n";
    for (const LimitMove& move : result.moves) {
        const Duty* duty = result.assessment.find(move.duty);
        text += indented(obligation_of(*duty, result.assessment).title + " (" + move.duty + ")", 2, line_width);
        if (move.before != move.after) {
            text += indented("now  " + limit_words(move.before, zone), 4, line_width);
            text += indented("then " + limit_words(move.after, zone) + moved_by(move), 4, line_width);
        }
        if (!move.standing.empty()) text += indented("becomes: " + word_as_text(move.standing), 4, line_width);
    }
    if (result.moves.empty()) text += "  nothing: no limit of another duty hangs on it\n";
    return escape_terminal(text);
}

std::string if_done_json(const IfDone& result) {
    nlohmann::ordered_json json{{"duty", result.duty}, {"if_done_utc", iso_utc(result.at)}, {"timing", name(result.done.timing)}, {"moves", nlohmann::ordered_json::array()}};
    const auto instant = [](const std::optional<Instant>& at) { return at ? nlohmann::ordered_json(iso_utc(*at)) : nlohmann::ordered_json(nullptr); };
    for (const LimitMove& move : result.moves)
        json["moves"].push_back({{"duty", move.duty}, {"before_utc", instant(move.before.safe)}, {"before_projected", move.before.projected}, {"after_utc", instant(move.after.safe)}, {"after_projected", move.after.projected}, {"becomes", move.standing}});
    return json.dump() + "\n";
}

}  // namespace duenotice
