#include "rules/law_parser.h"
#include "rules/part_reader.h"

// Examples: an account of an incident, short or long, and what is expected of the duties.

namespace duenotice {

namespace {

Expectation expectation_of(const XmlElement& element) {
    Expectation result;
    result.span = element.span;
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.name == "duty")
            result.duty = attribute.value;
        else if (attribute.name != "name" && attribute.name != "as-of" && attribute.name != "place")
            result.values.emplace_back(attribute.name, attribute.value);
    }
    return result;
}

}  // namespace

Example parse_example(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    Example example;
    example.span = element.span;
    example.name = reader.text("name");
    example.as_of = reader.instant("as-of");
    example.place = reader.text("place");
    example.facts = element.text;
    example.facts_span = element.text_span();
    if (const XmlElement* incident = element.child("incident")) example.incident = incident->text;
    if (const XmlElement* group = element.child("group")) example.group = group->text;
    if (const XmlElement* contracts = element.child("contracts")) example.contracts = contracts->text;
    if (Expectation own = expectation_of(element); !own.values.empty()) example.expectations.push_back(std::move(own));
    for (const XmlElement& child : element.children)
        if (child.name == "expect") example.expectations.push_back(expectation_of(child));
    if (example.expectations.empty()) reader.error("DN0308", "an example expects nothing", "say at least `owed`");
    if (!example.incident.empty() && element.has_text())
        diagnostics.error("DN0308", element.text_span(), "an example has short facts or an `<incident>`, not both");
    if (example.incident.empty() && !example.group.empty())
        reader.error("DN0308", "a `<group>` goes with an `<incident>`");
    return example;
}

}  // namespace duenotice
