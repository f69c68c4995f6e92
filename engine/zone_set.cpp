#include "engine/zone_set.h"

#include <algorithm>
#include <array>
#include <limits>
#include <variant>

#include <fmt/format.h>

#include "engine/tzif_reader.h"

namespace duenotice {

namespace {

constexpr int bucket_shift = 22;                    // 48 days; few zones change twice in that time
constexpr std::int64_t buckets_from = -2208988800;  // 1900-01-01
constexpr std::int64_t years_from = -17987443200;    // 1400-01-01
constexpr std::int64_t table_until = 4102444800;    // 2100-01-01
constexpr std::int64_t widest_offset = 27 * 3600;   // no offset of a TZif file is wider than 26 hours

std::int64_t floor_days(std::int64_t seconds) {
    const std::int64_t days = seconds / day_seconds;
    return seconds % day_seconds < 0 ? days - 1 : days;
}

/// The year of an instant, good enough to pick the years around it.
int year_near(std::int64_t seconds) {
    return static_cast<int>(1970 + seconds / 31556952);
}

struct RuleChange {
    std::int64_t at = 0;
    bool to_daylight = false;
};

/// The changes of the years from `first_year` on, in order; one that lasts no time is dropped.
std::vector<RuleChange> rule_changes(const PosixRule& rule, int first_year, int last_year) {
    std::vector<RuleChange> changes;
    for (int year = first_year; year <= last_year; ++year) {
        changes.push_back({rule.to_daylight.local_seconds(year) - rule.standard_offset, true});
        changes.push_back({rule.to_standard.local_seconds(year) - rule.daylight_offset, false});
    }
    std::sort(changes.begin(), changes.end(), [](const RuleChange& a, const RuleChange& b) {
        return a.at != b.at ? a.at < b.at : !a.to_daylight && b.to_daylight;
    });
    std::vector<RuleChange> kept;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i + 1 < changes.size() && changes[i + 1].at == changes[i].at) continue;
        kept.push_back(changes[i]);
    }
    return kept;
}

}  // namespace

/// Makes one Zone from one file.
class ZoneBuilder {
public:
    /// Empty sentence: `zone` is ready.
    static std::string build(const ZoneSource& source, Zone& zone) {
        const auto read = read_tzif(source.bytes);
        if (const auto* problem = std::get_if<std::string>(&read)) return *problem;
        const TzifFile& file = std::get<TzifFile>(read);
        ZoneBuilder builder{zone};
        zone.name_ = source.name;
        zone.periods_.push_back(builder.period(file.local_types.front()));
        for (std::size_t i = 0; i < file.times.size(); ++i) {
            builder.change(file.times[i], builder.period(file.local_types[file.types[i]]));
        }
        zone.rule_from_ = std::numeric_limits<std::int64_t>::max();
        if (!file.footer.empty()) {
            const auto rule = parse_posix_rule(file.footer);
            if (!rule) return fmt::format("a footer that is no rule: `{}`", file.footer);
            builder.follow(*rule, file.times.empty() ? buckets_from : file.times.back());
        }
        builder.index();
        return {};
    }

private:
    explicit ZoneBuilder(Zone& zone) : zone_(zone) {}

