#include "engine/assess.h"

#include <algorithm>
#include <functional>
#include <set>

#include "engine/content.h"
#include "engine/duty_graph.h"
#include "engine/flip.h"
#include "engine/limbs.h"
#include "engine/listing.h"
#include "engine/memo.h"
#include "engine/questions.h"
#include "engine/reads.h"
#include "engine/shared_answers.h"
#include "engine/standing.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

const std::string& id_of(const std::vector<PlaceFrame>& places, std::int32_t index) { return places[static_cast<std::size_t>(index)].code; }
template <class List>
const std::string& id_of(const List& list, std::int32_t index) {
    return list[static_cast<std::size_t>(index)].id;
}

/// Duties whose clock is "the shortest limit of any other" come after all others.
bool asks_any(const ClockNode& node) {
    if (node.limb && node.limb->kind == Limb::Kind::LimitOf && node.limb->of == "any") return true;
    return std::any_of(node.children.begin(), node.children.end(), [](const ClockNode& child) { return asks_any(child); });
}

class Assessor {
public:
    Assessor(const World& world, const Incident& incident, const Moment& moment, const AssessOptions& options)
        : evaluation_{world, incident, moment}, memo_(evaluation_), law_(*world.law), incident_(incident), options_(options) {
        evaluation_.memo = &memo_;
        if (options.shared != nullptr) {
            options.shared->bind(world, moment);
            shared_ = IncidentAnswers::make(*options.shared, world, incident, moment);
            evaluation_.shared = shared_.get();
        }
        relied_on_ = std::any_of(incident.facts.begin(), incident.facts.end(), [](const FactRecord& record) { return !record.history.empty() && !record.current().relies_on.empty(); });
    }

    void run(Assessment& result) {
        Listing listing = list_duties(evaluation_, options_.include_proposed, options_.only);
        duties_.reserve(listing.frames.size());
        for (const ListedFrame& listed : listing.frames) duties_.push_back(judge(listed));
        std::sort(duties_.begin(), duties_.end(), [](const Duty& a, const Duty& b) { return a.id < b.id; });
        by_obligation_.resize(law_.obligations.size());
        for (std::size_t i = 0; i < duties_.size(); ++i) by_obligation_[duties_[i].obligation].push_back(i);
        for (Duty& duty : duties_) name_filings(duty);
        for (const std::uint32_t obligation : order())
            for (const std::size_t i : by_obligation_[obligation]) clock_and_standing(duties_[i]);
        for (const Duty& duty : duties_) {
            ++(duty.by == DecidedBy::Gate ? result.by_gate : duty.by == DecidedBy::Tree ? result.by_tree : result.by_split);
        }
        if (options_.explain && options_.questions) {
            result.questions = order_questions(duties_, evaluation_);
            result.relation_questions = relation_questions(duties_, incident_);
        }
        result.duties = std::move(duties_);
        result.families = std::move(listing.families);
        result.not_covered = std::move(listing.not_covered);
        result.places_ruled_out = std::move(listing.ruled_out);
    }

private:
    const Obligation& obligation(const Duty& duty) const { return law_.obligations[duty.obligation]; }

    void name_frame(Duty& duty) const {
        const Frame& frame = duty.frame;
        duty.entity = id_of(incident_.entities, frame.entity);
        if (frame.population >= 0) duty.population = id_of(incident_.populations, frame.population);
        if (frame.place >= 0) duty.place = id_of(incident_.places, frame.place);
        if (frame.contract >= 0) duty.contract = id_of(incident_.contracts, frame.contract);
        if (frame.event >= 0) duty.event = id_of(incident_.events, frame.event);
        if (frame.series >= 0) duty.series = id_of(incident_.series, frame.series);
    }

    Duty judge(const ListedFrame& listed) const {
        Duty duty;
        duty.obligation = listed.obligation;
        duty.frame = listed.frame;
        const Obligation& definition = obligation(duty);
        duty.id = duty_id(definition, listed.frame, incident_);
        name_frame(duty);
        readings(duty, listed);
        choose_version(duty);
        if (const Version* version = version_of(duty)) describe(duty, *version);
        if (options_.explain) explain(duty, listed);
        return duty;
    }

