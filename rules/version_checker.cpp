#include "rules/version_checker.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "rules/attribute_value.h"
#include "rules/expression_walk.h"
#include "rules/type_checker.h"

namespace duenotice {

namespace {

constexpr std::size_t most_cited_words = 12;

/// The checks that versions and hold rules share: names of obligations, recipients, relations, counting laws.
class NameChecker {
public:
    NameChecker(const BookNames& names, Diagnostics& diagnostics) : names_(names), diagnostics_(diagnostics) {}

    void obligation(const std::string& id, const Span& span, std::string_view what) {
        if (id.empty() || id == "any" || names_.obligation(id) != nullptr) return;
        diagnostics_.error("DN0344", span, fmt::format("{} names the obligation `{}`, which is not there", what, id))
            .suggestion = names_.near_obligation(id);
    }

    void recipient(const std::string& word, const Span& span) {
        if (word.empty() || word == "authority" || names_.is_recipient(word)) return;
        diagnostics_.error("DN0362", span, fmt::format("no obligation tells `{}`, and no authority has this id", word))
            .suggestion = names_.near_recipient(word);
    }

    void relation(const std::string& word, bool any_allowed, const Span& span) {
        if (word.empty() || (any_allowed && word == "any")) return;
        if (std::find(std::begin(relation_names), std::end(relation_names), word) != std::end(relation_names)) return;
        diagnostics_.error("DN0372", span, fmt::format("there is no relation `{}`", word),
                           fmt::format("one of: {}", fmt::join(relation_names, ", ")));
    }

    /// A period under a counting law; `calendar` may be null where none can be named.
    void counted(Period period, const std::string& id, const std::string* calendar, const Span& span) {
        const CountingLaw* law = known_counting(id, span);
        if (law == nullptr || period.amount == 0) return;
        if (const DeemedPeriod* deemed = law->find_deemed(period.unit, period.amount)) period = {deemed->as_unit, deemed->as_amount, 0, 0};
        const bool covered = std::any_of(law->readings.begin(), law->readings.end(),
                                         [&](const CountingReading& reading) { return reading.counts(period.unit, period.amount); });
        if (!covered) {
            const auto refused = std::find_if(law->refused.begin(), law->refused.end(),
                                              [&](const RefusedUnit& one) { return one.refuses(period.unit, period.amount); });
            diagnostics_.error("DN0358", span,
                               fmt::format("the counting law `{}` does not count {}", id, unit_name(period.unit)),
                               refused == law->refused.end() ? std::string() : refused->reason);
        } else if (calendar != nullptr && calendar->empty() && law->needs_calendar(period.unit, period.is_backward())) {
            diagnostics_.error("DN0359", span, fmt::format("`{}` under `{}` needs a calendar", words(period), id),
                               "add `calendar`, such as `calendar=\"place\"`, that of the law's place");
        }
    }

    const CountingLaw* known_counting(const std::string& id, const Span& span) {
        if (id.empty()) return nullptr;
        const CountingLaw* law = names_.counting(id);
        if (law == nullptr)
            diagnostics_
                .error("DN0346", span, fmt::format("there is no counting law `{}`", id),
                       "counting laws stand in _shared/counting.xml")
                .suggestion = names_.near_counting(id);
        return law;
    }

protected:
    const BookNames& names_;
    Diagnostics& diagnostics_;
};

bool says_business_days(const std::string& words) {
    if (words.find("day") == std::string::npos) return false;
    for (const std::string_view term :
         {"business day", "working day", "Business day", "Working day", "business-day", "working-day"})
        if (words.find(term) != std::string::npos) return true;
    return false;
}

class VersionChecker : NameChecker {
public:
    VersionChecker(const Obligation& obligation, Version& version, const BookNames& names, bool lint,
                   Diagnostics& diagnostics)
        : NameChecker(names, diagnostics),
          obligation_(obligation),
          version_(version),
          frame_(obligation.each),
          lint_(lint) {}

