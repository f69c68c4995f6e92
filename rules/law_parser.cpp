#include "rules/law_parser.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "rules/part_reader.h"
#include "rules/vocabulary_reader.h"

namespace duenotice {

namespace {

void replace_all(std::string& text, const std::map<std::string, std::string>& values, const XmlElement& element, Diagnostics& diagnostics) {
    for (std::size_t at = text.find("$("); at != std::string::npos; at = text.find("$(", at)) {
        const std::size_t close = text.find(')', at);
        const std::string name = close == std::string::npos ? text.substr(at + 2) : text.substr(at + 2, close - at - 2);
        const auto value = values.find(name);
        if (value == values.end()) {
            diagnostics.error("DN0309", element.span, fmt::format("the template asks `{}`, which the instance does not set", name), fmt::format("add `<set name=\"{}\">` to the instance", name));
            return;
        }
        text.replace(at, close == std::string::npos ? std::string::npos : close - at + 1, value->second);
        at += value->second.size();
    }
}

void fill(XmlElement& element, const std::map<std::string, std::string>& values, Diagnostics& diagnostics) {
    replace_all(element.text, values, element, diagnostics);
    for (XmlAttribute& attribute : element.attributes) replace_all(attribute.value, values, element, diagnostics);
    for (XmlElement& child : element.children) fill(child, values, diagnostics);
}

void set_attribute(XmlElement& element, const std::string& name, const std::string& value) {
    if (value.empty()) return;
    for (XmlAttribute& attribute : element.attributes)
        if (attribute.name == name) {
            attribute.value = value;
            return;
        }
    element.attributes.push_back({name, value, element.span});
}

class LawParser {
public:
    LawParser(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) : root_(root), parts_(parts), diagnostics_(diagnostics) {}

    void run() {
        PartReader reader(root_, diagnostics_);
        reader.children_are({"omission", "fact", "field", "define", "presumption", "hold-rule", "template", "instance", "obligation", "example", "implies", "excludes", "order"});
        law_.span = root_.span;
        law_.id = reader.id();
        law_.title = reader.required("title");
        law_.short_title = reader.text("short");
        law_.number = reader.text("number");
        law_.address = reader.text("address");
        law_.published = reader.date("published");
        law_.place = reader.text("place");
        law_.family = reader.text("family");
        law_.links = reader.words("links");
        law_.adopted = reader.text("adopted");
        constexpr std::string_view statuses[] = {"in_force", "proposed", "repealed"};
        law_.status = statuses[reader.choice("status", {"in_force", "proposed", "repealed"}).value_or(0)];
        law_.language = reader.number("language", 1, 1).value_or(1);
        reader.finish();
        check_links(law_.links, root_);
        for (const XmlElement& child : root_.children) part(child);
        for (const XmlElement& child : root_.children)
            if (child.name == "instance") instance(child);
        parts_.laws.push_back(std::move(law_));
    }

private:
    void part(const XmlElement& child) {
        if (child.name == "omission") {
            PartReader reader(child, diagnostics_);
            law_.omissions.emplace_back(reader.words_of_text(), reader.required("reason"));
            reader.finish();
        } else if (child.name == "fact" || child.name == "field" || child.name == "implies" || child.name == "excludes" || child.name == "order") {
            // read before all laws, so that a fact may be used in another file
        } else if (child.name == "define") {
            definition(child);
        } else if (child.name == "presumption") {
            presumption(child);
        } else if (child.name == "hold-rule") {
            law_.holds.push_back(parse_hold_rule(child, diagnostics_));
        } else if (child.name == "template") {
            PartReader reader(child, diagnostics_);
            reader.children_are({"obligation"});
            const std::string id = reader.id();
            reader.finish();
            if (child.children.size() != 1) diagnostics_.error("DN0309", child.span, "a template holds one obligation");
            else templates_[id] = &child.children.front();
        } else if (child.name == "obligation") {
            parts_.obligations.push_back(obligation(child));
        } else if (child.name == "example") {
            law_.examples.push_back(parse_example(child, diagnostics_));
        }
    }

    void definition(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        reader.children_are({});
        Definition definition;
        definition.span = child.span;
        definition.id = reader.id();
        definition.title = reader.text("title");
        definition.frame = parse_bindings(reader.words("frame"), child, diagnostics_);
        definition.citation = reader.citation();
        if (reader.has("grade")) definition.citation.grade = reader.grade();
        reader.finish();
        definition.condition = reader.condition();
        if (definition.citation.provision.empty()) diagnostics_.error("DN0307", child.span, "a definition needs its `provision`");
        if (definition.condition) parts_.definitions.push_back(std::move(definition));
    }

