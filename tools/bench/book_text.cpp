#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tools/bench/book_text.h"
#include "tools/bench/dice.h"

namespace duenotice {

namespace {

constexpr std::array<const char*, 12> categories = {"name", "social_security", "driving_licence", "passport", "tax_number", "bank_account",
                                                    "card_number", "medical", "health_insurance_number", "biometric_template", "genetic", "location"};
constexpr std::array<const char*, 10> places = {"US-CA", "US-TX", "DE", "FR", "IT", "ES", "NL", "SG", "AT", "PL"};
constexpr const char* address = "http://example.test/law";

std::string some_categories(Dice& dice, std::uint32_t count) {
    std::string result;
    const std::uint32_t first = dice.below(categories.size() - 4);
    for (std::uint32_t i = 0; i < count; ++i) result += fmt::format("{}{}", i == 0 ? "" : ", ", categories[first + i]);
    return result;
}

std::string define(const std::string& id, const char* title, const std::string& words) {
    return fmt::format("  <define id=\"{}\" title=\"{}\" frame=\"population\" provision=\"section 2\" address=\"{}\" grade=\"U\">\n    {}\n  </define>\n", id, title, address, words);
}

std::string law_head(Dice& dice, const std::string& id, int number) {
    std::string text = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<law language=\"1\" id=\"{}\" title=\"Generated act {}\" number=\"{}\" address=\"{}\" place=\"{}\" published=\"2019-01-01\">\n",
                                   id, number, number, address, places[static_cast<std::size_t>(number) % places.size()]);
    text += define(id + ".item", "An item that identifies", fmt::format("data.categories includes any of ({}) or (data.categories includes {} and not (data.account_code_needed is yes))", some_categories(dice, 3), some_categories(dice, 1)));
    text += define(id + ".open", "Not encrypted, or with the key", "not (data.encrypted is yes and data.key_exposed is no)");
    text += define(id + ".taken", "Taken", "data.taken is yes or data.taken_believed is yes");
    text += define(id + ".serious", "Serious", fmt::format("at least 2 of (people.total at least {}; data.taken is yes; data.key_exposed is yes; data.categories includes {})", dice.between(100, 5000), some_categories(dice, 1)));
    text += define(id + ".hit", "Hit", fmt::format("data.personal is yes and {0}.item and {0}.open and {0}.taken and not (data.public_record is yes and not {0}.serious)", id));
    return text;
}

std::string obligation(Dice& dice, const std::string& law, int number) {
    const std::uint32_t limit = dice.between(1, 90) * 10, days = dice.between(1, 60);
    std::string text = fmt::format("  <obligation id=\"{}.o{}\" title=\"Tell under section {}\" each=\"entity\" stage=\"s{}\">\n", law, number, number, number);
    for (int version = 0; version < 2; ++version) {
        text += version == 0 ? "    <version from=\"2019-01-01\" until=\"2023-01-01\" checked=\"2026-11-25\" grade=\"U\">\n" : "    <version from=\"2023-01-01\" checked=\"2026-11-25\" grade=\"U\">\n";
        text += fmt::format("      <cite provision=\"section {}\" address=\"{}\" grade=\"U\">not later than {} days after it became aware, to those whose data were taken</cite>\n", number, address, days);
        text += "      <relevant provision=\"section 1\">incident.detected_at</relevant>\n";
        text += fmt::format("      <when>any population where ({}.hit and (people.total at least {} or data.key_exposed is yes))</when>\n", law, limit);
        text += fmt::format("      <unless id=\"small\" provision=\"section {}(2)\">every population where (people.total fewer than {} and not (data.taken is yes))</unless>\n", number, limit / 10 + 2);
        text += fmt::format("      <clock><limb id=\"days\" amount=\"{} days\" counting=\"plain\" act=\"submitted\" provision=\"section {}(3)\"><start>incident.detected_at</start></limb></clock>\n", days, number);
        text += "      <recipients><to who=\"individuals\"/></recipients>\n    </version>\n";
    }
    text += fmt::format("    <example name=\"all taken\" owed=\"yes\">data.personal is yes; data.categories has name, social_security, medical, biometric_template, genetic, passport, bank_account; data.encrypted is no; data.taken is yes; people.total is 100000; data.public_record is no; incident.detected_at is 2026-03-02T10:00+01:00</example>\n");
    text += "    <example name=\"nothing personal\" owed=\"no\">data.personal is no; incident.detected_at is 2026-03-02T10:00+01:00</example>\n  </obligation>\n";
    return text;
}

}  // namespace

std::vector<std::string> generated_laws(int obligations) {
    Dice dice(20261125);
    std::vector<std::string> laws;
    for (int made = 0; made < obligations;) {
        const std::string id = fmt::format("gen{}", laws.size());
        std::string text = law_head(dice, id, static_cast<int>(laws.size()));
        for (int i = 0; i < 8 && made < obligations; ++i, ++made) text += obligation(dice, id, i + 1);
        laws.push_back(text + "</law>\n");
    }
    return laws;
}

std::string incident_text(std::uint64_t number, std::size_t place_count) {
    Dice dice(number);
    std::string listed;
    const std::size_t first = place_count >= places.size() ? 0 : dice.below(static_cast<std::uint32_t>(places.size()));
    for (std::size_t i = 0; i < std::min(place_count, places.size()); ++i)
        listed += fmt::format("{}{{\"place\":\"{}\",\"facts\":{{\"people.affected\":{{\"at_least\":{},\"at_most\":{}}}}}}}", i == 0 ? "" : ",", places[(first + i) % places.size()], dice.between(1, 300), dice.between(400, 2000));
    return fmt::format(
        R"({{"duenotice":"incident/1","id":"INC-{}","title":"Payroll host encrypted","zone":"Europe/Berlin",)"
        R"("facts":{{"incident.kinds":["system_entered"],"incident.cause":"outside_act","incident.detected_at":{{"value":"2026-11-{:02}T09:40+01:00","learned_at":"2026-11-{:02}T09:55+01:00","by":"soc","source":"ticket-{}"}},)"
        R"("data.personal":"yes","data.categories":{{"has":["name","bank_account"],"has_not":["biometric_template"]}},"data.encrypted":"{}","people.total":{{"at_least":{},"at_most":30000}},"text.what_happened":"Letters and payroll files were copied."}},)"
        R"("places":[{}],"entities":[{{"id":"shop","name":"Mail order house","facts":{{"entity.affected":"yes","entity.country":"DE","entity.role_here":"decides_alone",)"
        R"("entity.told_at":"2026-11-{:02}T10:00+01:00","entity.aware_personal_data_at":{{"from":"2026-11-{:02}T10:30+01:00","until":"2026-11-{:02}T12:00+01:00"}},"judged.gdpr_risk":{{"not_yet":true}}}}}}],"complete":["entities","places"]}})",
        number, 10 + number % 10, 10 + number % 10, number, dice.in_hundred(50) ? "no" : "yes", dice.between(10, 900), listed, 10 + number % 10, 10 + number % 10, 10 + number % 10);
}

}  // namespace duenotice
