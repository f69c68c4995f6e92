#include "tools/import_veris.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/place_codes.h"
#include "engine/place_names.h"
#include "reports/escape.h"
#include "rules/date.h"
#include "rules/number.h"

namespace duenotice {

namespace {

/// Years outside are slips of whoever wrote the record.
constexpr int first_year = 1900, last_year = 2100;

using Json = nlohmann::ordered_json;

const JsonValue* at(const JsonValue* value, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) {
        if (value == nullptr || !value->is_object()) return nullptr;
        value = value->find(name);
    }
    return value;
}

std::vector<std::string> strings(const JsonValue* value) {
    std::vector<std::string> result;
    if (value == nullptr) return result;
    if (value->is_string()) result.push_back(value->text);
    for (const JsonValue& item : value->items)
        if (item.is_string()) result.push_back(item.text);
    return result;
}

bool has(const std::vector<std::string>& list, std::string_view item) { return std::find(list.begin(), list.end(), item) != list.end(); }

std::optional<int> number(const JsonValue* value) {
    if (value == nullptr || value->kind != JsonValue::Kind::Number) return {};
    const auto whole = parse_whole(value->text);
    return whole && *whole < 100000 ? std::optional<int>(static_cast<int>(*whole)) : std::nullopt;
}

/// A day or a longer span whose zone nobody said: every instant that is that day somewhere on earth.
struct Days {
    Date first, last;
};

class Mapper {
public:
    Mapper(const JsonValue& record, VerisSummary& summary, std::vector<std::string>& warnings) : record_(record), summary_(summary), warnings_(warnings) {}

    std::string run() {
        Json json{{"duenotice", "incident/1"}, {"id", id()}};
        json["title"] = "VERIS record " + id();
        what_happened();
        when();
        data();
        json["facts"] = facts_;
        json["entities"] = Json::array({entity()});
        ++summary_.records;
        return json.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

private:
    std::string id() const {
        std::string text;
        const JsonValue* value = at(&record_, {"incident_id"});
        for (const char c : value != nullptr && value->is_string() ? value->text : std::string()) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            text += plain ? c : '-';
        }
        while (text.find("..") != std::string::npos) text.replace(text.find(".."), 2, ".");
        if (text.empty() || text.front() == '.' || text.front() == '-' || text.front() == '_') text.insert(text.begin(), 'V');
        return text.substr(0, 64);
    }

    void warn(const std::string& text) {
        warnings_.push_back(id() + ": " + escape_terminal(text));
        ++summary_.warnings;
    }

    void set(const std::string& fact, Json value) {
        facts_[fact] = std::move(value);
        ++summary_.mapped[fact];
    }

    void what_happened() {
        const auto error = strings(at(&record_, {"action", "error", "variety"})), physical = strings(at(&record_, {"action", "physical", "variety"})), social = strings(at(&record_, {"action", "social", "variety"}));
        const auto availability = strings(at(&record_, {"attribute", "availability", "variety"})), integrity = strings(at(&record_, {"attribute", "integrity", "variety"}));
        const std::string disclosure = disclosed();
        std::vector<std::string> kinds;
        const auto add = [&kinds](bool is, const char* kind) {
            if (is) kinds.emplace_back(kind);
        };
        add(disclosure == "Yes", "data_taken");
        add(has(availability, "Loss") || has(availability, "Destruction"), "data_lost");
        add(has(integrity, "Modify data"), "data_changed");
        add(has(availability, "Interruption") || has(availability, "Degradation"), "service_down");
        add(has(social, "Extortion"), "money_demanded");
        add(has(error, "Misdelivery"), "sent_to_wrong_person");
        add(has(error, "Loss") || has(physical, "Theft"), "device_lost");
        add(at(&record_, {"actor", "partner"}) != nullptr, "supplier_incident");
        const JsonValue* status = at(&record_, {"security_incident"});
        add(status != nullptr && status->text == "Near miss", "attempt_only");
        if (!kinds.empty()) set("incident.kinds", {{"has", kinds}, {"has_not", Json::array()}});
        causes();
        found_by();
        if (has(social, "Extortion")) set("incident.extortion", "yes");
        if (at(&record_, {"actor", "partner"}) != nullptr) set("incident.supplier_involved", "yes");
        if (at(&record_, {"reference"}) != nullptr) set("incident.publicly_known", "yes");
    }

    void causes() {
        std::set<std::string> causes;
        const auto action = [&](const char* name) { return at(&record_, {"action", name}) != nullptr; };
        const auto actor = [&](const char* name) { return at(&record_, {"actor", name}) != nullptr; };
        if (action("hacking") || action("malware") || action("social") || action("physical") || action("misuse")) {
            if (actor("external")) causes.insert("outside_act");
            if (actor("internal")) causes.insert("inside_act");
            if (actor("partner")) causes.insert("supplier");
        }
        if (action("error")) causes.insert("mistake");
        if (action("environmental")) causes.insert("natural_event");
        if (causes.empty() || action("unknown") || actor("unknown")) return;
        if (causes.size() == 1) set("incident.cause", *causes.begin());
        else set("incident.cause", {{"one_of", std::vector<std::string>(causes.begin(), causes.end())}});
    }