    void run() {
        term(version_.relevant, ValueType::Instant);
        for (ConditionReading& reading : version_.relevant_readings) term(reading.condition->left, ValueType::Instant);
        condition(version_.from_when);
        for (ConditionReading& reading : version_.who) condition(reading.condition);
        for (ConditionReading& reading : version_.when) condition(reading.condition);
        exceptions();
        for (ModifierRule& rule : version_.modifiers) {
            condition(rule.condition);
            own_recipients(rule.recipients, rule.citation.span);
        }
        for (DischargeRule& rule : version_.discharges) {
            condition(rule.condition);
            obligation(rule.by, rule.citation.span, "`discharged`");
            relation(rule.of, true, rule.citation.span);
        }
        term(version_.heads, ValueType::Whole);
        if (version_.clock) clock(*version_.clock);
        recipients();
        for (ChannelRule& rule : version_.channels) condition(rule.when);
        content();
        expressions();
        if (lint_) citations();
    }

private:
    void condition(const ConditionPtr& part, bool content = false) {
        if (part) check_condition(*part, frame_, names_.names(), diagnostics_, content);
    }
    void term(const TermPtr& part, std::optional<ValueType> wanted) {
        if (part) check_term(*part, wanted, frame_, names_.names(), diagnostics_);
    }

    void exceptions() {
        std::set<std::string_view> ids;
        for (ExceptionRule& rule : version_.exceptions) {
            condition(rule.condition);
            obligation(rule.by, rule.citation.span, "the exception");
            own_recipients(rule.recipients, rule.citation.span);
            if (version_.exceptions.size() > 1 && !ids.insert(rule.id).second)
                diagnostics_.error("DN0341", rule.citation.span,
                                   fmt::format("the exception `{}` is there twice in this version", rule.id));
        }
    }

    /// A recipient that the version itself tells.
    void own_recipients(const std::vector<std::string>& words, const Span& span) {
        for (const std::string& word : words) {
            const bool own = std::any_of(
                version_.recipients.limbs.begin(), version_.recipients.limbs.end(), [&](const RecipientLimb& limb) {
                    const bool authority = !limb.authority.empty() || !limb.competence.empty();
                    return word == limb.who || word == limb.authority || (authority && word == "authority") ||
                           (!limb.competence.empty() && names_.authority(word) != nullptr);
                });
            if (own || version_.recipients.limbs.empty()) continue;
            diagnostics_
                .error("DN0361", span, fmt::format("the duty does not tell `{}`", word),
                       "name a `who` or an authority of its `<recipients>`, or `authority`")
                .suggestion = names_.near_recipient(word);
        }
    }

    void clock(Clock& part) {
        walk_limbs(part, [this](const Limb& one) { limb(one); });
        std::set<std::pair<std::string_view, std::string_view>> ids;
        walk_limbs(part, [&](const Limb& one) {
            if (!has_one_limb(part) && !ids.emplace(one.id, one.reading).second)
                diagnostics_.error(
                    "DN0341", one.citation.span,
                    one.reading.empty() ? fmt::format("the limb `{}` is there twice", one.id)
                                        : fmt::format("the limb `{}` has the reading `{}` twice", one.id, one.reading),
                    "limbs of one id are readings of one limit: give each its `reading`, or ids of their own");
        });
        term(part.keep_until, ValueType::Instant);
        if (part.lasts.amount != 0) counted(part.lasts, part.lasts_counting, &part.lasts_calendar, version_.span);
        if (!part.repeat) return;
        term(part.repeat->start, ValueType::Instant);
        term(part.repeat->until, ValueType::Instant);
        term(part.repeat->every_fact, ValueType::Duration);
        condition(part.repeat->ended_when);
        condition(part.repeat->on_change);
        if (part.repeat->every_fact)
            known_counting(part.repeat->counting, part.repeat->citation.span);
        else
            counted(part.repeat->every, part.repeat->counting, &part.repeat->calendar, part.repeat->citation.span);
    }

    /// A calendar is named by its id, as `place`, or by a text fact that holds its id.
    void calendar(const std::string& name, const Span& span) {
        const FactDeclaration* fact = names_.names().vocabulary->find(name);
        if (fact == nullptr || (fact->type == ValueType::Text && (bindings(fact->frame) & ~frame_) == 0)) return;
        diagnostics_.error("DN0374", span,
                           fmt::format("`{}` names no calendar here: a text fact of this frame is needed", name));
    }