    /// The safe reading drives: owed if any reading says so; the others are shown when they differ.
    void readings(Duty& duty, const ListedFrame& listed) const {
        const CompiledObligation& compiled = law_.compiled[duty.obligation];
        Truth truth = Truth::No;
        for (const WholeCondition& reading : compiled.readings) {
            Decision decision = decide(*reading.condition, duty.frame, evaluation_, options_.decide);
            decision.truth = both(decision.truth, listed.linked);
            duty.readings.push_back({reading.label, verdict_of(decision.truth), {}});
            if (!decision.exact) {
                duty.exact = false;
                duty.why_inexact = decision.why_inexact;
            }
            if (decision.by == DecidedBy::Split) duty.by = DecidedBy::Split;
            truth = either(truth, decision.truth);
        }
        duty.verdict = verdict_of(truth);
        if (duty.verdict != Verdict::Undetermined) duty.exact = true;
        const bool differ = std::any_of(duty.readings.begin(), duty.readings.end(),
                                        [&](const ReadingVerdict& reading) { return reading.verdict != duty.readings.front().verdict; });
        if (!differ) duty.readings.clear();
    }

    /// The condition of the reading that drives the verdict.
    const Condition& driving(const Duty& duty) const {
        const CompiledObligation& compiled = law_.compiled[duty.obligation];
        for (std::size_t i = 0; i < duty.readings.size(); ++i)
            if (duty.readings[i].verdict == duty.verdict) return *compiled.readings[i].condition;
        return *compiled.readings.front().condition;
    }

    void choose_version(Duty& duty) const {
        const CompiledObligation& compiled = law_.compiled[duty.obligation];
        for (std::size_t v = 0; v < compiled.versions.size(); ++v) {
            const ConditionPtr& range = compiled.versions[v].in_range;
            const Truth holds = range ? decide(*range, duty.frame, evaluation_).truth : Truth::Yes;
            if (holds == Truth::No) continue;
            if (holds == Truth::Unknown && duty.version >= 0) {
                duty.version = -1;
                return;
            }
            duty.version = static_cast<int>(v);
            if (holds == Truth::Yes) return;
        }
    }

    /// The version in force, or the newest when it is open which.
    const Version* version_of(const Duty& duty) const {
        const auto& versions = obligation(duty).versions;
        if (versions.empty()) return nullptr;
        return duty.version >= 0 ? &versions[static_cast<std::size_t>(duty.version)] : &versions.back();
    }

    Truth all_of(const std::vector<ConditionReading>& parts, const Frame& frame) const {
        Truth truth = parts.empty() ? Truth::Yes : Truth::No;
        for (const ConditionReading& part : parts) truth = either(truth, decide(*part.condition, frame, evaluation_).truth);
        return truth;
    }

    void describe(Duty& duty, const Version& version) const {
        duty.grade = version.grade;
        duty.counsel_reviewed = !version.counsel.empty() && version.counsel != "none";
        for (const Citation& citation : version.citations)
            if (!citation.provision.empty()) duty.citations.push_back(citation.provision);
        duty.when = both(all_of(version.who, duty.frame), all_of(version.when, duty.frame));
        for (const ExceptionRule& rule : version.exceptions) {
            ExceptionState state;
            state.id = rule.id;
            state.effect = name(rule.effect);
            state.citation = rule.citation.provision;
            state.by = rule.by;
            state.holds = decide(*rule.condition, duty.frame, evaluation_).truth;
            duty.exceptions.push_back(std::move(state));
        }
        for (const ModifierRule& rule : version.modifiers) {
            const Truth holds = rule.condition ? decide(*rule.condition, duty.frame, evaluation_).truth : Truth::Yes;
            if (holds == Truth::No) continue;
            Modifier modifier;
            modifier.kind = rule.kind == ModifierKind::Prohibited && !rule.recognised ? "conflict" : std::string(name(rule.kind));
            modifier.holds = holds;
            modifier.by = rule.by;
            modifier.residue = rule.residue;
            modifier.citation = rule.citation.provision;
            modifier.recipients = rule.recipients;
            duty.modifiers.push_back(std::move(modifier));
        }
        if (version.heads) {
            const Known heads = evaluation_.value(*version.heads, duty.frame).known;
            duty.heads_low = std::max<std::int64_t>(0, heads.low);
            if (heads.high < Known::highest) duty.heads_high = heads.high;
        }
        duty.presumed = duty.verdict != Verdict::Undetermined && uses_default(driving(duty), duty.frame, 0);
    }

