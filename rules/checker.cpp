#include "rules/checker.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "rules/attribute_value.h"
#include "rules/book_names.h"
#include "rules/expression_walk.h"
#include "rules/obligation_checker.h"
#include "rules/sorted_list.h"
#include "rules/type_checker.h"
#include "rules/version_checker.h"

namespace duenotice {

namespace {

std::string folded(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/// Stable. WHY by way of pointers: the things are large, and so each is moved once.
template <class List, class Key>
void sort(List& list, Key key) {
    std::vector<typename List::value_type*> order;
    order.reserve(list.size());
    for (auto& item : list) order.push_back(&item);
    const auto before = [&](const auto* a, const auto* b) { return key(*a) < key(*b); };
    if (std::is_sorted(order.begin(), order.end(), before)) return;
    std::stable_sort(order.begin(), order.end(), before);
    List sorted;
    sorted.reserve(list.size());
    for (auto* item : order) sorted.push_back(std::move(*item));
    list = std::move(sorted);
}

/// Sorts by key; keys that differ in case only are as good as the same, because ids become file names.
template <class List, class Key>
void sort_unique(List& list, Key key, std::string_view what, Diagnostics& diagnostics) {
    sort(list, key);
    std::unordered_map<std::string, const Span*> seen(list.size());
    for (const auto& item : list) {
        const auto [first, is_new] = seen.emplace(folded(key(item)), &item.span);
        if (!is_new)
            diagnostics.error("DN0341", item.span, fmt::format("{} `{}` is there twice", what, key(item)))
                .related.emplace_back(*first->second, "also here");
    }
}

class BookChecker {
public:
    BookChecker(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics)
        : parts_(parts), options_(options), diagnostics_(diagnostics) {}

    void run(const std::function<void(const Obligation&)>& checked) {
        sort_unique(parts_.laws, by_id, "law", diagnostics_);
        sort_unique(parts_.obligations, by_id, "obligation", diagnostics_);
        sort_unique(parts_.definitions, by_id, "definition", diagnostics_);
        sort_unique(parts_.presumptions, by_id, "presumption", diagnostics_);
        sort_unique(
            parts_.jurisdictions, [](const Jurisdiction& item) -> const std::string& { return item.code; },
            "jurisdiction", diagnostics_);
        sort_unique(parts_.groups, by_id, "group", diagnostics_);
        sort_unique(parts_.authorities, by_id, "authority", diagnostics_);
        former_ids();
        const BookNames names(parts_);
        places(names);
        for (Definition& definition : parts_.definitions)
            check_condition(*definition.condition, definition.frame, names.names(), diagnostics_);
        for (const Presumption& presumption : parts_.presumptions) companion(presumption);
        acyclic();
        for (const Law& law : parts_.laws) check_law(law, names);
        for (Obligation& obligation : parts_.obligations) {
            check_obligation(obligation, names, options_, diagnostics_);
            if (!diagnostics_.has_errors()) checked(obligation);
        }
        if (options_.lint) unused_facts();
    }

private:
    void former_ids() {
        const bool any = std::any_of(parts_.obligations.begin(), parts_.obligations.end(), [](const Obligation& one) { return !one.was.empty(); });
        if (!any) return;
        std::map<std::string, Span> ids;
        for (const Obligation& obligation : parts_.obligations) ids.emplace(folded(obligation.id), obligation.span);
        for (const Obligation& obligation : parts_.obligations)
            for (const std::string& was : obligation.was) {
                const auto [first, is_new] = ids.emplace(folded(was), obligation.span);
                if (!is_new)
                    diagnostics_
                        .error("DN0341", obligation.span,
                               fmt::format("the former id `{}` belongs to another obligation", was))
                        .related.emplace_back(first->second, "here");
            }
    }

    void no_place(const std::string& code, const Span& span, const BookNames& names) {
        diagnostics_
            .error("DN0345", span, fmt::format("there is no place or group `{}`", code),
                   "codes of ISO 3166, or a group of groups.xml")
            .suggestion = names.near_place(code);
    }

    void places(const BookNames& names) {
        for (const Jurisdiction& place : parts_.jurisdictions) {
            if (!has_place_shape(place.code))
                diagnostics_.error("DN0345", place.span, fmt::format("`{}` is not the code of a place", place.code),
                                   "two capital letters, or ISO 3166-2 such as US-TX");
            if (!place.parent.empty() && names.jurisdiction(place.parent) == nullptr)
                diagnostics_.error("DN0345", place.span,
                                   fmt::format("there is no jurisdiction `{}` to be the parent", place.parent));
        }
        for (const Authority& authority : parts_.authorities) {
            if (authority.place.empty())
                diagnostics_.error("DN0345", authority.span,
                                   fmt::format("the authority `{}` has no `place`", authority.id));
            else if (!names.is_place(authority.place))
                no_place(authority.place, authority.span, names);
            age(authority.checked, authority.id, authority.span);
        }
        for (const PlaceGroup& group : parts_.groups)
            for (const GroupMember& member : group.members)
                if (!names.is_place(member.code)) no_place(member.code, group.span, names);
        no_cycle(parts_.groups, "group", by_id, [&](const PlaceGroup& group, const auto& visit) {
            for (const GroupMember& member : group.members)
                if (const PlaceGroup* inner = names.group(member.code))
                    visit(static_cast<std::size_t>(inner - parts_.groups.data()));
        });
        no_cycle(
            parts_.jurisdictions, "jurisdiction",
            [](const Jurisdiction& item) -> const std::string& { return item.code; },
            [&](const Jurisdiction& place, const auto& visit) {
                if (const Jurisdiction* parent = names.jurisdiction(place.parent))
                    visit(static_cast<std::size_t>(parent - parts_.jurisdictions.data()));
            });
    }

    void age(const std::optional<Date>& checked, const std::string& id, const Span& span) {
        if (!options_.today || !checked) return;
        const int days = days_between(*checked, *options_.today);
        if (days < 0 && !options_.looks_back)
            diagnostics_.error(
                "DN0365", span,
                fmt::format("`checked` {} has not come yet; today is {}", checked->iso(), options_.today->iso()));
        else if (days > options_.most_age_days)
            diagnostics_.warning(
                "DN0351", span,
                fmt::format("`{}` was read {} days ago; the limit is {}", id, days, options_.most_age_days));
    }

    /// Things that lead to themselves, one message a cycle with all places. `next` visits what a thing leads to.
    template <class List, class Key, class Next>
    void no_cycle(const List& list, std::string_view what, Key key, Next next) {
        enum class State { New, Open, Done };
        std::vector<State> states(list.size(), State::New);
        std::vector<std::size_t> path;
        const std::function<void(std::size_t)> visit = [&](std::size_t i) {
            if (states[i] == State::Done) return;
            if (states[i] == State::Open) {
                Diagnostic& diagnostic =
                    diagnostics_.error(what == "definition" ? "DN0343" : "DN0363", list[i].span,
                                       fmt::format("the {} `{}` leads back to itself", what, key(list[i])));
                for (auto at = std::next(std::find(path.begin(), path.end(), i)); at < path.end(); ++at)
                    diagnostic.related.emplace_back(list[*at].span, fmt::format("through `{}`", key(list[*at])));
                return;
            }
            states[i] = State::Open;
            path.push_back(i);
            next(list[i], visit);
            path.pop_back();
            states[i] = State::Done;
        };
        for (std::size_t i = 0; i < list.size(); ++i) visit(i);
    }

    void acyclic() {
        no_cycle(parts_.definitions, "definition", by_id, [](const Definition& definition, const auto& visit) {
            ExpressionVisitor visitor;
            visitor.condition = [&](const Condition& condition) {
                if (condition.kind == Condition::Kind::Use && condition.index) visit(*condition.index);
            };
            walk(*definition.condition, visitor);
        });
    }

    void companion(const Presumption& presumption) {
        if (presumption.companion.empty()) return;  // the shape has said so
        const FactDeclaration* fact = parts_.vocabulary.find(presumption.companion);
        if (fact == nullptr) {
            diagnostics_.error("DN0342", presumption.span, fmt::format("there is no fact `{}`", presumption.companion))
                .suggestion = parts_.vocabulary.suggest(presumption.companion);
            return;
        }
        std::vector<std::string_view> missing;
        for (const std::string_view token : {"shown_yes", "shown_no", "not_shown", "cannot_be_determined"})
            if (!fact->choice_index(token)) missing.push_back(token);
        if (!missing.empty())
            diagnostics_
                .error("DN0342", presumption.span,
                       fmt::format("the companion `{}` lacks the choice {}", fact->name, fmt::join(missing, ", ")),
                       "a presumption turns on what is shown: shown_yes, shown_no, not_shown, cannot_be_determined")
                .related.emplace_back(fact->span, "declared here");
        if ((bindings(fact->frame) & ~presumption.frame) != 0)
            diagnostics_
                .error("DN0342", presumption.span,
                       fmt::format("the companion `{}` belongs to {}, which the presumption's `frame` does not bind",
                                   fact->name, name(fact->frame)))
                .related.emplace_back(fact->span, "declared here");
    }

    /// Own rules: the fact whose yes lists their duties.
    void adopted(const Law& law) {
        if (law.adopted.empty()) return;
        const FactDeclaration* fact = parts_.vocabulary.find(law.adopted);
        if (fact == nullptr)
            diagnostics_.error("DN0373", law.span, fmt::format("there is no fact `{}`", law.adopted)).suggestion =
                parts_.vocabulary.suggest(law.adopted);
        else if (fact->type != ValueType::YesNo || fact->frame != FrameKind::Entity)
            diagnostics_.error("DN0373", law.span,
                               fmt::format("`adopted` is a yes/no fact of the entity; `{}` is not", law.adopted));
    }

    void check_law(const Law& law, const BookNames& names) {
        if (!law.place.empty() && !names.is_place(law.place)) no_place(law.place, law.span, names);
        adopted(law);
        for (const HoldRule& rule : law.holds) check_hold_rule(rule, names, diagnostics_);
        for (const Example& example : law.examples) check_example(example, false, names, diagnostics_);
    }

    void use(const std::string& fact, std::set<FactId>& used) const {
        if (const FactDeclaration* declaration = parts_.vocabulary.find(fact)) used.insert(declaration->id);
    }

    std::set<FactId> used_facts() const {
        std::set<FactId> used;
        ExpressionVisitor visitor;
        visitor.term = [&](const Term& term) {
            if (term.fact) used.insert(*term.fact);
            if (term.leaving) use(*term.leaving, used);
        };
        for (const Definition& definition : parts_.definitions) walk(*definition.condition, visitor);
        for (const Presumption& presumption : parts_.presumptions) use(presumption.companion, used);
        for (const FactConstraint& constraint : parts_.vocabulary.constraints())
            used.insert({constraint.left, constraint.right});
        for (const Law& law : parts_.laws) use(law.adopted, used);
        for (const Obligation& obligation : parts_.obligations) {
            use(obligation.election, used);
            for (const Version& version : obligation.versions) {
                walk(version, visitor);
                for (const ContentItem& item : version.content) use(item.fact, used);
            }
        }
        return used;
    }

    /// One note for each file that declares facts which nothing uses.
    void unused_facts() {
        const std::set<FactId> used = used_facts();
        std::map<std::string, std::vector<const FactDeclaration*>> unused;
        for (const FactDeclaration& fact : parts_.vocabulary.facts()) {
            const bool known = fact.name == "entity.affected" || fact.name == "incident.detected_at" ||
                               used.count(fact.id) != 0 || (fact.decided_at && used.count(*fact.decided_at) != 0) ||
                               (fact.judgement && used.count(*fact.judgement) != 0);
            if (!known && !fact.judgement) unused[fact.span.source ? fact.span.source->name() : ""].push_back(&fact);
        }
        for (const auto& entry : unused) {
            std::vector<std::string_view> names;
            for (const FactDeclaration* fact : entry.second) names.push_back(fact->name);
            diagnostics_.note("DN0360", entry.second.front()->span,
                              names.size() == 1
                                  ? fmt::format("nothing uses the fact `{}`", names.front())
                                  : fmt::format("nothing uses {} facts: {}", names.size(), fmt::join(names, ", ")));
        }
    }

    BookParts& parts_;
    const LoadOptions& options_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_book(BookParts& parts, const LoadOptions& options, Diagnostics& diagnostics, const std::function<void(const Obligation&)>& checked) {
    BookChecker(parts, options, diagnostics).run(checked);
}

}  // namespace duenotice
