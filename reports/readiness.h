#pragma once
// What is missing before any incident: the duties that could ever fall on each entity of a group, given its standing facts
// alone, hence who would have to be told, and for each of them what is prepared and what is not. Sorted by how soon the
// limit would bite. Nothing is judged here: an assessment with the profile and nothing else says what could be owed.

#include <string>
#include <vector>

#include "reports/wording.h"

namespace duenotice {

/// How soon a limit bites: the order of the list.
enum class Bite : std::uint8_t { Hours, NoNumber, Days, NoLimit };
std::string_view name(Bite bite);  ///< hours, no_number, days, no_limit

/// A duty that could fall due to one recipient.
struct PossibleDuty {
    const Duty* duty = nullptr;
    const Assessment* of = nullptr;  ///< the assessment that it stands in
    std::string limit;               ///< the shortest: `72 hours`, `without undue delay`
    Bite bite = Bite::NoLimit;
    std::int64_t seconds = 0;        ///< about so long, to sort by
    std::optional<Date> from;        ///< not in force yet on the day of as-of
};

/// Something that is not prepared.
struct Gap {
    std::string kind;   ///< channel, authority, log_in, deputy, log_in_test, out_of_hours, fallback, contact, check, source_age, language
    std::string words;  ///< for people
};

/// One entity and one recipient.
struct ReadyRow {
    std::int32_t entity = -1;
    std::string recipient, title, brief;  ///< id; in full; in short
    const Authority* authority = nullptr;
    const Contact* contact = nullptr;
    std::vector<Door> doors;              ///< in order, those that are open on the day of as-of
    bool behind_log_in = false;
    std::vector<PossibleDuty> duties;     ///< the most urgent first
    FieldOwner owner;                     ///< of the most urgent
    std::vector<Gap> missing;
    std::vector<std::string> beware;      ///< what is as it is: filings become public, a form that cannot be saved
    const PossibleDuty& first() const { return duties.front(); }
};

/// Who is to be told cannot be said from the profile.
struct OpenRecipient {
    std::int32_t entity = -1;
    std::string what;                  ///< `competent authority: place not known yet`
    std::string depends_on;            ///< facts of the profile, in words; may be empty
    std::vector<PossibleDuty> duties;
};

/// A field of law in which nobody, or nobody's deputy, answers for the notices of an entity.
struct OwnerGap {
    std::int32_t entity = -1;
    std::string field, words;
};

struct Readiness {
    const Assessment* now = nullptr;
    std::optional<Date> until;         ///< law that comes into force by then counts too
    std::vector<ReadyRow> rows;
    std::vector<OpenRecipient> open;
    std::vector<OwnerGap> owners;
    std::size_t ready() const;         ///< rows in which nothing is missing
    std::size_t lacking_in_hours() const;
};

struct ReadinessLimits {
    int test_months = 6;     ///< a log-in test that is older is asked for again
    int most_age_days = 180; ///< so are a check of a contact and a reading of an authority's page
};

/// `later` is the same group at the end of the horizon; null: there is none.
Readiness readiness(const Assessment& now, const Assessment* later, const ReadinessLimits& limits);

std::string readiness_text(const Readiness& ready, const ReportContext& context, bool unfold);
std::string readiness_plain(const Readiness& ready);
std::string readiness_json(const Readiness& ready, const ReportContext& context);
std::string readiness_html(const Readiness& ready, const ReportContext& context);

// For the writers.
std::string entity_brief(const ReadyRow& row, const Readiness& ready);
/// `portal https://... (de, en), open day and night`.
std::string door_words(const Door& door, bool with_address);
/// `Tell the authority [MAS] from 1 Jan 2027`.
std::string possible_duty_words(const PossibleDuty& possible);
/// `no deputy; no way out of hours`; `nothing` where nothing is.
std::string missing_words(const ReadyRow& row);
/// `counsel, deputy head of compliance`; `nobody named`.
std::string owner_words(const FieldOwner& owner);
/// `held by ..., deputy ..., tested 30 Sep 2026`; `not needed`; `not on file`; `no portal`.
std::string log_in_words(const ReadyRow& row);
/// Laws that bind at places which the profile does not name, omissions, contracts: what this list does not look at.
std::vector<std::string> not_looked_at(const Readiness& ready);

}  // namespace duenotice
