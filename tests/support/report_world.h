#pragma once
// An assessed account under a small invented law, for tests of what people see: one duty with a number, one that starts
// with a decision, one without a number, and six alike that wait for the same answer.

#include <memory>
#include <string>

#include "engine/assess.h"
#include "reports/wording.h"

namespace duenotice::test {

/// A group of three: `AG` (two populations), `SG branch`, and one without a short name.
std::string report_account(const std::string& more_facts = {});

/// Keeps what a ReportContext points into.
class Reported {
public:
    explicit Reported(const std::string& incident_json, std::string_view as_of = "2026-11-21T09:00:00+01:00");
    const Assessment& assessment() const { return assessment_; }
    Assessment& change() { return assessment_; }
    ReportContext context() const;

private:
    Assessment assessment_;
};

}  // namespace duenotice::test
