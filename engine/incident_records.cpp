#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/incident_draft.h"
#include "engine/incident_draft_frames.h"
#include "rules/number.h"

namespace duenotice {

namespace {

bool is_token(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; });
}

template <class Words>
std::string one_word(JsonObject& object, std::string_view member, const Words& words, Diagnostics& diagnostics) {
    const JsonValue* value = object.take(member, JsonValue::Kind::String);
    if (value == nullptr) return {};
    if (std::find(words.begin(), words.end(), value->text) == words.end())
        diagnostics.error("DN0531", value->span, fmt::format("`{}` has no word `{}`", member, value->text), fmt::format("one of: {}", fmt::join(words, ", "))).suggestion = nearest(value->text, words);
    return value->text;
}

class FilingReader {
public:
    explicit FilingReader(IncidentDraft& draft) : draft_(draft), diagnostics_(draft.diagnostics) {}

    void read(const JsonValue& item) {
        JsonObject object(item, "a filing", diagnostics_);
        if (!object.usable()) return;
        Filing filing;
        filing.span = item.span;
        filing.id = object.required_id("id");
        obligation(object, filing);
        if (const JsonValue* entity = object.required("entity", JsonValue::Kind::String)) {
            filing.entity = entity->text;
            draft_.find(*entity, draft_.incident.entities, "entity");
        }
        filing.recipient = object.required_text("recipient");
        filing.stage = object.text("stage");
        filing.channel = object.text("channel");
        filing.reference = object.text("reference");
        instants(object, filing);
        filing.supersedes = object.text("supersedes");
        for (const JsonValue* fact : object.strings("unknown")) {
            if (draft_.law.vocabulary.find(fact->text) == nullptr)
                diagnostics_.error("DN0518", fact->span, fmt::format("there is no fact `{}`", fact->text)).suggestion = draft_.law.vocabulary.suggest(fact->text);
            filing.unknown.push_back(fact->text);
        }
        if (const JsonValue* covers = object.take("covers")) read_covers(*covers, filing);
        if (const JsonValue* heads = object.take("heads", JsonValue::Kind::Number)) {
            filing.heads = parse_whole(heads->text);
            if (!filing.heads) diagnostics_.error("DN0521", heads->span, fmt::format("`heads` is a whole number, not `{}`", heads->text));
        }
        object.finish();
        auto& filings = draft_.incident.filings;
        if (!filing.id.empty() && std::any_of(filings.begin(), filings.end(), [&](const Filing& other) { return other.id == filing.id; }))
            diagnostics_.error("DN0516", item.find("id")->span, fmt::format("there are two filings with the id `{}`", filing.id));
        filings.push_back(std::move(filing));
    }

    /// Filings may supersede one that stands later in the file.
    void check_superseded(const JsonValue& list) const {
        const auto& filings = draft_.incident.filings;
        for (const JsonValue& item : list.items) {
            const JsonValue* other = item.is_object() ? item.find("supersedes") : nullptr;
            if (other == nullptr || !other->is_string()) continue;
            draft_.find(*other, filings, "filing");
        }
    }

private:
    void obligation(JsonObject& object, Filing& filing) {
        const JsonValue* value = object.required("obligation", JsonValue::Kind::String);
        if (value == nullptr) return;
        filing.obligation = value->text;
        if (draft_.law.find_obligation(value->text) != nullptr) return;
        std::vector<std::string_view> ids;
        for (const Obligation& obligation : draft_.law.obligations) {
            if (std::find(obligation.was.begin(), obligation.was.end(), value->text) != obligation.was.end()) {
                filing.obligation = obligation.id;
                return;
            }
            ids.push_back(obligation.id);
        }
        diagnostics_.error("DN0535", value->span, fmt::format("there is no obligation `{}`", value->text)).suggestion = nearest(value->text, ids);
    }