    /// Whether a presumption stands at its default because a person has said that nothing is shown.
    bool uses_default(const Condition& condition, const Frame& frame, int depth) const {
        if (depth > 64) return false;
        if (condition.kind == Condition::Kind::Presumed && condition.index) {
            const Presumption& presumption = law_.presumptions[*condition.index];
            const FactDeclaration* companion = law_.vocabulary.find(presumption.companion);
            if (companion == nullptr) return false;
            const Known known = evaluation_.known(evaluation_.ground(companion->id, frame));
            for (const std::string_view token : {"not_shown", "cannot_be_determined"}) {
                const auto index = companion->choice_index(token);
                if (index && known.possible.count() == 1 && known.possible.test(*index)) return true;
            }
            return false;
        }
        if (condition.kind == Condition::Kind::Use && condition.index)
            return uses_default(*law_.definitions[*condition.index].condition, frame, depth + 1);
        if (condition.kind == Condition::Kind::Any || condition.kind == Condition::Kind::Every)
            return member_uses_default(*condition.selection, *condition.children.front(), frame, depth);
        if (condition.left && term_uses_default(*condition.left, frame, depth)) return true;
        return std::any_of(condition.children.begin(), condition.children.end(),
                           [&](const ConditionPtr& child) { return uses_default(*child, frame, depth + 1); });
    }

    bool member_uses_default(const Selection& selection, const Condition& test, const Frame& frame, int depth) const {
        bool open = false;
        const auto members = evaluation_.members(selection, frame, open);
        return std::any_of(members.begin(), members.end(), [&](const Evaluation::Member& member) { return uses_default(test, member.frame, depth + 1); });
    }

    /// A count of people or other frames whose test stands at a default.
    bool term_uses_default(const Term& term, const Frame& frame, int depth) const {
        if (term.test && term.kind == Term::Kind::People && member_uses_default(Selection{}, *term.test, frame, depth)) return true;
        if (term.test && term.selection && member_uses_default(*term.selection, *term.test, frame, depth)) return true;
        return std::any_of(term.terms.begin(), term.terms.end(), [&](const TermPtr& part) { return term_uses_default(*part, frame, depth); });
    }

    void explain(Duty& duty, const ListedFrame& listed) const {
        const Condition& condition = driving(duty);
        if (duty.verdict == Verdict::Undetermined) {
            if (decide(condition, duty.frame, evaluation_).truth == Truth::Unknown) {
                duty.open_facts = relevant_open_facts(condition, duty.frame, evaluation_);
                AlsoOpen also = also_open(condition, duty.frame, evaluation_);
                duty.open_relations = std::move(also.relations);
                for (const GroundFact& country : also.countries)
                    if (std::find(duty.open_facts.begin(), duty.open_facts.end(), country) == duty.open_facts.end()) duty.open_facts.push_back(country);
            }
            for (const GroundFact& ground : listed.link_questions)
                if (std::find(duty.open_facts.begin(), duty.open_facts.end(), ground) == duty.open_facts.end()) duty.open_facts.push_back(ground);
            std::sort(duty.open_facts.begin(), duty.open_facts.end());
        } else if (options_.because) {
            duty.because = because(condition, duty.frame, evaluation_, duty.verdict == Verdict::Owed ? Truth::Yes : Truth::No);
        }
        duty.flips_at = flip_instant(condition, duty.frame, evaluation_);
        look_again(duty, condition);
    }

