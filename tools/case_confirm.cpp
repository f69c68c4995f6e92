// `case confirm`: the second person of a decision that takes two signs it with a key of their own.
#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/confirmation.h"
#include "engine/record/entry_fields.h"
#include "reports/escape.h"
#include "tools/case_command.h"
#include "tools/case_notice.h"

namespace duenotice {

namespace {

struct ConfirmOptions {
    CaseWriterOptions writer;
    std::uint64_t decision = 0;
    std::string own_key;
};

StandingDecision decision_asked(const CaseWriting& writing, std::uint64_t entry) {
    const auto decisions = standing_decisions(writing.entries());
    const auto found = std::find_if(decisions.begin(), decisions.end(), [&](const StandingDecision& each) { return each.decision.entry == entry; });
    if (found == decisions.end()) refuse(writing.path(), fmt::format("entry {} is no decision", entry), "`case decide` and `case close` say under which entry they recorded one");
    if (found->state == StandingDecision::State::TakenBack) refuse(writing.path(), fmt::format("the decision of entry {} was taken back by a later one", entry));
    if (found->confirmed_by) refuse(writing.path(), fmt::format("the decision of entry {} was signed by {} (entry {})", entry, found->confirmer, *found->confirmed_by));
    return *found;
}

/// What is signed must be what is so now: nobody drops or closes what they did not see.
void check_unchanged(Session& session, const CaseWriting& writing, const MatterDecision& decision) {
    const Assessment assessment = session.assess(writing.read_account(session, {}));
    if (decision.what == "close") {
        if (item_words(open_items_now(session, writing.entries(), assessment, writing.path())) != decision.items) refuse(writing.path(), "what is open has changed since that decision", "`case close` decides anew");
        return;
    }
    const Duty* duty = assessment.find(decision.duty);
    const std::string owed = duty == nullptr ? "not on the list" : std::string(name(duty->verdict));
    if (owed != decision.owed) refuse(writing.path(), fmt::format("the duty was {} when that was decided and is {} now", decision.owed, owed), "`case decide` decides anew");
    if (decision.look_again_on <= iso_utc(session.options().as_of).substr(0, 10)) refuse(writing.path(), fmt::format("it was to be looked at again on {}", decision.look_again_on), "`case decide` decides anew");
}

int run_confirm(Session& session, const ConfirmOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Decide);
    if (writing.again("confirmation", program.out, [&](const RecordedEntry& entry) { return ref_entry(entry.leaf, "decision") == asked.decision; })) return exit_code::done;
    const MatterDecision decision = decision_asked(writing, asked.decision).decision;
    writing.must_be_allowed(decision.what == "close" ? Deed::Close : Deed::Drop);
    const SigningKey own = read_key(asked.own_key);
    if (const std::string mistake = confirmation_mistake(decision, asked.writer.actor, own.public_key(), writing.access()); !mistake.empty()) refuse(asked.writer.file, mistake);
    check_unchanged(session, writing, decision);
    writing.record({confirmation_entry(writing.entries()[static_cast<std::size_t>(asked.decision)], record_time(writing.now()), own, writing.access(), writing.writer())}, program.out);
    program.out << fmt::format("signed by {}: {}{}\n", asked.writer.actor, decision.what, decision.duty.empty() ? "" : " " + escape_terminal(decision.duty));
    return exit_code::done;
}

}  // namespace

void add_case_confirm(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<ConfirmOptions>();
    CLI::App* confirm = matter.add_subcommand("confirm", "the second person signs a decision that takes two: dropping a duty, closing with open items");
    add_writer_options(*confirm, asked->writer);
    confirm->add_option("ENTRY", asked->decision, "entry of the decision")->required();
    confirm->add_option("--own-key", asked->own_key, "file of the second person's own private key")->required();
    on_chosen_with_law(*confirm, program, asked->writer.file, [asked, program](Session& session) { return run_confirm(session, *asked, program); });
}

}  // namespace duenotice
