#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/text.h"
#include "reports/text_layout.h"
#include "reports/timetable.h"

namespace duenotice {

namespace {

constexpr std::size_t duties_fold_from = 5;
constexpr std::size_t questions_told = 3;
constexpr std::size_t open_shown = 3;

/// What is printed as one row: a duty, or the same duty for several populations or places when all else is alike.
struct Entry {
    std::vector<const TimetableRow*> rows;
    int number = 0;
    std::vector<const Entry*> folded;  ///< wait for the same answer and come later
    std::string answer;                ///< the answer they wait for
    const TimetableRow& row() const { return *rows.front(); }
    bool open() const { return row().duty->verdict == Verdict::Undetermined; }
};

std::size_t duties_of(const std::vector<const Entry*>& entries) {
    std::size_t count = 0;
    for (const Entry* entry : entries) count += entry->rows.size();
    return count;
}

class Timetable {
public:
    Timetable(const ReportContext& context, const TextOptions& options)
        : context_(context), options_(options), assessment_(context.assessment), rows_(timetable(context)) {
        for (const TimetableGroup wanted : {TimetableGroup::Now, TimetableGroup::ByTime, TimetableGroup::NotStarted, TimetableGroup::Optional, TimetableGroup::SetAside}) lay_out(wanted);
    }

    std::string run() {
        head();
        not_covered();
        next();
        ask();
        column_heads();
        group(TimetableGroup::Now, "NOW: the law gives no number");
        group(TimetableGroup::ByTime, "BY TIME");
        group(TimetableGroup::NotStarted, "CLOCK NOT STARTED, OR NO DATE YET");
        group(TimetableGroup::Optional, "MAY: allowed, not owed");
        group(TimetableGroup::SetAside, "SET ASIDE: owed by its own law, and something lies on top");
        not_owed();
        foot();
        return std::move(text_);
    }

private:
    void line(std::string_view text) { text_ += indented(text, 0, line_width); }
    void after(std::string_view label, std::string_view text) { text_ += columns({{std::string(label), 12}, {std::string(text), line_width - 13}}); }
    std::string limit(const Duty& duty) const { return local_words(*duty.deadline.counted, context_.main_zone(), true, false); }

    // Rows to entries

    void lay_out(TimetableGroup wanted) {
        std::vector<Entry>& entries = groups_[wanted];
        for (std::vector<const TimetableRow*>& rows : rows_alike(rows_, wanted)) {
            if (!options_.unfold) entries.push_back(Entry{std::move(rows), 0, {}, {}});
            else
                for (const TimetableRow* row : rows) entries.push_back(Entry{{row}, 0, {}, {}});
        }
        if (!options_.unfold) fold(entries);
        for (Entry& entry : entries)
            if (hidden_.count(&entry) == 0) entry.number = ++numbered_;
    }

    /// A limit of the next 24 hours is never folded.
    bool soon(const Entry& entry) const {
        const auto& safe = entry.row().duty->deadline.counted;
        return safe && *safe >= assessment_.moment.as_of && safe->seconds - assessment_.moment.as_of.seconds <= 86400;
    }

    /// The fact that most of the entries wait for, while at least five do; the first of them stands for the rest.
    void fold(std::vector<Entry>& entries) {
        std::set<const Entry*> taken;
        while (true) {
            std::map<FactId, std::vector<Entry*>> waiting;
            for (Entry& entry : entries) {
                if (!entry.open() || taken.count(&entry) != 0 || soon(entry)) continue;
                std::set<FactId> facts;
                for (const TimetableRow* row : entry.rows)
                    for (const GroundFact& ground : row->duty->open_facts) facts.insert(ground.fact);
                for (const FactId fact : facts) waiting[fact].push_back(&entry);
            }
            const auto judged = [&](FactId fact) { return assessment_.law->vocabulary.at(fact).type == ValueType::Judgement; };
            auto best = waiting.end();
            for (auto it = waiting.begin(); it != waiting.end(); ++it)
                if (best == waiting.end() || std::tuple(it->second.size(), judged(it->first)) > std::tuple(best->second.size(), judged(best->first))) best = it;
            if (best == waiting.end() || best->second.size() < duties_fold_from) return;
            Entry& first = *best->second.front();
            first.answer = short_fact(assessment_.law->vocabulary.at(best->first));
            taken.insert(&first);
            for (std::size_t i = 1; i < best->second.size(); ++i) {
                first.folded.push_back(best->second[i]);
                taken.insert(best->second[i]);
                hidden_.insert(best->second[i]);
            }
        }
    }

