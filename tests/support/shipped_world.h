#pragma once
// The law as shipped and the sample incidents under it, as the program reads them: for tests of whole outputs.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assess.h"
#include "reports/wording.h"

namespace duenotice::test {

const World& shipped_world();
/// `simple`, `payroll`: tests/cases/samples/NAME.json with its group profile and contracts.
std::shared_ptr<const Incident> sample_incident(const std::string& name, bool drill = false);

/// A sample, assessed on Mon 23 Nov 2026 09:00 Berlin; what changes with law or machine but not with the program
/// (fingerprint, edition, release of the zone data) is fixed.
class Sample {
public:
    explicit Sample(const std::string& name, bool drill = false);
    const Assessment& assessment() const { return assessment_; }
    const World& world() const { return shipped_world(); }
    ReportContext context() const;

private:
    Assessment assessment_;
};

/// ASCII letters only, for searches in outputs.
std::string lower(std::string text);

}  // namespace duenotice::test
