#include <algorithm>
#include <cctype>
#include <istream>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/csv_reader.h"
#include "engine/json_reader.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/text.h"
#include "reports/text_layout.h"
#include "tools/answer.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

const Zone& zone_for(Session& session, const std::string& name) {
    if (const Zone* zone = session.world().zones.find(name)) return *zone;
    return *session.world().zones.find("Etc/UTC");
}

/// Where the answer to a fact lives in incident JSON, for the frames that a form or the first questions can reach.
Json* home(Json& incident, const FactDeclaration& declaration, const std::string& entity, const std::string& population, const std::string& place) {
    const auto element = [](Json& list, const char* key, const std::string& id) -> Json& {
        for (Json& item : list)
            if (item.value(key, "") == id) return item;
        list.push_back(Json{{key, id}});
        return list.back();
    };
    const unsigned needed = bindings(declaration.frame);
    if (needed == 0) return &incident["facts"];
    if ((needed & (bind::contract | bind::event | bind::series)) != 0) return nullptr;
    if ((needed & bind::entity) != 0) {
        Json& one = element(incident["entities"], "id", entity);
        if ((needed & bind::population) != 0 && !population.empty()) return &element(one["populations"], "id", population)["facts"];
        if ((needed & bind::place) != 0) return place.empty() ? nullptr : &element(one["places"], "place", place)["facts"];
        return &one["facts"];
    }
    if (!population.empty()) {
        Json& one = element(incident["populations"], "id", population);
        return (needed & bind::place) != 0 ? &element(one["places"], "place", place)["facts"] : &one["facts"];
    }
    return (needed & bind::place) != 0 ? &element(incident["places"], "place", place)["facts"] : &incident["facts"];
}

class Interview {
public:
    Interview(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out) : session_(session), intake_(intake), in_(in), out_(out) {}

    int run() {
        session_.load_all_zones();
        out_ << "Twelve questions, some of them for each company and each group of people. Ranges are fine (`240 to 260`);\nEnter, or ?, means: not known yet. The file is saved after every answer.\n\n";
        incident_ = Json{{"duenotice", "incident/1"}};
        check_group();
        begin();
        for (const char* fact : {"incident.detected_at", "incident.kinds"}) ask(fact);
        entities();
        for (const auto& [entity, name] : entities_) {
            if (!touched(entity)) continue;
            ask("service.critical_hit", entity);
            ask("entity.told_at", entity);
            ask("entity.aware_at", entity);
        }
        ask("incident.supplier_involved");
        ask("data.personal");
        if (answered("data.personal") != "no") groups_of_people();
        if (!has_choice("incident.kinds", "money_demanded")) ask("incident.extortion");
        finish();
        return exit_code::done;
    }

private:
    /// One line; controls and what is no UTF-8 are asked for again, since neither belongs into an account.
    std::string line(const std::string& prompt) {
        while (true) {
            out_ << prompt << "\n> " << std::flush;
            std::string text;
            if (!std::getline(in_, text)) ended_ = true;
            if (!text.empty() && text.back() == '\r') text.pop_back();
            if (escape_terminal(text) == text) return text;
            out_ << "  Plain letters, please: " << escape_terminal(text) << "\n";
            if (ended_) return {};
        }
    }

    /// A mistake in the profile is said before the first question, not after each answer.
    void check_group() {
        if (intake_.group.empty()) return;
        const Json least{{"duenotice", "incident/1"}, {"id", "first"}, {"group", intake_.group}};
        session_.read_text(std::make_shared<const SourceText>("your answers", least.dump()), read_source(intake_.group));
    }

    /// The value on record, `has` and estimates left out; empty when there is none.
    std::string answered(const std::string& fact) const {
        const Json& facts = incident_["facts"];
        if (!facts.contains(fact)) return {};
        const Json& value = facts[fact].is_object() && facts[fact].contains("value") ? facts[fact]["value"] : facts[fact];
        return value.is_string() ? value.get<std::string>() : std::string();
    }

