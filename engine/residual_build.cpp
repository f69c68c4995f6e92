#include <algorithm>
#include <utility>

#include "engine/memo.h"
#include "engine/residual.h"

// From a condition and a frame to the graph of what is undecided.

namespace duenotice {

namespace {

/// One fact against constants: it looks at nothing else.
bool compares_plainly(const Condition& condition) {
    if (condition.kind == Condition::Kind::Presumed || condition.kind == Condition::Kind::DateIn) return condition.left == nullptr || condition.left->kind == Term::Kind::Fact;
    const auto is_constant = [](const TermPtr& term) { return term->terms.empty() && !term->selection && !term->test && !term->fact; };
    return condition.kind == Condition::Kind::Compare && condition.left->kind == Term::Kind::Fact && (!condition.right || is_constant(condition.right)) &&
           std::all_of(condition.values.begin(), condition.values.end(), is_constant);
}

/// A question about a set that comes to "one of these members is in it" or the like: what it read is all that it asks.
bool asks_members(const Condition& condition, const std::vector<Read>& reads) {
    if (condition.kind != Condition::Kind::Compare || reads.empty()) return false;
    const Comparison comparison = condition.comparison;
    const bool some = comparison == Comparison::IncludesAny || comparison == Comparison::IncludesAll || comparison == Comparison::IncludesNone;
    if (!some && comparison != Comparison::IncludesOnly && comparison != Comparison::IsEmpty && comparison != Comparison::IncludesWithin) return false;
    const bool tokens = std::all_of(condition.values.begin(), condition.values.end(), [](const TermPtr& value) { return value->kind == Term::Kind::Token; });
    return std::all_of(reads.begin(), reads.end(), [&](const Read& read) {
        if (read.atom != &condition) return false;
        if (read.unknown.kind == Unknown::Kind::Member) return true;
        if (read.unknown.kind != Unknown::Kind::Place || !tokens || condition.right) return false;
        const std::string& code = read.unknown.tag;  // one that stands for places without a name of their own may be another
        return some ? code.back() != '?' : comparison != Comparison::IncludesWithin || code != "??";
    });
}

}  // namespace

Residual::Residual(const Condition& condition, const Frame& frame, const Evaluation& evaluation) : evaluation_(evaluation) {
    roots_.push_back(build(condition, frame));
    add_what_may_be_read();
}

Residual::Residual(std::span<const ConditionPtr> conditions, const Frame& frame, const Evaluation& evaluation) : evaluation_(evaluation) {
    for (const ConditionPtr& condition : conditions) roots_.push_back(build(*condition, frame));
    add_what_may_be_read();
}

/// A count or sum reads only what binds: in a narrower state that may be another of the facts that it looks at.
void Residual::add_what_may_be_read() {
    for (std::uint32_t index = 0; index < atoms_.size(); ++index) {
        Atom& atom = atoms_[index];
        if (atom.looked_at.empty()) continue;
        for (std::uint32_t column = 0; column < columns_.size(); ++column) {
            GroundSet ground;
            ground.add(columns_[column].unknown.ground);
            const auto at = std::lower_bound(atom.columns.begin(), atom.columns.end(), column);
            if (!atom.looked_at.may_meet(ground) || (at != atom.columns.end() && *at == column)) continue;
            atom.columns.insert(at, column);
            atom.is_table = false;
            columns_[column].atoms.push_back(index);
        }
    }
}

std::uint32_t Residual::constant(Truth truth) {
    Node node;
    node.constant = truth;
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t Residual::combined(Kind kind, const std::vector<std::uint32_t>& children, std::uint32_t k) {
    if (children.size() == 1 && (kind == Kind::And || kind == Kind::Or)) return children.front();
    Node node;
    node.kind = kind;
    node.first = static_cast<std::uint32_t>(children_.size());
    node.count = static_cast<std::uint32_t>(children.size());
    node.k = k;
    children_.insert(children_.end(), children.begin(), children.end());
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t Residual::build(const Condition& condition, const Frame& frame) {
    const auto found = built_.find({&condition, frame, in_test_});
    if (found != built_.end()) return found->second;
    const Truth truth = evaluation_.truth(condition, frame);
    const std::uint32_t node = truth != Truth::Unknown ? constant(truth) : spelled_out(condition, frame);
    built_.emplace(std::tuple(&condition, frame, in_test_), node);
    if (nodes_[node].condition == nullptr) {
        nodes_[node].condition = &condition;
        nodes_[node].frame = frame;
    }
    return node;
}

std::uint32_t Residual::spelled_out(const Condition& condition, const Frame& frame) {
    switch (condition.kind) {
        case Condition::Kind::And:
        case Condition::Kind::Or:
        case Condition::Kind::AtLeastOf: {
            const bool counted = condition.kind == Condition::Kind::AtLeastOf;
            const Truth neutral = condition.kind == Condition::Kind::And ? Truth::Yes : Truth::No;
            std::vector<std::uint32_t> children;
            for (const ConditionPtr& child : condition.children) {
                const std::uint32_t node = build(*child, frame);
                if (counted || nodes_[node].kind != Kind::Constant || nodes_[node].constant != neutral) children.push_back(node);
            }
            return combined(counted ? Kind::AtLeast : condition.kind == Condition::Kind::And ? Kind::And : Kind::Or, children, condition.k);
        }
        case Condition::Kind::Not: return combined(Kind::Not, {build(*condition.children.front(), frame)});
        case Condition::Kind::Use: return build(*evaluation_.world.law->definitions[*condition.index].condition, frame);
        case Condition::Kind::Any:
        case Condition::Kind::Every: return quantified(condition, frame);
        default: return atom(condition, frame);
    }
}

std::uint32_t Residual::quantified(const Condition& condition, const Frame& frame) {
    const bool any = condition.kind == Condition::Kind::Any;
    bool list_open = false;
    std::vector<std::uint32_t> parts;
    for (const Evaluation::Member& member : evaluation_.members(*condition.selection, frame, list_open)) {
        std::uint32_t part = build(*condition.children.front(), member.frame);
        if (member.is_member == Truth::Unknown) {
            const std::uint32_t link = open_atom({Unknown::Kind::Opaque, {0, member.frame.restricted(bind::entity | bind::place)}, -1, "link " + condition.selection->link});
            part = any ? combined(Kind::And, {link, part}) : combined(Kind::Or, {combined(Kind::Not, {link}), part});
        }
        parts.push_back(part);
    }
    if (list_open) parts.push_back(open_atom(others_in(*condition.selection, frame)));
    return combined(any ? Kind::Or : Kind::And, parts);
}

std::uint32_t Residual::column(const Unknown& unknown) {
    const auto [found, is_new] = column_of_.emplace(unknown, static_cast<std::uint32_t>(columns_.size()));
    if (is_new) columns_.emplace_back().unknown = unknown;
    return found->second;
}

std::uint32_t Residual::add_atom(Atom atom) {
    const auto index = static_cast<std::uint32_t>(atoms_.size());
    for (const std::uint32_t column : atom.columns) columns_[column].atoms.push_back(index);
    atoms_.push_back(std::move(atom));
    Node node;
    node.kind = Kind::Atom;
    node.atom = index;
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t Residual::open_atom(Unknown unknown) {
    Atom atom;
    atom.columns = {column(unknown)};
    atom.stated.reads = atom.columns;
    return add_atom(std::move(atom));
}

/// A question about members of a set, one atom a member that is open.
std::uint32_t Residual::members(const Condition& condition, const Frame& frame, const std::vector<Read>& reads) {
    std::vector<std::uint32_t> literals;
    for (const Read& read : reads) {
        Atom atom;
        atom.condition = &condition;
        atom.frame = frame;
        atom.columns = {column(read.unknown)};
        atom.is_table = atom.is_filled = true;
        atom.in_test = in_test_;
        atom.yes = PieceBits::one(0);
        atom.no = PieceBits::one(1);
        atom.stated.reads = atom.columns;
        literals.push_back(add_atom(std::move(atom)));
    }
    if (condition.comparison == Comparison::IncludesAll) return combined(Kind::And, literals);
    const std::uint32_t some = combined(Kind::Or, literals);
    return condition.comparison == Comparison::IncludesAny || condition.comparison == Comparison::IncludesWithin ? some : combined(Kind::Not, {some});
}

void Residual::tests_of(const Term& term, const Frame& frame, std::vector<Test>& tests) {
    const auto add = [&](const Frame& member) {
        tests.push_back({term.test.get(), member, build(*term.test, member)});
    };
    if (term.test && term.kind == Term::Kind::People) {
        Frame member = frame;
        for (std::size_t i = 0; i < evaluation_.incident.populations.size(); ++i) {
            member.population = static_cast<std::int32_t>(i);
            add(member);
        }
    } else if (term.test && term.selection && term.kind != Term::Kind::BusiestWeek) {
        bool list_open = false;
        for (const Evaluation::Member& member : evaluation_.members(*term.selection, frame, list_open)) add(member.frame);
    }
    for (const TermPtr& part : term.terms)
        if (!term.selection) tests_of(*part, frame, tests);
}

std::vector<Residual::Test> Residual::tests_of(const Condition& condition, const Frame& frame) {
    std::vector<Test> tests;
    if (condition.kind != Condition::Kind::Compare) return tests;
    const bool outer = std::exchange(in_test_, true);
    for (const TermPtr& term : {condition.left, condition.right})
        if (term) tests_of(*term, frame, tests);
    for (const TermPtr& term : condition.values) tests_of(*term, frame, tests);
    in_test_ = outer;
    return tests;
}

std::uint32_t Residual::atom(const Condition& condition, const Frame& frame) {
    Atom atom;
    atom.condition = &condition;
    atom.frame = frame;
    Assumptions tests;
    for (const Test& test : tests_of(condition, frame)) {
        const Truth truth = nodes_[test.node].kind == Kind::Constant ? nodes_[test.node].constant : Truth::Unknown;
        tests[{test.condition, test.frame}] = truth;
        if (truth == Truth::Unknown) atom.tests.push_back(test);
    }
    atom.in_test = in_test_;
    return atom.tests.size() == 1 ? one_test(std::move(atom), std::move(tests)) : stated(std::move(atom), tests);
}

/// A count or sum with one open test: what it comes to without it is decided, so that the test stands beside the rest.
std::uint32_t Residual::one_test(Atom atom, Assumptions tests) {
    const Test test = atom.tests.front();
    Truth& truth = tests[{test.condition, test.frame}];
    Evaluation assuming = evaluation_;
    assuming.assumed = &tests;
    truth = Truth::No;
    const Truth without = assuming.evaluated(*atom.condition, atom.frame);
    if (without == Truth::Unknown) {
        truth = Truth::Unknown;
        return stated(std::move(atom), tests);
    }
    truth = Truth::Yes;
    const Truth with = assuming.evaluated(*atom.condition, atom.frame);
    if (with == without) return constant(with);
    atom.tests.clear();
    atom.given = tests;
    const std::uint32_t rest = with == Truth::Unknown ? stated(std::move(atom), tests) : constant(with);
    if (without == Truth::No) return combined(Kind::And, {test.node, rest});
    return combined(Kind::Or, {combined(Kind::Not, {test.node}), rest});
}

/// An atom as it stands, its tests as these say.
std::uint32_t Residual::stated(Atom atom, const Assumptions& tests) {
    const Condition& condition = *atom.condition;
    const Frame frame = atom.frame;
    Trace trace;
    Evaluation traced = evaluation_;
    traced.trace = &trace;
    traced.assumed = &tests;
    traced.evaluated(condition, frame);
    const auto& reads = trace.reads;
    if (asks_members(condition, reads)) return members(condition, frame, reads);
    for (const Read& read : reads) {
        if (read.unknown.kind == Unknown::Kind::TooWide) {
            if (atom.stated.why_wide.empty()) atom.stated.why_wide = read.unknown.tag;
            atom.stated.reads.push_back(too_wide);
            continue;
        }
        const std::uint32_t index = column(read.unknown);
        atom.stated.reads.push_back(index);
        if (std::find(atom.columns.begin(), atom.columns.end(), index) == atom.columns.end()) atom.columns.push_back(index);
    }
    std::sort(atom.columns.begin(), atom.columns.end());
    if (!compares_plainly(condition)) atom.looked_at = tests.empty() ? evaluation_.memo->looked_at(condition, frame) : evaluation_.memo->looked_at(condition, frame, tests);
    atom.is_table = atom.columns.size() == 1 && atom.stated.reads.size() == 1 && atom.tests.empty();
    return add_atom(std::move(atom));
}

}  // namespace duenotice
