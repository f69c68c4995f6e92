#pragma once
// The global options of the program, as parsed from the command line, and the exit codes of every command.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "rules/date.h"
#include "rules/instant.h"

namespace duenotice {

namespace exit_code {
inline constexpr int done = 0, failed = 1, usage = 2, mistakes = 3, due = 4, unknown = 5;
}

struct Options {
    std::string format = "human";  ///< human, plain, json
    std::string as_of_text, known_at_text, law_as_of_text;
    Instant as_of;
    std::optional<Instant> known_at;
    std::optional<Date> law_as_of;
    std::string account;  ///< of a case file with accounts: who asks
    std::function<std::int64_t()> clock;  ///< microseconds since 1970, UTC
    std::int64_t at_entry = -1;  ///< of a case file: the last entry that counts; -1: all do
    std::vector<std::string> zones;
    std::string law_folder;   ///< jurisdictions/
    std::string zone_folder = "/usr/share/zoneinfo";
    std::string fail_on;      ///< due, unknown, law-due, law-unknown
    bool strict_examples = false;  ///< LAW.md's full list of examples is asked of every obligation
    bool lint = false;  ///< law check: also advice that is no mistake
    bool strict_tzdata = false, proposed = false, colour = false;
    int max_age_days = 180;
};

}  // namespace duenotice
