// What regulators published of notifications in cases of their own, assessed under the law as shipped. The accounts and
// what was said of them stand in tests/cases/guidance; its README says how.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine/expectation.h"
#include "engine/incident_reader.h"
#include "rules/rulebook.h"
#include "tests/support/shipped_world.h"
#include "tests/support/time_tables.h"

using namespace duenotice;
using duenotice::test::shipped_world;

namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

const fs::path& guidance_folder() {
    static const fs::path folder = fs::path(DUENOTICE_SOURCE_DIR) / "tests/cases/guidance";
    return folder;
}

ordered_json file_json(const fs::path& file) {
    std::ifstream in(file);
    INFO(file.string());
    REQUIRE(in);
    return ordered_json::parse(in);
}

/// regulator folder -> what it said, sorted
std::map<std::string, ordered_json> regulators() {
    std::map<std::string, ordered_json> found;
    for (const auto& entry : fs::directory_iterator(guidance_folder()))
        if (entry.is_directory()) found.emplace(entry.path().filename().string(), file_json(entry.path() / "said.json"));
    return found;
}

const std::map<std::string, std::string>& verdict_words() {
    static const std::map<std::string, std::string> words{{"owed", "yes"}, {"not owed", "no"}, {"open", "open"}};
    return words;
}

Assessment assess_case(const std::string& path, const std::string& as_of) {
    IncidentSources sources;
    sources.incident = test::source_file(path);
    sources.as_of = parse_instant(as_of);
    INFO(path + " as of " + as_of);
    REQUIRE(sources.as_of);
    const auto read = read_incident(sources, *shipped_world().law, shipped_world().zones);
    INFO(print(read.diagnostics));
    REQUIRE(read);
    return assess(shipped_world(), std::make_shared<const Incident>(*read), {*sources.as_of, {}, {}});
}

/// The duty of a row: its id, or an obligation that has one duty only.
const Duty* duty_of(const Assessment& assessment, const std::string& wanted, std::string& why) {
    if (const Duty* duty = assessment.find(wanted)) return duty;
    const Duty* only = nullptr;
    for (const Duty& duty : assessment.duties) {
        if (assessment.law->obligations[duty.obligation].id != wanted) continue;
        if (only != nullptr) {
            why = wanted + " has several duties: " + only->id + ", " + duty.id;
            return nullptr;
        }
        only = &duty;
    }
    return only;
}

bool obligation_known(const std::string& wanted) {
    const std::string id = wanted.substr(0, wanted.find('@'));
    const auto& all = shipped_world().law->obligations;
    return std::any_of(all.begin(), all.end(), [&](const Obligation& obligation) { return obligation.id == id; });
}

/// Whether the limit falls on that day of its own zone, its end (24:00) included, with every instant that an open start allows.
std::string not_on(const Duty& duty, const std::string& wanted) {
    const auto day = Date::parse(wanted);
    if (!day) return "`due-on` is no date: " + wanted;
    for (const Alternative& alternative : duty.deadline.alternatives) {
        if (!alternative.safe || alternative.zone.empty()) continue;
        const Zone& zone = *shipped_world().zones.find(alternative.zone);
        const Instant first = alternative.safe_bounds ? alternative.safe_bounds->earliest : *alternative.safe;
        const Instant last = alternative.safe_bounds ? alternative.safe_bounds->latest : *alternative.safe;
        const Instant begin = zone.start_of_day(*day).instant;
        if ((begin < first || (begin == first && first < last)) && last <= zone.start_of_day(day->plus_days(1)).instant) return {};
        return "`due-on` is " + iso_utc(first) + (first == last ? "" : " to " + iso_utc(last)) + ", expected within " + wanted + " in " + alternative.zone;
    }
    return "`due-on` is nothing, expected " + wanted;
}

/// What differs between one row and the assessment, in words. A duty that is not listed is not owed.
std::vector<std::string> row_differences(const Assessment& assessment, const ordered_json& row) {
    const std::string wanted = row.at("duty");
    if (!obligation_known(wanted)) return {"no such obligation in the law: " + wanted};
    std::string why;
    const Duty* duty = duty_of(assessment, wanted, why);
    if (!why.empty()) return {why};
    const auto word = verdict_words().find(row.at("verdict").get<std::string>());
    if (word == verdict_words().end()) return {"not a verdict: " + row.at("verdict").get<std::string>()};
    if (duty == nullptr) {
        if (word->second == "no" && row.size() == 2) return {};
        return {"the duty is not listed"};
    }
    Expectation expectation;
    expectation.values.emplace_back("owed", word->second);
    std::vector<std::string> found;
    for (const auto& [name, value] : row.items()) {
        if (name == "duty" || name == "verdict") continue;
        if (name != "due-on") {
            expectation.values.emplace_back(name, value.get<std::string>());
        } else if (std::string difference = not_on(*duty, value); !difference.empty()) {
            found.push_back(std::move(difference));
        }
    }
    const auto others = differences(expectation, duty, assessment, shipped_world().zones);
    found.insert(found.end(), others.begin(), others.end());
    return found;
}

}  // namespace

