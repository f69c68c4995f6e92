#include "rules/checker.h"

#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "rules/suggest.h"
#include "rules/type_checker.h"

namespace duenotice {

namespace {

std::string folded(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

template <class List, class Key>
void sort_unique(List& list, Key key, std::string_view what, Diagnostics& diagnostics) {
    std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < list.size(); ++i) {
        if (folded(key(list[i])) != folded(key(list[i - 1]))) continue;
        Diagnostic& diagnostic = diagnostics.error("DN0341", list[i].span, fmt::format("{} `{}` is there twice", what, key(list[i])));
        diagnostic.related.emplace_back(list[i - 1].span, "first here");
    }
}

template <class List, class Key>
std::optional<std::uint32_t> index_in(const List& list, std::string_view id, Key key) {
    const auto found = std::lower_bound(list.begin(), list.end(), id, [&](const auto& item, std::string_view wanted) { return key(item) < wanted; });
    if (found == list.end() || key(*found) != id) return {};
    return static_cast<std::uint32_t>(found - list.begin());
}

const auto by_id = [](const auto& item) -> const std::string& { return item.id; };
const auto by_code = [](const Jurisdiction& item) -> const std::string& { return item.code; };

bool is_place_code(std::string_view text) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() == 2) return upper(text[0]) && upper(text[1]);
    return text.size() >= 4 && text.size() <= 6 && text[2] == '-' && upper(text[0]) && upper(text[1]) &&
           std::all_of(text.begin() + 3, text.end(), [&](char c) { return upper(c) || (c >= '0' && c <= '9'); });
}

class BookChecker {
public:
    BookChecker(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics) : parts_(parts), options_(options), diagnostics_(diagnostics) {}

    void run() {
        sort_unique(parts_.laws, by_id, "law", diagnostics_);
        sort_unique(parts_.obligations, by_id, "obligation", diagnostics_);
        sort_unique(parts_.definitions, by_id, "definition", diagnostics_);
        sort_unique(parts_.presumptions, by_id, "presumption", diagnostics_);
        sort_unique(parts_.jurisdictions, by_code, "jurisdiction", diagnostics_);
        sort_unique(parts_.groups, by_id, "group", diagnostics_);
        sort_unique(parts_.authorities, by_id, "authority", diagnostics_);
        make_names();
        for (Definition& definition : parts_.definitions) check_condition(*definition.condition, definition.frame, names_, diagnostics_);
        for (const Presumption& presumption : parts_.presumptions) companion(presumption);
        acyclic();
        for (const Law& law : parts_.laws) check_law(law);
        for (Obligation& obligation : parts_.obligations) check_obligation(obligation);
    }

private:
    void make_names() {
        names_.vocabulary = &parts_.vocabulary;
        names_.definition = [this](std::string_view id) { return index_in(parts_.definitions, id, by_id); };
        names_.presumption = [this](std::string_view id) { return index_in(parts_.presumptions, id, by_id); };
        names_.obligation = [this](std::string_view id) { return obligation_index(id); };
        names_.definition_frame = [this](std::uint32_t i) { return parts_.definitions[i].frame; };
        names_.presumption_frame = [this](std::uint32_t i) { return parts_.presumptions[i].frame; };
        names_.is_place = [this](std::string_view code) { return is_place_code(code) || code == "unknown" || index_in(parts_.groups, code, by_id).has_value(); };
        names_.is_group = [this](std::string_view code) { return index_in(parts_.groups, code, by_id).has_value(); };
        for (const Law& law : parts_.laws)
            for (const HoldRule& rule : law.holds) hold_kinds_.insert(rule.kind);
        names_.is_hold_kind = [this](std::string_view kind) { return hold_kinds_.count(std::string(kind)) != 0; };
        names_.is_counting_law = [this](std::string_view id) { return parts_.counting.find(id) != nullptr; };
        for (const Definition& definition : parts_.definitions) known_ids_.push_back(definition.id);
        for (const Presumption& presumption : parts_.presumptions) known_ids_.push_back(presumption.id);
        for (const Obligation& obligation : parts_.obligations) known_ids_.push_back(obligation.id);
        names_.suggest = [this](std::string_view id) { return nearest(id, known_ids_); };
    }

    std::optional<std::uint32_t> obligation_index(std::string_view id) const {
        if (const auto index = index_in(parts_.obligations, id, by_id)) return index;
        for (std::size_t i = 0; i < parts_.obligations.size(); ++i)
            for (const std::string& was : parts_.obligations[i].was)
                if (was == id) return static_cast<std::uint32_t>(i);
        return {};
    }

