#pragma once
// What the fuzzers share. A target is one parser with real inputs to begin from. It is handed any bytes, reads them and
// holds what was read to its promises; whatever breaks one stops the program. A refusal is no failure: it must have a
// place, a code and a printable message.

#include <string>
#include <string_view>
#include <vector>

#include "engine/zone_set.h"
#include "rules/diagnostic.h"

namespace duenotice::fuzz {

/// What became of one input. `kind` tells refusals apart (their codes): an input of a new kind becomes a seed itself.
struct Outcome {
    bool read = false;
    std::string kind;
};

struct Target {
    std::string_view name;
    std::vector<std::string> (*corpus)();
    Outcome (*run)(const std::string& bytes);
};

/// Every target, in the order of their names.
const std::vector<Target>& targets();
/// Null when there is none of that name.
const Target* find_target(std::string_view name);

// The targets by what they read; each list in a file of its own.
std::vector<Target> law_targets();      ///< XML, law files, calendars, conditions
std::vector<Target> account_targets();  ///< JSON, incidents, group profiles, contracts, VERIS, facts of examples
std::vector<Target> time_targets();     ///< TZif files, footer rules, count requests, dates and amounts
std::vector<Target> intake_targets();   ///< what people type in `new`, forms for `read`, single answers
std::vector<Target> record_targets();   ///< JSON to be made canonical, leaves, signed checkpoints, workbooks

/// Stops the program when the promise does not hold, and says which; `broken_by` is what broke it.
void require(bool holds, std::string_view promise, std::string_view broken_by = {});
/// Diagnostics that can be shown: codes, places inside their texts, no control characters. Their codes, each once.
std::string codes_of(const Diagnostics& diagnostics);
/// Valid UTF-8 without control characters other than line ends and tabs.
bool printable(std::string_view text);

SourcePtr source(std::string name, std::string text);
/// A file of the source tree.
std::string file(const std::string& path_from_root);
/// All files with this ending directly in a folder of the source tree, sorted.
std::vector<std::string> files(const std::string& folder, const std::string& ending);
/// A zone file of the machine.
std::string zone_file(const std::string& name);
/// Etc/UTC, Europe/Berlin, America/New_York, America/Chicago, Asia/Singapore.
const ZoneSet& five_zones();

}  // namespace duenotice::fuzz
