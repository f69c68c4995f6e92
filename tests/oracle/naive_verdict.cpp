#include "tests/oracle/naive_verdict.h"

#include <algorithm>
#include <cstdlib>

#ifdef __GNUC__
#pragma GCC optimize("O2")  // WHY: it tries millions of accounts, also in builds for debugging
#endif

namespace duenotice::oracle {

namespace {

struct Fraction {
    __int128 top = 0, bottom = 1;
};
bool less(const Fraction& a, const Fraction& b) { return a.top * b.bottom < b.top * a.bottom; }
bool equal(const Fraction& a, const Fraction& b) { return a.top * b.bottom == b.top * a.bottom; }

[[noreturn]] void unknown_node() { std::abort(); }

class Judge {
public:
    explicit Judge(const Account& account) : account_(account), law_(*account.law) {}

    bool truth(const Condition& c, const Frame& frame) const {
        switch (c.kind) {
            case Condition::Kind::True: return true;
            case Condition::Kind::False: return false;
            case Condition::Kind::And:
                for (const ConditionPtr& child : c.children)
                    if (!truth(*child, frame)) return false;
                return true;
            case Condition::Kind::Or:
                for (const ConditionPtr& child : c.children)
                    if (truth(*child, frame)) return true;
                return false;
            case Condition::Kind::Not: return !truth(*c.children[0], frame);
            case Condition::Kind::AtLeastOf: {
                std::uint32_t count = 0;
                for (const ConditionPtr& child : c.children)
                    if (truth(*child, frame)) ++count;
                return count >= c.k;
            }
            case Condition::Kind::Use: return truth(*law_.definitions[*c.index].condition, frame);
            case Condition::Kind::Any:
                for (const Frame& member : members(*c.selection, frame))
                    if (truth(*c.children[0], member)) return true;
                return false;
            case Condition::Kind::Every:
                for (const Frame& member : members(*c.selection, frame))
                    if (!truth(*c.children[0], member)) return false;
                return true;
            case Condition::Kind::Presumed: {
                const Presumption& presumption = law_.presumptions[*c.index];
                const FactDeclaration& companion = *law_.vocabulary.find(presumption.companion);
                const std::string& shown = companion.choices[static_cast<std::size_t>(account_.at(companion.id, frame).choice)].token;
                if (shown == "shown_yes") return true;
                if (shown == "shown_no") return false;
                return presumption.holds_by_default;
            }
            case Condition::Kind::DateIn: {
                const Raw& raw = account_.at(*c.left->fact, frame);
                const Date day = c.left->type == ValueType::Date ? Date::from_days(static_cast<std::int32_t>(raw.number)) : account_.zone->date(Instant{raw.number});
                return (!c.validity.from || *c.validity.from <= day) && (!c.validity.until || day < *c.validity.until);
            }
            case Condition::Kind::Compare: return compare(c, frame);
            default: unknown_node();
        }
    }

private:
    std::vector<Frame> members(const Selection& selection, const Frame& frame) const {
        const Incident& incident = *account_.incident;
        std::vector<Frame> result;
        const auto add = [&](auto change) {
            Frame member = frame;
            change(member);
            result.push_back(member);
        };
        switch (selection.kind) {
            case Selection::Kind::Populations:
                for (std::size_t i = 0; i < incident.populations.size(); ++i) add([&](Frame& f) { f.population = static_cast<std::int32_t>(i); });
                break;
            case Selection::Kind::Entities:
                for (std::size_t i = 0; i < incident.entities.size(); ++i) add([&](Frame& f) { f.entity = static_cast<std::int32_t>(i); });
                break;
            case Selection::Kind::Places:
                for (std::size_t i = 0; i < incident.places.size(); ++i)
                    if (selection.name.empty() || lies_in(incident.places[i].code, selection.name)) add([&](Frame& f) { f.place = static_cast<std::int32_t>(i); });
                break;
            default: unknown_node();
        }
        return result;
    }

