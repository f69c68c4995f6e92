#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>
#include <thread>

#include "engine/shared_answers.h"
#include "reports/batch_report.h"
#include "reports/ics.h"
#include "reports/json.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"

namespace duenotice {

namespace {

constexpr std::size_t chunk_lines = 128;
constexpr std::int64_t most_told = 20;  ///< refused lines whose mistakes are shown whole

struct LineResult {
    std::shared_ptr<Assessment> assessment;
    std::string refused, id;
    Diagnostics mistakes;  ///< why it was refused
    std::shared_ptr<const Incident> incident;   ///< until it is assessed
    std::vector<std::string> calendars;         ///< that its limits may name
    bool drill = false;
};

std::string folded(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

class Batch {
public:
    Batch(Session& session, const BatchOptions& options, std::ostream& out, std::ostream& err)
        : session_(session), options_(options), out_(out), err_(err), shared_(std::max(1U, options.threads == 0 ? std::thread::hardware_concurrency() : options.threads)) {
        session_.load_all_zones();
        if (!options.group.empty()) group_ = read_source(options.group);
        contracts_ = contracts_of(options.group, options.contracts);
        run_.input = options.input == "-" ? "standard input" : std::filesystem::path(options.input).filename().string();
        run_.expected = options.expected;
        run_.as_of = session.options().as_of;
        run_.program = "duenotice " + program_version();
        run_.law_edition = session.law().edition;
        run_.law_fingerprint = session.law().fingerprint;
        run_.tzdata = session.world().zones.release();
        run_.zone_data_note = session.zone_data_note();
    }

    int run() {
        const auto began = std::chrono::steady_clock::now();
        std::ifstream file;
        if (options_.input != "-") {
            std::error_code error;
            if (!std::filesystem::is_regular_file(options_.input, error)) throw FileError(options_.input, "is not a regular file");
            file.open(options_.input, std::ios::binary);
            if (!file) throw FileError(options_.input, "cannot be read");
        }
        std::istream& in = options_.input == "-" ? std::cin : file;
        std::vector<std::string> lines;
        std::size_t number = 0, first = 1;
        for (std::string line; std::getline(in, line);) {
            ++number;
            hash_.add(line);
            if (lines.empty()) first = number;
            lines.push_back(std::move(line));
            if (lines.size() == chunk_lines) {
                chunk(lines, first);
                lines.clear();
            }
        }
        if (!lines.empty()) chunk(lines, first);
        run_.input_hash = hash_.hex();
        run_.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
        return finish();
    }

private:
    bool json() const { return session_.options().format == "json"; }
    bool keep_rows() const { return !options_.out_folder.empty() || !json(); }

    void read_line(const std::string& text, std::size_t number, LineResult& result) const {
        IncidentSources sources{std::make_shared<const SourceText>(run_.input, text, static_cast<std::uint32_t>(number)), group_, contracts_, session_.options().as_of, session_.options().known_at.has_value()};
        Checked<Incident> incident = read_incident(sources, session_.law(), session_.world().zones);
        if (!incident) {
            const Diagnostic* error = incident.diagnostics.first_error();
            result.refused = error != nullptr ? error->message : "refused";
            result.mistakes = incident.diagnostics;
            return;
        }
        result.id = incident->id;
        result.drill = incident->drill;
        if (result.drill && keep_rows()) return;
        result.incident = std::make_shared<const Incident>(std::move(*incident));
        result.calendars = session_.calendar_needs().of(*result.incident);
    }

    void assess_line(LineResult& result, SharedAnswers& shared) const {
        if (!result.incident) return;
        AssessOptions assess_options;
        assess_options.because = assess_options.content = false;
        assess_options.questions = false;
        assess_options.shared = &shared;
        result.assessment = std::make_shared<Assessment>(session_.assess(std::move(result.incident), assess_options));
    }

    /// Calls `work` with each line and the number of the thread.
    void on_all_threads(std::size_t lines, const std::function<void(std::size_t, std::size_t)>& work) const {
        const std::size_t threads = shared_.size();
        std::vector<std::thread> workers;
        for (std::size_t t = 0; t < threads; ++t)
            workers.emplace_back([&, t] {
                for (std::size_t i = t; i < lines; i += threads) work(i, t);
            });
        for (std::thread& worker : workers) worker.join();
    }

    void chunk(const std::vector<std::string>& lines, std::size_t first) {
        std::vector<LineResult> results(lines.size());
        on_all_threads(lines.size(), [&](std::size_t i, std::size_t) {
            if (lines[i].find_first_not_of(" \t\r") != std::string::npos) read_line(lines[i], first + i, results[i]);
        });
        std::set<std::string> calendars;
        for (const LineResult& result : results) calendars.insert(result.calendars.begin(), result.calendars.end());
        session_.add_calendars({calendars.begin(), calendars.end()});
        on_all_threads(lines.size(), [&](std::size_t i, std::size_t thread) { assess_line(results[i], shared_[thread]); });
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].find_first_not_of(" \t\r") == std::string::npos) continue;
            ++run_.read;
            take(results[i], first + i);
        }
        if (options_.progress) err_ << "  " << run_.read << " incidents\n";
    }

