#pragma once
// A clock drawn at random, as text of a law and as plain data, and its value for one exact account the slow way: every
// reading of every limb counted day by day, earlier or later of them taken, nothing shared with engine/limbs.cpp.

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/oracle/random_time.h"

namespace duenotice::test {

/// Safe and maximum of one exact account.
struct NaiveLimits {
    std::int64_t safe = 0, maximum = 0;
};

struct NaiveLimb {
    enum class Start { A, B, EarliestOfBoth, LatestOfBoth };
    std::string id, label;  ///< two limbs of one id with a label each are readings of one
    Start start = Start::A;
    bool guarded = false;  ///< counts only when the guard fact is yes
    std::string zone;
    int calendar = 0;
    const CountingLaw* law = nullptr;
    Period period;
    std::optional<int> cut_off_seconds;
};

struct NaiveNode {
    enum class Kind { Limb, FirstOf, LastOf };
    Kind kind = Kind::Limb;
    NaiveLimb limb;
    std::vector<NaiveNode> children;
};

/// A tree of at most four limbs; two starts where `both`.
NaiveNode random_clock(RandomTime& random, bool both);
NaiveNode random_limb_clock(RandomTime& random);
std::string clock_xml(const NaiveNode& clock);

/// Counts a limb from a start; remembers what it has counted.
class NaiveClock {
public:
    NaiveClock(const NaiveNode& clock, const std::vector<CalendarPair>& calendars) : clock_(clock), calendars_(calendars) {}
    /// Empty when no limb of it applies. `beyond` becomes true when a calendar ends.
    std::optional<NaiveLimits> at(std::int64_t a, std::int64_t b, bool guard, bool& beyond);
    /// Times that a start, or the guard, is read: a bound composed of parts is exact when each is read once.
    bool reads_once() const;

private:
    std::optional<NaiveLimits> node(const NaiveNode& node, std::int64_t a, std::int64_t b, bool guard, bool& beyond);
    NaiveLimits limb(const NaiveLimb& limb, std::int64_t start, bool& beyond);

    const NaiveNode& clock_;
    const std::vector<CalendarPair>& calendars_;
    std::map<std::pair<const NaiveLimb*, std::int64_t>, std::optional<NaiveLimits>> counted_;
};

/// Every limb of a tree.
std::vector<const NaiveLimb*> limbs_of(const NaiveNode& clock);

}  // namespace duenotice::test
