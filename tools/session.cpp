#include "tools/session.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "engine/zone_release.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"
#include "tools/parallel.h"

namespace duenotice {

namespace {

/// The zones of places, counting laws and the incident, each once, in order.
std::vector<std::string> zones_of(const RuleBook& law) {
    std::set<std::string> names{"Etc/UTC"};
    for (const Jurisdiction& jurisdiction : law.jurisdictions)
        if (!jurisdiction.zone.empty()) names.insert(jurisdiction.zone);
    for (const CountingLaw& counting : law.counting.laws)
        if (!counting.clock_zone.empty()) names.insert(counting.clock_zone);
    return {names.begin(), names.end()};
}

void zone_names(const Condition& condition, std::set<std::string>& names);

void zone_names(const Term& term, std::set<std::string>& names) {
    if (term.kind == Term::Kind::BusiestWeek) names.insert(term.name);
    for (const TermPtr& child : term.terms) zone_names(*child, names);
    if (term.test) zone_names(*term.test, names);
}
void zone_names(const Condition& condition, std::set<std::string>& names) {
    if (condition.kind == Condition::Kind::Compare && condition.comparison == Comparison::ClockBetween) names.insert(condition.name);
    for (const ConditionPtr& child : condition.children) zone_names(*child, names);
    if (condition.left) zone_names(*condition.left, names);
    if (condition.right) zone_names(*condition.right, names);
}
void zone_names(const ClockNode& node, std::set<std::string>& names) {
    for (const ClockNode& child : node.children) zone_names(child, names);
    if (!node.limb) return;
    if (!node.limb->zone.empty()) names.insert(node.limb->zone);
    if (node.limb->when) zone_names(*node.limb->when, names);
    if (node.limb->start) zone_names(*node.limb->start, names);
}

std::vector<std::string> zones_in_law(const RuleBook& law) {
    std::set<std::string> names;
    for (const Definition& definition : law.definitions) zone_names(*definition.condition, names);
    for (const CompiledObligation& compiled : law.compiled)
        for (const WholeCondition& reading : compiled.readings) zone_names(*reading.condition, names);
    for (const Obligation& obligation : law.obligations)
        for (const Version& version : obligation.versions)
            if (version.clock) zone_names(version.clock->root, names);
    return {names.begin(), names.end()};
}

/// An account may name a file beside it or below: what it names is read, and its first line may be shown in a message.
void check_group_name(const std::string& named, const SourcePtr& incident) {
    const std::filesystem::path path(named);
    if (!path.is_absolute() && std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; })) return;
    const std::size_t at = incident->text().find(named);
    Diagnostics mistakes;
    mistakes.error("DN0549", at == std::string_view::npos ? Span{incident, 0, 0} : Span{incident, at, at + named.size()},
                   "`group` names a file outside the folder of the account", "put the group profile beside the account or below, or name it with --group");
    throw InputMistakes{mistakes};
}

std::string old_zone_words(std::string_view release) { return fmt::format("the zone data are of release {}, and {} is known", release, known_zone_release); }
/// Whether a file of the law book is the calendars of a place: read only when one of them is named.
bool is_calendar_file(const std::string& name) { return ("/" + name).ends_with("/calendar.xml") || ("/" + name).ends_with("/calendars.xml"); }
}  // namespace

std::string program_version() { return DUENOTICE_VERSION; }

SourcePtr read_source(const std::string& path) { return std::make_shared<const SourceText>(path, read_file(path)); }

Session::Session(const Options& options) : Session(options, disk_folder(options.law_folder), disk_folder(options.zone_folder)) {}

