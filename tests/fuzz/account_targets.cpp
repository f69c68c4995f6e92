// Accounts as people and programs write them: JSON, incidents, group profiles, contract tables, VERIS records, the facts
// of examples. What is read is also assessed and shown, since a value that no reader should let in breaks later.

#include <map>
#include <set>

#include "engine/assess.h"
#include "engine/csv_reader.h"
#include "engine/incident_reader.h"
#include "engine/json_reader.h"
#include "reports/json.h"
#include "reports/text.h"
#include "tests/fuzz/fuzz_target.h"
#include "tools/import_veris.h"

namespace duenotice::fuzz {

namespace {

// ---- JSON

void check_value(const JsonValue& value, std::string_view text) {
    require(value.span.begin < value.span.end && value.span.end <= text.size(), "a value stands inside the text");
    const std::string_view raw = text.substr(value.span.begin, value.span.end - value.span.begin);
    switch (value.kind) {
        case JsonValue::Kind::Null: require(raw == "null", "null stands where its place says"); break;
        case JsonValue::Kind::Bool: require(raw == (value.boolean ? "true" : "false"), "true or false stands where its place says"); break;
        case JsonValue::Kind::Number: require(raw == value.text, "a number keeps its text"); break;
        case JsonValue::Kind::String:
            require(raw.size() >= 2 && raw.front() == '"' && raw.back() == '"', "a string stands between its quotes");
            if (raw.find('\\') == std::string_view::npos) require(raw.substr(1, raw.size() - 2) == value.text, "a string keeps its letters");
            require(first_invalid_utf8(value.text) == std::string_view::npos, "a string is UTF-8 without NUL");
            break;
        case JsonValue::Kind::Array: require(raw == "[", "an array begins where its place says"); break;
        case JsonValue::Kind::Object: require(raw == "{", "an object begins where its place says"); break;
    }
    for (const JsonValue& item : value.items) check_value(item, text);
    std::set<std::string> names;
    for (const JsonMember& member : value.members) {
        require(names.insert(member.name).second, "members are unique");
        require(member.name_span.begin < member.name_span.end && member.name_span.end < member.value.span.begin, "a member's name stands before its value");
        check_value(member.value, text);
    }
}

std::vector<std::string> json_corpus() {
    std::vector<std::string> texts = files("tests/cases/samples", ".json");
    texts.emplace_back(R"({"a": [1, -2.5e3, true, false, null, "x\u00e9\n"], "b": {"c": {}}, "": []})");
    return texts;
}

Outcome run_json(const std::string& bytes) {
    const SourcePtr text = source("fuzz.json", bytes);
    const Checked<JsonValue> value = read_json(text);
    const std::string codes = codes_of(value.diagnostics);
    require(value ? codes.empty() : value.diagnostics.error_count() == 1, "JSON is read or has one mistake");
    if (value) check_value(*value, text->text());
    return {value.value.has_value(), codes};
}

// ---- incidents


const World& world() {
    static const World made = [] {
        World one;
        std::vector<SourcePtr> sources{source("vocabulary.xml", file("jurisdictions/_shared/vocabulary.xml")), source("counting.xml", file("jurisdictions/_shared/counting.xml"))};
        for (const std::string& text : files("tests/fuzz/base", ".xml")) sources.push_back(source("base", text));
        const auto book = load_rulebook(sources);
        if (!book) std::fputs(print(book.diagnostics).c_str(), stderr);
        require(book.value.has_value(), "the law of this target is good");
        one.law = *book;
        one.zones = five_zones();
        one.calendars = std::make_shared<const CalendarSet>();
        return one;
    }();
    return made;
}

const Instant as_of{1795608000};  // 2026-11-25T12:00Z

/// Reads, and what is read assesses and shows.
Outcome run_account(SourcePtr incident, SourcePtr group, SourcePtr contracts) {
    IncidentSources sources;
    sources.incident = std::move(incident);
    sources.group = std::move(group);
    sources.contracts = std::move(contracts);
    sources.as_of = as_of;
    const Checked<Incident> read = read_incident(sources, *world().law, world().zones);
    const std::string codes = codes_of(read.diagnostics);
    require(read.value.has_value() != read.diagnostics.has_errors(), "an account is read or has mistakes");
    if (!read) return {false, codes};
    require(read->hash.size() == 64, "an account has its hash");
    const Assessment assessment = assess(world(), std::make_shared<const Incident>(*read), {as_of, {}, {}});
    const ReportContext context{assessment, world().zones, {"Europe/Berlin"}, "duenotice"};
    require(printable(timetable_text(context)), "a timetable can be shown on a terminal");
    require(read_json(source("out.json", assessment_json(context))).value.has_value(), "an assessment is written as good JSON");
    return {true, codes};
}

/// The accounts of tests/tables/account_mistakes.txt: `== name`, the incident, then `-- part` and its text.
std::vector<std::string> mistakes(std::string_view wanted) {
    const std::string text = file("tests/tables/account_mistakes.txt");
    std::vector<std::string> found;
    std::string part;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.rfind("== ", 0) == 0 || line.rfind("-- ", 0) == 0) {
            part = line[0] == '=' ? "incident" : line.substr(3);
            if (part == wanted) found.emplace_back();
        } else if (part == wanted && !found.empty()) {
            found.back() += line + "\n";
        }
    }
    return found;
}

