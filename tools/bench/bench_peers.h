#pragma once
// Ours and well-known libraries on the same question, before they are timed beside each other.

#include <cstdint>
#include <string>

namespace duenotice {

struct PeerAgreement {
    std::uint64_t cases = 0, different = 0;
    std::string first;  ///< the first case in which they differ
};

/// The n-th working day after a day, with QuantLib over the same days off; no case where it is not there.
PeerAgreement compare_working_days(std::uint64_t cases);
/// Instants to local time and back, with Howard Hinnant's date library, 1970 to 2036.
PeerAgreement compare_clocks(std::uint64_t cases);

}  // namespace duenotice
