#include "tools/law_pages.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "reports/plain_words.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {


std::string provision_of(const Obligation& obligation) {
    return obligation.versions.empty() || obligation.versions.back().citations.empty() ? std::string("-") : obligation.versions.back().citations.front().provision;
}

std::string law_title(const RuleBook& law, const std::string& id) {
    const Law* of = law.find_law(id);
    return of == nullptr ? id : of->title;
}

std::string_view grade_meaning(char grade) {
    return grade == 'T' ? "text read at the official address" : grade == 'C' ? "text read in a copy" : grade == 'S' ? "two secondary sources" : grade == 'O' ? "no law: own promise or own rule" : "unverified";
}

std::string limb_text(const Limb& limb, const RuleBook& law) {
    std::string text;
    for (const AmountCase& amount : limb.amounts) text += (text.empty() ? "" : ", ") + (amount.fact ? in_plain_words(print(*amount.fact), law) : words(amount.period)) + (amount.when ? " when " + in_plain_words(print(*amount.when), law) : "");
    if (!limb.words.empty()) text += (text.empty() ? "\"" : " \"") + limb.words + "\"";
    if (!limb.of.empty()) text += std::string(limb.kind == Limb::Kind::Before ? " before " : limb.kind == Limb::Kind::With ? " not later than " : " the limit of ") + in_plain_words(limb.of, law);
    if (limb.start) text += " from " + in_plain_words(print(*limb.start), law);
    if (!limb.counting.empty()) text += ", counted by " + limb.counting;
    if (!limb.reading.empty()) text += ", reading: " + limb.reading;
    if (limb.when) text += ", only if " + in_plain_words(print(*limb.when), law);
    return text.empty() ? limb.id : text;
}

void clock_text(const ClockNode& node, const RuleBook& law, std::size_t indent, std::string& text) {
    if (node.limb) text += indented(limb_text(*node.limb, law), indent, line_width);
    if (node.kind != ClockNode::Kind::Limb) text += indented(node.kind == ClockNode::Kind::FirstOf ? "whichever comes first of" : "whichever comes last of", indent, line_width);
    for (const ClockNode& child : node.children) clock_text(child, law, indent + 2, text);
}

std::string recipient_text(const RecipientLimb& limb, const RuleBook& law) {
    std::string text;
    if (const Authority* authority = law.find_authority(limb.authority)) text = authority->title;
    else if (!limb.authority.empty()) text = limb.authority;
    else if (!limb.competence.empty()) text = "the authority competent for `" + limb.competence + "`";
    else if (!limb.relation.empty()) text = "each " + word_as_text(limb.relation);
    else text = word_as_text(limb.who);
    if (limb.at) text += " at " + in_plain_words(print(*limb.at), law);
    if (limb.when) text += ", if " + in_plain_words(print(*limb.when), law);
    return text + (limb.copy ? " (copy)" : "");
}

/// The parts of a version under their headings, so that what stays the same can be said in a line.
std::vector<std::pair<std::string, std::string>> parts_of(const Version& version, const RuleBook& law) {
    std::vector<std::pair<std::string, std::string>> parts;
    const auto add = [&parts](const std::string& title, const std::string& text) {
        if (!text.empty()) parts.emplace_back(title, text);
    };
    const auto plain = [&law](const Condition& condition) { return in_plain_words(print(condition), law); };
    const auto readings = [&](const std::vector<ConditionReading>& list) {
        std::string text;
        for (const ConditionReading& reading : list)
            if (reading.condition) text += indented((reading.label.empty() ? "" : "reading " + reading.label + ": ") + plain(*reading.condition), 4, line_width);
        return text;
    };
    std::string cited, unless, on_top, clock, to, content;
    for (const Citation& citation : version.citations) cited += indented(citation.provision + (citation.words.empty() ? "" : ": \"" + citation.words + "\""), 4, line_width);
    constexpr std::string_view effects[] = {"unless", "unless another duty takes its place", "unless, for some recipients", "with something to do instead"};
    for (const ExceptionRule& rule : version.exceptions) unless += indented(std::string(effects[static_cast<std::size_t>(rule.effect)]) + (rule.citation.provision.empty() ? "" : " [" + rule.citation.provision + "]") + ": " + plain(*rule.condition), 4, line_width);
    for (const ModifierRule& rule : version.modifiers)
        if (rule.condition) on_top += indented(std::string(name(rule.kind)) + (rule.by.empty() ? "" : " by " + rule.by) + (rule.citation.provision.empty() ? "" : " [" + rule.citation.provision + "]") + ": " + plain(*rule.condition), 4, line_width);
    if (version.clock) clock_text(version.clock->root, law, 4, clock);
    for (const RecipientLimb& limb : version.recipients.limbs) to += indented(recipient_text(limb, law), 4, line_width);
    for (const ContentItem& item : version.content) content += indented(fmt::format("{}: {}{}", name(item.mode), item.label, item.when ? ", if " + plain(*item.when) : std::string()), 4, line_width);
    add("cited", cited);
    add("who is bound", readings(version.who));
    add("the condition", readings(version.when));
    add("exceptions", unless);
    add("what may lie on top", on_top);
    add("by when", clock);
    add(version.recipients.first_that_applies ? "to whom, the first that applies" : "to whom", to);
    add("content", content);
    return parts;
}

