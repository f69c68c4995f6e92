#pragma once
// Dates, durations, counts and names in words for people, the same in every output. English, neutral, no locale. Every
// instant is shown with weekday and place; the end of a day is 24:00 of that day and never "midnight".

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment.h"
#include "engine/record/record_view.h"
#include "engine/zone_set.h"

namespace duenotice {

/// What every output needs beside the Assessment.
struct ReportContext {
    const Assessment& assessment;
    const ZoneSet& zones;
    std::vector<std::string> show_zones;  ///< first is the main one; at least one
    std::string program;                  ///< `duenotice 0.1.0`
    std::string edition = "counsel";
    std::vector<std::pair<std::string, std::string>> asked = {};  ///< how the answer was asked for: what and value, for those who read it later
    std::vector<PeopleTest> people_tests = {};           ///< which populations meet which tests of the law
    std::map<std::string, std::string> first_seen = {};  ///< duty -> the first assessment on record that had it; empty map: no record
    std::vector<LimitOnRecord> limits_on_record = {};  ///< extensions and directions: shown beside the law's own limit, never in its place
    const Zone& main_zone() const;
};
/// `extension by HBDI until Fri 27 Nov 12:00 Berlin on record (entry 41)`, one a limit that was set beside the duty's own.
std::vector<std::string> limits_beside(const Duty& duty, const ReportContext& context);

/// `Berlin` of `Europe/Berlin`, `New York` of `America/New_York`, `UTC`.
std::string zone_city(std::string_view zone);
std::string_view weekday_short(Date day);
std::string_view month_short(int month);
/// `Sat 21 Nov 2026 02:10`; with `end_of_day`, a local 00:00 is printed as 24:00 of the day before.
std::string local_words(Instant at, const Zone& zone, bool end_of_day = false, bool with_year = true);
/// `2026-11-21T02:10+01:00`.
std::string iso_local(Instant at, const Zone& zone);
/// `Sat 21 Nov 2026`.
std::string date_words(Date day);
/// `2h30`, `-9h56`, `2d17h`, `12 min` for the LEFT column.
std::string left_words(std::int64_t seconds);
/// `in 2 h 30 min`, `3 d 4 h`.
std::string duration_words(std::int64_t seconds);
/// `400 to 900`, `at least 240`, `12`.
std::string range_words(std::optional<std::int64_t> low, std::optional<std::int64_t> high);

std::string_view owed_word(Verdict verdict);         ///< OWED, OPEN, NOT OWED
std::string modifier_words(const Modifier& modifier, const ReportContext& context);  ///< `DISPLACED by DORA`
std::string modifier_kind_word(const std::string& kind);  ///< DISPLACED, ON HOLD, FORBIDDEN, DELEGATED, CONFLICT
std::string_view done_word(Done done);               ///< nothing on record, drafted, ...
std::string timing_words(const Duty& duty);          ///< no clock; running; past the safe instant; ...
/// What a limit rests on that nobody has confirmed, or that is out of date; empty when there is nothing.
std::string what_may_move(const Alternative& alternative);
/// `whether anyone else is provider of The bank`.
std::string open_relation_words(const OpenRelation& list, const Assessment& assessment);
/// The standards in words that stand beside the dates of a deadline, each once: `without undue delay`; with `law` also on
/// which condition.
std::string standards_beside(const Deadline& deadline, const RuleBook* law);
/// That a limb which cannot be counted may end sooner or later, and why it cannot be; empty when there is none.
std::string what_is_not_counted(const Deadline& deadline);
std::string standing_words(const Duty& duty);
std::string_view act_word(Act act);                  ///< notify, assess, record, ...
const Obligation& obligation_of(const Duty& duty, const Assessment& assessment);
const Law* law_of(const Duty& duty, const Assessment& assessment);
/// The name people know the entity, recipient or fact by.
std::string entity_name(const std::string& id, const Assessment& assessment);
std::string recipient_names(const Duty& duty, std::size_t most = 3);
std::string question_of(const GroundFact& ground, const Assessment& assessment);
std::string fact_name(const GroundFact& ground, const Assessment& assessment);
/// What is no law: `by contract`, `house rule`; empty for duties of law.
std::string_view own_word(const Duty& duty);
/// What asks for it: `law`, `contract (own promise, not law)`, `house rule (own rule, not law)`.
std::string asked_by_words(const Duty& duty);
/// The fields of law that the duty belongs to, else `contracts` or `house_rules`: by them its owner is found.
std::vector<std::string> owner_fields_of(const Duty& duty, const Assessment& assessment);
/// Who answers for the notice, from the group profile; empty where nobody is named.
FieldOwner owner_of(const Duty& duty, const Assessment& assessment);
/// Whether its first door is a portal or an interface of programs.
bool is_behind_log_in(const Recipient& recipient);
/// Whether the entity can log in where the duty is filed first: `yes`, `no` where that of some recipient is not on file,
/// `not needed` where no recipient is reached by a portal.
std::string_view log_in_word(const Duty& duty, const Assessment& assessment);
/// `T`, `C`, `S`, `U`, with `+` when counsel reviewed it; `O` for what is no law.
std::string grade_word(const Duty& duty);
/// "On the facts recorded up to ... A working aid, not legal advice; people decide."
std::string basis_sentence(const ReportContext& context);
/// Program, rule language, law edition, calendars, tzdata, facts version, as-of: one entry a line.
std::vector<std::pair<std::string, std::string>> provenance(const ReportContext& context);

}  // namespace duenotice