    void limb(const Limb& part) {
        const Span& span = part.citation.span;
        term(part.start, ValueType::Instant);
        term(part.calendar_place, ValueType::Place);
        condition(part.when);
        condition(part.extended_when);
        calendar(part.calendar, span);
        obligation(part.of, span, "the limb");
        if (part.of == obligation_.id && part.of_entity.empty())
            diagnostics_.error("DN0344", span, "a limb cannot hang on its own obligation");
        relation(part.of_entity, true, span);
        recipient(part.recipients, span);
        if (part.amounts.empty()) known_counting(part.counting, span);
        const bool business = says_business_days(part.words) || cites_business_days(part);
        for (const AmountCase& amount : part.amounts) {
            term(amount.fact, ValueType::Duration);
            condition(amount.when);
            if (amount.fact) {
                known_counting(part.counting, span);
                continue;
            }
            if (!part.counting.empty()) counted(amount.period, part.counting, &part.calendar, span);
            if (business && amount.period.unit == Period::Unit::Days)
                diagnostics_.warning(
                    "DN0347", span,
                    fmt::format("the words say business days, and the amount is {}", words(amount.period)),
                    fmt::format("`{} working days`, or other words", amount.period.amount));
        }
    }

    static bool has_one_limb(const Clock& clock) { return clock.root.limb && clock.not_before.empty(); }

    /// The words cited for this limb: those of its provision, or all when the clock has one limb.
    bool cites_business_days(const Limb& part) const {
        const bool only = has_one_limb(*version_.clock);
        return std::any_of(version_.citations.begin(), version_.citations.end(), [&](const Citation& cite) {
            return (only || (!part.citation.provision.empty() && cite.provision == part.citation.provision)) &&
                   says_business_days(cite.words);
        });
    }

    void recipients() {
        for (RecipientLimb& part : version_.recipients.limbs) {
            const Span& span = part.citation.span;
            condition(part.when);
            term(part.at, {});
            if (part.at && part.at->type != ValueType::Place && part.at->type != ValueType::PlaceSet)
                diagnostics_.error("DN0305", part.at->span,
                                   "this is not a place: `<at>` names the place whose authority is told");
            if (part.each) {
                const unsigned within = inside(*part.each, frame_);
                if (part.each->kind != Selection::Kind::Places)
                    diagnostics_.error("DN0305", part.each->span, "`<each>` ranges over places",
                                       "such as `place within EU where (...)`");
                check_selection(*part.each, frame_, names_.names(), diagnostics_);
                if (part.each_test) check_condition(*part.each_test, within, names_.names(), diagnostics_);
                if (part.highest) check_term(*part.highest, {}, within, names_.names(), diagnostics_);
            }
            relation(part.relation, false, span);
            if (!part.authority.empty() && names_.authority(part.authority) == nullptr)
                diagnostics_.error("DN0348", span, fmt::format("there is no authority `{}`", part.authority))
                    .suggestion = names_.near_authority(part.authority);
            if (!part.competence.empty() && !names_.is_competence(part.competence))
                diagnostics_.error("DN0371", span, fmt::format("no authority is competent for `{}`", part.competence))
                    .suggestion = names_.near_competence(part.competence);
        }
    }

    void content() {
        std::set<std::string_view> ids;
        for (ContentItem& item : version_.content) {
            condition(item.when, true);
            const Span& span = item.citation.span;
            if (!ids.insert(item.id).second)
                diagnostics_.error("DN0341", span,
                                   fmt::format("the item `{}` is there twice in this version", item.id));
            const Vocabulary& vocabulary = *names_.names().vocabulary;
            if (!item.fact.empty() && vocabulary.find(item.fact) == nullptr)
                diagnostics_.error("DN0349", span, fmt::format("there is no fact `{}`", item.fact)).suggestion =
                    vocabulary.suggest(item.fact);
            recipient(item.audience, span);
        }
    }

    /// What the type checker leaves: recipients and holds that terms name, zones, thresholds that count nobody in
    /// particular.
    void expressions() {
        ExpressionVisitor visitor;
        visitor.term = [this](const Term& part) {
            if (part.kind == Term::Kind::Filed) recipient(part.recipient, part.span);
            if (part.kind == Term::Kind::BusiestWeek) zone(part.name, part.span);
            const std::string& law = part.counting.empty() ? plain_ : part.counting.str();
            if (part.kind == Term::Kind::InstantPlus && names_.counting(law) != nullptr)
                counted(part.period, law, nullptr, part.span);
        };
        visitor.condition = [this](const Condition& part) {
            if (part.kind != Condition::Kind::Compare) return;
            if (part.comparison == Comparison::ClockBetween) zone(part.name, part.span);
            const bool ordered = part.comparison == Comparison::AtLeast || part.comparison == Comparison::AtMost ||
                                 part.comparison == Comparison::MoreThan || part.comparison == Comparison::LessThan;
            if (ordered && lint_) threshold(*part.left);
        };
        walk(version_, visitor);
    }

