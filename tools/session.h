#pragma once
// What every command needs first: the law book from its folder, zones and calendars from their files, an incident with
// the group profile and the contracts that stand beside it. The only place that knows where data lies on disk.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/assess.h"
#include "engine/calendar_needs.h"
#include "engine/incident_reader.h"
#include "reports/wording.h"
#include "rules/rulebook.h"
#include "tools/calendar_store.h"
#include "tools/data_folder.h"
#include "tools/input_mistakes.h"
#include "tools/options.h"

namespace duenotice {

struct CaseAccount;

class Session {
public:
    explicit Session(const Options& options);
    /// Of a law book and zone data that lie elsewhere than the options say.
    Session(const Options& options, std::shared_ptr<const DataFolder> law, std::shared_ptr<const DataFolder> zones);

    /// What was read of them so far.
    const DataFolder& law_files() const { return *law_files_; }
    const DataFolder& zone_files() const { return *zone_files_; }

    const World& world() const { return world_; }
    const RuleBook& law() const { return *world_.law; }
    const Options& options() const { return options_; }
    const Diagnostics& law_diagnostics() const { return law_diagnostics_; }
    /// What the law's clocks may ask calendars for.
    const CalendarNeeds& calendar_needs() const { return *needs_; }

    /// An incident file with its group (named in it, or --group) and contracts.csv beside the group. Loads its zones and
    /// calendars into the world.
    std::shared_ptr<const Incident> read(const std::string& path, const std::string& group = {}, const std::string& contracts = {});
    /// The account of the record at this path. A profile or contracts that the command names go before those recorded,
    /// those recorded before what lies on the disk.
    std::shared_ptr<const Incident> read_case(const CaseAccount& account, const std::string& path, const std::string& group = {}, const std::string& contracts = {});
    std::shared_ptr<const Incident> read_text(SourcePtr incident, SourcePtr group = {}, SourcePtr contracts = {});
    /// The group profile and contracts that belong to an incident whose file is, or will be, at this path.
    struct Beside {
        SourcePtr group, contracts;
    };
    Beside beside(const SourcePtr& incident, const std::string& path, const std::string& group = {}, const std::string& contracts = {}) const;
    /// An interview goes on while the clock does.
    void set_as_of(Instant as_of) { options_.as_of = as_of; }
    void load_all_calendars();
    void load_all_zones();
    /// Reads those that are not in the world yet, with all that they include; one that nobody has is not there afterwards either.
    void add_calendars(const std::vector<std::string>& ids);
    /// A calendar by id, read when it is named: one of a place's folder, else an imported one; null when there is none.
    /// The pointer is good until the next call.
    const Calendar* calendar(std::string_view id);
    CalendarStore& imported() { return imported_; }
    /// Ids of the calendars of places' folders that are loaded.
    std::vector<std::string> calendar_ids() const;
    Assessment assess(std::shared_ptr<const Incident> incident, const AssessOptions& assess_options = {}) const;
    ReportContext context(const Assessment& assessment) const;
    /// What to say of zone data that are old or of no known release; empty when they are current.
    std::string zone_data_note() const;

private:
    void load_law();
    void add_zones(const std::vector<std::string>& names);
    void add_zones_named_in(std::string_view json);
    void add_calendar(const std::string& id);
    void add_included(std::size_t from);
    void compile();

    Options options_;
    std::shared_ptr<const DataFolder> law_files_, zone_files_;
    World world_;
    std::vector<ZoneSource> zone_sources_;
    std::vector<std::string> calendar_files_;
    std::vector<std::string> calendars_loaded_;
    std::vector<CalendarSpec> specs_;
    CalendarStore imported_;
    std::optional<CalendarNeeds> needs_;
    std::pair<std::shared_ptr<const Incident>, std::vector<std::string>> case_notes_;  ///< of the record read last
    std::vector<LimitOnRecord> case_limits_;                                           ///< of the same
    Diagnostics law_diagnostics_;
};

std::string program_version();
SourcePtr read_source(const std::string& path);
/// The table of contracts that is named, else contracts.csv beside the group profile; null when there is none.
SourcePtr contracts_of(const std::string& group, const std::string& named);

}  // namespace duenotice
