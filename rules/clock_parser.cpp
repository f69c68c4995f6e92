#include <fmt/format.h>

#include "rules/attribute_value.h"
#include "rules/law_parser.h"
#include "rules/part_reader.h"

// The clock of a version: limbs under first-of and last-of, lower bounds, repetition, how long a state lasts; and the
// hold rules of a law.

namespace duenotice {

namespace {

std::vector<AmountCase> amounts_of(PartReader& reader) {
    std::vector<AmountCase> amounts;
    if (const auto period = reader.period("amount")) amounts.push_back({*period, nullptr, nullptr});
    for (const XmlElement& child : reader.element().children) {
        if (child.name != "amount") continue;
        PartReader part(child, reader.diagnostics());
        AmountCase amount;
        amount.fact = part.fact_term("fact");
        const auto period = parse_period(part.words_of_text());
        if (period) amount.period = *period;
        if (amount.fact ? child.has_text() : !period)
            part.error("DN0303",
                       amount.fact ? "an amount is a fact or a period, not both"
                                   : fmt::format("`{}` is not an amount of time", part.words_of_text()),
                       "such as `72 hours` as the text, or the attribute `fact`");
        amount.when = part.child_condition("when");
        if (!amounts.empty() && !amounts.back().when)
            part.error("DN0303", "this amount can never count: the one before has no `<when>`")
                .related.emplace_back(reader.element().span, "in this limb");
        amounts.push_back(std::move(amount));
    }
    return amounts;
}

/// What a limb of each kind cannot do without.
void check_limb(const Limb& limb, PartReader& reader) {
    const auto has = [&](std::string_view child) { return reader.element().child(child) != nullptr; };
    const auto need = [&](bool there, std::string_view what) {
        if (!there)
            reader.error("DN0304", fmt::format("a limb of kind `{}` needs {}",
                                               reader.has("kind")                ? reader.text("kind")
                                               : limb.kind == Limb::Kind::Period ? "period"
                                                                                 : "prompt",
                                               what));
    };
    const bool start = has("start");
    switch (limb.kind) {
        case Limb::Kind::Period:
            need(reader.has("amount") || has("amount"), "an `amount`");
            need(start, "a `<start>`");
            need(reader.has("counting"), "`counting`, the law that says how to count; nothing counts by default");
            return;
        case Limb::Kind::Prompt:
            return need(!limb.words.empty(), "`words`, the standard in its short words");
        case Limb::Kind::Instant:
            return need(start, "a `<start>`");
        case Limb::Kind::With:
        case Limb::Kind::LimitOf:
            return need(!limb.of.empty(), "`of`, an obligation");
        case Limb::Kind::Before:
            return need(!limb.of.empty() || start, "`of`, an obligation, or a `<start>`");
        case Limb::Kind::Annual:
            need(start, "a `<start>`");
            need((limb.month > 0 && limb.day > 0) || limb.days_after_year_end > 0,
                 "`month` and `day`, or `days-after-year-end`");
            if (limb.month > 0 && limb.day > 0 && !Date::from_ymd(2000, limb.month, limb.day))
                reader.error("DN0304", fmt::format("there is no day {} in month {}", limb.day, limb.month));
            return;
    }
}

std::int64_t lead_of(PartReader& reader) {
    const auto lead = reader.period("lead");
    if (lead && lead->elapsed_seconds() == 0)
        reader.diagnostics().error("DN0304", reader.place("lead"), "`lead` is in minutes or hours");
    return lead ? lead->elapsed_seconds() : 0;
}

Limb parse_limb(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    Limb limb;
    limb.amounts = amounts_of(reader);
    if (reader.has("kind"))
        limb.kind = reader.choice<Limb::Kind>("kind");
    else
        limb.kind =
            reader.has("amount") || element.child("amount") != nullptr ? Limb::Kind::Period : Limb::Kind::Prompt;
    limb.id = reader.has("id") ? reader.text("id") : limb.kind == Limb::Kind::Prompt ? "prompt" : "limit";
    limb.words = reader.text("words");
    limb.counting = reader.text("counting");
    limb.calendar = reader.text("calendar");
    limb.zone = reader.text("zone");
    limb.act = reader.text("act");
    limb.of = reader.text("of");
    limb.of_entity = reader.text("of-entity");
    limb.recipients = reader.text("recipients");
    limb.month = reader.number("month");
    limb.day = reader.number("day");
    limb.years_after = reader.number("years-after");
    limb.days_after_year_end = reader.number("days-after-year-end");
    limb.cut_off_seconds = parse_time_of_day(reader.text("cut-off"));
    limb.window_seconds = parse_window(reader.text("window"));
    limb.lead_seconds = lead_of(reader);
    limb.soft = reader.yes("soft");
    limb.reading = reader.text("reading");
    limb.citation = reader.citation();
    limb.start = reader.child_term("start");
    limb.calendar_place = reader.child_term("at-place");
    limb.when = reader.child_condition("when");
    limb.extended_when = reader.child_condition("extended-when");
    check_limb(limb, reader);
    if (limb.soft != (element.child("extended-when") != nullptr))
        reader.error("DN0304", "`soft` and `<extended-when>` come together", "a soft cap says what lifts it");
    return limb;
}

std::optional<ClockNode> parse_node(const XmlElement& element, Diagnostics& diagnostics) {
    ClockNode node;
    if (element.name == "limb") {
        node.limb = parse_limb(element, diagnostics);
        return node;
    }
    if (element.name != "first-of" && element.name != "last-of") return {};
    node.kind = element.name == "first-of" ? ClockNode::Kind::FirstOf : ClockNode::Kind::LastOf;
    for (const XmlElement& child : element.children)
        if (auto part = parse_node(child, diagnostics)) node.children.push_back(std::move(*part));
    if (node.children.empty())
        diagnostics.error("DN0304", element.span, fmt::format("`{}` needs at least one limb", element.name));
    return node;
}

Recurrence parse_repeat(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    Recurrence repeat;
    repeat.every = reader.period("every").value_or(Period::hours(24));
    repeat.counting = reader.has("counting") ? reader.text("counting") : "plain";
    repeat.calendar = reader.text("calendar");
    repeat.citation = reader.citation();
    repeat.start = reader.child_term("start");
    repeat.until = reader.child_term("until");
    repeat.every_fact = reader.fact_term("every-fact");
    if (reader.has("every") == reader.has("every-fact"))
        reader.error("DN0304", "a repetition says `every` or `every-fact`, one of them");
    repeat.ended_when = reader.child_condition("ended-when");
    if (repeat.ended_when && !repeat.until)
        reader.error("DN0304", "`ended-when` says when `until` counts, which is not there");
    repeat.on_change = reader.child_condition("on-change");
    return repeat;
}

void parse_lasts(const XmlElement& element, Clock& clock, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    if (const auto period = reader.period("amount")) clock.lasts = *period;
    clock.lasts_counting = reader.has("counting") ? reader.text("counting") : "plain";
    clock.lasts_calendar = reader.text("calendar");
    clock.keep_until = reader.child_term("until");
    if (reader.has("amount") == (element.child("until") != nullptr))
        reader.error("DN0304", "`lasts` needs an `amount` or an `<until>`, one of them");
}

void parse_not_before(const XmlElement& element, Clock& clock, Diagnostics& diagnostics) {
    const Citation citation = PartReader(element, diagnostics).citation();
    for (const XmlElement& child : element.children) {
        if (child.name != "limb") continue;
        ClockNode node;
        node.limb = parse_limb(child, diagnostics);
        if (node.limb->citation.provision.empty()) node.limb->citation = citation;
        clock.not_before.push_back(std::move(node));
    }
}

}  // namespace

Clock parse_clock(const XmlElement& element, Diagnostics& diagnostics) {
    Clock clock;
    const XmlElement* root = nullptr;
    for (const XmlElement& child : element.children) {
        if (auto node = parse_node(child, diagnostics)) {
            if (root != nullptr && root->name != child.name)  // two of a kind are for the shape
                diagnostics
                    .error("DN0304", child.span, "a clock has one `limb`, `first-of` or `last-of`",
                           "put several limbs into `<first-of>` or `<last-of>`")
                    .related.emplace_back(root->span, "the first");
            if (root == nullptr) clock.root = std::move(*node);
            root = &child;
        } else if (child.name == "not-before") {
            parse_not_before(child, clock, diagnostics);
        } else if (child.name == "repeat") {
            clock.repeat = parse_repeat(child, diagnostics);
        } else if (child.name == "lasts") {
            parse_lasts(child, clock, diagnostics);
        }
    }
    if (root == nullptr) {  // no limit of its own, only bounds or a repetition
        clock.root.limb = Limb{};
        clock.root.limb->kind = Limb::Kind::Prompt;
        clock.root.limb->id = "prompt";
        clock.root.limb->citation.span = element.span;
    }
    return clock;
}

HoldRule parse_hold_rule(const XmlElement& element, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    HoldRule rule;
    rule.kind = reader.text("kind");
    rule.issuers = reader.words("issuers");
    rule.form = reader.text("form");
    rule.cap = reader.period("cap").value_or(Period::of_days(0));
    rule.counting = reader.text("counting");
    rule.effect = reader.choice<HoldRule::Effect>("effect");
    rule.obligations = reader.words("obligations");
    rule.recipients = reader.words("recipients");
    rule.amount = reader.period("amount").value_or(Period::of_days(0));
    rule.only_if_filed = reader.text("only-if-filed");
    rule.cap_from_due = reader.text("cap-from") == "due";
    rule.named_term = reader.text("term") == "named";
    rule.ends_on_working_day = reader.text("ends-on") == "working-day";
    rule.after = reader.text("after");
    rule.then = reader.period("then").value_or(Period::of_days(0));
    rule.then_reading = reader.text("then-reading");
    if (reader.has("cap-from") && !reader.has("cap")) reader.error("DN0304", "`cap-from` says from when a `cap` counts, and there is no `cap`");
    const bool delays = reader.text("effect") == "delays";
    for (const std::string_view name : {"term", "ends-on", "then"})
        if (reader.has(name) && !delays) reader.error("DN0304", fmt::format("`{}` belongs to a hold rule that delays", name));
    if (rule.cap_from_due && !delays) reader.error("DN0304", "only the delay of a limit can be counted from the limit");
    if (reader.has("then") != reader.has("then-reading")) reader.error("DN0304", "`then` is a reading of its own: name it in `then-reading`, and say how long in `then`");
    rule.citation = reader.citation(true);
    const bool extends = reader.text("effect") == "extends";
    if (extends && !reader.has("amount")) reader.error("DN0304", "a hold rule that extends needs an `amount`");
    if (!extends && (reader.has("amount") || reader.has("only-if-filed")))
        reader.error("DN0304", "`amount` and `only-if-filed` belong to a hold rule that extends");
    return rule;
}

}  // namespace duenotice
