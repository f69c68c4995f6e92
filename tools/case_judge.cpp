// `case judge` records a judgement, `case judgements` shows which stand, were replaced or need another look.
#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/judgement.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/wording.h"
#include "tools/case_command.h"
#include "tools/case_frame.h"
#include "tools/notice_now.h"

namespace duenotice {

namespace {

struct JudgeOptions {
    CaseWriterOptions writer;
    FrameOptions frame;
    std::string fact, outcome, decided_at, by, function, body, second, reasons, advice;
    bool provisional = false;
    std::vector<std::string> relies_on;
    JudgementNotes notes;
};

JsonValue statement_of(const JudgeOptions& asked) {
    JsonValue statement = json_object();
    json_add(statement, "outcome", json_text(asked.outcome));
    if (asked.provisional) {
        JsonValue yes;
        yes.kind = JsonValue::Kind::Bool;
        yes.boolean = true;
        json_add(statement, "provisional", std::move(yes));
    }
    const std::pair<const char*, const std::string*> texts[] = {{"decided_at", &asked.decided_at}, {"by", &asked.by}, {"function", &asked.function}, {"body", &asked.body}, {"second", &asked.second}, {"reasons", &asked.reasons}, {"advice", &asked.advice}};
    for (const auto& [name, text] : texts) add_text(statement, name, *text);
    if (!asked.relies_on.empty()) json_add(statement, "relies_on", json_texts(asked.relies_on));
    return statement;
}

bool rests_on(const Duty& duty, FactId judgement) {
    return std::any_of(duty.because.begin(), duty.because.end(), [&](const Because& each) { return each.ground.fact == judgement; });
}

/// What the verdicts that rest on the judgement rest on besides it, as the record states it.
std::vector<ReliedFact> relied_by_law(const Assessment& assessment, const AccountPath& path, const std::string& judgement, const std::vector<CurrentStatement>& statements) {
    std::vector<ReliedFact> relied;
    const FactDeclaration* declaration = assessment.law->vocabulary.find(judgement);
    if (declaration == nullptr) return relied;
    for (const Duty& duty : assessment.duties) {
        if (!rests_on(duty, declaration->id)) continue;
        const auto of_this = std::find_if(duty.because.begin(), duty.because.end(), [&](const Because& each) { return each.ground.fact == declaration->id; });
        const CurrentStatement* own = seen_from(statements, frame_path(of_this->ground.frame, *assessment.incident), judgement);
        if (own == nullptr || own->path != path) continue;
        for (const Because& each : duty.because) {
            const std::string& fact = assessment.law->vocabulary.at(each.ground.fact).name;
            if (fact == judgement || fact == judgement + ".decided_at") continue;
            const CurrentStatement* said = seen_from(statements, frame_path(each.ground.frame, *assessment.incident), fact);
            const auto there = [&](const ReliedFact& one) { return said != nullptr && one.path == said->path && one.fact == fact; };
            if (said != nullptr && std::none_of(relied.begin(), relied.end(), there)) relied.push_back({said->path, fact, said->entry});
        }
    }
    return relied;
}

/// The facts that a person names, as they count now.
std::vector<ReliedFact> relied_named(const JudgeOptions& asked, const AccountPath& path, const std::vector<CurrentStatement>& statements) {
    std::vector<ReliedFact> relied;
    for (const std::string& fact : asked.relies_on) {
        const CurrentStatement* said = seen_from(statements, path, fact);
        if (said == nullptr) refuse(asked.writer.file, fmt::format("the record says nothing of {}, which cannot be relied on", fact_words(path, fact)));
        relied.push_back({said->path, fact, said->entry});
    }
    return relied;
}

/// What hangs on it: shown after the outcome was entered, never before.
void show_consequences(const Assessment& before, const Assessment& after, const std::string& judgement, std::ostream& out) {
    const FactDeclaration* declaration = after.law->vocabulary.find(judgement);
    for (const Duty& duty : after.duties) {
        const Duty* was = before.find(duty.id);
        const bool moved = was == nullptr || was->verdict != duty.verdict || was->deadline.safe != duty.deadline.safe;
        if (declaration == nullptr || !rests_on(duty, declaration->id) || !moved) continue;
        out << fmt::format("  {}  {}{}\n", owed_word(duty.verdict), escape_terminal(duty.id), duty.deadline.safe ? "  by " + iso_utc(*duty.deadline.safe) : "");
    }
}

int run_judge(Session& session, const JudgeOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Judge);
    const auto same = [&](const RecordedEntry& entry) {
        const auto fact = read_fact(entry);
        return fact && fact->fact == asked.fact && canonical_json(fact->statement) == canonical_json(statement_of(asked));
    };
    if (writing.again("judgement", program.out, same)) return exit_code::done;
    if (!is_judgement(asked.fact)) refuse(asked.writer.file, fmt::format("`{}` is no judgement", asked.fact), "a judgement begins with `judged.`; `case assert` states other facts");
    FactEntry statement{path_asked(asked.frame, asked.writer.file), asked.fact, statement_of(asked), {}, {}, {}};
    if (!has_part(writing.entries(), statement.path)) refuse(asked.writer.file, fmt::format("the account has no {}", fact_words(statement.path, "frame")));
    const auto replaces = current_statement(writing.entries(), statement.path, asked.fact);
    JudgementNotes notes = asked.notes;
    const auto statements = current_statements(writing.entries());
    notes.relied = relied_named(asked, statement.path, statements);
    Entry entry = judgement_entry(statement, notes, replaces, writing.writer());
    const Assessment before = session.assess(writing.read_account(session, {}));
    const Assessment after = session.assess(writing.read_account(session, {entry}));
    if (asked.relies_on.empty()) {
        notes.relied = relied_by_law(after, statement.path, asked.fact, current_statements(with_entries(writing.entries(), {entry}, writing.now())));
        entry = judgement_entry(statement, notes, replaces, writing.writer());
    }
    writing.record({entry}, program.out);
    program.out << fmt::format("relies on {}\n", count_words(notes.relied.size(), "fact", "facts"));
    for (const ReliedFact& relied : notes.relied) program.out << fmt::format("  {} (entry {})\n", escape_terminal(fact_words(relied.path, relied.fact)), relied.entry);
    program.out << "what follows\n";
    show_consequences(before, after, asked.fact, program.out);
    return exit_code::done;
}

struct ListOptions {
    std::string file;
};

int run_judgements(const ListOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.file, Deed::Read, program.options);
    for (const RecordedJudgement& judgement : judgements_of(read.entries, iso_utc(program.options.as_of).substr(0, 10))) {
        const JsonValue& said = judgement.statement.statement;
        program.out << fmt::format("{:>5}  {}  {} {}{}\n", judgement.entry, name(judgement.state), escape_terminal(fact_words(judgement.statement.path, judgement.statement.fact)), escape_terminal(said.is_object() ? member_text(said, "outcome") : said.text),
                                   judgement.replaces ? fmt::format(", in place of entry {}", *judgement.replaces) : "");
        for (const ReliedFact& changed : judgement.changed) program.out << fmt::format("       {} says something else since entry {}\n", escape_terminal(fact_words(changed.path, changed.fact)), changed.entry);
        if (judgement.state == RecordedJudgement::State::LookAgain && judgement.changed.empty()) program.out << fmt::format("       to be looked at again on {}\n", judgement.notes.look_again_on);
    }
    return exit_code::done;
}

}  // namespace

