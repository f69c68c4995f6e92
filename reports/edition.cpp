#include "reports/edition.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "reports/recorded_fact.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

constexpr std::string_view drill_mark = "EXERCISE ", withheld_name = "Withheld";

std::string_view plain_name(std::string_view sheet) { return sheet.starts_with(drill_mark) ? sheet.substr(drill_mark.size()) : sheet; }

std::optional<std::size_t> column_of(const Sheet& sheet, std::string_view title) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i)
        if (sheet.columns[i].title == title) return i;
    return {};
}

std::string text_of(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* at = std::get_if<Instant>(&cell)) return iso_utc(*at);
    return std::get<std::string>(cell);
}

std::string cell_of(const Sheet& sheet, const std::vector<Cell>& row, std::string_view title) {
    const auto column = column_of(sheet, title);
    return column && *column < row.size() ? text_of(row[*column]) : std::string();
}

bool says_something(const std::string& text) {
    constexpr std::string_view nothing[] = {"-", "none", "none named", "none on record", "not stated", "nothing"};
    return std::find(std::begin(nothing), std::end(nothing), text) == std::end(nothing) && !text.starts_with("withheld: ");
}

/// A row by its id; those of the record by their entry.
std::string reference(const Sheet& sheet, const std::vector<Cell>& row) { return (sheet.columns.front().title == "entry" ? "entry " : "") + text_of(row.front()); }

class Cutting {
public:
    Cutting(const EditionSubject& subject, Instant as_of) : subject_(subject), edition_(*find_edition(subject.edition)), as_of_(as_of) {}

    std::vector<Sheet> run(std::vector<Sheet> sheets) {
        learn(sheets);
        std::vector<Sheet> given;
        Sheet withheld{std::string(withheld_name), {}, {}, ""};
        for (Sheet& sheet : sheets) {
            if (plain_name(sheet.name) == withheld_name) {
                withheld.rows = std::move(sheet.rows);
                continue;
            }
            if (cut(sheet)) given.push_back(std::move(sheet));
        }
        if (!edition_.ground.empty() || !withheld.rows.empty()) add_withheld(given, std::move(withheld), sheets.empty() ? std::string_view() : std::string_view(sheets.front().name));
        return given;
    }

private:
    /// Rows of Facts that are internal knowledge, and what the recipient was told.
    void learn(const std::vector<Sheet>& sheets) {
        for (const Sheet& sheet : sheets) {
            if (plain_name(sheet.name) == "Facts" && !edition_.internal)
                for (const auto& row : sheet.rows)
                    if (is_internal_fact(cell_of(sheet, row, "id")) || is_privileged(cell_of(sheet, row, "leaf"))) add_internal(text_of(row.front()), cell_of(sheet, row, "id"), cell_of(sheet, row, "frame"));
            if (plain_name(sheet.name) == "Told")
                for (const auto& row : sheet.rows)
                    if (cell_of(sheet, row, "recipient") == subject_.recipient && cell_of(sheet, row, "difference") == "same") told_.push_back(recorded_fact(cell_of(sheet, row, "fact")));
        }
    }

    void add_internal(const std::string& row, const std::string& fact, const std::string& frame) {
        internal_.insert(row);
        internal_facts_.emplace_back(fact, frame);
    }

    /// Of Told: what is known now of a fact that is internal.
    bool is_internal_now(const std::string& told) const {
        const RecordedFact recorded = recorded_fact(told);
        return std::any_of(internal_facts_.begin(), internal_facts_.end(), [&](const auto& each) { return each.first == recorded.fact && in_frame(recorded, each.second); });
    }

    /// The lines of the table for a sheet; none: it is left out.
    std::vector<const EditionSheet*> lines_of(std::string_view sheet) const {
        std::vector<const EditionSheet*> own, rest;
        for (const EditionSheet& line : edition_sheets()) {
            if (line.edition != edition_.id) continue;
            if (line.sheet == sheet) own.push_back(&line);
            if (line.sheet == "*") rest.push_back(&line);
        }
        return own.empty() ? rest : own;
    }

