// The list of what is missing, for a terminal of 80 columns: what bites first stands on top, rows that lack the same for
// the same entity and limit are one, what is ready comes last in a line an entity.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/readiness.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {

constexpr std::size_t fold_from = 5, duties_named = 2;

std::string_view title_of(Bite bite) {
    constexpr std::string_view titles[] = {"LIMITS IN HOURS", "NO NUMBER IN THE LAW: as soon as it says", "LIMITS IN DAYS OR LONGER", "NO LIMIT OF ITS OWN"};
    return titles[static_cast<std::size_t>(bite)];
}

class ReadyText {
public:
    ReadyText(const Readiness& ready, const ReportContext& context, bool unfold) : ready_(ready), context_(context), unfold_(unfold) {}

    std::string run() {
        head();
        totals();
        owners();
        open();
        rows();
        prepared();
        after("NOT IN IT", not_looked_at(ready_));
        return std::move(text_);
    }

private:
    void line(std::string_view text) { text_ += indented(text, 0, line_width); }
    void after(std::string_view label, const std::vector<std::string>& lines) {
        for (const std::string& each : lines) text_ += columns({{&each == &lines.front() ? std::string(label) : std::string(), 12}, {each, line_width - 13}});
        if (!lines.empty()) text_ += "\n";
    }
    std::string entity(std::int32_t index) const { return short_entity(ready_.now->incident->entities[static_cast<std::size_t>(index)].id, *ready_.now); }

    void head() {
        const Assessment& now = *ready_.now;
        line(fmt::format("DUENOTICE READY  {}  profile {}", now.incident->title, now.incident->hash.substr(0, 7)));
        line(as_of_words(context_));
        line(fmt::format("Law edition {}{}.", now.law->edition, ready_.until ? ", and what comes into force by " + date_words(*ready_.until) : ""));
        for (const std::string& note : now.notes) line(note);
        line("What could be owed on the standing facts of the profile alone, whatever happens, and what is not prepared for it. A working aid, not legal advice; people decide.");
        text_ += "\n";
    }

    void totals() {
        const std::size_t all = ready_.rows.size(), lacking = all - ready_.ready();
        std::vector<std::string> lines{fmt::format("{} for {}: {} prepared, {} not{}", count_words(all, "recipient", "recipients"), count_words(ready_.now->incident->entities.size(), "entity", "entities"), ready_.ready(), lacking,
                                                   ready_.lacking_in_hours() == 0 ? "" : fmt::format(", {} of these with a limit in hours", ready_.lacking_in_hours()))};
        std::map<std::string, std::size_t> kinds;
        for (const ReadyRow& row : ready_.rows)
            for (const Gap& gap : row.missing) ++kinds[gap.kind];
        std::string by_kind;
        for (const auto& [kind, count] : kinds) by_kind += (by_kind.empty() ? "" : ", ") + fmt::format("{} {}", kind_words(kind), count);
        if (!by_kind.empty()) lines.push_back("missing: " + by_kind);
        after("TOTAL", lines);
    }

    static std::string_view kind_words(const std::string& kind) {
        if (kind == "authority") return "authority not on file";
        if (kind == "channel") return "door";
        if (kind == "log_in") return "log-in";
        if (kind == "log_in_test") return "recent log-in test";
        if (kind == "out_of_hours") return "way out of hours";
        if (kind == "check") return "recent check of the contact";
        if (kind == "source_age") return "recent reading of its page";
        return kind;  // deputy, fallback, contact, language
    }

    /// What is missing for each entity, its fields together.
    void owners() {
        std::map<std::int32_t, std::map<std::string, std::string>> gaps;
        for (const OwnerGap& gap : ready_.owners) {
            std::string& fields = gaps[gap.entity][gap.words];
            fields += (fields.empty() ? "" : ", ") + word_as_text(gap.field);
        }
        std::vector<std::string> lines;
        for (const auto& [index, by_words] : gaps)
            for (const auto& [words, fields] : by_words) lines.push_back(entity(index) + ": " + words + ": " + fields);
        after("OWNERS", lines);
    }

    void open() {
        std::vector<std::string> lines;
        for (const OpenRecipient& open : ready_.open)
            lines.push_back(entity(open.entity) + ": " + open.what + (open.depends_on.empty() ? "" : "; say in the profile: " + open.depends_on) + " (" + open.duties.front().limit + ": " + possible_duty_words(open.duties.front()) +
                            (open.duties.size() > 1 ? fmt::format("; and {} more", open.duties.size() - 1) : "") + ")");
        after("OPEN", lines);
    }

