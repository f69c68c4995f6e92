#pragma once
// The order in which clocks and standings are evaluated: obligations and the ones they name (starts after a filing,
// with, before, the limit of, discharged by). Boost.Graph stays in the source file. A cycle is refused with all places.

#include <memory>
#include <string>
#include <vector>

#include "rules/diagnostic.h"
#include "rules/rulebook.h"

namespace duenotice {

struct DutyEdge {
    std::uint32_t from = 0, to = 0;  ///< obligation indexes: `to` needs `from` first
    std::string why, citation;       ///< "starts at its filing", "with"
    Span span;
};

struct DutyGraph {
    std::vector<DutyEdge> edges;
    std::vector<std::uint32_t> order;  ///< obligation indexes, ties by id
    std::string dot(const RuleBook& book) const;
};

/// Of each obligation whether the limits of this one may rest on its duties: it itself, what its clocks name, and what
/// those name. All of them where a clock asks the shortest limit of any other.
std::vector<bool> closure_of(const RuleBook& book, const DutyGraph& graph, std::uint32_t obligation);

/// Errors: a cycle, one diagnostic with the place of every edge on it.
Checked<DutyGraph> make_duty_graph(const RuleBook& book);

}  // namespace duenotice
