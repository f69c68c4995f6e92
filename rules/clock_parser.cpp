#include <fmt/format.h>

#include "rules/law_parser.h"
#include "rules/part_reader.h"

namespace duenotice {

namespace {

std::optional<std::pair<int, int>> window_of(PartReader& reader) {
    if (!reader.has("window")) {
        reader.text("window");
        return {};
    }
    const std::string text = reader.text("window");
    const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const bool shaped = text.size() == 11 && text[2] == ':' && text[5] == '-' && text[8] == ':';
    const bool digits = shaped && text.find_first_not_of("0123456789:-") == std::string::npos;
    if (!digits || two(0) > 23 || two(6) > 24 || two(3) > 59 || two(9) > 59) {
        reader.wrong("window", fmt::format("`{}` is not a window of a day", text), "write it as 07:00-16:00");
        return {};
    }
    return std::pair((two(0) * 60 + two(3)) * 60, (two(6) * 60 + two(9)) * 60);
}

Limb::Kind kind_of(PartReader& reader, bool has_amount) {
    const auto kind = reader.choice("kind", {"period", "prompt", "instant", "with", "before", "limit-of", "annual"});
    if (kind) return static_cast<Limb::Kind>(*kind);
    return has_amount ? Limb::Kind::Period : Limb::Kind::Prompt;
}

TermPtr fact_term(const std::string& name, const Span& span) {
    auto term = std::make_shared<Term>();
    term->kind = Term::Kind::Fact;
    term->name = name;
    term->span = span;
    return term;
}

void read_amounts(Limb& limb, PartReader& reader) {
    if (const auto period = reader.period("amount")) limb.amounts.push_back({*period, nullptr, nullptr});
    for (const XmlElement& child : reader.element().children) {
        if (child.name != "amount") continue;
        PartReader amount(child, reader.diagnostics());
        amount.children_are({"when"});
        AmountCase one;
        const std::string fact = amount.text("fact");
        if (!fact.empty()) {
            one.fact = fact_term(fact, child.span);
        } else if (const auto period = parse_period(amount.words_of_text())) {
            one.period = *period;
        } else {
            reader.diagnostics().error("DN0303", child.span, fmt::format("`{}` is not an amount of time", amount.words_of_text()), "such as `72 hours`, or the attribute `fact`");
        }
        one.when = child_condition(child, "when", reader.diagnostics());
        amount.finish();
        limb.amounts.push_back(std::move(one));
    }
}

void need(bool there, const PartReader& reader, Diagnostics& diagnostics, std::string_view kind, std::string_view what) {
    if (!there) diagnostics.error("DN0304", reader.element().span, fmt::format("a limb of kind `{}` needs {}", kind, what));
}

void check_limb(const Limb& limb, PartReader& reader) {
    Diagnostics& diagnostics = reader.diagnostics();
    switch (limb.kind) {
        case Limb::Kind::Period:
            need(!limb.amounts.empty(), reader, diagnostics, "period", "an `amount`");
            need(limb.start != nullptr, reader, diagnostics, "period", "a `<start>`");
            need(!limb.counting.empty(), reader, diagnostics, "period", "`counting`, the law that says how to count; nothing counts by default");
            break;
        case Limb::Kind::Prompt: need(!limb.words.empty(), reader, diagnostics, "prompt", "`words`, the standard in its short words"); break;
        case Limb::Kind::Instant: need(limb.start != nullptr, reader, diagnostics, "instant", "a `<start>`"); break;
        case Limb::Kind::With:
        case Limb::Kind::LimitOf: need(!limb.of.empty(), reader, diagnostics, "with or limit-of", "`of`, an obligation"); break;
        case Limb::Kind::Before: need(!limb.of.empty() || limb.start != nullptr, reader, diagnostics, "before", "`of`, an obligation, or a `<start>`"); break;
        case Limb::Kind::Annual:
            need(limb.start != nullptr, reader, diagnostics, "annual", "a `<start>`");
            need((limb.month > 0 && limb.day > 0) || limb.days_after_year_end > 0, reader, diagnostics, "annual", "`month` and `day`, or `days-after-year-end`");
            break;
    }
}

Limb parse_limb(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"start", "amount", "when", "extended-when", "at-place"});
    Limb limb;
    limb.id = reader.text("id");
    read_amounts(limb, reader);
    limb.kind = kind_of(reader, !limb.amounts.empty());
    limb.words = reader.text("words");
    limb.counting = reader.text("counting");
    limb.calendar = reader.text("calendar");
    limb.zone = reader.text("zone");
    limb.act = reader.text("act");
    limb.of = reader.text("of");
    limb.of_entity = reader.text("of-entity");
    limb.recipients = reader.text("recipients");
    limb.month = reader.number("month", 1, 12).value_or(0);
    limb.day = reader.number("day", 1, 31).value_or(0);
    limb.years_after = reader.number("years-after", 0, 50).value_or(0);
    limb.days_after_year_end = reader.number("days-after-year-end", 1, 366).value_or(0);
    if (const auto cut = reader.time("cut-off")) limb.cut_off_seconds = *cut;
    limb.window_seconds = window_of(reader);
    if (const auto lead = reader.period("lead")) {
        if (lead->unit == Period::Unit::Minutes) limb.lead_seconds = lead->amount * 60;
        else if (lead->unit == Period::Unit::Hours) limb.lead_seconds = lead->amount * 3600;
        else reader.wrong("lead", "`lead` counts in minutes or hours");
    }
    limb.soft = reader.yes("soft");
    limb.reading = reader.text("reading");
    limb.citation = reader.citation();
    limb.start = child_term(element, "start", diagnostics);
    limb.calendar_place = child_term(element, "at-place", diagnostics);
    limb.when = child_condition(element, "when", diagnostics);
    limb.extended_when = child_condition(element, "extended-when", diagnostics);
    if (limb.id.empty()) limb.id = limb.kind == Limb::Kind::Prompt ? "prompt" : "limit";
    reader.finish();
    check_limb(limb, reader);
    return limb;
}

