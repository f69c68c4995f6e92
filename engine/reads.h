#pragma once
// What an evaluation read on its way to an undetermined answer: open facts, open members of sets, lists that are open,
// and bounds that are wider than the truth. Reads under a node that came out definite are dropped, so that what stays
// is the part that is still undecided. When no unknown is read twice and no bound is too wide, strong Kleene is exact
// and undetermined means that two completions differ: the whole of the case split (engine/verdict.h) rests on this.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/decision.h"
#include "engine/evaluator.h"

namespace duenotice {

/// One thing that may still come out in several ways.
struct Unknown {
    enum class Kind : std::uint8_t {
        Fact,    ///< the value of a ground fact
        Member,  ///< whether `part` is in a set
        Place,   ///< whether the place `tag` is in a set of places
        Opaque,  ///< open, but no fact to narrow: an open list, a link, what is yet to come
        TooWide  ///< nothing is open here: a bound is wider than the truth; `tag` says why
    };
    Kind kind = Kind::Fact;
    GroundFact ground;
    std::int32_t part = -1;
    std::string tag;
    friend bool operator==(const Unknown&, const Unknown&) = default;
    /// In vocabulary order.
    friend bool operator<(const Unknown& a, const Unknown& b) { return std::tie(a.ground, a.kind, a.part, a.tag) < std::tie(b.ground, b.kind, b.part, b.tag); }
};

/// That others may be in a list that is not complete. A list of relations is that of one entity and one relation.
Unknown others_in(const Selection& selection, const Frame& frame);

/// The same of a relation by its name.
Unknown others_related(std::string_view relation, const Frame& frame);

/// What a condition that is still undecided, or a term, rests on besides the facts that it reads.
struct AlsoOpen {
    std::vector<OpenRelation> relations;  ///< lists that are not complete, sorted
    std::vector<GroundFact> countries;    ///< of entities whose clock is not known, sorted
};
AlsoOpen also_open(const Condition& condition, const Frame& frame, const Evaluation& evaluation);
AlsoOpen also_open(const Term& term, const Frame& frame, const Evaluation& evaluation);

struct Read {
    Unknown unknown;
    const Condition* atom = nullptr;  ///< the innermost comparison, validity or presumption that reads it
    Frame frame;                      ///< of the atom
    int visit = 0;                    ///< tells apart the times at which one atom is met
    int depth = 0;                    ///< comparisons around the atom: it stands in the test of a count
};

/// Collects reads while Evaluation::truth and Evaluation::value run.
struct Trace {
    std::vector<Read> reads;
    bool everything = false;  ///< also what is exact or decided, without short cuts
    const Condition* atom = nullptr;
    Frame frame;
    int visit = 0, visits = 0, depth = 0;

    void add(Unknown unknown) { reads.push_back({std::move(unknown), atom, frame, visit, depth}); }
    void too_wide(std::string why) { add({Unknown::Kind::TooWide, {}, -1, std::move(why)}); }
    void opaque(std::string tag, const GroundFact& ground = {}) { add({Unknown::Kind::Opaque, ground, -1, std::move(tag)}); }
};

/// Sets the innermost atom of a trace while it lives.
class AtomScope {
public:
    AtomScope(Trace* trace, const Condition& atom, const Frame& frame) : trace_(trace) {
        if (trace_ == nullptr) return;
        before_ = trace_->atom;
        frame_ = trace_->frame;
        visit_ = trace_->visit;
        depth_ = trace_->depth;
        if (before_ != nullptr && before_->kind == Condition::Kind::Compare) ++trace_->depth;
        trace_->atom = &atom;
        trace_->frame = frame;
        trace_->visit = ++trace_->visits;
    }
    ~AtomScope() {
        if (trace_ == nullptr) return;
        trace_->atom = before_;
        trace_->frame = frame_;
        trace_->visit = visit_;
        trace_->depth = depth_;
    }
    AtomScope(const AtomScope&) = delete;
    AtomScope& operator=(const AtomScope&) = delete;

private:
    Trace* trace_;
    const Condition* before_ = nullptr;
    Frame frame_;
    int visit_ = 0, depth_ = 0;
};

/// Everything a condition reads in a frame, decided or not.
std::vector<Read> all_reads(const Condition& condition, const Frame& frame, const Evaluation& evaluation);

struct Atom {
    const Condition* condition = nullptr;
    Frame frame;
    friend auto operator<=>(const Atom&, const Atom&) = default;
};
/// The atoms among these reads that read one unknown, each once, in the order of reading.
std::vector<Atom> atoms_of(const Unknown& unknown, const std::vector<Read>& reads);

/// The pieces into which these atoms cut what is still possible of one unknown; one piece when they do not tell its
/// values apart. Empty for unknowns that no fact stands for.
std::vector<Known> cut(const Unknown& unknown, const std::vector<Atom>& atoms, const Evaluation& evaluation);

}  // namespace duenotice
