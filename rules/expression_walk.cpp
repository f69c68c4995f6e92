#include "rules/expression_walk.h"

namespace duenotice {

namespace {

template <class Pointer>
void walk_if(const Pointer& part, const ExpressionVisitor& visitor) {
    if (part) walk(*part, visitor);
}

void walk_limb(const Limb& limb, const ExpressionVisitor& visitor) {
    walk_if(limb.start, visitor);
    walk_if(limb.calendar_place, visitor);
    walk_if(limb.when, visitor);
    walk_if(limb.extended_when, visitor);
    for (const AmountCase& amount : limb.amounts) {
        walk_if(amount.fact, visitor);
        walk_if(amount.when, visitor);
    }
}

void walk_node(const ClockNode& node, const std::function<void(const Limb&)>& visit) {
    if (node.limb) visit(*node.limb);
    for (const ClockNode& child : node.children) walk_node(child, visit);
}

void walk_clock(const Clock& clock, const ExpressionVisitor& visitor) {
    walk_limbs(clock, [&](const Limb& limb) { walk_limb(limb, visitor); });
    walk_if(clock.keep_until, visitor);
    if (!clock.repeat) return;
    walk_if(clock.repeat->start, visitor);
    walk_if(clock.repeat->every_fact, visitor);
    walk_if(clock.repeat->until, visitor);
    walk_if(clock.repeat->ended_when, visitor);
    walk_if(clock.repeat->on_change, visitor);
}

void walk_recipients(const RecipientRule& rule, const ExpressionVisitor& visitor) {
    for (const RecipientLimb& limb : rule.limbs) {
        walk_if(limb.at, visitor);
        walk_if(limb.each_test, visitor);
        walk_if(limb.highest, visitor);
        walk_if(limb.when, visitor);
    }
}

}  // namespace

void walk(const Condition& condition, const ExpressionVisitor& visitor) {
    if (visitor.condition) visitor.condition(condition);
    for (const ConditionPtr& child : condition.children) walk_if(child, visitor);
    walk_if(condition.left, visitor);
    walk_if(condition.right, visitor);
    for (const TermPtr& value : condition.values) walk_if(value, visitor);
}

void walk(const Term& term, const ExpressionVisitor& visitor) {
    if (visitor.term) visitor.term(term);
    for (const TermPtr& child : term.terms) walk_if(child, visitor);
    walk_if(term.test, visitor);
}

void walk_limbs(const Clock& clock, const std::function<void(const Limb&)>& visit) {
    walk_node(clock.root, visit);
    for (const ClockNode& bound : clock.not_before) walk_node(bound, visit);
}

void walk(const Version& version, const ExpressionVisitor& visitor) {
    walk_if(version.relevant, visitor);
    for (const ConditionReading& reading : version.relevant_readings) walk_if(reading.condition, visitor);
    walk_if(version.from_when, visitor);
    for (const ConditionReading& reading : version.who) walk_if(reading.condition, visitor);
    for (const ConditionReading& reading : version.when) walk_if(reading.condition, visitor);
    for (const ExceptionRule& rule : version.exceptions) walk_if(rule.condition, visitor);
    for (const ModifierRule& rule : version.modifiers) walk_if(rule.condition, visitor);
    for (const DischargeRule& rule : version.discharges) walk_if(rule.condition, visitor);
    walk_if(version.heads, visitor);
    if (version.clock) walk_clock(*version.clock, visitor);
    walk_recipients(version.recipients, visitor);
    for (const ChannelRule& rule : version.channels) walk_if(rule.when, visitor);
    for (const ContentItem& item : version.content) walk_if(item.when, visitor);
}

}  // namespace duenotice
