#include "engine/shared_answers.h"

#include <algorithm>
#include <functional>

#include "engine/memo.h"
#include "rules/expression_walk.h"

namespace duenotice {

namespace {

std::size_t hash_of(const Known& value) {
    std::size_t hash = static_cast<std::size_t>(value.type);
    const auto mix = [&hash](std::size_t part) { hash = (hash ^ part) * 0x9e3779b97f4a7c15ULL ^ (hash >> 32U); };
    mix(static_cast<std::size_t>(value.low));
    mix(static_cast<std::size_t>(value.high));
    for (const ChoiceSet* set : {&value.possible, &value.in, &value.out}) mix(std::hash<ChoiceSet>()(*set));
    for (const PlaceCode& place : value.places) mix(std::hash<std::string>()(place));
    for (const PlaceCode& place : value.places_out) mix(std::hash<std::string>()(place));
    if (value.text) mix(std::hash<std::string>()(*value.text));
    return hash;
}

void push(std::vector<std::uint32_t>& words, std::int32_t word) { words.push_back(static_cast<std::uint32_t>(word)); }
void push(std::vector<std::uint32_t>& words, Truth truth) { words.push_back(static_cast<std::uint32_t>(truth)); }

}  // namespace

void SharedAnswers::forget() {
    shapes_.clear();
    values_.clear();
    value_numbers_.clear();
    texts_.clear();
    lists_.clear();
    answers_.clear();
    decisions_.clear();
    facts_.clear();
    kept_bytes_ = 0;
}

std::size_t SharedAnswers::bytes() const { return lists_.bytes() + answers_.bytes() + kept_bytes_; }

void SharedAnswers::bind(const World& world, const Moment& moment) {
    const bool same_world = law_ == world.law && calendars_ == world.calendars && &zones_.zones() == &world.zones.zones();
    const bool same = same_world && moment_.as_of == moment.as_of && moment_.known_at == moment.known_at && moment_.law_as_of == moment.law_as_of;
    if (same && bytes() <= most_bytes_) return;
    forget();
    calendars_ = world.calendars;
    zones_ = world.zones;
    moment_ = moment;
    if (law_ == world.law) return;
    law_ = world.law;
    lasting_.clear();
    const ExpressionVisitor visitor{[&](const Condition& condition) { lasting_.insert(&condition); }, {}};
    for (const Obligation& obligation : law_->obligations)
        for (const Version& version : obligation.versions) walk(version, visitor);
    for (const CompiledObligation& compiled : law_->compiled) {
        for (const WholeCondition& reading : compiled.readings) lasting_.insert(reading.condition.get());
        for (const VersionConditions& version : compiled.versions) lasting_.insert(version.in_range.get());
    }
}

SharedAnswers::Shape* SharedAnswers::shape(const Condition& condition) {
    if (const auto found = shapes_.find(&condition); found != shapes_.end()) return &found->second;
    if (!lasting_.contains(&condition)) return nullptr;
    Shape& shape = shapes_[&condition];
    shape.reads = reads_of(condition, *law_, moment_.as_of);
    shape.number = static_cast<std::uint32_t>(shapes_.size());
    return &shape;
}

std::uint32_t SharedAnswers::number_of(const Known& value) {
    const std::size_t hash = hash_of(value);
    const auto [first, last] = value_numbers_.equal_range(hash);
    for (auto it = first; it != last; ++it)
        if (values_[it->second] == value) return it->second;
    const auto number = static_cast<std::uint32_t>(values_.size());
    values_.push_back(value);
    value_numbers_.emplace(hash, number);
    kept_bytes_ += sizeof(Known) + 64;
    return number;
}

std::uint32_t SharedAnswers::number_of(const std::string& text) { return texts_.try_emplace(text, static_cast<std::uint32_t>(texts_.size())).first->second; }

std::uint32_t SharedAnswers::number_of(std::span<const std::uint32_t> list) {
    const std::size_t place = lists_.place(list);
    if (lists_.at(place) == 0) lists_.at(place) = static_cast<std::uint32_t>(lists_.size());
    return lists_.at(place);
}

std::unique_ptr<IncidentAnswers> IncidentAnswers::make(SharedAnswers& answers, const World& world, const Incident& incident, const Moment& moment) {
    const bool plain = incident.filings.empty() && incident.holds.empty() && incident.rates.empty() &&
                       std::all_of(incident.facts.begin(), incident.facts.end(), [](const FactRecord& record) { return record.history.size() == 1; });
    return plain ? std::unique_ptr<IncidentAnswers>(new IncidentAnswers(answers, world, incident, moment)) : nullptr;
}

IncidentAnswers::IncidentAnswers(SharedAnswers& answers, const World& world, const Incident& incident, const Moment& moment)
    : shared_(answers), world_(world), incident_(incident), moment_(moment) {
    for (const FactRecord& record : incident.facts) records_.push_back(2 * shared_.number_of(record.current().value) + (record.current().planned ? 1 : 0));
}

GroundFact IncidentAnswers::ground(FactId fact, const Frame& frame) const { return {fact, frame.restricted(bindings(world_.law->vocabulary.at(fact).frame))}; }

const Zone* IncidentAnswers::zone(const Frame& frame) {
    const auto [found, is_new] = zones_.try_emplace(frame);
    if (is_new) found->second = Evaluation{world_, incident_, moment_}.zone(frame);
    return found->second;
}

std::uint32_t IncidentAnswers::own(FactId fact, const Frame& frame) const {
    const FactRecord* record = incident_.find(ground(fact, frame));
    return record == nullptr ? UINT32_MAX : records_[static_cast<std::size_t>(record - incident_.facts.data())];
}

std::uint32_t IncidentAnswers::everywhere(FactId fact) {
    const auto [found, is_new] = everywhere_.try_emplace(fact);
    if (!is_new) return found->second;
    std::vector<std::uint32_t> list;
    const auto first = std::partition_point(incident_.facts.begin(), incident_.facts.end(), [&](const FactRecord& record) { return record.ground.fact < fact; });
    for (auto it = first; it != incident_.facts.end() && it->ground.fact == fact; ++it) {
        const Frame& frame = it->ground.frame;
        for (const std::int32_t part : {frame.entity, frame.population, frame.place, frame.contract, frame.event, frame.series, frame.member}) push(list, part);
        list.push_back(records_[static_cast<std::size_t>(it - incident_.facts.begin())]);
    }
    return found->second = shared_.number_of(list);
}

std::uint32_t IncidentAnswers::populations() {
    if (populations_) return *populations_;
    std::vector<std::uint32_t> list{incident_.populations_complete};
    for (const PopulationFrame& population : incident_.populations) list.push_back(population.implicit);
    return *(populations_ = shared_.number_of(list));
}

std::uint32_t IncidentAnswers::places() {
    if (places_) return *places_;
    std::vector<std::uint32_t> list{incident_.places_complete};
    for (const PlaceFrame& place : incident_.places) {
        list.push_back(shared_.number_of(place.code));
        push(list, place.listed);
    }
    return *(places_ = shared_.number_of(list));
}

/// What each place of the incident is where people of one place are counted, and whether it is that place.
std::uint32_t IncidentAnswers::counted(const std::string& place) {
    const auto [found, is_new] = counted_.try_emplace(place);
    if (!is_new) return found->second;
    std::vector<std::uint32_t> list{incident_.places_complete};
    const std::vector<PlaceRole> roles = place_roles(place, {world_, incident_, moment_});
    for (std::size_t i = 0; i < roles.size(); ++i) list.push_back(2 * static_cast<std::uint32_t>(roles[i]) + (incident_.places[i].code == place ? 1 : 0));
    return found->second = shared_.number_of(list);
}

std::uint32_t IncidentAnswers::links() {
    if (links_) return *links_;
    std::vector<std::uint32_t> list;
    for (const EntityFrame& entity : incident_.entities) {
        list.push_back(static_cast<std::uint32_t>(entity.places.size()));
        for (const EntityPlace& place : entity.places) {
            push(list, place.place);
            for (const Truth link : {place.lives, place.served, place.established, place.does_business}) push(list, link);
        }
    }
    return *(links_ = shared_.number_of(list));
}

std::uint32_t IncidentAnswers::others() {
    if (others_) return *others_;
    std::vector<std::uint32_t> list{incident_.entities_complete, incident_.contracts_complete, incident_.relations_complete, shared_.number_of(incident_.zone), static_cast<std::uint32_t>(incident_.entities.size()),
                                    static_cast<std::uint32_t>(incident_.contracts.size()), static_cast<std::uint32_t>(incident_.events.size()), static_cast<std::uint32_t>(incident_.series.size())};
    for (const EntityFrame& entity : incident_.entities) {
        list.push_back(shared_.number_of(entity.zone));
        list.push_back(static_cast<std::uint32_t>(entity.relations.size()));
        for (const auto& [relation, other] : entity.relations) {
            list.push_back(shared_.number_of(relation));
            push(list, other);
        }
        list.push_back(static_cast<std::uint32_t>(entity.relations_complete.size()));
        for (const std::string& relation : entity.relations_complete) list.push_back(shared_.number_of(relation));
    }
    for (const ContractFrame& contract : incident_.contracts) push(list, contract.entity);
    for (const EventFrame& event : incident_.events) {
        list.push_back(shared_.number_of(event.kind));
        push(list, event.entity);
    }
    for (const SeriesFrame& series : incident_.series) list.push_back(static_cast<std::uint32_t>(series.incidents.size()));
    return *(others_ = shared_.number_of(list));
}

/// Where the bounds lie between the limits, and whether what is cut off at either end is one value: all that comparisons
/// with these limits, and cuts at them, can tell.
void IncidentAnswers::add_cells(const FactRead& read, const std::vector<std::int64_t>& limits, const Frame& frame) {
    const GroundFact where = ground(read.fact, frame);
    const FactRecord* record = incident_.find(where);
    if (record == nullptr) return key_.push_back(UINT32_MAX);
    const Known& value = record->current().value;
    std::int64_t high = value.high;
    const std::int64_t as_of = moment_.as_of.seconds;
    if (value.type == ValueType::Instant && value.happened_possible && high >= Known::highest && value.low <= as_of && !record->current().planned) high = as_of;  // as Evaluation::domain
    const auto cell = [&](std::int64_t at) { return static_cast<std::uint32_t>(std::upper_bound(limits.begin(), limits.end(), at) - limits.begin()); };
    const std::uint32_t first = cell(value.low), last = cell(high);
    const bool low_is_last = first < limits.size() && limits[first] == value.low + 1, high_is_first = last > 0 && limits[last - 1] == high;
    std::uint32_t flags = 0;
    for (const bool flag : {value.low == high, low_is_last, high_is_first, value.not_yet_possible, value.happened_possible, value.cannot_be_determined}) flags = 2 * flags + (flag ? 1 : 0);
    key_.insert(key_.end(), {first, last, flags});
}

/// Sorted; empty where a day begins in no known zone.
std::vector<std::int64_t> IncidentAnswers::limits_of(const FactRead& read, const Zone* zone) const {
    std::vector<std::int64_t> limits{Known::lowest / 2, Known::lowest / 2 + 1, Known::highest / 2, Known::highest / 2 + 1, Known::highest, moment_.as_of.seconds, moment_.as_of.seconds + 1};
    for (const FactRead::Limit& limit : read.limits) {
        const Zone* of = limit.zone.empty() ? zone : world_.zones.find(limit.zone);
        if (limit.day && of == nullptr) return {};
        limits.push_back(limit.day ? of->start_of_day(*limit.day).instant.seconds : limit.value);
    }
    std::sort(limits.begin(), limits.end());
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    return limits;
}

void IncidentAnswers::add(SharedAnswers::Shape& shape, const Frame& frame) {
    const ConditionReads& reads = shape.reads;
    key_.push_back(shape.number);
    const Zone* zone = reads.zone ? this->zone(frame) : nullptr;
    if (reads.zone) key_.push_back(zone == nullptr ? 0 : 1 + static_cast<std::uint32_t>(zone - world_.zones.zones().data()));
    const std::pair<unsigned, std::uint32_t (IncidentAnswers::*)()> lists[] = {{frames::populations, &IncidentAnswers::populations}, {frames::places, &IncidentAnswers::places}, {frames::links, &IncidentAnswers::links}, {frames::others, &IncidentAnswers::others}};
    for (const auto& [bit, list] : lists)
        if ((reads.frames & bit) != 0) key_.push_back((this->*list)());
    for (const std::string& place : reads.counted) key_.push_back(counted(place == "this" && frame.place >= 0 ? incident_.places[static_cast<std::size_t>(frame.place)].code : place));
    const auto [found, is_new] = shape.limits.try_emplace(zone);
    if (is_new) {
        for (const FactRead& read : reads.facts) found->second.push_back(limits_of(read, zone));
    }
    for (std::size_t i = 0; i < reads.facts.size(); ++i) {
        const FactRead& read = reads.facts[i];
        if (read.how == FactRead::How::Cells && !found->second[i].empty()) add_cells(read, found->second[i], frame);
        else key_.push_back(read.how == FactRead::How::Everywhere ? everywhere(read.fact) : own(read.fact, frame));
    }
}

std::optional<std::size_t> IncidentAnswers::place(Question question, std::span<const Condition* const> conditions, const Frame& frame) {
    key_.assign(1, static_cast<std::uint32_t>(question));
    for (const std::int32_t part : {frame.entity, frame.population, frame.place, frame.contract, frame.event, frame.series, frame.member}) push(key_, part);
    if (frame.place >= 0) key_.push_back(shared_.number_of(incident_.places[static_cast<std::size_t>(frame.place)].code));
    for (const Condition* condition : conditions) {
        SharedAnswers::Shape* shape = shared_.shape(*condition);
        if (shape == nullptr || !shape->reads.is_all) return {};
        add(*shape, frame);
    }
    return shared_.answers_.place(key_);
}

const Decision* IncidentAnswers::decision(std::size_t place) const {
    const std::uint32_t kept = shared_.answers_.at(place);
    return kept == 0 ? nullptr : &shared_.decisions_[kept - 1];
}

const std::vector<GroundFact>* IncidentAnswers::facts(std::size_t place) const {
    const std::uint32_t kept = shared_.answers_.at(place);
    return kept == 0 ? nullptr : &shared_.facts_[kept - 1];
}

std::optional<Truth> IncidentAnswers::guard(std::size_t place) const {
    const std::uint32_t kept = shared_.answers_.at(place);
    return kept == 0 ? std::nullopt : std::optional(static_cast<Truth>(kept - 1));
}

void IncidentAnswers::keep(std::size_t place, const Decision& decision) {
    shared_.decisions_.push_back(decision);
    shared_.kept_bytes_ += sizeof(Decision);
    shared_.answers_.at(place) = static_cast<std::uint32_t>(shared_.decisions_.size());
}

void IncidentAnswers::keep(std::size_t place, const std::vector<GroundFact>& facts) {
    shared_.facts_.push_back(facts);
    shared_.kept_bytes_ += sizeof facts + facts.size() * sizeof(GroundFact);
    shared_.answers_.at(place) = static_cast<std::uint32_t>(shared_.facts_.size());
}

void IncidentAnswers::keep(std::size_t place, Truth guard) { shared_.answers_.at(place) = static_cast<std::uint32_t>(guard) + 1; }

}  // namespace duenotice
