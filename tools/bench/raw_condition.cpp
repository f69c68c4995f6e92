#include "tools/bench/raw_condition.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <set>

namespace duenotice {

namespace {

using Kind = RawCondition::Kind;

bool compare(const RawCondition& condition, std::uint32_t value) {
    switch (condition.kind) {
        case Kind::AtLeast: return value >= condition.value;
        case Kind::LessThan: return value < condition.value;
        case Kind::Is: return value == condition.value;
        default: return (condition.values >> value & 1U) != 0;
    }
}

bool is_comparison(Kind kind) { return kind == Kind::AtLeast || kind == Kind::LessThan || kind == Kind::Is || kind == Kind::OneOf; }

void visit_comparisons(const RawBook& book, const RawCondition& condition, const std::function<void(const RawCondition&)>& visit) {
    if (is_comparison(condition.kind)) return visit(condition);
    if (condition.kind == Kind::Use) return visit_comparisons(book, book.definitions[condition.definition], visit);
    for (const RawCondition& child : condition.children) visit_comparisons(book, child, visit);
}

/// The values for which a comparison holds.
RawValues matching(const RawCondition& comparison, std::uint32_t domain) {
    RawValues result = 0;
    for (std::uint32_t value = 0; value < domain; ++value)
        if (compare(comparison, value)) result |= RawValues{1} << value;
    return result;
}

Answer of(bool can_hold, bool can_fail) { return can_hold && can_fail ? Answer::Open : can_hold ? Answer::Yes : Answer::No; }

class NaiveComparison : public NaiveNode {
public:
    NaiveComparison(std::uint32_t fact, RawValues values) : fact_(fact), values_(values) {}
    Answer evaluate(const RawValues* known) const override { return of((known[fact_] & values_) != 0, (known[fact_] & ~values_) != 0); }

private:
    std::uint32_t fact_;
    RawValues values_;
};

class NaiveAll : public NaiveNode {
public:
    explicit NaiveAll(std::vector<NaiveTree> children) : children_(std::move(children)) {}
    Answer evaluate(const RawValues* known) const override {
        Answer result = Answer::Yes;
        for (const NaiveTree& child : children_) {
            result = std::min(result, child->evaluate(known));
            if (result == Answer::No) break;
        }
        return result;
    }

private:
    std::vector<NaiveTree> children_;
};

class NaiveAny : public NaiveNode {
public:
    explicit NaiveAny(std::vector<NaiveTree> children) : children_(std::move(children)) {}
    Answer evaluate(const RawValues* known) const override {
        Answer result = Answer::No;
        for (const NaiveTree& child : children_) {
            result = std::max(result, child->evaluate(known));
            if (result == Answer::Yes) break;
        }
        return result;
    }

private:
    std::vector<NaiveTree> children_;
};

class NaiveNot : public NaiveNode {
public:
    explicit NaiveNot(NaiveTree child) : child_(std::move(child)) {}
    Answer evaluate(const RawValues* known) const override {
        const Answer found = child_->evaluate(known);
        return found == Answer::Yes ? Answer::No : found == Answer::No ? Answer::Yes : Answer::Open;
    }

private:
    NaiveTree child_;
};

class NaiveAtLeast : public NaiveNode {
public:
    NaiveAtLeast(std::uint32_t k, std::vector<NaiveTree> children) : k_(k), children_(std::move(children)) {}
    Answer evaluate(const RawValues* known) const override {
        std::uint32_t certain = 0, possible = 0;
        for (const NaiveTree& child : children_) {
            const Answer found = child->evaluate(known);
            certain += found == Answer::Yes ? 1 : 0;
            possible += found != Answer::No ? 1 : 0;
        }
        return of(possible >= k_, certain < k_);
    }

private:
    std::uint32_t k_;
    std::vector<NaiveTree> children_;
};

NaiveTree naive(const RawBook& book, const RawCondition& condition, const std::vector<NaiveTree>& definitions) {
    if (is_comparison(condition.kind)) return std::make_shared<NaiveComparison>(condition.fact, matching(condition, book.domains[condition.fact]));
    if (condition.kind == Kind::Use) return definitions[condition.definition];
    std::vector<NaiveTree> children;
    for (const RawCondition& child : condition.children) children.push_back(naive(book, child, definitions));
    switch (condition.kind) {
        case Kind::All: return std::make_shared<NaiveAll>(std::move(children));
        case Kind::Any: return std::make_shared<NaiveAny>(std::move(children));
        case Kind::Not: return std::make_shared<NaiveNot>(std::move(children.front()));
        default: return std::make_shared<NaiveAtLeast>(condition.k, std::move(children));
    }
}

class Cutter {
public:
    explicit Cutter(const RawBook& book) : book_(book) {}

