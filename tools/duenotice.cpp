// The program: reads the command line, picks the subcommand, turns the failures of the world and mistakes of authors into
// messages, and returns the exit code. The only place that reads the clock and the environment.

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "engine/record/content_key.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/record_command.h"
#include "tools/commands.h"
#include "tools/count_command.h"
#include "tools/ready_command.h"

namespace duenotice {
namespace {

Instant now() {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    return Instant{seconds.count()};
}

std::int64_t now_microseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// The law that stands beside the program's sources, else the installed one.
std::string default_law() {
    if (const char* named = std::getenv("DUENOTICE_LAW"); named != nullptr && *named != '\0') return named;
    if (std::filesystem::is_directory(DUENOTICE_SOURCE_DATA_DIR)) return DUENOTICE_SOURCE_DATA_DIR;
    return DUENOTICE_DATA_DIR;
}

struct UsageError {
    std::string message;
};

Instant instant_of(const std::string& option, const std::string& text) {
    if (const auto at = parse_instant(text)) return *at;
    throw UsageError{option + ": `" + text + "` is not an instant; write it as 2026-11-21T02:10+01:00"};
}

void resolve(Options& options) {
    options.clock = now_microseconds;
    options.as_of = options.as_of_text.empty() ? now() : instant_of("--as-of", options.as_of_text);
    if (!options.known_at_text.empty()) options.known_at = instant_of("--known-at", options.known_at_text);
    if (!options.law_as_of_text.empty()) {
        options.law_as_of = Date::parse(options.law_as_of_text);
        if (!options.law_as_of) throw UsageError{"--law-as-of: `" + options.law_as_of_text + "` is not a day; write it as 2026-11-21"};
    }
    if (options.law_folder.empty()) options.law_folder = default_law();
    if (const char* folder = std::getenv("DUENOTICE_CONTENT_KEYS"); folder != nullptr) keep_content_keys_in(folder);
    options.colour = std::getenv("NO_COLOR") == nullptr && ::isatty(1) == 1;
}

void global_options(CLI::App& app, Options& options) {
    app.add_option("--format", options.format, "human, plain (tab-separated) or json")->check(CLI::IsMember({"human", "plain", "json"}));
    app.add_option("--as-of", options.as_of_text, "the moment at which is asked, with offset; default: now");
    app.add_option("--known-at", options.known_at_text, "only what had been learned by then");
    app.add_option("--account", options.account, "of a case file with accounts: who asks");
    app.add_option("--at-entry", options.at_entry, "of a case file: the account as it stood after this entry")->check(CLI::NonNegativeNumber);
    app.add_option("--law-as-of", options.law_as_of_text, "only laws that were published by that day");
    app.add_option("--zone", options.zones, "time zone to show, repeatable; the first is the main one");
    app.add_option("--law", options.law_folder, "folder of the law book; default: the one that came with the program (or $DUENOTICE_LAW)");
    app.add_option("--zoneinfo", options.zone_folder, "folder of the zone data");
    app.add_option("--fail-on", options.fail_on, "exit 4 when something is owed and not done; with unknown also 5 when something is open; law-due and law-unknown: by law alone, without contracts and house rules")->check(CLI::IsMember({"due", "unknown", "law-due", "law-unknown"}));
    app.add_option("--max-age", options.max_age_days, "days after which a reading of the law is called old");
    app.add_flag("--strict-tzdata", options.strict_tzdata, "zone data of an old or unknown release are a mistake");
    app.add_flag("--proposed", options.proposed, "evaluate proposed law too");
}

class Program {
public:
    int run(int argc, char** argv) {
        CLI::App app("From the facts of an incident to the notifications that law requires.", "duenotice");
        app.require_subcommand(1);
        app.fallthrough();
        app.set_version_flag("--version", "duenotice " + program_version());
        global_options(app, options_);
        add_check(app);
        add_explain(app);
        add_diff(app);
        add_outputs(app);
        add_batch(app);
        add_intake(app);
        add_law(app);
        add_count(app);
        add_case(app);
        add_rest(app);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? exit_code::done : exit_code::usage;
        }
        resolve(options_);
        return action_();
    }

private:
    void add_check(CLI::App& app) {
        CLI::App* check = app.add_subcommand("check", "which duties are owed, by whom, to whom, by when");
        input(*check);
        check->add_option("--out", check_.out_folder, "also write summary.html, page.html, deadlines.ics, assessment.json there");
        check->add_flag("--unfold", check_.unfold, "show each duty that waits for the same answer");
        check->add_flag("--not-owed,--why-not", check_.not_owed, "list what is not owed and why");
        check->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_check(session, check_, std::cout, std::cerr); }); }; });
        CLI::App* ask = app.add_subcommand("ask", "what to find out next, in the order in which asking pays");
        input(*ask);
        ask->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_ask(session, check_, std::cout); }); }; });
    }

    void input(CLI::App& command) {
        command.add_option("INPUT", check_.input, "incident file (JSON; - for standard input)")->required();
        command.add_option("--group", check_.group, "group profile; default: the one that the incident names");
        command.add_option("--contracts", check_.contracts, "contracts.csv; default: the one beside the group profile");
    }

    void add_explain(CLI::App& app) {
        CLI::App* command = app.add_subcommand("explain", "why a duty is owed, not owed or open, and how its date came about");
        command->add_option("INPUT", explain_.input, "incident file")->required();
        command->add_option("DUTY", explain_.duty, "duty id, or a part that fits one duty only")->required();
        command->add_option("--group", explain_.group, "group profile");
        command->add_flag("--whole", explain_.whole, "also the parts of the law that do not decide");
        command->add_flag("--decision-table", explain_.decision_table, "all cases of the open facts (for law engineers, on examples and drills)");
        command->add_flag("--derivation", explain_.derivation, "each limit counted again, a JSON line with all that is needed to verify it");
        command->add_option("--if-done", explain_.if_done, "an instant with offset: what moves in other duties if this one is done then");
        command->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_explain(session, explain_, std::cout, std::cerr); }); }; });
    }

    void add_diff(CLI::App& app) {
        CLI::App* command = app.add_subcommand("diff", "what changed between two accounts, and by which fact");
        command->add_option("OLD", diff_.old_input, "incident file")->required();
        command->add_option("NEW", diff_.new_input, "incident file")->required();
        command->add_option("--group", diff_.group, "group profile for both");
        command->add_option("--old-law", diff_.old_law, "law folder for the old account");
        command->add_flag("--same", diff_.same, "list what stayed the same too");
        command->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_diff(session, diff_, std::cout); }); }; });
    }

    void add_outputs(CLI::App& app) {
        CLI::App* packet = app.add_subcommand("packet", "the filing packet of one or more duties: send/ and internal/");
        packet->add_option("INPUT", packet_.input, "incident file")->required();
        packet->add_option("DUTY", packet_.duties, "duty ids or parts of them; none: every duty that is owed")->expected(0, 1000);
        packet->add_option("--out", packet_.out_folder, "folder to write into")->required();
        packet->add_option("--group", packet_.group, "group profile");
        packet->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_packet(session, packet_, std::cout, std::cerr); }); }; });
    }

    void add_batch(CLI::App& app) {
        CLI::App* batch = app.add_subcommand("batch", "a portfolio, one incident a line: deadline report or JSON lines");
        batch->add_option("FILE", batch_.input, "JSON lines; - for standard input")->required();
        batch->add_option("--out", batch_.out_folder, "folder for report.xlsx, report.html, duties.csv, deadlines.ics, run.json");
        batch->add_option("--group", batch_.group, "group profile for all lines");
        batch->add_option("--contracts", batch_.contracts, "contracts.csv for all lines; default: the one beside the group profile");
        batch->add_option("--expected", batch_.expected, "number of incidents that should be there");
        batch->add_option("--threads", batch_.threads, "threads; default: one a core");
        batch->add_flag("--titles", batch_.titles, "show the titles of incidents");
        batch->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_portfolio(session); }); }; });
        CLI::App* import = app.add_subcommand("import", "incidents from other formats");
        import->require_subcommand(1);
        CLI::App* veris = import->add_subcommand("veris", "VERIS 1.3.4 and 1.4 JSON: one incident a line on standard output");
        veris->add_option("FILE", import_.inputs, "files, folders or JSON lines; - for standard input")->required();
        veris->callback([this] { action_ = [this] { return run_import_veris(import_, std::cout, std::cerr); }; });
    }

    int run_portfolio(Session& session) {
        batch_.progress = ::isatty(2) == 1;
        return run_batch(session, batch_, std::cout, std::cerr);
    }

    void add_intake(CLI::App& app) {
        CLI::App* fresh = app.add_subcommand("new", "twelve plain questions; what is next after each answer, the timetable at the end");
        fresh->add_option("OUT", intake_.output, "incident file to write; one that is there is gone on with")->required();
        fresh->add_option("--group", intake_.group, "group profile");
        fresh->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_interview(session); }); }; });
        CLI::App* form = app.add_subcommand("form", "a fillable CSV of the open questions of an incident");
        form->add_option("INPUT", intake_.input, "incident file")->required();
        form->add_option("--group", intake_.group, "group profile");
        form->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_form(session, intake_, std::cout); }); }; });
        CLI::App* read = app.add_subcommand("read", "a filled form back into an incident");
        read->add_option("FORM", intake_.input, "CSV made by form")->required();
        read->add_option("--into", intake_.into, "incident file that the answers are added to")->required();
        read->add_option("--group", intake_.group, "group profile; default: the one that the incident names");
        read->add_option("--out", intake_.output, "file to write, whole or not at all; may be the one of --into; default: standard output");
        read->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_read(session, intake_, std::cout, std::cerr); }); }; });
    }

    int run_interview(Session& session) {
        if (options_.as_of_text.empty()) intake_.now = now;
        intake_.echo = ::isatty(0) != 1;
        return run_new(session, intake_, std::cin, std::cout);
    }

    void add_law(CLI::App& app) {
        CLI::App* law = app.add_subcommand("law", "the law book");
        law->require_subcommand(1);
        const auto add = [&](const char* name, const char* help, bool needs_id) {
            CLI::App* command = law->add_subcommand(name, help);
            if (needs_id) command->add_option("ID", law_.id, "obligation, law, place or folder")->required();
            if (std::string(name) == "coverage") command->add_option("--html", law_.html, "write the map of places and fields of law to this file, as a page");
            if (std::string(name) == "check") command->add_flag("--strict", options_.strict_examples, "the full list of examples is asked of every obligation");
            if (std::string(name) == "check") command->add_flag("--lint", options_.lint, "also advice: conditions that cannot hold, the same duty twice, thresholds without examples, facts that nothing uses");
            command->callback([this, name] {
                law_.what = name;
                action_ = [this] { return with_session([this](Session& session) { return run_law(session, law_, std::cout, std::cerr); }); };
            });
        };
        add("check", "read, check and run every example", false);
        add("list", "all obligations", false);
        add("show", "one obligation: versions, clock, recipients, content", true);
        add("coverage", "what is on file by place and field of law; counts, reading grades, known omissions", false);
        add("upcoming", "law with a date in force still to come, and proposed law", false);
        add("diff", "this book against the one in another folder", true);
        add_law_calendar(*law);
    }

    void add_law_calendar(CLI::App& law) {
        CLI::App* calendar = law.add_subcommand("calendar", "days off of a place or agency, worldwide");
        calendar->require_subcommand(1);
        const auto add = [&](const char* name, const char* help) {
            CLI::App* command = calendar->add_subcommand(name, help);
            command->callback([this, name] {
                calendar_.what = name;
                action_ = [this] { return with_session([this](Session& session) { return run_law_calendar(session, calendar_, std::cout, std::cerr); }); };
            });
            return command;
        };
        const char* id_help = "calendar: de, gb.sct, us.sec, jp; SOURCE:ID (date-holidays:de) for what one import tells";
        CLI::App* list = add("list", "ids of all calendars, or of those of one place");
        list->add_option("PLACE", calendar_.id, "code of a place or the beginning of an id: GB, us");
        CLI::App* show = add("show", "what a calendar covers, and its days of one year");
        show->add_option("ID", calendar_.id, id_help)->required();
        show->add_option("YEAR", calendar_.year, "default: the year of --as-of");
        CLI::App* diff = add("diff", "days that are off in one of two calendars only, weekends of both apart");
        diff->add_option("ID1", calendar_.id, id_help)->required();
        diff->add_option("ID2", calendar_.other, id_help)->required();
        diff->add_option("YEAR", calendar_.year, "default: all years that both cover");
        CLI::App* next = add("next", "whether a day is off, and the working days about it");
        next->add_option("ID", calendar_.id, id_help)->required();
        next->add_option("DATE", calendar_.day, "YYYY-MM-DD")->required();
    }

    void add_count(CLI::App& app) {
        CLI::App* count = app.add_subcommand("count", "limits without a law file: one JSON request a line in, one answer a line out");
        count->add_flag("--rules", count_rules_, "list the counting laws with their citations");
        count->add_flag("--explain", count_explain_, "for people: how each date came about, one step a line");
        count->add_flag("--derivation", count_derivation_, "with all that is needed to count again (see tools/verify_derivation.py)");
        count->callback([this] {
            action_ = [this] {
                return with_session([this](Session& session) { return run_count_session(session); });
            };
        });
    }

    int run_count_session(Session& session) {
        if (count_rules_) return run_count_rules(std::cout, session.law().counting, options_.format == "json");
        session.load_all_zones();
        session.load_all_calendars();
        const CountWorld world{&session.law().counting, &session.world().zones, [&session](std::string_view id) { return session.calendar(id); }};
        return run_count(std::cin, std::cout, world, count_explain_ ? CountForm::Text : count_derivation_ ? CountForm::Derivations : CountForm::Lines) == 0 ? exit_code::done : exit_code::mistakes;
    }

    void add_case(CLI::App& app) {
        CLI::App* matter = app.add_subcommand("case", "the record of a matter: facts, parts and corrections that are only added, signed and verifiable");
        matter->require_subcommand(1);
        const CaseProgram program{options_, now_microseconds, [this](std::function<int()> run) { action_ = std::move(run); },
                                  [this](std::function<int(Session&)> run) { action_ = [this, run = std::move(run)] { return with_session(run); }; }, std::cout, std::cerr};
        add_case_record(*matter, program);
        add_case_statements(*matter, program);
        add_case_import(*matter, program);
        add_case_redaction(*matter, program);
        add_case_bundle(*matter, program);
        add_case_copies(*matter, program);
        add_evidence(app, program);
        add_verify(app, program);
        add_register(app, program);
        add_ready(app, program);
        add_told(app, program);
        add_case_part(*matter, program);
        add_case_assess(*matter, program);
        add_case_diff(*matter, program);
        add_case_judge(*matter, program);
        add_case_decide(*matter, program);
        add_case_confirm(*matter, program);
        add_case_approve(*matter, program);
        add_case_filing(*matter, program);
        add_case_delivery(*matter, program);
        add_case_told(*matter, program);
        add_case_access(*matter, program);
    }

    void add_rest(CLI::App& app) {
        CLI::App* schema = app.add_subcommand("schema", "print the JSON Schema of incident files or group profiles");
        schema->add_option("NAME", schema_name_, "incident or group")->required()->check(CLI::IsMember({"incident", "group", "incident/1", "group/1"}));
        schema->callback([this] { action_ = [this] { return with_session([this](Session& session) { return run_schema(session, schema_name_, std::cout); }); }; });
        CLI::App* version = app.add_subcommand("version", "program, rule language, law edition, zone data");
        version->callback([this] { action_ = [this] { return with_session([](Session& session) { return run_version(session, std::cout); }); }; });
    }

    int with_session(const std::function<int(Session&)>& action) {
        Session session(options_);
        for (const std::string& zone : options_.zones)
            if (session.world().zones.find(zone) == nullptr) throw UsageError{"--zone: there is no zone `" + zone + "`; write it as Europe/Berlin"};
        return action(session);
    }

    Options options_;
    CheckOptions check_;
    ExplainOptions explain_;
    DiffOptions diff_;
    PacketOptions packet_;
    BatchOptions batch_;
    ImportOptions import_;
    IntakeOptions intake_;
    LawOptions law_;
    CalendarOptions calendar_;
    bool count_rules_ = false;
    bool count_explain_ = false;
    bool count_derivation_ = false;
    std::string schema_name_;
    std::function<int()> action_;
};

}  // namespace
}  // namespace duenotice

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    ::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is a failed write, and says so
    try {
        duenotice::sha256({});  // WHY first: OpenSSL sets itself up with its first use, and crashes where memory runs out meanwhile
        const int code = duenotice::Program().run(argc, argv);
        std::cout.flush();
        if (std::cout.good()) return code;
        std::cerr << "duenotice: standard output: cannot be written\n";
        return duenotice::exit_code::failed;
    } catch (const duenotice::UsageError& error) {
        std::cerr << "duenotice: " << error.message << "\n";
        return duenotice::exit_code::usage;
    } catch (const duenotice::InputMistakes& mistakes) {
        std::cerr << duenotice::print(mistakes.diagnostics);
        return duenotice::exit_code::mistakes;
    } catch (const duenotice::FileError& error) {
        std::cerr << "duenotice: " << error.what() << "\n";
        return duenotice::exit_code::failed;
    } catch (const std::bad_alloc&) {
        std::cerr << "duenotice: there is not enough memory\n";
        return duenotice::exit_code::failed;
    } catch (const std::runtime_error& error) {  // of the operating system or a library
        std::cerr << "duenotice: " << error.what() << "\n";
        return duenotice::exit_code::failed;
    }
}
