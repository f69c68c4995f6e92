// Editions of the workbook: each gives what its table says, and says by place and ground what it leaves out.
#include <catch2/catch.hpp>

#include "engine/assess.h"
#include "reports/edition.h"
#include "reports/evidence.h"
#include "tests/support/shipped_world.h"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant as_of = *parse_instant("2026-11-23T09:00+01:00");

const Sheet* find_sheet(const std::vector<Sheet>& sheets, std::string_view name) {
    for (const Sheet& sheet : sheets)
        if (sheet.name == name) return &sheet;
    return nullptr;
}

std::string names(const std::vector<Sheet>& sheets) {
    std::string text;
    for (const Sheet& sheet : sheets) text += (text.empty() ? "" : ", ") + sheet.name;
    return text;
}

/// The rows of Withheld: `Duties | R0001 to R0002 | all | not for this authority`.
std::string withheld(const std::vector<Sheet>& sheets) {
    const Sheet* sheet = find_sheet(sheets, "Withheld");
    if (sheet == nullptr) return "no sheet";
    std::string text;
    for (const auto& row : sheet->rows) {
        for (std::size_t i = 0; i < 4; ++i) text += (i == 0 ? "" : " | ") + std::get<std::string>(row[i]);
        text += "\n";
    }
    return text;
}

std::string cell(const std::vector<Sheet>& sheets, std::string_view name, std::size_t row, std::size_t column) { return std::get<std::string>(find_sheet(sheets, name)->rows.at(row).at(column)); }

Sheet sheet(std::string name, std::vector<std::string> columns, std::vector<std::vector<Cell>> rows) {
    Sheet made{std::move(name), {}, std::move(rows), "tie"};
    for (std::string& title : columns) made.columns.push_back({std::move(title), 14});
    return made;
}

/// A small matter: three duties to two authorities, facts of which two were told and one is internal.
std::vector<Sheet> small_matter() {
    return {sheet("Read me", {"item", "value"}, {{"incident", "INC-1"}, {"note", "SET ASIDE by decision: b@shop"}}),
            sheet("Duties", {"row id", "duty", "rests on", "owner"}, {{"R0001", "a@shop", "F0001 number: 118", "privacy"}, {"R0002", "b@shop", "F0003 internal; F0001 number: 118", "security"}, {"R0003", "c@shop", "-", "security"}}),
            sheet("Deadlines", {"row id", "duty", "start fact", "start value (UTC)"}, {{"D0001", "b@shop", "when it should have been known", "2026-11-01T00:00:00Z"}, {"D0002", "a@shop", "awareness", "2026-11-18T09:30:00Z"}}),
            sheet("Facts", {"row id", "id", "frame", "value", "said by", "source", "rests under duties"},
                  {{"F0001", "people.total", "-", "118", "mail room", "list", "a@shop"}, {"F0002", "entity.dpo_name", "shop", "the office", "-", "not stated", "none"}, {"F0003", "entity.should_have_known_on", "shop", "2026-11-01", "soc", "log", "b@shop"}, {"F0004", "service.cost", "shop", "1000 EUR", "finance", "not stated", "none"}}),
            sheet("Judgements", {"id", "judgement", "reasons for the record", "advice reference"}, {{"J-01", "judged.x", "because", "M-311"}, {"J-02", "judged.y", "because", "-"}}),
            sheet("Fact history", {"entry", "fact", "old", "new"}, {{"4", "entity.should_have_known_on of entities shop", "none", "\"2026-11-01\""}, {"5", "people.total", "117", "118"}}),
            sheet("Filings", {"entry", "id", "duty", "recipient"}, {{"7", "L-01", "a@shop", "xx.one"}, {"8", "L-02", "c@shop", "xx.two"}}),
            sheet("Told", {"entry", "recipient", "filing", "fact", "value told", "now known", "difference"},
                  {{"9", "xx.one", "L-01", "people.total", "118", "118", "same"}, {"9", "xx.one", "L-01", "entity.dpo_name of entities shop, populations people", "an office", "the office", "newer known"}, {"10", "xx.two", "L-02", "service.cost of entities shop", "900", "1000", "contradicts"}}),
            sheet("Questions", {"row id", "question"}, {{"Q001", "How many?"}}),
            sheet("Controls", {"row id", "control"}, {{"T01", "rows"}})};
}

}  // namespace

TEST_CASE("counsel is given everything, and there is no sheet Withheld where nothing was erased") {
    const auto sheets = edition_of(small_matter(), {"counsel", {}, {}, {}, {}}, as_of);
    CHECK(names(sheets) == "Read me, Duties, Deadlines, Facts, Judgements, Fact history, Filings, Told, Questions, Controls");
    CHECK(cell(sheets, "Judgements", 0, 3) == "M-311");
}

TEST_CASE("an auditor is given all but advice and internal knowledge, wherever it stands") {
    const auto sheets = edition_of(small_matter(), {"auditor", {}, {}, {}, {"when it should have been known"}}, as_of);
    CHECK(names(sheets) == "Read me, Duties, Deadlines, Facts, Judgements, Fact history, Filings, Told, Questions, Withheld, Controls");
    CHECK(withheld(sheets) == "Duties | R0002 | rests on | internal knowledge or legal privilege\n"
                              "Deadlines | D0001 | start value (UTC) | internal knowledge or legal privilege\n"
                              "Facts | F0003 | value | internal knowledge or legal privilege\n"
                              "Facts | F0003 | said by | internal knowledge or legal privilege\n"
                              "Facts | F0003 | source | internal knowledge or legal privilege\n"
                              "Judgements | J-01 | advice reference | advice\n"
                              "Fact history | entry 4 | old | internal knowledge or legal privilege\n"
                              "Fact history | entry 4 | new | internal knowledge or legal privilege\n");
    CHECK(cell(sheets, "Judgements", 0, 3) == "withheld: advice");
    CHECK(cell(sheets, "Judgements", 1, 3) == "-");
    CHECK(cell(sheets, "Judgements", 0, 2) == "because");
    for (const Sheet& one : sheets)
        for (const auto& row : one.rows)
            for (const Cell& each : row)
                if (const auto* text = std::get_if<std::string>(&each)) CHECK(text->find("2026-11-01") == std::string::npos);
}

