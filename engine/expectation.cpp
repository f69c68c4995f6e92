#include "engine/expectation.h"

#include <algorithm>
#include <functional>
#include <sstream>

namespace duenotice {

namespace {

std::string join(std::vector<std::string> words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string sorted_words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    std::sort(words.begin(), words.end());
    return join(std::move(words));
}

std::string sorted(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return join(std::move(words));
}

/// The zone in which the duty's days end.
const Zone* zone_of(const Duty& duty, const ZoneSet& zones) {
    for (const Alternative& alternative : duty.deadline.alternatives)
        if (!alternative.zone.empty()) return zones.find(alternative.zone);
    return nullptr;
}

class ExpectationComparer {
public:
    ExpectationComparer(const Duty& duty, const Assessment& assessment, const ZoneSet& zones)
        : duty_(duty), assessment_(assessment), zone_(zone_of(duty, zones)) {}

    std::vector<std::string> run(const Expectation& expectation) {
        for (const auto& [attribute, wanted] : expectation.values) compare(attribute, wanted);
        return std::move(found_);
    }

private:
    void differ(const std::string& attribute, const std::string& is, const std::string& wanted) {
        found_.push_back("`" + attribute + "` is " + (is.empty() ? "nothing" : is) + ", expected " + (wanted.empty() ? "nothing" : wanted));
    }
    void text(const std::string& attribute, const std::string& is, const std::string& wanted) {
        if (is != wanted) differ(attribute, is, wanted);
    }