std::optional<ClockNode> parse_node(const XmlElement& element, Diagnostics& diagnostics, int depth) {
    ClockNode node;
    if (element.name == "limb") {
        node.limb = parse_limb(element, diagnostics);
        return node;
    }
    if (element.name != "first-of" && element.name != "last-of") return {};
    PartReader reader(element, diagnostics);
    reader.children_are({"limb", "first-of", "last-of"});
    reader.finish();
    node.kind = element.name == "first-of" ? ClockNode::Kind::FirstOf : ClockNode::Kind::LastOf;
    for (const XmlElement& child : element.children)
        if (auto part = parse_node(child, diagnostics, depth + 1)) node.children.push_back(std::move(*part));
    if (node.children.empty()) diagnostics.error("DN0304", element.span, fmt::format("`{}` needs at least one limb", element.name));
    return node;
}

Recurrence parse_repeat(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"start", "until", "ended-when", "on-change"});
    Recurrence repeat;
    repeat.every = reader.period("every").value_or(Period::hours(24));
    if (const std::string fact = reader.text("every-fact"); !fact.empty()) repeat.every_fact = fact_term(fact, element.span);
    if (repeat.every_fact && reader.has("every")) reader.wrong("every", "`every` and `every-fact` exclude each other");
    repeat.counting = reader.text("counting");
    if (repeat.counting.empty()) repeat.counting = "plain";
    repeat.calendar = reader.text("calendar");
    repeat.citation = reader.citation();
    repeat.start = child_term(element, "start", diagnostics);
    repeat.until = child_term(element, "until", diagnostics);
    repeat.ended_when = child_condition(element, "ended-when", diagnostics);
    if (repeat.ended_when && !repeat.until) diagnostics.error("DN0304", element.span, "`ended-when` says when `until` counts: it needs one");
    repeat.on_change = child_condition(element, "on-change", diagnostics);
    reader.finish();
    return repeat;
}

}  // namespace