    void found_by() {
        const auto external = strings(at(&record_, {"discovery_method", "external", "variety"})), internal = strings(at(&record_, {"discovery_method", "internal", "variety"}));
        if (has(internal, "Reported by employee")) set("incident.found_by", "own_staff");
        else if (has(external, "Customer")) set("incident.found_by", "customer");
        else if (has(external, "Law enforcement")) set("incident.found_by", "authority");
        else if (has(external, "Security researcher")) set("incident.found_by", "researcher");
        else if (at(&record_, {"discovery_method", "partner"}) != nullptr) set("incident.found_by", "supplier");
    }

    std::optional<Days> date(const JsonValue* value, const std::string& what) {
        const auto year = number(at(value, {"year"}));
        if (!year) return {};
        const auto month = number(at(value, {"month"})), day = number(at(value, {"day"}));
        if (*year < first_year || *year > last_year || (month && (*month < 1 || *month > 12))) {
            warn(fmt::format("{}: no such year or month ({}-{}); left open", what, *year, month.value_or(0)));
            return {};
        }
        if (day && !month) warn(what + ": a day without a month; the year is taken");
        if (!month) return Days{*Date::from_ymd(*year, 1, 1), *Date::from_ymd(*year, 12, 31)};
        if (!day) return Days{*Date::from_ymd(*year, *month, 1), *Date::from_ymd(*year, *month, days_in_month(*year, *month))};
        const auto exact = Date::from_ymd(*year, *month, *day);
        if (!exact) {
            warn(fmt::format("{}: there is no {}-{:02}-{:02}; left open", what, *year, *month, *day));
            return {};
        }
        return Days{*exact, *exact};
    }

    static Json range(Date first, Date after_last) { return {{"from", first.iso() + "T00:00+14:00"}, {"until", after_last.iso() + "T00:00-12:00"}}; }

    void when() {
        const auto began = date(at(&record_, {"timeline", "incident"}), "timeline.incident");
        if (!began) return;
        set("incident.started_at", range(began->first, began->last.plus_days(1)));
        // A record exists, so somebody had noticed by the day on which it was made.
        const JsonValue* created = at(&record_, {"plus", "created"});
        auto day = created != nullptr && created->is_string() && created->text.size() >= 10 ? Date::parse(std::string_view(created->text).substr(0, 10)) : std::nullopt;
        if (day && day->ymd().year > last_year) {
            warn(fmt::format("plus.created: no such year ({}); left open", day->ymd().year));
            day.reset();
        }
        if (day && *day >= began->last) set("incident.detected_at", range(began->first, day->plus_days(1)));
        else set("incident.detected_at", {{"from", began->first.iso() + "T00:00+14:00"}});
    }

    std::string disclosed() const {
        const JsonValue* value = at(&record_, {"attribute", "confidentiality", "data_disclosure"});
        return value != nullptr && value->is_string() ? value->text : std::string();
    }

    void data() {
        const JsonValue* confidentiality = at(&record_, {"attribute", "confidentiality"});
        std::vector<std::string> varieties;
        if (const JsonValue* list = at(confidentiality, {"data"}))
            for (const JsonValue& item : list->items)
                if (const JsonValue* variety = item.find("variety"); variety != nullptr && variety->is_string()) varieties.push_back(variety->text);
        const auto victims = strings(at(confidentiality, {"data_victim"}));
        const bool of_people = has(victims, "Customer") || has(victims, "Patient") || has(victims, "Employee") || has(victims, "Student");
        if (has(varieties, "Personal") || has(varieties, "Medical") || (of_people && (has(varieties, "Payment") || has(varieties, "Bank")))) set("data.personal", "yes");
        std::vector<std::string> categories;
        if (has(varieties, "Medical")) categories.emplace_back("medical");
        if (has(varieties, "Payment")) categories.emplace_back("card_number");
        if (has(varieties, "Bank")) categories.emplace_back("bank_account");
        if (!categories.empty()) set("data.categories", {{"has", categories}, {"has_not", Json::array()}});
        encryption(strings(at(confidentiality, {"state"})));
        disclosure();
        people(victims);
        if (const auto total = at(confidentiality, {"data_total"}); total != nullptr && total->kind == JsonValue::Kind::Number) {
            if (const auto records = parse_whole(total->text)) set("people.records", *records);
            else warn("data_total `" + total->text + "` is no whole number; left open");
        }
        const auto availability = strings(at(&record_, {"attribute", "availability", "variety"})), integrity = strings(at(&record_, {"attribute", "integrity", "variety"}));
        if (has(availability, "Loss") || has(availability, "Destruction") || has(availability, "Interruption") || has(availability, "Obscuration")) set("data.unavailable", "yes");
        if (has(integrity, "Modify data")) set("data.altered", "yes");
    }