    ZonePeriod period(const TzifType& type) { return period(type.offset, type.daylight, type.abbreviation); }
    ZonePeriod period(std::int32_t offset, bool daylight, const std::string& abbreviation) {
        auto& names = zone_.abbreviations_;
        const auto found = std::find(names.begin(), names.end(), abbreviation);
        const auto at = static_cast<std::uint16_t>(found - names.begin());
        if (found == names.end()) names.push_back(abbreviation);
        return {offset, daylight, at};
    }
    void change(std::int64_t at, ZonePeriod to) {
        const ZonePeriod& now = zone_.periods_.back();
        if (now.offset == to.offset && now.daylight == to.daylight && now.abbreviation == to.abbreviation) return;
        zone_.starts_.push_back(at);
        zone_.periods_.push_back(to);
    }
    void follow(const PosixRule& rule, std::int64_t last_listed) {
        zone_.rule_standard_ = period(rule.standard_offset, false, rule.standard_name);
        if (!rule.daylight_name) {
            change(last_listed + 1, zone_.rule_standard_);  // INVARIANT: a sound file makes this no change at all
            return;
        }
        zone_.rule_daylight_ = period(rule.daylight_offset, true, *rule.daylight_name);
        // Some files list a first change long before all history: no date is older than 1400.
        const int first_year = last_listed < years_from ? year_near(years_from) - 1 : year_near(last_listed) - 1;
        for (const RuleChange& next : rule_changes(rule, first_year, year_near(table_until) + 1)) {
            if (next.at <= last_listed || next.at >= table_until) continue;
            change(next.at, next.to_daylight ? zone_.rule_daylight_ : zone_.rule_standard_);
        }
        zone_.rule_ = rule;
        zone_.rule_from_ = std::max(table_until, last_listed + 1);
    }
    void index() {
        auto& starts = zone_.starts_;
        if (starts.empty()) return;
        zone_.first_bucket_ = std::max(buckets_from, starts.front()) >> bucket_shift;
        const std::int64_t last = std::min(starts.back(), table_until) >> bucket_shift;
        for (std::int64_t bucket = zone_.first_bucket_; bucket <= last; ++bucket) {
            const std::int64_t begin = bucket << bucket_shift;
            const auto after = std::upper_bound(starts.begin(), starts.end(), begin);
            zone_.buckets_.push_back(static_cast<std::uint16_t>(after - starts.begin()));
        }
    }

    Zone& zone_;
};

std::size_t Zone::index_at(std::int64_t seconds) const {
    const std::int64_t bucket = (seconds >> bucket_shift) - first_bucket_;
    std::size_t index = 0;
    if (bucket >= 0 && static_cast<std::uint64_t>(bucket) < buckets_.size()) {
        index = buckets_[static_cast<std::size_t>(bucket)];
    } else if (bucket >= 0 && !buckets_.empty()) {
        index = buckets_.back();
    } else {
        const auto after = std::upper_bound(starts_.begin(), starts_.end(), seconds);
        return static_cast<std::size_t>(after - starts_.begin());
    }
    while (index < starts_.size() && starts_[index] <= seconds) ++index;
    return index;
}

const ZonePeriod& Zone::period_at(std::int64_t seconds) const {
    if (seconds >= rule_from_ && rule_) return *rule_stretch_at(seconds).period;
    return periods_[index_at(seconds)];
}

Zone::Stretch Zone::rule_stretch_at(std::int64_t seconds) const {
    const int year = year_near(seconds);
    const auto changes = rule_changes(*rule_, year - 1, year + 1);
    auto next = std::find_if(changes.begin(), changes.end(), [&](const RuleChange& c) { return c.at > seconds; });
    // INVARIANT: with a year on both sides there is always a change before and one after.
    const bool daylight = std::prev(next)->to_daylight;
    return {std::prev(next)->at, next->at, daylight ? &rule_daylight_ : &rule_standard_};
}

Zone::Stretch Zone::stretch_at(std::int64_t seconds) const {
    if (seconds >= rule_from_ && rule_) return rule_stretch_at(seconds);
    const std::size_t index = index_at(seconds);
    Stretch stretch;
    stretch.start = index == 0 ? std::numeric_limits<std::int64_t>::min() : starts_[index - 1];
    stretch.period = &periods_[index];
    if (index < starts_.size()) {
        stretch.end = starts_[index];
    } else {
        stretch.end = rule_ ? rule_stretch_at(rule_from_).end : std::numeric_limits<std::int64_t>::max();
    }
    return stretch;
}

