// `form`: the open questions of an incident as a table that people fill in; `read`: the filled table back. Spreadsheets
// of any country may have saved it: byte order mark, semicolons, padded rows, times and dates in their own form. Every
// cell that cannot be read is named by row and column; with one mistake nothing is written.

#include <algorithm>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "engine/csv_reader.h"
#include "reports/escape.h"
#include "reports/wording.h"
#include "rules/suggest.h"
#include "tools/incident_account.h"
#include "tools/answer.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"
#include "tools/words.h"

namespace duenotice {

namespace {

const std::vector<std::string> form_header = {"question", "about", "how_to_answer", "answer", "by", "source", "fact", "entity", "population", "place"};

std::string csv_line(const std::vector<std::string>& fields) {
    std::string text;
    for (std::size_t i = 0; i < fields.size(); ++i) text += (i == 0 ? "" : ",") + escape_csv(fields[i]);
    return text + "\r\n";
}

std::string how_to_answer(const FactDeclaration& declaration, const std::string& zone) {
    std::string help = answer_help(declaration);
    if (declaration.type == ValueType::Instant) help += " (clock: " + zone_city(zone) + ")";
    if (declaration.type == ValueType::YesNo) return help;
    for (std::size_t i = 0; i < declaration.choices.size(); ++i) help += (i == 0 ? "\n" : "; ") + declaration.choices[i].token;
    return help;
}

/// `The bank, staff, DE`: by name where there is one.
std::string about(const Frame& frame, const Incident& incident) {
    std::vector<std::string> words;
    const auto add = [&](const auto& list, std::int32_t index) {
        if (index < 0) return;
        const auto& one = list[static_cast<std::size_t>(index)];
        words.push_back(one.name.empty() ? one.id : one.name);
    };
    add(incident.entities, frame.entity);
    if (frame.population >= 0 && !incident.populations[static_cast<std::size_t>(frame.population)].implicit) add(incident.populations, frame.population);
    if (frame.place >= 0) words.push_back(incident.places[static_cast<std::size_t>(frame.place)].code);
    return joined(words, ", ");
}

const Zone& zone_for(const Session& session, const std::string& name) {
    const Zone* zone = session.world().zones.find(name);
    return zone != nullptr ? *zone : *session.world().zones.find("Etc/UTC");
}

/// One filled form into one account, row by row.
class FormReader {
public:
    FormReader(Session& session, const IntakeOptions& intake) : session_(session), intake_(intake), form_(read_source(intake.input)), base_(read_source(intake.into)) {}

    /// The incident with the answers, or every mistake.
    std::string read() {
        const Checked<CsvTable> table = read_csv(form_);
        diagnostics_ = table.diagnostics;
        if (!table) throw InputMistakes{diagnostics_};
        others_ = session_.beside(base_, intake_.into, intake_.group);
        session_.load_all_zones();
        incident_ = session_.read_text(base_, others_.group, others_.contracts);
        account_ = IncidentAccount(std::string(base_->text()));
        zone_ = incident_->zone.empty() ? session_.options().zones.empty() ? "Etc/UTC" : session_.options().zones.front() : incident_->zone;
        columns(table->header);
        if (diagnostics_.has_errors()) throw InputMistakes{diagnostics_};
        std::size_t number = 1;
        for (const CsvRow& cells : table->rows) row(cells, ++number);
        diagnostics_.sort();
        if (diagnostics_.has_errors()) throw InputMistakes{diagnostics_};
        return account_.text();
    }

    std::size_t answers() const { return answers_; }

private:
    /// A column may be left out, but not misspelt: its answers would go to another home.
    void columns(const CsvRow& header) {
        std::vector<std::string> others;
        for (std::size_t i = 0; i < header.size(); ++i) {
            const std::string name = trimmed(header[i].text);
            column_.emplace(name, i);
            if (std::find(form_header.begin(), form_header.end(), name) == form_header.end()) others.push_back(name);
        }
        for (const std::string& name : form_header) {
            const bool needed = name == "fact" || name == "answer";
            const std::string near = nearest(name, others);
            if (column_.count(name) == 0 && (needed || !near.empty()))
                diagnostics_.error("DN0590", header.front().span, fmt::format("the form has no column `{}`", name), "the first row names the columns as `duenotice form` wrote them").suggestion = near;
        }
    }

    static bool filled(const CsvRow& cells) {
        return std::any_of(cells.begin(), cells.end(), [](const CsvCell& cell) { return !trimmed(cell.text).empty(); });
    }

    std::string cell(const CsvRow& cells, const std::string& name) const {
        const auto found = column_.find(name);
        return found == column_.end() || found->second >= cells.size() ? std::string() : trimmed(cells[found->second].text);
    }

    Span at(const CsvRow& cells, const std::string& name) const {
        const auto found = column_.find(name);
        return found == column_.end() || found->second >= cells.size() ? cells.front().span : cells[found->second].span;
    }

    Diagnostic& wrong(const char* code, const CsvRow& cells, std::size_t number, const std::string& column, const std::string& what, std::string help = {}) {
        return diagnostics_.error(code, at(cells, column), fmt::format("row {}, column `{}`: {}", number, column, what), std::move(help));
    }

