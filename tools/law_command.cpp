#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "engine/duty_graph.h"
#include "engine/examples.h"
#include "reports/schema.h"
#include "reports/text_layout.h"
#include "tools/commands.h"

namespace duenotice {

namespace {

struct Tally {
    std::size_t obligations = 0, versions = 0, examples = 0;
    std::map<char, std::size_t> grades;
};

Tally tally(const RuleBook& law) {
    Tally result;
    for (const Obligation& obligation : law.obligations) {
        ++result.obligations;
        result.versions += obligation.versions.size();
        result.examples += obligation.examples.size();
        for (const Version& version : obligation.versions) ++result.grades[version.grade];
    }
    for (const Law& one : law.laws) result.examples += one.examples.size();
    return result;
}

std::string grade_line(const std::map<char, std::size_t>& grades) {
    std::string text;
    for (const char grade : {'T', 'C', 'S', 'U', 'O'}) {
        const auto found = grades.find(grade);
        if (grade == 'O' && found == grades.end()) continue;
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grade, found == grades.end() ? 0 : found->second);
    }
    return text;
}

int check(Session& session, std::ostream& out, std::ostream& err) {
    session.load_all_calendars();
    session.load_all_zones();
    Diagnostics diagnostics = session.law_diagnostics();
    const Checked<DutyGraph> graph = make_duty_graph(session.law());
    diagnostics.append(graph.diagnostics);
    ExampleRun run;
    if (graph) run = run_examples(session.world());
    diagnostics.append(run.diagnostics);
    diagnostics.sort();
    err << print(diagnostics);
    const Tally counts = tally(session.law());
    out << fmt::format("{} laws, {} obligations, {} versions ({}), {} definitions, {} authorities, {} facts\n", session.law().laws.size(), counts.obligations,
                       counts.versions, grade_line(counts.grades), session.law().definitions.size(), session.law().authorities.size(), session.law().vocabulary.facts().size());
    out << fmt::format("{} examples with {} expectations: {} failed\n", run.examples, run.expectations, run.failed);
    return diagnostics.has_errors() ? exit_code::mistakes : exit_code::done;
}

void list(const RuleBook& law, std::ostream& out) {
    for (const Obligation& obligation : law.obligations) {
        const Law* of = law.find_law(obligation.law);
        const Version& newest = obligation.versions.back();
        out << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", obligation.id, name(obligation.act), name(obligation.modality), newest.grade,
                           newest.citations.empty() ? "" : newest.citations.front().provision, of == nullptr ? "" : of->title);
    }
}

std::string limb_text(const Limb& limb) {
    std::string text = limb.id + ": ";
    for (const AmountCase& amount : limb.amounts) text += (amount.fact ? print(*amount.fact) : words(amount.period)) + (amount.when ? " when " + print(*amount.when) : "") + " ";
    if (!limb.words.empty()) text += "\"" + limb.words + "\" ";
    if (!limb.of.empty()) text += (limb.kind == Limb::Kind::Before ? "before " : limb.kind == Limb::Kind::With ? "not later than " : "the limit of ") + limb.of + " ";
    if (limb.start) text += "from " + print(*limb.start) + " ";
    if (!limb.counting.empty()) text += "by " + limb.counting + " ";
    if (!limb.reading.empty()) text += "(reading: " + limb.reading + ") ";
    if (limb.when) text += "if " + print(*limb.when);
    return text;
}

void clock_text(const ClockNode& node, std::size_t indent, std::string& text) {
    if (node.limb) text += indented(limb_text(*node.limb), indent, 80);
    if (node.kind != ClockNode::Kind::Limb) text += indented(node.kind == ClockNode::Kind::FirstOf ? "the first of" : "the last of", indent, 80);
    for (const ClockNode& child : node.children) clock_text(child, indent + 2, text);
}

std::string version_text(const Version& version) {
    std::string text = fmt::format("\nversion {} to {}, {}, grade {}, read {} by {}\n", version.from ? version.from->iso() : "always", version.until ? version.until->iso() : "further notice", version.status,
                                   version.grade, version.checked.iso(), version.read_by.empty() ? "author" : version.read_by);
    for (const Citation& citation : version.citations) text += indented(citation.provision + (citation.words.empty() ? "" : ": \"" + citation.words + "\""), 2, 80);
    const auto readings = [&](std::string_view label, const std::vector<ConditionReading>& list) {
        for (const ConditionReading& reading : list)
            if (reading.condition) text += indented(std::string(label) + (reading.label.empty() ? "" : " (reading: " + reading.label + ")") + ": " + print(*reading.condition), 2, 80);
    };
    readings("who", version.who);
    readings("when", version.when);
    for (const ExceptionRule& rule : version.exceptions) text += indented(fmt::format("unless ({}{}) {}: {}", name(rule.effect), rule.by.empty() ? "" : " by " + rule.by, rule.citation.provision, print(*rule.condition)), 2, 80);
    for (const ModifierRule& rule : version.modifiers) text += indented(fmt::format("{} {} {}: {}", name(rule.kind), rule.by, rule.citation.provision, print(*rule.condition)), 2, 80);
    if (version.clock) {
        text += "  clock\n";
        clock_text(version.clock->root, 4, text);
    }
    for (const RecipientLimb& limb : version.recipients.limbs)
        text += indented("to " + limb.authority + limb.competence + limb.who + limb.relation + (limb.at ? " at " + print(*limb.at) : "") + (limb.when ? " if " + print(*limb.when) : ""), 2, 80);
    for (const ContentItem& item : version.content) text += indented(fmt::format("{}: {} ({})", name(item.mode), item.label, item.id), 2, 80);
    return text;
}

