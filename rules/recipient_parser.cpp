#include <fmt/format.h>

#include "rules/law_parser.h"
#include "rules/part_reader.h"
#include "rules/suggest.h"

// Who must be told: authorities by name or by competence and place, entities by relation, people by a word.

namespace duenotice {

namespace {

RecipientLimb parse_recipient_limb(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    RecipientLimb limb;
    limb.authority = reader.text("authority");
    limb.competence = reader.text("competence");
    limb.who = reader.text("who");
    limb.relation = reader.text("relation");
    limb.copy = reader.yes("copy");
    limb.passed_on = reader.yes("passed-on");
    limb.citation = reader.citation();
    limb.at = reader.child_term("at");
    limb.highest = reader.child_term("highest");
    limb.when = reader.child_condition("when");
    if (const XmlElement* each = element.child("each"))
        if (auto selection = PartReader(*each, diagnostics).selection()) {
            limb.each = selection->selection;
            limb.each_test = selection->test;
        }
    return limb;
}

void check_limb(const RecipientLimb& limb, const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    const bool at = element.child("at") != nullptr, each = element.child("each") != nullptr;
    const int names =
        (limb.authority.empty() ? 0 : 1) + (limb.competence.empty() ? 0 : 1) + (limb.relation.empty() ? 0 : 1);
    if (names == 0 && limb.who.empty())
        reader.error("DN0305", "a recipient needs `authority`, `competence`, `relation` or `who`");
    if (names > 1) reader.error("DN0305", "a recipient is named by one of `authority`, `competence`, `relation`");
    if (!limb.competence.empty() && !at && !each)
        reader.error("DN0305", "an authority by competence needs `<at>` or `<each>`, the place whose authority it is",
                     "such as `<at>this place</at>` or `<at>entity.main_establishment</at>`");
    if (at && each) reader.error("DN0305", "a recipient has `<at>` or `<each>`, not both");
    if (element.child("highest") != nullptr && !each)
        reader.error("DN0305", "`<highest>` picks one of the places of `<each>`, which is not there");
    if (limb.copy && limb.passed_on)
        reader.error("DN0305", "what the first recipient passes on is no copy that you send",
                     "keep one of `copy` and `passed-on`");
}

RecipientRule taken(PartReader& reader, const SharedRecipients& shared) {
    const auto found = shared.find(reader.text("as"));
    if (reader.has("mode"))
        reader.error("DN0375", "recipients taken by name keep the mode that they have there", "leave `mode` out");
    if (found != shared.end()) {
        Diagnostics told_there;
        return parse_recipients(*found->second, {}, told_there);
    }
    std::vector<std::string_view> names;
    for (const auto& [name, element] : shared) names.push_back(name);
    reader.error("DN0375", fmt::format("this law has no `<recipients id=\"{}\">`", reader.text("as"))).suggestion = nearest(reader.text("as"), names);
    return {};
}

}  // namespace

RecipientRule parse_recipients(const XmlElement& element, const SharedRecipients& shared, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    RecipientRule rule;
    if (reader.has("as")) {
        rule = taken(reader, shared);
    } else {
        rule.first_that_applies = reader.text("mode") == "first";
        if (element.child("to") == nullptr) reader.error("DN0375", "nobody is told: `recipients` needs `to` or `as`");
    }
    for (const XmlElement& child : element.children) {
        if (child.name != "to") continue;
        rule.limbs.push_back(parse_recipient_limb(child, diagnostics));
        check_limb(rule.limbs.back(), child, diagnostics);
    }
    return rule;
}

}  // namespace duenotice
