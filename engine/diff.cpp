#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/assess.h"
#include "engine/duty_graph.h"
#include "engine/explanation.h"

// What changed between two assessments, and by which facts: a subset-minimal set of changed statements that, put into
// the old input alone, gives the new result. Drift by time is told apart: the old input at the new moment.

namespace duenotice {

namespace {

std::string instant_word(const std::optional<Instant>& at) { return at ? iso_utc(*at) : std::string("none"); }

std::string modifiers_word(const Duty& duty) {
    std::string text;
    for (const Modifier& modifier : duty.modifiers) text += (text.empty() ? "" : " ") + modifier.kind + (modifier.holds == Truth::Unknown ? "?" : "");
    return text.empty() ? "none" : text;
}

std::string recipients_word(const Duty& duty) {
    std::string text;
    for (const Recipient& recipient : duty.recipients)
        if (recipient.owed != Truth::No) text += (text.empty() ? "" : " ") + recipient.id + (recipient.owed == Truth::Unknown ? "?" : "");
    return text.empty() ? "none" : text;
}

/// What a reader would call a change: verdict, modifiers, standing, done, limits, recipients; not timing, which drifts.
std::vector<std::pair<std::string, std::string>> view(const Duty& duty) {
    return {{"owed", std::string(name(duty.verdict))},
            {"modifiers", modifiers_word(duty)},
            {"standing", std::string(name(duty.standing))},
            {"done", std::string(name(duty.done))},
            {"safe", instant_word(duty.deadline.counted) + (duty.deadline.may_end_sooner ? " or sooner" : "")},
            {"maximum", instant_word(duty.deadline.maximum)},
            {"not before", instant_word(duty.deadline.not_before)},
            {"recipients", recipients_word(duty)}};
}

std::vector<std::string> changes(const Duty& old_duty, const Duty& new_duty) {
    std::vector<std::string> result;
    const auto before = view(old_duty), after = view(new_duty);
    for (std::size_t i = 0; i < before.size(); ++i)
        if (before[i].second != after[i].second) result.push_back(before[i].first + ": " + before[i].second + " -> " + after[i].second);
    return result;
}

bool same_result(const Duty* a, const Duty* b) {
    if (a == nullptr || b == nullptr) return a == b;
    return view(*a) == view(*b);
}

/// Changed statements and other parts of the account, by a name for people.
class Changes {
public:
    Changes(const World& world, const Incident& old_incident, const Incident& new_incident) : world_(world), old_(old_incident), new_(new_incident) {
        comparable_ = same_frames();
        if (!comparable_) return;
        std::set<GroundFact> grounds;
        for (const FactRecord& record : old_.facts) grounds.insert(record.ground);
        for (const FactRecord& record : new_.facts) grounds.insert(record.ground);
        for (const GroundFact& ground : grounds) {
            const FactRecord* before = old_.find(ground);
            const FactRecord* after = new_.find(ground);
            const bool same = before != nullptr && after != nullptr && before->current().value == after->current().value &&
                              before->current().learned_at == after->current().learned_at;
            if (!same) facts_.push_back(ground);
        }
        filings_ = old_.filings.size() != new_.filings.size() ||
                   !std::equal(old_.filings.begin(), old_.filings.end(), new_.filings.begin(),
                               [](const Filing& a, const Filing& b) { return a.id == b.id && a.submitted_at == b.submitted_at && a.withdrawn_at == b.withdrawn_at; });
        holds_ = old_.holds.size() != new_.holds.size() ||
                 !std::equal(old_.holds.begin(), old_.holds.end(), new_.holds.begin(),
                             [](const Hold& a, const Hold& b) { return a.kind == b.kind && a.from == b.from && a.until == b.until && a.from_latest == b.from_latest && a.until_latest == b.until_latest && a.confirmed == b.confirmed; });
        lists_ = old_.entities_complete != new_.entities_complete || old_.populations_complete != new_.populations_complete || old_.places_complete != new_.places_complete ||
                 old_.contracts_complete != new_.contracts_complete || old_.relations_complete != new_.relations_complete ||
                 !std::equal(old_.entities.begin(), old_.entities.end(), new_.entities.begin(), [](const EntityFrame& a, const EntityFrame& b) { return a.relations == b.relations && a.relations_complete == b.relations_complete; });
    }

    bool comparable() const { return comparable_; }
    std::size_t count() const { return facts_.size() + (filings_ ? 1 : 0) + (holds_ ? 1 : 0) + (lists_ ? 1 : 0); }