TEST_CASE("what is under legal privilege is left out of the fact, of its history and of what follows it there") {
    auto matter = small_matter();
    matter[3].columns.push_back({"leaf", 14});
    for (auto& row : matter[3].rows) row.push_back(std::string(std::get<std::string>(row[0]) == "F0001" ? "entry 5" : "entry 1"));
    matter[5].rows.push_back({"6", "people.total", "118", "119"});
    EditionSubject subject{"auditor", {}, {}, {}, {}};
    subject.privileged = {"5"};
    const auto sheets = edition_of(matter, subject, as_of);
    CHECK(cell(sheets, "Facts", 0, 3).rfind("withheld: ", 0) == 0);
    CHECK(cell(sheets, "Duties", 0, 2).rfind("withheld: ", 0) == 0);
    CHECK(cell(sheets, "Fact history", 1, 2) == "117");
    CHECK(cell(sheets, "Fact history", 1, 3).rfind("withheld: ", 0) == 0);
    CHECK(cell(sheets, "Fact history", 2, 2).rfind("withheld: ", 0) == 0);
    CHECK(cell(sheets, "Fact history", 2, 3) == "119");
    CHECK(cell(sheets, "Told", 0, 4) == "118");  // told before, and no secret
    CHECK(cell(sheets, "Told", 0, 5).rfind("withheld: ", 0) == 0);
    CHECK(cell(sheets, "Told", 1, 5) == "the office");
}

TEST_CASE("an authority is given its own duties, what was filed with it, and the facts that it was told and that stand") {
    const auto sheets = edition_of(small_matter(), {"authority", "xx.one", {}, {"a@shop"}, {}}, as_of);
    CHECK(names(sheets) == "Read me, Duties, Facts, Filings, Told, Withheld");
    CHECK(withheld(sheets) == "Read me | note | all | not for this authority\n"
                              "Duties | R0002 to R0003 | all | not for this authority\n"
                              "Duties | R0001 | rests on | facts beyond what was told\n"
                              "Duties | R0001 | owner | who works on it inside\n"
                              "Deadlines | all (2) | all | not for this authority\n"
                              "Facts | F0002 to F0004 | all | not for this authority\n"
                              "Facts | F0001 | said by | who said it inside, and what else rests on it\n"
                              "Facts | F0001 | source | who said it inside, and what else rests on it\n"
                              "Facts | F0001 | rests under duties | who said it inside, and what else rests on it\n"
                              "Judgements | all (2) | all | not for this authority\n"
                              "Fact history | all (2) | all | not for this authority\n"
                              "Filings | entry 8 | all | not for this authority\n"
                              "Told | entry 10 | all | not for this authority\n"
                              "Told | entry 9 | now known | known since and not told yet\n"
                              "Told | entry 9 | difference | known since and not told yet\n"
                              "Questions | all (1) | all | not for this authority\n"
                              "Controls | all (1) | all | not for this authority\n");
    CHECK(cell(sheets, "Told", 1, 5) == "withheld: known since and not told yet");
    CHECK(find_sheet(sheets, "Facts")->tie == "others of this sheet stand in Withheld");
    CHECK(cell(sheets, "Read me", 1, 1).rfind("authority, for xx.one: ", 0) == 0);
}

TEST_CASE("an insurer is given duties of policies and costs, a business function what is asked and its own duties") {
    const auto insurer = edition_of(small_matter(), {"insurer", {}, {}, {"c@shop"}, {}}, as_of);
    CHECK(names(insurer) == "Read me, Duties, Facts, Filings, Withheld");
    CHECK(cell(insurer, "Facts", 0, 0) == "F0004");
    CHECK(cell(insurer, "Filings", 0, 1) == "L-02");
    const auto business = edition_of(small_matter(), {"business", {}, "security", {}, {}}, as_of);
    CHECK(names(business) == "Read me, Duties, Questions, Withheld");
    CHECK(find_sheet(business, "Duties")->rows.size() == 2);
}

TEST_CASE("every sheet of the sample that an edition leaves out is named, and each edition names itself") {
    const Sample sample("payroll");
    ReportContext context = sample.context();
    const auto whole = evidence_sheets(context);
    for (const Edition& edition : editions()) {
        INFO(edition.id);
        EditionSubject subject{std::string(edition.id), {}, {}, {}, {}};
        if (edition.id == "authority") subject.recipient = "de.bafin";
        for (const Duty& duty : sample.assessment().duties)
            for (const Recipient& recipient : duty.recipients)
                if (recipient.id == subject.recipient) subject.duties.insert(duty.id);
        const auto sheets = edition_of(whole, subject, as_of);
        context.edition = subject.name();
        CHECK(workbook_meta(context).footer.find("edition " + subject.name()) != std::string::npos);
        if (edition.id == "counsel") continue;
        const std::string left = withheld(sheets);
        for (const Sheet& one : whole)
            if (find_sheet(sheets, one.name) == nullptr) CHECK(left.find(one.name + " | all (" + std::to_string(one.rows.size()) + ") | all | ") != std::string::npos);
        if (edition.id == "authority") CHECK(find_sheet(sheets, "Duties")->rows.size() == subject.duties.size());
    }
}
