#include "rules/file_table.h"

#include <algorithm>

#include "rules/attribute_value.h"

namespace duenotice {

namespace {

/// One line of the table. Attributes are `name[!][:kind]`, where `!` means required and the kind is text when left out;
/// `a|b|c` are choices, `*a|b` several of them, `1..31` a number. `@cite` and `@expect` stand for the lists below.
/// Children may end in `?` (at most one), `+` (at least one) or `!` (exactly one). `parent/name` is for that parent
/// only.
struct Line {
    std::string_view element, attributes, children;
    ElementText text;
};

constexpr std::string_view cite_attributes = "provision address as-existed-on:day";
constexpr std::string_view expect =
    "owed:yes|no|open|none exact:yes|no safe maximum safe-latest maximum-latest projected-safe not-before lasts-until "
    "flips "
    "since repeats repeat-missed limit projected:yes|no standing standing-by done timing presumed:yes|no recipients asks heads by "
    "limbs "
    "modifiers readings at-once:yes|no extended:yes|no content gaps forbidden channels forbidden-channels modality look-again "
    "family";

constexpr Line lines[] = {
    {"vocabulary", "language:language", "fact field implies excludes order", ElementText::None},
    {"fact",
     "id!:id "
     "frame!:incident|entity|population|entity-population|entity-place|population-place|contract|event|series|member "
     "type!:yes/no|whole|share|money|choice|set|place|place-set|instant|date|duration|judgement|text "
     "asked:first|during|standing|never ordered:yes currency event question",
     "question? short? note? standard? factor choice", ElementText::None},
    {"field",
     "id!:id "
     "frame!:incident|entity|population|entity-population|entity-place|population-place|contract|event|series|member "
     "type:yes/no|whole|share|money|choice|set|place|place-set|instant|date|duration|judgement|text "
     "asked:first|during|standing|never ordered:yes currency event question",
     "question? short? note? standard? factor choice", ElementText::None},
    {"question", "", "", ElementText::Words},
    {"short", "", "", ElementText::Words},
    {"note", "", "", ElementText::Words},
    {"standard", "", "", ElementText::Words},
    {"factor", "", "", ElementText::Words},
    {"choice", "id!:id", "", ElementText::Words},
    {"implies", "fact!:id choice!:id then!:id then-choice!:id", "", ElementText::OptionalWords},
    {"excludes", "fact!:id choice!:id other!:id other-choice!:id", "", ElementText::OptionalWords},
    {"order", "before!:id after!:id", "", ElementText::OptionalWords},

    {"jurisdiction", "language:language code! title! parent zone:zone calendar:id languages:words", "omission region",
     ElementText::None},
    {"region", "code! title! zone:zone calendar:id", "", ElementText::None},
    {"authorities", "language:language place", "authority", ElementText::None},
    {"authority", "id!:id title! short place competences:words source! checked!:day grade!:grade no-channel no-fallback", "channel publishes?",
     ElementText::None},
    {"authority/channel", "kind! address hours zone:zone language out-of-hours:yes from:day until:day", "", ElementText::OptionalWords},
    {"publishes", "", "", ElementText::OptionalWords},
    {"groups", "language:language", "group", ElementText::None},
    {"groups/group", "id!:id title members:words", "member", ElementText::None},
    {"member", "code! from:day until:day", "", ElementText::None},

    {"law",
     "language:language id!:id title! short number address place published:day family:id "
     "links:*lives|served|established|does_business covers:*personal_data "
     "regime:*personal_data|finance|securities|health|network_security|critical_infrastructure|telecommunications|products "
     "status:in_force|proposed|repealed adopted:id",
     "omission fact field implies excludes order define presumption recipients hold-rule template instance obligation example",
     ElementText::None},
    {"omission",
     "reason! regime:*personal_data|finance|securities|health|network_security|critical_infrastructure|telecommunications|products",
     "", ElementText::Words},
    {"define",
     "id!:id title frame:*incident|entity|population|place|contract|event|series provision! address as-existed-on:day "
     "grade:grade",
     "", ElementText::Condition},
    {"presumption",
     "id!:id frame:*incident|entity|population|place|contract|event|series companion!:id default:yes|no rebutted-by! "
     "@cite",
     "", ElementText::None},
    {"hold-rule",
     "kind!:id issuers:words form after:id cap:period cap-from:hold|due counting:id term:open|named "
     "ends-on:any-day|working-day then:period then-reading effect!:delays|tolls|extends|restarts|forbids|releases "
     "obligations:ids "
     "recipients:words amount:period only-if-filed:id @cite",
     "", ElementText::OptionalWords},
    {"template", "id!:id", "obligation!", ElementText::None},
    {"instance", "of!:id place! from:day until:day checked:day grade:grade status:in_force|proposed|repealed",
     "set example", ElementText::None},
    {"set", "name!:id", "", ElementText::OptionalWords},

    {"obligation",
     "id!:id title! each:*entity|population|place|contract|event|series place "
     "links:*lives|served|established|does_business "
     "act:tell|assess|decide|ask-leave|record|keep|offer|publish|update|withdraw|tell-not-told "
     "modality:must|should|may|must-not "
     "stage event contract affected:required|any choice election:id elects:id was:ids",
     "version+ example", ElementText::None},
    {"version",
     "from:day until:day relevant:id status:in_force|proposed|repealed checked!:day grade!:grade read-by second-reader "
     "counsel "
     "done:submitted|accepted|dispatched|received|published form language",
     "cite+ relevant from-when? who when unless displaced suspended prohibited delegated discharged people? clock? "
     "recipients? "
     "channel content? silent",
     ElementText::None},
    {"cite", "provision! address as-existed-on:day grade:grade", "", ElementText::OptionalWords},
    {"relevant", "reading @cite", "", ElementText::Term},
    {"from-when", "", "", ElementText::Condition},
    {"who", "reading @cite", "", ElementText::Condition},
    {"version/when", "reading @cite", "", ElementText::Condition},
    {"unless", "id:id effect:bars|replaces|frees|carries by:id recipients:words reading @cite", "",
     ElementText::Condition},
    {"displaced", "by residue recipients:words @cite", "", ElementText::Condition},
    {"suspended", "by residue recipients:words @cite", "", ElementText::Condition},
    {"prohibited", "by residue recipients:words recognised:yes|no @cite", "", ElementText::Condition},
    {"delegated", "by residue recipients:words @cite", "", ElementText::Condition},
    {"discharged",
     "by!:id of act:submitted|accepted|dispatched|received|published second-line:yes by-content:yes @cite", "",
     ElementText::OptionalCondition},
    {"people", "", "", ElementText::Term},

    {"clock", "", "limb? first-of? last-of? not-before repeat? lasts?", ElementText::None},
    {"first-of", "", "limb first-of last-of", ElementText::None},
    {"last-of", "", "limb first-of last-of", ElementText::None},
    {"limb",
     "id:id kind:period|prompt|instant|with|before|limit-of|annual amount:period counting:id calendar:id zone:zone "
     "act:submitted|accepted|dispatched|received|published of:id of-entity recipients month:1..12 day:1..31 "
     "years-after:0..50 "
     "days-after-year-end:1..366 cut-off:time window:window lead:period soft:yes reading words @cite",
     "start? amount when? extended-when? at-place?", ElementText::None},
    {"amount", "fact:id", "when?", ElementText::OptionalPeriod},
    {"start", "", "", ElementText::Term},
    {"until", "", "", ElementText::Term},
    {"when", "", "", ElementText::Condition},
    {"extended-when", "", "", ElementText::Condition},
    {"at-place", "", "", ElementText::Term},
    {"not-before", "@cite", "limb!", ElementText::None},
    {"repeat", "every:period every-fact:id counting:id calendar:id @cite", "start? until? ended-when? on-change?", ElementText::None},
    {"ended-when", "", "", ElementText::Condition},
    {"on-change", "", "", ElementText::Condition},
    {"lasts", "amount:period counting:id calendar:id", "until?", ElementText::None},

    {"law/recipients", "id!:id mode:all|first", "to+", ElementText::None},
    {"version/recipients", "mode:all|first as:id", "to", ElementText::None},
    {"to", "authority:id competence:id who relation copy:yes passed-on:yes @cite", "at? each? highest? when?",
     ElementText::None},
    {"at", "", "", ElementText::Term},
    {"each", "", "", ElementText::Selection},
    {"highest", "", "", ElementText::Term},
    {"version/channel", "kind! forbidden:yes @cite", "", ElementText::OptionalCondition},
    {"content", "", "item", ElementText::None},
    {"item",
     "id!:id mode:mandatory|conditional|if-available|forbidden|heading fact:id audience late:yes characters:1..900000 "
     "@cite",
     "when?", ElementText::Words},
    {"silent", "part!", "", ElementText::None},

    {"example", "name! as-of:instant place duty @expect", "incident? group? contracts? expect", ElementText::Facts},
    {"incident", "", "", ElementText::Json},
    {"example/group", "", "", ElementText::Json},
    {"contracts", "", "", ElementText::Words},
    {"expect", "duty @expect", "", ElementText::None},
};

std::vector<std::string_view> words_of(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(mark);
        if (const std::string_view part = text.substr(0, end); !part.empty()) parts.push_back(part);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return parts;
}

AttributeRule attribute_rule(std::string_view text) {
    AttributeRule rule;
    const std::size_t colon = text.find(':');
    rule.name = text.substr(0, colon);
    rule.required = rule.name.back() == '!';
    if (rule.required) rule.name.remove_suffix(1);
    rule.kind = colon == std::string_view::npos ? "text" : text.substr(colon + 1);
    if (const std::size_t dots = rule.kind.find(".."); dots != std::string_view::npos) {
        rule.low = parse_number(rule.kind.substr(0, dots), 0, 1'000'000).value_or(0);
        rule.high = parse_number(rule.kind.substr(dots + 2), 0, 1'000'000).value_or(0);
        rule.kind = "number";
    } else if (rule.kind == "yes") {
        rule.choices = {"yes", "no"};
    } else if (rule.kind.front() == '*' || rule.kind.find('|') != std::string_view::npos) {
        const bool several = rule.kind.front() == '*';
        rule.choices = words_of(several ? rule.kind.substr(1) : rule.kind, '|');
        rule.kind = several ? "choices" : "choice";
    }
    return rule;
}

void add_attributes(std::string_view text, std::vector<AttributeRule>& rules) {
    for (const std::string_view part : words_of(text, ' ')) {
        if (part == "@cite")
            add_attributes(cite_attributes, rules);
        else if (part == "@expect")
            add_attributes(expect, rules);
        else
            rules.push_back(attribute_rule(part));
    }
}

ElementRule element_rule(const Line& line) {
    ElementRule rule;
    const std::size_t slash = line.element.find('/');
    if (slash != std::string_view::npos) rule.parent = line.element.substr(0, slash);
    rule.name = slash == std::string_view::npos ? line.element : line.element.substr(slash + 1);
    add_attributes(line.attributes, rule.attributes);
    for (std::string_view part : words_of(line.children, ' ')) {
        ChildRule child;
        const char mark = part.back();
        child.required = mark == '+' || mark == '!';
        child.single = mark == '?' || mark == '!';
        if (child.required || child.single) part.remove_suffix(1);
        child.name = part;
        rule.children.push_back(child);
    }
    rule.text = line.text;
    return rule;
}

const ElementRule* rule_in(const std::vector<ElementRule>& rules, std::string_view parent, std::string_view name) {
    const ElementRule* anywhere = nullptr;
    for (const ElementRule& rule : rules) {
        if (rule.name != name) continue;
        if (!rule.parent.empty() && rule.parent == parent) return &rule;
        if (rule.parent.empty()) anywhere = &rule;
    }
    return anywhere;
}

std::string_view text_words(ElementText text) {
    switch (text) {
        case ElementText::None:
            return "";
        case ElementText::Words:
            return "words";
        case ElementText::OptionalWords:
            return "words or nothing";
        case ElementText::Condition:
            return "condition";
        case ElementText::OptionalCondition:
            return "condition or nothing";
        case ElementText::Term:
            return "term";
        case ElementText::Selection:
            return "selection";
        case ElementText::OptionalPeriod:
            return "period or nothing";
        case ElementText::Facts:
            return "short facts or nothing";
        case ElementText::Json:
            return "JSON";
    }
    return "";
}

std::string attribute_words(const AttributeRule& rule) {
    std::string text = rule.required ? "**" + std::string(rule.name) + "**" : std::string(rule.name);
    if (rule.kind == "number") return text + " (" + std::to_string(rule.low) + " to " + std::to_string(rule.high) + ")";
    if (rule.choices.empty()) return rule.kind == "text" ? text : text + " (" + std::string(rule.kind) + ")";
    if (rule.kind == "yes") return text + " (yes)";
    text += rule.kind == "choices" ? " (any of:" : " (";
    for (std::size_t i = 0; i < rule.choices.size(); ++i)
        text += (i == 0 && rule.kind == "choice" ? "" : " ") + std::string(rule.choices[i]);
    return text + ")";
}

}  // namespace

const AttributeRule* ElementRule::attribute(std::string_view attribute_name) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const AttributeRule& rule) { return rule.name == attribute_name; });
    return found == attributes.end() ? nullptr : &*found;
}

