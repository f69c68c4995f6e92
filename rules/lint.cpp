#include "rules/lint.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "rules/authority_doors.h"
#include "rules/contradiction.h"
#include "rules/expression_walk.h"
#include "rules/number.h"

namespace duenotice {

namespace {

std::string words_of(const TermPtr& term) {
    return term ? print(*term) : std::string();
}
std::string words_of(const ConditionPtr& condition) {
    return condition ? print(*condition) : std::string();
}

/// Everything that moves the deadline, without ids, labels and citations.
std::string words_of(const ClockNode& node) {
    std::string text = fmt::format("{}(", static_cast<int>(node.kind));
    if (node.limb) {
        const Limb& limb = *node.limb;
        for (const AmountCase& amount : limb.amounts)
            text += fmt::format("{} {} {},", words(amount.period), words_of(amount.fact), words_of(amount.when));
        text += fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(limb.kind), limb.words,
                            words_of(limb.start), limb.counting, limb.calendar, words_of(limb.calendar_place),
                            limb.zone, limb.of, limb.of_entity, limb.recipients, limb.act, limb.month, limb.day,
                            limb.years_after, limb.days_after_year_end, words_of(limb.when));
        text +=
            fmt::format("|{}|{}|{}|{}", limb.cut_off_seconds.value_or(-1),
                        limb.window_seconds ? limb.window_seconds->first * 100'000 + limb.window_seconds->second : -1,
                        limb.lead_seconds, words_of(limb.extended_when));
    }
    for (const ClockNode& child : node.children) text += words_of(child);
    return text + ")";
}

std::string words_of(const Clock& clock) {
    std::string text = words_of(clock.root);
    for (const ClockNode& bound : clock.not_before) text += " not before " + words_of(bound);
    if (clock.repeat)
        text += fmt::format(" every {} {} {} {} {} {}", words(clock.repeat->every), clock.repeat->counting,
                            clock.repeat->calendar, words_of(clock.repeat->start), words_of(clock.repeat->until),
                            words_of(clock.repeat->on_change));
    return text + fmt::format(" lasts {} {} {} {}", words(clock.lasts), clock.lasts_counting, clock.lasts_calendar, words_of(clock.keep_until));
}

std::string words_of(const RecipientRule& rule) {
    std::string text = rule.first_that_applies ? "first" : "all";
    for (const RecipientLimb& limb : rule.limbs) {
        text += fmt::format(";{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", limb.authority, limb.competence, limb.who, limb.relation,
                            words_of(limb.at), words_of(limb.each_test), words_of(limb.highest), words_of(limb.when),
                            limb.copy, limb.passed_on);
        if (limb.each)
            text += fmt::format("|{}|{}|{}", static_cast<int>(limb.each->kind), limb.each->name, limb.each->link);
    }
    return text;
}

/// The part as it stands in an `and`, or (not `holds`) in an `or`.
std::string as_told(const Literal& part, bool holds) {
    const std::string words = print(*part.condition);
    return part.positive == holds ? words : "not (" + words + ")";
}

bool is_ordered(Comparison comparison) {
    return comparison == Comparison::AtLeast || comparison == Comparison::AtMost ||
           comparison == Comparison::MoreThan || comparison == Comparison::LessThan;
}

/// The whole numbers that stand in a text.
void add_numbers(const std::string& text, std::set<std::int64_t>& numbers) {
    std::int64_t number = -1;
    for (const char c : text + " ") {
        if (c >= '0' && c <= '9') {
            if (number < most_whole / 10) number = std::max<std::int64_t>(number, 0) * 10 + (c - '0');
        } else if (number >= 0) {
            numbers.insert(number);
            number = -1;
        }
    }
}

class Linter {
public:
    explicit Linter(const RuleBook& book) : book_(book) {}

    Diagnostics run() {
        for (const Definition& definition : book_.definitions) parts(*definition.condition);
        for (std::size_t i = 0; i < book_.obligations.size(); ++i) {
            const Obligation& obligation = book_.obligations[i];
            for (std::size_t v = 0; v < obligation.versions.size(); ++v) {
                walk(obligation.versions[v], visitor());
                whole(obligation, obligation.versions[v], book_.compiled[i].versions[v]);
                starts(obligation, obligation.versions[v]);
            }
            twins(i);
        }
        for (const Law& law : book_.laws) thresholds(law);
        return std::move(diagnostics_);
    }

private:
    ExpressionVisitor visitor() {
        ExpressionVisitor made;
        made.condition = [this](const Condition& condition) {
            if (condition.kind == Condition::Kind::And) tell(condition, true);
            if (condition.kind == Condition::Kind::Or) tell(condition, false);
        };
        return made;
    }
    void parts(const Condition& condition) { walk(condition, visitor()); }

    bool is_new(const Clash& clash) { return told_.emplace(clash.first.condition, clash.second.condition).second; }

    void tell(const Condition& condition, bool holds) {
        const auto clash = find_clash(condition, holds, book_);
        if (!clash || !is_new(*clash)) return;
        const Span& place = clash->second.condition->span;
        const bool inside = place.source == condition.span.source && place.begin >= condition.span.begin &&
                            place.end <= condition.span.end;
        diagnostics_
            .warning(
                holds ? "DN0380" : "DN0381", inside ? place : condition.span,
                fmt::format("this {} hold: `{}` and `{}` {}", holds ? "can never" : "must always", as_told(clash->first, holds),
                            as_told(clash->second, holds), holds ? "exclude each other" : "leave nothing out"))
            .related.emplace_back(clash->first.condition->span, "the other part");
    }