    /// A place is the other, a part of it (`US-TX` of `US`), or such of a group's members.
    bool lies_in(const std::string& code, const std::string& other) const {
        for (const PlaceGroup& group : law_.groups)
            if (group.id == other)
                return std::any_of(group.members.begin(), group.members.end(), [&](const GroupMember& member) { return lies_in(code, member.code); });
        return code == other || (code.size() > other.size() && code.compare(0, other.size(), other) == 0 && code[other.size()] == '-');
    }

    std::optional<std::int64_t> time(const Term& t, const Frame& frame) const {
        switch (t.kind) {
            case Term::Kind::Fact: {
                const Raw& raw = account_.at(*t.fact, frame);
                if (!raw.happened) return {};
                return raw.number;
            }
            case Term::Kind::DateLiteral: return t.date.days_since_1970();
            case Term::Kind::InstantLiteral: return t.instant.seconds;
            case Term::Kind::InstantPlus: {
                const auto start = time(*t.terms[0], frame);
                if (!start) return {};
                return *start + t.period.amount * 60;  // minutes only
            }
            case Term::Kind::EarliestOf:
            case Term::Kind::LatestOf: {
                std::optional<std::int64_t> best;
                for (const TermPtr& part : t.terms) {
                    const auto value = time(*part, frame);
                    if (value && (!best || (t.kind == Term::Kind::EarliestOf ? *value < *best : *value > *best))) best = value;
                }
                return best;
            }
            case Term::Kind::Fallback: {
                const auto first = time(*t.terms[0], frame);
                return first ? first : time(*t.terms[1], frame);
            }
            default: unknown_node();
        }
    }

    Fraction number(const Term& t, const Frame& frame) const {
        switch (t.kind) {
            case Term::Kind::Fact: return {account_.at(*t.fact, frame).number, 1};
            case Term::Kind::Whole:
            case Term::Kind::Share:
            case Term::Kind::Duration:
            case Term::Kind::Money: return {t.number, 1};
            case Term::Kind::Sum:
            case Term::Kind::Difference: {
                const Fraction a = number(*t.terms[0], frame), b = number(*t.terms[1], frame);
                const __int128 x = a.top * b.bottom, y = b.top * a.bottom;
                return {t.kind == Term::Kind::Sum ? x + y : x - y, a.bottom * b.bottom};
            }
            case Term::Kind::Product: {
                const Fraction a = number(*t.terms[0], frame), b = number(*t.terms[1], frame);
                return {a.top * b.top, a.bottom * b.bottom};
            }
            case Term::Kind::PercentOf: {
                const Fraction a = number(*t.terms[0], frame);
                return {a.top * t.number, a.bottom * 1000000};
            }
            case Term::Kind::LowerOf:
            case Term::Kind::HigherOf: {
                const Fraction a = number(*t.terms[0], frame), b = number(*t.terms[1], frame);
                return less(a, b) == (t.kind == Term::Kind::LowerOf) ? a : b;
            }
            case Term::Kind::Elapsed: {
                const auto from = time(*t.terms[0], frame);
                if (!from) return {0, 1};
                return {std::max<std::int64_t>(0, account_.at(*t.terms[1]->fact, frame).number - *from), 1};
            }
            case Term::Kind::Count: {
                std::int64_t count = 0;
                for (const Frame& member : members(*t.selection, frame)) count += !t.test || truth(*t.test, member) ? 1 : 0;
                return {count, 1};
            }
            case Term::Kind::SumOf:
            case Term::Kind::Highest: {
                std::int64_t result = 0;
                for (const Frame& member : members(*t.selection, frame)) {
                    if (t.test && !truth(*t.test, member)) continue;
                    const std::int64_t value = static_cast<std::int64_t>(number(*t.terms[0], member).top);
                    result = t.kind == Term::Kind::SumOf ? result + value : std::max(result, value);
                }
                return {result, 1};
            }
            case Term::Kind::Lowest: {
                std::int64_t result = std::int64_t{1} << 40;
                for (const Frame& member : members(*t.selection, frame))
                    if (!t.test || truth(*t.test, member)) result = std::min(result, static_cast<std::int64_t>(number(*t.terms[0], member).top));
                return {result, 1};
            }
            case Term::Kind::People: return {people(t, frame), 1};
            default: unknown_node();
        }
    }