    void encryption(const std::vector<std::string>& states) {
        bool clear = false, encrypted = false, unclear = states.empty();
        for (const std::string& state : states) {
            if (state == "Stored unencrypted" || state == "Transmitted unencrypted" || state == "Printed") clear = true;
            else if (state == "Stored encrypted" || state == "Transmitted encrypted") encrypted = true;
            else unclear = true;
        }
        if (has(states, "Printed")) set("data.form", {{"has", Json::array({"paper"})}, {"has_not", Json::array()}});
        if (clear && encrypted) set("data.encrypted", "part");
        else if (!unclear && clear) set("data.encrypted", "no");
        else if (!unclear && encrypted) set("data.encrypted", "yes");
    }

    void disclosure() {
        const std::string state = disclosed();
        const auto result = [&](const char* action) { return has(strings(at(&record_, {"action", action, "result"})), "Exfiltrate"); };
        if (state == "Yes") set("data.accessed", "yes");
        if (state == "Yes" && (result("hacking") || result("malware") || result("misuse") || result("physical") || result("social"))) set("data.taken", "yes");
        if (state == "No") {
            set("data.accessed", "no");
            set("data.taken", "no");
        }
        const JsonValue* abuse = at(&record_, {"plus", "attribute", "confidentiality", "data_abuse"});
        if (abuse != nullptr && abuse->text == "Yes") set("data.misuse_seen", "yes");
    }

    void people(const std::vector<std::string>& victims) {
        std::vector<std::string> kinds;
        if (has(victims, "Customer")) kinds.emplace_back("customers");
        if (has(victims, "Patient")) kinds.emplace_back("patients");
        if (has(victims, "Employee")) kinds.emplace_back("staff");
        if (has(victims, "Student")) kinds.emplace_back("pupils");
        if (!kinds.empty()) set("people.kinds", {{"has", kinds}, {"has_not", Json::array()}});
    }

    /// `victim.state`, of one country: a code with or without the country (`OH`, `US-OH`), a name (`Ohio`), or several with commas.
    std::vector<std::string> parts_of(const std::string& country) {
        std::vector<std::string> codes;
        for (const std::string& state : strings(at(&record_, {"victim", "state"}))) {
            std::string part;
            for (const char c : state + ",") {
                if (c != ',') {
                    part += c;
                    continue;
                }
                const std::string blank = part.find_first_not_of(" \t") == std::string::npos ? std::string() : part;
                part.clear();
                if (blank.empty() || blank == "Unknown" || blank == "U" || country == "Unknown" || !is_place_code(country)) continue;
                const std::vector<std::string> found = places_named_in(country, blank);
                if (found.size() == 1 && !has(codes, found.front())) codes.push_back(found.front());
                if (found.size() != 1) no_such_part(country, blank);
            }
        }
        return codes;
    }

    void no_such_part(const std::string& country, const std::string& part) {
        const std::string near = nearest_place_name(part, country);
        warn(fmt::format("state `{}` is no part of {} on file; left open{}", part, country, near.empty() ? std::string() : fmt::format(" (`{}`?)", near)));
    }

    Json entity() {
        Json facts{{"entity.affected", "yes"}};
        const auto add = [&](const std::string& fact, Json value) {
            facts[fact] = std::move(value);
            ++summary_.mapped[fact];
        };
        const auto countries = strings(at(&record_, {"victim", "country"}));
        if (countries.size() == 1 && countries.front() != "Unknown") {
            if (is_place_code(countries.front())) add("entity.country", countries.front());
            else warn("country `" + countries.front() + "` is no code of ISO 3166; left open");
        }
        if (countries.size() == 1)
            if (const std::vector<std::string> parts = parts_of(countries.front()); !parts.empty()) add("entity.establishments", {{"has", parts}, {"has_not", Json::array()}});
        const auto size = strings(at(&record_, {"victim", "employee_count"}));
        static const std::set<std::string> large = {"1001 to 10000", "10001 to 25000", "25001 to 50000", "50001 to 100000", "Over 100000"};
        if (!size.empty() && large.count(size.front()) != 0) add("entity.size", "large");
        const auto industry = strings(at(&record_, {"victim", "industry"}));
        const std::string naics = industry.empty() ? "" : industry.front();
        const auto starts = [&](const char* code) { return naics.rfind(code, 0) == 0; };
        if (starts("622")) add("entity.classes", {{"has", Json::array({"hospital"})}, {"has_not", Json::array()}});
        else if (starts("5221")) add("entity.classes", {{"has", Json::array({"credit_institution"})}, {"has_not", Json::array()}});
        else if (starts("5241")) add("entity.classes", {{"has", Json::array({"insurer"})}, {"has_not", Json::array()}});
        else if (starts("517")) add("entity.classes", {{"has", Json::array({"telecom"})}, {"has_not", Json::array()}});
        return {{"id", "victim"}, {"facts", facts}};
    }

    const JsonValue& record_;
    VerisSummary& summary_;
    std::vector<std::string>& warnings_;
    Json facts_ = Json::object();
};

}  // namespace

std::string incident_of_veris(const JsonValue& record, VerisSummary& summary, std::vector<std::string>& warnings) { return Mapper(record, summary, warnings).run(); }

}  // namespace duenotice