    CutBook run() {
        cut_.piece_of.resize(book_.domains.size());
        std::vector<std::set<RawValues>> sets(book_.domains.size());
        const auto note = [&](const RawCondition& comparison) { sets[comparison.fact].insert(matching(comparison, book_.domains[comparison.fact])); };
        for (const RawCondition& condition : book_.conditions) visit_comparisons(book_, condition, note);
        for (std::uint32_t fact = 0; fact < book_.domains.size(); ++fact) pieces(fact, sets[fact]);
        for (const RawCondition& definition : book_.definitions) definitions_.push_back(node(definition));
        for (const RawCondition& condition : book_.conditions) cut_.conditions.push_back(node(condition));
        return std::move(cut_);
    }

private:
    void pieces(std::uint32_t fact, const std::set<RawValues>& sets) {
        std::map<std::vector<bool>, std::uint32_t> known;
        for (std::uint32_t value = 0; value < book_.domains[fact]; ++value) {
            std::vector<bool> answers;
            for (const RawValues set : sets) answers.push_back((set >> value & 1U) != 0);
            const auto next = static_cast<std::uint32_t>(known.size());
            cut_.piece_of[fact].push_back(known.try_emplace(answers, next).first->second);
        }
        cut_.pool.add_column(static_cast<unsigned>(known.size()));
    }

    NodeRef node(const RawCondition& condition) {
        if (is_comparison(condition.kind)) return cut_.pool.atom(condition.fact, cut_.pieces(condition.fact, matching(condition, book_.domains[condition.fact])));
        if (condition.kind == Kind::Use) return definitions_[condition.definition];
        std::vector<NodeRef> children;
        for (const RawCondition& child : condition.children) children.push_back(node(child));
        switch (condition.kind) {
            case Kind::All: return cut_.pool.all(std::move(children));
            case Kind::Any: return cut_.pool.any(std::move(children));
            case Kind::Not: return opposite(children.front());
            default: return cut_.pool.at_least(condition.k, std::move(children));
        }
    }

    const RawBook& book_;
    CutBook cut_;
    std::vector<NodeRef> definitions_;
};

}  // namespace

bool holds(const RawBook& book, const RawCondition& condition, const std::vector<std::uint32_t>& values) {
    if (is_comparison(condition.kind)) return compare(condition, values[condition.fact]);
    const auto child_holds = [&](const RawCondition& child) { return holds(book, child, values); };
    switch (condition.kind) {
        case Kind::Use: return holds(book, book.definitions[condition.definition], values);
        case Kind::All: return std::all_of(condition.children.begin(), condition.children.end(), child_holds);
        case Kind::Any: return std::any_of(condition.children.begin(), condition.children.end(), child_holds);
        case Kind::Not: return !child_holds(condition.children.front());
        default: return std::count_if(condition.children.begin(), condition.children.end(), child_holds) >= static_cast<std::ptrdiff_t>(condition.k);
    }
}

std::vector<std::uint32_t> facts_read(const RawBook& book, const RawCondition& condition) {
    std::set<std::uint32_t> facts;
    visit_comparisons(book, condition, [&](const RawCondition& comparison) { facts.insert(comparison.fact); });
    return {facts.begin(), facts.end()};
}

std::uint64_t completions(const RawBook& book, const RawCondition& condition, const RawValues* known) {
    std::uint64_t result = 1;
    for (const std::uint32_t fact : facts_read(book, condition)) result *= static_cast<std::uint64_t>(std::popcount(known[fact]));
    return result;
}

Answer by_brute_force(const RawBook& book, const RawCondition& condition, const RawValues* known) {
    const std::vector<std::uint32_t> facts = facts_read(book, condition);
    std::vector<std::uint32_t> values(book.domains.size(), 0);
    bool can_hold = false, can_fail = false;
    const std::function<void(std::size_t)> choose = [&](std::size_t i) {
        if (can_hold && can_fail) return;
        if (i == facts.size()) {
            (holds(book, condition, values) ? can_hold : can_fail) = true;
            return;
        }
        for (std::uint32_t value = 0; value < book.domains[facts[i]]; ++value) {
            if ((known[facts[i]] >> value & 1U) == 0) continue;
            values[facts[i]] = value;
            choose(i + 1);
        }
    };
    choose(0);
    return of(can_hold, can_fail);
}

std::vector<NaiveTree> naive_trees(const RawBook& book) {
    std::vector<NaiveTree> definitions, result;
    for (const RawCondition& definition : book.definitions) definitions.push_back(naive(book, definition, definitions));
    for (const RawCondition& condition : book.conditions) result.push_back(naive(book, condition, definitions));
    return result;
}

Answer by_splitting(const NaiveTree& tree, const std::vector<std::uint32_t>& facts, std::vector<RawValues> known) {
    const Answer found = tree->evaluate(known.data());
    if (found != Answer::Open) return found;
    for (const std::uint32_t fact : facts) {
        if (std::has_single_bit(known[fact])) continue;
        std::set<Answer> answers;
        for (RawValues rest = known[fact]; rest != 0; rest &= rest - 1) {
            std::vector<RawValues> narrowed = known;
            narrowed[fact] = rest & -rest;
            answers.insert(by_splitting(tree, facts, std::move(narrowed)));
            if (answers.size() > 1 || answers.contains(Answer::Open)) return Answer::Open;
        }
        return *answers.begin();
    }
    return Answer::Open;
}

PieceSet CutBook::pieces(std::uint32_t fact, RawValues known) const {
    PieceSet result = 0;
    for (std::uint32_t value = 0; value < piece_of[fact].size(); ++value)
        if ((known >> value & 1U) != 0) result |= PieceSet{1} << piece_of[fact][value];
    return result;
}

CutBook cut_into_pieces(const RawBook& book) { return Cutter(book).run(); }

}  // namespace duenotice
