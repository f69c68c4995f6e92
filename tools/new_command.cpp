#include "tools/commands.h"
#include "tools/interview.h"

namespace duenotice {

int run_new(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out) { return Interview(session, intake, in, out).run(); }

}  // namespace duenotice
