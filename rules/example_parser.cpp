#include "rules/law_parser.h"
#include "rules/part_reader.h"

// Examples: an account of an incident, short or long, and what is expected of the duties.

namespace duenotice {

namespace {

/// The same of each duty that the element names; of the only one meant when it names none. Empty when it expects nothing.
std::vector<Expectation> expectations_of(const XmlElement& element, const PartReader& reader) {
    Expectation one;
    one.span = element.span;
    for (const XmlAttribute& attribute : element.attributes)
        if (attribute.name != "duty" && attribute.name != "name" && attribute.name != "as-of" && attribute.name != "place")
            one.values.emplace_back(attribute.name, attribute.value);
    std::vector<std::string> duties = reader.words("duty");
    if (duties.empty()) duties.emplace_back();
    if (one.values.empty() && element.name == "example") return {};
    std::vector<Expectation> result;
    for (std::string& duty : duties) {
        result.push_back(one);
        result.back().duty = std::move(duty);
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
    example.expectations = expectations_of(element, reader);
    for (const XmlElement& child : element.children)
        if (child.name == "expect")
            for (Expectation& one : expectations_of(child, PartReader(child, diagnostics))) example.expectations.push_back(std::move(one));
    if (example.expectations.empty()) reader.error("DN0308", "an example expects nothing", "say at least `owed`");
    if (!example.incident.empty() && element.has_text())
        diagnostics.error("DN0308", element.text_span(), "an example has short facts or an `<incident>`, not both");
    if (example.incident.empty() && !example.group.empty())
        reader.error("DN0308", "a `<group>` goes with an `<incident>`");
    return example;
}

}  // namespace duenotice