    void presumption(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        reader.children_are({});
        Presumption presumption;
        presumption.span = child.span;
        presumption.id = reader.id();
        presumption.frame = parse_bindings(reader.words("frame"), child, diagnostics_);
        presumption.companion = reader.required("companion");
        presumption.holds_by_default = reader.yes("default", true);
        presumption.rebutted_by = reader.required("rebutted-by");
        presumption.citation = reader.citation();
        reader.finish();
        parts_.presumptions.push_back(std::move(presumption));
    }

    void check_links(const std::vector<std::string>& links, const XmlElement& element) {
        for (const std::string& link : links)
            if (link != "lives" && link != "served" && link != "established" && link != "does_business")
                diagnostics_.error("DN0310", element.attribute("links")->span, fmt::format("there is no link `{}`", link), "one of: lives, served, established, does_business");
    }

    Obligation obligation(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        reader.children_are({"version", "example"});
        Obligation obligation;
        obligation.span = child.span;
        obligation.law = law_.id;
        obligation.id = reader.id();
        obligation.title = reader.required("title");
        obligation.was = reader.words("was");
        const auto each = reader.words("each");
        obligation.each = each.empty() ? bind::entity : parse_bindings(each, child, diagnostics_) | bind::entity;
        obligation.event = reader.text("event");
        obligation.contract_kind = reader.text("contract");
        obligation.place = reader.text("place");
        obligation.links = reader.words("links");
        check_links(obligation.links, child);
        obligation.act = static_cast<Act>(reader.choice("act", {"tell", "assess", "decide", "ask-leave", "record", "keep", "offer", "publish", "update", "withdraw", "tell-not-told"}).value_or(0));
        obligation.modality = static_cast<Modality>(reader.choice("modality", {"must", "should", "may", "must-not"}).value_or(0));
        obligation.stage = reader.text("stage");
        obligation.choice_set = reader.text("choice");
        obligation.election = reader.text("election");
        obligation.elects = reader.text("elects");
        obligation.affected_required = reader.choice("affected", {"required", "any"}).value_or(0) == 0;
        reader.finish();
        for (const XmlElement& part : child.children) {
            if (part.name == "version") obligation.versions.push_back(parse_version(part, diagnostics_));
            else if (part.name == "example") obligation.examples.push_back(parse_example(part, diagnostics_));
        }
        if (obligation.versions.empty()) diagnostics_.error("DN0311", child.span, "an obligation needs at least one `<version>`");
        return obligation;
    }

    void instance(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        reader.children_are({"set", "example"});
        const std::string of = reader.required("of");
        const std::string place = reader.required("place");
        std::map<std::string, std::string> overrides;
        for (const char* name : {"from", "until", "checked", "grade", "status"}) overrides[name] = reader.text(name);
        reader.finish();
        const auto found = templates_.find(of);
        if (found == templates_.end()) {
            diagnostics_.error("DN0309", child.span, fmt::format("there is no template `{}` in this law", of));
            return;
        }
        std::map<std::string, std::string> values{{"place", place}};
        for (const XmlElement& set : child.children) {
            if (set.name != "set") continue;
            PartReader set_reader(set, diagnostics_);
            const std::string name = set_reader.required("name");
            set_reader.finish();
            values[name] = set_reader.words_of_text();
        }
        XmlElement copy = *found->second;
        const XmlAttribute* id = copy.attribute("id");
        const bool named_by_value = id != nullptr && id->value.find("$(") != std::string::npos;
        fill(copy, values, diagnostics_);
        if (!named_by_value) {
            std::string suffix = place;
            std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            set_attribute(copy, "id", (id == nullptr ? of : id->value) + "." + suffix);
        }
        set_attribute(copy, "place", place);
        for (XmlElement& version : copy.children)
            if (version.name == "version")
                for (const auto& [name, value] : overrides) set_attribute(version, name, value);
        Obligation obligation = this->obligation(copy);
        for (const XmlElement& example : child.children)
            if (example.name == "example") obligation.examples.push_back(parse_example(example, diagnostics_));
        parts_.obligations.push_back(std::move(obligation));
    }

