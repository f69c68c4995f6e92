#pragma once
// Work on all cores of the machine.

#include <cstddef>
#include <functional>

namespace duenotice {

/// Calls `work` once with each number below `count`, at most eight at a time, and returns when all are done. What one of
/// them throws is thrown again. Where the system gives no more threads, fewer do.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace duenotice
