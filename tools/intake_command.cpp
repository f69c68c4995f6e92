#include <algorithm>
#include <functional>
#include <istream>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/csv_reader.h"
#include "engine/json_reader.h"
#include "reports/escape.h"
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
        out_ << "Twelve questions. Ranges are fine (`240 to 260`); Enter, or ?, means: not known yet.\nThe file is saved after every answer.\n\n";
        incident_ = Json{{"duenotice", "incident/1"}};
        begin();
        for (const char* fact : {"incident.detected_at", "incident.kinds"}) ask(fact, "");
        entities();
        for (const std::string& entity : entity_ids_) {
            ask("service.critical_hit", entity);
            ask("entity.told_at", entity);
            ask("entity.aware_at", entity);
        }
        ask("incident.supplier_involved", "");
        people();
        for (const std::string& entity : entity_ids_) ask("entity.role_here", entity);
        ask("incident.extortion", "");
        out_ << "\nSaved: " << intake_.output << "\nNext: duenotice ask " << intake_.output << "   duenotice check " << intake_.output << "\n";
        return exit_code::done;
    }

private:
    std::string line(const std::string& prompt) {
        out_ << prompt << "\n> " << std::flush;
        std::string text;
        if (!std::getline(in_, text)) ended_ = true;
        return text;
    }

    void begin() {
        std::string id = line("A code for this incident (letters, digits, `-`):");
        const bool good = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; }) && std::isalnum(static_cast<unsigned char>(id.front())) != 0;
        if (!good) id = "INC-" + iso_utc(session_.options().as_of).substr(0, 10);
        incident_["id"] = id;
        incident_["title"] = line("What happened, in a few words:");
        by_ = line("Who answers? Your function, such as `head of IT`:");
        while (true) {
            zone_ = line("Which clock do you read? A time zone such as Europe/Berlin:");
            if (zone_.empty()) zone_ = session_.options().zones.empty() ? "Etc/UTC" : session_.options().zones.front();
            if (session_.world().zones.find(zone_) != nullptr || ended_) break;
            out_ << "  There is no time zone `" << zone_ << "`.\n";
        }
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
                        ask("entity.affected", id->text);
                        entity_ids_.push_back(id->text);
                    }
            return;
        }
        const std::string name = line("Which company or body is touched? Its name:");
        incident_["entities"] = Json::array({Json{{"id", "us"}, {"name", name.empty() ? "our company" : name}, {"zone", zone_}, {"facts", {{"entity.affected", "yes"}}}}});
        entity_ids_ = {"us"};
        ask("entity.country", "us");
        ask("entity.classes", "us");
        ask("entity.does_business_in", "us");
    }

    void people() {
        ask("data.personal", "");
        ask("data.categories", "");
        ask("data.encrypted", "");
        if (incident_["facts"].contains("data.encrypted") && incident_["facts"]["data.encrypted"] != "no") ask("data.key_exposed", "");
        ask("people.total", "");
        const FactDeclaration* affected = session_.law().vocabulary.find("people.affected");
        while (affected != nullptr && !ended_) {
            const std::string text = line("Where do they live? `DE 240 to 260; US-TX 12`, Enter: not known yet");
            const Json before = incident_;
            std::string problem;
            std::string part;
            for (const char c : text + ";") {
                if (c != ';') {
                    part += c;
                    continue;
                }
                const auto first = part.find_first_not_of(' ');
                if (first != std::string::npos) {
                    const auto blank = part.find(' ', first);
                    const std::string place = part.substr(first, blank == std::string::npos ? blank : blank - first);
                    const Answer answer = read_answer(blank == std::string::npos ? "" : part.substr(blank), *affected, zone_for(session_, zone_), session_.options().as_of);
                    problem += answer.problem;
                    Json entry{{"place", place}};
                    if (!answer.open && answer.problem.empty()) entry["facts"]["people.affected"] = statement(answer.json);
                    incident_["places"].push_back(entry);
                }
                part.clear();
            }
            if (problem.empty() && show_if_changed()) return;
            out_ << "  " << problem << "\n";
            incident_ = before;
        }
    }

    Json statement(const std::string& json) const {
        Json value = Json::parse(json);
        if (by_.empty()) return value;
        if (!value.is_object()) value = Json{{"value", value}};
        value["by"] = by_;
        value["learned_at"] = iso_utc(session_.options().as_of);
        return value;
    }

    void ask(const std::string& fact, const std::string& entity) {
        const FactDeclaration* declaration = session_.law().vocabulary.find(fact);
        if (declaration == nullptr || ended_) return;
        std::string prompt = "\n" + declaration->question + (entity.empty() || entity == "us" ? "" : "  [" + entity + "]") + "\n";
        for (std::size_t i = 0; i < declaration->choices.size() && declaration->type != ValueType::YesNo; ++i)
            prompt += fmt::format("  {:>2} {}{}", i + 1, pad(declaration->choices[i].label.empty() ? declaration->choices[i].token : declaration->choices[i].label, 34), i % 2 == 1 || i + 1 == declaration->choices.size() ? "\n" : "");
        prompt += "  (" + answer_help(*declaration) + ")";
        while (!ended_) {
            const Answer answer = read_answer(line(prompt), *declaration, zone_for(session_, zone_), session_.options().as_of);
            if (answer.open) return;
            if (!answer.problem.empty()) {
                out_ << "  " << answer.problem << "\n";
                continue;
            }
            const Json before = incident_;
            Json* place = home(incident_, *declaration, entity.empty() && !entity_ids_.empty() ? entity_ids_.front() : entity, "", "");
            if (place == nullptr) return;
            (*place)[fact] = statement(answer.json);
            if (show_if_changed()) return;
            incident_ = before;
        }
    }

    /// Saves and prints the timetable when it changed; false when the account cannot be read with the last answer.
    bool show_if_changed() {
        const std::string text = incident_.dump(2) + "\n";
        std::shared_ptr<const Incident> read;
        try {
            const SourcePtr group = intake_.group.empty() ? SourcePtr() : read_source(intake_.group);
            read = session_.read_text(std::make_shared<const SourceText>("your answers", text), group);
        } catch (const InputMistakes& mistakes) {
            out_ << print(mistakes.diagnostics);
            return false;
        }
        write_file(intake_.output, text);
        if (read->entities.empty()) return true;
        const Assessment assessment = session_.assess(read);
        const ReportContext context = session_.context(assessment);
        const std::string rows = timetable_plain(context);
        if (rows != last_rows_ && !assessment.duties.empty()) out_ << "\n" << timetable_text(context);
        last_rows_ = rows;
        return true;
    }

    Session& session_;
    const IntakeOptions& intake_;
    std::istream& in_;
    std::ostream& out_;
    Json incident_;
    std::string by_, zone_, last_rows_;
    std::vector<std::string> entity_ids_;
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
    Json incident = Json::parse(read_file(intake.into), nullptr, false);
    if (incident.is_discarded() || !incident.is_object()) throw InputMistakes{read_json(read_source(intake.into)).diagnostics};
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