    /// Judgements whose relied-on facts were learned anew after they were made.
    void look_again(Duty& duty, const Condition& condition) const {
        if (!relied_on_) return;
        for (const Occurrence& occurrence : ground_facts(condition, duty.frame, evaluation_)) {
            const FactDeclaration& declaration = law_.vocabulary.at(occurrence.ground.fact);
            if (declaration.type != ValueType::Judgement) continue;
            const FactRecord* record = incident_.find(occurrence.ground);
            if (record == nullptr || record->history.empty()) continue;
            const Statement& made = record->current();
            std::optional<Instant> since = made.true_since ? made.true_since : made.recorded_at;
            if (declaration.decided_at) {
                const Known decided = evaluation_.known({*declaration.decided_at, occurrence.ground.frame});
                if (decided.happened_possible && decided.high < Known::highest / 2) since = Instant{decided.high};
            }
            if (!since) continue;
            for (const FactRecord& other : incident_.facts) {
                const std::string& fact = law_.vocabulary.at(other.ground.fact).name;
                const bool relied = std::any_of(made.relies_on.begin(), made.relies_on.end(), [&](const std::string& id) { return id.substr(0, id.find('@')) == fact; });
                if (!relied || other.history.empty()) continue;
                const auto learned = other.current().learned_at;
                if (learned && *learned > *since) {
                    duty.look_again.push_back(declaration.name);
                    break;
                }
            }
        }
    }

    void name_filings(Duty& duty) const {
        for (const Filing* filing : filings_of(duty, obligation(duty), incident_, evaluation_.moment.as_of, true)) duty.filings.push_back(filing->id);
    }

    std::vector<const Duty*> others(std::string_view id, std::string_view of_entity, const Frame& frame) const {
        std::vector<const Duty*> result;
        const auto consider = [&](const Duty& other) {
            const auto fits = [](std::int32_t a, std::int32_t b) { return a < 0 || b < 0 || a == b; };
            if (!fits(frame.place, other.frame.place) || !fits(frame.population, other.frame.population) ||
                !fits(frame.contract, other.frame.contract) || !fits(frame.event, other.frame.event) || !fits(frame.series, other.frame.series))
                return;
            if (related(frame.entity, other.frame.entity, of_entity)) result.push_back(&other);
        };
        if (id == "any") {
            for (const Duty& other : duties_) consider(other);
        } else if (const auto index = law_.obligation_index(id)) {
            for (const std::size_t i : by_obligation_[*index]) consider(duties_[i]);
        }
        return result;
    }

    bool related(std::int32_t entity, std::int32_t other, std::string_view of_entity) const {
        if (of_entity == "any") return true;
        if (of_entity.empty()) return entity == other;
        const auto& relations = incident_.entities[static_cast<std::size_t>(entity)].relations;
        return std::any_of(relations.begin(), relations.end(),
                           [&](const auto& relation) { return relation.first == of_entity && relation.second == other; });
    }

    std::vector<std::uint32_t> order() const { return evaluation_.world.order ? *evaluation_.world.order : duty_order(law_); }

    void clock_and_standing(Duty& duty) {
        const Obligation& definition = obligation(duty);
        const Version* version = version_of(duty);
        const OtherDuties other{[this](std::string_view id, std::string_view of, const Frame& frame) { return others(id, of, frame); }};
        if (version != nullptr && duty.verdict != Verdict::NotOwed) {
            duty.recipients = resolve_recipients(definition, *version, duty, evaluation_);
            duty.deadline = evaluate_clock(definition, duty, driving(duty), evaluation_, other);
            for (const Alternative& alternative : duty.deadline.alternatives)
                duty.open_relations.insert(duty.open_relations.end(), alternative.open_relations.begin(), alternative.open_relations.end());
            std::sort(duty.open_relations.begin(), duty.open_relations.end());
            duty.open_relations.erase(std::unique(duty.open_relations.begin(), duty.open_relations.end()), duty.open_relations.end());
        }
        for (Modifier& modifier : hold_modifiers(definition, duty, evaluation_)) duty.modifiers.push_back(std::move(modifier));
        set_standing(duty, definition, evaluation_, other);
        if (definition.modality == Modality::May && duty.timing != Timing::Met) duty.timing = Timing::NoClock;  // a "may" is never late
        if (version != nullptr && duty.verdict != Verdict::NotOwed && options_.explain && options_.content) duty.content = content_states(*version, duty, evaluation_);
    }

