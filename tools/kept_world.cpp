#include "tools/kept_world.h"

#include <fmt/format.h>

#include "reports/json.h"
#include "rules/fingerprint.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"

namespace duenotice {

namespace {

bool is_calendar_name(const std::string& name) { return name.starts_with("_calendars/") || ("/" + name).ends_with("/calendar.xml") || ("/" + name).ends_with("/calendars.xml"); }

/// Adds the files of a list, or says what is missing.
std::string add_files(const KeptRecord& record, const std::string& reference, const char* what, std::map<std::string, std::string>& files) {
    const auto name = parse_artefact_reference(reference);
    const auto kept = name ? record.artefact(name->sha256) : std::nullopt;
    if (!kept) return fmt::format("the list of {} is missing: {}", what, reference);
    const auto list = parse_artefact_list(*kept);
    if (!list) return fmt::format("the list of {} cannot be read: {}", what, reference);
    for (const auto& [path, each] : *list) {
        auto bytes = record.artefact(each.sha256);
        if (!bytes) return fmt::format("{} is missing: {} {}", what, path, each.text());
        files[path] = std::move(*bytes);
    }
    return {};
}

/// What was gone or left out of the entries that it read, since it was made; then nobody can ask the same again.
std::optional<Replay> input_gone(const KeptRecord& record, const RecordedAssessment& assessment) {
    const auto read_by_it = [&](std::uint64_t seq) { return seq <= assessment.last_entry || seq == assessment.seq; };
    for (const RecordedEntry& entry : record.entries)
        for (const auto& [field, by] : entry.erased)
            if (read_by_it(entry.leaf.seq) && by > assessment.seq) return Replay{Replay::Outcome::Erased, fmt::format("input erased: `{}` of entry {} was redacted by entry {}", field, entry.leaf.seq, by), {}};
    for (const auto& [seq, field] : record.withheld)
        if (read_by_it(seq)) return Replay{Replay::Outcome::Withheld, fmt::format("input withheld: `{}` of entry {} is not in this copy", field, seq), {}};
    return {};
}

/// Which program made it, where this one is another; empty where it is the same.
std::string other_program(const RecordedAssessment& assessment) {
    const std::string now = "duenotice " + program_version(), running = running_program_sha256();
    if (assessment.program == now && (assessment.program_sha256.empty() || assessment.program_sha256 == running)) return {};
    return fmt::format("it was made by {}{}, and this is {} ({})", assessment.program, assessment.program_sha256.empty() ? std::string() : " (" + assessment.program_sha256.substr(0, 12) + ")", now, running.substr(0, 12));
}

/// Why what was kept comes to something else: the program of then, where it was another one.
Replay otherwise(const RecordedAssessment& assessment, const std::string& what, std::string output = {}) {
    const std::string other = other_program(assessment);
    if (other.empty()) return {Replay::Outcome::Differs, what, std::move(output)};
    return {Replay::Outcome::Missing, "the program is missing, and another one answers otherwise: " + other + ": " + what, std::move(output)};
}

std::string sha256_of(const SourcePtr& source) { return source ? sha256_hex(source->text()) : std::string("none"); }

}  // namespace

std::string running_program_sha256() {
    constexpr std::size_t most = std::size_t{1} << 30U;
    static const std::string made = sha256_hex(read_file("/proc/self/exe", most));  // it does not change while it runs
    return made;
}

WorldFiles files_read(const Session& session) {
    WorldFiles files;
    for (const auto& [name, bytes] : session.law_files().was_read()) (is_calendar_name(name) ? files.calendars : files.law)[name] = bytes;
    files.zones = session.zone_files().was_read();
    return files;
}

HashedAccount hashed_account(const std::vector<RecordedEntry>& entries, std::uint64_t last, std::optional<Instant> known_at) {
    std::vector<RecordedEntry> first(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(last + 1, entries.size())));
    for (RecordedEntry& entry : first) entry.fields.erase("advice");  // no duty rests on it, and a copy without it can be asked again
    HashedAccount made{account_of_entries(first, entries.empty() ? "account" : entries.front().leaf.incident, known_at), {}};
    made.sha256 = sha256_hex(sha256_of(made.account.incident) + sha256_of(made.account.group) + sha256_of(made.account.contracts));
    return made;
}

Options options_of(const AssessmentAsked& asked, Options options) {
    options.as_of_text = asked.as_of;
    options.as_of = parse_instant(asked.as_of).value_or(Instant{0});
    options.known_at = asked.known_at.empty() ? std::nullopt : parse_instant(asked.known_at);
    options.law_as_of = asked.law_as_of.empty() ? std::nullopt : Date::parse(asked.law_as_of);
    options.proposed = asked.proposed;
    options.max_age_days = static_cast<int>(asked.most_age_days);
    options.zones = asked.zones;
    options.strict_tzdata = options.strict_examples = options.lint = false;
    return options;
}

KeptRecord kept_record(const CaseFile& file, std::vector<RecordedEntry> entries) {
    return {file.path(), std::move(entries), [&file](const std::string& sha256) -> std::optional<std::string> {
                auto kept = file.store().artefact(sha256);
                return kept ? std::optional(std::move(kept->bytes)) : std::nullopt;
            }};
}

std::variant<std::unique_ptr<Session>, std::string> kept_session(const KeptRecord& record, const RecordedAssessment& assessment, const Options& options) {
    std::map<std::string, std::string> law, zones;
    std::string missing = add_files(record, assessment.law, "law", law);
    if (missing.empty()) missing = add_files(record, assessment.calendars, "calendars", law);
    if (missing.empty()) missing = add_files(record, assessment.zones, "zone data", zones);
    if (!missing.empty()) return missing;
    const std::string title = fmt::format("kept with entry {}", assessment.seq);
    return std::make_unique<Session>(options, kept_folder("law " + title, std::move(law)), kept_folder("zones " + title, std::move(zones)));
}

Replay replay(const KeptRecord& record, const RecordedAssessment& assessment, const Options& options) {
    const auto name = assessment.output ? parse_artefact_reference(*assessment.output) : std::nullopt;
    const Options asked = options_of(assessment.asked, options);
    const HashedAccount account = hashed_account(record.entries, assessment.last_entry, asked.known_at);
    if (!name || account.sha256 != assessment.account_sha256) {
        if (auto gone = input_gone(record, assessment)) return *gone;
        return otherwise(assessment, "the account that its entries make is not the one that was assessed");
    }
    try {
        auto session = kept_session(record, assessment, asked);
        if (const auto* missing = std::get_if<std::string>(&session)) return {Replay::Outcome::Missing, *missing, {}};
        Session& world = *std::get<std::unique_ptr<Session>>(session);
        const Assessment again = world.assess(world.read_case(account.account, record.name));
        Replay made{Replay::Outcome::Same, {}, assessment_json(world.context(again))};
        if (const std::string other = other_program(assessment); !other.empty()) made.words = "by another program: " + other;
        if (sha256_hex(made.output) == name->sha256) return made;
        return otherwise(assessment, "made again with the same law, calendars and zones it is another one", made.output);
    } catch (const InputMistakes& mistakes) {  // what another program read, this one may not
        const Diagnostic* error = mistakes.diagnostics.first_error();
        return otherwise(assessment, "what was kept with it cannot be read: " + (error != nullptr ? error->message : "no reason given"));
    } catch (const FileError& error) {
        return otherwise(assessment, std::string("what was kept with it does not suffice: ") + error.what());
    }
}

}  // namespace duenotice