    std::string local(std::optional<Instant> at) const {
        if (!at) return "none";
        if (zone_ == nullptr) return iso_utc(*at);
        const LocalTime time = zone_->local(*at);
        char text[40];
        const int offset = time.offset / 60;
        std::snprintf(text, sizeof text, "T%02d:%02d:%02d%c%02d:%02d", time.seconds / 3600, time.seconds / 60 % 60, time.seconds % 60,
                      offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
        return time.date.iso() + text;
    }

    /// A date is the end of that day in the duty's zone.
    void instant(const std::string& attribute, std::optional<Instant> is, const std::string& wanted) {
        if (wanted == "none") {
            if (is) differ(attribute, local(is), wanted);
            return;
        }
        std::optional<Instant> at = parse_instant(wanted);
        if (const auto day = Date::parse(wanted); day && zone_ != nullptr) at = zone_->start_of_day(day->plus_days(1)).instant;
        if (!at) {
            found_.push_back("`" + attribute + "` has no date or time that can be read: " + wanted);
        } else if (!is || *is != *at) {
            differ(attribute, local(is), local(at));
        }
    }

    static std::string verdict_word(Verdict verdict) {
        return verdict == Verdict::Owed ? "yes" : verdict == Verdict::NotOwed ? "no" : "open";
    }

    std::string facts(const std::vector<GroundFact>& grounds) const {
        std::vector<std::string> names;
        for (const GroundFact& ground : grounds) names.push_back(assessment_.law->vocabulary.at(ground.fact).name);
        return sorted(std::move(names));
    }

    std::string recipients() const {
        std::vector<std::string> ids;
        for (const Recipient& recipient : duty_.recipients) {
            if (recipient.freed || recipient.owed == Truth::No) continue;
            ids.push_back(recipient.id + (recipient.owed == Truth::Unknown ? "?" : "") + (recipient.copy ? "+copy" : "") +
                          (recipient.passed_on ? "+passed-on" : ""));
        }
        return sorted(std::move(ids));
    }

    std::string content(const std::function<bool(const ContentState&)>& wanted) const {
        std::vector<std::string> ids;
        for (const ContentState& state : duty_.content)
            if (state.applies != Truth::No && wanted(state)) ids.push_back(state.id);
        return sorted(std::move(ids));
    }

    std::string heads() const {
        if (!duty_.heads_low) return {};
        if (duty_.heads_high && *duty_.heads_high == *duty_.heads_low) return std::to_string(*duty_.heads_low);
        return std::to_string(*duty_.heads_low) + ".." + (duty_.heads_high ? std::to_string(*duty_.heads_high) : "");
    }

    std::optional<Instant> latest(bool maximum) const {
        std::optional<Instant> result;
        for (const Alternative& alternative : duty_.deadline.alternatives) {
            const auto& bounds = maximum ? alternative.maximum_bounds : alternative.safe_bounds;
            const std::optional<Instant> at = bounds ? std::optional<Instant>(bounds->latest) : maximum ? alternative.maximum : alternative.safe;
            if (at && (!result || *result < *at)) result = at;
        }
        return result;
    }

    std::optional<Instant> projected_safe() const {
        for (const Alternative& alternative : duty_.deadline.alternatives)
            if (alternative.projected && alternative.safe) return alternative.safe;
        return {};
    }

    void compare(const std::string& attribute, const std::string& wanted) {
        const Deadline& deadline = duty_.deadline;
        if (attribute == "owed") text(attribute, verdict_word(duty_.verdict), wanted);
        else if (attribute == "exact") text(attribute, duty_.exact ? "yes" : "no", wanted);
        else if (attribute == "safe") instant(attribute, deadline.safe, wanted);
        else if (attribute == "maximum") instant(attribute, deadline.maximum, wanted);
        else if (attribute == "safe-latest") instant(attribute, latest(false), wanted);
        else if (attribute == "maximum-latest") instant(attribute, latest(true), wanted);
        else if (attribute == "projected-safe") instant(attribute, projected_safe(), wanted);
        else if (attribute == "not-before") instant(attribute, deadline.not_before, wanted);
        else if (attribute == "lasts-until") instant(attribute, deadline.lasts_until, wanted);
        else if (attribute == "flips") instant(attribute, duty_.flips_at, wanted);
        else if (attribute == "since") instant(attribute, deadline.since, wanted);
        else if (attribute == "repeats") repeats(wanted);
        else if (attribute == "repeat-missed") instant(attribute, deadline.repeat_missed, wanted);
        else if (attribute == "limit") text(attribute, deadline.alternatives.empty() ? "none" : std::string(name(deadline.kind())), wanted);
        else if (attribute == "projected") text(attribute, projected_safe() ? "yes" : "no", wanted);
        else if (attribute == "standing") text(attribute, std::string(name(duty_.standing)), wanted);
        else if (attribute == "standing-by") text(attribute, duty_.standing_by, wanted);
        else if (attribute == "done") text(attribute, std::string(name(duty_.done)), wanted);
        else if (attribute == "timing") text(attribute, std::string(name(duty_.timing)), wanted);
        else if (attribute == "presumed") text(attribute, duty_.presumed ? "yes" : "no", wanted);
        else if (attribute == "recipients") text(attribute, recipients(), sorted_words(wanted));
        else if (attribute == "asks") text(attribute, facts(duty_.open_facts), sorted_words(wanted));
        else if (attribute == "heads") text(attribute, heads(), wanted);
        else if (attribute == "by") barred_by(wanted);
        else if (attribute == "limbs") limbs(wanted);
        else if (attribute == "modifiers") modifiers(wanted);
        else if (attribute == "readings") readings(wanted);
        else if (attribute == "at-once") text(attribute, !deadline.alternatives.empty() && deadline.alternatives.front().at_once ? "yes" : "no", wanted);
        else if (attribute == "extended") text(attribute, std::any_of(deadline.alternatives.begin(), deadline.alternatives.end(), [](const Alternative& a) { return a.soft_extended; }) ? "yes" : "no", wanted);
        else if (attribute == "content") text(attribute, content([](const ContentState& s) { return s.mode != "forbidden"; }), sorted_words(wanted));
        else if (attribute == "gaps") text(attribute, content([](const ContentState& s) { return !s.known && s.mode != "forbidden" && s.mode != "heading"; }), sorted_words(wanted));
        else if (attribute == "forbidden") text(attribute, content([](const ContentState& s) { return s.mode == "forbidden"; }), sorted_words(wanted));
        else if (attribute == "channels") channels(wanted);
        else if (attribute == "forbidden-channels") forbidden_channels(wanted);
        else if (attribute == "modality") text(attribute, std::string(name(assessment_.law->obligations[duty_.obligation].modality)), wanted);
        else if (attribute == "look-again") text(attribute, sorted(duty_.look_again), sorted_words(wanted));
        else if (attribute != "duty") found_.push_back("`" + attribute + "` is not an expectation that is known");
    }

    void repeats(const std::string& wanted) {
        std::istringstream in(wanted);
        std::size_t i = 0;
        for (std::string word; in >> word; ++i) {
            const std::optional<Instant> is = i < duty_.deadline.repeats.size() ? std::optional<Instant>(duty_.deadline.repeats[i]) : std::nullopt;
            instant("repeats", is, word);
        }
        if (i == 0 && !duty_.deadline.repeats.empty()) found_.push_back("repeats: wanted none");
    }

    void barred_by(const std::string& wanted) {
        std::vector<std::string> ids;
        for (const ExceptionState& state : duty_.exceptions)
            if (state.holds == Truth::Yes) ids.push_back(state.id);
        text("by", sorted(std::move(ids)), sorted_words(wanted));
    }

    void limbs(const std::string& wanted) {
        std::vector<std::string> ids;
        for (const Alternative& alternative : duty_.deadline.alternatives) ids.push_back(alternative.limb);
        text("limbs", join(std::move(ids)), wanted);
    }

    void modifiers(const std::string& wanted) {
        std::vector<std::string> words;
        for (const Modifier& modifier : duty_.modifiers) words.push_back(modifier.kind + (modifier.holds == Truth::Unknown ? "?" : ""));
        text("modifiers", words.empty() ? "none" : sorted(std::move(words)), sorted_words(wanted));
    }

    void readings(const std::string& wanted) {
        std::vector<std::string> words;
        for (const ReadingVerdict& reading : duty_.readings) {
            std::string label = reading.label;
            std::replace(label.begin(), label.end(), ' ', '-');
            words.push_back(label + "=" + std::string(name(reading.verdict)));
        }
        text("readings", words.empty() ? "none" : sorted(std::move(words)), sorted_words(wanted));
    }

    static void append(std::vector<std::string>& words, const std::vector<Door>& doors) {
        for (const Door& door : doors) words.push_back(door.kind + (door.open ? "?" : ""));
    }

    /// The doors of all recipients that must be told, or may have to be.
    void channels(const std::string& wanted) {
        std::vector<std::string> words;
        for (const Recipient& recipient : duty_.recipients)
            if (!recipient.freed && recipient.owed != Truth::No)
                append(words, recipient.channels);
        text("channels", words.empty() ? "none" : sorted(std::move(words)), sorted_words(wanted));
    }

    void forbidden_channels(const std::string& wanted) {
        std::vector<std::string> words;
        for (const Recipient& recipient : duty_.recipients) append(words, recipient.forbidden_channels);
        text("forbidden-channels", words.empty() ? "none" : sorted(std::move(words)), sorted_words(wanted));
    }

    const Duty& duty_;
    const Assessment& assessment_;
    const Zone* zone_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const Expectation& expectation, const Duty* duty, const Assessment& assessment, const ZoneSet& zones) {
    for (const auto& [attribute, wanted] : expectation.values) {
        if (attribute == "family") {
            const bool there = std::any_of(assessment.families.begin(), assessment.families.end(), [&, &want = wanted](const FamilyLine& line) { return line.family == want; });
            if (!there) return {"no line of the family `" + wanted + "`"};
            if (duty == nullptr) return {};
        }
        if (attribute == "owed" && wanted == "none") {
            if (duty == nullptr) return {};
            return {"the duty is listed (" + std::string(name(duty->verdict)) + "), expected none"};
        }
    }
    if (duty == nullptr) return {"the duty is not listed"};
    return ExpectationComparer(*duty, assessment, zones).run(expectation);
}

}  // namespace duenotice