    std::int64_t people(const Term& t, const Frame& frame) const {
        const Incident& incident = *account_.incident;
        const FactDeclaration &affected = *law_.vocabulary.find("people.affected"), &total = *law_.vocabulary.find("people.total");
        const FactDeclaration* overlap = law_.vocabulary.find("people.overlap");
        std::int64_t apart = 0, meeting = 0, most = 0;
        for (std::size_t p = 0; p < incident.populations.size(); ++p) {
            Frame member = frame;
            member.population = static_cast<std::int32_t>(p);
            if (t.test && !truth(*t.test, member)) continue;
            std::int64_t heads = 0;
            if (t.place.empty()) {
                heads = account_.at(total.id, member).number;
            } else {
                for (std::size_t i = 0; i < incident.places.size(); ++i) {
                    if (!lies_in(incident.places[i].code, t.place)) continue;
                    Frame place = member;
                    place.place = static_cast<std::int32_t>(i);
                    heads += account_.at(affected.id, place).number;
                }
            }
            if (overlap != nullptr && account_.at(overlap->id, member).choice == 1 && account_.meet) {
                meeting = std::max(meeting, heads);
            } else {
                apart += heads;
            }
            most = std::max(most, heads);
        }
        return apart + meeting;
    }

    bool ordered(Comparison comparison, bool below, bool same) const {
        switch (comparison) {
            case Comparison::AtLeast: return !below;
            case Comparison::MoreThan: return !below && !same;
            case Comparison::AtMost: return below || same;
            case Comparison::LessThan: return below;
            default: unknown_node();
        }
    }

    bool compare(const Condition& c, const Frame& frame) const {
        switch (c.left->type) {
            case ValueType::YesNo:
            case ValueType::Choice:
            case ValueType::Judgement: return choice(c, frame);
            case ValueType::Set: return set(c, account_.at(*c.left->fact, frame).members);
            case ValueType::Place: return place(c, account_.at(*c.left->fact, frame).place);
            case ValueType::PlaceSet: return place_set(c, account_.at(*c.left->fact, frame).places);
            case ValueType::Instant:
            case ValueType::Date: return in_time(c, frame);
            default: break;
        }
        const Fraction left = number(*c.left, frame);
        if (c.comparison == Comparison::IsOneOf)
            return std::any_of(c.values.begin(), c.values.end(), [&](const TermPtr& value) { return equal(left, number(*value, frame)); });
        const Fraction right = number(*c.right, frame);
        if (c.comparison == Comparison::Is) return equal(left, right);
        if (c.comparison == Comparison::IsNot) return !equal(left, right);
        return ordered(c.comparison, less(left, right), equal(left, right));
    }

    bool choice(const Condition& c, const Frame& frame) const {
        const FactDeclaration& declaration = law_.vocabulary.at(*c.left->fact);
        const int left = account_.at(*c.left->fact, frame).choice;
        const auto index = [&](const Term& t) {
            return t.kind == Term::Kind::Fact ? account_.at(*t.fact, frame).choice : static_cast<int>(*declaration.choice_index(t.name));
        };
        if (c.comparison == Comparison::IsOneOf) return std::any_of(c.values.begin(), c.values.end(), [&](const TermPtr& value) { return index(*value) == left; });
        const int right = index(*c.right);
        if (c.comparison == Comparison::Is) return left == right;
        if (c.comparison == Comparison::IsNot) return left != right;
        return ordered(c.comparison, left < right, left == right);
    }

    bool set(const Condition& c, unsigned members) const {
        const FactDeclaration& declaration = law_.vocabulary.at(*c.left->fact);
        unsigned asked = 0;
        for (const TermPtr& value : c.values) asked |= 1U << *declaration.choice_index(value->name);
        switch (c.comparison) {
            case Comparison::IncludesAny: return (members & asked) != 0;
            case Comparison::IncludesAll: return (members & asked) == asked;
            case Comparison::IncludesNone: return (members & asked) == 0;
            case Comparison::IncludesOnly: return (members & ~asked) == 0;
            case Comparison::IsEmpty: return members == 0;
            default: unknown_node();
        }
    }

