#pragma once
// `evidence`: the workbook over an account or a record, in an edition. `case bundle` puts the same one beside its entries.

#include <string>
#include <vector>

#include "reports/workbook.h"
#include "tools/edition_choice.h"
#include "tools/session.h"

namespace CLI {
class App;
}

namespace duenotice {

struct EvidenceOptions {
    std::string input, group, out_file;
    std::string lines_file, working_paper;  ///< empty: none is asked for
    EditionChoice edition;
};

/// The sheets of an edition, before they are written.
struct EvidenceCopy {
    std::vector<Sheet> sheets;
    WorkbookMeta meta;
    EditionSubject subject;
};
EvidenceCopy make_evidence(Session& session, const EvidenceOptions& asked);
/// The bytes of a workbook of these sheets, made beside `path`.
std::string workbook_bytes(const std::vector<Sheet>& sheets, const WorkbookMeta& meta, const std::string& path);

}  // namespace duenotice
