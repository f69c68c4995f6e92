#include <catch2/catch.hpp>

#include "reports/evidence.h"
#include "reports/html.h"
#include "reports/ics.h"
#include "reports/text.h"
#include "tests/support/approval.h"
#include "tests/support/shipped_world.h"

// No output advises, judges or admits: none of the phrases of reports/forbidden_words.csv, as whole words.

using namespace duenotice;
using namespace duenotice::test;

namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The phrases that the text holds as whole words outside what the list allows.
std::string forbidden_in(const std::string& output) {
    const std::string text = lower(output), list = file_text("reports/forbidden_words.csv");
    std::string found;
    std::size_t begin = list.find('\n') + 1;
    REQUIRE(list.size() > 200);
    for (std::size_t end; (end = list.find('\n', begin)) != std::string::npos; begin = end + 1) {
        const std::string line = lower(list.substr(begin, end - begin));
        const std::string phrase = line.substr(0, line.find(',')), allowed = line.substr(line.find(',') + 1);
        for (std::size_t at = 0; (at = text.find(phrase, at)) != std::string::npos; at += phrase.size()) {
            const bool whole = (at == 0 || !letter(text[at - 1])) && (at + phrase.size() >= text.size() || !letter(text[at + phrase.size()]));
            const std::size_t inside = allowed.find(phrase);
            if (!whole || (!allowed.empty() && at >= inside && text.compare(at - inside, allowed.size(), allowed) == 0)) continue;
            found += "`" + phrase + "` in: " + text.substr(at < 30 ? 0 : at - 30, 80) + "\n";
        }
    }
    return found;
}

}  // namespace

TEST_CASE("no output of the samples holds a phrase that advises, judges or admits") {
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        const ReportContext context = sample.context();
        TextOptions options;
        options.show_not_owed = true;
        std::string all = timetable_text(context, options) + summary_html(context) + page_html(context) + deadlines_ics(context) + questions_text(context);
        for (const Sheet& sheet : evidence_sheets(context))
            for (const auto& row : sheet.rows)
                for (const Cell& cell : row)
                    if (const auto* text = std::get_if<std::string>(&cell)) all += *text + "\n";
        CHECK(forbidden_in(all) == "");
    }
}

TEST_CASE("the search for forbidden phrases finds them, as whole words alone") {
    CHECK(forbidden_in("By midnight.") != "");
    CHECK(forbidden_in("You must notify BaFin") != "");
    CHECK(forbidden_in("the code of the COBOL program; not applicable: a zone; criteria that triggered the report") == "");
    CHECK(forbidden_in("not applicable") != "");
}
