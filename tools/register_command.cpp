// `register FOLDER`: the breach register over the records of a folder (what happened, to whom, effects, measures, who was
// told and why not), the log of small breaches by the calendar year of their discovery, and the records that were refused,
// each with the reason. Totals tie: records found = records in the register + of other years + exercises + refused.
#include <algorithm>
#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "reports/batch_report.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"
#include "tools/record_command.h"

namespace duenotice {

namespace {

struct RegisterOptions {
    std::string folder, out_file;
    int year = 0;
};

/// Tells once a year, not incident by incident: what its clock says.
bool has_annual_limb(const ClockNode& node) {
    if (node.kind == ClockNode::Kind::Limb) return node.limb->kind == Limb::Kind::Annual;
    return std::any_of(node.children.begin(), node.children.end(), has_annual_limb);
}

bool is_annual(const Duty& duty, const Assessment& assessment) {
    const Obligation& obligation = assessment.law->obligations[duty.obligation];
    if (duty.verdict == Verdict::NotOwed || duty.version < 0) return false;
    const auto& clock = obligation.versions[static_cast<std::size_t>(duty.version)].clock;
    return clock && has_annual_limb(clock->root);
}

/// The year, in UTC, in which the incident was found; 0 while that is open.
int year_found(const Assessment& assessment) {
    const FactDeclaration* detected = assessment.law->vocabulary.find("incident.detected_at");
    for (const FactRecord& record : assessment.incident->facts) {
        if (detected == nullptr || record.ground.fact != detected->id || record.history.empty()) continue;
        const Known& known = record.current().value;
        if (known.not_yet_possible || known.low == Known::lowest || known.high == Known::highest) continue;
        const std::string from = iso_utc(Instant{known.low}).substr(0, 4), until = iso_utc(Instant{known.high}).substr(0, 4);
        if (from == until) return std::stoi(from);
    }
    return 0;
}

class Register {
public:
    Register(Session& session, const RegisterOptions& asked, std::ostream& out, std::ostream& err) : session_(session), asked_(asked), out_(out), err_(err) {}

    int run() {
        std::error_code error;
        if (!std::filesystem::is_directory(asked_.folder, error)) throw FileError(asked_.folder, "is not a folder");
        for (const std::string& path : files_under(asked_.folder, ".case")) {
            ++run_.read;
            record(path);
        }
        return finish();
    }

private:
    void record(const std::string& path) {
        try {
            if (!is_case_file(path)) throw FileError(path, "is no case file");
            const Assessment assessment = session_.assess(session_.read(path));
            if (assessment.incident->drill) {
                ++run_.drills;
                return;
            }
            const int year = year_found(assessment);
            if (asked_.year != 0 && year != 0 && year != asked_.year) {
                ++other_years_;
                return;
            }
            const ReportContext context = session_.context(assessment);
            add_assessment(run_, context);
            for (const Duty& duty : assessment.duties)
                if (is_annual(duty, assessment)) add_annual(duty, context, year);
        } catch (const FileError& failed) {
            refused(path, failed.what());
        } catch (const InputMistakes& mistakes) {
            refused(path, reason(mistakes.diagnostics));
            err_ << print(mistakes.diagnostics);
        }
    }

    static std::string reason(const Diagnostics& mistakes) {
        const Diagnostic* mistake = mistakes.first_error();
        if (mistake == nullptr) return "its account is refused";
        return mistake->code + ": " + mistake->message + (mistakes.error_count() > 1 ? fmt::format(" (the first of {} mistakes)", mistakes.error_count()) : "");
    }

    void refused(const std::string& path, std::string why) {
        ++run_.refused;
        if (const std::string named = path + ": "; why.starts_with(named)) why.erase(0, named.size());
        err_ << fmt::format("refused: {}: {}\n", escape_terminal(path), escape_terminal(why));
        refused_.push_back({path, why});
    }