int show(const RuleBook& law, const std::string& id, std::ostream& out, std::ostream& err) {
    const Obligation* obligation = law.find_obligation(id);
    if (obligation == nullptr) {
        std::size_t shown = 0;
        for (const Obligation& one : law.obligations)
            if (one.law == id || one.id.find(id) != std::string::npos) {
                out << one.id << "\t" << one.title << "\n";
                ++shown;
            }
        if (shown > 0) return exit_code::done;
        err << "duenotice: no obligation or law `" << id << "`\nhelp: `duenotice law list`\n";
        return exit_code::usage;
    }
    const Law* of = law.find_law(obligation->law);
    std::string text = indented(obligation->id + ": " + obligation->title, 0, 80);
    if (of != nullptr) text += indented(of->title + (of->number.empty() ? "" : ", " + of->number) + (of->address.empty() ? "" : "  " + of->address), 0, 80);
    text += fmt::format("act {}, modality {}, {} examples\n", name(obligation->act), name(obligation->modality), obligation->examples.size());
    for (const Version& version : obligation->versions) text += version_text(version);
    out << text;
    return exit_code::done;
}

void coverage(const RuleBook& law, std::ostream& out) {
    std::map<std::string, Tally> places;
    std::map<std::string, std::size_t> authorities;
    for (const Obligation& obligation : law.obligations) {
        const Law* of = law.find_law(obligation.law);
        Tally& place = places[!obligation.place.empty() || of == nullptr ? obligation.place : of->place];
        ++place.obligations;
        place.versions += obligation.versions.size();
        place.examples += obligation.examples.size();
        for (const Version& version : obligation.versions) ++place.grades[version.grade];
    }
    for (const Authority& authority : law.authorities) ++authorities[authority.place];
    for (const auto& [place, count] : authorities) places[place];
    out << columns({{"PLACE", 12}, {"DUTIES", 7}, {"VERSIONS", 9}, {"EXAMPLES", 9}, {"AUTHORITIES", 12}, {"GRADES", 28}});
    for (const auto& [place, count] : places)
        out << columns({{place.empty() ? "(none)" : place, 12}, {std::to_string(count.obligations), 7}, {std::to_string(count.versions), 9}, {std::to_string(count.examples), 9},
                        {std::to_string(authorities.count(place) != 0 ? authorities[place] : 0), 12}, {grade_line(count.grades), 28}});
    out << "\nKnown omissions\n";
    for (const Jurisdiction& jurisdiction : law.jurisdictions)
        for (const auto& [what, reason] : jurisdiction.omissions) out << indented(jurisdiction.code + ": " + what + " (" + reason + ")", 2, 80);
    for (const Law& one : law.laws)
        for (const auto& [what, reason] : one.omissions) out << indented(one.id + ": " + what + " (" + reason + ")", 2, 80);
}

void upcoming(const RuleBook& law, const Options& options, std::ostream& out) {
    const Date today = Date::from_days(static_cast<std::int32_t>(options.as_of.seconds / 86400));
    std::set<std::string> lines;
    for (const Obligation& obligation : law.obligations)
        for (const Version& version : obligation.versions) {
            if (version.status == "proposed") lines.insert("proposed    " + obligation.id + (version.from ? " from " + version.from->iso() : ""));
            else if (version.from && *version.from > today) lines.insert(version.from->iso() + "  " + obligation.id + " comes into force");
            if (version.until && *version.until > today) lines.insert(version.until->iso() + "  " + obligation.id + " ends");
        }
    for (const std::string& line : lines) out << line << "\n";
    if (lines.empty()) out << "Nothing with a date still to come, nothing proposed.\n";
}

int diff_books(const RuleBook& law, const std::string& folder, const Options& options, std::ostream& out) {
    Options other_options = options;
    other_options.law_folder = folder;
    const Session other(other_options);
    std::set<std::string> ids;
    for (const Obligation& obligation : law.obligations) ids.insert(obligation.id);
    for (const Obligation& obligation : other.law().obligations) ids.insert(obligation.id);
    const auto text = [](const Obligation& obligation) {
        std::string all = obligation.title;
        for (const Version& version : obligation.versions) all += version_text(version);
        return all;
    };
    for (const std::string& id : ids) {
        const Obligation* before = other.law().find_obligation(id);
        const Obligation* after = law.find_obligation(id);
        if (before == nullptr) out << "added    " << id << "\n";
        else if (after == nullptr) out << "dropped  " << id << "\n";
        else if (text(*before) != text(*after)) out << "changed  " << id << "\n" << "--- before\n" << text(*before) << "--- after\n" << text(*after);
    }
    return exit_code::done;
}

}  // namespace

int run_law(Session& session, const LawOptions& law, std::ostream& out, std::ostream& err) {
    if (law.what == "check") return check(session, out, err);
    if (law.what == "list") list(session.law(), out);
    if (law.what == "show") return show(session.law(), law.id, out, err);
    if (law.what == "coverage") coverage(session.law(), out);
    if (law.what == "upcoming") upcoming(session.law(), session.options(), out);
    if (law.what == "diff") return diff_books(session.law(), law.id, session.options(), out);
    return exit_code::done;
}

int run_version(Session& session, std::ostream& out) {
    out << "program        " << program_version() << "\nrule language  " << rule_language << "\nlaw edition    " << session.law().edition << " "
        << session.law().fingerprint.substr(0, 7) << "\nzone data      " << (session.world().zones.release().empty() ? "release not known" : session.world().zones.release()) << "\n";
    return exit_code::done;
}

int run_schema(Session& session, const std::string& name, std::ostream& out) {
    for (const std::string_view known : schema_names)
        if (name == known || name == known.substr(0, known.find('/'))) {
            out << schema_text(known, session.law().vocabulary) << "\n";
            return exit_code::done;
        }
    return exit_code::usage;
}

}  // namespace duenotice
