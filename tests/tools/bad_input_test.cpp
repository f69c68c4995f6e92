// What a broken, hostile or half-written file does to the program, for each reader: it ends with 3, says what is wrong and
// where, prints no result and writes no file. The whole texts stand in tests/badinput/.

#include <regex>

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "tests/support/approval.h"
#include "tests/tools/program_run.h"

using namespace duenotice::test;

namespace {

struct Bad {
    std::string name, bytes;
};

const std::string law =
    "<law language=\"1\" id=\"de.small\" title=\"Small law\" place=\"DE\" address=\"https://law.example\">\n"
    "  <obligation id=\"de.small.tell\" title=\"Tell the authority\" each=\"entity population\">\n"
    "    <version checked=\"2026-11-20\" grade=\"U\"><cite provision=\"section 1\"/>\n"
    "      <when>data.personal is yes</when></version>\n"
    "    <example name=\"personal\" owed=\"yes\">data.personal is yes</example>\n"
    "    <example name=\"not personal\" owed=\"no\">data.personal is no</example>\n"
    "  </obligation>\n</law>\n";

const std::string incident =
    "{\"duenotice\": \"incident/1\", \"id\": \"INC-1\",\n \"zone\": \"Europe/Berlin\",\n"
    " \"facts\": {\"data.personal\": \"yes\", \"people.total\": {\"at_least\": 10, \"at_most\": 20}},\n"
    " \"entities\": [{\"id\": \"shop\", \"facts\": {\"entity.country\": \"DE\"}}]}\n";

const std::string as_of = "duenotice --law law --as-of 2026-11-23T09:00+01:00 ";

std::string repeat(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), instead);
}

/// A small law book on the vocabulary that ships.
void small_law(const ProgramFolder& folder) {
    folder.copy("jurisdictions/_shared", "law/_shared");
    folder.copy("jurisdictions/de/jurisdiction.xml", "law/de/jurisdiction.xml");
    folder.copy("jurisdictions/eu/jurisdiction.xml", "law/eu/jurisdiction.xml");
    folder.write("law/own/law.xml", law);
}

/// Damage that any document may have, whatever is written in it.
std::vector<Bad> damaged(const std::string& text, const std::string& word) {
    const std::size_t at = text.find(word);
    REQUIRE(at != std::string::npos);
    return {{"empty", ""},
            {"blank", " \n\n"},
            {"ends in the middle", text.substr(0, at + word.size() / 2)},
            {"a byte that is no UTF-8", std::string(text).insert(at, "\xff")},
            {"a NUL", std::string(text).insert(at, 1, '\0')},
            {"UTF-16", std::string("\xff\xfe{\0}\0", 6)},
            {"17 MB", std::string(text).insert(at, std::string(17U << 20U, ' '))}};
}

/// Each case in a file of its own name; `command` reads it. Results are compared as one text.
void check_all(const std::string& reader, const std::vector<Bad>& cases, const std::string& file, const std::string& command,
               const ProgramFolder& folder) {
    std::string told;
    for (const Bad& bad : cases) {
        INFO(bad.name);
        folder.write(file, bad.bytes);
        const std::vector<std::string> before = folder.files();
        const ProgramRun run = run_in(folder, command);
        CHECK(run.code == 3);
        CHECK(run.out.empty());
        CHECK(folder.files() == before);
        told += "== " + bad.name + "\n" + run.err;
    }
    CHECK(approval_difference("tests/badinput/" + reader + ".expected", told) == "");
}