const std::vector<ElementRule>& element_rules() {
    static const std::vector<ElementRule> rules = [] {
        std::vector<ElementRule> made;
        for (const Line& line : lines) made.push_back(element_rule(line));
        for (ElementRule& rule : made)
            for (ChildRule& child : rule.children) child.rule = rule_in(made, rule.name, child.name);
        return made;
    }();
    return rules;
}

const ElementRule* find_rule(std::string_view parent, std::string_view name) {
    return rule_in(element_rules(), parent, name);
}

std::size_t choice_position(std::string_view element, std::string_view attribute, std::string_view value) {
    for (const ElementRule& rule : element_rules()) {
        if (rule.name != element) continue;
        const AttributeRule* found = rule.attribute(attribute);
        if (found == nullptr) continue;
        const auto at = std::find(found->choices.begin(), found->choices.end(), value);
        return at == found->choices.end() ? 0 : static_cast<std::size_t>(at - found->choices.begin());
    }
    return 0;
}

std::string element_reference() {
    std::string text = "| element | attributes | elements inside | text |\n|---|---|---|---|\n";
    for (const ElementRule& rule : element_rules()) {
        text += "| `" + (rule.parent.empty() ? "" : std::string(rule.parent) + "/") + std::string(rule.name) + "` |";
        for (std::size_t i = 0; i < rule.attributes.size(); ++i)
            text += (i == 0 ? " " : ", ") + attribute_words(rule.attributes[i]);
        text += " |";
        for (std::size_t i = 0; i < rule.children.size(); ++i) {
            const ChildRule& child = rule.children[i];
            text += (i == 0 ? " " : ", ") + std::string(child.name) +
                    (child.required && child.single ? " (one)"
                     : child.required               ? " (one or more)"
                     : child.single                 ? " (at most one)"
                                                    : "");
        }
        const std::string_view words = text_words(rule.text);
        text += (words.empty() ? " |" : " | ") + std::string(words) + " |\n";
    }
    return text;
}

}  // namespace duenotice