std::vector<std::string> incident_corpus() {
    std::vector<std::string> texts = mistakes("incident");
    // As many good ones as bad ones, so that a good share of the inputs is read.
    for (std::size_t i = texts.size() / 2; i > 0; --i)
        for (const char* sample : {"simple", "payroll"}) texts.push_back(file("tests/cases/samples/" + std::string(sample) + ".json"));
    return texts;
}
Outcome run_incident(const std::string& bytes) {
    static const SourcePtr group = source("group.json", file("tests/cases/samples/group.json"));
    const SourcePtr incident = source("fuzz.json", bytes);
    return run_account(incident, group_file_of(incident).empty() ? SourcePtr() : group, {});
}

const char* const plain_incident = R"({"duenotice": "incident/1", "id": "x", "group": "group.json", "zone": "Europe/Berlin",
 "facts": {"incident.detected_at": "2026-11-20T22:14+01:00", "data.personal": "yes"}})";

std::vector<std::string> group_corpus() {
    std::vector<std::string> texts = mistakes("group");
    texts.push_back(file("tests/cases/samples/group.json"));
    return texts;
}
Outcome run_group(const std::string& bytes) { return run_account(source("incident.json", plain_incident), source("fuzz.json", bytes), {}); }

std::vector<std::string> contract_corpus() {
    std::vector<std::string> texts = mistakes("contracts");
    texts.push_back(file("tests/cases/samples/contracts.csv"));
    return texts;
}
Outcome run_contracts(const std::string& bytes) {
    static const SourcePtr group = source("group.json", file("tests/cases/samples/group.json"));
    const SourcePtr table = source("fuzz.csv", bytes);
    const Checked<CsvTable> cells = read_csv(table);
    codes_of(cells.diagnostics);
    if (cells)
        for (const CsvRow& row : cells->rows) require(row.size() == cells->header.size(), "rows have as many cells as the header");
    return run_account(source("incident.json", plain_incident), group, table);
}

// ---- the facts of examples

std::vector<std::string> fact_corpus() {
    // Everything between the tags of the examples in the constructs.
    std::vector<std::string> texts;
    for (const std::string& law_file : files("tests/testland/constructs", ".xml"))
        for (std::size_t at = law_file.find("<example"); at != std::string::npos; at = law_file.find("<example", at + 1)) {
            const std::size_t open = law_file.find('>', at) + 1;
            texts.push_back(law_file.substr(open, law_file.find('<', open) - open));
        }
    return texts;
}
Outcome run_facts(const std::string& bytes) {
    const SourcePtr text = source("fuzz", bytes);
    const Checked<Incident> read = read_short_facts(text->text(), {text, 0, bytes.size()}, "US-TX", *world().law, world().zones);
    return {read.value.has_value(), codes_of(read.diagnostics)};
}

