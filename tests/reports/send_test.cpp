#include <algorithm>
#include <regex>

#include <catch2/catch.hpp>

#include "reports/packet.h"
#include "tests/support/shipped_world.h"

// What the other side gets holds nothing of ours: no verdict, no law edition, no id, no role, no reason, no open question.

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Words that stand in our own papers and in no notice, in lower case.
const std::vector<std::string>& our_words() {
    static const std::vector<std::string> words{"internal", "checklist", "reading grade", "law edition", "not legal advice", "working aid", "cannot be told yet", "others open", "undetermined", "not owed", "(?)", "must not be in it",
                                                "privilege", "duenotice", "dispute", "nobody named", "no log-in", "press_lead", "status_list", "incident_lead", "risk_owner", "provisional", "as far as we", "our failure", "negligent", "open question"};
    return words;
}

/// Every text of the record that only the house may read, and every id.
std::vector<std::string> house_secrets(const Incident& incident) {
    std::vector<std::string> secrets{incident.id, incident.title};
    for (const EntityFrame& entity : incident.entities) {
        for (const std::string& secret : {entity.id, entity.owner, entity.deputy, entity.approver}) secrets.push_back(secret);
        for (const FieldOwner& own : entity.owners) secrets.insert(secrets.end(), {own.owner, own.deputy});
    }
    for (const ContractFrame& contract : incident.contracts)
        if (contract.id.find('-') != std::string::npos) secrets.push_back(contract.id);  // `host` is a word too
    for (const FactRecord& record : incident.facts)
        for (const Statement& made : record.history)
            for (const std::string& secret : {made.by, made.source, made.function, made.body, made.second, made.reasons, made.advice}) secrets.push_back(secret);
    for (const Contact& contact : incident.contacts) secrets.insert(secrets.end(), {contact.account_holder, contact.deputy, contact.reach, contact.fallback, contact.out_of_hours});
    for (const Hold& hold : incident.holds) secrets.push_back(hold.by);
    std::erase_if(secrets, [](const std::string& secret) { return secret.size() < 4; });
    return secrets;
}

const std::regex& fact_id() {
    static const std::regex pattern(R"(\b(entity|judged|incident|data|people|service|contract|house|dora|gdpr|text|event|member)\.[a-z_]{3,})");
    return pattern;
}

/// What of ours stands in `send/`; empty when nothing does.
std::string ours_in(const Packet& packet, const Obligation& obligation, const Incident& incident) {
    std::string found;
    for (const auto& [name, bytes] : packet.files) {
        if (name.rfind("send/", 0) != 0) continue;
        const std::string text = lower(bytes);
        const auto look = [&](const std::string& word) {
            if (!word.empty() && text.find(lower(word)) != std::string::npos) found += name + ": `" + word + "`\n";
        };
        for (const std::string& word : our_words()) look(word);
        for (const std::string& secret : house_secrets(incident))
            if (secret != packet.recipient_title) look(secret);  // a house rule may be for one of these roles
        look(obligation.id);
        if (!packet.recipient.empty() && packet.recipient.find('.') != std::string::npos) look("\"" + packet.recipient + "\"");
        for (const char* verdict : {"OWED", "OPEN", "DISPLACED", "ON HOLD", "FORBIDDEN", "DELEGATED", "CONFLICT"})
            if (std::regex_search(bytes, std::regex(std::string("\\b") + verdict + "\\b"))) found += name + ": `" + verdict + "`\n";
        std::smatch match;
        if (std::regex_search(bytes, match, fact_id())) found += name + ": `" + match.str() + "`\n";
    }
    return found;
}

}  // namespace

TEST_CASE("no packet of the samples sends a word of ours, whatever the verdict") {
    std::size_t packets = 0;
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        const ReportContext context = sample.context();
        for (const Duty& duty : sample.assessment().duties)
            for (const Packet& packet : make_packets(duty, explain(sample.world(), sample.assessment(), duty), context)) {
                ++packets;
                INFO(packet.folder);
                CHECK(ours_in(packet, obligation_of(duty, sample.assessment()), *sample.assessment().incident) == "");
            }
    }
    CHECK(packets > 150);
}

