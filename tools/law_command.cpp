#include <map>
#include <ostream>

#include <fmt/format.h>

#include "engine/duty_graph.h"
#include "engine/examples.h"
#include "reports/schema.h"
#include "rules/authority_doors.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"
#include "tools/coverage.h"
#include "tools/law_pages.h"

namespace duenotice {

namespace {

struct Tally {
    std::size_t obligations = 0, versions = 0, examples = 0;
    std::map<char, std::size_t> grades;
};

Tally tally(const RuleBook& law) {
    Tally result;
    for (const Obligation& obligation : law.obligations) {
        ++result.obligations;
        result.versions += obligation.versions.size();
        result.examples += obligation.examples.size();
        for (const Version& version : obligation.versions) ++result.grades[version.grade];
    }
    for (const Law& one : law.laws) result.examples += one.examples.size();
    return result;
}

std::string grade_line(const std::map<char, std::size_t>& grades) {
    std::string text;
    for (const char grade : {'T', 'C', 'S', 'U', 'O'}) {
        const auto found = grades.find(grade);
        if (grade == 'O' && found == grades.end()) continue;
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grade, found == grades.end() ? 0 : found->second);
    }
    return text;
}

int check(Session& session, std::ostream& out, std::ostream& err) {
    session.load_all_calendars();
    session.load_all_zones();
    Diagnostics diagnostics = session.law_diagnostics();
    const Checked<DutyGraph> graph = make_duty_graph(session.law());
    diagnostics.append(graph.diagnostics);
    ExampleRun run;
    if (graph) {
        session.add_calendars(calendars_of_examples(session.world()));
        run = run_examples(session.world());
    }
    diagnostics.append(run.diagnostics);
    diagnostics.sort();
    err << print(diagnostics);
    const Tally counts = tally(session.law());
    out << fmt::format("{} laws, {} obligations, {} versions ({}), {} definitions, {} authorities, {} facts\n", session.law().laws.size(), counts.obligations,
                       counts.versions, grade_line(counts.grades), session.law().definitions.size(), session.law().authorities.size(), session.law().vocabulary.facts().size());
    const DoorTally doors = tally_doors(session.law());
    out << fmt::format("authorities: {} without a channel on file, {} with one alone that must be told within hours\n", doors.without.size(), doors.one_only.size());
    out << fmt::format("{} examples with {} expectations: {} failed\n", run.examples, run.expectations, run.failed);
    return diagnostics.has_errors() ? exit_code::mistakes : exit_code::done;
}

}  // namespace

int run_law(Session& session, const LawOptions& law, std::ostream& out, std::ostream& err) {
    if (law.what == "check") return check(session, out, err);
    const RuleBook& book = session.law();
    if (law.what == "list") out << (session.options().format == "human" ? law_list_text(book) : law_list_plain(book));
    if (law.what == "coverage") {
        const Coverage coverage = coverage_of(book);
        if (law.html.empty()) out << coverage_text(coverage) << "\n" << law_coverage_text(book);
        else write_file(law.html, coverage_html(coverage, book));
    }
    if (law.what == "upcoming") out << law_upcoming_text(book, Date::from_days(static_cast<std::int32_t>(session.options().as_of.seconds / 86400)));
    if (law.what == "show") {
        const std::string text = law_show_text(book, law.id);
        if (text.empty()) err << "duenotice: no obligation or law `" << law.id << "`\nhelp: `duenotice law list`\n";
        out << text;
        return text.empty() ? exit_code::usage : exit_code::done;
    }
    if (law.what == "diff") {
        Options other_options = session.options();
        other_options.law_folder = law.id;
        const Session other(other_options);
        out << law_diff_text(other.law(), book);
    }
    return exit_code::done;
}

int run_version(Session& session, std::ostream& out) {
    out << "program        " << program_version() << "\nrule language  " << rule_language << "\nlaw edition    " << session.law().edition << " "
        << session.law().fingerprint.substr(0, 7) << "\nzone data      " << (session.world().zones.release().empty() ? "release not known" : session.world().zones.release()) << "\n";
    return exit_code::done;
}

int run_schema(Session& session, const std::string& name, std::ostream& out) {
    for (const std::string_view known : schema_names)
        if (name == known || name == known.substr(0, known.find('/'))) {
            out << schema_text(known, session.law().vocabulary) << "\n";
            return exit_code::done;
        }
    return exit_code::usage;
}

}  // namespace duenotice