Session::Session(const Options& options, std::shared_ptr<const DataFolder> law, std::shared_ptr<const DataFolder> zones)
    : options_(options), law_files_(std::move(law)), zone_files_(std::move(zones)), imported_(law_files_) {
    load_law();
    add_zones(zones_of(*world_.law));
    add_zones(zones_in_law(*world_.law));
    add_zones(options_.zones);
    if (world_.zones.find("Etc/UTC") == nullptr) throw FileError(zone_files_->path(), "holds no zone data");
    if (const std::string& release = world_.zones.release(); options_.strict_tzdata && (release.empty() || is_old_zone_release(release))) {
        Diagnostics diagnostics;
        const std::string what = release.empty() ? "the release of the zone data is not known" : old_zone_words(release);
        diagnostics.error("DN0598", {std::make_shared<const SourceText>(zone_files_->path("tzdata.zi"), ""), 0, 0}, what + ", and --strict-tzdata is given", "install the current tzdata, or name a folder whose tzdata.zi says its version with --zoneinfo");
        throw InputMistakes{diagnostics};
    }
    world_.calendars = std::make_shared<const CalendarSet>();
}

void Session::load_law() {
    std::vector<SourcePtr> sources;
    for (const std::string& name : law_files_->files(".xml")) {
        if (is_calendar_file(name)) calendar_files_.push_back(name);
        else sources.push_back(law_files_->source(name));
    }
    LoadOptions load;
    load.include_proposed = options_.proposed;
    load.most_age_days = options_.max_age_days;
    load.strict_examples = options_.strict_examples;
    load.lint = options_.lint;
    load.looks_back = !options_.as_of_text.empty();
    load.spread = in_parallel;
    load.today = Date::from_days(static_cast<std::int32_t>(options_.as_of.seconds / 86400));
    Checked<std::shared_ptr<const RuleBook>> book = load_rulebook(sources, load);
    law_diagnostics_ = book.diagnostics;
    if (!book) throw InputMistakes{book.diagnostics};
    world_.law = *book;
    needs_.emplace(**book);
    world_.order = std::make_shared<const std::vector<std::uint32_t>>(duty_order(**book));
}

void Session::add_zones(const std::vector<std::string>& names) {
    bool added = false;
    for (const std::string& name : names) {
        const bool known = std::any_of(zone_sources_.begin(), zone_sources_.end(), [&](const ZoneSource& source) { return source.name == name; });
        if (known || name.empty() || name.find("..") != std::string::npos || name.front() == '/') continue;
        if (!zone_files_->has(name)) continue;  // an unknown zone is reported where it is named
        zone_sources_.push_back({name, zone_files_->read(name)});
        added = true;
    }
    if (!added) return;
    const std::string release = zone_files_->has("tzdata.zi") ? tzdata_release(zone_files_->read("tzdata.zi")) : std::string();
    Checked<ZoneSet> zones = load_zones(zone_sources_, release);
    if (!zones) throw InputMistakes{zones.diagnostics};
    world_.zones = *zones;
}

void Session::add_zones_named_in(std::string_view json) {
    std::vector<std::string> names;
    for (std::size_t at = json.find("\"zone\""); at != std::string_view::npos; at = json.find("\"zone\"", at + 6)) {
        const std::size_t open = json.find('"', at + 6);
        const std::size_t close = open == std::string_view::npos ? open : json.find('"', open + 1);
        if (close != std::string_view::npos) names.emplace_back(json.substr(open + 1, close - open - 1));
    }
    add_zones(names);
}

