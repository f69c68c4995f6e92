#include <algorithm>

#include "engine/reads.h"
#include "engine/verdict.h"

// The pieces of one ground fact under a whole condition, for decision tables and for "does every answer settle it".

namespace duenotice {

namespace {

constexpr std::size_t most_members_combined = 6;

/// Every way in which the members that are asked for may be in or out; with many of them a cover instead: none of them,
/// or at least this one.
std::vector<Known> set_pieces(const Known& known, const std::vector<Unknown>& members, const Evaluation& evaluation, const std::vector<Read>& reads) {
    std::vector<Known> result{known};
    if (members.size() > most_members_combined) {
        Known none = known;
        result.clear();
        for (const Unknown& member : members) {
            const std::vector<Known> two = cut(member, atoms_of(member, reads), evaluation);
            if (two.size() < 2) continue;
            result.push_back(two[0]);
            none = none.narrowed(two[1]);
        }
        result.push_back(std::move(none));
        return result;
    }
    for (const Unknown& member : members) {
        const std::vector<Known> two = cut(member, atoms_of(member, reads), evaluation);
        if (two.size() < 2) continue;
        std::vector<Known> next;
        for (const Known& piece : result)
            for (const Known& half : two) next.push_back(piece.narrowed(half));
        result = std::move(next);
    }
    return result;
}

}  // namespace

std::vector<Known> pieces(const GroundFact& ground, const Condition& condition, const Frame& frame, const Evaluation& evaluation) {
    const std::vector<Read> reads = all_reads(condition, frame, evaluation);
    std::vector<Unknown> members;
    for (const Read& read : reads)
        if (read.unknown.ground == ground && (read.unknown.kind == Unknown::Kind::Member || read.unknown.kind == Unknown::Kind::Place) &&
            std::find(members.begin(), members.end(), read.unknown) == members.end())
            members.push_back(read.unknown);
    if (!members.empty()) return set_pieces(evaluation.domain(ground), members, evaluation, reads);
    const Unknown fact{Unknown::Kind::Fact, ground, -1, {}};
    return cut(fact, atoms_of(fact, reads), evaluation);
}

}  // namespace duenotice
