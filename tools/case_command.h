#pragma once
// `case init|open|assert|correct|import|show|status|log|verify`: one matter, one file, entries that are only added. Every
// statement is read as the account would be with it, before it is recorded: what the account refuses enters no record.
// The private key stands in a file of its own beside the record, 0600, and in no argument, output or message.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

#include "tools/session.h"

namespace duenotice {

struct CaseOptions {
    std::string what;  ///< the subcommand
    std::string file, key_file, actor, idem;
    std::function<std::int64_t()> clock;  ///< microseconds since 1970
    // init
    std::string incident, title, group;
    // assert, correct
    std::string fact, value, entity, population, place, contract, event, series;
    std::string learned_at, true_since, said_by, source, document, reason;
    std::int64_t entry = -1;  ///< correct: the entry to put right
    // import
    std::string input;
    // show, log
    std::int64_t entries = -1;  ///< only the first so many
    // verify
    std::string held_key, held_checkpoint;
};

/// The commands that need no law: init, open, show, status, log, verify.
int run_case(const Options& options, const CaseOptions& asked, std::ostream& out, std::ostream& err);
/// assert, correct, import.
int run_case_write(Session& session, const CaseOptions& asked, std::ostream& out, std::ostream& err);

}  // namespace duenotice