    bool given(const Sheet& sheet, const std::vector<Cell>& row, EditionRows rows) const {
        switch (rows) {
            case EditionRows::All: return true;
            case EditionRows::OfDuties: return subject_.duties.count(cell_of(sheet, row, "duty")) > 0;
            case EditionRows::OfRecipient: return cell_of(sheet, row, "recipient") == subject_.recipient;
            case EditionRows::OfOwner: return !subject_.owner.empty() && cell_of(sheet, row, "owner") == subject_.owner;
            case EditionRows::NoNotes: return text_of(row.front()) != "note";
            case EditionRows::Costs: return is_cost_fact(cell_of(sheet, row, "id"));
            case EditionRows::Told: break;
        }
        return std::any_of(told_.begin(), told_.end(), [&](const RecordedFact& told) { return told.fact == cell_of(sheet, row, "id") && in_frame(told, cell_of(sheet, row, "frame")); });
    }

    void note(const Sheet& sheet, const std::string& rows, const std::string& column, std::string_view ground) { noted_.push_back({std::string(plain_name(sheet.name)), rows, column, std::string(ground)}); }

    /// Rows that follow each other as one line of Withheld.
    void note_rows(const Sheet& sheet, const std::vector<std::size_t>& rows, const std::string& column, std::string_view ground) {
        for (std::size_t first = 0; first < rows.size();) {
            std::size_t last = first;
            while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1) ++last;
            const std::string from = reference(sheet, sheet.rows[rows[first]]), to = reference(sheet, sheet.rows[rows[last]]);
            note(sheet, from == to ? from : from + " to " + to, column, ground);
            first = last + 1;
        }
    }

    /// False where the sheet is left out.
    bool cut(Sheet& sheet) {
        const auto lines = lines_of(plain_name(sheet.name));
        if (lines.empty()) {
            note(sheet, fmt::format("all ({})", sheet.rows.size()), "all", edition_.ground);
            return false;
        }
        keep_rows(sheet, lines.front()->rows);
        if (!edition_.internal) hide_internal(sheet);
        for (const EditionSheet* line : lines)
            for (const std::string_view column : text_parts(line->columns, ';')) hide_column(sheet, column, *line);
        if (plain_name(sheet.name) == "Read me") {
            constexpr std::pair<std::string_view, std::string_view> checks[] = {{"how to check, 3", "Deadlines"}, {"how to check, 4", "Controls"}, {"how to check, 5", "Law used"}};
            for (const auto& check : checks)
                if (lines_of(check.second).empty()) std::erase_if(sheet.rows, [&](const std::vector<Cell>& row) { return text_of(row.front()) == check.first; });
        }
        if (plain_name(sheet.name) == "Read me") sheet.rows.push_back({std::string("this edition"), subject_.name() + ": " + std::string(edition_.whose) + (edition_.ground.empty() ? std::string() : ". What it leaves out stands in sheet Withheld, by place and ground.")});
        return true;
    }

    void keep_rows(Sheet& sheet, EditionRows rows) {
        std::vector<std::size_t> out;
        std::vector<std::vector<Cell>> in;
        for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
            if (given(sheet, sheet.rows[i], rows)) in.push_back(sheet.rows[i]);
            else out.push_back(i);
        }
        if (out.empty()) return;
        note_rows(sheet, out, "all", edition_.ground);
        sheet.tie = "others of this sheet stand in Withheld";
        sheet.rows = std::move(in);
    }

    void hide_column(Sheet& sheet, std::string_view title, const EditionSheet& line) {
        const auto column = column_of(sheet, title);
        if (!column) return;
        std::vector<std::size_t> hidden;
        for (std::size_t i = 0; i < sheet.rows.size(); ++i)
            if (says_something(text_of(sheet.rows[i][*column]))) hidden.push_back(i);
        hide(sheet, hidden, *column, line.ground);
    }

    void hide(Sheet& sheet, const std::vector<std::size_t>& rows, std::size_t column, std::string_view ground) {
        for (const std::size_t row : rows) sheet.rows[row][column] = "withheld: " + std::string(ground);
        note_rows(sheet, rows, sheet.columns[column].title, ground);
    }

    /// What an internal fact says, wherever the row of Facts or the fact is named beside it.
    void hide_internal(Sheet& sheet) {
        constexpr std::string_view of_the_fact[] = {"value", "said by", "source", "old", "new", "reason", "true since (UTC)", "learned (UTC)", "start value (UTC)", "document"};
        for (std::size_t column = 0; column < sheet.columns.size(); ++column) {
            const bool says_it = std::find(std::begin(of_the_fact), std::end(of_the_fact), sheet.columns[column].title) != std::end(of_the_fact);
            std::map<std::string, bool> before;  ///< whether the last statement of a fact is privileged
            std::vector<std::size_t> hidden;
            for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
                const auto& row = sheet.rows[i];
                const bool privileged = is_privileged("entry " + cell_of(sheet, row, "entry"));
                bool& last = before[cell_of(sheet, row, "fact")];
                const bool of_entry = sheet.columns[column].title == "old" ? last : privileged;
                last = privileged;
                const bool row_is_it = of_entry || is_privileged(cell_of(sheet, row, "leaf")) || is_internal_fact(cell_of(sheet, row, "id")) || is_internal_fact(first_word(cell_of(sheet, row, "fact"))) || starts_internally(cell_of(sheet, row, "start fact"));
                const bool known_now = sheet.columns[column].title == "now known" && is_internal_now(cell_of(sheet, row, "fact"));
                if ((says_it && row_is_it) || known_now || names_internal(text_of(row[column]), column)) hidden.push_back(i);
            }
            hide(sheet, hidden, column, "internal knowledge or legal privilege");
        }
    }

    bool is_privileged(const std::string& leaf) const { return leaf.starts_with("entry ") && subject_.privileged.count(leaf.substr(6)) > 0; }

    bool starts_internally(const std::string& start) const {
        return std::any_of(subject_.internal_words.begin(), subject_.internal_words.end(), [&](const std::string& words) { return start.find(words) != std::string::npos; });
    }

    static std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

    /// `F0012 ` within a cell; the row id itself stays.
    bool names_internal(const std::string& text, std::size_t column) const {
        return column > 0 && std::any_of(internal_.begin(), internal_.end(), [&](const std::string& row) { return text.find(row + " ") != std::string::npos; });
    }

    void add_withheld(std::vector<Sheet>& given, Sheet withheld, std::string_view first_name) {
        withheld.columns = {{"sheet", 24}, {"rows", 30}, {"column", 24}, {"ground", 50}, {"by", 26}, {"date (UTC)", 17}, {"commitment", 46}};
        for (const Noted& each : noted_) withheld.rows.push_back({each.sheet, each.rows, each.column, each.ground, "edition " + subject_.name(), as_of_, std::string("not applicable: whole in edition counsel")});
        withheld.tie = withheld.rows.empty() ? "nothing is withheld" : "each line names what is not in this copy";
        if (first_name.starts_with(drill_mark)) withheld.name.insert(0, drill_mark);
        auto before = std::find_if(given.begin(), given.end(), [](const Sheet& sheet) { return plain_name(sheet.name) == "Controls"; });
        given.insert(before, std::move(withheld));
    }

    struct Noted {
        std::string sheet, rows, column, ground;
    };
    const EditionSubject& subject_;
    const Edition& edition_;
    Instant as_of_;
    std::set<std::string> internal_;  ///< rows of Facts
    std::vector<std::pair<std::string, std::string>> internal_facts_;  ///< and with their frames
    std::vector<RecordedFact> told_;
    std::vector<Noted> noted_;
};

}  // namespace

std::string EditionSubject::name() const { return edition + (!recipient.empty() ? ", for " + recipient : !owner.empty() ? ", for " + owner : std::string()); }

std::vector<Sheet> edition_of(std::vector<Sheet> sheets, const EditionSubject& subject, Instant as_of) { return Cutting(subject, as_of).run(std::move(sheets)); }

}  // namespace duenotice