    const Entry* entry_of(const TimetableRow& row) const {
        for (const auto& [wanted, entries] : groups_)
            for (const Entry& entry : entries)
                if (std::find(entry.rows.begin(), entry.rows.end(), &row) != entry.rows.end()) return &entry;
        return nullptr;
    }

    // Head

    void head() {
        const Incident& incident = *assessment_.incident;
        line(fmt::format("DUENOTICE  {}  {}  facts {}", incident.id, incident.title.empty() ? "" : "\"" + incident.title + "\"", incident.hash.substr(0, 7)));
        if (incident.drill) line("EXERCISE  EXERCISE  EXERCISE: nothing here happened; send nothing.");
        line(as_of_words(context_));
        std::size_t secondary = 0;
        for (const Duty& duty : assessment_.duties) secondary += duty.verdict != Verdict::NotOwed && (duty.grade == 'S' || duty.grade == 'U') ? 1 : 0;
        line(fmt::format("Law edition {}. {}", assessment_.law->edition,
                         secondary == 0 ? "" : count_words(secondary, "duty rests", "duties rest") + " on secondary sources (S) or less (U)."));
        for (const std::string& note : assessment_.notes) line(note);
        line("On the facts recorded. A working aid, not legal advice; people decide.");
        text_ += "\n";
    }

    void not_covered() {
        if (assessment_.not_covered.empty() && assessment_.families.empty()) return;
        bool first = true;
        const auto say = [&](const std::string& text) {
            after(first ? "NOT COVERED" : "", text);
            first = false;
        };
        if (const std::string places = places_without_law(assessment_); !places.empty()) say(places + ": no law on file. Ask local counsel.");
        if (const std::string omissions = omissions_by_place(assessment_); !omissions.empty()) say("Known omissions of the law on file: " + omissions + " (page, workbook).");
        constexpr std::size_t laws_named = 6;
        const bool many = assessment_.families.size() > laws_named;
        if (const std::string laws = laws_of_open_places(assessment_, many); !laws.empty())
            say("Laws that bind if people, services or business there are touched, which is not known: " + laws + (many ? " (names: page, workbook)." : "."));
        text_ += "\n";
    }

    // What comes first

    void next() {
        bool first = true;
        for (const std::string& line : next_lines(rows_, context_, [this](const TimetableRow& row) {
                 const Entry* entry = entry_of(row);
                 return entry == nullptr || entry->number == 0 ? std::string() : fmt::format("row {}", entry->number);
             })) {
            after(first ? "NEXT" : "", line);
            first = false;
        }
    }

    void ask() {
        const std::vector<AskedQuestion> asked = asked_questions(context_);
        for (std::size_t i = 0; i < asked.size() && i < questions_told; ++i) {
            const std::string where = asked[i].where_words();
            after(i == 0 ? "ASK" : "", fmt::format("{} {}{}  {}", i + 1, asked[i].question->question, where.empty() ? "" : "  [" + where + "]", asked[i].effect()));
        }
        const std::vector<RelationQuestion>& lists = assessment_.relation_questions;
        std::size_t shown = std::min(asked.size(), questions_told);
        for (std::size_t i = 0; i < lists.size() && shown < questions_told; ++i, ++shown)
            after(shown == 0 ? "ASK" : "", fmt::format("{} {}  touches {}", shown + 1, lists[i].question, count_words(lists[i].duties.size(), "duty", "duties")));
        if (const std::size_t all = asked.size() + lists.size(); all > shown) after("", count_words(all - shown, "more question", "more questions") + ": duenotice ask");
        text_ += "\n";
    }

