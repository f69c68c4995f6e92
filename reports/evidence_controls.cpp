#include "reports/evidence_controls.h"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "reports/record_sheets.h"
#include "reports/wording.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

class Controls {
public:
    Controls(const Assessment& assessment, const std::vector<Sheet>& sheets, const std::vector<RecordTable>& record, const std::string& leaf) : assessment_(assessment), sheets_(sheets), record_(record), leaf_(leaf) {}

    Sheet run() {
        duties();
        modifiers_and_facts();
        limits();
        if (std::any_of(record_.begin(), record_.end(), [](const RecordTable& table) { return table.name == "Integrity"; })) {
            entries();
            filings();
            add("own verification of the record found", 0, counted("Integrity", "item", [](const std::string& text) { return text == "finding" || text == "wrong signature"; }));
        }
        add("rows of Questions = questions of the assessment", static_cast<std::int64_t>(assessment_.questions.size() + assessment_.relation_questions.size()), rows_of("Questions"));
        return std::move(sheet_);
    }

private:
    void add(const std::string& control, std::int64_t expected, std::int64_t counted) {
        sheet_.rows.push_back({fmt::format("T{:02}", sheet_.rows.size() + 1), control, expected, counted, std::string(expected == counted ? "ties" : "DOES NOT TIE"), leaf_});
    }