    void companion(const Presumption& presumption) {
        const FactDeclaration* fact = parts_.vocabulary.find(presumption.companion);
        if (fact == nullptr) {
            diagnostics_.error("DN0342", presumption.span, fmt::format("there is no fact `{}`", presumption.companion)).suggestion = parts_.vocabulary.suggest(presumption.companion);
            return;
        }
        for (const std::string_view token : {"shown_yes", "shown_no", "not_shown", "cannot_be_determined"})
            if (!fact->choice_index(token)) diagnostics_.error("DN0342", presumption.span, fmt::format("the companion `{}` has no choice `{}`", fact->name, token), "a presumption turns on what is shown: shown_yes, shown_no, not_shown, cannot_be_determined");
        if ((bindings(fact->frame) & ~presumption.frame) != 0) diagnostics_.error("DN0342", presumption.span, fmt::format("the companion `{}` belongs to more than the presumption's frame", fact->name));
    }

    /// Definitions that use each other for ever, one message a cycle with all places.
    void acyclic() {
        std::vector<int> state(parts_.definitions.size(), 0);
        std::vector<std::uint32_t> path;
        const std::function<void(std::uint32_t)> visit = [&](std::uint32_t i) {
            if (state[i] == 2) return;
            if (state[i] == 1) {
                const auto first = std::find(path.begin(), path.end(), i);
                Diagnostic& diagnostic = diagnostics_.error("DN0343", parts_.definitions[i].span, fmt::format("the definition `{}` uses itself", parts_.definitions[i].id));
                for (auto at = first; at != path.end(); ++at) diagnostic.related.emplace_back(parts_.definitions[*at].span, fmt::format("through `{}`", parts_.definitions[*at].id));
                return;
            }
            state[i] = 1;
            path.push_back(i);
            uses(*parts_.definitions[i].condition, visit);
            path.pop_back();
            state[i] = 2;
        };
        for (std::uint32_t i = 0; i < parts_.definitions.size(); ++i) visit(i);
    }

    static void uses(const Condition& condition, const std::function<void(std::uint32_t)>& visit) {
        if (condition.kind == Condition::Kind::Use && condition.index) visit(*condition.index);
        for (const ConditionPtr& child : condition.children) uses(*child, visit);
        if (condition.left) uses(*condition.left, visit);
        if (condition.right) uses(*condition.right, visit);
    }
    static void uses(const Term& term, const std::function<void(std::uint32_t)>& visit) {
        if (term.test) uses(*term.test, visit);
        for (const TermPtr& child : term.terms) uses(*child, visit);
    }

    void names_obligation(const std::string& id, const Span& span, std::string_view what) {
        if (id.empty() || id == "any" || obligation_index(id)) return;
        diagnostics_.error("DN0344", span, fmt::format("{} names the obligation `{}`, which is not there", what, id)).suggestion = nearest(id, known_ids_);
    }

    void check_law(const Law& law) {
        if (!law.place.empty() && !names_.is_place(law.place)) diagnostics_.error("DN0345", law.span, fmt::format("there is no place or group `{}`", law.place));
        adopted(law);
        for (const HoldRule& rule : law.holds) {
            for (const std::string& id : rule.obligations) names_obligation(id, rule.citation.span, "the hold rule");
            names_obligation(rule.only_if_filed, rule.citation.span, "`only-if-filed`");
            if (!rule.counting.empty() && parts_.counting.find(rule.counting) == nullptr) no_counting(rule.counting, rule.citation.span);
        }
    }

    void adopted(const Law& law) {
        if (law.adopted.empty()) return;
        const FactDeclaration* fact = parts_.vocabulary.find(law.adopted);
        if (fact == nullptr) diagnostics_.error("DN0357", law.span, fmt::format("there is no fact `{}`", law.adopted)).suggestion = parts_.vocabulary.suggest(law.adopted);
        else if (fact->type != ValueType::YesNo || fact->frame != FrameKind::Entity) diagnostics_.error("DN0357", law.span, fmt::format("`adopted` is a yes/no fact of the entity; `{}` is not", law.adopted));
    }

    /// A calendar is named by its id, as `place`, or by a text fact that holds its id.
    void calendar(const std::string& name, const Span& span, unsigned frame) {
        const FactDeclaration* fact = parts_.vocabulary.find(name);
        if (fact == nullptr) return;
        if (fact->type != ValueType::Text || (bindings(fact->frame) & ~frame) != 0)
            diagnostics_.error("DN0358", span, fmt::format("`{}` names no calendar here: a text fact of this frame is needed", name));
    }

