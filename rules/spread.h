#pragma once
// How the work on many files is spread; who calls the library says, since it starts no threads itself.

#include <cstddef>
#include <functional>

namespace duenotice {

/// Calls a function once with each number below a count, in any order and on any threads, and returns when all are done.
using Spread = std::function<void(std::size_t, const std::function<void(std::size_t)>&)>;

}  // namespace duenotice
