#include "reports/readiness.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "rules/expression_parser.h"

namespace duenotice {

namespace {

/// About how long, to sort by: a working day is a day, a month its shortest.
std::int64_t about_seconds(const Period& period) {
    switch (period.unit) {
        case Period::Unit::Minutes: return period.amount * 60;
        case Period::Unit::Hours: return period.amount * hour_seconds;
        case Period::Unit::Days:
        case Period::Unit::WorkingDays: return period.amount * day_seconds;
        case Period::Unit::Weeks: return period.amount * 7 * day_seconds;
        case Period::Unit::Months: return period.amount * 28 * day_seconds;
        case Period::Unit::Years: return period.amount * 365 * day_seconds;
        case Period::Unit::YearsMonthsDays: break;
    }
    return (period.amount * 365 + period.months * 28 + period.days) * day_seconds;
}

const Limb* find_limb(const ClockNode& node, const std::string& id) {
    if (node.kind == ClockNode::Kind::Limb) return node.limb->id == id ? &*node.limb : nullptr;
    for (const ClockNode& child : node.children)
        if (const Limb* found = find_limb(child, id)) return found;
    return nullptr;
}

const Limb* limb_of(const Alternative& alternative, const Obligation& obligation) {
    for (const Version& version : obligation.versions)
        if (const Limb* limb = version.clock ? find_limb(version.clock->root, alternative.limb) : nullptr) return limb;
    return nullptr;
}

auto urgency(const PossibleDuty& possible) { return std::tuple(static_cast<int>(possible.bite), possible.seconds); }

std::optional<PossibleDuty> tightest(const Duty& duty, const Assessment& assessment, Date first, Date last);

/// The limit of another duty of the entity, by which this one runs too.
std::optional<PossibleDuty> borrowed(const Limb& limb, const Duty& duty, const Assessment& assessment, Date first, Date last) {
    std::optional<PossibleDuty> best;
    for (const Duty& other : assessment.duties) {
        if (other.frame.entity != duty.frame.entity || obligation_of(other, assessment).id != std::string_view(limb.of) || obligation_of(duty, assessment).id == std::string_view(limb.of)) continue;
        auto possible = tightest(other, assessment, first, last);
        if (possible && (!best || urgency(*possible) < urgency(*best))) best = std::move(possible);
    }
    return best;
}

/// One way in which the limit of a duty may run.
PossibleDuty of_alternative(const Alternative& alternative, const Duty& duty, const Assessment& assessment, Date first, Date last) {
    PossibleDuty possible{&duty, &assessment, {}, Bite::Days, 0, {}};
    if (const auto period = parse_period(alternative.amount); period && !period->is_backward()) {
        possible.limit = alternative.amount;
        possible.seconds = about_seconds(*period);
        if (period->elapsed_seconds() > 0) possible.bite = Bite::Hours;
    } else if (alternative.without_number) {
        possible.limit = alternative.words.empty() ? "no number" : in_plain_words(alternative.words, *assessment.law);
        possible.bite = Bite::NoNumber;
    } else {
        const Limb* limb = limb_of(alternative, obligation_of(duty, assessment));
        const bool annual = limb != nullptr && limb->kind == Limb::Kind::Annual && alternative.amount.empty();
        const auto other = limb != nullptr && limb->kind == Limb::Kind::LimitOf ? borrowed(*limb, duty, assessment, first, last) : std::nullopt;
        if (limb != nullptr && (limb->kind == Limb::Kind::With || limb->kind == Limb::Kind::Before)) {
            possible.bite = Bite::NoNumber;  // as soon as another notice
        } else if (other) {
            possible.bite = other->bite;
            possible.seconds = other->seconds;
        } else {
            possible.seconds = annual ? 365 * day_seconds : INT64_MAX - 1;
        }
        possible.limit = !alternative.amount.empty() ? alternative.amount : annual ? "once a year" : !alternative.words.empty() ? in_plain_words(alternative.words, *assessment.law)
                         : !alternative.start.empty() ? "at: " + in_plain_words(alternative.start, *assessment.law) : "not known";
        if (other) possible.limit += (possible.limit.empty() ? "" : ": ") + other->limit;
    }
    if (const auto from = Date::parse(alternative.version_from)) possible.from = from;
    return possible;
}

/// The tightest limit of a duty under the texts that are in force on some day up to the last one.
std::optional<PossibleDuty> tightest(const Duty& duty, const Assessment& assessment, Date first, Date last) {
    std::optional<PossibleDuty> best;
    bool clock = false;
    for (const auto* list : {&duty.deadline.alternatives, &duty.deadline.other_limbs})
        for (const Alternative& alternative : *list) {
            clock = true;
            const auto until = Date::parse(alternative.until), from = Date::parse(alternative.version_from);
            if ((until && *until <= first) || (from && *from > last)) continue;
            PossibleDuty possible = of_alternative(alternative, duty, assessment, first, last);
            if (!best || urgency(possible) < urgency(*best)) best = std::move(possible);
        }
    if (clock) return best;
    const auto& versions = obligation_of(duty, assessment).versions;
    for (const Version& version : versions)
        if ((!version.until || *version.until > first) && (!version.from || *version.from <= last)) return PossibleDuty{&duty, &assessment, "no limit of its own", Bite::NoLimit, 0, version.from};
    return best;
}

/// A portal or an interface opens with a log-in.
bool is_log_in_door(const Channel& door) { return door.kind == "portal" || door.kind == "api"; }

/// Whether a day with so many months on it lies before another.
bool months_passed(Date from, int months, Date today) {
    const auto key = [](YearMonthDay day, int more) { return std::pair(day.year * 12 + day.month + more, day.day); };
    return key(from.ymd(), months) < key(today.ymd(), 0);
}

/// What is not prepared for one recipient.
class Gaps {
public:
    Gaps(ReadyRow& row, const EntityFrame& entity, const ReadinessLimits& limits, Date today) : row_(row), entity_(entity), limits_(limits), today_(today) {}