LocalTime Zone::local(Instant instant) const {
    const ZonePeriod& period = period_at(instant.seconds);
    const std::int64_t local = instant.seconds + period.offset;
    const std::int64_t days = floor_days(local);
    return {Date::from_days(static_cast<std::int32_t>(days)), static_cast<std::int32_t>(local - days * day_seconds),
            period.offset, abbreviations_[period.abbreviation]};
}

Date Zone::date(Instant instant) const {
    return Date::from_days(static_cast<std::int32_t>(floor_days(instant.seconds + offset(instant))));
}

ResolvedLocal Zone::resolve(Date date, std::int32_t seconds_of_day, LocalPolicy policy) const {
    const std::int64_t local = std::int64_t{date.days_since_1970()} * day_seconds + seconds_of_day;
    Stretch stretch = stretch_at(local - widest_offset);
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> last;
    std::int64_t gap_at = 0;
    std::int64_t gap_offset = 0;
    while (true) {
        const std::int64_t candidate = local - stretch.period->offset;
        if (candidate >= stretch.start && candidate < stretch.end) {
            if (!first) first = candidate;
            last = candidate;
        }
        if (candidate >= stretch.end && !first) {
            gap_at = stretch.end;
            gap_offset = stretch.period->offset;
        }
        if (stretch.end > local + widest_offset) break;
        stretch = stretch_at(stretch.end);
    }
    using Kind = ResolvedLocal::Kind;
    if (!first) {
        const bool at_change = policy.gap == GapPolicy::InstantOfChange;
        return {{at_change ? gap_at : local - gap_offset}, Kind::Gap};
    }
    if (*first == *last) return {{*first}, Kind::Unique};
    return {{policy.overlap == OverlapPolicy::Earlier ? *first : *last}, Kind::Overlap};
}

std::optional<Instant> Zone::next_change(Instant after) const {
    const std::int64_t end = stretch_at(after.seconds).end;
    if (end == std::numeric_limits<std::int64_t>::max()) return {};
    return Instant{end};
}

const Zone* ZoneSet::find(std::string_view name) const {
    if (!zones_) return nullptr;
    const auto found = std::lower_bound(zones_->begin(), zones_->end(), name,
                                        [](const Zone& zone, std::string_view key) { return zone.name() < key; });
    return found != zones_->end() && found->name() == name ? &*found : nullptr;
}

const std::vector<Zone>& ZoneSet::zones() const {
    static const std::vector<Zone> none;
    return zones_ ? *zones_ : none;
}

Checked<ZoneSet> load_zones(std::vector<ZoneSource> sources, std::string release) {
    Checked<ZoneSet> result;
    std::sort(sources.begin(), sources.end(), [](const ZoneSource& a, const ZoneSource& b) { return a.name < b.name; });
    auto zones = std::make_shared<std::vector<Zone>>();
    zones->reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (i > 0 && sources[i].name == sources[i - 1].name) {
            result.diagnostics.error("DN0601", {}, fmt::format("the zone `{}` is given twice", sources[i].name));
            continue;
        }
        Zone zone;
        const std::string problem = ZoneBuilder::build(sources[i], zone);
        if (!problem.empty()) {
            result.diagnostics.error("DN0602", {}, fmt::format("the zone file `{}` has {}", sources[i].name, problem),
                                     "install the time zone data of the system again");
            continue;
        }
        zones->push_back(std::move(zone));
    }
    if (result.diagnostics.has_errors()) return result;
    ZoneSet set;
    set.zones_ = std::move(zones);
    set.release_ = std::move(release);
    result.value = std::move(set);
    return result;
}

std::string tzdata_release(std::string_view tzdata_zi) {
    constexpr std::string_view mark = "# version ";
    if (tzdata_zi.substr(0, mark.size()) != mark) return {};
    const std::string_view rest = tzdata_zi.substr(mark.size());
    return std::string(rest.substr(0, rest.find('\n')));
}

}  // namespace duenotice
