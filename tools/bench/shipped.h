#pragma once
// The shipped law as the benches use it, read once.

#include <string>

#include "tools/bench/law_shape.h"
#include "tools/session.h"

namespace duenotice {

inline constexpr std::int64_t bench_as_of_seconds = 1795608000;  // 2026-11-25T12:00Z

Options bench_options();
/// With all its zones and calendars; null when the law has mistakes.
Session* shipped_session();
/// The shape of its conditions with 20,480 frames by chance, 60 % open; null when the law has mistakes.
const LawShape* shipped_shape();

}  // namespace duenotice