    std::string name(std::size_t i) const {
        if (i < facts_.size()) {
            const std::string where = new_.words(facts_[i].frame);
            return world_.law->vocabulary.at(facts_[i].fact).name + (where.empty() ? "" : " (" + where + ")");
        }
        i -= facts_.size();
        if (filings_ && i-- == 0) return "filings";
        return holds_ && i == 0 ? "holds" : "relations and which lists are complete";
    }

    /// The old account with only these changes.
    Incident apply(const std::vector<bool>& chosen) const {
        Incident result = old_;
        for (std::size_t i = 0; i < facts_.size(); ++i) {
            if (!chosen[i]) continue;
            std::erase_if(result.facts, [&](const FactRecord& record) { return record.ground == facts_[i]; });
            if (const FactRecord* after = new_.find(facts_[i])) result.facts.push_back(*after);
        }
        std::sort(result.facts.begin(), result.facts.end(), [](const FactRecord& a, const FactRecord& b) { return a.ground < b.ground; });
        std::size_t i = facts_.size();
        if (filings_ && chosen[i++]) result.filings = new_.filings;
        if (holds_ && chosen[i++]) result.holds = new_.holds;
        const bool lists = lists_ && chosen[i];
        for (std::size_t e = 0; e < result.entities.size(); ++e) {
            result.entities[e].places = new_.entities[e].places;
            if (!lists) continue;
            result.entities[e].relations = new_.entities[e].relations;
            result.entities[e].relations_complete = new_.entities[e].relations_complete;
        }
        if (lists)
            for (bool Incident::*complete : {&Incident::entities_complete, &Incident::populations_complete, &Incident::places_complete, &Incident::contracts_complete, &Incident::relations_complete}) result.*complete = new_.*complete;
        return result;
    }

private:
    template <class List>
    static bool same_ids(const List& a, const List& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.id == y.id; });
    }
    bool same_frames() const {
        return same_ids(old_.entities, new_.entities) && same_ids(old_.populations, new_.populations) && same_ids(old_.contracts, new_.contracts) &&
               same_ids(old_.events, new_.events) && same_ids(old_.series, new_.series) &&
               std::equal(old_.places.begin(), old_.places.end(), new_.places.begin(), new_.places.end(),
                          [](const PlaceFrame& a, const PlaceFrame& b) { return a.code == b.code; });
    }

    const World& world_;
    const Incident& old_;
    const Incident& new_;
    std::vector<GroundFact> facts_;
    bool filings_ = false, holds_ = false, lists_ = false, comparable_ = false;
};

class Differ {
public:
    Differ(const World& old_world, const Assessment& before, const World& new_world, const Assessment& after)
        : old_world_(old_world), new_world_(new_world), before_(before), after_(after),
          law_changed_(old_world.law->fingerprint != new_world.law->fingerprint), zones_changed_(before.tzdata != after.tzdata),
          changes_(new_world, *before.incident, *after.incident), graph_(make_duty_graph(*new_world.law)) {
        if (may_drift()) drifted_ = run(old_world_, *before.incident);
        if (zones_changed_) only_zones_ = run({old_world_.law, new_world_.zones, old_world_.calendars, old_world_.order}, *before.incident);
        if (law_changed_) only_law_ = run({new_world_.law, old_world_.zones, new_world_.calendars, new_world_.order}, *before.incident);
        if (law_changed_ && zones_changed_) only_world_ = run(new_world_, *before.incident);
    }

    std::vector<DutyChange> run() {
        std::set<std::string> ids;
        for (const Duty& duty : before_.duties) ids.insert(duty.id);
        for (const Duty& duty : after_.duties) ids.insert(duty.id);
        std::vector<DutyChange> result;
        std::set<std::string> renamed;
        for (const std::string& id : ids) {
            const Duty* after = after_.find(id);
            const Duty* before = before_.find(id);
            DutyChange change;
            change.duty = id;
            if (before == nullptr && after != nullptr) before = former(*after, change.was);
            if (!change.was.empty()) renamed.insert(change.was);
            change.kind = !change.was.empty() ? DutyChange::Kind::Renamed : before == nullptr ? DutyChange::Kind::Added
                          : after == nullptr ? DutyChange::Kind::Dropped : DutyChange::Kind::Same;
            if (before != nullptr && after != nullptr) {
                change.what = changes(*before, *after);
                if (!change.what.empty() && change.was.empty()) change.kind = DutyChange::Kind::Moved;
            }
            if (change.kind != DutyChange::Kind::Same) find_causes(change, before, after);
            result.push_back(std::move(change));
        }
        std::erase_if(result, [&](const DutyChange& change) { return change.kind == DutyChange::Kind::Dropped && renamed.count(change.duty) != 0; });
        return result;
    }

private:
    /// At the moment of the new account the old one comes out as it did at its own.
    bool may_drift() const {
        const Moment &was = before_.moment, &is = after_.moment;
        const bool forgets = is.known_at && (!was.known_at || *is.known_at < *was.known_at);
        return was.as_of != is.as_of || was.law_as_of != is.law_as_of || forgets;
    }