TEST_CASE("what regulators said of cases of their own is what the law book says") {
    std::size_t cases = 0, rows = 0;
    for (const auto& [folder, said] : regulators()) {
        for (const ordered_json& entry : said.at("cases")) {
            const std::string file = "tests/cases/guidance/" + folder + "/" + entry.at("incident").get<std::string>();
            const Assessment assessment = assess_case(file, entry.at("as_of"));
            ++cases;
            for (const ordered_json& row : entry.at("expect")) {
                ++rows;
                for (const std::string& difference : row_differences(assessment, row))
                    FAIL_CHECK(file << ": " << said.at("regulator").get<std::string>() << ", " << entry.at("case").get<std::string>() << ", said: "
                                    << entry.at("said").get<std::string>() << "\n  " << row.at("duty").get<std::string>() << ": " << difference);
            }
        }
    }
    CAPTURE(cases, rows);
    CHECK(cases > 0);
    CHECK(rows >= cases);
}

TEST_CASE("each case names its source and the grade of its reading, and each account has its case") {
    for (const auto& [folder, said] : regulators()) {
        INFO(folder);
        CHECK_FALSE(said.at("regulator").get<std::string>().empty());
        std::set<std::string> named{"said.json"};
        std::set<std::string> ids;
        for (const ordered_json& entry : said.at("cases")) {
            const std::string incident = entry.at("incident");
            INFO(incident);
            CHECK(named.insert(incident).second);
            const ordered_json& source = entry.contains("source") ? entry.at("source") : said.at("source");
            for (const char* member : {"title", "address", "read", "grade"}) CHECK_FALSE(source.at(member).get<std::string>().empty());
            CHECK(Date::parse(source.at("read").get<std::string>()));
            const std::string grade = source.at("grade");
            CHECK((grade == "T" || grade == "C" || grade == "S" || grade == "U"));
            if (grade == "S") CHECK(source.at("through").size() >= 2);
            for (const char* member : {"case", "said"}) CHECK_FALSE(entry.at(member).get<std::string>().empty());
            CHECK_FALSE(entry.at("expect").empty());
            CHECK(ids.insert(file_json(guidance_folder() / folder / incident).at("id").get<std::string>()).second);
        }
        for (const auto& file : fs::directory_iterator(guidance_folder() / folder)) CHECK(named.count(file.path().filename().string()) == 1);
    }
}

// One expectation of each kind, turned round: the comparison must notice it in every case that has one.
TEST_CASE("a case fails when what it expects is turned round") {
    std::map<std::string, std::size_t> noticed;
    for (const auto& [folder, said] : regulators()) {
        for (const ordered_json& entry : said.at("cases")) {
            const Assessment assessment = assess_case("tests/cases/guidance/" + folder + "/" + entry.at("incident").get<std::string>(), entry.at("as_of"));
            for (const ordered_json& row : entry.at("expect")) {
                for (const auto& [name, value] : row.items()) {
                    if (name == "duty") continue;
                    ordered_json turned = row;
                    const std::string was = value;
                    std::string kind = name;
                    if (name == "verdict") {
                        turned[name] = was == "owed" ? "not owed" : "owed";
                        kind += " " + was;
                    } else if (const auto day = Date::parse(was)) {
                        turned[name] = day->plus_days(1).iso();
                    } else if (const auto at = parse_instant(was)) {
                        turned[name] = iso_utc(at->plus_seconds(60));
                    } else {
                        turned[name] = was + "x";
                    }
                    INFO(folder << "/" << entry.at("incident").get<std::string>() << ": " << row.dump() << " as " << turned.dump());
                    CHECK_FALSE(row_differences(assessment, turned).empty());
                    ++noticed[kind];
                }
            }
        }
    }
    for (const char* kind : {"verdict owed", "verdict not owed", "verdict open", "recipients", "due-on", "safe", "timing"}) CHECK(noticed.count(kind) == 1);
}
