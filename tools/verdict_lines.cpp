#include "tools/verdict_lines.h"

#include <ostream>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/outlook.h"

namespace duenotice {

void print_findings(const std::vector<Finding>& findings, std::ostream& out) {
    for (const Finding& finding : findings) out << (finding.seq ? fmt::format("entry {}: ", *finding.seq) : "") << escape_terminal(finding.words) << "\n";
}

void print_signatures(const SignatureVerdict& signatures, std::ostream& out) {
    print_findings(signatures.wrong, out);
    print_findings(signatures.unjudged, out);
    if (signatures.good + signatures.wrong.size() + signatures.unjudged.size() == 0) return;
    out << fmt::format("approvals and confirmations: {} signed with the key of the account, {} wrong, {} that cannot be judged\n", signatures.good, signatures.wrong.size(), signatures.unjudged.size());
}

bool signatures_hold(const SignatureVerdict& signatures, std::ostream& out) {
    if (signatures.wrong.empty()) return true;
    out << fmt::format("WRONGLY SIGNED; the first is entry {}: the record is whole, and the person whose account it names did not sign what it says\n", *signatures.wrong.front().seq);
    return false;
}

}  // namespace duenotice
