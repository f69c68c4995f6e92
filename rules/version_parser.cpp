#include <fmt/format.h>

#include "rules/law_parser.h"
#include "rules/part_reader.h"

// One dated version of an obligation: who, when, unless, modifiers, discharges, channels, content; clock and recipients
// have files of their own.

namespace duenotice {

namespace {

void parse_reading(const XmlElement& element, std::vector<ConditionReading>& readings, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ConditionReading result;
    result.label = reader.text("reading");
    result.citation = reader.citation();
    result.condition = reader.condition();
    if (result.condition) readings.push_back(std::move(result));
}

/// A reading of the relevant date: the term is kept in a condition that compose turns into "within [from, until)".
void parse_relevant(const XmlElement& element, std::vector<ConditionReading>& readings, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ConditionReading result;
    result.label = reader.text("reading");
    result.citation = reader.citation();
    result.condition = std::make_shared<Condition>();
    result.condition->kind = Condition::Kind::DateIn;
    result.condition->span = element.span;
    result.condition->left = reader.term();
    if (result.condition->left) readings.push_back(std::move(result));
}

void parse_unless(const XmlElement& element, std::vector<ExceptionRule>& rules, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ExceptionRule rule;
    rule.id = reader.has("id") ? reader.text("id") : fmt::format("unless-{}", rules.size() + 1);
    rule.effect = reader.choice<ExceptionEffect>("effect");
    rule.by = reader.text("by");
    rule.recipients = reader.words("recipients");
    rule.reading = reader.text("reading");
    rule.citation = reader.citation();
    rule.condition = reader.condition();
    const bool hands_over = rule.effect == ExceptionEffect::Replaces || rule.effect == ExceptionEffect::Carries;
    if (rule.effect == ExceptionEffect::Frees && rule.recipients.empty())
        reader.error("DN0306", "an exception that frees says whom: `recipients`");
    if (hands_over && rule.by.empty())
        reader.error(
            "DN0306",
            fmt::format("an exception that {} says what is owed in place of the duty: `by`", name(rule.effect)),
            "the id of an obligation");
    if (rule.effect != ExceptionEffect::Frees && !rule.recipients.empty())
        diagnostics.error("DN0306", reader.place("recipients"), "`recipients` belongs to an exception that frees",
                          "add `effect=\"frees\"`");
    if (!hands_over && !rule.by.empty())
        diagnostics.error("DN0306", reader.place("by"), "`by` belongs to an exception that replaces or carries");
    if (rule.condition) rules.push_back(std::move(rule));
}

void parse_modifier(const XmlElement& element, std::vector<ModifierRule>& rules, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ModifierRule rule;
    for (const ModifierKind kind :
         {ModifierKind::Displaced, ModifierKind::Suspended, ModifierKind::Prohibited, ModifierKind::Delegated})
        if (name(kind) == element.name) rule.kind = kind;
    rule.by = reader.text("by");
    rule.residue = reader.text("residue");
    rule.recipients = reader.words("recipients");
    rule.recognised = reader.yes("recognised", true);
    rule.citation = reader.citation();
    rule.condition = reader.condition();
    if (rule.condition) rules.push_back(std::move(rule));
}

DischargeRule parse_discharge(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    DischargeRule rule;
    rule.by = reader.text("by");
    rule.of = reader.text("of");
    rule.act = reader.text("act");
    rule.second_line = reader.yes("second-line");
    rule.by_content = reader.yes("by-content");
    rule.citation = reader.citation();
    rule.condition = reader.condition();
    return rule;
}

ContentItem parse_item(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ContentItem item;
    item.id = reader.text("id");
    item.mode = reader.choice<ItemMode>("mode");
    item.label = reader.words_of_text();
    item.fact = reader.text("fact");
    item.audience = reader.text("audience");
    item.only_late = reader.yes("late");
    item.most_characters = reader.number("characters");
    item.citation = reader.citation();
    item.when = reader.child_condition("when");
    return item;
}

ChannelRule parse_channel(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    ChannelRule rule;
    rule.channel = reader.text("kind");
    rule.forbidden = reader.yes("forbidden");
    rule.citation = reader.citation();
    rule.when = reader.condition();
    return rule;
}

Citation parse_cite(const XmlElement& element, Diagnostics& diagnostics) {
    const PartReader reader(element, diagnostics);
    Citation citation = reader.citation(true);
    citation.grade = reader.grade(0);
    return citation;
}

void parse_attributes(PartReader& reader, Version& version) {
    version.from = reader.day("from");
    version.until = reader.day("until");
    version.relevant = reader.fact_term("relevant");
    version.status = reader.has("status") ? reader.text("status") : "in_force";
    version.checked = reader.day("checked").value_or(Date());
    version.grade = reader.grade();
    version.read_by = reader.text("read-by");
    version.second_reader = reader.text("second-reader");
    version.counsel = reader.text("counsel");
    version.done = reader.text("done");
    version.form = reader.text("form");
    version.language = reader.text("language");
    if (version.from && version.until && *version.until <= *version.from)
        reader.diagnostics().error(
            "DN0315", reader.place("until"),
            fmt::format("`until` {} is not after `from` {}", version.until->iso(), version.from->iso()),
            "a version holds from its first day up to, and without, `until`");
}

void parse_child(const XmlElement& child, const SharedRecipients& shared, Version& version, Diagnostics& diagnostics) {
    const std::string_view name = child.name;
    if (name == "cite")
        version.citations.push_back(parse_cite(child, diagnostics));
    else if (name == "relevant")
        parse_relevant(child, version.relevant_readings, diagnostics);
    else if (name == "who")
        parse_reading(child, version.who, diagnostics);
    else if (name == "when")
        parse_reading(child, version.when, diagnostics);
    else if (name == "unless")
        parse_unless(child, version.exceptions, diagnostics);
    else if (name == "displaced" || name == "suspended" || name == "prohibited" || name == "delegated")
        parse_modifier(child, version.modifiers, diagnostics);
    else if (name == "discharged")
        version.discharges.push_back(parse_discharge(child, diagnostics));
    else if (name == "clock")
        version.clock = parse_clock(child, diagnostics);
    else if (name == "recipients")
        version.recipients = parse_recipients(child, shared, diagnostics);
    else if (name == "channel")
        version.channels.push_back(parse_channel(child, diagnostics));
    else if (name == "silent")
        version.not_in_this_law.emplace_back(PartReader(child, diagnostics).text("part"));
    else if (name == "content")
        for (const XmlElement& item : child.children)
            if (item.name == "item") version.content.push_back(parse_item(item, diagnostics));
}

}  // namespace

Version parse_version(const XmlElement& element, const SharedRecipients& shared, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    Version version;
    version.span = element.span;
    parse_attributes(reader, version);
    for (const XmlElement& child : element.children) parse_child(child, shared, version, diagnostics);
    version.from_when = reader.child_condition("from-when");
    version.heads = reader.child_term("people");
    if (element.child("when") == nullptr && element.child("who") == nullptr)
        reader.error("DN0350", "a version needs `<when>` or `<who>`",
                     "a duty without conditions would be owed in every incident; write `<when>true</when>` if it is");
    if (version.relevant && element.child("relevant") != nullptr)
        diagnostics.error("DN0320", reader.place("relevant"),
                          "the relevant date is given as an attribute or as elements, not both");
    return version;
}

}  // namespace duenotice