    void zone(const std::string& name, const Span& span) {
        if (!is_zone_name(name))
            diagnostics_.error("DN0364", span, fmt::format("`{}` is not a time zone", name), "such as Europe/Brussels");
    }

    void threshold(const Term& left) {
        const bool bound = (frame_ & bind::population) != 0;
        if (left.kind != Term::Kind::People || !left.place.empty() || left.test || version_.heads || bound) return;
        diagnostics_.warning("DN0357", left.span, "this threshold counts everybody anywhere",
                             "say whose heads the law counts: `people of PLACE where (...)`, or `<people>` beside it");
    }

    void citations() {
        for (const Citation& cite : version_.citations) {
            const std::size_t count = split_words(cite.words).size();
            if (count > most_cited_words)
                diagnostics_.warning("DN0370", cite.span,
                                     fmt::format("{} words are cited; the operative ones, at most {}, are enough",
                                                 count, most_cited_words));
        }
    }

    const Obligation& obligation_;
    Version& version_;
    const unsigned frame_;
    const bool lint_;
    const std::string plain_ = "plain";
};

void check_dates(const Obligation& obligation, const Version& version, const Law* law, const BookNames& names,
                 const LoadOptions& options, Diagnostics& diagnostics) {
    const bool dated = version.from || version.until;
    if (dated && !version.relevant && version.relevant_readings.empty() &&
        names.names().vocabulary->find("incident.detected_at") == nullptr)
        diagnostics.error("DN0369", version.span, "nothing says which date picks the version",
                          "name it with `relevant`, or declare `incident.detected_at`");
    const bool addressed = version.grade == 'O' || (law != nullptr && !law->address.empty()) ||
                           std::all_of(version.citations.begin(), version.citations.end(),
                                       [](const Citation& cite) { return !cite.address.empty(); });
    if (options.strict_examples && !addressed)
        diagnostics.error("DN0367", version.span, "neither the law nor each citation has its official `address`");
    if (!options.today || version.checked == Date()) return;
    const int age = days_between(version.checked, *options.today);
    if (age < 0 && !options.looks_back)
        diagnostics.error(
            "DN0365", version.span,
            fmt::format("`checked` {} has not come yet; today is {}", version.checked.iso(), options.today->iso()));
    else if (age > options.most_age_days)
        diagnostics.warning(
            "DN0351", version.span,
            fmt::format("`{}` was read {} days ago; the limit is {}", obligation.id, age, options.most_age_days));
}

}  // namespace

void check_version(const Obligation& obligation, Version& version, const Law* law, const BookNames& names,
                   const LoadOptions& options, Diagnostics& diagnostics) {
    VersionChecker(obligation, version, names, options.lint, diagnostics).run();
    check_dates(obligation, version, law, names, options, diagnostics);
}

void check_hold_rule(const HoldRule& rule, const BookNames& names, Diagnostics& diagnostics) {
    NameChecker checker(names, diagnostics);
    const Span& span = rule.citation.span;
    for (const std::string& id : rule.obligations) checker.obligation(id, span, "the hold rule");
    checker.obligation(rule.only_if_filed, span, "`only-if-filed`");
    for (const std::string& word : rule.recipients) checker.recipient(word, span);
    if (rule.cap.amount == 0 && rule.amount.amount == 0) checker.known_counting(rule.counting, span);
    const std::string counting = rule.counting.empty() ? "plain" : rule.counting;
    if (rule.cap.amount != 0) checker.counted(rule.cap, counting, nullptr, span);
    if (rule.amount.amount != 0) checker.counted(rule.amount, counting, nullptr, span);
    if (!rule.after.empty() && (rule.after == rule.kind || !names.is_hold_kind(rule.after)))
        diagnostics.error("DN0242", span, fmt::format("no other hold rule is of kind `{}`", rule.after), "`after` names the delay that must be on record before this one");
}

}  // namespace duenotice
