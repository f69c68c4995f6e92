#include "rules/authority_doors.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace duenotice {

namespace {

bool counts_hours(const ClockNode& node) {
    if (node.limb && std::any_of(node.limb->amounts.begin(), node.limb->amounts.end(), [](const AmountCase& amount) { return amount.period.elapsed_seconds() > 0; })) return true;
    return std::any_of(node.children.begin(), node.children.end(), counts_hours);
}

/// Ids of authorities, and competences, that some version in force orders to be told within hours.
struct Hurried {
    std::set<std::string, std::less<>> authorities, competences;
};

Hurried hurried(const RuleBook& book) {
    Hurried found;
    for (const Obligation& obligation : book.obligations)
        for (const Version& version : obligation.versions) {
            if (version.until || !version.clock || !counts_hours(version.clock->root)) continue;
            for (const RecipientLimb& limb : version.recipients.limbs) {
                found.authorities.insert(limb.authority);
                if (!limb.competence.empty()) found.competences.insert(limb.competence);
            }
        }
    return found;
}

}  // namespace

DoorTally tally_doors(const RuleBook& book) {
    const Hurried within_hours = hurried(book);
    DoorTally tally;
    for (const Authority& authority : book.authorities) {
        const bool hours = within_hours.authorities.count(authority.id) != 0 || std::any_of(authority.competences.begin(), authority.competences.end(), [&](const std::string& one) { return within_hours.competences.count(one) != 0; });
        if (authority.channels.empty()) tally.without.push_back(&authority);
        else if (authority.channels.size() == 1 && hours) tally.one_only.push_back(&authority);
    }
    return tally;
}

Diagnostics lint_doors(const RuleBook& book) {
    Diagnostics diagnostics;
    const DoorTally tally = tally_doors(book);
    for (const Authority* authority : tally.without)
        if (authority->no_channel.empty()) diagnostics.warning("DN0385", authority->span, fmt::format("no channel of `{}` is on file", authority->id), "a `<channel>`, or `no-channel` with the reason");
    for (const Authority* authority : tally.one_only)
        if (authority->no_fallback.empty()) diagnostics.warning("DN0386", authority->span, fmt::format("`{}` has one channel alone, and must be told within hours", authority->id), "a second `<channel>`, or `no-fallback` with the reason");
    return diagnostics;
}

}  // namespace duenotice