// ---- VERIS

std::vector<std::string> veris_corpus() {
    return {R"({"incident_id": "A1-b2", "schema_version": "1.3.4", "security_incident": "Confirmed", "summary": "Laptop stolen from a car.", "reference": "http://example.test/1",
"timeline": {"incident": {"year": 2013, "month": 7, "day": 15}}, "plus": {"created": "2013-09-10T10:00:00Z", "attribute": {"confidentiality": {"data_abuse": "Yes"}}},
"victim": {"victim_id": "Clinic", "country": ["US"], "state": "TX", "employee_count": "1001 to 10000", "industry": "622110"},
"actor": {"external": {"variety": ["Unknown"], "country": ["Unknown"]}}, "action": {"physical": {"variety": ["Theft"], "result": ["Exfiltrate"]}},
"attribute": {"confidentiality": {"data_disclosure": "Yes", "data_total": 1200, "state": ["Stored unencrypted"], "data_victim": ["Patient"], "data": [{"variety": "Medical", "amount": 1200}, {"variety": "Personal"}]}, "availability": {"variety": ["Loss"]}},
"discovery_method": {"internal": {"variety": ["Reported by employee"]}}})",
            R"({"incident_id": "C3", "security_incident": "Near miss", "timeline": {"incident": {"year": 2020, "month": 2, "day": 30}}, "victim": {"country": ["DE", "FR"], "industry": "522110"},
"actor": {"internal": {}, "partner": {}}, "action": {"error": {"variety": ["Misdelivery", "Loss"]}, "hacking": {"result": ["Exfiltrate"]}, "social": {"variety": ["Extortion"]}},
"attribute": {"integrity": {"variety": ["Modify data"]}, "confidentiality": {"data_disclosure": "No", "state": ["Stored encrypted", "Printed"], "data_victim": ["Customer", "Employee"], "data": [{"variety": "Bank"}, {"variety": "Payment"}]}},
"discovery_method": {"external": {"variety": ["Law enforcement"]}, "partner": {"variety": ["Unknown"]}}})",
            R"([{"incident_id": "..d/4", "timeline": {"incident": {"year": 1999}}, "victim": {"country": "GB", "industry": "517"}, "action": {"environmental": {}}}, {"timeline": {"incident": {"year": 2018, "day": 3}}}])"};
}

Outcome run_veris(const std::string& bytes) {
    const Checked<JsonValue> record = read_json(source("fuzz.json", bytes));
    std::string codes = codes_of(record.diagnostics);
    if (!record) return {false, codes};
    VerisSummary summary;
    std::vector<const JsonValue*> records;
    if (record->is_array())
        for (const JsonValue& item : record->items) records.push_back(&item);
    else records.push_back(&*record);
    for (const JsonValue* one : records) {
        std::vector<std::string> warnings;
        const SourcePtr made = source("made.json", incident_of_veris(*one, summary, warnings));
        for (const std::string& warning : warnings) require(printable(warning), "a warning can be shown on a terminal");
        IncidentSources sources;
        sources.incident = made;
        const Checked<Incident> read = read_incident(sources, *world().law, world().zones);
        if (!read) std::fprintf(stderr, "%s\n", print(read.diagnostics).c_str());
        require(read.value.has_value(), "what the import makes is an account that can be read");
        codes += std::to_string(warnings.size()) + codes_of(read.diagnostics);
    }
    for (const auto& [fact, count] : summary.mapped) codes += fact + " ";
    return {summary.records > 0, codes};
}

}  // namespace

std::vector<Target> account_targets() {
    return {{"json", json_corpus, run_json}, {"incident", incident_corpus, run_incident}, {"group", group_corpus, run_group}, {"contracts", contract_corpus, run_contracts}, {"facts", fact_corpus, run_facts}, {"veris", veris_corpus, run_veris}};
}

}  // namespace duenotice::fuzz