    bool has_choice(const std::string& fact, const std::string& choice) const {
        const Json& facts = incident_["facts"];
        if (!facts.contains(fact)) return false;
        for (const char* list : {"has", "exactly"})
            if (facts[fact].contains(list) && std::find(facts[fact][list].begin(), facts[fact][list].end(), choice) != facts[fact][list].end()) return true;
        return false;
    }

    bool touched(const std::string& entity) const {
        for (const Json& one : incident_["entities"])
            if (one["id"] == entity && one["facts"].contains("entity.affected")) {
                const Json& value = one["facts"]["entity.affected"];
                return (value.is_object() ? value.value("value", "") : value.get<std::string>()) == "yes";
            }
        return false;
    }

    /// `Asia/Singapore` for itself, for `Singapore` and for `New York` with any case.
    std::string zone_named(const std::string& text) const {
        const auto plain = [](std::string name) {
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return c == '_' ? ' ' : static_cast<char>(std::tolower(c)); });
            return name;
        };
        std::vector<std::string> fits;
        for (const Zone& zone : session_.world().zones.zones()) {
            const std::string name(zone.name());
            if (plain(name) == plain(text)) return name;
            if (plain(zone_city(name)) == plain(text)) fits.push_back(name);
        }
        return fits.size() == 1 ? fits.front() : std::string();
    }

    void begin() {
        std::string id = line("A code for this incident (letters, digits, `-`):");
        const bool good = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; }) && std::isalnum(static_cast<unsigned char>(id.front())) != 0;
        if (!good) id = "INC-" + iso_utc(session_.options().as_of).substr(0, 10);
        incident_["id"] = id;
        incident_["title"] = line("What happened, in a few words:");
        by_ = line("Who answers? Your function, such as `head of IT`:");
        while (!ended_) {
            const std::string text = line("Which clock do you read? A city or time zone, such as Berlin or Europe/Berlin:");
            zone_ = text.empty() ? session_.options().zones.empty() ? "Etc/UTC" : session_.options().zones.front() : zone_named(text);
            if (!zone_.empty() && session_.world().zones.find(zone_) != nullptr) break;
            out_ << "  There is no time zone `" << text << "`, or more than one.\n";
        }
        if (zone_.empty()) zone_ = "Etc/UTC";
        incident_["zone"] = zone_;
        if (!intake_.group.empty()) incident_["group"] = intake_.group;
        incident_["facts"] = Json::object();
    }

    void entities() {
        if (!intake_.group.empty()) {
            const Checked<JsonValue> group = read_json(read_source(intake_.group));
            if (!group) throw InputMistakes{group.diagnostics};
            if (const JsonValue* list = group->find("entities"))
                for (const JsonValue& entity : list->items)
                    if (const JsonValue* id = entity.find("id")) {
                        incident_["entities"].push_back(Json{{"id", id->text}, {"facts", Json::object()}});
                        const JsonValue* name = entity.find("name");
                        entities_.emplace_back(id->text, name == nullptr ? id->text : name->text);
                        ask("entity.affected", id->text);
                    }
            return;
        }
        const std::string name = line("Which company or body is touched? Its name:");
        incident_["entities"] = Json::array({Json{{"id", "us"}, {"name", name.empty() ? "our company" : name}, {"zone", zone_}, {"facts", {{"entity.affected", "yes"}}}}});
        entities_ = {{"us", name.empty() ? "our company" : name}};
        ask("entity.country", "us");
        ask("entity.classes", "us");
        ask("entity.does_business_in", "us");
    }

    /// People whose same data were hit in the same way are one group; each group has its own questions.
    void groups_of_people() {
        const std::string text = line("\nWhich groups of people are touched, each with the same data? For example: staff, customers. Enter: one group");
        std::string part;
        for (const char c : text + ",") {
            if (c != ',') {
                part += c;
                continue;
            }
            std::string id;
            for (const char letter : part) id += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : '-';
            while (!id.empty() && id.front() == '-') id.erase(0, 1);
            while (!id.empty() && id.back() == '-') id.pop_back();
            if (!id.empty() && std::find(groups_.begin(), groups_.end(), id) == groups_.end()) groups_.push_back(id);
            part.clear();
        }
        if (groups_.size() < 2) groups_ = {""};
        for (const std::string& group : groups_)
            if (!group.empty()) incident_["populations"].push_back(Json{{"id", group}, {"facts", {{"data.personal", answered("data.personal").empty() ? Json::object() : incident_["facts"]["data.personal"]}}}});
        if (!groups_.front().empty()) {
            incident_["facts"].erase("data.personal");
            for (Json& one : incident_["populations"])
                if (one["facts"]["data.personal"].empty()) one["facts"] = Json::object();
        }
        for (const std::string& group : groups_) people(group);
    }

    void people(const std::string& group) {
        for (const auto& [entity, name] : entities_)
            if (touched(entity)) ask("entity.role_here", entity, group);
        ask("data.categories", "", group);
        if (ask("data.encrypted", "", group) != "no") ask("data.key_exposed", "", group);
        ask("data.taken", "", group);
        ask("people.total", "", group);
        while (!ended_) {
            const std::string text = line("\nWhere do they live" + (group.empty() ? std::string() : "  [" + group + "]") + "? `Germany 240 to 260; US-TX 12; France`, Enter: not known yet");
            if (text.empty()) return;
            const Json before = incident_;
            const std::string problem = places(text, group);
            if (problem.empty() && show_if_changed()) return;
            if (!problem.empty()) out_ << "  " << problem << "\n";
            incident_ = before;
        }
    }

    /// The code of a place given by code or name; empty when there is none on file.
    std::string place_code(const std::string& text) const {
        const auto same = [&](const std::string& name) {
            return name.size() == text.size() && std::equal(name.begin(), name.end(), text.begin(), [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
        };
        for (const Jurisdiction& place : session_.law().jurisdictions)
            if (same(place.code) || same(place.title)) return place.code;
        const bool code = text.size() >= 2 && std::isupper(static_cast<unsigned char>(text[0])) != 0 && std::isupper(static_cast<unsigned char>(text[1])) != 0 && (text.size() == 2 || text[2] == '-');
        return code ? text : std::string();
    }

    /// Adds `PLACE COUNT; ...`; what cannot be read comes back in words.
    std::string places(const std::string& text, const std::string& group) {
        const FactDeclaration* affected = session_.law().vocabulary.find("people.affected");
        const char mark = text.find(';') == std::string::npos ? ',' : ';';
        Json& list = group.empty() ? incident_["places"] : group_of(group)["places"];
        std::string part;
        for (const char c : text + mark) {
            if (c != mark) {
                part += c;
                continue;
            }
            const auto first = part.find_first_not_of(' ');
            if (first == std::string::npos) continue;
            auto count = part.find_first_of("0123456789", first);
            for (const char* word : {" at least ", " at most ", " about "})
                if (const auto at = part.find(word); at != std::string::npos && at < count) count = at;
            std::string name = part.substr(first, count == std::string::npos ? count : count - first);
            while (!name.empty() && name.back() == ' ') name.pop_back();
            const std::string code = place_code(name);
            if (code.empty()) return "`" + name + "` is no place on file: give its code, such as US-CT";
            const Answer answer = read_answer(count == std::string::npos ? "" : part.substr(count), *affected, zone_for(session_, zone_), session_.options().as_of);
            if (!answer.problem.empty()) return "`" + part + "`: " + answer.problem;
            Json entry{{"place", code}};
            if (!answer.open) entry["facts"]["people.affected"] = statement(answer.json);
            list.push_back(entry);
            part.clear();
        }
        return {};
    }

    Json& group_of(const std::string& id) {
        for (Json& one : incident_["populations"])
            if (one["id"] == id) return one;
        return incident_;
    }

    Json statement(const std::string& json) const {
        Json value = Json::parse(json);
        if (by_.empty()) return value;
        if (!value.is_object()) value = Json{{"value", value}};
        value["by"] = by_;
        value["learned_at"] = iso_utc(session_.options().as_of);
        return value;
    }

    std::string name_of(const std::string& entity) const {
        for (const auto& [id, name] : entities_)
            if (id == entity) return name;
        return entity;
    }

    std::string prompt_for(const FactDeclaration& declaration, const std::string& entity, const std::string& group) const {
        std::string where = entities_.size() > 1 && !entity.empty() ? name_of(entity) : std::string();
        if (!group.empty()) where += (where.empty() ? "" : ", ") + group;
        std::string prompt = "\n" + declaration.question + (where.empty() ? "" : "  [" + where + "]") + "\n";
        for (std::size_t i = 0; i < declaration.choices.size() && declaration.type != ValueType::YesNo; ++i) {
            const Choice& choice = declaration.choices[i];
            const bool last = i % 2 == 1 || i + 1 == declaration.choices.size();
            prompt += fmt::format("  {:>2} {}{}", i + 1, last ? (choice.label.empty() ? choice.token : choice.label) : pad(choice.label.empty() ? choice.token : choice.label, 34), last ? "\n" : "");
        }
        return prompt + "  (" + answer_help(declaration) + ")";
    }

    /// The answer as it was given when it could be read; empty while it is not known.
    std::string ask(const std::string& fact, const std::string& entity = {}, const std::string& group = {}) {
        const FactDeclaration* declaration = session_.law().vocabulary.find(fact);
        if (declaration == nullptr) return {};
        const std::string prompt = prompt_for(*declaration, entity, group);
        while (!ended_) {
            const Answer answer = read_answer(line(prompt), *declaration, zone_for(session_, zone_), session_.options().as_of);
            if (answer.open) return {};
            if (!answer.problem.empty()) {
                out_ << "  " << answer.problem << "\n";
                continue;
            }
            const Json before = incident_;
            Json* place = home(incident_, *declaration, entity.empty() && !entities_.empty() ? entities_.front().first : entity, group, "");
            if (place == nullptr) return {};
            (*place)[fact] = statement(answer.json);
            const Json given = Json::parse(answer.json);
            if (show_if_changed()) return given.is_string() ? given.get<std::string>() : answer.json;
            incident_ = before;
        }
        return {};
    }

    std::shared_ptr<const Incident> read_back() {
        const std::string text = incident_.dump(2) + "\n";
        const SourcePtr group = intake_.group.empty() ? SourcePtr() : read_source(intake_.group);
        std::shared_ptr<const Incident> read = session_.read_text(std::make_shared<const SourceText>("your answers", text), group);
        write_file(intake_.output, text);
        return read;
    }

    /// Saves, and says in a line or two what the answer changed; false when the account cannot be read with it.
    bool show_if_changed() {
        std::shared_ptr<const Incident> read;
        try {
            read = read_back();
        } catch (const InputMistakes& mistakes) {
            out_ << print(mistakes.diagnostics);
            return false;
        }
        if (read->entities.empty()) return true;
        AssessOptions quick;
        quick.explain = quick.questions = quick.content = false;
        const Assessment assessment = session_.assess(read, quick);
        const ReportContext context = session_.context(assessment);
        std::size_t owed = 0, open = 0;
        for (const Duty& duty : assessment.duties) {
            owed += duty.verdict == Verdict::Owed ? 1 : 0;
            open += duty.verdict == Verdict::Undetermined ? 1 : 0;
        }
        std::string now = fmt::format("{} owed, {} open. NEXT ", owed, open);
        for (const std::string& next : next_lines(timetable(context), context)) now += next + "; ";
        now.resize(now.size() - 2);
        if (now != last_line_ && !assessment.duties.empty()) out_ << indented("-> " + now, 2, 80);
        last_line_ = now;
        return true;
    }

    void finish() {
        const std::shared_ptr<const Incident> read = read_back();
        if (!read->entities.empty()) {
            const Assessment assessment = session_.assess(read);
            TextOptions options;
            options.input = intake_.output;
            out_ << "\n" << timetable_text(session_.context(assessment), options);
        }
        out_ << "\nSaved: " << intake_.output << "\nNext: duenotice ask " << intake_.output << "   duenotice check " << intake_.output << "\n";
    }

    Session& session_;
    const IntakeOptions& intake_;
    std::istream& in_;
    std::ostream& out_;
    Json incident_;
    std::string by_, zone_, last_line_;
    std::vector<std::pair<std::string, std::string>> entities_;  ///< id, name
    std::vector<std::string> groups_;                            ///< ids; one empty id: everybody is alike
    bool ended_ = false;
};

struct FormRow {
    std::string fact, entity, population, place, question, answer, by, source;
};

std::string csv_line(const std::vector<std::string>& fields) {
    std::string text;
    for (const std::string& field : fields) text += (text.empty() ? "" : ",") + escape_csv(field);
    return text + "\r\n";
}

const std::vector<std::string> form_header = {"fact", "entity", "population", "place", "question", "how_to_answer", "answer", "by", "source"};

}  // namespace

