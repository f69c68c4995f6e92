#pragma once
// The frame that a fact of a record is about, by options: --entity, --population, --place, --contract, --event, --series.

#include <string>

#include "engine/record/account_entries.h"

namespace CLI {
class App;
}

namespace duenotice {

struct FrameOptions {
    std::string entity, population, place, contract, event, series;
};
void add_frame_options(CLI::App& command, FrameOptions& asked);
/// Refused where the options name no frame together.
AccountPath path_asked(const FrameOptions& asked, const std::string& case_file);

}  // namespace duenotice