    const Sheet* find(std::string_view name) const {
        const auto found = std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& sheet) { return sheet.name == name; });
        return found == sheets_.end() ? nullptr : &*found;
    }

    std::int64_t rows_of(std::string_view name) const {
        const Sheet* sheet = find(name);
        return sheet == nullptr ? 0 : static_cast<std::int64_t>(sheet->rows.size());
    }

    /// Rows of Duties with this word in `owed`, and of these `asked by` what begins so.
    std::int64_t duties_with(std::string_view owed, std::string_view asked_by) const {
        const Sheet* sheet = find("Duties");
        if (sheet == nullptr) return 0;
        const auto at = [&](std::string_view title) { return static_cast<std::size_t>(std::find_if(sheet->columns.begin(), sheet->columns.end(), [&](const SheetColumn& column) { return column.title == title; }) - sheet->columns.begin()); };
        const std::size_t first = at("owed"), second = at("asked by");
        return std::count_if(sheet->rows.begin(), sheet->rows.end(), [&](const std::vector<Cell>& row) { return std::get<std::string>(row[first]) == owed && std::get<std::string>(row[second]).starts_with(asked_by); });
    }

    void duties() {
        std::int64_t owed = 0, open = 0, not_owed = 0, law_owed = 0, law_open = 0, contract_owed = 0, house_owed = 0;
        for (const Duty& duty : assessment_.duties) {
            ++(duty.verdict == Verdict::Owed ? owed : duty.verdict == Verdict::Undetermined ? open : not_owed);
            const auto own = own_word(duty);
            if (duty.verdict == Verdict::Owed) ++(own.empty() ? law_owed : own == "house rule" ? house_owed : contract_owed);
            if (duty.verdict == Verdict::Undetermined && own.empty()) ++law_open;
        }
        add("rows of Duties = owed + open + not owed", owed + open + not_owed, rows_of("Duties"));
        add("rows of Duties that are OWED", owed, duties_with("OWED", ""));
        add("rows of Duties that are OPEN", open, duties_with("OPEN", ""));
        add("of the OWED: asked by law", law_owed, duties_with("OWED", "law"));
        add("of the OPEN: asked by law", law_open, duties_with("OPEN", "law"));
        add("of the OWED: promised by contract, not law", contract_owed, duties_with("OWED", "contract"));
        add("of the OWED: own house rule, not law", house_owed, duties_with("OWED", "house rule"));
        add("rows of Not owed = not owed", not_owed, rows_of("Not owed"));
    }

    /// Cells of a column of a sheet, in order.
    std::vector<std::string> cells(std::string_view name, std::string_view title) const {
        std::vector<std::string> found;
        const Sheet* sheet = find(name);
        if (sheet == nullptr) return found;
        const auto at = static_cast<std::size_t>(std::find_if(sheet->columns.begin(), sheet->columns.end(), [&](const SheetColumn& column) { return column.title == title; }) - sheet->columns.begin());
        for (const auto& row : sheet->rows)
            if (const auto* text = std::get_if<std::string>(&row.at(at))) found.push_back(*text);
        return found;
    }

    void modifiers_and_facts() {
        std::int64_t modified = 0, done_by_nothing = 0, unknown = 0;
        for (const Duty& duty : assessment_.duties) {
            modified += duty.modifiers.empty() ? 0 : 1;
            done_by_nothing += duty.verdict == Verdict::Owed && is_filed(duty.done) && duty.filings.empty() ? 1 : 0;
        }
        const auto words = cells("Duties", "modifier and its source");
        add("rows of Duties with a modifier = duties that have one", modified, std::count_if(words.begin(), words.end(), [](const std::string& text) { return text != "none"; }));
        add("duties owed and done without a filing", 0, done_by_nothing);
        const auto ids = cells("Facts", "row id");
        const std::set<std::string> facts(ids.begin(), ids.end());
        for (const std::string& text : cells("Duties", "rests on"))
            for (const std::string_view part : text_parts(text, ' '))
                if (is_fact_row(part)) unknown += facts.count(std::string(part)) == 0 ? 1 : 0;
        add("rows of Facts that Duties names and that are not there", 0, unknown);
    }

    /// `F0012`.
    static bool is_fact_row(std::string_view text) { return text.size() == 5 && text.front() == 'F' && text.find_first_not_of("0123456789", 1) == std::string_view::npos; }
    static bool is_filed(Done done) { return done == Done::Submitted || done == Done::Accepted || done == Done::Dispatched || done == Done::Acknowledged; }

    void limits() {
        std::set<std::string> with_row;
        if (const Sheet* sheet = find("Deadlines"))
            for (const auto& row : sheet->rows) with_row.insert(std::get<std::string>(row[1]));
        std::int64_t without_row = 0, without_steps = 0, elsewhere = 0;
        for (const Duty& duty : assessment_.duties) {
            if (duty.verdict != Verdict::NotOwed && with_row.count(duty.id) == 0) ++without_row;
            for (const Alternative& alternative : duty.deadline.alternatives)
                for (const ReadingLimit& reading : alternative.readings) {
                    if (reading.steps.empty() && !alternative.amount.empty() && alternative.kind == DeadlineKind::DueBy) ++without_steps;
                    if (!reading.steps.empty() && reading.steps.back().to && *reading.steps.back().to != reading.end) ++elsewhere;
                }
        }
        add("owed or open duties without a row of Deadlines", 0, without_row);
        add("dated limits without steps", 0, without_steps);
        add("readings whose last step ends elsewhere than their limit", 0, elsewhere);
    }

    std::int64_t counted(std::string_view table, std::string_view of, const std::function<bool(const std::string&)>& good) const { return static_cast<std::int64_t>(recorded_cells(record_, table, of, good, of).size()); }

    /// What Integrity counts of the record itself.
    std::int64_t count_of(const std::string& item) const {
        std::int64_t count = 0;
        for (const std::string& value : recorded_cells(record_, "Integrity", "value", [&](const std::string& text) { return text == item; }, "item")) count += std::stoll(value);
        return count;
    }

    /// Each entry of a kind has its row.
    void entries() {
        const std::int64_t stated = count_of("entries of kind fact") + count_of("entries of kind correction") + count_of("entries of kind judgement");
        add("rows of Fact history = entries that state a fact or a judgement", stated, rows_of("Fact history"));
        for (const auto& [sheet, kind] : {std::pair("Decisions", "decision"), {"Assessments", "assessment"}, {"Filings", "filing"}, {"Attempts", "attempt"}, {"Approvals", "approval"}})
            add(fmt::format("rows of {} = entries of kind {}", sheet, kind), count_of(std::string("entries of kind ") + kind), rows_of(sheet));
        add("rows of Told = fields that notices sent", count_of("fields that notices sent"), rows_of("Told"));
    }

    void filings() {
        std::set<std::string> filed;
        for (const std::string& id : recorded_cells(record_, "Filings", "id", [](const std::string&) { return true; }, "id")) filed.insert(id);
        add("emergencies of Filings = filings that nobody approved", counted("Filings", "approved by", [](const std::string& text) { return text == "nobody"; }), counted("Filings", "emergency", [](const std::string& text) { return text != "no"; }));
        add("filings without the hash of their bytes", 0, counted("Filings", "bytes hash", [](const std::string& text) { return text.size() != 64; }));
        add("rows of Told of a filing that is none", 0, counted("Told", "filing", [&](const std::string& text) { return filed.count(text) == 0; }));
        add("rows of Attempts of a filing that is none", 0, counted("Attempts", "filing", [&](const std::string& text) { return text != "not filed" && filed.count(text) == 0; }));
    }

    const Assessment& assessment_;
    const std::vector<Sheet>& sheets_;
    const std::vector<RecordTable>& record_;
    const std::string& leaf_;
    Sheet sheet_{"Controls", {{"row id", 8}, {"control", 70}, {"expected", 10}, {"counted", 10}, {"result", 14}, {"leaf", 14}}, {}, "every result is: ties"};
};

}  // namespace

Sheet controls_sheet(const Assessment& assessment, const std::vector<Sheet>& sheets, const std::vector<RecordTable>& record, const std::string& leaf) { return Controls(assessment, sheets, record, leaf).run(); }

}  // namespace duenotice