    void take(const LineResult& result, std::size_t number) {
        if (!result.refused.empty()) {
            ++run_.refused;
            run_.refused_lines.push_back({number, result.id, result.refused});
            if (run_.refused <= most_told) err_ << print(result.mistakes);
            else if (run_.refused == most_told + 1) err_ << "mistakes of further lines are only counted\n";
            if (json()) out_ << "{\"line\":" << number << ",\"error\":" << json_string(result.refused) << "}\n";
            return;
        }
        if (!seen_.insert(folded(result.id)).second) {
            ++run_.duplicates;
            run_.duplicate_ids.push_back(result.id);
            if (json()) out_ << "{\"line\":" << number << ",\"id\":" << json_string(result.id) << ",\"duplicate\":true}\n";
            return;
        }
        if (!result.assessment) {
            ++run_.drills;
            return;
        }
        const ReportContext context = session_.context(*result.assessment);
        const std::size_t before = run_.rows.size();
        add_assessment(run_, context);
        if (const std::string& title = result.assessment->incident->title; options_.titles && !title.empty())
            for (std::size_t row = before; row < run_.rows.size(); ++row) run_.rows[row].incident += " " + title;
        if (json()) out_ << batch_line_json(*result.assessment) << "\n";
        if (!options_.out_folder.empty()) events_ += deadline_events(context);
        if (!keep_rows()) run_.rows.clear(), run_.register_rows.clear();
    }

    int finish() {
        if (!json()) out_ << batch_text(run_);
        else err_ << batch_json(run_);
        err_ << run_.milliseconds << " ms\n";
        if (!options_.out_folder.empty()) {
            write_bundle(options_.out_folder, {{"report.html", batch_html(run_)}, {"duties.csv", batch_csv(run_)}, {"deadlines.ics", ics_calendar(events_)}, {"run.json", batch_json(run_)}});
            write_sheets(batch_sheets(run_), {"Batch deadline report", "law " + run_.law_edition, run_.input + "  as of " + iso_utc(run_.as_of), run_.as_of}, (std::filesystem::path(options_.out_folder) / "report.xlsx").string());
            err_ << "written to " << options_.out_folder << ": report.xlsx, report.html, duties.csv, deadlines.ics, run.json\n";
        }
        if (!run_.ties()) return exit_code::failed;
        if (run_.refused > 0) return exit_code::mistakes;
        Pending pending{run_.law.due, 0, run_.law.open + run_.families.size(), 0};
        for (const auto& [word, counts] : run_.own) {
            pending.own_due += counts.due;
            pending.own_open += counts.open;
        }
        return fail_code(pending, session_.options());
    }

    Session& session_;
    const BatchOptions& options_;
    std::ostream& out_;
    std::ostream& err_;
    std::vector<SharedAnswers> shared_;  ///< one a thread
    SourcePtr group_, contracts_;
    BatchRun run_;
    Fingerprint hash_;
    std::set<std::string> seen_;
    std::string events_;
};

}  // namespace

int run_batch(Session& session, const BatchOptions& options, std::ostream& out, std::ostream& err) { return Batch(session, options, out, err).run(); }

}  // namespace duenotice
