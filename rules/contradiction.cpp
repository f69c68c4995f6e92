#include "rules/contradiction.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rules/number.h"

namespace duenotice {

namespace {

constexpr int most_definitions_deep = 32;

class Parts {
public:
    explicit Parts(const RuleBook& book) : book_(book) {}

    void add(const Condition& condition, bool positive, int depth = 0) {
        using Kind = Condition::Kind;
        const bool splits = condition.kind == (positive ? Kind::And : Kind::Or);
        if (splits || condition.kind == Kind::Not) {
            for (const ConditionPtr& child : condition.children)
                add(*child, condition.kind == Kind::Not ? !positive : positive, depth);
        } else if (condition.kind == Kind::Use && condition.index && depth < most_definitions_deep) {
            add(*book_.definitions[*condition.index].condition, positive, depth + 1);
        } else if (condition.kind != Kind::True && condition.kind != Kind::False) {
            list.push_back({&condition, positive});
        }
    }

    std::vector<Literal> list;

private:
    const RuleBook& book_;
};

std::optional<Clash> against_itself(const std::vector<Literal>& parts) {
    std::map<std::string, Literal> seen;
    for (const Literal& part : parts) {
        const auto [other, is_new] = seen.emplace(print(*part.condition), part);
        if (!is_new && other->second.positive != part.positive) return Clash{other->second, part};
    }
    return {};
}

/// The tokens for which a comparison of a fact with its choices holds; nothing when it is another comparison.
std::optional<std::set<std::string>> tokens_of(const Condition& part, const std::vector<std::string>& all,
                                               bool ordered) {
    const auto token = [](const TermPtr& term) { return term && term->kind == Term::Kind::Token; };
    std::set<std::string> tokens;
    if (part.comparison == Comparison::IsOneOf) {
        if (!std::all_of(part.values.begin(), part.values.end(), token)) return {};
        for (const TermPtr& value : part.values) tokens.insert(value->name);
        return tokens;
    }
    if (!token(part.right)) return {};
    const std::size_t at = static_cast<std::size_t>(std::find(all.begin(), all.end(), part.right->name) - all.begin());
    if (at == all.size()) return {};
    const auto add = [&](bool (*fits)(std::size_t, std::size_t)) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (fits(i, at)) tokens.insert(all[i]);
    };
    if (part.comparison == Comparison::Is) return std::set<std::string>{all[at]};
    if (part.comparison == Comparison::IsNot)
        add([](std::size_t a, std::size_t b) { return a != b; });
    else if (!ordered)
        return {};
    else if (part.comparison == Comparison::AtLeast)
        add([](std::size_t a, std::size_t b) { return a >= b; });
    else if (part.comparison == Comparison::AtMost)
        add([](std::size_t a, std::size_t b) { return a <= b; });
    else if (part.comparison == Comparison::MoreThan)
        add([](std::size_t a, std::size_t b) { return a > b; });
    else if (part.comparison == Comparison::LessThan)
        add([](std::size_t a, std::size_t b) { return a < b; });
    else
        return {};
    return tokens;
}

/// Facts with choices: what every part leaves of them.
std::optional<Clash> of_choices(const std::vector<Literal>& parts, const Vocabulary& vocabulary) {
    struct Left {
        std::set<std::string> tokens;
        Literal last;
    };
    std::map<FactId, Left> left;
    for (const Literal& part : parts) {
        const Condition& condition = *part.condition;
        if (condition.kind != Condition::Kind::Compare || condition.left->kind != Term::Kind::Fact ||
            !condition.left->fact)
            continue;
        const FactDeclaration& fact = vocabulary.at(*condition.left->fact);
        std::vector<std::string> all;
        if (fact.type == ValueType::YesNo) all = {"yes", "no"};
        if (fact.type == ValueType::Choice || fact.type == ValueType::Judgement)
            for (const Choice& choice : fact.choices) all.push_back(choice.token);
        if (all.empty()) continue;
        const auto tokens = tokens_of(condition, all, fact.ordered);
        if (!tokens) continue;
        Left& here = left.try_emplace(fact.id, Left{{all.begin(), all.end()}, {}}).first->second;
        std::erase_if(here.tokens,
                      [&](const std::string& token) { return (tokens->count(token) != 0) != part.positive; });
        if (here.tokens.empty()) return Clash{here.last.condition != nullptr ? here.last : part, part};
        here.last = part;
    }
    return {};
}

bool is_number(Term::Kind kind) {
    return kind == Term::Kind::Whole || kind == Term::Kind::Share || kind == Term::Kind::Money ||
           kind == Term::Kind::Duration;
}

/// Terms compared with numbers: whether any number is left. Half steps stand for `more than` and `less than`.
std::optional<Clash> of_numbers(const std::vector<Literal>& parts) {
    struct Range {
        std::int64_t low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
        Literal low_by, high_by;
    };
    std::map<std::string, Range> ranges;
    for (const Literal& part : parts) {
        const Condition& condition = *part.condition;
        if (condition.kind != Condition::Kind::Compare || !condition.right || !is_number(condition.right->kind))
            continue;
        const std::int64_t number = condition.right->number;
        if (number > most_whole || number < 0) continue;
        const bool whole = condition.right->kind == Term::Kind::Whole && condition.left->type == ValueType::Whole;
        const std::int64_t step = whole ? 2 : 1;
        bool lower = false, strict = false;
        switch (condition.comparison) {
            case Comparison::AtLeast:
                lower = true;
                break;
            case Comparison::MoreThan:
                lower = strict = true;
                break;
            case Comparison::AtMost:
                break;
            case Comparison::LessThan:
                strict = true;
                break;
            default:
                continue;
        }
        if (!part.positive) {  // not at least n: less than n
            lower = !lower;
            strict = !strict;
        }
        const std::string currency = condition.right->kind == Term::Kind::Money ? condition.right->name : "";
        Range& range = ranges[print(*condition.left) + " " + currency];
        const std::int64_t bound = 2 * number + (strict ? (lower ? step : -step) : 0);
        if (lower && bound > range.low) {
            range.low = bound;
            range.low_by = part;
        } else if (!lower && bound < range.high) {
            range.high = bound;
            range.high_by = part;
        }
        if (range.low_by.condition != nullptr && range.high_by.condition != nullptr && range.low > range.high)
            return lower ? Clash{range.high_by, range.low_by} : Clash{range.low_by, range.high_by};
    }
    return {};
}

}  // namespace

std::optional<Clash> find_clash(const Condition& condition, bool holds, const RuleBook& book) {
    Parts parts(book);
    parts.add(condition, holds);
    if (auto clash = against_itself(parts.list)) return clash;
    if (auto clash = of_choices(parts.list, book.vocabulary)) return clash;
    return of_numbers(parts.list);
}

}  // namespace duenotice