    void find() {
        doors();
        if (!row_.doors.empty() && (row_.authority != nullptr || row_.first().duty->frame.contract >= 0)) log_in();
        if (row_.authority != nullptr && !row_.doors.empty()) language();
        if (row_.first().bite == Bite::Hours && !out_of_hours()) miss("out_of_hours", "no way out of hours, and the limit is in hours");
        ages();
        beware();
    }

private:
    static std::string because(const std::string& reason) { return reason.empty() ? std::string() : " (" + reason + ")"; }
    void miss(const char* kind, std::string words) { row_.missing.push_back({kind, std::move(words)}); }
    bool has(const std::string Contact::*member) const { return row_.contact != nullptr && !(row_.contact->*member).empty(); }

    /// Whether it is on file how to come to a door: its address, or a log-in that is held. A kind of door alone reaches nobody.
    bool reachable(const Door& door) const { return !door.address.empty() || (is_log_in_door(door) && row_.contact != nullptr && row_.contact->holds_log_in()); }
    bool any_reachable() const {
        return std::any_of(row_.doors.begin(), row_.doors.end(), [this](const Door& door) { return reachable(door); });
    }
    /// Doors that may be used whatever is still open.
    std::int64_t sure_doors() const {
        return std::count_if(row_.doors.begin(), row_.doors.end(), [this](const Door& door) { return !door.open && reachable(door); });
    }

    void doors() {
        const bool reach = has(&Contact::reach);
        if (row_.authority == nullptr && row_.recipient.find('@') != std::string::npos && row_.title.rfind("no authority", 0) == 0) miss("authority", "no authority on file for this place");
        else if (row_.authority == nullptr && !any_reachable() && !reach) miss("contact", "no contact on file");
        else if (row_.authority != nullptr && row_.doors.empty() && !reach) miss("channel", "no door on file" + because(row_.authority->no_channel));
        else if (row_.authority != nullptr && !any_reachable() && !reach) miss("contact", "no number or address on file");
        else if (row_.authority != nullptr && sure_doors() + (reach ? 1 : 0) < 2 && !has(&Contact::fallback)) miss("fallback", "no fallback" + because(row_.authority->no_fallback));
    }