    bool place(const Condition& c, const std::string& left) const {
        if (c.comparison == Comparison::IsOneOf) return std::any_of(c.values.begin(), c.values.end(), [&](const TermPtr& value) { return value->name == left; });
        if (c.comparison == Comparison::Within) return lies_in(left, c.values[0]->name);
        return (c.right->name == left) == (c.comparison == Comparison::Is);
    }

    bool place_set(const Condition& c, const std::vector<std::string>& left) const {
        const auto has = [&](const TermPtr& value) { return std::find(left.begin(), left.end(), value->name) != left.end(); };
        switch (c.comparison) {
            case Comparison::IncludesAny: return std::any_of(c.values.begin(), c.values.end(), has);
            case Comparison::IncludesAll: return std::all_of(c.values.begin(), c.values.end(), has);
            case Comparison::IncludesNone: return std::none_of(c.values.begin(), c.values.end(), has);
            case Comparison::IncludesWithin: return std::any_of(left.begin(), left.end(), [&](const std::string& code) { return lies_in(code, c.values[0]->name); });
            case Comparison::IsEmpty: return left.empty();
            default: unknown_node();
        }
    }

    bool in_time(const Condition& c, const Frame& frame) const {
        const auto left = time(*c.left, frame);
        const std::int64_t now = c.left->type == ValueType::Date ? account_.zone->date(Instant{account_.as_of}).days_since_1970() : account_.as_of;
        if (c.comparison == Comparison::Happened) return left && *left <= now;
        if (!left) return false;
        if (c.comparison == Comparison::ClockBetween) {
            const std::int32_t minutes = account_.zone->local(Instant{*left}).seconds / 60;
            if (c.clock_from_minutes <= c.clock_until_minutes) return c.clock_from_minutes <= minutes && minutes < c.clock_until_minutes;
            return c.clock_from_minutes <= minutes || minutes < c.clock_until_minutes;
        }
        const auto right = time(*c.right, frame);
        const bool before = c.comparison == Comparison::Before || c.comparison == Comparison::AtOrBefore;
        if (!right) return before;
        if (c.comparison == Comparison::Before) return *left < *right;
        if (c.comparison == Comparison::AtOrBefore) return *left <= *right;
        if (c.comparison == Comparison::After) return *left > *right;
        return *left >= *right;
    }

