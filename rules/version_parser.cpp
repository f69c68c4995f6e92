#include <fmt/format.h>

#include "rules/law_parser.h"
#include "rules/part_reader.h"

namespace duenotice {

namespace {

ConditionReading parse_reading(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    ConditionReading result;
    result.label = reader.text("reading");
    result.citation = reader.citation();
    reader.finish();
    result.condition = reader.condition();
    return result;
}

ExceptionRule parse_unless(const XmlElement& element, std::size_t number, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    ExceptionRule rule;
    rule.id = reader.text("id");
    if (rule.id.empty()) rule.id = fmt::format("unless-{}", number);
    rule.effect = static_cast<ExceptionEffect>(reader.choice("effect", {"bars", "replaces", "frees", "carries"}).value_or(0));
    rule.by = reader.text("by");
    rule.recipients = reader.words("recipients");
    rule.citation = reader.citation();
    reader.finish();
    rule.condition = reader.condition();
    if (rule.effect == ExceptionEffect::Frees && rule.recipients.empty()) diagnostics.error("DN0306", element.span, "an exception that frees needs `recipients`");
    if ((rule.effect == ExceptionEffect::Replaces || rule.effect == ExceptionEffect::Carries) && rule.by.empty())
        diagnostics.error("DN0306", element.span, fmt::format("an exception that {} needs `by`, the obligation that comes in its place", rule.effect == ExceptionEffect::Replaces ? "replaces" : "carries"));
    return rule;
}

ModifierRule parse_modifier(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    ModifierRule rule;
    rule.kind = element.name == "displaced" ? ModifierKind::Displaced : element.name == "suspended" ? ModifierKind::Suspended
                : element.name == "prohibited" ? ModifierKind::Prohibited : ModifierKind::Delegated;
    rule.by = reader.text("by");
    rule.residue = reader.text("residue");
    rule.recipients = reader.words("recipients");
    rule.recognised = reader.yes("recognised", true);
    rule.citation = reader.citation();
    reader.finish();
    rule.condition = reader.condition();
    return rule;
}

DischargeRule parse_discharge(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    DischargeRule rule;
    rule.by = reader.required("by");
    rule.of = reader.text("of");
    rule.act = reader.text("act");
    rule.second_line = reader.yes("second-line");
    rule.by_content = reader.yes("by-content");
    rule.citation = reader.citation();
    reader.finish();
    rule.condition = reader.optional_condition();
    return rule;
}

ContentItem parse_item(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"when"});
    ContentItem item;
    item.id = reader.id();
    item.mode = static_cast<ItemMode>(reader.choice("mode", {"mandatory", "conditional", "if-available", "forbidden", "heading"}).value_or(0));
    item.fact = reader.text("fact");
    item.audience = reader.text("audience");
    item.only_late = reader.yes("late");
    item.most_characters = reader.number("characters", 1, 900000).value_or(0);
    item.citation = reader.citation();
    item.label = reader.words_of_text();
    item.when = child_condition(element, "when", diagnostics);
    reader.finish();
    return item;
}

void parse_content(const XmlElement& element, Version& version, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"item"});
    reader.finish();
    for (const XmlElement& child : element.children)
        if (child.name == "item") version.content.push_back(parse_item(child, diagnostics));
}

ChannelRule parse_channel(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    ChannelRule rule;
    rule.channel = reader.required("kind");
    rule.forbidden = reader.yes("forbidden");
    rule.citation = reader.citation();
    reader.finish();
    rule.when = reader.optional_condition();
    return rule;
}

Citation parse_cite(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    reader.required("provision");
    Citation citation = reader.citation(true);
    if (reader.has("grade")) citation.grade = reader.grade();
    reader.finish();
    return citation;
}

/// A reading of the relevant date: the term is kept in a condition that compose turns into "within [from, until)".
ConditionReading parse_relevant(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    ConditionReading result;
    result.label = reader.text("reading");
    result.citation = reader.citation();
    reader.finish();
    result.condition = std::make_shared<Condition>();
    result.condition->kind = Condition::Kind::DateIn;
    result.condition->span = element.span;
    result.condition->left = reader.term();
    return result;
}

