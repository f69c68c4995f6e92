#include <array>

#include <fmt/format.h>

#include "engine/csv_reader.h"
#include "engine/incident_draft.h"
#include "engine/incident_draft_frames.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 12> contract_columns = {"id", "entity", "party", "kind", "clause", "starts_on", "amount", "unit", "calendar", "channel", "contact", "consent_first"};
enum ContractColumn : std::size_t { IdCell, EntityCell, PartyCell, KindCell, ClauseCell, StartsOnCell, AmountCell, UnitCell, CalendarCell, ChannelWordCell, ContactCell, ConsentFirstCell };

/// A cell as a string of JSON, so that facts of contracts are read as all others are.
JsonValue string_value(std::string text, const Span& span) {
    JsonValue value;
    value.kind = JsonValue::Kind::String;
    value.text = std::move(text);
    value.span = span;
    return value;
}

class ContractTable {
public:
    explicit ContractTable(IncidentDraft& draft) : draft_(draft) {}

    bool read(const CsvTable& table) {
        if (!header(table.header)) return false;
        for (const CsvRow& row : table.rows) contract(row);
        return true;
    }

private:
    bool header(const CsvRow& row) {
        std::string expected;
        for (const std::string_view column : contract_columns) expected += (expected.empty() ? "" : ",") + std::string(column);
        for (std::size_t i = 0; i < contract_columns.size(); ++i) {
            if (i < row.size() && row[i].text == contract_columns[i]) continue;
            const CsvCell& at = i < row.size() ? row[i] : row.back();
            draft_.diagnostics.error("DN0544", at.span,
                                     i < row.size() ? fmt::format("column {} of contracts is `{}`, not `{}`", i + 1, contract_columns[i], row[i].text)
                                                    : fmt::format("contracts have {} columns; the last ones, from `{}`, are missing", contract_columns.size(), contract_columns[i]),
                                     "the header is " + expected);
            return false;
        }
        if (row.size() == contract_columns.size()) return true;
        draft_.diagnostics.error("DN0544", row[contract_columns.size()].span, fmt::format("contracts have no column `{}`", row[contract_columns.size()].text), "the header is " + expected);
        return false;
    }

    void contract(const CsvRow& row) {
        if (!is_id(row[IdCell].text)) {
            draft_.diagnostics.error("DN0515", row[IdCell].span, fmt::format("`{}` is not an id", row[IdCell].text), "letters, digits, `.`, `_` and `-`, at most 64, first a letter or digit, no `..`");
            return;
        }
        JsonValue item;
        item.kind = JsonValue::Kind::Object;
        item.span = row[IdCell].span;
        item.members.push_back({"id", row[IdCell].span, string_value(row[IdCell].text, row[IdCell].span)});
        Frame frame;
        frame.contract = draft_.declare(item, draft_.incident.contracts, "contracts");
        if (frame.contract < 0) return;
        ContractFrame& contract = draft_.incident.contracts[static_cast<std::size_t>(frame.contract)];
        contract.party = row[PartyCell].text;
        contract.kind = row[KindCell].text;
        contract.clause = row[ClauseCell].text;
        contract.channel = row[ChannelWordCell].text;
        contract.contact = row[ContactCell].text;
        if (row[PartyCell].text.empty()) draft_.diagnostics.error("DN0545", row[PartyCell].span, fmt::format("the contract `{}` has no party", row[IdCell].text));
        contract.entity = draft_.find(string_value(row[EntityCell].text, row[EntityCell].span), draft_.incident.entities, "entity");
        fact("contract.kind", row[KindCell], frame);
        fact("contract.starts_on", row[StartsOnCell], frame);
        fact("contract.calendar", row[CalendarCell], frame);
        limit(row, frame);
        consent(row[ConsentFirstCell], frame);
    }

    void fact(std::string_view name, const CsvCell& cell, const Frame& frame) {
        const FactDeclaration* declaration = draft_.law.vocabulary.find(name);
        if (declaration == nullptr || cell.text.empty()) return;
        draft_.fact(string_value(cell.text, cell.span), *declaration, frame, Level::Standing);
    }

    /// A number with its unit, or the word of a clause that has no number.
    void limit(const CsvRow& row, const Frame& frame) {
        const CsvCell &amount = row[AmountCell], &unit = row[UnitCell];
        if (amount.text.empty() && (unit.text == "promptly" || unit.text == "immediately")) {
            fact("contract.pace", unit, frame);
            return;
        }
        if (amount.text.empty() != unit.text.empty()) {
            draft_.diagnostics.error("DN0545", amount.text.empty() ? amount.span : unit.span, "an amount needs its unit, and a unit its amount", "a clause without a number has the unit `promptly` or `immediately`");
            return;
        }
        CsvCell both = amount;
        if (!amount.text.empty()) both.text += " " + unit.text;
        fact("contract.limit", both, frame);
        if (amount.text.empty()) return;
        CsvCell number = amount;
        number.text = "number";
        fact("contract.pace", number, frame);
    }

    /// The cell names every act for which consent was promised, so what it does not name needs none; empty: not known.
    void consent(const CsvCell& cell, const Frame& frame) {
        const FactDeclaration* declaration = draft_.law.vocabulary.find("contract.consent_first");
        if (declaration == nullptr || cell.text.empty()) return;
        JsonValue list;
        list.kind = JsonValue::Kind::Array;
        list.span = cell.span;
        std::size_t begin = 0;
        while (begin <= cell.text.size()) {
            const std::size_t end = std::min(cell.text.find(';', begin), cell.text.size());
            std::string word = cell.text.substr(begin, end - begin);
            const std::size_t first = word.find_first_not_of(' ');
            word = first == std::string::npos ? "" : word.substr(first, word.find_last_not_of(' ') - first + 1);
            list.items.push_back(string_value(std::move(word), cell.span));
            begin = end + 1;
        }
        if (list.items.size() == 1 && list.items.front().text == "none") return fact("contract.consent_first", cell, frame);
        JsonValue exactly;
        exactly.kind = JsonValue::Kind::Object;
        exactly.span = cell.span;
        exactly.members.push_back({"exactly", cell.span, std::move(list)});
        draft_.fact(exactly, *declaration, frame, Level::Standing);
    }

    IncidentDraft& draft_;
};

}  // namespace

bool read_contract_table(const SourcePtr& source, IncidentDraft& draft) {
    if (!source) return true;
    const Checked<CsvTable> table = read_csv(source);
    draft.diagnostics.append(table.diagnostics);
    const std::size_t before = draft.diagnostics.error_count();
    if (!table || !ContractTable(draft).read(*table)) return false;
    return !draft.incident.contracts.empty() || draft.diagnostics.error_count() == before;
}

void read_contracts(const JsonValue& root, IncidentDraft& draft) {
    const JsonValue* list = root.find("contracts");
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) {
        JsonObject object(item, "a contract", draft.diagnostics);
        if (!object.usable()) continue;
        object.required_id("id");
        const JsonValue* facts = object.take("facts");
        object.finish();
        const JsonValue* id = item.find("id");
        if (id == nullptr || !is_id(id->text)) continue;
        Frame frame;
        if (draft.incident.contracts.empty()) {
            draft.diagnostics.error("DN0517", id->span, fmt::format("there is no contract `{}`", id->text), "contracts come from contracts.csv only; none was given");
            continue;
        }
        frame.contract = draft.find(*id, draft.incident.contracts, "contract");
        if (frame.contract >= 0) draft.facts(facts, {frame, {FrameKind::Contract}, "a contract", {}}, Level::Account);
    }
}

}  // namespace duenotice
