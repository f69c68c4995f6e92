#pragma once
// VERIS 1.3.4 and 1.4 records to incidents. What VERIS cannot say stays open: it records that something is "Unknown", and
// by whose account, but not what a law asks. Nothing is guessed; an impossible date leaves the fact open with a warning.

#include <map>
#include <string>
#include <vector>

#include "engine/json_reader.h"

namespace duenotice {

struct VerisSummary {
    std::size_t records = 0, refused = 0, warnings = 0;
    std::map<std::string, std::size_t> mapped;  ///< fact: records in which it was filled
};

/// One incident as one line of JSON; warnings say what was left open and why.
std::string incident_of_veris(const JsonValue& record, VerisSummary& summary, std::vector<std::string>& warnings);

}  // namespace duenotice
