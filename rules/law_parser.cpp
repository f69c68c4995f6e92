#include "rules/law_parser.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "rules/file_shape.h"
#include "rules/part_reader.h"
#include "rules/suggest.h"
#include "rules/template_filler.h"

namespace duenotice {

namespace {

unsigned bindings_of(const std::vector<std::string>& words) {
    constexpr std::pair<std::string_view, unsigned> bits[] = {
        {"entity", bind::entity},     {"population", bind::population}, {"place", bind::place},
        {"contract", bind::contract}, {"event", bind::event},           {"series", bind::series}};
    unsigned result = 0;
    for (const std::string& word : words)
        for (const auto& [name, bit] : bits)
            if (word == name) result |= bit;
    return result;
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

class LawParser {
public:
    LawParser(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics)
        : root_(root), parts_(parts), diagnostics_(diagnostics) {}

    void run() {
        PartReader reader(root_, diagnostics_);
        law_.span = root_.span;
        law_.id = reader.text("id");
        law_.title = reader.text("title");
        law_.short_title = reader.text("short");
        law_.number = reader.text("number");
        law_.address = reader.text("address");
        law_.published = reader.day("published");
        law_.place = reader.text("place");
        law_.family = reader.text("family");
        law_.links = reader.words("links");
        law_.covers = reader.words("covers");
        law_.regimes = reader.words("regime");
        law_.adopted = reader.text("adopted");
        law_.status = reader.has("status") ? reader.text("status") : "in_force";
        share_recipients();
        for (const XmlElement& child : root_.children) part(child);
        for (const XmlElement& child : root_.children)
            if (child.name == "instance") instance(child);
        for (const auto& [id, element] : templates_)
            if (used_.count(id) == 0)
                diagnostics_.warning("DN0309", element->span, fmt::format("the template `{}` has no instance", id));
        parts_.laws.push_back(std::move(law_));
    }

private:
    static bool takes(const XmlElement& element, std::string_view id) {
        const XmlAttribute* as = element.name == "recipients" ? element.attribute("as") : nullptr;
        return (as != nullptr && as->value == id) || std::any_of(element.children.begin(), element.children.end(), [id](const XmlElement& child) { return takes(child, id); });
    }

    void share_recipients() {
        for (const XmlElement& child : root_.children) {
            if (child.name != "recipients") continue;
            PartReader reader(child, diagnostics_);
            const std::string id(reader.text("id"));
            parse_recipients(child, {}, diagnostics_);
            const auto [first, added] = shared_.emplace(id, &child);
            if (!added)
                reader.error("DN0375", fmt::format("the recipients `{}` are there twice", id)).related.emplace_back(first->second->span, "the first");
            else if (!takes(root_, id))
                diagnostics_.warning("DN0375", child.span, fmt::format("no version takes the recipients `{}`", id));
        }
    }

    void part(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        if (child.name == "omission") {
            law_.omissions.emplace_back(reader.words_of_text(), reader.text("reason"));
            for (const std::string& regime : reader.words("regime")) law_.regimes_left_out.emplace_back(regime, reader.words_of_text());
        } else if (child.name == "define")
            definition(reader);
        else if (child.name == "presumption")
            presumption(reader);
        else if (child.name == "hold-rule")
            law_.holds.push_back(parse_hold_rule(child, diagnostics_));
        else if (child.name == "template")
            define_template(reader);
        else if (child.name == "obligation")
            add(child, obligation(child, diagnostics_));
        else if (child.name == "example")
            law_.examples.push_back(parse_example(child, diagnostics_));
    }

    void definition(PartReader& reader) {
        Definition definition;
        definition.span = reader.element().span;
        definition.id = reader.text("id");
        definition.title = reader.text("title");
        definition.frame = bindings_of(reader.words("frame"));
        definition.citation = reader.citation();
        definition.citation.grade = reader.grade(0);
        definition.condition = reader.condition();
        if (!definition.condition)
            definition.condition = std::make_shared<Condition>();  // it has been refused; its uses are right
        if (!definition.id.empty()) parts_.definitions.push_back(std::move(definition));
    }

    void presumption(PartReader& reader) {
        Presumption presumption;
        presumption.span = reader.element().span;
        presumption.id = reader.text("id");
        presumption.frame = bindings_of(reader.words("frame"));
        presumption.companion = reader.text("companion");
        presumption.holds_by_default = reader.yes("default", true);
        presumption.rebutted_by = reader.text("rebutted-by");
        presumption.citation = reader.citation();
        if (!presumption.id.empty()) parts_.presumptions.push_back(std::move(presumption));
    }

    void define_template(PartReader& reader) {
        const XmlElement* obligation = reader.element().child("obligation");
        if (obligation == nullptr) return;
        const auto made = templates_.emplace(reader.text("id"), obligation);
        if (!made.second)
            reader.error("DN0309", fmt::format("the template `{}` is there twice", reader.text("id")))
                .related.emplace_back(made.first->second->span, "the obligation of the first");
    }

    void add(const XmlElement& element, Obligation obligation) {
        if (element.attribute("id") != nullptr && !obligation.id.empty())
            parts_.obligations.push_back(std::move(obligation));
    }

    Obligation obligation(const XmlElement& element, Diagnostics& diagnostics) const {
        PartReader reader(element, diagnostics);
        Obligation obligation;
        obligation.span = element.span;
        obligation.law = law_.id;
        obligation.id = reader.text("id");
        obligation.title = reader.text("title");
        obligation.was = reader.words("was");
        obligation.each = bindings_of(reader.words("each")) | bind::entity;
        obligation.event = reader.text("event");
        obligation.contract_kind = reader.text("contract");
        obligation.place = reader.text("place");
        obligation.links = reader.words("links");
        obligation.act = reader.choice<Act>("act");
        obligation.modality = reader.choice<Modality>("modality");
        obligation.stage = reader.text("stage");
        obligation.choice_set = reader.text("choice");
        obligation.election = reader.text("election");
        obligation.elects = reader.text("elects");
        obligation.affected_required = reader.text("affected") != "any";
        obligation.versions.reserve(static_cast<std::size_t>(std::count_if(element.children.begin(), element.children.end(), [](const XmlElement& part) { return part.name.is("version"); })));
        for (const XmlElement& part : element.children) {
            if (part.name == "version")
                obligation.versions.push_back(parse_version(part, shared_, diagnostics));
            else if (part.name == "example")
                obligation.examples.push_back(parse_example(part, diagnostics));
        }
        if ((obligation.each & bind::event) != 0 && obligation.event.empty())
            reader.error("DN0320", "an obligation for each event says which: `event`", "such as `event=\"payment\"`");
        if (obligation.election.empty() != obligation.elects.empty())
            reader.error("DN0320", "`election` and `elects` come together",
                         "the fact that is asked, and its choice that elects this obligation");
        return obligation;
    }

    void instance(const XmlElement& child) {
        PartReader reader(child, diagnostics_);
        const std::string of(reader.text("of")), place(reader.text("place"));
        const auto found = templates_.find(of);
        if (found == templates_.end()) {
            std::vector<std::string_view> names;
            for (const auto& known : templates_) names.push_back(known.first);
            diagnostics_.error("DN0309", reader.place("of"), fmt::format("there is no template `{}` in this law", of))
                .suggestion = nearest(of, names);
            return;
        }
        used_.insert(of);
        TemplateValues values{{"place", place}};
        for (const XmlElement& set : child.children)
            if (set.name == "set")
                values[std::string(PartReader(set, diagnostics_).text("name"))] = PartReader(set, diagnostics_).words_of_text();
        Diagnostics own;
        XmlElement copy = *found->second;
        const XmlAttribute* id = copy.attribute("id");
        const bool named_by_value = id != nullptr && id->value.find("$(") != std::string::npos;
        fill_template(copy, values, own);
        if (!named_by_value)
            set_attribute(copy, "id", (id == nullptr ? of : id->value) + "." + lower(place),
                          id == nullptr ? copy.span : id->span);
        if (copy.attribute("place") == nullptr) set_attribute(copy, "place", place, reader.place("place"));
        for (XmlElement& version : copy.children) {
            if (version.name != "version") continue;
            for (const char* name : {"from", "until", "checked", "grade", "status"})
                if (reader.has(name)) set_attribute(version, name, reader.text(name), reader.place(name));
        }
        check_shape(copy, "template", own);
        Obligation made = obligation(copy, own);
        for (const XmlElement& example : child.children)
            if (example.name == "example") made.examples.push_back(parse_example(example, own));
        made.instance = child.span;
        Diagnostics placed;
        for (Diagnostic item : own.items()) {
            item.related.emplace_back(child.span, fmt::format("in the instance for {}", place));
            placed.add(std::move(item));
        }
        diagnostics_.append(placed);
        add(copy, std::move(made));
    }

    const XmlElement& root_;
    BookParts& parts_;
    Diagnostics& diagnostics_;
    Law law_;
    std::map<std::string, const XmlElement*> templates_;
    SharedRecipients shared_;
    std::set<std::string> used_;
};

}  // namespace

void parse_law(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    LawParser(root, parts, diagnostics).run();
}

}  // namespace duenotice
