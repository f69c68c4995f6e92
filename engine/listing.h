#pragma once
// Which duties are listed: every obligation in every frame whose place gate is possible. Obligations of places that are
// certainly not linked are counted, not listed; those of places that nobody has listed, while the list is open, become
// one line a family. Nothing is silent.

#include <map>
#include <string>
#include <vector>

#include "engine/assessment.h"
#include "engine/evaluator.h"

namespace duenotice {

struct ListedFrame {
    std::uint32_t obligation = 0;
    Frame frame;
    Truth linked = Truth::Yes;  ///< Unknown: the link itself is open
    std::vector<GroundFact> link_questions;
};

struct Listing {
    std::vector<ListedFrame> frames;
    std::vector<FamilyLine> families;
    std::map<std::string, std::uint32_t> ruled_out;  ///< place: obligations
    std::vector<NotCovered> not_covered;
};

/// `only` as in AssessOptions.
Listing list_duties(const Evaluation& evaluation, bool include_proposed, const std::vector<bool>* only = nullptr);
/// `obligation@entity[/population][/place][/contract][/event][/series]`
std::string duty_id(const Obligation& obligation, const Frame& frame, const Incident& incident);

}  // namespace duenotice
