#pragma once
// What others ask of the organisation or order it: questions of an authority, directions, extensions of a limit, each with
// a limit of its own, and what answered it; next updates that were promised, and whether they were kept; the all-clear.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/account_entries.h"
#include "engine/record/record_view.h"

namespace duenotice {

inline constexpr std::string_view request_kinds[] = {"request", "direction", "extension", "next-update"};

struct Request {
    std::uint64_t entry = 0;
    std::string recorded, actor, kind, from, form, received, asks, limit, duty, follows;
    std::optional<std::uint64_t> answered_by;  ///< entry
    std::string answer, answer_filing, answered_at;
};

Entry request_entry(const Request& request, const Writer& writer);
Entry answer_entry(std::uint64_t request, const std::string& at, const std::string& filing, const std::string& note, const Writer& writer);
std::vector<Request> requests_of(const std::vector<RecordedEntry>& entries);

/// Limits that name a duty and count still: extensions, and what was not answered. The law's own limit stands beside them.
std::vector<LimitOnRecord> limits_on_record(const std::vector<RecordedEntry>& entries);

/// People decide that it is over: who, when, why.
Entry all_clear_entry(const std::string& by, const std::string& at, const std::string& reasons, const Writer& writer);

}  // namespace duenotice