    Evaluation evaluation_;
    Memo memo_;
    std::unique_ptr<IncidentAnswers> shared_;
    const RuleBook& law_;
    const Incident& incident_;
    const AssessOptions& options_;
    bool relied_on_ = false;  ///< some judgement names the facts it rests on
    std::vector<Duty> duties_;
    std::vector<std::vector<std::size_t>> by_obligation_;
};

}  // namespace

std::string_view name(Verdict verdict) {
    return verdict == Verdict::Owed ? "owed" : verdict == Verdict::NotOwed ? "not_owed" : "undetermined";
}
std::string_view name(Standing standing) {
    constexpr std::string_view names[] = {"none", "discharged", "revived", "withdrawn", "elected_away", "owed_unless"};
    return names[static_cast<std::size_t>(standing)];
}
std::string_view name(Done done) {
    constexpr std::string_view names[] = {"nothing", "drafted", "approved", "submitted", "accepted", "dispatched", "acknowledged", "returned", "withdrawn"};
    return names[static_cast<std::size_t>(done)];
}
std::string_view name(Timing timing) {
    constexpr std::string_view names[] = {"no_clock", "running", "past_safe", "past_all", "met", "met_after"};
    return names[static_cast<std::size_t>(timing)];
}

const Duty* Assessment::find(std::string_view duty_id) const {
    const auto found = std::lower_bound(duties.begin(), duties.end(), duty_id, [](const Duty& duty, std::string_view id) { return duty.id < id; });
    return found != duties.end() && found->id == duty_id ? &*found : nullptr;
}

std::vector<std::uint32_t> duty_order(const RuleBook& law) {
    std::vector<std::uint32_t> first, last;
    const Checked<DutyGraph> graph = make_duty_graph(law);
    if (!graph) return {};
    for (const std::uint32_t index : graph->order) {
        const auto& versions = law.obligations[index].versions;
        const bool any = std::any_of(versions.begin(), versions.end(), [](const Version& version) { return version.clock && asks_any(version.clock->root); });
        (any ? last : first).push_back(index);
    }
    first.insert(first.end(), last.begin(), last.end());
    return first;
}

Assessment assess(const World& world, std::shared_ptr<const Incident> incident, const Moment& moment, const AssessOptions& options) {
    Assessment result;
    if (moment.known_at) incident = std::make_shared<const Incident>(incident->as_known_at(*moment.known_at));
    result.incident = incident;
    result.law = world.law;
    result.moment = moment;
    result.tzdata = world.zones.release();
    Assessor(world, *incident, moment, options).run(result);
    std::set<std::string> calendars;
    for (const Duty& duty : result.duties)
        for (const Alternative& alternative : duty.deadline.alternatives)
            if (!alternative.calendar.empty()) calendars.insert(alternative.calendar);
    for (const std::string& id : calendars) {
        const Calendar* calendar = world.calendars ? world.calendars->find(id) : nullptr;
        CalendarUsed used{id, {}, {}, {}};
        if (calendar != nullptr) used = {id, calendar->title(), calendar->first_day(), calendar->last_day()};
        result.calendars_used.push_back(std::move(used));
    }
    std::string inputs = incident->hash + "\n" + world.law->fingerprint + "\n" + world.zones.release() + "\n" + iso_utc(moment.as_of);
    if (moment.known_at) inputs += "\nknown " + iso_utc(*moment.known_at);
    for (const std::string& id : calendars) inputs += "\ncalendar " + id;
    result.key = sha256_hex(inputs);
    return result;
}

}  // namespace duenotice