    void log_in() {
        const Contact* contact = row_.contact;
        if (!row_.behind_log_in || (contact != nullptr && contact->log_in == "not_needed")) return;
        if (contact == nullptr || !contact->holds_log_in()) return miss("log_in", contact != nullptr && contact->log_in == "missing" ? "log-in missing" : "no log-in on file");
        if (contact->deputy.empty()) miss("deputy", "nobody else can log in");
        else if (contact->deputy == contact->account_holder) miss("deputy", "the deputy is the account holder");
        if (!contact->last_login_test) miss("log_in_test", "log-in never tested");
        else if (*contact->last_login_test > today_) miss("log_in_test", "log-in test dated " + date_words(*contact->last_login_test) + ", which is to come");
        else if (months_passed(*contact->last_login_test, limits_.test_months, today_)) miss("log_in_test", "log-in last tested " + date_words(*contact->last_login_test));
    }

    void language() {
        std::set<std::string> read;
        for (const Door& door : row_.doors)
            for (std::size_t at = 0; at < door.language.size();) {
                const std::size_t end = std::min(door.language.find_first_of(" ,", at), door.language.size());
                if (end > at) read.insert(door.language.substr(at, end - at));
                at = end + 1;
            }
        if (read.empty() || entity_.languages.empty()) return;
        if (std::any_of(entity_.languages.begin(), entity_.languages.end(), [&](const std::string& word) { return read.count(word) != 0; })) return;
        miss("language", fmt::format("it reads {}; {} writes {}", fmt::join(read, ", "), entity_.short_name.empty() ? entity_.id : entity_.short_name, fmt::join(entity_.languages, ", ")));
    }

    bool out_of_hours() const {
        return has(&Contact::out_of_hours) ||
               std::any_of(row_.doors.begin(), row_.doors.end(), [this](const Door& door) { return door.out_of_hours && !door.open && (reachable(door) || has(&Contact::reach)); });
    }

    void ages() {
        const auto old = [&](Date day) { return days_between(day, today_) > limits_.most_age_days; };
        if (row_.contact != nullptr) {
            if (!row_.contact->checked) miss("check", "contact never checked");
            else if (old(*row_.contact->checked)) miss("check", "contact last checked " + date_words(*row_.contact->checked));
        }
        if (row_.authority != nullptr && row_.authority->checked && old(*row_.authority->checked)) miss("source_age", "its page was last read " + date_words(*row_.authority->checked));
    }

    void beware() {
        if (row_.authority != nullptr && row_.authority->publishes) row_.beware.push_back("what is filed becomes public" + (row_.authority->publishes_note.empty() ? "" : ": " + row_.authority->publishes_note));
        if (row_.contact != nullptr && row_.contact->form == "cannot_be_saved") row_.beware.push_back("a form that is begun cannot be saved: keep the text outside it");
        for (const Door& door : row_.doors)
            if (door.until) row_.beware.push_back(door.kind + " closes on " + date_words(*door.until));
    }

    ReadyRow& row_;
    const EntityFrame& entity_;
    const ReadinessLimits& limits_;
    Date today_;
};

class Maker {
public:
    Maker(const Assessment& now, const Assessment* later, const ReadinessLimits& limits)
        : now_(now), limits_(limits), today_(Date::from_days(static_cast<std::int32_t>(now.moment.as_of.seconds / 86400))) {
        ready_.now = &now;
        if (later != nullptr) ready_.until = Date::from_days(static_cast<std::int32_t>(later->moment.as_of.seconds / 86400));
        collect(now, today_, today_, false);
        if (later != nullptr) collect(*later, today_, *ready_.until, true);
    }

    Readiness make() {
        for (auto& [key, row] : rows_) {
            sort(row.duties);
            row.owner = owner_of(*row.first().duty, *row.first().of);
            Gaps(row, incident().entities[static_cast<std::size_t>(row.entity)], limits_, today_).find();
            ready_.rows.push_back(std::move(row));
        }
        std::sort(ready_.rows.begin(), ready_.rows.end(), [](const ReadyRow& a, const ReadyRow& b) {
            const auto key = [](const ReadyRow& row) { return std::tuple(urgency(row.first()), row.entity, row.title, row.recipient); };
            return key(a) < key(b);
        });
        for (auto& [key, open] : open_) {
            sort(open.duties);
            ready_.open.push_back(std::move(open));
        }
        std::stable_sort(ready_.open.begin(), ready_.open.end(), [](const OpenRecipient& a, const OpenRecipient& b) { return urgency(a.duties.front()) < urgency(b.duties.front()); });
        owners();
        return std::move(ready_);
    }

private:
    const Incident& incident() const { return *now_.incident; }