std::vector<Bad> bad_json(const std::string& text, const std::string& kind) {
    std::vector<Bad> cases = damaged(text, "\"id\"");
    const std::vector<Bad> more = {
        {"deep", repeat("[", 100'000)},
        {"deep in a member", with(text, "\"id\"", "\"x\": " + repeat("{\"a\":", 70) + "1" + repeat("}", 70) + ", \"id\"")},
        {"more values than are read", "{\"id\": [" + repeat("0,", 500'001) + "0]}"},
        {"a list in place of an object", "[1, 2]"},
        {"a number in place of an object", "7"},
        {"twice the same member", with(text, "\"id\"", "\"id\": \"other\", \"id\"")},
        {"twice the same member, one written with an escape", with(text, "\"id\"", "\"\\u0069d\": \"other\", \"id\"")},
        {"half a pair of UTF-16", with(text, "\"id\"", "\"title\": \"\\ud800\", \"id\"")},
        {"something after the end", text + "{}"},
        {"another document", with(text, kind + "/1", kind + "/9")},
        {"null", with(text, "\"zone\": \"Europe/Berlin\"", "\"zone\": null")},
        {"no such zone", with(text, "Europe/Berlin", "Europe/Berlim")},
        {"a zone that is a path", with(text, "Europe/Berlin", "../../../etc/passwd")},
        {"an unknown member", with(text, "\"entities\"", "\"entites\"")}};
    cases.insert(cases.end(), more.begin(), more.end());
    for (const std::string id : {"", "../../etc/passwd", "a/b", "a\\\\b", "a..b", ".a", "a b", "a\\u0000b", "\\u202ea", "ä"})
        cases.push_back({"the entity `" + id + "`", with(text, "\"shop\"", "\"" + id + "\"")});
    cases.push_back({"an entity of 65 letters", with(text, "\"shop\"", "\"" + std::string(65, 'a') + "\"")});
    cases.push_back({"two entities that differ in case", with(text, "[{\"id\": \"shop\"", "[{\"id\": \"Shop\"}, {\"id\": \"shop\"")});
    return cases;
}

}  // namespace

TEST_CASE("a bad account is refused with its places, and nothing is written", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    std::vector<Bad> cases = bad_json(incident, "incident");
    const std::vector<Bad> more = {
        {"an id that is a path", with(incident, "INC-1", "../INC-1")},
        {"every member of a wrong type",
         "{\"duenotice\": 1, \"id\": 7, \"title\": [], \"drill\": \"yes\", \"zone\": 5, \"facts\": [], \"entities\": {}, "
         "\"populations\": \"x\", \"complete\": \"entities\", \"contracts\": {}, \"events\": 1, \"series\": true, "
         "\"filings\": \"\", \"holds\": 3, \"texts\": 2}"},
        {"every fact of a wrong type",
         with(incident, "\"data.personal\": \"yes\"",
              "\"data.personal\": true, \"data.categories\": {\"has\": \"name\"}, \"incident.cause\": [\"mistake\"],\n  "
              "\"incident.detected_at\": 5, \"incident.started_at\": \"2026-02-30\", \"data.encrypted\": {\"at_least\": 3}")},
        {"numbers that are none", with(incident, "{\"at_least\": 10, \"at_most\": 20}", "1e400")},
        {"a number beyond 2^53", with(incident, "{\"at_least\": 10, \"at_most\": 20}", "9007199254740993")},
        {"a negative number", with(incident, "{\"at_least\": 10, \"at_most\": 20}", "-1")},
        {"a range upside down", with(incident, "\"at_most\": 20", "\"at_most\": 9")},
        {"a value beside a range", with(incident, "\"at_most\": 20", "\"value\": 20")},
        {"a name that is nearly a fact", with(incident, "data.personal", "data.persnal")},
        {"a choice that is nearly one", with(incident, "\"yes\"", "\"yess\"")},
        {"ids of frames that are paths",
         with(incident, "\"entities\"",
              "\"populations\": [{\"id\": \"../p\"}],\n \"events\": [{\"id\": \"/e\", \"kind\": \"payment\"}],\n \"series\": "
              "[{\"id\": \"s/\", \"incidents\": [\"../../x\"]}],\n \"entities\"")}};
    cases.insert(cases.end(), more.begin(), more.end());
    check_all("incident", cases, "incident.json", as_of + "check incident.json --out out", folder);
}

TEST_CASE("a bad group profile is refused with its places, and the account is not blamed for it", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    folder.write("incident.json", "{\"duenotice\": \"incident/1\", \"id\": \"INC-1\", \"facts\": {\"data.personal\": \"yes\"}}");
    const std::string group =
        "{\"duenotice\": \"group/1\", \"id\": \"g\", \"zone\": \"Europe/Berlin\",\n \"entities\": [{\"id\": \"shop\", \"facts\": {}}]}\n";
    check_all("group", bad_json(group, "group"), "group.json", as_of + "check incident.json --group group.json --out out", folder);
}

TEST_CASE("a bad table of contracts is refused with its places", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    folder.write("incident.json",
                 "{\"duenotice\": \"incident/1\", \"id\": \"INC-1\", \"zone\": \"Europe/Berlin\", \"entities\": [{\"id\": \"shop\"}],\n"
                 " \"contracts\": [{\"id\": \"host\", \"facts\": {\"contract.hit\": [\"data\"]}}]}");
    const std::string header = "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\n";
    const std::string row = "host,shop,The host,supplier_to_us,9.1,knowledge,24,hours,,mail,desk,none\n";
    std::vector<Bad> cases = damaged(header + row, "host");
    const std::vector<Bad> more = {
        {"no header", row},
        {"a column is missing", with(header, ",contact", "") + row},
        {"a column too many", with(header, "consent_first", "consent_first,more") + row},
        {"a column too many, filled", with(header, "consent_first", "consent_first,more") + with(row, "none", "none,x")},
        {"semicolons", "id;entity;party\nhost;shop;The host\n"},
        {"quotes that never close", header + with(row, "The host", "\"The host")},
        {"a quote in the middle", header + with(row, "The host", "The \"host\"")},
        {"the same contract twice", header + row + row},
        {"ids that are paths", header + with(row, "host,shop", "../host,../shop")},
        {"every cell of a wrong kind", header + "host,nobody,p,friend,c,2026-13-01,many,fortnights,../x,ch,co,perhaps\n"}};
    cases.insert(cases.end(), more.begin(), more.end());
    check_all("contracts", cases, "contracts.csv", as_of + "check incident.json --contracts contracts.csv --out out", folder);
}

TEST_CASE("a bad form is refused with its places, and the account is not printed", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    folder.write("incident.json", incident);
    const std::string header = "fact,entity,population,place,question,how_to_answer,answer,by,source\n";
    const std::string row = "data.encrypted,,,,Was it?,\"yes, no\",yes,,\n";
    std::vector<Bad> cases = damaged(header + row, "data.encrypted");
    std::erase_if(cases, [](const Bad& bad) { return bad.name == "17 MB"; });  // blanks around a cell are none of its own
    cases.push_back({"65 MB", header + with(row, "Was it?", std::string(65U << 20U, 'x'))});
    const std::vector<Bad> more = {{"no header", row},
                                   {"a column is missing", with(header, ",answer", "") + with(row, ",yes,,", ",,")},
                                   {"a name that is nearly a fact", header + with(row, "data.encrypted", "data.encryptd")},
                                   {"an entity that is nearly one", header + "entity.country,shp,,,q,h,DE,,\n"},
                                   {"an entity that is a path", header + "entity.country,../shop,,,q,h,DE,,\n"},
                                   {"a population that nobody named", header + "data.encrypted,,staff,,q,h,yes,,\n"},
                                   {"two answers to one question", header + row + with(row, "yes,,", "no,,")},
                                   {"answers that cannot be read",
                                    header + "people.total,,,,q,h,lots,,\ndata.encrypted,,,,q,h,perhaps,,\nincident.detected_at,,,,q,h,2026-99-99,,\n"}};
    cases.insert(cases.end(), more.begin(), more.end());
    check_all("form", cases, "form.csv", as_of + "read form.csv --into incident.json", folder);
}

TEST_CASE("answers are not added to an account that is bad itself", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    folder.write("form.csv", "fact,entity,population,place,question,how_to_answer,answer,by,source\ndata.encrypted,,,,q,h,yes,,\n");
    const std::vector<Bad> cases = {{"empty", ""},
                                    {"a list", "[]"},
                                    {"facts that are a list", with(incident, "\"facts\": {", "\"facts\": [], \"texts\": {")},
                                    {"a zone that is a number", with(incident, "\"Europe/Berlin\"", "5")},
                                    {"entities that are an object", "{\"duenotice\": \"incident/1\", \"id\": \"x\", \"entities\": {\"a\": 1}}"}};
    check_all("form_into", cases, "incident.json", as_of + "read form.csv --into incident.json", folder);
}

TEST_CASE("bad lines of a portfolio are refused one by one, the others are answered, and the totals tie", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    std::string line = incident;
    for (char& c : line)
        if (c == '\n') c = ' ';
    std::string lines = line + "\n" + line.substr(0, 50) + "\n\n[]\n" + with(line, "INC-1", "../x") + "\n" + with(line, "INC-1", "inc-1") + "\n" +
                        repeat("[", 1000) + "\n" + with(with(line, "INC-1", "INC-2"), "data.personal", "data.persnal") + "\n" +
                        with(line, "INC-1", "INC\xff") + "\n" + with(line, "INC-1", "INC-3") + "\n";
    folder.write("portfolio.jsonl", lines);
    const ProgramRun run = run_in(folder, as_of + "batch portfolio.jsonl --out out | sed '/ ms$/d'; " + as_of + "batch portfolio.jsonl >/dev/null 2>&1");
    CHECK(run.code == 3);
    std::string err;
    for (std::size_t at = 0; at < run.err.size();) {
        const std::size_t end = std::min(run.err.find('\n', at), run.err.size() - 1);
        const std::string one = run.err.substr(at, end - at + 1);
        if (!one.ends_with(" ms\n")) err += one;
        at = end + 1;
    }
    CHECK(approval_difference("tests/badinput/batch.expected", run.out + "== to the terminal\n" + err) == "");
    CHECK(run_in(folder, "ls out").out == "deadlines.ics\nduties.csv\nreport.html\nreport.xlsx\nrun.json\n");
    const ProgramRun json = run_in(folder, as_of + "--format json batch portfolio.jsonl");
    CHECK(json.code == 3);
    CHECK(approval_difference("tests/badinput/batch_json.expected", json.out) == "");
}

TEST_CASE("bad requests to count are answered one by one", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    const std::string good = R"({"id":"good","start":"2026-04-01","zone":"Europe/Berlin","amount":1,"unit":"days","rule":"plain"})";
    const std::vector<Bad> cases = {{"empty object", "{}"},
                                    {"list", "[]"},
                                    {"word", "nonsense"},
                                    {"ends in the middle", good.substr(0, 30)},
                                    {"no UTF-8", with(good, "good", "\xff")},
                                    {"NUL", std::string("\0\0", 2)},
                                    {"twice", with(good, "\"id\"", "\"id\":\"a\",\"id\"")},
                                    {"deep", repeat("[", 1000)},
                                    {"long", "{\"id\":\"" + std::string(300, 'a') + "\"}"},
                                    {"amount", with(good, "\"amount\":1", "\"amount\":99999999999999999999")},
                                    {"amount in words", with(good, "\"amount\":1", "\"amount\":\"one\"")},
                                    {"zone that is a path", with(good, "Europe/Berlin", "../../etc/passwd")},
                                    {"calendar that is a path", with(good, "\"rule\"", "\"calendar\":\"../../etc/passwd\",\"rule\"")},
                                    {"rule that is a path", with(good, "plain", "../plain")},
                                    {"unknown member", with(good, "\"rule\"", "\"rul\"")}};
    std::string input;
    for (const Bad& bad : cases) input += bad.bytes + "\n";
    const ProgramRun run = run_in(folder, as_of + "count", input + good + "\n");
    CHECK(run.code == 3);
    std::string told;
    std::size_t at = 0;
    for (std::size_t i = 0; i <= cases.size(); ++i) {
        const std::size_t end = run.out.find('\n', at);
        REQUIRE(end != std::string::npos);
        told += "== " + (i < cases.size() ? cases[i].name : "a good one after them") + "\n" + run.out.substr(at, end - at + 1);
        at = end + 1;
    }
    CHECK(at == run.out.size());
    told = std::regex_replace(told, std::regex("tzdata [0-9]+[a-z]+"), "tzdata RELEASE");
    CHECK(approval_difference("tests/badinput/count.expected", told) == "");
}

namespace {

std::vector<Bad> bad_xml(const std::string& text, const std::string& word) {
    std::vector<Bad> cases = damaged(text, word);
    const std::vector<Bad> more = {
        {"entity bomb", "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n" + text},
        {"a file from outside", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n" + text},
        {"an entity that nobody declared", with(text, word, "&nbsp;" + word)},
        {"deep", repeat("<law>", 1000)},
        {"an element that never ends", text.substr(0, text.rfind("</"))},
        {"elements that end in another order", with(text, "</", "</x></")},
        {"two root elements", text + "<law/>"},
        {"words after the end", text + "words"},
        {"twice the same attribute", with(text, "id=", "id=\"x\" id=")},
        {"a bare ampersand", with(text, word, "R&D " + word)},
        {"another encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" + text}};
    cases.insert(cases.end(), more.begin(), more.end());
    return cases;
}

void check_law(const std::string& reader, std::vector<Bad> cases, const std::string& file) {
    const ProgramFolder folder;
    small_law(folder);
    check_all(reader, cases, "law/own/" + file, as_of + "law check", folder);
}

}  // namespace

TEST_CASE("a bad law file is refused with its places", "[program]") {
    std::vector<Bad> cases = bad_xml(law, "Small law");
    cases.push_back({"another language", with(law, "language=\"1\"", "language=\"9\"")});
    cases.push_back({"ids that are paths", with(with(law, "id=\"de.small\"", "id=\"../../etc/passwd\""), "de.small.tell", "a/b")});
    cases.push_back({"everything twice", with(law, "</obligation>", "</obligation>" + law.substr(law.find("<obligation"), law.find("</law>") - law.find("<obligation")))});
    check_law("law", cases, "law.xml");
}

TEST_CASE("a bad vocabulary is refused with its places, and other files are not blamed for it", "[program]") {
    const std::string vocabulary =
        "<vocabulary language=\"1\">\n  <fact id=\"own.size\" frame=\"entity\" type=\"choice\"><question>How large?</question>\n"
        "    <choice id=\"small\">small</choice><choice id=\"large\">large</choice></fact>\n</vocabulary>\n";
    std::vector<Bad> cases = bad_xml(vocabulary, "How large?");
    cases.push_back({"a fact that is a path", with(vocabulary, "own.size", "../own")});
    cases.push_back({"a type that is nearly one", with(vocabulary, "type=\"choice\"", "type=\"choise\"")});
    cases.push_back({"a fact twice", with(vocabulary, "</vocabulary>", "<fact id=\"own.size\" frame=\"entity\" type=\"yes/no\"/></vocabulary>")});
    check_law("vocabulary", cases, "vocabulary.xml");
}

TEST_CASE("a bad calendar is refused with its places", "[program]") {
    const std::string calendar =
        "<calendars>\n  <calendar id=\"own\" title=\"Own days\" place=\"DE\" purpose=\"public\" from=\"2020\" until=\"2030\"\n"
        "    source=\"https://law.example\" checked=\"2026-11-20\" grade=\"C\">\n    <weekend days=\"Sat Sun\"/>\n"
        "    <holiday on=\"01-01\" name=\"New Year\"/>\n  </calendar>\n</calendars>\n";
    std::vector<Bad> cases = bad_xml(calendar, "Own days");
    cases.push_back({"an id that is a path", with(calendar, "id=\"own\"", "id=\"../own\"")});
    cases.push_back({"a day that does not exist", with(calendar, "01-01", "02-30")});
    check_law("calendar", cases, "calendar.xml");
}

TEST_CASE("an account names a group profile beside it or below, and no other file", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    const auto named = [](const std::string& path) { return with(incident, "\"zone\"", "\"group\": \"" + path + "\", \"zone\""); };
    const std::vector<Bad> cases = {{"an absolute path", named("/etc/passwd")}, {"a path upwards", named("../../etc/passwd")}, {"upwards after downwards", named("a/../../b")}};
    check_all("group_path", cases, "incident.json", as_of + "check incident.json --out out", folder);
    folder.write("incident.json", named("none.json"));
    const ProgramRun run = run_in(folder, as_of + "check incident.json --out out");
    CHECK(run.code == 1);
    CHECK(run.err == "duenotice: none.json: No such file or directory\n");
}

TEST_CASE("an account, a group profile and a table may begin with a byte order mark", "[program]") {
    const ProgramFolder folder;
    small_law(folder);
    folder.write("incident.json", "\xef\xbb\xbf" + incident);
    folder.write("group.json", "\xef\xbb\xbf{\"duenotice\": \"group/1\", \"entities\": []}");
    const ProgramRun run = run_in(folder, as_of + "check incident.json --group group.json");
    CHECK(run.err == "");
    CHECK(run.code == 0);
}
