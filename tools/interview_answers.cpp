// What each step takes: the answers of the interview, put into the account.

#include <algorithm>

#include <fmt/format.h>

#include "engine/place_codes.h"
#include "reports/text_layout.h"
#include "reports/wording.h"
#include "tools/interview.h"
#include "tools/people_places.h"
#include "tools/words.h"

namespace duenotice {

namespace {

/// Longer lists are shown by codes, or by the first words of their labels, as many beside each other as there is room for.
constexpr std::size_t most_labels = 24, widest_label = 34;

std::string short_list(const FactDeclaration& declaration) {
    std::vector<std::string> names;
    std::size_t widest = 0;
    for (const Choice& choice : declaration.choices) {
        const bool is_code = choice.label.empty() || choice.token.find('.') != std::string::npos;  // de.bafin
        std::string name = is_code ? choice.token : choice.label;
        if (is_code) std::replace(name.begin(), name.end(), '_', ' ');
        else if (text_width(name) > widest_label) name = wrap(name, widest_label - 4).front() + " ...";
        names.push_back(fmt::format("{:>2} {}", names.size() + 1, name));
        widest = std::max(widest, text_width(names.back()));
    }
    const std::size_t across = std::max<std::size_t>(1, 78 / (widest + 2)), down = (names.size() + across - 1) / across;
    std::string text;
    for (std::size_t row = 0; row < down; ++row) {
        std::string line;
        for (std::size_t at = row; at < names.size(); at += down) line += "  " + (at + down < names.size() ? pad(names[at], widest) : names[at]);
        text += line + "\n";
    }
    return text;
}

std::vector<std::string> names_listed(const std::string& text) {
    std::string list = text;
    std::replace(list.begin(), list.end(), ';', ',');
    std::vector<std::string> names;
    for (const std::string& part : split(list, ',')) {
        if (const auto sides = two_sides(part, {" and "}); sides && !sides->second.empty()) {
            names.push_back(sides->first);
            names.push_back(sides->second);
        } else {
            names.push_back(part);
        }
    }
    return names;
}

/// What is meant by a relation, for `?`.
std::string relation_help(const std::string& relation) {
    constexpr std::pair<std::string_view, std::string_view> meanings[] = {
        {"affiliate", "a company under the same control"}, {"parent", "a company that controls it"}, {"subsidiary", "a company that it controls"}, {"branch", "a branch of it"},
        {"provider", "somebody who provides it with services or systems"}, {"registrant", "the company whose reports to the exchange commission cover it"}, {"client", "somebody whom it provides with services or systems"}, {"agent", "somebody who acts in its name"},
        {"principal", "somebody in whose name it acts"}, {"owner", "somebody to whom the data belong that it keeps"}, {"custodian", "somebody who keeps data that belong to it"},
        {"source", "somebody from whom it received the data"}, {"supervisor", "somebody who supervises it"}, {"deployer", "somebody who uses its system"}, {"joint", "somebody who decides with it on purposes and means"}};
    std::string text;
    for (const auto& [word, meaning] : meanings)
        if (word == relation) text = indented(fmt::format("{}: {}.", relation, meaning), 2, 80);
    return text + "  `nobody` and `only ...` close the list; without them others may yet be found.\n";
}

}  // namespace

AnswerClock Interview::clock() const {
    const Zone* zone = session_.world().zones.find(account_.get("zone"));
    return {zone != nullptr ? *zone : *session_.world().zones.find("Etc/UTC"), session_.options().as_of, zones_.get()};
}

Said Interview::said() const { return {by_, iso_utc(session_.options().as_of), {}}; }

std::string Interview::where(const Inquiry& step) const {
    std::vector<std::string> words;
    const std::vector<IncidentAccount::Named> entities = account_.entities(), groups = account_.populations();
    for (const IncidentAccount::Named& one : entities)
        if (one.id == step.home.entity && entities.size() > 1) words.push_back(one.name);
    for (const IncidentAccount::Named& one : groups)
        if (one.id == step.home.population) words.push_back(one.name);
    if (!step.home.place.empty()) words.push_back(step.home.place);
    return joined(words, ", ");
}

std::string Interview::prompt(const Inquiry& step) const {
    std::string text = "\n", question, choices, answer;
    switch (step.kind) {
        case Inquiry::Kind::Code: question = "A code for this incident, without names of people"; answer = "letters, digits, `-`; Enter: INC-" + iso_utc(session_.options().as_of).substr(0, 10); break;
        case Inquiry::Kind::Title: question = "What happened, in a few words?"; answer = "such as: payroll server read from outside"; break;
        case Inquiry::Kind::Clock: question = "Which clock do you read?"; answer = "a city, a country or a zone: Berlin, Singapore, Europe/Berlin; Enter: " + default_clock(); break;
        case Inquiry::Kind::Entities:
            question = with_profile() ? "Which of these companies or bodies are touched: data, systems, services or customers?" : "Which of your companies, branches or public bodies are touched?";
            choices = with_profile() ? choice_list(entity_choices(*step.fact)) : std::string();
            answer = with_profile() ? "numbers or names with commas; `not ...`: surely not; the rest stays open" : "names with commas: the bank, Singapore branch";
            break;
        case Inquiry::Kind::Groups: question = "Which groups of people, each with the same kinds of data hit in the same way?"; answer = "such as: staff, customers; Enter: one group, or not known yet"; break;
        case Inquiry::Kind::Places: question = "Where do they live, and how many of them there?"; answer = "Germany 240 to 260; Texas about 12; France; unknown 30"; break;
        case Inquiry::Kind::Relation: question = step.question; answer = "names with commas; `only ...`: no others; `nobody`; Enter: not known yet"; break;
        case Inquiry::Kind::Fact:
            question = step.fact->question;
            choices = step.fact->choices.size() > most_labels ? short_list(*step.fact) : choice_list(*step.fact);
            answer = answer_help(*step.fact);
            break;
    }
    const std::string place = step.kind == Inquiry::Kind::Relation ? std::string() : where(step);
    const std::string head = step.number > 0 ? fmt::format("{} of {}  ", step.number, first_questions) : std::string();
    return text + indented(head + question + (place.empty() ? "" : "  [" + place + "]"), 0, 80) + choices + "  (" + answer + ")\n";
}

std::string Interview::help(const Inquiry& step) const {
    std::string text;
    if (step.fact != nullptr && step.kind == Inquiry::Kind::Fact) {
        if (!step.fact->note.empty()) text += indented("About it: " + step.fact->note, 2, 80);
        text += answer_examples(*step.fact);
        if (step.fact->choices.size() > most_labels) text += choice_list(*step.fact);
        text += "  not known yet           asked, and nobody knows; `expected by 08:00` may follow\n";
    }
    if (step.kind == Inquiry::Kind::Clock) text += "  Times that you give without a place are read on this clock; another one can be\n  named in an answer: 06:50 Singapore.\n";
    if (step.kind == Inquiry::Kind::Entities) text += "  Each of them has duties of its own: a parent, a branch abroad, a public body.\n  Suppliers and customers are not meant.\n";
    if (step.kind == Inquiry::Kind::Groups) text += "  Staff whose bank accounts were read are one group, customers whose names were\n  read another: law looks at each by itself. One group: press Enter.\n";
    if (step.kind == Inquiry::Kind::Places) text += "  The law of the place where people live decides, not that of the company.\n  Names or codes: Germany or DE, Texas or US-TX. No number: only that some do.\n  unknown 30: people whose residence nobody knows.\n";
    if (step.kind == Inquiry::Kind::Relation) text += relation_help(step.relation);
    if (step.kind == Inquiry::Kind::Code) text += "  It stands in every heading, file name and calendar.\n";
    return text + "  back, show, by: NAME, stop work at every question.\n";
}

std::string Interview::take(const Inquiry& step, const std::string& text) {
    switch (step.kind) {
        case Inquiry::Kind::Code: return take_code(text);
        case Inquiry::Kind::Title:
            if (!text.empty()) account_.set("title", text);
            return {};
        case Inquiry::Kind::Clock: return take_clock(text);
        case Inquiry::Kind::Entities: return take_entities(step, text);
        case Inquiry::Kind::Groups: return take_groups(text);
        case Inquiry::Kind::Places: return take_places(step, text);
        case Inquiry::Kind::Relation: return take_relation(step, text);
        case Inquiry::Kind::Fact: break;
    }
    return take_fact(step, text);
}

std::string Interview::take_code(const std::string& text) {
    const std::string id = text.empty() ? "INC-" + iso_utc(session_.options().as_of).substr(0, 10) : text;
    const auto plain = [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const bool good = id.size() <= 64 && plain(static_cast<unsigned char>(id.front())) && id.find("..") == std::string::npos && std::all_of(id.begin(), id.end(), [&](unsigned char c) { return plain(c) || c == '-' || c == '_' || c == '.'; });
    if (!good) return "`" + id + "` is no code: files are named by it, so only letters, digits, `-`, `_` and single dots, at most 64, the first a letter or digit: INC-2026-0042";
    account_.set("id", id);
    understood_ = id;
    return {};
}

std::string Interview::default_clock() const { return session_.options().zones.empty() ? "UTC" : session_.options().zones.front(); }

std::string Interview::take_clock(const std::string& text) {
    const std::string name = text.empty() ? default_clock() : text;
    const Zone* zone = zones_->find(name);
    if (zone == nullptr) return zones_->problem(name);
    account_.set("zone", zone->name());
    understood_ = fmt::format("your clock shows {} in {}", local_words(session_.options().as_of, *zone), zone_city(zone->name()));
    return {};
}

/// The companies of the profile as the choices of one question.
FactDeclaration Interview::entity_choices(const FactDeclaration& affected) const {
    FactDeclaration choices = affected;
    choices.type = ValueType::Set;
    choices.choices.clear();
    const auto incident = const_cast<Interview*>(this)->read_account();
    for (const EntityFrame& entity : incident->entities) choices.choices.push_back({entity.id, entity.name.empty() ? entity.id : entity.name});
    return choices;
}

std::string Interview::take_entities(const Inquiry& step, const std::string& text) {
    if (text.empty()) return {};
    if (!with_profile()) {
        std::vector<std::string> shown;
        for (const std::string& name : names_listed(text)) {
            const std::string id = account_.add_entity(name);
            account_.set_entity_zone(id, clock().zone.name());
            account_.state(*step.fact, {id, {}, {}}, "\"yes\"", said());
            shown.push_back(name);
        }
        if (shown.empty()) return "a name is needed: the bank, Singapore branch";
        understood_ = "touched: " + joined(shown, ", ");
        return {};
    }
    const FactDeclaration choices = entity_choices(*step.fact);
    const Answer answer = read_answer(text, choices, clock());
    if (answer.open) return {};
    if (!answer.problem.empty()) return answer.problem;
    const bool closed = answer.json.starts_with("{\"exactly\"");
    const std::size_t out = answer.json.find("\"has_not\"");
    for (const Choice& choice : choices.choices) {
        const std::size_t at = answer.json.find("\"" + choice.token + "\"");
        if (at == std::string::npos && !closed) continue;
        account_.state(*step.fact, {choice.token, {}, {}}, at != std::string::npos && at < out ? "\"yes\"" : "\"no\"", said());
    }
    understood_ = "touched: " + answer.words;
    return {};
}

std::string Interview::take_groups(const std::string& text) {
    std::vector<std::string> names;
    for (const std::string& name : names_listed(text))
        if (const std::string id = id_of_name(name); !id.empty() && std::none_of(names.begin(), names.end(), [&](const std::string& one) { return id_of_name(one) == id; })) names.push_back(name);
    if (names.size() < 2) {
        understood_ = "one group";
        return {};
    }
    account_.add_populations(names);
    understood_ = fmt::format("{} groups: {}", names.size(), joined(names, ", "));
    return {};
}

std::string Interview::take_places(const Inquiry& step, const std::string& text) {
    if (text.empty() || step.fact == nullptr) return {};
    const PeoplePlaces read = read_people_places(text, *step.fact, clock());
    if (!read.problem.empty()) return read.problem;
    for (const PeoplePlace& place : read.places) {
        account_.add_place(step.home.population, place.code);
        if (!place.people.json.empty()) account_.state(*step.fact, {{}, step.home.population, place.code}, place.people.json, said());
    }
    understood_ = read.words;
    return {};
}

std::string Interview::take_fact(const Inquiry& step, const std::string& text) {
    const Answer answer = read_answer(text, *step.fact, clock());
    if (!answer.problem.empty()) return answer.problem;
    understood_ = step.fact->type == ValueType::Text || step.fact->type == ValueType::YesNo ? std::string() : answer.words;
    if (answer.json.empty()) return {};
    if (!account_.state(*step.fact, step.home, answer.json, said())) return "this cannot be answered here";
    if (step.fact->name == "entity.country" && !answer.open) entity_clock(step.home.entity, answer.json);
    return {};
}

/// Who has that relation: those of the account by name or id, and new names, which are bodies of the account from then on.
std::string Interview::take_relation(const Inquiry& step, const std::string& text) {
    const std::string small = lower(text);
    if (text.empty() || small == "not known" || small == "not known yet") return {};
    if (small == "yes") return "then their names: Acme Cloud, Globex; `only ...` when there are no others";
    const bool only = small.starts_with("only "), nobody = small == "nobody" || small == "no one" || small == "none" || small == "no";
    std::vector<std::string> shown;
    const std::vector<std::string> names = nobody ? std::vector<std::string>() : names_listed(only ? text.substr(5) : text);
    for (const std::string& name : names) {
        if (id_of_name(name).empty()) continue;
        const std::string id = known_entity(name);
        if (id == step.home.entity) return "`" + name + "` is the one that is asked about";
        const std::string other = id.empty() ? account_.add_entity(name) : id;
        account_.add_relation(step.home.entity, step.relation, other);
        shown.push_back(name + (id.empty() ? " (new here: what it owes itself is listed too)" : ""));
    }
    if (shown.empty() && !nobody) return "a name is needed: Acme Cloud, Globex; or `nobody`";
    if (only || nobody) account_.close_relation(step.home.entity, step.relation);
    understood_ = nobody ? "nobody" : joined(shown, ", ") + (only ? "; no others" : "; perhaps others");
    return {};
}

/// The id of an entity of the account or the profile that is called so; empty when there is none.
std::string Interview::known_entity(const std::string& name) {
    const std::string small = lower(name);
    const auto account = read_account();  // lives as long as the loop
    for (const EntityFrame& entity : account->entities)
        for (const std::string* called : {&entity.id, &entity.name, &entity.short_name})
            if (lower(*called) == small) return entity.id;
    return {};
}

/// A company in a country with one clock reads that one.
void Interview::entity_clock(const std::string& entity, const std::string& country) {
    if (with_profile() || country.size() < 4) return;
    if (const Zone* zone = zones_->of_place(country.substr(1, country.size() - 2))) account_.set_entity_zone(entity, zone->name());
}

}  // namespace duenotice
