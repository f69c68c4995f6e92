#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/batch_report.h"
#include "reports/explanation_view.h"
#include "reports/html.h"
#include "reports/outlook.h"
#include "reports/text.h"
#include "tests/support/shipped_world.h"

// What a reader must see at once: law before own rules, one page for the crisis table, what decides before what does not.

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const ExplainedNode* find(const std::vector<ExplainedNode>& nodes, const std::string& words) {
    for (const ExplainedNode& node : nodes) {
        if (has(node.words, words)) return &node;
        if (const ExplainedNode* inside = find(node.children, words)) return inside;
    }
    return nullptr;
}

BatchRun batch_of(const Sample& sample) {
    BatchRun run;
    run.as_of = sample.assessment().moment.as_of;
    run.law_edition = "2026-11-20";
    run.law_fingerprint = std::string(64, '0');
    run.read = 1;
    add_assessment(run, sample.context());
    return run;
}

}  // namespace

TEST_CASE("what law asks is next before own promises and rules, which are said to be no law") {
    const Sample sample("payroll");
    const std::vector<std::string> lines = next_lines(timetable(sample.context()), sample.context());
    CHECK(lines.front() == "1 OWED limit has passed and nothing is on record; 2 d 7 h ago: Initial notification of a major incident [DORA], AG");
    bool own = false;
    for (const std::string& line : lines) {
        CHECK((!own || line.rfind("not law", 0) == 0));
        own = own || line.rfind("not law", 0) == 0;
        CHECK(has(line, "house rule]") + has(line, "by contract]") == (line.rfind("not law", 0) == 0 ? 1 : 0));
    }
    CHECK(own);
}

TEST_CASE("a limit that has passed is next though its notice was prepared or was taken back, and not once one stands") {
    const Sample sample("payroll");
    for (const auto& [done, next] : {std::pair(Done::Withdrawn, "no filing stands; 2 d 7 h ago: Initial notification of a major incident [DORA], AG (withdrawn)"), std::pair(Done::Drafted, "AG (drafted)"), std::pair(Done::Approved, "AG (approved)"), std::pair(Done::Submitted, "")}) {
        Assessment changed = sample.assessment();
        for (Duty& duty : changed.duties)
            if (duty.id == "eu.dora.19-4-a@bank-de") duty.done = done;
        const ReportContext asked = sample.context();
        const ReportContext context{changed, asked.zones, asked.show_zones, asked.program};
        std::string lines;
        for (const std::string& line : next_lines(timetable(context), context)) lines += line + "\n";
        CHECK(has(lines, next));
        CHECK(has(lines, "passed and no filing stands") == (done != Done::Submitted));
        CHECK_FALSE(has(lines, "passed and nothing is on record; 2 d 7 h ago: Initial notification"));
    }
}

TEST_CASE("the summary keeps to what one page holds and counts the rest; what law says is owed is never left out for own rules") {
    const Sample sample("payroll");
    const std::string text = summary_html(sample.context());
    CHECK(count(text, "<td class=\"time\">") <= 8 + 4);
    CHECK(has(text, " more duties and 3 own rules and promises: on the page"));
    CHECK(has(text, "more questions on the page"));
    CHECK(has(text, "page 1 of 1"));
    CHECK(has(text, "Initial notification of a major incident"));
    CHECK_FALSE(has(text, "press_lead"));
    CHECK_FALSE(has(text, "status_list"));
    CHECK_FALSE(has(text, "us-state-breach"));
}

TEST_CASE("recipients are named in words, never by a word of the rule language") {
    const Sample sample("payroll");
    for (const Duty& duty : sample.assessment().duties)
        for (const Recipient& recipient : duty.recipients) {
            INFO(duty.id << " " << recipient.id);
            CHECK_FALSE(has(recipient.title, "_"));
        }
}

TEST_CASE("totals of the batch count law; promises and house rules stand on lines of their own") {
    const Sample sample("payroll");
    const BatchRun run = batch_of(sample);
    std::uint64_t law = 0, own = 0;
    for (const Duty& duty : sample.assessment().duties)
        if (duty.verdict == Verdict::Owed) ++(own_word(duty).empty() ? law : own);
    CHECK(run.law.owed == law);
    CHECK(run.own.at("by contract").owed + run.own.at("house rule").owed == own);
    const std::string text = batch_text(run);
    CHECK(has(text, "TOTAL by law "));
    CHECK(has(text, "not law: by contract "));
    CHECK(has(text, "not law: house rule "));
    const nlohmann::json json = nlohmann::json::parse(batch_json(run));
    CHECK(json.at("duties").at("owed") == law);
    CHECK(json.at("not_law").at("house_rule").at("owed") == run.own.at("house rule").owed);
    std::size_t rows = 0, law_rows = 0;
    for (const BatchRow& row : run.rows) {
        ++rows;
        law_rows += row.asked_by == "law" ? 1 : 0;
    }
    CHECK(rows == run.rows.size());
    CHECK(law_rows == run.law.owed + run.law.open);
}

TEST_CASE("the breach register says what was found, of which kind, who was told and what is owed and not on record") {
    const BatchRun run = batch_of(Sample("payroll"));
    const std::vector<Sheet> sheets = batch_sheets(run);
    const Sheet& sheet = sheets.back();
    REQUIRE(sheet.name == "Breach register");
    REQUIRE(sheet.rows.size() == 1);
    REQUIRE(sheet.rows.front().size() == sheet.columns.size());
    CHECK(has(std::get<std::string>(sheet.rows.front()[2]), "Fri 20 Nov 2026 15:14 Berlin"));
    CHECK(has(std::get<std::string>(sheet.rows.front()[10]), "major incident (DORA): major, by head of incident response"));
    CHECK_FALSE(has(std::get<std::string>(sheet.rows.front()[3]), "service_down"));
}

TEST_CASE("an explanation keeps what decides and counts what does not; whole, it keeps all") {
    const Sample sample("payroll");
    const Duty& duty = *sample.assessment().find("pack.contract.notify@bank-de/cyber-cover");
    const Explanation explanation = explain(sample.world(), sample.assessment(), duty);
    const ExplanationView brief = explanation_view(explanation, duty, sample.context()), whole = explanation_view(explanation, duty, sample.context(), true);
    const ExplainedNode* node = find(brief.parts, "What the clause is about is touched: any of these");
    REQUIRE(node != nullptr);
    CHECK(node->truth == Truth::Yes);
    for (const ExplainedNode& child : node->children) CHECK(child.truth == Truth::Yes);
    const ExplainedNode* all = find(whole.parts, "What the clause is about is touched: any of these");
    REQUIRE(all != nullptr);
    CHECK(all->left_out == 0);
    CHECK(node->children.size() + node->left_out == all->children.size());
    CHECK(node->left_out > 0);
}

TEST_CASE("explanations name no fact by its id and fit 80 columns") {
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        for (const char* part : {"eu.dora.19-4-a@", "eu.gdpr.33-1@", "sg.mas.notify@", "us.sec.8k"})
            for (const Duty& duty : sample.assessment().duties) {
                if (duty.id.rfind(part, 0) != 0) continue;
                const std::string text = explanation_text(explain(sample.world(), sample.assessment(), duty), sample.context());
                INFO(text);
                for (const char* id : {"entity.", "judged.", "data.taken", "incident.m"}) CHECK_FALSE(has(text, id));
                for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) CHECK(end - begin <= 84);  // bytes; two for an umlaut
            }
    }
}