    void instants(JsonObject& object, Filing& filing) {
        filing.submitted_at = draft_.past_instant(object, "submitted_at");
        filing.accepted_at = draft_.past_instant(object, "accepted_at");
        filing.dispatched_at = draft_.past_instant(object, "dispatched_at");
        filing.received_at = draft_.past_instant(object, "received_at");
        filing.published_at = draft_.past_instant(object, "published_at");
        filing.withdrawn_at = draft_.past_instant(object, "withdrawn_at");
        if (const JsonValue* planned = object.take("planned_at")) filing.planned_at = read_instant(*planned, draft_.context({}));
        constexpr std::array<std::string_view, 6> acts = {"submitted_at", "accepted_at", "dispatched_at", "received_at", "published_at", "planned_at"};
        if (std::none_of(acts.begin(), acts.end(), [&](std::string_view act) { return object.take(act) != nullptr; }))
            diagnostics_.error("DN0530", object.span(), "this filing does not say what was done when", "give `submitted_at`, `dispatched_at`, `received_at`, `published_at`, or `planned_at`");
    }

    void read_covers(const JsonValue& value, Filing& filing) {
        JsonObject object(value, "`covers` of a filing", diagnostics_);
        if (!object.usable()) return;
        const auto id = [&](std::string_view name, const auto& list, std::string& to) {
            const JsonValue* given = object.take(name, JsonValue::Kind::String);
            if (given == nullptr) return;
            to = given->text;
            draft_.find(*given, list, name);
        };
        id("population", draft_.incident.populations, filing.population);
        id("contract", draft_.incident.contracts, filing.contract);
        id("event", draft_.incident.events, filing.event);
        id("series", draft_.incident.series, filing.series);
        if (const JsonValue* place = object.take("place", JsonValue::Kind::String)) {
            filing.place = read_place(*place, draft_.law, diagnostics_).value_or(place->text);
        }
        object.finish();
    }

    IncidentDraft& draft_;
    Diagnostics& diagnostics_;
};