    void collect(const Assessment& assessment, Date first, Date last, bool to_come) {
        for (const Duty& duty : assessment.duties) {
            const Modality modality = obligation_of(duty, assessment).modality;
            if (duty.verdict == Verdict::NotOwed || (modality != Modality::Must && modality != Modality::Should)) continue;
            auto possible = tightest(duty, assessment, first, last);
            if (!possible) continue;
            if (!possible->from || *possible->from <= today_) possible->from.reset();
            for (const Recipient& recipient : duty.recipients) {
                if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on) continue;
                if (!seen_.insert({duty.id, recipient.id, possible->limit}).second) continue;
                if (to_come && !possible->from) possible->from = begins(duty, assessment);
                place(recipient, *possible);
            }
        }
    }

    /// The first version that comes into force after today.
    std::optional<Date> begins(const Duty& duty, const Assessment& assessment) const {
        std::optional<Date> first;
        for (const Version& version : obligation_of(duty, assessment).versions)
            if (version.from && *version.from > today_ && (!first || *version.from < *first)) first = version.from;
        return first;
    }

    void place(const Recipient& recipient, const PossibleDuty& possible) {
        const std::int32_t entity = possible.duty->frame.entity;
        if (recipient.id.ends_with("@open")) {
            OpenRecipient& open = open_[{entity, recipient.id}];
            open.entity = entity;
            open.what = recipient.title;
            if (open.depends_on.empty()) open.depends_on = asked_of(recipient, possible);
            open.duties.push_back(possible);
            return;
        }
        const std::int32_t contract = recipient.who == "party" ? possible.duty->frame.contract : -1;
        const std::string id = contract >= 0 ? incident().contracts[static_cast<std::size_t>(contract)].id : recipient.id;
        ReadyRow& row = rows_[{entity, id}];
        row.duties.push_back(possible);
        if (row.entity >= 0) return;
        row.entity = entity;
        row.recipient = id;
        row.title = recipient.title.empty() ? recipient.id : recipient.title;
        row.brief = recipient_brief(recipient, *possible.of);
        row.authority = now_.law->find_authority(recipient.id);
        row.contact = incident().contact(possible.duty->entity, id);
        row.doors = recipient.channels;
        if (contract >= 0) of_contract(row, incident().contracts[static_cast<std::size_t>(contract)]);
        row.behind_log_in = !row.doors.empty() && is_log_in_door(row.doors.front());
    }

    /// A contract names its own door.
    static void of_contract(ReadyRow& row, const ContractFrame& contract) {
        if (contract.channel.empty() && contract.contact.empty()) return;
        Door door;
        door.kind = contract.channel.empty() ? "contact" : contract.channel;
        door.address = contract.contact;
        row.doors.insert(row.doors.begin(), std::move(door));
    }

    /// The facts by which the law finds the authority, in words.
    static std::string asked_of(const Recipient& recipient, const PossibleDuty& possible) {
        for (const Version& version : obligation_of(*possible.duty, *possible.of).versions)
            for (const RecipientLimb& limb : version.recipients.limbs)
                if (limb.at && limb.competence + "@open" == recipient.id) return in_plain_words(print(*limb.at), *possible.of->law);
        return {};
    }

    static void sort(std::vector<PossibleDuty>& duties) {
        std::sort(duties.begin(), duties.end(), [](const PossibleDuty& a, const PossibleDuty& b) { return std::tuple(urgency(a), a.from.value_or(Date()), a.duty->id) < std::tuple(urgency(b), b.from.value_or(Date()), b.duty->id); });
    }

    void owners() {
        std::set<std::pair<std::int32_t, std::string>> fields;
        const auto take = [&](const std::vector<PossibleDuty>& duties) {
            for (const PossibleDuty& possible : duties)
                for (const std::string& field : owner_fields_of(*possible.duty, *possible.of)) fields.insert({possible.duty->frame.entity, field});
        };
        for (const ReadyRow& row : ready_.rows) take(row.duties);
        for (const OpenRecipient& open : ready_.open) take(open.duties);
        for (const auto& [entity, field] : fields) {
            const FieldOwner owner = incident().owner_of(entity, {field});
            const char* words = owner.owner.empty() ? "nobody answers for it" : owner.deputy.empty() ? "no deputy" : owner.deputy == owner.owner ? "the deputy is the owner" : nullptr;
            if (words != nullptr) ready_.owners.push_back({entity, field, words});
        }
    }

