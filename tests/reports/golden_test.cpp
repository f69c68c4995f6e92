#include <catch2/catch.hpp>

#include "reports/escape.h"
#include "reports/evidence.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/json.h"
#include "reports/packet.h"
#include "reports/text.h"
#include "tests/support/approval.h"
#include "tests/support/shipped_world.h"

// Whole outputs of the two samples, as approved after reading: tests/cases/simple and tests/cases/payroll. Another text
// is shown and left for tools/approve.sh. The large ones are kept for the small sample only.

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// One line a row, dates as in the workbook.
std::string sheet_csv(const Sheet& sheet) {
    std::string text;
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) text += (c == 0 ? "" : ",") + escape_csv(sheet.columns[c].title);
    for (const std::vector<Cell>& row : sheet.rows) {
        text += "\n";
        for (std::size_t c = 0; c < row.size(); ++c) {
            const Cell& cell = row[c];
            text += (c == 0 ? "" : ",") + (std::holds_alternative<std::string>(cell) ? escape_csv(std::get<std::string>(cell)) : std::holds_alternative<Instant>(cell) ? iso_utc(std::get<Instant>(cell)) : std::to_string(std::get<std::int64_t>(cell)));
        }
    }
    return text + "\n" + sheet.tie + "\n";
}

std::string file_of(std::string sheet) {
    for (char& c : sheet) c = c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return "evidence/" + sheet + ".csv";
}

/// A line a duty and a question: differences can be read.
std::string by_lines(std::string json) {
    for (const char* begin : {"{\"id\":", "{\"fact\":\"", "\"duties\":[", "\"questions\":[", "\"content\":", "\"deadline\":", "\"recipients\":"})
        for (std::size_t at = 0; (at = json.find(begin, at)) != std::string::npos; at += 2) json.insert(at, "\n");
    return json + "\n";
}

/// A page without its style sheet, which is approved once: ours in style.css, that of what is sent in send.css.
std::string without_style(std::string page, const std::string& file) {
    const std::size_t begin = page.find("<style>") + 7, end = page.find("</style>");
    REQUIRE(end != std::string::npos);
    const std::string sheet = file.find("/send/") == std::string::npos ? "style.css" : "send.css";
    CHECK(approval_difference("tests/cases/" + sheet, page.substr(begin, end - begin)) == "");
    return page.replace(begin, end - begin, sheet);
}

void approved(const std::string& sample, const std::string& file, const std::string& text) {
    const std::string kept = file.ends_with(".html") ? without_style(text, file) : text;
    const std::string difference = approval_difference("tests/cases/" + sample + "/" + file, kept);
    CHECK(difference == "");
}

void common(const Sample& sample, const std::string& name, bool all_sheets) {
    const ReportContext context = sample.context();
    TextOptions options;
    options.input = name + ".json";
    approved(name, "check.txt", timetable_text(context, options));
    approved(name, "summary.html", summary_html(context));
    approved(name, "deadlines.ics", deadlines_ics(context));
    for (const Sheet& sheet : evidence_sheets(context)) {
        const bool small = sheet.name == "Summary" || sheet.name == "Populations" || sheet.name == "Judgements" || sheet.name == "Calendars and zones" || sheet.name == "Controls";
        if (all_sheets || small) approved(name, file_of(sheet.name), sheet_csv(sheet));
    }
}

void packets(const Sample& sample, const std::string& name, const std::string& duty_id) {
    const Duty* duty = sample.assessment().find(duty_id);
    REQUIRE(duty != nullptr);
    for (const Packet& packet : make_packets(*duty, explain(sample.world(), sample.assessment(), *duty), sample.context()))
        for (const auto& [file, bytes] : packet.files)
            if (file != "internal/manifest.json") approved(name, "packet/" + packet.folder + "/" + file, bytes);
}

}  // namespace

TEST_CASE("the outputs of the letters sent to the wrong people are as approved") {
    const Sample sample("simple");
    common(sample, "simple", true);
    approved("simple", "page.html", page_html(sample.context()));
    AssessOptions without_content;
    without_content.content = false;
    Assessment brief = assess(sample.world(), sample.assessment().incident, sample.assessment().moment, without_content);
    brief.tzdata = sample.assessment().tzdata;
    brief.key = sample.assessment().key;
    approved("simple", "assessment.json", by_lines(assessment_json({brief, sample.context().zones, {"Europe/Berlin"}, "duenotice 0.0.0"}, true)));
    const Duty* duty = sample.assessment().find("eu.gdpr.33-1@shop/people");
    REQUIRE(duty != nullptr);
    approved("simple", "explain.txt", explanation_text(explain(sample.world(), sample.assessment(), *duty), sample.context()));
}

TEST_CASE("the outputs of the encrypted payroll host are as approved") {
    const Sample sample("payroll");
    common(sample, "payroll", false);
    packets(sample, "payroll", "eu.dora.19-4-a@bank-de");
    packets(sample, "payroll", "pack.contract.notify@bank-de/cyber-cover");
    packets(sample, "payroll", "pack.house.status@bank-de");
    const Duty* duty = sample.assessment().find("pack.contract.notify@bank-de/cyber-cover");
    approved("payroll", "explain.txt", explanation_text(explain(sample.world(), sample.assessment(), *duty, true), sample.context()));
}
