// The map of the law book: what stands in the cell of a place and a field of law, as text and as a page.

#include <catch2/catch.hpp>

#include "tests/tools/program_run.h"

using namespace duenotice::test;

namespace {

std::string law_file(const std::string& id, const std::string& place, const std::string& attributes, const std::string& versions, const std::string& omission = {}) {
    return "<law language=\"1\" id=\"" + id + "\" title=\"" + id + "\" short=\"" + id + "\" place=\"" + place + "\" address=\"https://law.example\"" + attributes + ">\n" + omission +
           "<obligation id=\"" + id + ".tell\" title=\"Tell\" each=\"entity\">" + versions + "</obligation></law>\n";
}

std::string version(const std::string& attributes, const std::string& checked, const std::string& grade) {
    return "<version " + attributes + " checked=\"" + checked + "\" grade=\"" + grade + "\"><cite provision=\"section 1\"/><when>incident.kinds includes service_down</when></version>";
}

void write_book(const ProgramFolder& folder) {
    folder.copy("jurisdictions/_shared", "law/_shared");
    const std::string place = "<jurisdiction language=\"1\" code=\"";
    folder.write("law/de.xml", place + "DE\" title=\"Germany\" zone=\"Europe/Berlin\"><omission reason=\"not read\" regime=\"network_security telecommunications\">Law &lt;of networks&gt;</omission></jurisdiction>");
    folder.write("law/us.xml", place + "US\" title=\"United States\" zone=\"America/New_York\"/>");
    folder.write("law/ny.xml", place + "US-NY\" title=\"New York\" parent=\"US\" zone=\"America/New_York\"/>");
    folder.write("law/jp.xml", place + "JP\" title=\"Japan\" zone=\"Asia/Tokyo\"/>");
    folder.write("law/a.xml", law_file("eu.a", "EEA", " regime=\"personal_data\"", version("from=\"2020-01-01\"", "2026-11-20", "T"), "<omission reason=\"not read\" regime=\"health\">Health &lt;of the Union&gt;</omission>"));
    folder.write("law/b.xml", law_file("us.b", "US", " regime=\"finance health\"", version("until=\"2024-01-01\"", "2026-11-21", "U") + version("from=\"2024-01-01\"", "2026-11-19", "C") , "<omission reason=\"not read\" regime=\"finance\">Small banks</omission>"));
    folder.write("law/c.xml", law_file("us.c", "US", " regime=\"health\"", version("", "2026-11-10", "S")));
    folder.write("law/d.xml", law_file("jp.d", "JP", " regime=\"products\"", version("from=\"2027-01-01\" status=\"proposed\"", "2026-11-22", "U")));
    folder.write("law/f.xml", "<law language=\"1\" id=\"eu.f\" title=\"F\" short=\"F\" place=\"EEA\" regime=\"critical_infrastructure\" address=\"https://law.example\"><obligation id=\"eu.f.de\" title=\"Tell\" place=\"DE\" each=\"entity\">" +
                                  version("", "2026-11-23", "S") + "</obligation></law>\n");  // a directive, in the law of one state only
    folder.write("law/e.xml", law_file("jp.e", "JP", "", version("", "2026-11-22", "C")));
}

/// The row of a place in the text, blanks made single.
std::string row(const std::string& text, const std::string& place) {
    const std::size_t at = text.find("\n" + place + " ");
    if (at == std::string::npos) return {};
    std::string line;
    for (const char letter : text.substr(at + 1, text.find('\n', at + 1) - at - 1))
        if (letter != ' ' || (!line.empty() && line.back() != ' ')) line += letter;
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("the map of coverage says of each place and field what is on file") {
    const ProgramFolder folder;
    write_book(folder);
    const ProgramRun run = run_in(folder, "duenotice --law law --as-of 2026-11-26T09:00+01:00 law coverage");
    INFO(run.err);
    REQUIRE(run.code == 0);
    // data, finance, securities, health, network, critical, telecommunications, products, oldest reading
    CHECK(row(run.out, "EEA") == "EEA T ? ? left ? ? ? ? 26-11-20");
    CHECK(row(run.out, "DE") == "DE (T) ? ? left left S left ? 26-11-20");
    CHECK(row(run.out, "US") == "US ? U- ? U ? ? ? ? 26-11-10");
    CHECK(row(run.out, "JP") == "JP ? ? ? ? ? ? ? prop. 26-11-22");
    CHECK(row(run.out, "US-NY").empty());  // a region of which nothing of its own is said
    CHECK(run.out.find("No field of law said: jp.e (JP)") != std::string::npos);
}

TEST_CASE("the page of coverage stands alone, says in words what it colours, and is written whole or not at all") {
    const ProgramFolder folder;
    write_book(folder);
    const std::string program = "duenotice --law law --as-of 2026-11-26T09:00+01:00 law coverage --html ";
    REQUIRE(run_in(folder, program + "map.html").code == 0);
    const std::string page = run_in(folder, "cat map.html").out;
    CHECK(page.find("<td class=\"encoded\"><b>encoded</b><br><span class=\"small\">us.b, us.c<br>C 1, S 1, U 1; 2026-11-10</span></td>") != std::string::npos);
    CHECK(page.find("<td class=\"encoded\"><b>encoded</b><br><span class=\"small\">us.b<br>C 1, U 1; 2026-11-19<br>without: Small banks</span></td>") != std::string::npos);
    CHECK(page.find("<td class=\"wider\"><b>bound by law of EEA</b><br><span class=\"small\">eu.a<br>T 1; 2026-11-20</span></td>") != std::string::npos);
    CHECK(page.find("<td class=\"proposed\"><b>proposed only</b>") != std::string::npos);
    CHECK(count(page, "<td class=\"missing\"><b>known to be missing</b><br><span class=\"small\">Law &lt;of networks&gt;</span></td>") == 2);
    CHECK(count(page, "<td class=\"missing\"><b>known to be missing</b><br><span class=\"small\">Health &lt;of the Union&gt;</span></td>") == 2);  // of the Union, and of Germany too
    CHECK(page.find("<td class=\"none\"><b>not looked at</b></td>") != std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("src=") == std::string::npos);
    CHECK(page.rfind("</html>\n") == page.size() - 8);
    const std::vector<std::string> before = folder.files();
    CHECK(run_in(folder, program + "no-such-folder/map.html").code == 1);
    CHECK(folder.files() == before);
}

TEST_CASE("a field of law that the language does not know is refused") {
    const ProgramFolder folder;
    folder.copy("jurisdictions/_shared", "law/_shared");
    folder.write("law/jp.xml", "<jurisdiction language=\"1\" code=\"JP\" title=\"Japan\" zone=\"Asia/Tokyo\"/>");
    folder.write("law/e.xml", law_file("jp.e", "JP", " regime=\"astrology\"", version("", "2026-11-22", "C")));
    const ProgramRun run = run_in(folder, "duenotice --law law law coverage");
    CHECK(run.code == 3);
    CHECK(run.err.find("astrology") != std::string::npos);
}