void parse_attributes(PartReader& reader, Version& version) {
    version.from = reader.date("from");
    version.until = reader.date("until");
    if (version.from && version.until && *version.until <= *version.from) reader.wrong("until", "`until` is not after `from`");
    const std::string relevant = reader.text("relevant");
    if (!relevant.empty()) {
        version.relevant = std::make_shared<Term>();
        version.relevant->kind = Term::Kind::Fact;
        version.relevant->name = relevant;
        version.relevant->span = reader.element().attribute("relevant")->span;
    }
    constexpr std::string_view statuses[] = {"in_force", "proposed", "repealed"};
    version.status = statuses[reader.choice("status", {"in_force", "proposed", "repealed"}).value_or(0)];
    reader.required("checked");
    version.checked = reader.date("checked").value_or(Date());
    version.grade = reader.grade();
    version.read_by = reader.text("read-by");
    version.second_reader = reader.text("second-reader");
    version.counsel = reader.text("counsel");
    version.done = reader.text("done");
    version.form = reader.text("form");
    version.language = reader.text("language");
}

}  // namespace

Version parse_version(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"cite", "relevant", "from-when", "who", "when", "unless", "displaced", "suspended", "prohibited", "delegated", "discharged", "people", "clock",
                         "recipients", "channel", "content", "silent"});
    Version version;
    version.span = element.span;
    parse_attributes(reader, version);
    reader.finish();
    for (const XmlElement& child : element.children) {
        if (child.name == "cite") version.citations.push_back(parse_cite(child, diagnostics));
        else if (child.name == "relevant") version.relevant_readings.push_back(parse_relevant(child, diagnostics));
        else if (child.name == "who") version.who.push_back(parse_reading(child, diagnostics));
        else if (child.name == "when") version.when.push_back(parse_reading(child, diagnostics));
        else if (child.name == "unless") version.exceptions.push_back(parse_unless(child, version.exceptions.size() + 1, diagnostics));
        else if (child.name == "displaced" || child.name == "suspended" || child.name == "prohibited" || child.name == "delegated") version.modifiers.push_back(parse_modifier(child, diagnostics));
        else if (child.name == "discharged") version.discharges.push_back(parse_discharge(child, diagnostics));
        else if (child.name == "clock") version.clock = parse_clock(child, diagnostics);
        else if (child.name == "recipients") version.recipients = parse_recipients(child, diagnostics);
        else if (child.name == "channel") version.channels.push_back(parse_channel(child, diagnostics));
        else if (child.name == "content") parse_content(child, version, diagnostics);
        else if (child.name == "silent") {
            PartReader silent(child, diagnostics);
            version.not_in_this_law.push_back(silent.required("part"));
            silent.finish();
        }
    }
    version.from_when = child_condition(element, "from-when", diagnostics);
    version.heads = child_term(element, "people", diagnostics);
    if (version.citations.empty()) diagnostics.error("DN0307", element.span, "a version needs at least one `<cite>`", "name the provision and its operative words");
    return version;
}

Example parse_example(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"incident", "group", "contracts", "expect"});
    Example example;
    example.span = element.span;
    example.name = reader.required("name");
    example.as_of = reader.instant("as-of");
    example.place = reader.text("place");
    example.facts = element.text;
    example.facts_span = element.text_span();
    if (const XmlElement* incident = element.child("incident")) example.incident = incident->text;
    if (const XmlElement* group = element.child("group")) example.group = group->text;
    if (const XmlElement* contracts = element.child("contracts")) example.contracts = contracts->text;
    // Every other attribute is an expectation; their names are checked where they are compared.
    Expectation own;
    own.span = element.span;
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.name == "name" || attribute.name == "as-of" || attribute.name == "place") continue;
        if (attribute.name == "duty") own.duty = attribute.value;
        else own.values.emplace_back(attribute.name, attribute.value);
    }
    if (!own.values.empty()) example.expectations.push_back(std::move(own));
    for (const XmlElement& child : element.children) {
        if (child.name != "expect") continue;
        Expectation expectation;
        expectation.span = child.span;
        for (const XmlAttribute& attribute : child.attributes) {
            if (attribute.name == "duty") expectation.duty = attribute.value;
            else expectation.values.emplace_back(attribute.name, attribute.value);
        }
        example.expectations.push_back(std::move(expectation));
    }
    if (example.expectations.empty()) diagnostics.error("DN0308", element.span, "an example expects nothing", "say at least `owed`");
    return example;
}

}  // namespace duenotice