    // Rows

    void column_heads() {
        text_ += columns({{"#", 3, true}, {"BY (safe), " + zone_city(context_.main_zone().name()), 19}, {"LEFT", 7, true}, {"OWED", 4}, {"WHO", 9}, {"WHAT", 21}, {"TO", 11}});
        text_ += rule_line + "\n";
    }

    void group(TimetableGroup wanted, std::string_view title) {
        bool titled = false;
        for (const Entry& entry : groups_.at(wanted)) {
            if (hidden_.count(&entry) != 0) continue;
            if (!titled) line(title);
            titled = true;
            one(entry);
        }
    }

    void one(const Entry& entry) {
        const TimetableRow& row = entry.row();
        std::vector<const Duty*> duties;
        for (const TimetableRow* each : entry.rows) duties.push_back(each->duty);
        const std::vector<Column> rest{{row.owed, 4}, {row.who_brief, 9}, {what_of(entry.rows), 21}, {row.to_brief, 11}};
        std::vector<Column> cells{{std::to_string(entry.number), 3, true}};
        if (row.duty->deadline.counted) cells.insert(cells.end(), {{row.by, 19}, {row.left, 7, true}});
        else cells.push_back({row.by + (row.left.empty() ? "" : " " + row.left), 27});
        cells.insert(cells.end(), rest.begin(), rest.end());
        text_ += columns(cells);
        std::string notes;
        for (const std::string& note : options_.unfold ? row.notes : row.brief) notes += (notes.empty() ? "  " : " | ") + note;
        text_ += indented((options_.unfold ? row.basis : row.law_brief) + notes, 4, line_width);
        if (entry.open() && !options_.unfold && row.group != TimetableGroup::Optional)
            if (const std::string open = open_words(duties, assessment_, open_shown); !open.empty()) text_ += indented("open: " + open, 4, line_width);
        if (!entry.folded.empty()) folded(entry);
    }

    void folded(const Entry& entry) {
        std::map<std::string, std::map<std::string, std::size_t>> inside;
        std::vector<std::string> titles;
        const Duty* nearest = nullptr;
        for (const Entry* each : entry.folded)
            for (const TimetableRow* row : each->rows) {
                const std::string title = row->title + " [" + law_name_brief(*row->duty, assessment_) + "]";
                if (inside.count(title) == 0) titles.push_back(title);
                ++inside[title][row->who_brief];
                if (row->duty->deadline.counted && (nearest == nullptr || *row->duty->deadline.counted < *nearest->deadline.counted)) nearest = row->duty;
            }
        text_ += indented(fmt::format("+ {} for the same answer ({}){}.  --unfold", count_words(duties_of(entry.folded), "more duty waits", "more duties wait"), entry.answer,
                                      nearest == nullptr ? "" : "; nearest limit if OWED: " + limit(*nearest)), 4, line_width);
        for (const std::string& title : titles) {
            std::string who;
            for (const auto& [name, count] : inside.at(title)) who += (who.empty() ? "" : ", ") + name + (count > 1 ? " " + std::to_string(count) : "");
            text_ += indented(title + "  " + who, 6, line_width);
        }
    }

    void not_owed() {
        std::size_t by_fact = 0, by_judgement = 0, by_exception = 0;
        for (const TimetableRow& row : rows_) {
            if (row.group != TimetableGroup::NotOwed || !own_word(*row.duty).empty()) continue;
            const bool exception = std::any_of(row.duty->exceptions.begin(), row.duty->exceptions.end(), [](const ExceptionState& state) { return state.holds == Truth::Yes; });
            const bool judged = std::any_of(row.duty->because.begin(), row.duty->because.end(), [&](const Because& because) {
                return assessment_.law->vocabulary.at(because.ground.fact).type == ValueType::Judgement;
            });
            ++(exception && row.duty->when != Truth::No ? by_exception : judged ? by_judgement : by_fact);
        }
        const std::size_t all = by_fact + by_judgement + by_exception;
        if (all > 0) line(fmt::format("NOT OWED  {}:  by facts {}, by exception {}, by judgement {}{}", all, by_fact, by_exception, by_judgement, options_.show_not_owed ? "" : "   --not-owed"));
        if (options_.show_not_owed)
            for (const TimetableRow& row : rows_)
                if (row.group == TimetableGroup::NotOwed) not_owed_row(row);
    }