/// `1.1723` as a fraction; at most nine decimals.
bool read_ratio(std::string_view text, Rate& rate) {
    const std::size_t dot = text.find('.');
    const std::string_view decimals = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (decimals.size() > 9 || (dot != std::string_view::npos && decimals.empty())) return false;
    const auto whole = parse_whole(text.substr(0, dot));
    if (!whole || *whole > 1'000'000'000) return false;
    rate.numerator = *whole;
    rate.denominator = 1;
    for (const char c : decimals) {
        if (c < '0' || c > '9') return false;
        rate.numerator = rate.numerator * 10 + (c - '0');
        rate.denominator *= 10;
    }
    return rate.numerator > 0;
}

void read_rate(const JsonValue& item, IncidentDraft& draft) {
    JsonObject object(item, "a rate", draft.diagnostics);
    if (!object.usable()) return;
    Rate rate;
    for (const bool first : {true, false}) {
        const JsonValue* currency = object.required(first ? "from" : "to", JsonValue::Kind::String);
        if (currency == nullptr) continue;
        (first ? rate.from : rate.to) = currency->text;
        if (!currency_decimals(currency->text)) draft.diagnostics.error("DN0521", currency->span, fmt::format("`{}` is not a currency of ISO 4217", currency->text));
    }
    const JsonValue* ratio = object.required("rate", JsonValue::Kind::String);
    if (ratio != nullptr && !read_ratio(ratio->text, rate))
        draft.diagnostics.error("DN0521", ratio->span, fmt::format("`{}` is not a rate", ratio->text), "digits with at most nine decimals: \"1.1723\"");
    if (const JsonValue* date = object.required("date", JsonValue::Kind::String))
        if (const auto day = read_date(*date, draft.diagnostics)) rate.date = *day;
    rate.source = object.required_text("source");
    object.finish();
    draft.incident.rates.push_back(std::move(rate));
}

/// An instant, a day, or the bounds `{"from", "until"}` between which it lies, the second not included.
void hold_moments(const JsonValue& value, IncidentDraft& draft, std::optional<Instant>& earliest, std::optional<Instant>& latest) {
    const auto take = [&](const JsonValue& part) { return read_moments(part, draft.context({})); };
    std::optional<Moments> moments;
    if (value.is_object()) {
        JsonObject object(value, "when a hold begins or ends", draft.diagnostics);
        const JsonValue* from = object.required("from", JsonValue::Kind::String);
        const JsonValue* until = object.required("until", JsonValue::Kind::String);
        object.finish();
        const auto first = from != nullptr ? take(*from) : std::nullopt, last = until != nullptr ? take(*until) : std::nullopt;
        if (!first || !last) return;
        moments = Moments{first->low, last->low - 1};
        if (moments->high < moments->low) draft.diagnostics.error("DN0522", until->span, fmt::format("`until` {} is not after `from` {}", until->text, from->text));
    } else {
        moments = take(value);
    }
    if (!moments || moments->high < moments->low) return;
    earliest = Instant{moments->low};
    if (moments->high != moments->low) latest = Instant{moments->high};
}

void read_hold(const JsonValue& item, IncidentDraft& draft) {
    constexpr std::array<std::string_view, 2> forms = {"oral", "written"};
    constexpr std::array<std::string_view, 5> effects = {"suspends", "extends", "forbids", "orders", "releases"};
    JsonObject object(item, "a hold", draft.diagnostics);
    if (!object.usable()) return;
    Hold hold;
    hold.span = item.span;
    hold.id = object.take("id") == nullptr ? fmt::format("hold-{}", draft.incident.holds.size() + 1) : object.required_id("id");
    const JsonValue* kind = object.required("kind", JsonValue::Kind::String);
    if (kind != nullptr && !is_token(kind->text)) draft.diagnostics.error("DN0531", kind->span, fmt::format("`{}` is not a kind of hold", kind->text), "a word in lower case, for example police_request");
    if (kind != nullptr) hold.kind = kind->text;
    hold.by = object.text("by");
    hold.form = one_word(object, "form", forms, draft.diagnostics);
    hold.effect = one_word(object, "effect", effects, draft.diagnostics);
    constexpr std::array<std::string_view, 2> answers = {"yes", "no"};
    hold.confirmed = one_word(object, "confirmed", answers, draft.diagnostics) != "no";
    if (const JsonValue* from = object.take("from")) {
        hold_moments(*from, draft, hold.from, hold.from_latest);
        if (hold.from_latest && draft.as_of) hold.from_latest = std::max(*hold.from, std::min(*hold.from_latest, *draft.as_of));  // what is on record has begun
        if (hold.from && draft.as_of && *hold.from > *draft.as_of && !draft.known_at_given)
            draft.diagnostics.error("DN0525", from->span, "`from` is after the instant as of which the account is read", "give --known-at to look at an account that was learned later");
    }
    if (const JsonValue* until = object.take("until")) {
        hold_moments(*until, draft, hold.until, hold.until_latest);
        if (hold.from && hold.until && hold.until_latest.value_or(*hold.until) <= *hold.from)
            draft.diagnostics.error("DN0522", until->span, until->is_string() ? fmt::format("`until` {} is not after `from`", until->text) : "`until` is not after `from`");
    }
    hold.learned_at = draft.past_instant(object, "learned_at");
    if (const JsonValue* covers = object.take("covers")) {
        JsonObject scope(*covers, "`covers` of a hold", draft.diagnostics);
        for (const JsonValue* act : scope.strings("acts")) hold.acts.push_back(act->text);
        for (const JsonValue* recipient : scope.strings("recipients")) hold.recipients.push_back(recipient->text);
        scope.finish();
    }
    object.finish();
    if (std::any_of(draft.incident.holds.begin(), draft.incident.holds.end(), [&](const Hold& other) { return other.id == hold.id && !hold.id.empty(); }))
        draft.diagnostics.error("DN0516", item.span, fmt::format("there are two holds with the id `{}`", hold.id));
    draft.incident.holds.push_back(std::move(hold));
}

template <class Read>
void each(const JsonValue& root, std::string_view name, Read read) {
    const JsonValue* list = root.find(name);
    if (list == nullptr || !list->is_array()) return;
    for (const JsonValue& item : list->items) read(item);
}

}  // namespace

void read_filings(const JsonValue& root, IncidentDraft& draft) {
    FilingReader reader(draft);
    each(root, "filings", [&](const JsonValue& item) { reader.read(item); });
    if (const JsonValue* list = root.find("filings")) reader.check_superseded(*list);
}

void read_holds(const JsonValue& root, IncidentDraft& draft) {
    each(root, "holds", [&](const JsonValue& item) { read_hold(item, draft); });
}

void read_rates(const JsonValue& root, IncidentDraft& draft) {
    each(root, "rates", [&](const JsonValue& item) { read_rate(item, draft); });
}

}  // namespace duenotice