int run_new(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out) { return Interview(session, intake, in, out).run(); }

int run_form(Session& session, const IntakeOptions& intake, std::ostream& out) {
    const Assessment assessment = session.assess(session.read(intake.input, intake.group));
    const Incident& incident = *assessment.incident;
    out << csv_line(form_header);
    for (const Question& question : assessment.questions) {
        const FactDeclaration& declaration = session.law().vocabulary.at(question.ground.fact);
        const Frame& frame = question.ground.frame;
        const auto id = [](const auto& list, std::int32_t index) { return index < 0 ? std::string() : list[static_cast<std::size_t>(index)].id; };
        const bool implicit = frame.population >= 0 && incident.populations[static_cast<std::size_t>(frame.population)].implicit;
        std::string help = answer_help(declaration);
        for (std::size_t i = 0; i < declaration.choices.size() && declaration.type != ValueType::YesNo; ++i) help += (i == 0 ? ": " : ", ") + declaration.choices[i].token;
        out << csv_line({declaration.name, id(incident.entities, frame.entity), implicit ? "" : id(incident.populations, frame.population), frame.place < 0 ? "" : incident.places[static_cast<std::size_t>(frame.place)].code, declaration.question, help, "", "", ""});
    }
    return exit_code::done;
}

int run_read(Session& session, const IntakeOptions& intake, std::ostream& out) {
    const SourcePtr form = read_source(intake.input);
    const Checked<CsvTable> table = read_csv(form);
    Diagnostics diagnostics = table.diagnostics;
    if (!table) throw InputMistakes{diagnostics};
    session.read(intake.into, intake.group);  // an account with mistakes is refused with their places
    Json incident = Json::parse(read_file(intake.into));
    const std::string zone = incident.value("zone", session.options().zones.empty() ? "Etc/UTC" : session.options().zones.front());
    session.load_all_zones();
    const auto cell = [&](const auto& row, std::string_view name) -> std::string {
        for (std::size_t i = 0; i < table->header.size(); ++i)
            if (table->header[i].text == name && i < row.size()) return row[i].text;
        return {};
    };
    for (const auto& row : table->rows) {
        const FactDeclaration* declaration = session.law().vocabulary.find(cell(row, "fact"));
        const Span place = row.empty() ? Span{form, 0, 0} : row.front().span;
        if (declaration == nullptr) {
            diagnostics.error("DN0591", place, fmt::format("there is no fact `{}`", cell(row, "fact"))).suggestion = session.law().vocabulary.suggest(cell(row, "fact"));
            continue;
        }
        const Answer answer = read_answer(cell(row, "answer"), *declaration, zone_for(session, zone), session.options().as_of);
        if (answer.open) continue;
        if (!answer.problem.empty()) {
            diagnostics.error("DN0592", place, fmt::format("the answer to `{}` cannot be read: `{}`", declaration->name, cell(row, "answer")), answer.problem);
            continue;
        }
        Json* target = home(incident, *declaration, cell(row, "entity"), cell(row, "population"), cell(row, "place"));
        if (target == nullptr) {
            diagnostics.error("DN0593", place, fmt::format("`{}` needs its place, or belongs to a contract or an event", declaration->name));
            continue;
        }
        Json value = Json::parse(answer.json);
        for (const char* member : {"by", "source"}) {
            if (cell(row, member).empty()) continue;
            if (!value.is_object()) value = Json{{"value", value}};
            value[member] = cell(row, member);
        }
        (*target)[declaration->name] = value;
    }
    if (diagnostics.has_errors()) throw InputMistakes{diagnostics};
    out << incident.dump(2) << "\n";
    return exit_code::done;
}

}  // namespace duenotice