    void no_counting(const std::string& id, const Span& span) {
        std::vector<std::string> ids;
        for (const CountingLaw& law : parts_.counting.laws) ids.push_back(law.id);
        diagnostics_.error("DN0346", span, fmt::format("there is no counting law `{}`", id), "counting laws stand in _shared/counting.xml").suggestion = nearest(id, ids);
    }

    void limb(Limb& part, unsigned frame) {
        if (part.start) check_term(*part.start, ValueType::Instant, frame, names_, diagnostics_);
        if (part.calendar_place) check_term(*part.calendar_place, ValueType::Place, frame, names_, diagnostics_);
        if (part.when) check_condition(*part.when, frame, names_, diagnostics_);
        if (part.extended_when) check_condition(*part.extended_when, frame, names_, diagnostics_);
        for (AmountCase& amount : part.amounts) {
            if (amount.fact) check_term(*amount.fact, ValueType::Duration, frame, names_, diagnostics_);
            if (amount.when) check_condition(*amount.when, frame, names_, diagnostics_);
        }
        calendar(part.calendar, part.citation.span, frame);
        names_obligation(part.of, part.citation.span, "the limb");
        if (!part.counting.empty() && parts_.counting.find(part.counting) == nullptr) no_counting(part.counting, part.citation.span);
        if (part.counting.empty() || part.amounts.empty()) return;
        const bool business = part.words.find("business day") != std::string::npos || part.words.find("working day") != std::string::npos;
        for (const AmountCase& amount : part.amounts)
            if (business && !amount.fact && amount.period.unit == Period::Unit::Days) diagnostics_.warning("DN0347", part.citation.span, "the words say business days, the amount is in days");
    }

    void node(ClockNode& part, unsigned frame) {
        for (ClockNode& child : part.children) node(child, frame);
        if (part.limb) limb(*part.limb, frame);
    }

    void clock(Clock& part, unsigned frame) {
        node(part.root, frame);
        for (ClockNode& bound : part.not_before) node(bound, frame);
        if (part.keep_until) check_term(*part.keep_until, ValueType::Instant, frame, names_, diagnostics_);
        if (!part.repeat) return;
        if (part.repeat->start) check_term(*part.repeat->start, ValueType::Instant, frame, names_, diagnostics_);
        if (part.repeat->until) check_term(*part.repeat->until, ValueType::Instant, frame, names_, diagnostics_);
        if (part.repeat->every_fact) check_term(*part.repeat->every_fact, ValueType::Duration, frame, names_, diagnostics_);
        if (part.repeat->ended_when) check_condition(*part.repeat->ended_when, frame, names_, diagnostics_);
        if (part.repeat->on_change) check_condition(*part.repeat->on_change, frame, names_, diagnostics_);
        if (parts_.counting.find(part.repeat->counting) == nullptr) no_counting(part.repeat->counting, part.repeat->citation.span);
    }

    void recipients(RecipientRule& rule, unsigned frame) {
        for (RecipientLimb& part : rule.limbs) {
            if (part.when) check_condition(*part.when, frame, names_, diagnostics_);
            if (part.at) check_term(*part.at, {}, frame, names_, diagnostics_);
            if (part.each) {
                const unsigned within = inside(*part.each, frame);
                if (part.each_test) check_condition(*part.each_test, within, names_, diagnostics_);
                if (part.highest) check_term(*part.highest, {}, within, names_, diagnostics_);
            }
            if (!part.authority.empty() && !index_in(parts_.authorities, part.authority, by_id)) {
                std::vector<std::string> ids;
                for (const Authority& authority : parts_.authorities) ids.push_back(authority.id);
                diagnostics_.error("DN0348", part.citation.span, fmt::format("there is no authority `{}`", part.authority)).suggestion = nearest(part.authority, ids);
            }
        }
    }