    const XmlElement& root_;
    BookParts& parts_;
    Diagnostics& diagnostics_;
    Law law_;
    std::map<std::string, const XmlElement*> templates_;
};

}  // namespace

unsigned parse_bindings(const std::vector<std::string>& words, const XmlElement& element, Diagnostics& diagnostics) {
    unsigned result = 0;
    for (const std::string& word : words) {
        if (word == "entity") result |= bind::entity;
        else if (word == "population") result |= bind::population;
        else if (word == "place") result |= bind::place;
        else if (word == "contract") result |= bind::contract;
        else if (word == "event") result |= bind::event;
        else if (word == "series") result |= bind::series;
        else if (word != "incident") diagnostics.error("DN0312", element.span, fmt::format("there is no frame `{}`", word), "blank separated: entity, population, place, contract, event, series");
    }
    return result;
}

void parse_law(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) { LawParser(root, parts, diagnostics).run(); }

void parse_jurisdiction(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    PartReader reader(root, diagnostics);
    reader.children_are({"omission", "region"});
    Jurisdiction jurisdiction;
    jurisdiction.span = root.span;
    jurisdiction.code = reader.required("code");
    jurisdiction.title = reader.required("title");
    jurisdiction.parent = reader.text("parent");
    jurisdiction.zone = reader.text("zone");
    jurisdiction.calendar = reader.text("calendar");
    jurisdiction.languages = reader.words("languages");
    reader.number("language", 1, 1);
    reader.finish();
    for (const XmlElement& child : root.children) {
        PartReader part(child, diagnostics);
        if (child.name == "omission") {
            jurisdiction.omissions.emplace_back(part.words_of_text(), part.required("reason"));
        } else if (child.name == "region") {  // a region of this place with its own zone or calendar and no folder
            Jurisdiction region;
            region.span = child.span;
            region.code = part.required("code");
            region.title = part.required("title");
            region.parent = jurisdiction.code;
            region.zone = part.text("zone");
            region.calendar = part.text("calendar");
            parts.jurisdictions.push_back(std::move(region));
        }
        part.finish();
    }
    parts.jurisdictions.push_back(std::move(jurisdiction));
}

void parse_authorities(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    PartReader reader(root, diagnostics);
    reader.children_are({"authority"});
    reader.number("language", 1, 1);
    const std::string place = reader.text("place");
    reader.finish();
    for (const XmlElement& child : root.children) {
        if (child.name != "authority") continue;
        PartReader part(child, diagnostics);
        part.children_are({"channel", "publishes"});
        Authority authority;
        authority.span = child.span;
        authority.id = part.id();
        authority.title = part.required("title");
        authority.short_title = part.text("short");
        authority.place = part.text("place");
        if (authority.place.empty()) authority.place = place;
        authority.competences = part.words("competences");
        authority.source = part.required("source");
        authority.checked = part.date("checked");
        authority.grade = part.grade();
        part.finish();
        for (const XmlElement& door : child.children) {
            PartReader door_reader(door, diagnostics);
            if (door.name == "publishes") {
                authority.publishes = true;
                authority.publishes_note = door_reader.words_of_text();
            } else if (door.name == "channel") {
                Channel channel;
                channel.kind = door_reader.required("kind");
                channel.address = door_reader.text("address");
                channel.hours = door_reader.text("hours");
                channel.zone = door_reader.text("zone");
                channel.language = door_reader.text("language");
                channel.out_of_hours = door_reader.yes("out-of-hours");
                channel.note = door_reader.words_of_text();
                authority.channels.push_back(std::move(channel));
            }
            door_reader.finish();
        }
        if (!authority.checked) diagnostics.error("DN0313", child.span, fmt::format("authority `{}` needs `checked`", authority.id));
        parts.authorities.push_back(std::move(authority));
    }
}

void parse_groups(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    PartReader reader(root, diagnostics);
    reader.children_are({"group"});
    reader.number("language", 1, 1);
    reader.finish();
    for (const XmlElement& child : root.children) {
        if (child.name != "group") continue;
        PartReader part(child, diagnostics);
        part.children_are({"member"});
        PlaceGroup group;
        group.span = child.span;
        group.id = part.id();
        group.title = part.text("title");
        for (const std::string& code : part.words("members")) group.members.push_back({code, {}, {}});
        part.finish();
        for (const XmlElement& member : child.children) {
            PartReader member_reader(member, diagnostics);
            GroupMember one;
            one.code = member_reader.required("code");
            one.from = member_reader.date("from");
            one.until = member_reader.date("until");
            member_reader.finish();
            group.members.push_back(std::move(one));
        }
        parts.groups.push_back(std::move(group));
    }
}

}  // namespace duenotice