    const Assessment& now_;
    const ReadinessLimits& limits_;
    Date today_;
    Readiness ready_;
    std::map<std::pair<std::int32_t, std::string>, ReadyRow> rows_;
    std::map<std::pair<std::int32_t, std::string>, OpenRecipient> open_;
    std::set<std::tuple<std::string, std::string, std::string>> seen_;  ///< duty, recipient, limit
};

}  // namespace

std::string_view name(Bite bite) {
    constexpr std::string_view names[] = {"hours", "no_number", "days", "no_limit"};
    return names[static_cast<std::size_t>(bite)];
}

std::size_t Readiness::ready() const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const ReadyRow& row) { return row.missing.empty(); }));
}

std::size_t Readiness::lacking_in_hours() const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const ReadyRow& row) { return !row.missing.empty() && row.first().bite == Bite::Hours; }));
}

Readiness readiness(const Assessment& now, const Assessment* later, const ReadinessLimits& limits) { return Maker(now, later, limits).make(); }

std::string entity_brief(const ReadyRow& row, const Readiness& ready) { return short_entity(ready.now->incident->entities[static_cast<std::size_t>(row.entity)].id, *ready.now); }

std::string door_words(const Door& door, bool with_address) {
    std::string text = door.kind + (with_address && !door.address.empty() ? " " + door.address : "");
    std::string languages = door.language;
    for (std::size_t at = languages.find(' '); at != std::string::npos; at = languages.find(' ', at + 2)) languages.replace(at, 1, ", ");
    if (!languages.empty()) text += " (" + languages + ")";
    return text + (door.out_of_hours ? ", open day and night" : door.hours.empty() ? "" : ", " + door.hours) + (door.open ? ", open whether it may be used" : "");
}

std::string possible_duty_words(const PossibleDuty& possible) {
    const auto own = own_word(*possible.duty);
    return obligation_of(*possible.duty, *possible.of).title + " [" + (own.empty() ? law_brief(*possible.duty, *possible.of) : std::string(own) + ", not law") + "]" + (possible.from ? ", from " + date_words(*possible.from) : "");
}

std::string missing_words(const ReadyRow& row) {
    std::string text;
    for (const Gap& gap : row.missing) text += (text.empty() ? "" : "; ") + gap.words;
    return text.empty() ? "nothing" : text;
}

std::string owner_words(const FieldOwner& owner) {
    if (owner.owner.empty()) return "nobody named";
    return owner.owner + (owner.deputy.empty() ? ", no deputy" : ", deputy " + owner.deputy);
}

std::string log_in_words(const ReadyRow& row) {
    const Contact* contact = row.contact;
    if (contact != nullptr && contact->log_in == "not_needed") return "not needed";
    if (contact == nullptr || !contact->holds_log_in()) return std::any_of(row.doors.begin(), row.doors.end(), is_log_in_door) ? "not on file" : "no portal";
    return "held" + (contact->account_holder.empty() ? "" : " by " + contact->account_holder) + (contact->deputy.empty() ? "" : ", deputy " + contact->deputy) + (contact->last_login_test ? ", tested " + date_words(*contact->last_login_test) : ", never tested");
}

std::vector<std::string> not_looked_at(const Readiness& ready) {
    const Assessment& now = *ready.now;
    std::vector<std::string> lines{"People are taken to live wherever the profile names a place, for each entity, until its `places` say otherwise."};
    if (const std::string laws = laws_of_open_places(now, true); !laws.empty()) lines.push_back("Laws of places that the profile does not name (people may live there too): " + laws + ".");
    if (const std::string omissions = omissions_by_place(now); !omissions.empty()) lines.push_back("Known omissions of the law on file: " + omissions + ".");
    if (const std::string places = places_without_law(now); !places.empty()) lines.push_back(places + ": no law on file.");
    if (now.incident->contracts.empty()) lines.push_back("No contract is on file (contracts.csv beside the profile): promises to customers and insurers are not in this list.");
    return lines;
}

}  // namespace duenotice