    void row(const CsvRow& cells, std::size_t number) {
        if (!filled(cells) || cell(cells, "answer").empty()) return;
        const std::string name = cell(cells, "fact");
        const FactDeclaration* declaration = session_.law().vocabulary.find(name);
        if (declaration == nullptr) {
            wrong("DN0591", cells, number, "fact", fmt::format("there is no fact `{}`", name)).suggestion = session_.law().vocabulary.suggest(name);
            return;
        }
        const FactHome home{cell(cells, "entity"), cell(cells, "population"), cell(cells, "place")};
        if (!home_exists(cells, number, home)) return;
        const AnswerClock clock{zone_for(session_, zone_), session_.options().as_of, nullptr};
        const Answer answer = read_answer(cell(cells, "answer"), *declaration, clock);
        if (!answer.problem.empty()) {
            wrong("DN0592", cells, number, "answer", fmt::format("`{}` is no answer to `{}`", cell(cells, "answer"), declaration->name), answer.problem);
            return;
        }
        if (answer.json.empty()) return;
        const auto [before, fresh] = seen_.emplace(declaration->name + " " + home.entity + " " + home.population + " " + home.place, number);
        if (!fresh) {
            wrong("DN0595", cells, number, "answer", fmt::format("the same question is answered in row {} already", before->second));
            return;
        }
        state(cells, number, *declaration, home, answer);
    }

    bool home_exists(const CsvRow& cells, std::size_t number, const FactHome& home) {
        const auto check = [&](const char* column, const std::string& id, std::vector<std::string> known) {
            if (id.empty() || std::find(known.begin(), known.end(), id) != known.end()) return true;
            wrong("DN0594", cells, number, column, fmt::format("the incident has no {} `{}`", column, id)).suggestion = nearest(id, known);
            return false;
        };
        std::vector<std::string> entities, populations, places;
        for (const EntityFrame& one : incident_->entities) entities.push_back(one.id);
        for (const PopulationFrame& one : incident_->populations) populations.push_back(one.id);
        for (const PlaceFrame& one : incident_->places) places.push_back(one.code);
        return check("entity", home.entity, entities) & check("population", home.population, populations) & check("place", home.place, places);
    }

    /// A value that contradicts others is found by reading the whole account with it.
    void state(const CsvRow& cells, std::size_t number, const FactDeclaration& declaration, const FactHome& home, const Answer& answer) {
        const IncidentAccount before = account_;
        if (!account_.state(declaration, home, answer.json, {cell(cells, "by"), {}, cell(cells, "source")})) {
            const unsigned needed = bindings(declaration.frame);
            const bool elsewhere = (needed & (bind::contract | bind::event | bind::series)) != 0;
            const std::string missing = (needed & bind::entity) != 0 && home.entity.empty() ? "entity" : "place";
            if (elsewhere) wrong("DN0593", cells, number, "fact", fmt::format("`{}` belongs to a contract, an event or a series", declaration.name), "write it into the incident file");
            else wrong("DN0593", cells, number, missing, fmt::format("`{}` is told of one {}, and none is named", declaration.name, missing));
            return;
        }
        try {
            session_.read_text(std::make_shared<const SourceText>("the answers", account_.text()), others_.group, others_.contracts);
            ++answers_;
        } catch (const InputMistakes& mistakes) {
            account_ = before;
            for (const Diagnostic& diagnostic : mistakes.diagnostics.items())
                if (diagnostic.severity == Severity::Error) {
                    wrong("DN0597", cells, number, "answer", diagnostic.message, diagnostic.help);
                    return;
                }
        }
    }

    Session& session_;
    const IntakeOptions& intake_;
    SourcePtr form_, base_;
    Session::Beside others_;
    std::shared_ptr<const Incident> incident_;
    IncidentAccount account_;
    std::string zone_;
    std::map<std::string, std::size_t> column_, seen_;
    std::size_t answers_ = 0;
    Diagnostics diagnostics_;
};

}  // namespace

int run_form(Session& session, const IntakeOptions& intake, std::ostream& out) {
    const Assessment assessment = session.assess(session.read(intake.input, intake.group));
    const Incident& incident = *assessment.incident;
    const std::string zone = incident.zone.empty() ? session.options().zones.empty() ? "Etc/UTC" : session.options().zones.front() : incident.zone;
    // WHY: spreadsheets read a file without this mark in the code page of their country.
    out << "\xEF\xBB\xBF" << csv_line(form_header);
    for (const Question& question : assessment.questions) {
        const FactDeclaration& declaration = session.law().vocabulary.at(question.ground.fact);
        const Frame& frame = question.ground.frame;
        if (frame.contract >= 0 || frame.event >= 0 || frame.series >= 0) continue;  // these have no home in a form
        const auto id = [](const auto& list, std::int32_t index) { return index < 0 ? std::string() : list[static_cast<std::size_t>(index)].id; };
        const bool implicit = frame.population >= 0 && incident.populations[static_cast<std::size_t>(frame.population)].implicit;
        out << csv_line({declaration.question, about(frame, incident), how_to_answer(declaration, zone), "", "", "", declaration.name, id(incident.entities, frame.entity), implicit ? "" : id(incident.populations, frame.population),
                         frame.place < 0 ? "" : incident.places[static_cast<std::size_t>(frame.place)].code});
    }
    return exit_code::done;
}

int run_read(Session& session, const IntakeOptions& intake, std::ostream& out, std::ostream& err) {
    FormReader form(session, intake);
    const std::string text = form.read();
    if (intake.output.empty()) out << text;
    else write_file(intake.output, text);
    err << form.answers() << (form.answers() == 1 ? " answer" : " answers") << " read\n";
    return exit_code::done;
}

}  // namespace duenotice