std::string version_head(const Version& version) {
    return indented(fmt::format("version {} to {}, {}; read {} by {}, grade {}: {}", version.from ? version.from->iso() : "always", version.until ? version.until->iso() : "further notice", word_as_text(version.status),
                                version.checked.iso(), version.read_by.empty() ? "author" : version.read_by, version.grade, grade_meaning(version.grade)), 0, line_width);
}

/// Newest first; a part that is as in the version above is one line.
std::string versions_text(const Obligation& obligation, const RuleBook& law) {
    std::string text;
    std::map<std::string, std::string> above;
    for (auto version = obligation.versions.rbegin(); version != obligation.versions.rend(); ++version) {
        text += "\n" + version_head(*version);
        for (const auto& [title, part] : parts_of(*version, law)) {
            const auto same = above.find(title);
            if (same != above.end() && same->second == part) text += "  " + title + ": as in the version above\n";
            else text += "  " + title + "\n" + part;
            above[title] = part;
        }
    }
    return text;
}

/// The definitions that a text of the language names, and those that they name, in the order in which they are met.
std::vector<const Definition*> definitions_in(const std::string& text, const RuleBook& law) {
    std::vector<const Definition*> found;
    std::string word;
    std::vector<std::string> texts{text};
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t c = 0; c <= texts[i].size(); ++c) {
            const char letter = c < texts[i].size() ? texts[i][c] : ' ';
            if (std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '.' || letter == '_' || letter == '-') {
                word += letter;
                continue;
            }
            const Definition* definition = word.empty() ? nullptr : law.find_definition(word);
            word.clear();
            if (definition == nullptr || std::find(found.begin(), found.end(), definition) != found.end()) continue;
            found.push_back(definition);
            texts.push_back(print(*definition->condition));
        }
    return found;
}

std::string definitions_text(const Obligation& obligation, const RuleBook& law) {
    std::string named, text;
    for (const Version& version : obligation.versions) {
        for (const auto* readings : {&version.who, &version.when})
            for (const ConditionReading& reading : *readings)
                if (reading.condition) named += print(*reading.condition) + " ; ";
        for (const ExceptionRule& rule : version.exceptions) named += print(*rule.condition) + " ; ";
        for (const ModifierRule& rule : version.modifiers)
            if (rule.condition) named += print(*rule.condition) + " ; ";
    }
    for (const Definition* definition : definitions_in(named, law))
        text += indented((definition->title.empty() ? definition->id : definition->title) + (definition->citation.provision.empty() ? "" : " [" + definition->citation.provision + "]") + ": " + in_plain_words(print(*definition->condition), law), 2, line_width);
    return text.empty() ? text : "\ndefinitions used\n" + text;
}

