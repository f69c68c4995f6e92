#pragma once
// The law book's own nouns as plain data: a law (one instrument), its definitions, presumptions and obligations with
// dated versions, exceptions with effects, modifiers, clocks, recipients, content items and examples. Nothing here
// decides anything. Every part that can turn a duty carries a Citation of its own; a part without one takes the
// version's. rules/LANGUAGE.md is the normative text of each element.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/clock.h"
#include "rules/expression.h"

namespace duenotice {

enum class Act : std::uint8_t { Tell, Assess, Decide, AskLeave, Record, Keep, Offer, Publish, Update, Withdraw, TellNotTold };
enum class Modality : std::uint8_t { Must, Should, May, MustNot };

/// What a true condition of the exception does to the duty.
enum class ExceptionEffect : std::uint8_t {
    Bars,      ///< no duty
    Replaces,  ///< no duty; `by` is owed in its place (its own condition says so)
    Frees,     ///< only `recipients` need not be told
    Carries    ///< no duty of this act, but `by` (document, keep, file) arises
};
struct ExceptionRule {
    std::string id;
    ExceptionEffect effect = ExceptionEffect::Bars;
    ConditionPtr condition;
    std::vector<std::string> recipients;  ///< Frees
    std::string by;                       ///< Replaces, Carries: obligation id
    std::string reading;                  ///< only under this reading; empty: under all
    Citation citation;
};

/// Lies on top of owed; never changes it.
enum class ModifierKind : std::uint8_t { Displaced, Suspended, Prohibited, Delegated };
struct ModifierRule {
    ModifierKind kind = ModifierKind::Displaced;
    ConditionPtr condition;
    std::string by;                       ///< whose law, issuer or provider, for people
    std::string residue;                  ///< Displaced: what is still required, for people
    std::vector<std::string> recipients;  ///< empty: all
    bool recognised = true;  ///< Prohibited: the law that orders the act recognises the ground; false: conflict
    Citation citation;
};

/// Standing: what discharges the duty besides its own filing.
struct DischargeRule {
    std::string by;          ///< obligation id whose filing counts
    std::string of;          ///< empty: this entity; `any`; or a relation
    std::string act;         ///< submitted (default), accepted, dispatched, received, published
    ConditionPtr condition;  ///< may be null
    bool second_line = false;  ///< owed unless that one files: standing is owed_unless until then
    bool by_content = false;   ///< only when the filing left nothing of this duty's mandatory content unknown
    Citation citation;
};

struct RecipientLimb {
    std::string authority;   ///< id of an authority, or empty
    std::string competence;  ///< regime for which the authority of `at` is competent, or empty
    std::string who;         ///< individuals, clients, controllers, bureaux, media, insurer, ...; or empty
    std::string relation;    ///< entities so related to the debtor, or empty
    TermPtr at;              ///< place whose authority it is; null with `each`
    Rare<Selection> each;    ///< every place of the selection in which `each_test` holds
    ConditionPtr each_test;
    TermPtr highest;         ///< the place of `each` with the highest value; sticky once filed to
    ConditionPtr when;       ///< null: always
    bool copy = false;       ///< copy to; not needed for done
    bool passed_on = false;  ///< information only: the first recipient passes it on
    Citation citation;
};
struct RecipientRule {
    bool first_that_applies = false;  ///< else all that apply
    std::vector<RecipientLimb> limbs;
};

struct ChannelRule {
    std::string channel;  ///< portal, mail, phone, letter, website, media, ...
    bool forbidden = false;
    ConditionPtr when;
    Citation citation;
};

enum class ItemMode : std::uint8_t { Mandatory, Conditional, IfAvailable, Forbidden, Heading };
struct ContentItem {
    std::string id;
    ItemMode mode = ItemMode::Mandatory;
    std::string label;     ///< in our words; Heading: the words the law fixes
    std::string fact;      ///< fact or text that fills it; may be empty (then the label is answered by hand)
    std::string audience;  ///< recipient word; empty: all
    bool only_late = false;  ///< becomes content when the safe limit has passed without filing
    int most_characters = 0;
    ConditionPtr when;
    Citation citation;
};

/// A parallel condition; agreement of readings collapses, disagreement shows both.
struct ConditionReading {
    std::string label;
    ConditionPtr condition;
    Citation citation;
};

struct Version {
    std::optional<Date> from, until;  ///< [from, until) of the relevant date
    ConditionPtr from_when;           ///< the version binds only where this holds (start date by class)
    TermPtr relevant;                 ///< date or instant that picks the version; null: incident.detected_at
    std::vector<ConditionReading> relevant_readings;  ///< `<relevant reading>`: DateIn conditions, made by the checker
    std::string status;               ///< in_force (default), proposed, repealed
    Date checked;
    char grade = 'U';
    std::string read_by, second_reader, counsel;
    std::vector<Citation> citations;  ///< at least one
    std::vector<ConditionReading> who, when;
    std::vector<ExceptionRule> exceptions;
    std::vector<ModifierRule> modifiers;
    std::vector<DischargeRule> discharges;
    TermPtr heads;                    ///< whose heads the duty is about: a People term; may be null
    Rare<Clock> clock;
    RecipientRule recipients;
    std::vector<ChannelRule> channels;
    std::vector<ContentItem> content;
    RareText done;                    ///< the act that makes it done: submitted (default), accepted, dispatched, ...
    RareText language, form;          ///< how, for people
    std::vector<std::string> not_in_this_law;  ///< LAW.md's parts that the text is silent about
    Span span;
};

struct Expectation {
    std::string duty;   ///< duty id, or empty: the only duty of the obligation around
    std::vector<std::pair<std::string, std::string>> values;  ///< attribute name, value as written
    Span span;
};
struct Example {
    std::string name;
    std::string facts;     ///< short form: `FACT is VALUE; ...`
    std::string incident;  ///< long form: incident JSON
    std::string group;     ///< group JSON, may be empty
    std::string contracts; ///< contracts.csv, may be empty
    std::string place;     ///< short form: the place linked to the entity; empty: the law's
    std::optional<Instant> as_of;
    std::string law_as_of;
    std::vector<Expectation> expectations;
    Span facts_span, span;
};

struct Obligation {
    std::string id, title, law;  ///< law: id of the Law
    std::vector<std::string> was;  ///< former ids
    unsigned each = 1;           ///< bindings, rules/vocabulary.h
    std::string event;           ///< kind of event when `each` binds one
    std::string contract_kind;
    std::string place;           ///< place or group whose link lists the duty; empty: the law's
    std::vector<std::string> links;  ///< empty: the law's
    Act act = Act::Tell;
    Modality modality = Modality::Must;
    std::string stage;
    std::string choice_set;      ///< alternatives between which `election` decides
    std::string election, elects;  ///< fact and its choice that elects this alternative
    bool affected_required = true;
    std::vector<Version> versions;
    std::vector<Example> examples;
    Span span;
    Span instance;  ///< of a template: the `<instance>` that made it
};

struct Definition {
    std::string id, title;
    unsigned frame = 0;  ///< bindings it needs
    ConditionPtr condition;
    Citation citation;
    Span span;
};

struct Presumption {
    std::string id;
    unsigned frame = 0;
    std::string companion;  ///< the choice fact that a person states: shown_yes, shown_no, not_shown, cannot_be_determined
    bool holds_by_default = true;
    std::string rebutted_by;  ///< the evidence, for people
    Citation citation;
    Span span;
};

struct Law {
    std::string id, title, short_title, number, address, place, family, status;
    std::vector<std::string> links;
    std::vector<std::string> covers;  ///< what it is the general law on, for those who live at its place: personal_data
    std::string adopted;  ///< own rules: the entity's yes/no fact without whose yes nothing of them is listed
    std::optional<Date> published;
    std::vector<std::string> regimes;  ///< fields of law that it belongs to, for the map of coverage
    std::vector<std::pair<std::string, std::string>> omissions;  ///< what, reason
    std::vector<std::pair<std::string, std::string>> regimes_left_out;  ///< regime, what of it is knowingly left out
    std::vector<HoldRule> holds;
    std::vector<Example> examples;
    int language = 1;
    Span span;
};

std::string_view name(Act act);  ///< the words of law files
std::string_view name(Modality modality);
std::string_view name(ModifierKind kind);
std::string_view name(ExceptionEffect effect);
std::string_view name(ItemMode mode);

}  // namespace duenotice