    void add_annual(const Duty& duty, const ReportContext& context, int year) {
        const Assessment& assessment = context.assessment;
        const EntityFrame& entity = assessment.incident->entities[static_cast<std::size_t>(duty.frame.entity)];
        annual_.push_back({year == 0 ? std::string("not known yet") : std::to_string(year), assessment.incident->id, entity.name.empty() ? entity.id : entity.name, obligation_of(duty, assessment).title, law_brief(duty, assessment), std::string(owed_word(duty.verdict)),
                           duty.deadline.safe ? Cell(*duty.deadline.safe) : Cell(std::string("no limit yet")), duty.filings.empty() ? std::string("nothing on record") : count_words(duty.filings.size(), "filing", "filings")});
    }

    std::vector<Sheet> sheets() {
        std::stable_sort(annual_.begin(), annual_.end(), [](const auto& a, const auto& b) { return std::get<std::string>(a[0]) < std::get<std::string>(b[0]); });
        std::vector<Sheet> made;
        for (Sheet& sheet : batch_sheets(run_))
            if (sheet.name == "Breach register") made.push_back(std::move(sheet));
        made.push_back({"Annual log", {{"found in (UTC)", 14}, {"incident", 24}, {"entity", 30}, {"what is told once a year", 44}, {"law", 24}, {"owed", 12}, {"safe limit", 20}, {"filed", 20}}, annual_, "one row a duty whose clock is a day of the year after the discovery"});
        made.push_back({"Refused", {{"record", 44}, {"why it is not in the register", 80}}, refused_, "records of the folder of which nothing stands in the other sheets"});
        return made;
    }

    void print_sheet(const Sheet& sheet) {
        const bool json = session_.options().format == "json";
        for (const auto& row : sheet.rows) {
            std::string line = json ? fmt::format("{{\"sheet\":{}", canonical_string(sheet.name)) : "";
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string text = std::holds_alternative<Instant>(row[i]) ? iso_utc(std::get<Instant>(row[i])) : std::holds_alternative<std::int64_t>(row[i]) ? std::to_string(std::get<std::int64_t>(row[i])) : std::get<std::string>(row[i]);
                if (json) line += fmt::format(",{}:{}", canonical_string(sheet.columns[i].title), canonical_string(text));
                else line += fmt::format("{}{}: {}\n", i == 0 ? "" : "    ", sheet.columns[i].title, escape_terminal(text));
            }
            out_ << line << (json ? "}\n" : "");
        }
    }

    int finish() {
        const std::vector<Sheet> made = sheets();
        const bool json = session_.options().format == "json";
        for (const Sheet& sheet : made) {
            if (!json) out_ << (&sheet == &made.front() ? "" : "\n") << sheet.name << ": " << count_words(sheet.rows.size(), "row", "rows") << "\n";
            print_sheet(sheet);
        }
        const std::string ties = fmt::format("{} found = {} in the register + {} of other years + {} exercises + {} refused\n", count_words(static_cast<std::uint64_t>(run_.read), "record", "records"), run_.assessed, other_years_, run_.drills, run_.refused);
        (json ? err_ : out_) << ties;
        if (!asked_.out_file.empty()) {
            write_sheets(made, {"Breach register", "law " + session_.law().edition, asked_.folder + "  as of " + iso_utc(session_.options().as_of), session_.options().as_of}, asked_.out_file);
            err_ << "written to " << asked_.out_file << "\n";
        }
        if (run_.read != run_.assessed + other_years_ + run_.drills + run_.refused) return exit_code::failed;
        return run_.refused > 0 ? exit_code::mistakes : exit_code::done;
    }

    Session& session_;
    const RegisterOptions& asked_;
    std::ostream &out_, &err_;
    BatchRun run_;
    std::int64_t other_years_ = 0;
    std::vector<std::vector<Cell>> annual_, refused_;
};

}  // namespace

void add_register(CLI::App& app, const CaseProgram& program) {
    const auto asked = std::make_shared<RegisterOptions>();
    CLI::App* command = app.add_subcommand("register", "the breach register and the annual log over the records (*.case) of a folder");
    command->add_option("FOLDER", asked->folder, "folder of case files")->required();
    command->add_option("--out", asked->out_file, "also write a workbook, .xlsx");
    command->add_option("--year", asked->year, "only incidents found in this year, and those of which it is not known");
    on_chosen_with_law(*command, program, asked->folder, [asked, program](Session& session) { return Register(session, *asked, program.out, program.err).run(); });
}

}  // namespace duenotice