    void version(Obligation& obligation, Version& part) {
        const unsigned frame = obligation.each;
        if (part.relevant) check_term(*part.relevant, ValueType::Instant, frame, names_, diagnostics_);
        for (ConditionReading& reading : part.relevant_readings) if (reading.condition->left) check_term(*reading.condition->left, ValueType::Instant, frame, names_, diagnostics_);
        const auto all = [&](std::vector<ConditionReading>& readings) {
            for (ConditionReading& reading : readings) if (reading.condition) check_condition(*reading.condition, frame, names_, diagnostics_);
        };
        all(part.who);
        all(part.when);
        if (part.from_when) check_condition(*part.from_when, frame, names_, diagnostics_);
        for (ExceptionRule& rule : part.exceptions) {
            if (rule.condition) check_condition(*rule.condition, frame, names_, diagnostics_);
            names_obligation(rule.by, rule.citation.span, "the exception");
        }
        for (ModifierRule& rule : part.modifiers) if (rule.condition) check_condition(*rule.condition, frame, names_, diagnostics_);
        for (DischargeRule& rule : part.discharges) {
            if (rule.condition) check_condition(*rule.condition, frame, names_, diagnostics_);
            names_obligation(rule.by, rule.citation.span, "`discharged`");
        }
        if (part.heads) check_term(*part.heads, ValueType::Whole, frame, names_, diagnostics_);
        if (part.clock) clock(*part.clock, frame);
        recipients(part.recipients, frame);
        for (ChannelRule& rule : part.channels) if (rule.when) check_condition(*rule.when, frame, names_, diagnostics_);
        for (ContentItem& item : part.content) {
            if (item.when) check_condition(*item.when, frame, names_, diagnostics_, true);
            if (!item.fact.empty() && parts_.vocabulary.find(item.fact) == nullptr)
                diagnostics_.error("DN0349", item.citation.span, fmt::format("there is no fact `{}`", item.fact)).suggestion = parts_.vocabulary.suggest(item.fact);
        }
        if (part.when.empty() && part.who.empty()) diagnostics_.error("DN0350", part.span, "a version needs `<when>` or `<who>`");
        if (options_.today && days_between(part.checked, *options_.today) > options_.most_age_days)
            diagnostics_.warning("DN0351", part.span, fmt::format("`{}` was read {} days ago; the limit is {}", obligation.id, days_between(part.checked, *options_.today), options_.most_age_days));
    }

    void versions_in_time(const Obligation& obligation) {
        const auto& list = obligation.versions;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (list.size() > 1 && !list[i].from && i > 0) diagnostics_.error("DN0352", list[i].span, "of several versions only the first may lack `from`");
            if (i == 0 || list[i].from_when || list[i - 1].from_when || list[i].status == "proposed") continue;
            if (!list[i - 1].until && list[i].from) diagnostics_.error("DN0353", list[i].span, "this version overlaps the one before, which has no `until`").related.emplace_back(list[i - 1].span, "the one before");
            else if (list[i].from && *list[i].from < *list[i - 1].until) diagnostics_.error("DN0353", list[i].span, fmt::format("this version begins on {} and the one before ends on {}", list[i].from->iso(), list[i - 1].until->iso())).related.emplace_back(list[i - 1].span, "the one before");
            else if (list[i].from && *list[i - 1].until < *list[i].from) diagnostics_.warning("DN0354", list[i].span, fmt::format("from {} to {} no version is in force", list[i - 1].until->iso(), list[i].from->iso()));
        }
    }

    void examples(const Obligation& obligation) {
        bool owed = false, not_owed = false;
        const auto look = [&](const std::vector<Example>& list, bool own) {
            for (const Example& example : list)
                for (const Expectation& expectation : example.expectations) {
                    const bool about = expectation.duty.empty() ? own : expectation.duty == obligation.id || expectation.duty.rfind(obligation.id + "@", 0) == 0;
                    for (const auto& [attribute, value] : expectation.values) {
                        if (!about || attribute != "owed") continue;
                        owed = owed || value == "yes";
                        not_owed = not_owed || value == "no" || value == "none";
                    }
                }
        };
        look(obligation.examples, true);
        for (const Law& law : parts_.laws)
            if (law.id == obligation.law) look(law.examples, false);
        if (!owed) diagnostics_.error("DN0355", obligation.span, fmt::format("`{}` has no example that is owed", obligation.id));
        if (!not_owed) diagnostics_.error("DN0355", obligation.span, fmt::format("`{}` has no example that is not owed", obligation.id));
    }

    void check_obligation(Obligation& obligation) {
        if (!obligation.place.empty() && !names_.is_place(obligation.place)) diagnostics_.error("DN0345", obligation.span, fmt::format("there is no place or group `{}`", obligation.place));
        if (!obligation.election.empty()) {
            const FactDeclaration* fact = parts_.vocabulary.find(obligation.election);
            if (fact == nullptr || !fact->choice_index(obligation.elects)) diagnostics_.error("DN0356", obligation.span, fmt::format("`{}` has no choice `{}`", obligation.election, obligation.elects));
        }
        for (Version& part : obligation.versions) version(obligation, part);
        versions_in_time(obligation);
        if (options_.strict_examples) examples(obligation);
    }

    BookParts& parts_;
    const LoadOptions& options_;
    Diagnostics& diagnostics_;
    Names names_;
    std::set<std::string> hold_kinds_;
    std::vector<std::string> known_ids_;
};

}  // namespace

void check_book(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics) { BookChecker(parts, options, diagnostics).run(); }

}  // namespace duenotice
