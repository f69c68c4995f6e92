#include "tools/case_frame.h"

#include <CLI/CLI.hpp>

#include "tools/case_writing.h"

namespace duenotice {

void add_frame_options(CLI::App& command, FrameOptions& asked) {
    command.add_option("--entity", asked.entity, "whose fact it is");
    command.add_option("--population", asked.population, "of which people");
    command.add_option("--place", asked.place, "of which place");
    command.add_option("--contract", asked.contract, "of which contract");
    command.add_option("--event", asked.event, "of which event");
    command.add_option("--series", asked.series, "of which series");
}

AccountPath path_asked(const FrameOptions& asked, const std::string& case_file) {
    AccountPath path;
    const auto step = [&](const char* list, const std::string& id) {
        if (id.empty()) return;
        path.push_back(list);
        path.push_back(id);
    };
    step("entities", asked.entity);
    step("populations", asked.population);
    step("places", asked.place);
    step("contracts", asked.contract);
    step("events", asked.event);
    step("series", asked.series);
    const bool outer_alone = (asked.contract.empty() && asked.event.empty() && asked.series.empty()) || path.size() == 2;
    const bool one_inner = asked.entity.empty() || asked.population.empty() || asked.place.empty();
    if (!outer_alone || !one_inner) refuse(case_file, "these options name no frame together", "an entity with a population or a place, a population with a place, or one alone");
    return path;
}

}  // namespace duenotice