    const Account& account_;
    const RuleBook& law_;
};

/// Calls `visit` with every combination; it returns false to stop.
void each(Account& account, const Domains& domains, const std::function<bool()>& visit) {
    std::vector<const std::vector<Raw>*> lists;
    account.facts.clear();
    account.values.clear();
    for (const auto& [ground, domain] : domains) {
        account.facts.push_back(ground);
        lists.push_back(&domain);
        account.values.push_back(&domain.front());
    }
    std::vector<std::size_t> at(lists.size(), 0);
    while (visit()) {
        std::size_t i = 0;
        while (i < lists.size() && ++at[i] == lists[i]->size()) {
            at[i] = 0;
            account.values[i] = &lists[i]->front();
            ++i;
        }
        if (i == lists.size()) return;
        account.values[i] = &(*lists[i])[at[i]];
    }
}

}  // namespace

std::size_t Account::index(FactId fact, const Frame& frame) const {
    const GroundFact ground{fact, frame.restricted(bindings(law->vocabulary.at(fact).frame))};
    const auto found = std::lower_bound(facts.begin(), facts.end(), ground);
    if (found == facts.end() || *found != ground) std::abort();
    return static_cast<std::size_t>(found - facts.begin());
}

const Raw& Account::at(FactId fact, const Frame& frame) const { return *values[index(fact, frame)]; }

bool holds(const Condition& condition, const Frame& frame, const Account& account) { return Judge(account).truth(condition, frame); }

std::vector<Raw> domain_of(const Known& known, const FactDeclaration& declaration, const std::vector<std::int64_t>& later) {
    std::vector<Raw> result;
    const std::vector<std::string> codes{"DE", "DE-BY", "FR", "FR-75", "US", "US-CA", "US-TX", "ZZ"};
    switch (declaration.type) {
        case ValueType::YesNo:
        case ValueType::Choice:
        case ValueType::Judgement:
            for (std::size_t i = 0; i < declaration.choices.size(); ++i)
                if (known.possible.test(i)) result.push_back({.choice = static_cast<int>(i)});
            break;
        case ValueType::Set:
            for (unsigned bits = 0; bits < 1U << declaration.choices.size(); ++bits) {
                bool fits = true;
                for (std::size_t i = 0; i < declaration.choices.size(); ++i)
                    fits = fits && !(known.in.test(i) && (bits >> i & 1U) == 0) && !(known.out.test(i) && (bits >> i & 1U) != 0);
                if (fits) result.push_back({.members = bits});
            }
            break;
        case ValueType::Place:
            for (const std::string& code : known.closed ? known.places : codes) result.push_back({.place = code});
            break;
        case ValueType::PlaceSet:
            for (unsigned bits = 0; bits < 1U << codes.size(); ++bits) {
                Raw raw;
                bool fits = true;
                for (std::size_t i = 0; i < codes.size(); ++i) {
                    const bool in = std::find(known.places.begin(), known.places.end(), codes[i]) != known.places.end();
                    const bool out = known.closed || std::find(known.places_out.begin(), known.places_out.end(), codes[i]) != known.places_out.end();
                    if ((bits >> i & 1U) != 0) raw.places.push_back(codes[i]);
                    fits = fits && ((bits >> i & 1U) != 0 ? in || !out : !in);
                }
                if (fits) result.push_back(raw);
            }
            break;
        default: {
            const bool time = declaration.type == ValueType::Instant || declaration.type == ValueType::Date;
            if (time && known.not_yet_possible)
                for (const std::int64_t at : later) result.push_back({.number = at, .happened = false});
            if (time && !known.happened_possible) break;
            const std::int64_t high = known.high >= Known::highest ? known.low + 15 : known.high;
            for (std::int64_t value = known.low; value <= high; ++value) result.push_back({.number = value});
            if (known.high >= Known::highest) result.push_back({.number = 1000000});
        }
    }
    return result;
}

std::size_t combinations(const Domains& domains) {
    std::size_t count = 1;
    for (const auto& [ground, domain] : domains) count = std::min<std::size_t>(count * domain.size(), std::size_t{1} << 40);
    return count;
}

Answer judge(const Condition& condition, const Frame& frame, Account account, const Domains& domains, const std::function<bool(const Account&)>& possible) {
    Answer answer;
    each(account, domains, [&] {
        if (possible && !possible(account)) return true;
        (holds(condition, frame, account) ? answer.yes : answer.no) = true;
        return !(answer.yes && answer.no);
    });
    return answer;
}

std::vector<GroundFact> deciding(const Condition& condition, const Frame& frame, Account account, const Domains& domains, const std::function<bool(const Account&)>& possible) {
    std::vector<Truth> answers;  // Unknown: no such account
    each(account, domains, [&] {
        answers.push_back(possible && !possible(account) ? Truth::Unknown : holds(condition, frame, account) ? Truth::Yes : Truth::No);
        return true;
    });
    std::vector<GroundFact> result;
    std::size_t stride = 1;
    for (const auto& [ground, domain] : domains) {
        bool decides = false;
        for (std::size_t i = 0; i < answers.size() && !decides; ++i) {
            const std::size_t value = i / stride % domain.size();
            for (std::size_t other = 0; other < value; ++other) decides = decides || (answers[i] != Truth::Unknown && answers[i] == !answers[i - (value - other) * stride]);
        }
        if (decides) result.push_back(ground);
        stride *= domain.size();
    }
    return result;
}

}  // namespace duenotice::oracle