    Assessment run(const World& world, const Incident& incident, const std::vector<bool>* only = nullptr) const {
        AssessOptions options;
        options.explain = false;
        options.only = only;
        return assess(world, std::make_shared<const Incident>(incident), after_.moment, options);
    }

    const Duty* former(const Duty& duty, std::string& was) const {
        const Obligation& obligation = new_world_.law->obligations[duty.obligation];
        for (const std::string& old_id : obligation.was) {
            const std::string id = old_id + duty.id.substr(obligation.id.size());
            if (const Duty* found = before_.find(id)) {
                was = id;
                return found;
            }
        }
        return nullptr;
    }

    void find_causes(DutyChange& change, const Duty* before, const Duty* after) {
        const Duty* drifted = (drifted_ ? *drifted_ : before_).find(change.duty);
        if (before != nullptr && same_result(drifted, after)) {
            change.by_time = true;
            return;
        }
        const std::string law = "law edition " + new_world_.law->edition, zones = "zone data " + (after_.tzdata.empty() ? "of no known release" : after_.tzdata);
        for (const auto& [alone, name] : {std::pair(&only_zones_, zones), std::pair(&only_law_, law), std::pair(&only_world_, law + " together with " + zones)})
            if (*alone && same_result((*alone)->find(change.duty), after)) {
                change.causes.push_back(name);
                return;
            }
        if (!changes_.comparable()) {
            change.causes.push_back("the list of entities, populations, places or events");
            return;
        }
        // Put every change in, then take out one after the other while the result stays: what is left is minimal.
        std::vector<bool> chosen(changes_.count(), true);
        if (!gives(chosen, change.duty, after)) {
            change.causes.push_back(law_changed_ || zones_changed_ ? "law or zone data together with facts" : "facts together");
            return;
        }
        for (std::size_t i = chosen.size(); i-- > 0;) {
            chosen[i] = false;
            if (!gives(chosen, change.duty, after)) chosen[i] = true;
        }
        for (std::size_t i = 0; i < chosen.size(); ++i)
            if (chosen[i]) change.causes.push_back(changes_.name(i));
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            if (chosen[i]) continue;
            std::vector<bool> alone(chosen.size(), false);
            alone[i] = true;
            if (gives(alone, change.duty, after)) ++change.other_causes;
        }
    }

    /// Whether the old account with these changes alone gives the new duty; or, where it was dropped, none. Only what the
    /// duty may rest on is assessed.
    bool gives(const std::vector<bool>& chosen, const std::string& duty, const Duty* after) {
        const auto obligation = new_world_.law->obligation_index(duty.substr(0, duty.find('@')));
        if (!obligation) return after == nullptr;
        auto found = tried_.find({*obligation, chosen});
        if (found == tried_.end()) found = tried_.emplace(std::pair(*obligation, chosen), run(new_world_, changes_.apply(chosen), &closure(*obligation))).first;
        return same_result(found->second.find(duty), after);
    }

    const std::vector<bool>& closure(std::uint32_t obligation) {
        auto found = closures_.find(obligation);
        if (found == closures_.end()) found = closures_.emplace(obligation, graph_ ? closure_of(*new_world_.law, *graph_, obligation) : std::vector<bool>(new_world_.law->obligations.size(), true)).first;
        return found->second;
    }

    const World& old_world_;
    const World& new_world_;
    const Assessment& before_;
    const Assessment& after_;
    bool law_changed_, zones_changed_;
    Changes changes_;
    std::optional<Assessment> drifted_;  ///< where it may differ from the old one
    std::optional<Assessment> only_zones_, only_law_, only_world_;  ///< the old facts under what alone is new
    Checked<DutyGraph> graph_;
    std::map<std::uint32_t, std::vector<bool>> closures_;
    std::map<std::pair<std::uint32_t, std::vector<bool>>, Assessment> tried_;  ///< of the closure of an obligation
};

}  // namespace

std::vector<DutyChange> diff(const World& old_world, const Assessment& old_assessment, const World& new_world, const Assessment& new_assessment) {
    return Differ(old_world, old_assessment, new_world, new_assessment).run();
}

}  // namespace duenotice
