#pragma once
// Time zones as immutable tables of transitions, made from the bytes of TZif files (RFC 9636) that the caller hands in:
// the system's files now, a case's stored ones when an assessment is replayed. Nothing here reads a disk. After the
// last listed transition the footer rule of the file applies, for every later year. Files with leap seconds are
// refused. A local time that does not exist (the clock was put forward) or occurs twice (put back) is decided by a
// policy that the caller passes and that the answer reports; there is no default and no silent choice.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/instant.h"
#include "engine/posix_rule.h"
#include "rules/date.h"
#include "rules/diagnostic.h"

namespace duenotice {

/// A local clock reading; `seconds` is 0 to 86,399.
struct LocalTime {
    Date date;
    std::int32_t seconds = 0;
    std::int32_t offset = 0;        ///< seconds east of UTC
    std::string_view abbreviation;  ///< lives as long as the zone
};

enum class GapPolicy : std::uint8_t {
    InstantOfChange,  ///< the moment at which the clock is put forward
    KeepOffsetBefore  ///< as if the clock had not been put forward: 02:30 becomes 03:30
};
enum class OverlapPolicy : std::uint8_t { Earlier, Later };
struct LocalPolicy {
    GapPolicy gap = GapPolicy::InstantOfChange;
    OverlapPolicy overlap = OverlapPolicy::Earlier;
};

/// The instant chosen for a local time, and whether there was a choice.
struct ResolvedLocal {
    enum class Kind : std::uint8_t { Unique, Gap, Overlap };
    Instant instant;
    Kind kind = Kind::Unique;
};

struct ZonePeriod {
    std::int32_t offset = 0;
    bool daylight = false;
    std::uint16_t abbreviation = 0;  ///< index into the zone's abbreviations
};

class Zone {
public:
    const std::string& name() const { return name_; }
    /// Local reading of an instant.
    LocalTime local(Instant instant) const;
    std::int32_t offset(Instant instant) const { return period_at(instant.seconds).offset; }
    bool is_daylight(Instant instant) const { return period_at(instant.seconds).daylight; }
    /// The instant at which the local clock shows this; see LocalPolicy for times with no or two answers.
    ResolvedLocal resolve(Date date, std::int32_t seconds_of_day, LocalPolicy policy) const;
    /// The first instant whose local time is at or after 00:00 of the day: the end of the day before.
    ResolvedLocal start_of_day(Date date) const { return resolve(date, 0, {}); }
    Date date(Instant instant) const;
    /// The first change of offset or abbreviation strictly after an instant; empty when there is none.
    std::optional<Instant> next_change(Instant after) const;

private:
    friend class ZoneBuilder;
    struct Stretch {  ///< [start, end) with one period
        std::int64_t start = 0;
        std::int64_t end = 0;
        const ZonePeriod* period = nullptr;
    };
    const ZonePeriod& period_at(std::int64_t seconds) const;
    std::size_t index_at(std::int64_t seconds) const;
    Stretch stretch_at(std::int64_t seconds) const;
    Stretch rule_stretch_at(std::int64_t seconds) const;

    std::string name_;
    std::vector<std::int64_t> starts_;  ///< start of periods_[i + 1]; periods_[0] holds before all of them
    std::vector<ZonePeriod> periods_;   ///< starts_.size() + 1
    std::vector<std::string> abbreviations_;
    std::vector<std::uint16_t> buckets_;  ///< index of the period in force at the start of each bucket
    std::int64_t first_bucket_ = 0;
    std::int64_t rule_from_ = 0;     ///< from here on the rule answers; the table holds its changes until then
    std::optional<PosixRule> rule_;  ///< only when it has daylight time
    ZonePeriod rule_standard_;
    ZonePeriod rule_daylight_;
};

struct ZoneSource {
    std::string name;   ///< `Europe/Berlin`
    std::string bytes;  ///< the whole TZif file
};

/// Zones by name, with the release of the zone data that made them. Cheap to copy; zones live as long as any copy.
class ZoneSet {
public:
    ZoneSet() = default;
    /// Empty when there is no such zone.
    const Zone* find(std::string_view name) const;
    const std::string& release() const { return release_; }  ///< `2026f`
    const std::vector<Zone>& zones() const;                  ///< in the order of their names

private:
    friend Checked<ZoneSet> load_zones(std::vector<ZoneSource> sources, std::string release);
    std::shared_ptr<const std::vector<Zone>> zones_;
    std::string release_;
};

/// Reads TZif files; a damaged one, one with leap seconds, or a name given twice is an error that names the file.
Checked<ZoneSet> load_zones(std::vector<ZoneSource> sources, std::string release);
/// The release in the first line of a `tzdata.zi` file (`# version 2026f`); empty when it says none.
std::string tzdata_release(std::string_view tzdata_zi);

}  // namespace duenotice