void Session::load_all_zones() {
    std::vector<std::string> names;
    for (const std::string& name : zone_files_->files("")) {
        if (name.starts_with("posix/") || name.starts_with("right/") || name == "localtime") continue;
        if (name.find('/') == std::string::npos && name != "UTC") continue;
        if (zone_files_->read(name).starts_with("TZif")) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    add_zones(names);
}

void Session::add_calendars(const std::vector<std::string>& ids) {
    const std::size_t before = specs_.size();
    for (const std::string& id : ids) add_calendar(id);
    add_included(before);
    if (specs_.size() != before) compile();
}

/// What the calendars from that one on include, and what those include in turn.
void Session::add_included(std::size_t from) {
    for (std::size_t i = from; i < specs_.size(); ++i) {
        const std::vector<std::string> includes = specs_[i].includes;
        for (const std::string& id : includes) add_calendar(id);
    }
}

void Session::add_calendar(const std::string& id) {
    const auto is_loaded = [this](const std::string& name) { return std::find(calendars_loaded_.begin(), calendars_loaded_.end(), name) != calendars_loaded_.end(); };
    if (is_loaded(id)) return;
    calendars_loaded_.push_back(id);
    // The folder of a calendar is its id's first parts: `de.by` lies in de/, `us.sec` in us/, `us.tx` in us/ or us/tx/.
    for (const std::string& path : calendar_files_) {
        std::string folder = std::filesystem::path(path).parent_path().generic_string();
        std::replace(folder.begin(), folder.end(), '/', '.');
        if ((id != folder && !id.starts_with(folder + ".")) || is_loaded("file:" + path)) continue;
        Checked<std::vector<CalendarSpec>> specs = parse_calendars(law_files_->source(path));
        if (!specs) throw InputMistakes{specs.diagnostics};
        for (CalendarSpec& spec : *specs) specs_.push_back(std::move(spec));
        calendars_loaded_.push_back("file:" + path);
    }
    // A calendar of a place's own folder wins; an imported one is read only when it is named.
    if (std::any_of(specs_.begin(), specs_.end(), [&](const CalendarSpec& spec) { return spec.id == id; })) return;
    if (auto spec = imported_.read(id)) specs_.push_back(std::move(*spec));
}

void Session::compile() {
    Checked<CalendarSet> set = compile_calendars(specs_, *world_.calendars);
    if (!set) throw InputMistakes{set.diagnostics};
    world_.calendars = std::make_shared<const CalendarSet>(std::move(*set));
}

void Session::load_all_calendars() {
    Diagnostics mistakes;
    const std::size_t before = specs_.size();
    for (const std::string& path : calendar_files_) {
        if (std::find(calendars_loaded_.begin(), calendars_loaded_.end(), "file:" + path) != calendars_loaded_.end()) continue;
        Checked<std::vector<CalendarSpec>> specs = parse_calendars(law_files_->source(path));
        mistakes.append(specs.diagnostics);
        if (!specs) continue;
        for (CalendarSpec& spec : *specs) {
            calendars_loaded_.push_back(spec.id);
            specs_.push_back(std::move(spec));
        }
        calendars_loaded_.push_back("file:" + path);
    }
    if (mistakes.has_errors()) throw InputMistakes{mistakes};
    add_included(before);
    compile();
}

const Calendar* Session::calendar(std::string_view id) {
    if (world_.calendars->find(id) == nullptr) add_calendars({std::string(id)});
    return world_.calendars->find(id);
}

std::vector<std::string> Session::calendar_ids() const {
    std::vector<std::string> ids;
    for (const CalendarSpec& spec : specs_) ids.push_back(spec.id);
    return ids;
}

SourcePtr contracts_of(const std::string& group, const std::string& named) {
    if (!named.empty()) return read_source(named);
    std::error_code error;
    const auto file = std::filesystem::path(group).parent_path() / "contracts.csv";
    return !group.empty() && std::filesystem::is_regular_file(file, error) ? read_source(file.string()) : nullptr;
}

Session::Beside Session::beside(const SourcePtr& incident, const std::string& path, const std::string& group, const std::string& contracts) const {
    Beside result;
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::string group_path = group;
    if (group_path.empty()) {
        const std::string named = group_file_of(incident);
        check_group_name(named, incident);
        if (!named.empty()) group_path = (folder / named).string();
    }
    if (!group_path.empty()) result.group = read_source(group_path);
    result.contracts = contracts_of(group_path, contracts);
    return result;
}

std::shared_ptr<const Incident> Session::read(const std::string& path, const std::string& group, const std::string& contracts) {
    if (is_case_file(path)) return read_case(case_account(path, options_), path, group, contracts);
    if (options_.at_entry >= 0) throw FileError(path, "is no case file, and --at-entry is of an entry of one");
    const SourcePtr incident = read_source(path);
    Beside others = beside(incident, path, group, contracts);
    return read_text(incident, std::move(others.group), std::move(others.contracts));
}

std::shared_ptr<const Incident> Session::read_case(const CaseAccount& account, const std::string& path, const std::string& group, const std::string& contracts) {
    Beside others;
    if (account.group && group.empty()) {
        others.group = account.group;
        others.contracts = contracts.empty() ? account.contracts : read_source(contracts);
    } else {
        others = beside(account.incident, path, group, contracts);
    }
    auto incident = read_text(account.incident, std::move(others.group), std::move(others.contracts));
    case_notes_ = {incident, account.notes};
    case_limits_ = account.limits;
    return incident;
}

std::shared_ptr<const Incident> Session::read_text(SourcePtr incident, SourcePtr group, SourcePtr contracts) {
    add_zones_named_in(incident->text());
    if (group) add_zones_named_in(group->text());
    IncidentSources sources{std::move(incident), std::move(group), std::move(contracts), options_.as_of, options_.known_at.has_value()};
    Checked<Incident> read = read_incident(sources, *world_.law, world_.zones);
    if (!read) throw InputMistakes{read.diagnostics};
    auto result = std::make_shared<const Incident>(std::move(*read));
    add_calendars(needs_->of(*result));
    return result;
}

Assessment Session::assess(std::shared_ptr<const Incident> incident, const AssessOptions& assess_options) const {
    Moment moment{options_.as_of, options_.known_at, options_.law_as_of};
    AssessOptions asked = assess_options;
    asked.include_proposed = options_.proposed;
    Assessment result = duenotice::assess(world_, std::move(incident), moment, asked);
    if (std::string note = zone_data_note(); !note.empty()) result.notes.push_back(std::move(note));
    if (case_notes_.first && result.incident->hash == case_notes_.first->hash) result.notes.insert(result.notes.end(), case_notes_.second.begin(), case_notes_.second.end());
    return result;
}

std::string Session::zone_data_note() const {
    const std::string& release = world_.zones.release();
    if (release.empty()) return "The release of the zone data is not known.";
    return is_old_zone_release(release) ? "Beware: " + old_zone_words(release) + "; install the current tzdata. Dates in a zone that changed since say so." : std::string();
}

namespace {

/// The options that bear on an answer, as they were given.
std::vector<std::pair<std::string, std::string>> how_asked(const Options& options) {
    std::vector<std::pair<std::string, std::string>> said{{"as-of set by", options.as_of_text.empty() ? "system clock" : "hand (--as-of)"}};
    const auto add = [&said](const std::string& what, const std::string& value) {
        if (!value.empty()) said.emplace_back(what, value);
    };
    add("known at, set by hand", options.known_at_text);
    add("law as of, set by hand", options.law_as_of_text);
    add("last entry that counts, set by hand", options.at_entry < 0 ? "" : std::to_string(options.at_entry));
    add("proposed law", options.proposed ? "included" : "left out");
    add("law is old after", std::to_string(options.max_age_days) + " days without being checked");
    add("produced by", options.account.empty() ? "not stated: no account was named" : "account " + options.account);
    return said;
}

}  // namespace

ReportContext Session::context(const Assessment& assessment) const {
    ReportContext result{assessment, world_.zones, options_.zones, "duenotice " + program_version(), "counsel", how_asked(options_)};
    if (case_notes_.first && assessment.incident->hash == case_notes_.first->hash) result.limits_on_record = case_limits_;
    const auto add = [&](const std::string& zone) {
        if (zone.empty() || world_.zones.find(zone) == nullptr) return;
        if (std::find(result.show_zones.begin(), result.show_zones.end(), zone) == result.show_zones.end() && result.show_zones.size() < 4) result.show_zones.push_back(zone);
    };
    if (result.show_zones.empty()) {
        for (const EntityFrame& entity : assessment.incident->entities) add(entity.zone);
        add(assessment.incident->zone);
    }
    if (result.show_zones.empty()) result.show_zones.push_back("Etc/UTC");
    return result;
}

}  // namespace duenotice
