#pragma once
// One function a subcommand; each prints its results to `out`, progress to `err`, and returns the exit code. Mistakes in
// input are thrown as InputMistakes and files that fail as FileError; main turns both into messages.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "reports/workbook.h"
#include "tools/session.h"

namespace duenotice {

struct CheckOptions {
    std::string input, group, contracts, out_folder;
    bool unfold = false, not_owed = false;
};
int run_check(Session& session, const CheckOptions& check, std::ostream& out, std::ostream& err);
int run_ask(Session& session, const CheckOptions& ask, std::ostream& out);
/// summary.html, page.html, deadlines.ics, assessment.json.
void write_check_folder(const ReportContext& context, const std::string& folder, std::ostream& err);

struct ExplainOptions {
    std::string input, group, duty;
    std::string if_done;  ///< an instant; empty: not asked
    bool decision_table = false, whole = false, derivation = false;
};
int run_explain(Session& session, const ExplainOptions& explain, std::ostream& out, std::ostream& err);

struct DiffOptions {
    std::string old_input, new_input, group, old_law;
    bool same = false;
};
int run_diff(Session& session, const DiffOptions& diff, std::ostream& out);

struct PacketOptions {
    std::string input, group, out_folder;
    std::vector<std::string> duties;
};
int run_packet(Session& session, const PacketOptions& packet, std::ostream& out, std::ostream& err);
/// Writes a workbook whole or not at all.
void write_sheets(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path);

struct BatchOptions {
    std::string input, group, contracts, out_folder;
    long expected = -1;
    unsigned threads = 0;
    bool titles = false;
    bool progress = false;  ///< somebody watches standard error
};
int run_batch(Session& session, const BatchOptions& batch, std::ostream& out, std::ostream& err);

struct ImportOptions {
    std::vector<std::string> inputs;
};
int run_import_veris(const ImportOptions& import, std::ostream& out, std::ostream& err);

struct IntakeOptions {
    std::string input, output, group, into;
    std::function<Instant()> now;  ///< the clock; empty: it stands still at --as-of
    bool echo = false;             ///< answers do not come from a terminal: print them into the transcript
};
int run_new(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out);
int run_form(Session& session, const IntakeOptions& intake, std::ostream& out);
/// The incident with the answers on `out`, or in the file intake.output.
int run_read(Session& session, const IntakeOptions& intake, std::ostream& out, std::ostream& err);

struct LawOptions {
    std::string what, id;
    std::string html;  ///< coverage: the map goes to this file
};
int run_law(Session& session, const LawOptions& law, std::ostream& out, std::ostream& err);
/// `law calendar list|show|diff|next`.
struct CalendarOptions {
    std::string what, id, other, day;
    int year = 0;  ///< 0: none named
};
int run_law_calendar(Session& session, const CalendarOptions& calendar, std::ostream& out, std::ostream& err);
int run_version(Session& session, std::ostream& out);
/// The JSON Schema of a document that people write; `name` is one of schema_names, or its part before the slash.
int run_schema(Session& session, const std::string& name, std::ostream& out);

/// The duty that this id, or part of one, fits; several or none is a usage error with the candidates.
const Duty* find_duty(const Assessment& assessment, const std::string& part, std::ostream& err);
/// 0, or with --fail-on 4 when something is owed and not done, 5 when nothing surely owed but something is open.
int verdict_code(const Assessment& assessment, const Options& options);
/// What is owed and not done, and what is open, by law and by own promises and rules.
struct Pending {
    std::uint64_t law_due = 0, own_due = 0, law_open = 0, own_open = 0;
};
int fail_code(const Pending& pending, const Options& options);

}  // namespace duenotice