    void not_owed_row(const TimetableRow& row) {
        std::string why;
        for (const ExceptionState& state : row.duty->exceptions)
            if (state.holds == Truth::Yes && row.duty->when != Truth::No) why += (why.empty() ? "exception " : ", ") + (state.citation.empty() ? state.id : state.citation);
        for (const Because& because : row.duty->because) why += (why.empty() ? "rests on " : "; ") + because_words(because, row.duty, context_);
        text_ += indented(row.who_brief + ": " + row.what + ". NOT OWED on these facts: " + why, 2, line_width);
    }

    /// Promises and house rules are counted apart: they are no law.
    void own() {
        std::map<std::string_view, std::array<std::size_t, 3>> counts;
        for (const Duty& duty : assessment_.duties)
            if (const auto word = own_word(duty); !word.empty()) ++counts[word][static_cast<std::size_t>(duty.verdict == Verdict::Owed ? 0 : duty.verdict == Verdict::Undetermined ? 1 : 2)];
        for (const auto& [word, count] : counts) line(fmt::format("NOT LAW  {}: {} owed, {} open, {} not owed; in no count of legal duties", word, count[0], count[1], count[2]));
    }

    void foot() {
        std::size_t sent = 0, waiting = 0, safe_side = 0, no_law = 0, folded = 0, rows = 0;
        for (const Duty& duty : assessment_.duties) {
            sent += duty.done >= Done::Submitted && duty.done <= Done::Acknowledged ? 1 : 0;
            waiting += duty.done >= Done::Submitted && duty.done < Done::Acknowledged ? 1 : 0;
            no_law += duty.verdict != Verdict::NotOwed && !own_word(duty).empty() ? 1 : 0;
            safe_side += !duty.exact && duty.verdict == Verdict::Undetermined ? 1 : 0;
        }
        for (const auto& [wanted, entries] : groups_)
            for (const Entry& entry : entries) {
                rows += entry.rows.size();
                folded += duties_of(entry.folded);
            }
        own();
        line(fmt::format("SENT  {}  waiting for acknowledgement {}. Filings and holds that are not recorded did not happen.", sent, waiting));
        text_ += rule_line + "\n";
        line(fmt::format("{} owed or open in {} rows{}{}.", count_words(rows, "duty", "duties"), numbered_, no_law == 0 ? "" : fmt::format(", {} of them not law", no_law), folded == 0 ? "" : fmt::format("; {} of them folded behind a row (--unfold shows each)", folded)));
        if (safe_side > 0)
            line(fmt::format("* {}: people who may be in two groups are counted as a range, and the program keeps such a duty OPEN rather than guess; `explain` says why.", count_words(safe_side, "duty", "duties")));
        if (options_.input.empty()) return;
        const TimetableRow* example = rows_.empty() ? nullptr : &rows_.front();
        for (const TimetableRow& row : rows_)
            if (row.group == TimetableGroup::ByTime && *row.duty->deadline.counted >= assessment_.moment.as_of) {
                example = &row;
                break;
            }
        line("duenotice explain " + options_.input + " " + (example == nullptr ? "DUTY" : example->duty->id));
        line("duenotice ask " + options_.input);
    }

    const ReportContext& context_;
    const TextOptions& options_;
    const Assessment& assessment_;
    std::vector<TimetableRow> rows_;
    std::map<TimetableGroup, std::vector<Entry>> groups_;
    std::set<const Entry*> hidden_;
    std::string text_;
    int numbered_ = 0;
};

}  // namespace

std::string timetable_text(const ReportContext& context, const TextOptions& options) { return escape_terminal(Timetable(context, options).run()); }

}  // namespace duenotice
