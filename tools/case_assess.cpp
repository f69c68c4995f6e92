// `case assess` keeps an assessment with all that it rests on; `case replay` makes it again from the record alone.
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "reports/json.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/replay_lines.h"

namespace duenotice {

namespace {

struct AssessCaseOptions {
    CaseWriterOptions writer;
};

AssessmentAsked asked_of(const Options& options) {
    return {iso_utc(options.as_of), options.known_at ? iso_utc(*options.known_at) : std::string(), options.law_as_of_text, options.proposed, options.max_age_days, options.zones};
}

std::string verdict_words(const Assessment& assessment) {
    std::size_t counts[3] = {};
    for (const Duty& duty : assessment.duties) ++counts[static_cast<std::size_t>(duty.verdict)];
    const auto of = [&](Verdict verdict) { return counts[static_cast<std::size_t>(verdict)]; };
    return fmt::format("{} owed, {} open, {} not owed", of(Verdict::Owed), of(Verdict::Undetermined), of(Verdict::NotOwed));
}

int run_assess(Session& session, const AssessCaseOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Assess);
    if (writing.again("assessment", program.out, [](const RecordedEntry&) { return true; })) return exit_code::done;
    const std::size_t most = writing.entries().size() - 1;
    const Options& options = session.options();
    RecordedAssessment made;
    made.last_entry = options.at_entry < 0 ? most : static_cast<std::uint64_t>(options.at_entry);
    if (made.last_entry > most) refuse(asked.writer.file, fmt::format("the record has no entry {}; its last is {}", made.last_entry, most));
    made.asked = asked_of(options);
    made.program = "duenotice " + program_version();
    made.program_sha256 = running_program_sha256();
    const HashedAccount account = hashed_account(writing.entries(), made.last_entry, options.known_at);
    made.account_sha256 = account.sha256;
    if (!account.account.group && !group_file_of(account.account.incident).empty()) refuse(asked.writer.file, "the group profile stands outside the record, and nobody could assess the same again", "`case import` brings it with the incident file");
    const Assessment assessment = session.assess(session.read_case(account.account, asked.writer.file));
    const Entry entry = assessment_entry(made, files_read(session), assessment_json(session.context(assessment)), writing.writer());
    writing.record({entry}, program.out);
    program.out << fmt::format("as of {}, entries 0 to {}: {}; law {}, zones {}\n", made.asked.as_of, made.last_entry, verdict_words(assessment), assessment.law->fingerprint.substr(0, 12), assessment.tzdata);
    return exit_code::done;
}

struct ReplayOptions {
    std::string file, out_file;
    std::int64_t entry = -1;
};

int run_replay(const ReplayOptions& asked, const CaseProgram& program) {
    ReadCase read = read_case_file(asked.file, Deed::Replay, program.options);
    const KeptRecord record = kept_record(read.file, std::move(read.entries));
    auto chosen = assessments_of(record.entries);
    if (asked.entry >= 0) std::erase_if(chosen, [&](const RecordedAssessment& assessment) { return assessment.seq != static_cast<std::uint64_t>(asked.entry); });
    if (asked.entry >= 0 && chosen.empty()) refuse(asked.file, fmt::format("entry {} is no assessment", asked.entry), "`case log` shows the kinds of entries");
    const Replayed replayed = replay_lines(record, chosen, program.options, program.out, [&](const Replay& made) {
        if (!asked.out_file.empty() && !made.output.empty()) write_file(asked.out_file, made.output);
    });
    return replayed.holds() ? exit_code::done : exit_code::failed;
}

}  // namespace

void add_case_assess(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<AssessCaseOptions>();
    CLI::App* assess = matter.add_subcommand("assess", "record an assessment with the law, calendars, zones and program that it was made with");
    add_writer_options(*assess, asked->writer);
    on_chosen_with_law(*assess, program, asked->writer.file, [asked, program](Session& session) { return run_assess(session, *asked, program); });

    const auto again = std::make_shared<ReplayOptions>();
    CLI::App* replays = matter.add_subcommand("replay", "make recorded assessments again from the record alone and compare them byte for byte");
    replays->add_option("FILE", again->file, "case file")->required();
    replays->add_option("--entry", again->entry, "only the assessment of this entry; default: all")->check(CLI::NonNegativeNumber);
    replays->add_option("--out", again->out_file, "file for what was made again (JSON)");
    on_chosen(*replays, program, again->file, [again, program] { return run_replay(*again, program); });
}

}  // namespace duenotice
