// `case diff`: what changed in the duties between two entries, by which fact, law or zone data; the limits that moved and
// the changes of starts apart.
#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/start_change.h"
#include "reports/escape.h"
#include "reports/json.h"
#include "reports/outlook.h"
#include "reports/text.h"
#include "tools/atomic_file.h"
#include "tools/case_command.h"
#include "tools/kept_world.h"

namespace duenotice {

namespace {

struct CaseDiffOptions {
    std::string file;
    std::uint64_t from = 0, to = 0;
    bool same = false;
};

/// The account after an entry, assessed: one of an assessment with the law that was kept with it, another with today's.
struct Side {
    std::unique_ptr<Session> kept;
    Session* session = nullptr;
    std::uint64_t last = 0;
    Assessment assessment;
};

Side side_of(Session& today, const KeptRecord& record, std::uint64_t seq) {
    const auto& entries = record.entries;
    if (seq >= entries.size()) throw FileError(record.name, fmt::format("has no entry {}; its last is {}", seq, entries.size() - 1));
    Side side;
    side.session = &today;
    side.last = seq;
    if (const auto assessment = read_assessment(entries[seq])) {
        auto kept = kept_session(record, *assessment, today.options());
        if (const auto* missing = std::get_if<std::string>(&kept)) throw FileError(record.name, *missing);
        side.kept = std::move(std::get<std::unique_ptr<Session>>(kept));
        side.session = side.kept.get();
        side.last = assessment->last_entry;
    }
    const HashedAccount account = hashed_account(entries, side.last, today.options().known_at);
    side.assessment = side.session->assess(side.session->read_case(account.account, record.name));
    return side;
}

/// Duties with a limit that is another one.
std::vector<std::string> moved_limits(const std::vector<DutyChange>& changes) {
    std::vector<std::string> moved;
    for (const DutyChange& change : changes)
        if (std::any_of(change.what.begin(), change.what.end(), [](const std::string& what) { return what.starts_with("safe: ") || what.starts_with("maximum: ") || what.starts_with("not before: "); })) moved.push_back(change.duty);
    return moved;
}

std::string or_none(const std::string& text) { return text.empty() ? "of no known release" : text; }

/// `zone data 2026b -> 2027z`, `law ...`, and how many limits are others.
std::string world_words(const Assessment& before, const Assessment& after, std::size_t moved) {
    const auto change = [](const char* what, const std::string& from, const std::string& to) { return from == to ? fmt::format("{} {} in both", what, or_none(from)) : fmt::format("{} {} -> {}", what, or_none(from), or_none(to)); };
    return fmt::format("{}; {}; {} moved\n", change("law", before.law->fingerprint.substr(0, 12), after.law->fingerprint.substr(0, 12)), change("zone data", before.tzdata, after.tzdata), count_words(moved, "limit", "limits"));
}

JsonValue from_to(const std::string& from, const std::string& to) {
    JsonValue object = json_object();
    json_add(object, "from", json_text(from));
    json_add(object, "to", json_text(to));
    return object;
}

std::string limit_words(const std::optional<Instant>& limit) { return limit ? iso_utc(*limit) : std::string("none"); }

void show_text(const std::vector<StartChange>& changes, std::ostream& out) {
    out << (changes.empty() ? "No start changed.\n" : "STARTS CHANGED\n");
    for (const StartChange& change : changes) {
        out << fmt::format("  {} entry {} in place of {}, by {} at {}{}\n    {} -> {}\n", escape_terminal(fact_words(change.path, change.fact)), change.entry, change.replaced, change.actor, change.recorded, change.second.empty() ? "" : ", second person named: " + escape_terminal(change.second),
                           escape_terminal(change.was), escape_terminal(change.is));
        out << fmt::format("    limit {} -> {}; changed {} ({})\n", limit_words(change.old_limit), limit_words(change.new_limit), change.old_limit ? std::string(change.when()) + " the old limit" : "with no limit counted from it", count_words(change.duties.size(), "duty", "duties"));
        if (!change.reason.empty()) out << "    reason: " << escape_terminal(change.reason) << "\n";
    }
}

JsonValue change_json(const StartChange& change) {
    JsonValue object = json_object();
    json_add(object, "fact", json_text(change.fact));
    json_add(object, "path", json_texts(change.path));
    json_add(object, "entry", json_whole(static_cast<std::int64_t>(change.entry)));
    json_add(object, "in_place_of", json_whole(static_cast<std::int64_t>(change.replaced)));
    for (const auto& [name, text] : {std::pair<const char*, std::string>{"was", change.was}, {"is", change.is}, {"recorded", change.recorded}, {"by", change.actor}, {"second", change.second}, {"reason", change.reason}, {"changed", std::string(change.when())}})
        add_text(object, name, text);
    if (change.old_limit) json_add(object, "old_limit", json_text(iso_utc(*change.old_limit)));
    if (change.new_limit) json_add(object, "new_limit", json_text(iso_utc(*change.new_limit)));
    json_add(object, "duties", json_texts(change.duties));
    return object;
}

int run_case_diff(Session& session, const CaseDiffOptions& asked, const CaseProgram& program) {
    ReadCase read = read_case_file(asked.file, Deed::Read, program.options);
    const KeptRecord record = kept_record(read.file, std::move(read.entries));
    const Side before = side_of(session, record, asked.from), after = side_of(session, record, asked.to);
    if (after.last < before.last) refuse(asked.file, fmt::format("entry {} rests on fewer entries than {}", asked.to, asked.from), "name the earlier one first");
    const auto changes = diff(before.session->world(), before.assessment, after.session->world(), after.assessment);
    const auto starts = start_changes(record.entries, before.last, after.last, before.assessment, after.assessment);
    const auto moved = moved_limits(changes);
    if (program.options.format != "json") {
        program.out << escape_terminal(world_words(before.assessment, after.assessment, moved.size())) << diff_text(changes, asked.same);
        show_text(starts, program.out);
        return exit_code::done;
    }
    JsonValue list = json_list();
    for (const StartChange& change : starts) list.items.push_back(change_json(change));
    std::string duties = diff_json(changes);
    while (!duties.empty() && duties.back() == '\n') duties.pop_back();
    program.out << fmt::format("{{\"duties\": {},\n\"law\": {},\n\"limits_moved\": {},\n\"starts\": {},\n\"zone_data\": {}}}\n", duties, canonical_json(from_to(before.assessment.law->fingerprint, after.assessment.law->fingerprint)), canonical_json(json_texts(moved)), canonical_json(list),
                               canonical_json(from_to(before.assessment.tzdata, after.assessment.tzdata)));
    return exit_code::done;
}

}  // namespace

void add_case_diff(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<CaseDiffOptions>();
    CLI::App* command = matter.add_subcommand("diff", "what changed between two entries: duties, by which fact, law or zone data; limits that moved; starts of limits as a list of their own");
    command->add_option("FILE", asked->file, "case file")->required();
    command->add_option("FROM", asked->from, "the account after this entry; of an assessment with the law kept with it")->required();
    command->add_option("TO", asked->to, "a later one")->required();
    command->add_flag("--same", asked->same, "list what stayed the same too");
    on_chosen_with_law(*command, program, asked->file, [asked, program](Session& session) { return run_case_diff(session, *asked, program); });
}

}  // namespace duenotice