Clock parse_clock(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"limb", "first-of", "last-of", "not-before", "repeat", "lasts"});
    reader.finish();
    Clock clock;
    bool has_root = false;
    for (const XmlElement& child : element.children) {
        if (auto node = parse_node(child, diagnostics, 0)) {
            if (has_root) diagnostics.error("DN0304", child.span, "a clock has one limb, `first-of` or `last-of`", "put several limbs into `<first-of>` or `<last-of>`");
            has_root = true;
            clock.root = std::move(*node);
        } else if (child.name == "not-before") {
            PartReader bound(child, diagnostics);
            bound.children_are({"limb"});
            const Citation citation = bound.citation();
            bound.finish();
            for (const XmlElement& limb : child.children) {
                auto part = parse_node(limb, diagnostics, 1);
                if (!part) continue;
                if (part->limb->citation.provision.empty()) part->limb->citation = citation;
                clock.not_before.push_back(std::move(*part));
            }
        } else if (child.name == "repeat") {
            clock.repeat = parse_repeat(child, diagnostics);
        } else if (child.name == "lasts") {
            PartReader lasts(child, diagnostics);
            lasts.children_are({"until"});
            if (const auto period = lasts.period("amount")) clock.lasts = *period;
            clock.lasts_counting = lasts.text("counting");
            if (clock.lasts_counting.empty()) clock.lasts_counting = "plain";
            clock.keep_until = child_term(child, "until", diagnostics);
            lasts.finish();
        }
    }
    if (!has_root) {
        clock.root.limb = Limb{};
        clock.root.limb->kind = Limb::Kind::Prompt;
        clock.root.limb->id = "prompt";
        clock.root.limb->citation.span = element.span;
    }
    return clock;
}

HoldRule parse_hold_rule(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({});
    HoldRule rule;
    rule.kind = reader.required("kind");
    rule.issuers = reader.words("issuers");
    rule.form = reader.text("form");
    if (const auto cap = reader.period("cap")) rule.cap = *cap;
    else rule.cap.amount = 0;
    rule.counting = reader.text("counting");
    if (!reader.has("effect")) reader.required("effect");
    if (const auto effect = reader.choice("effect", {"delays", "tolls", "extends", "restarts", "forbids", "releases"})) rule.effect = static_cast<HoldRule::Effect>(*effect);
    rule.obligations = reader.words("obligations");
    rule.recipients = reader.words("recipients");
    if (const auto amount = reader.period("amount")) rule.amount = *amount;
    else if (rule.effect == HoldRule::Effect::Extends) diagnostics.error("DN0304", element.span, "a hold rule that extends needs an `amount`");
    rule.only_if_filed = reader.text("only-if-filed");
    rule.citation = reader.citation(true);
    reader.finish();
    return rule;
}

RecipientRule parse_recipients(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"to"});
    RecipientRule rule;
    rule.first_that_applies = reader.choice("mode", {"all", "first"}).value_or(0) == 1;
    reader.finish();
    for (const XmlElement& child : element.children) {
        if (child.name != "to") continue;
        PartReader to(child, diagnostics);
        to.children_are({"at", "each", "highest", "when"});
        RecipientLimb limb;
        limb.authority = to.text("authority");
        limb.competence = to.text("competence");
        limb.who = to.text("who");
        limb.relation = to.text("relation");
        limb.copy = to.yes("copy");
        limb.passed_on = to.yes("passed-on");
        limb.citation = to.citation();
        limb.at = child_term(child, "at", diagnostics);
        limb.highest = child_term(child, "highest", diagnostics);
        limb.when = child_condition(child, "when", diagnostics);
        if (const XmlElement* each = child.child("each")) {
            PartReader each_reader(*each, diagnostics);
            if (const auto selection = each_reader.selection()) {
                limb.each = selection->selection;
                limb.each_test = selection->test;
            }
        }
        to.finish();
        const int kinds = (limb.authority.empty() ? 0 : 1) + (limb.competence.empty() ? 0 : 1) + (limb.relation.empty() ? 0 : 1);
        if (kinds == 0 && limb.who.empty()) diagnostics.error("DN0305", child.span, "a recipient needs `authority`, `competence`, `relation` or `who`");
        if (kinds > 1) diagnostics.error("DN0305", child.span, "a recipient is named by one of `authority`, `competence`, `relation`");
        if (!limb.competence.empty() && !limb.at && !limb.each) diagnostics.error("DN0305", child.span, "an authority by competence needs `<at>` or `<each>`, the place whose authority it is");
        rule.limbs.push_back(std::move(limb));
    }
    return rule;
}

}  // namespace duenotice