std::size_t examples_for(const Obligation& obligation, const RuleBook& law) {
    std::size_t count = obligation.examples.size();
    const Law* of = law.find_law(obligation.law);
    if (of == nullptr) return count;
    for (const Example& example : of->examples)
        count += std::any_of(example.expectations.begin(), example.expectations.end(), [&](const Expectation& expected) { return expected.duty == obligation.id || expected.duty.rfind(obligation.id + "@", 0) == 0; }) ? 1 : 0;
    return count;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) lines.push_back(text.substr(begin, end - begin));
    if (begin < text.size()) lines.push_back(text.substr(begin));
    return lines;
}

/// Lines that only one of the texts has, in its order: `- ` before, `+ ` after.
std::string differing_lines(const std::string& before, const std::string& after) {
    const std::vector<std::string> old_lines = lines_of(before), new_lines = lines_of(after);
    std::vector<std::vector<std::size_t>> common(old_lines.size() + 1, std::vector<std::size_t>(new_lines.size() + 1, 0));
    for (std::size_t i = old_lines.size(); i-- > 0;)
        for (std::size_t j = new_lines.size(); j-- > 0;) common[i][j] = old_lines[i] == new_lines[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    std::string text;
    for (std::size_t i = 0, j = 0; i < old_lines.size() || j < new_lines.size();) {
        if (i < old_lines.size() && j < new_lines.size() && old_lines[i] == new_lines[j]) {
            ++i;
            ++j;
        } else if (i < old_lines.size() && (j == new_lines.size() || common[i + 1][j] >= common[i][j + 1])) {
            text += "- " + old_lines[i++] + "\n";
        } else {
            text += "+ " + new_lines[j++] + "\n";
        }
    }
    return text;
}

struct PlaceTally {
    std::size_t obligations = 0, versions = 0, examples = 0, authorities = 0;
    std::map<char, std::size_t> grades;
};

}  // namespace

std::string law_list_plain(const RuleBook& law) {
    std::string text;
    for (const Obligation& obligation : law.obligations)
        text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", obligation.id, name(obligation.act), name(obligation.modality), obligation.versions.back().grade, provision_of(obligation), law_title(law, obligation.law), obligation.title);
    return text;
}

std::string law_list_text(const RuleBook& law) {
    std::string text, last;
    for (const Obligation& obligation : law.obligations) {
        if (obligation.law != last) text += (text.empty() ? "" : "\n") + indented(law_title(law, obligation.law), 0, line_width);
        last = obligation.law;
        text += columns({{"", 1}, {obligation.id, 26}, {std::string(1, obligation.versions.back().grade), 1}, {std::string(name(obligation.modality)), 6}, {obligation.title + " [" + provision_of(obligation) + "]", line_width - 40}});
    }
    return text + "\nGrade of the newest version: T text read at the official address, C text read in a\ncopy, S two secondary sources, U unverified, O no law (own promise, own rule).\nduenotice law show ID\n";
}

namespace {

/// Facts, definitions and authorities by the words of `words`, so that a new name alone is no difference of law.
std::string show_text(const RuleBook& law, const RuleBook& words, const std::string& id) {
    const Obligation* obligation = law.find_obligation(id);
    std::string text;
    if (obligation == nullptr) {
        for (const Obligation& one : law.obligations)
            if (one.law == id || one.id.find(id) != std::string::npos) text += columns({{one.id, 28}, {one.title, line_width - 30}});
        return text;
    }
    const Law* of = law.find_law(obligation->law);
    text = indented(obligation->title, 0, line_width) + indented(law_title(law, obligation->law) + (of == nullptr || of->number.empty() ? "" : ", " + of->number), 0, line_width);
    if (of != nullptr && !of->address.empty()) text += indented(of->address, 0, line_width);
    text += indented(fmt::format("{}; act: {}; modality: {}; examples: {}", obligation->id, name(obligation->act), name(obligation->modality), examples_for(*obligation, law)), 0, line_width);
    return text + versions_text(*obligation, words) + definitions_text(*obligation, words);
}

}  // namespace

std::string law_show_text(const RuleBook& law, const std::string& id) { return show_text(law, law, id); }