void add_case_judge(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<JudgeOptions>();
    CLI::App* judge = matter.add_subcommand("judge", "record a judgement; one that is there is replaced, never changed");
    add_writer_options(*judge, asked->writer);
    judge->add_option("FACT", asked->fact, "the judgement: judged.gdpr_risk")->required();
    judge->add_option("OUTCOME", asked->outcome, "one of the standard's own choices: `law show` lists them")->required();
    add_frame_options(*judge, asked->frame);
    judge->add_flag("--provisional", asked->provisional, "it may still change: the duty stays open");
    judge->add_option("--decided-at", asked->decided_at, "when it was decided, which may lie before now");
    judge->add_option("--by", asked->by, "who decided")->required();
    judge->add_option("--function", asked->function, "in which function");
    judge->add_option("--body", asked->body, "in which body");
    judge->add_option("--second", asked->second, "who agreed");
    judge->add_option("--dissent", asked->notes.dissent, "who did not agree, and why");
    judge->add_option("--reasons", asked->reasons, "for the record: what an authority may read")->required();
    judge->add_option("--advice", asked->advice, "number of the matter in which advice was given; never the advice itself");
    judge->add_option("--relies-on", asked->relies_on, "facts it rests on, repeatable; default: what the law needs beside it for the verdicts that hang on it");
    judge->add_option("--factor", asked->notes.factors, "a factor and what was thought of it, repeatable: `number of people: 130, low`");
    judge->add_option("--evidence", asked->notes.evidence, "a document, repeatable");
    judge->add_option("--guidance", asked->notes.guidance, "guidance that was followed");
    judge->add_option("--look-again-on", asked->notes.look_again_on, "a day on which it is to be looked at again");
    on_chosen_with_law(*judge, program, asked->writer.file, [asked, program](Session& session) { return run_judge(session, *asked, program); });

    const auto list = std::make_shared<ListOptions>();
    CLI::App* judgements = matter.add_subcommand("judgements", "which judgements stand, were replaced, need another look, and because of which entry");
    judgements->add_option("FILE", list->file, "case file")->required();
    on_chosen(*judgements, program, list->file, [list, program] { return run_judgements(*list, program); });
}

}  // namespace duenotice