TEST_CASE("no obligation of the law book, with every content item answered or open, sends a word of ours") {
    const Sample sample("payroll");
    const RuleBook& law = *sample.assessment().law;
    const Duty& base = *std::find_if(sample.assessment().duties.begin(), sample.assessment().duties.end(), [](const Duty& duty) { return duty.contract.empty() && duty.entity == "bank-de"; });
    const Duty& promise = *std::find_if(sample.assessment().duties.begin(), sample.assessment().duties.end(), [](const Duty& duty) { return !duty.contract.empty(); });
    std::size_t packets = 0;
    for (std::uint32_t i = 0; i < law.obligations.size(); ++i) {
        const Obligation& obligation = law.obligations[i];
        for (const Version& version : obligation.versions)
            for (const bool answered : {true, false}) {
                Duty duty = version.grade == 'O' && obligation.id.find("contract") != std::string::npos ? promise : base;
                duty.obligation = i;
                duty.id = obligation.id + "@" + duty.entity;
                duty.verdict = Verdict::Owed;
                duty.grade = version.grade;
                duty.citations = {version.citations.front().provision};
                duty.content.clear();
                for (const ContentItem& item : version.content)
                    duty.content.push_back({item.id, item.label, std::string(name(item.mode)), item.fact, "", answered ? "answer" : "", item.citation.provision, "", answered, Truth::Yes});
                for (const Packet& packet : make_packets(duty, Explanation{duty.id, {}, {}, false}, sample.context())) {
                    ++packets;
                    INFO(packet.folder);
                    CHECK(ours_in(packet, obligation, *sample.assessment().incident) == "");
                }
            }
    }
    CHECK(packets >= 2 * law.obligations.size());
}

TEST_CASE("what the law forbids is left out of what is sent, and said; what cannot be looked for is left to a person") {
    const Sample sample("payroll");
    Duty duty = *sample.assessment().find("eu.dora.19-4-a@bank-de");
    duty.content = {{"what", "what happened", "mandatory", "text.what_happened", "", "A host was encrypted.", "1", "", true, Truth::Yes},
                    {"names", "how many people", "mandatory", "people.total", "", "650", "2", "", true, Truth::Yes},
                    {"no-names", "number of people", "forbidden", "people.total", "", "650", "3", "", true, Truth::Yes},
                    {"no-names", "names of the people", "forbidden", "", "", "", "4", "", false, Truth::Yes}};
    const Packet packet = make_packets(duty, Explanation{duty.id, {}, {}, false}, sample.context()).front();
    CHECK(packet.files.at("send/form.html").find("A host was encrypted.") != std::string::npos);
    for (const char* file : {"send/form.html", "send/form.json"}) CHECK(packet.files.at(file).find("650") == std::string::npos);
    CHECK(packet.problems == std::vector<std::string>{"forbidden: number of people stands in `how many people`, which is left out (3)", "forbidden, to be looked for by a person: names of the people (4)"});
    CHECK(packet.files.at("internal/checklist.html").find("left out") != std::string::npos);
}

TEST_CASE("a forbidden value inside a longer text is found") {
    const Sample sample("payroll");
    Duty duty = *sample.assessment().find("eu.dora.19-4-a@bank-de");
    duty.content = {{"what", "what happened", "mandatory", "text.what_happened", "", "An attacker used CVE-2026-1111 to come in.", "1", "", true, Truth::Yes},
                    {"no-way", "the way in", "forbidden", "dora.techniques", "", "cve-2026-1111", "2", "", true, Truth::Yes}};
    const Packet packet = make_packets(duty, Explanation{duty.id, {}, {}, false}, sample.context()).front();
    CHECK(packet.files.at("send/form.html").find("CVE") == std::string::npos);
    CHECK(packet.problems.size() == 1);
}

TEST_CASE("a packet without content items is not complete, and a value that is known in part is said") {
    const Sample sample("payroll");
    Duty duty = *sample.assessment().find("eu.dora.19-4-a@bank-de");
    duty.content.clear();
    CHECK(make_packets(duty, Explanation{duty.id, {}, {}, false}, sample.context()).front().problems == std::vector<std::string>{"no content items on file for this notice: a person writes the text"});
    duty.content = {{"1.4", "type of the entity", "mandatory", "entity.classes", "", "credit_institution; others open", "field 1.4", "", true, Truth::Yes}};
    const Packet packet = make_packets(duty, Explanation{duty.id, {}, {}, false}, sample.context()).front();
    CHECK(packet.problems == std::vector<std::string>{"known in part: 1.4 Type of the entity (field 1.4)"});
    CHECK(packet.files.at("send/form.html").find("<h2>1.4 Type of the entity</h2>") != std::string::npos);
    CHECK(packet.files.at("send/form.html").find("credit institution (bank); whether there are others is not yet known") != std::string::npos);
}

TEST_CASE("the packet of a drill says so at the top of every page, sent or ours") {
    const Sample sample("payroll", true);
    const Duty& duty = *sample.assessment().find("eu.dora.19-4-a@bank-de");
    const Packet packet = make_packets(duty, explain(sample.world(), sample.assessment(), duty), sample.context()).front();
    for (const auto& [name, bytes] : packet.files)
        if (name.ends_with(".html")) {
            INFO(name);
            CHECK(bytes.find("EXERCISE") < bytes.find("<h1>"));
        }
    CHECK(packet.files.at("send/form.json").find("\"exercise\": true") != std::string::npos);
}