    /// What `who`, `when` and exceptions say to each other.
    void whole(const Obligation& obligation, const Version& version, const VersionConditions& compiled) {
        for (const WholeCondition& reading : compiled.readings) {
            const auto clash = find_clash(*reading.condition, true, book_);
            if (!clash || !is_new(*clash)) continue;
            Diagnostic& told = diagnostics_.warning(
                "DN0380", version.span,
                fmt::format("this version of `{}` can never apply{}: `{}` and `{}` exclude each other", obligation.id,
                            reading.label.empty() ? "" : " under the reading `" + reading.label + "`",
                            as_told(clash->first, true), as_told(clash->second, true)));
            told.related.emplace_back(clash->first.condition->span, "the one");
            told.related.emplace_back(clash->second.condition->span, "the other");
        }
    }

    void starts(const Obligation& obligation, const Version& version) {
        if (!version.clock) return;
        walk_limbs(*version.clock, [&](const Limb& limb) {
            if (!limb.start) return;
            const Term& start = *limb.start;
            if (start.kind == Term::Kind::Filed && start.name == obligation.id && start.of_entity.empty())
                diagnostics_.warning("DN0383", start.span, "the clock starts with the filing that it is to limit",
                                     "name the event that the law counts from, or use `<repeat>`");
            if (start.kind != Term::Kind::Fact || !start.fact) return;
            const FactDeclaration& fact = book_.vocabulary.at(*start.fact);
            if (fact.asked == AskedWhen::Never && !fact.judgement)
                diagnostics_
                    .warning("DN0383", start.span,
                             fmt::format("nobody is asked for `{}`, so this clock may never start", fact.name),
                             "give the fact another `asked`, or start from one that is asked")
                    .related.emplace_back(fact.span, "declared here");
        });
    }

    /// The obligation before `i` in its law that asks the same of the same.
    void twins(std::size_t i) {
        const Obligation& obligation = book_.obligations[i];
        std::string key = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", obligation.law, obligation.each, obligation.event,
                                      obligation.contract_kind, obligation.place, name(obligation.act),
                                      name(obligation.modality), obligation.elects);
        for (const WholeCondition& reading : book_.compiled[i].readings) key += "|" + print(*reading.condition);
        for (const Version& version : obligation.versions) {
            if (version.status == "proposed") return;
            key += "|" + (version.clock ? words_of(*version.clock) : std::string()) + words_of(version.recipients);
            for (const ContentItem& item : version.content) key += "|" + item.id;
        }
        const auto [other, is_first] = twins_.emplace(std::move(key), i);
        if (is_first) return;
        const Obligation& first = book_.obligations[other->second];
        diagnostics_
            .warning("DN0382", obligation.span,
                     fmt::format("`{}` has the conditions, the clock, the recipients and the content of `{}`",
                                 obligation.id, first.id),
                     "one obligation with both citations is enough")
            .related.emplace_back(first.span, "the other");
    }

    /// Thresholds of a law in whole numbers, each with its first place, against the numbers of the law's examples.
    void thresholds(const Law& law) {
        std::set<std::int64_t> numbers;
        const auto read = [&](const Example& example) {
            for (const std::string* text : {&example.facts, &example.incident, &example.contracts})
                add_numbers(*text, numbers);
        };
        for (const Example& example : law.examples) read(example);
        seen_.clear();
        for (const Obligation& obligation : book_.obligations)
            if (obligation.law == law.id)
                for (const Example& example : obligation.examples) read(example);
        if (numbers.empty()) return;
        for (const Obligation& obligation : book_.obligations) {
            if (obligation.law != law.id) continue;
            for (const Version& version : obligation.versions) {
                for (const ConditionReading& part : version.who) bounds(*part.condition, numbers);
                for (const ConditionReading& part : version.when) bounds(*part.condition, numbers);
                for (const ExceptionRule& part : version.exceptions) bounds(*part.condition, numbers);
            }
        }
    }

    void bounds(const Condition& condition, const std::set<std::int64_t>& numbers) {
        ExpressionVisitor visitor;
        visitor.condition = [&](const Condition& part) {
            if (!seen_.insert(&part).second) return;
            if (part.kind == Condition::Kind::Use && part.index)
                bounds(*book_.definitions[*part.index].condition, numbers);
            const bool whole = part.kind == Condition::Kind::Compare && is_ordered(part.comparison) && part.right &&
                               part.right->kind == Term::Kind::Whole && part.left->type == ValueType::Whole;
            if (!whole || part.right->number < 2) return;
            const std::int64_t at = part.right->number;
            const bool up = part.comparison == Comparison::MoreThan || part.comparison == Comparison::AtMost;
            const std::int64_t low = up ? at : at - 1;
            if (numbers.count(low) != 0 && numbers.count(low + 1) != 0) return;
            diagnostics_.warning("DN0384", part.right->span,
                                 fmt::format("no example has {}: the two sides of this threshold are {} and {}",
                                             numbers.count(low) != 0       ? fmt::format("{}", low + 1)
                                             : numbers.count(low + 1) != 0 ? fmt::format("{}", low)
                                                                           : fmt::format("{} or {}", low, low + 1),
                                             low, low + 1));
        };
        walk(condition, visitor);
    }

    const RuleBook& book_;
    Diagnostics diagnostics_;
    std::set<std::pair<const Condition*, const Condition*>> told_;
    std::map<std::string, std::size_t> twins_;
    std::set<const Condition*> seen_;
};

}  // namespace

Diagnostics lint_book(const RuleBook& book) {
    Diagnostics diagnostics = Linter(book).run();
    diagnostics.append(lint_doors(book));
    return diagnostics;
}

}  // namespace duenotice
