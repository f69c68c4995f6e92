#include "engine/duty_graph.h"

#include <algorithm>
#include <functional>
#include <set>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include "rules/expression_walk.h"

namespace duenotice {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

/// Collects what one obligation needs of others.
class EdgeCollector {
public:
    EdgeCollector(const RuleBook& book, std::vector<DutyEdge>& edges) : book_(book), edges_(edges) {}

    void obligation(std::uint32_t index) {
        to_ = index;
        for (const Version& version : book_.obligations[index].versions) {
            citation_ = version.citations.empty() ? std::string() : version.citations.front().provision;
            for (const DischargeRule& rule : version.discharges) add(rule.by, "discharged by its filing", version.span, false);
            if (!version.clock) continue;
            node(version.clock->root);
            for (const ClockNode& bound : version.clock->not_before) node(bound);
        }
    }

private:
    void node(const ClockNode& clock) {
        for (const ClockNode& child : clock.children) node(child);
        if (!clock.limb) return;
        const Limb& limb = *clock.limb;
        if (limb.kind == Limb::Kind::With) add(limb.of, "not later than", limb.citation.span, true);
        if (limb.kind == Limb::Kind::Before && !limb.of.empty()) add(limb.of, "before", limb.citation.span, true);
        if (limb.kind == Limb::Kind::LimitOf && limb.of != "any") add(limb.of, "the limit of", limb.citation.span, true);
        if (limb.start) term(*limb.start);
    }

    void term(const Term& term) {
        if (term.kind == Term::Kind::Filed) add(term.name, "starts at its filing", term.span, true);
        for (const TermPtr& child : term.terms) this->term(*child);
    }

    /// A duty may well repeat from its own filing, and be discharged by a colleague's of the same kind: no edge.
    void add(const std::string& id, std::string why, const Span& span, bool order) {
        const auto from = book_.obligation_index(id);
        if (!from || *from == to_ || !order) return;
        edges_.push_back({*from, to_, std::move(why), citation_, span});
    }

    const RuleBook& book_;
    std::vector<DutyEdge>& edges_;
    std::uint32_t to_ = 0;
    std::string citation_;
};

void report_cycles(const RuleBook& book, const std::vector<DutyEdge>& edges, const std::vector<int>& component, Diagnostics& diagnostics) {
    std::set<int> reported;
    for (const DutyEdge& edge : edges) {
        const int c = component[edge.from];
        if (c != component[edge.to] || !reported.insert(c).second) continue;
        std::string members;
        for (std::size_t i = 0; i < component.size(); ++i)
            if (component[i] == c) members += (members.empty() ? "`" : ", `") + book.obligations[i].id + "`";
        Diagnostic& diagnostic = diagnostics.error("DN0401", edge.span, "the clocks of " + members + " wait for each other",
                                                   "a clock may name a duty only when that duty's clock does not name it back");
        for (const DutyEdge& other : edges)
            if (component[other.from] == c && component[other.to] == c)
                diagnostic.related.emplace_back(other.span, "`" + book.obligations[other.to].id + "` " + other.why + " `" +
                                                                book.obligations[other.from].id + "`");
    }
}

bool asks_any(const Obligation& obligation) {
    bool any = false;
    for (const Version& version : obligation.versions)
        if (version.clock) walk_limbs(*version.clock, [&](const Limb& limb) { any = any || (limb.kind == Limb::Kind::LimitOf && limb.of == "any"); });
    return any;
}

}  // namespace

Checked<DutyGraph> make_duty_graph(const RuleBook& book) {
    Checked<DutyGraph> result;
    DutyGraph graph;
    EdgeCollector collector(book, graph.edges);
    const auto count = static_cast<std::uint32_t>(book.obligations.size());
    for (std::uint32_t i = 0; i < count; ++i) collector.obligation(i);
    Graph boost_graph(count);
    for (const DutyEdge& edge : graph.edges) boost::add_edge(edge.from, edge.to, boost_graph);
    std::vector<int> component(count);
    if (count > 0 && boost::strong_components(boost_graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, boost_graph))) !=
                         static_cast<int>(count)) {
        report_cycles(book, graph.edges, component, result.diagnostics);
        return result;
    }
    // Kahn's order with the smallest index (ids are sorted) first, so that the order is one and the same for ever.
    std::vector<std::uint32_t> needs(count, 0);
    for (const DutyEdge& edge : graph.edges) ++needs[edge.to];
    std::set<std::uint32_t> ready;
    for (std::uint32_t i = 0; i < count; ++i)
        if (needs[i] == 0) ready.insert(i);
    while (!ready.empty()) {
        const std::uint32_t next = *ready.begin();
        ready.erase(ready.begin());
        graph.order.push_back(next);
        const auto [first, last] = boost::out_edges(next, boost_graph);
        std::for_each(first, last, [&](const auto& edge) {
            const auto to = static_cast<std::uint32_t>(boost::target(edge, boost_graph));
            if (--needs[to] == 0) ready.insert(to);
        });
    }
    result.value = std::move(graph);
    return result;
}

std::vector<bool> closure_of(const RuleBook& book, const DutyGraph& graph, std::uint32_t obligation) {
    std::vector<bool> within(book.obligations.size(), false);
    std::vector<std::uint32_t> open{obligation};
    within[obligation] = true;
    while (!open.empty()) {
        const std::uint32_t next = open.back();
        open.pop_back();
        if (asks_any(book.obligations[next])) return std::vector<bool>(book.obligations.size(), true);
        for (const DutyEdge& edge : graph.edges) {
            if (edge.to != next || within[edge.from]) continue;
            within[edge.from] = true;
            open.push_back(edge.from);
        }
    }
    return within;
}

std::string DutyGraph::dot(const RuleBook& book) const {
    std::string text = "digraph duties {\n";
    for (const DutyEdge& edge : edges)
        text += "  \"" + book.obligations[edge.from].id + "\" -> \"" + book.obligations[edge.to].id + "\" [label=\"" + edge.why + "\"];\n";
    return text + "}\n";
}

}  // namespace duenotice
