// `ready`: an incident of which nothing is known but the day is assessed with the group profile, once today and once with
// all days up to the end of the horizon open, so that law which comes into force by then counts too. One event of each
// kind and one series are in it: a payment or a request may always come. What may be owed then could fall on the group.
#include "tools/ready_command.h"

#include <algorithm>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/json_object.h"
#include "engine/period.h"
#include "reports/evidence.h"
#include "reports/readiness_sheets.h"
#include "rules/suggest.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"

namespace duenotice {

namespace {

struct ReadyOptions {
    std::string group = "group.json", contracts, out_folder;
    int horizon_months = 12, test_months = 6;
    bool unfold = false;
};

/// The name under which the profile is shown.
struct Profile {
    SourcePtr text, contracts;
    std::string id = "group", name;
};

Profile read_profile(const ReadyOptions& asked) {
    Profile profile;
    profile.text = read_source(asked.group);
    profile.contracts = contracts_of(asked.group, asked.contracts);
    const Checked<JsonValue> root = read_json(profile.text);
    if (!root) throw InputMistakes{root.diagnostics};
    const auto take = [&](std::string_view member, std::string& into) {
        const JsonValue* value = root->is_object() ? root->find(member) : nullptr;
        if (value != nullptr && value->is_string() && !value->text.empty()) into = value->text;
    };
    take("id", profile.id);
    profile.name = profile.id;
    take("name", profile.name);
    if (!is_id(profile.id)) profile.id = "group";  // the reader of the profile says so
    return profile;
}

std::string account_text(const Profile& profile, Instant first, Instant last) {
    std::string events;
    for (const std::string_view kind : event_kinds) events += fmt::format(R"({}{{"id": "any-{}", "kind": "{}"}})", events.empty() ? "" : ", ", kind, kind);
    const std::string day = first == last ? "\"" + iso_utc(first) + "\"" : fmt::format(R"({{"from": "{}", "until": "{}"}})", iso_utc(first), iso_utc(last));
    return fmt::format(R"({{"duenotice": "incident/1", "id": "{}", "complete": ["entities"], "facts": {{"incident.detected_at": {}}}, "events": [{}], "series": [{{"id": "any-series", "incidents": ["{}"]}}]}})", profile.id, day, events, profile.id);
}

Assessment possible(Session& session, const Profile& profile, Instant first, Instant last) {
    session.set_as_of(last);
    const auto read = session.read_text(std::make_shared<const SourceText>("any incident", account_text(profile, first, last)), profile.text, profile.contracts);
    auto named = std::make_shared<Incident>(*read);
    named->title = profile.name;
    AssessOptions quick;
    quick.explain = quick.because = quick.questions = quick.content = false;
    return session.assess(std::move(named), quick);
}

/// Whom a contact may name: an authority, a word for recipients, an entity, a contract.
std::set<std::string, std::less<>> recipients_known(const Incident& incident, const RuleBook& law) {
    std::set<std::string, std::less<>> known;
    for (const Authority& authority : law.authorities) known.insert(authority.id);
    for (const Obligation& obligation : law.obligations)
        for (const Version& version : obligation.versions)
            for (const RecipientLimb& limb : version.recipients.limbs)
                if (!limb.who.empty()) known.insert(limb.who);
    for (const EntityFrame& entity : incident.entities) known.insert(entity.id);
    for (const ContractFrame& contract : incident.contracts) known.insert(contract.id);
    return known;
}

/// A misspelt recipient would be missing where it is needed, and nobody would see why.
void check_contacts(const Incident& incident, const RuleBook& law) {
    const auto known = recipients_known(incident, law);
    Diagnostics mistakes;
    for (const Contact& contact : incident.contacts)
        if (known.find(std::string_view(contact.recipient).substr(0, contact.recipient.find('@'))) == known.end())
            mistakes.error("DN0517", contact.span, fmt::format("`{}` is no recipient that the law book knows", contact.recipient), "the id of an authority, an entity or a contract, or a word such as `individuals`").suggestion = nearest(contact.recipient, known);
    if (mistakes.has_errors()) throw InputMistakes{mistakes};
}

void write_folder(const Readiness& ready, const ReportContext& context, const std::string& folder, std::ostream& err) {
    write_bundle(folder, {{"ready.html", readiness_html(ready, context)}, {"ready.json", readiness_json(ready, context)}});
    WorkbookMeta meta = workbook_meta(context);
    meta.title = "Ready: " + ready.now->incident->title;
    write_sheets(readiness_sheets(ready, context), meta, folder + "/ready.xlsx");
    err << "written to " << folder << ": ready.html, ready.json, ready.xlsx\n";
}

int ready_code(const Readiness& ready, const Options& options) {
    Pending pending;
    pending.law_due = ready.rows.size() - ready.ready() + ready.owners.size();
    pending.law_open = ready.open.size();
    return fail_code(pending, options);
}

int run_ready(Session& session, const ReadyOptions& asked, std::ostream& out, std::ostream& err) {
    const Instant now = session.options().as_of;
    const Profile profile = read_profile(asked);
    const Assessment today = possible(session, profile, now, now);
    if (today.incident->entities.empty()) {
        Diagnostics mistakes;
        mistakes.error("DN0511", {profile.text, 0, 0}, "the profile names no entity", "list the companies, branches and bodies of the group under `entities`");
        throw InputMistakes{mistakes};
    }
    check_contacts(*today.incident, session.law());
    std::optional<Assessment> later;
    const Date day = Date::from_days(static_cast<std::int32_t>(now.seconds / 86400));
    if (const auto end = add_months(day, asked.horizon_months, MonthRule::EventNumber); end && asked.horizon_months > 0)
        later = possible(session, profile, now, Instant{now.seconds + static_cast<std::int64_t>(days_between(day, *end)) * 86400});
    session.set_as_of(now);
    const Readiness ready = readiness(today, later ? &*later : nullptr, {asked.test_months, session.options().max_age_days});
    const ReportContext context = session.context(today);
    const std::string& format = session.options().format;
    out << (format == "json" ? readiness_json(ready, context) : format == "plain" ? readiness_plain(ready) : readiness_text(ready, context, asked.unfold));
    if (!asked.out_folder.empty()) write_folder(ready, context, asked.out_folder, err);
    return ready_code(ready, session.options());
}

}  // namespace

void add_ready(CLI::App& app, const CaseProgram& program) {
    const auto asked = std::make_shared<ReadyOptions>();
    CLI::App* command = app.add_subcommand("ready", "before any incident: what could be owed to whom, and which log-ins, deputies, ways out of hours and owners are missing");
    command->add_option("--group", asked->group, "group profile; default: group.json");
    command->add_option("--contracts", asked->contracts, "contracts.csv; default: the one beside the group profile");
    command->add_option("--horizon", asked->horizon_months, "months ahead: law that comes into force by then counts too; 0: the law of today")->check(CLI::Range(0, 120));
    command->add_option("--test-months", asked->test_months, "months after which a log-in is to be tried again")->check(CLI::Range(1, 120));
    command->add_option("--out", asked->out_folder, "folder for ready.html, ready.xlsx, ready.json");
    command->add_flag("--unfold", asked->unfold, "show each recipient that lacks the same as others");
    on_chosen_with_law(*command, program, asked->group, [asked, program](Session& session) { return run_ready(session, *asked, program.out, program.err); });
}

}  // namespace duenotice