    void rows() {
        text_ += columns({{"#", 3, true}, {"LIMIT", 18}, {"WHO", 10}, {"TO", 18}, {"MISSING", 26}});
        text_ += rule_line + "\n";
        std::optional<Bite> section;
        for (const auto& alike : groups()) {
            const Bite bite = alike.front()->first().bite;
            if (section != bite) line(title_of(bite));
            section = bite;
            one(alike);
        }
        text_ += rule_line + "\n";
    }

    using Alike = std::vector<const ReadyRow*>;

    /// Rows that lack something; those alike from five on together, if there is the same to beware of.
    std::vector<Alike> groups() const {
        std::vector<Alike> result;
        std::map<std::tuple<std::int32_t, int, std::string, std::string, std::vector<std::string>>, std::size_t> places;
        for (const ReadyRow& row : ready_.rows) {
            if (row.missing.empty()) continue;
            const auto [found, fresh] = places.emplace(std::tuple(row.entity, static_cast<int>(row.first().bite), row.first().limit, missing_words(row), row.beware), result.size());
            if (fresh) result.emplace_back();
            result[found->second].push_back(&row);
        }
        std::vector<Alike> unfolded;
        for (const Alike& alike : result) {
            if (!unfold_ && alike.size() >= fold_from) unfolded.push_back(alike);
            else
                for (const ReadyRow* row : alike) unfolded.push_back({row});
        }
        std::stable_sort(unfolded.begin(), unfolded.end(), [](const Alike& a, const Alike& b) { return a.front() < b.front(); });
        return unfolded;
    }

    void one(const Alike& alike) {
        const ReadyRow& row = *alike.front();
        text_ += columns({{std::to_string(++number_), 3, true}, {row.first().limit, 18}, {entity(row.entity), 10}, {alike.size() > 1 ? count_words(alike.size(), "recipient", "recipients") : row.brief, 18}, {missing_words(row), 26}});
        if (alike.size() > 1) {
            std::string names;
            for (const ReadyRow* each : alike) names += (names.empty() ? "" : "; ") + each->brief;
            for (const std::string& words : row.beware) names += " | " + words;
            text_ += indented(names + ".  --unfold", 4, line_width);
            return;
        }
        std::string duties;
        for (std::size_t i = 0; i < row.duties.size() && i < duties_named; ++i) duties += (i == 0 ? "" : "; ") + possible_duty_words(row.duties[i]);
        if (row.duties.size() > duties_named) duties += fmt::format("; and {} more", row.duties.size() - duties_named);
        text_ += indented(duties, 4, line_width);
        std::string doors;
        for (const Door& door : row.doors) doors += (doors.empty() ? "doors: " : ", then ") + door_words(door, false);
        if (row.contact != nullptr && !row.contact->fallback.empty()) doors += (doors.empty() ? "" : ", then ") + row.contact->fallback;
        std::string notes = doors + (doors.empty() ? "" : " | ") + "owner: " + owner_words(row.owner);
        for (const std::string& words : row.beware) notes += " | " + words;
        text_ += indented(notes, 4, line_width);
    }

    void prepared() {
        std::map<std::int32_t, std::string> names;
        for (const ReadyRow& row : ready_.rows)
            if (row.missing.empty()) names[row.entity] += (names[row.entity].empty() ? "" : "; ") + row.brief + (row.beware.empty() ? std::string() : fmt::format(" ({})", fmt::join(row.beware, "; ")));
        std::vector<std::string> lines;
        for (const auto& [index, list] : names) lines.push_back(entity(index) + ": " + list);
        after("PREPARED", lines);
    }

    const Readiness& ready_;
    const ReportContext& context_;
    bool unfold_;
    int number_ = 0;
    std::string text_;
};

}  // namespace

std::string readiness_text(const Readiness& ready, const ReportContext& context, bool unfold) { return ReadyText(ready, context, unfold).run(); }

std::string readiness_plain(const Readiness& ready) {
    std::string text;
    for (const ReadyRow& row : ready.rows)
        text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", row.first().limit, ready.now->incident->entities[static_cast<std::size_t>(row.entity)].id, row.recipient, row.title, missing_words(row), owner_words(row.owner), obligation_of(*row.first().duty, *row.first().of).id);
    return text;
}

}  // namespace duenotice