std::string law_coverage_text(const RuleBook& law) {
    std::map<std::string, PlaceTally> places;
    for (const Obligation& obligation : law.obligations) {
        const Law* of = law.find_law(obligation.law);
        PlaceTally& place = places[!obligation.place.empty() || of == nullptr ? obligation.place : of->place];
        ++place.obligations;
        place.versions += obligation.versions.size();
        place.examples += examples_for(obligation, law);
        for (const Version& version : obligation.versions) ++place.grades[version.grade];
    }
    for (const Authority& authority : law.authorities) ++places[authority.place].authorities;
    std::string text = columns({{"PLACE", 20}, {"DUTIES", 7, true}, {"VERSIONS", 9, true}, {"EXAMPLES", 9, true}, {"AUTHORITIES", 11, true}, {"GRADES", 19}}), without;
    for (const auto& [code, tally] : places) {
        if (tally.obligations == 0) {
            without += (without.empty() ? "" : ", ") + code + " " + std::to_string(tally.authorities);
            continue;
        }
        const Jurisdiction* jurisdiction = law.find_jurisdiction(code);
        std::string grades;
        for (const auto& [grade, count] : tally.grades) grades += (grades.empty() ? "" : ", ") + fmt::format("{} {}", grade, count);
        text += columns({{code.empty() ? "own rules, not law" : code + (jurisdiction == nullptr ? "" : " " + jurisdiction->title), 20}, {std::to_string(tally.obligations), 7, true}, {std::to_string(tally.versions), 9, true}, {std::to_string(tally.examples), 9, true}, {std::to_string(tally.authorities), 11, true}, {grades, 19}});
    }
    if (!without.empty()) text += "\nAuthorities on file where no law of the place itself is on file (law of a wider\nplace may bind there)\n" + indented(without, 2, line_width);
    text += "\nKnown omissions\n";
    std::map<std::string, std::vector<std::string>> omissions;
    for (const Jurisdiction& jurisdiction : law.jurisdictions)
        for (const auto& [what, reason] : jurisdiction.omissions) omissions[what + " (" + reason + ")"].push_back(jurisdiction.code);
    for (const Law& one : law.laws)
        for (const auto& [what, reason] : one.omissions) omissions[what + " (" + reason + ")"].push_back(one.short_title.empty() ? one.title : one.short_title);
    for (const auto& [what, where] : omissions) {
        std::string list;
        for (const std::string& one : where) list += (list.empty() ? "" : ", ") + one;
        text += indented(list + ": " + what, 2, line_width);
    }
    return text;
}

std::string law_upcoming_text(const RuleBook& law, Date today) {
    std::set<std::pair<std::string, std::string>> lines;  // date or "no date yet", what
    for (const Obligation& obligation : law.obligations)
        for (const Version& version : obligation.versions) {
            const std::string what = obligation.title + " [" + law_title(law, obligation.law) + "] " + obligation.id;
            const std::string from = version.from ? version.from->iso() : "no date yet";
            if (version.status == "proposed") lines.insert({from, "proposed, not evaluated unless asked (--proposed): " + what});
            else if (version.from && *version.from > today) lines.insert({from, "comes into force: " + what});
            if (version.until && *version.until > today) lines.insert({version.until->iso(), "ends: " + what});
        }
    if (lines.empty()) return "Nothing with a date still to come, nothing proposed.\n";
    std::string text;
    for (const auto& [date, what] : lines) text += columns({{date, 12}, {what, line_width - 14}});
    return text;
}

std::string law_diff_text(const RuleBook& before, const RuleBook& after) {
    std::set<std::string> ids;
    for (const Obligation& obligation : before.obligations) ids.insert(obligation.id);
    for (const Obligation& obligation : after.obligations) ids.insert(obligation.id);
    std::string text;
    std::size_t same = 0;
    for (const std::string& id : ids) {
        const Obligation *was = before.find_obligation(id), *is = after.find_obligation(id);
        if (was == nullptr) text += indented("added    " + id + "  " + is->title, 0, line_width);
        else if (is == nullptr) text += indented("dropped  " + id + "  " + was->title, 0, line_width);
        else {
            const std::string changes = differing_lines(show_text(before, after, id), show_text(after, after, id));
            if (changes.empty()) ++same;
            else text += indented("changed  " + id + "  " + is->title, 0, line_width) + changes;
        }
    }
    return text + fmt::format("{} obligations are the same\n", same);
}

}  // namespace duenotice
