#pragma once
// What the rule language says, in the words of the people who read a timetable: facts by their few words of the
// vocabulary and never by their ids, obligations by their titles, entities and authorities by their short names. Nothing is
// judged here and nothing is left out without a count.

#include <string>
#include <string_view>
#include <vector>

#include "engine/assessment.h"
#include "engine/zone_set.h"

namespace duenotice {

struct ReportContext;

/// `awareness of the incident`; without such words the question, without its mark; else the id.
std::string short_fact(const FactDeclaration& declaration);
/// `earliest of (entity.aware_at, ...)` with every fact, definition and obligation in words.
std::string in_plain_words(std::string_view expression, const RuleBook& law);
/// A stated value for the eyes of a recipient: choices by their labels, instants on the clock of the sender with UTC.
std::string value_in_words(const std::string& value, const FactDeclaration& declaration, const Zone& zone);
/// Every instant of a text on the clock of `zone`: `Fri 20 Nov 2026 21:30 Berlin`.
std::string instants_in_words(const std::string& text, const Zone& zone);
/// What a verdict rests on: `personal data is yes [staff]`, with what is on record where that says more.
std::string because_words(const Because& because, const Duty* row, const ReportContext& context);
/// The entity's short name, else its name, else its id.
std::string short_entity(const std::string& id, const Assessment& assessment);
/// `Trust Co, customers, US-TX`: what a fact belongs to, without the parts that the row itself has (null: no row).
std::string frame_words(const GroundFact& ground, const Duty* row, const Assessment& assessment);
/// Of which people, place, contract, event the duty is, without the entity; empty when of the entity alone.
std::string duty_frame_words(const Duty& duty, const Assessment& assessment);
/// The facts that would decide, judgements first, each once with all its frames; the rest as a count.
std::string open_words(const std::vector<const Duty*>& duties, const Assessment& assessment, std::size_t most);
/// An authority or entity by its short name, else what the recipient is called.
std::string recipient_brief(const Recipient& recipient, const Assessment& assessment);
/// Short names of at most `most` recipients, else `22 authorities`; `up to` when which one is open.
std::string recipients_brief(const Duty& duty, const Assessment& assessment, std::size_t most = 3);
/// The law's short name, else its title up to the first comma or colon.
std::string law_name_brief(const Duty& duty, const Assessment& assessment);
/// `Texas 521.053(b)  C`: that name with the provision and the grade of the reading.
std::string law_brief(const Duty& duty, const Assessment& assessment);
/// `status list` of a word of the rule language.
std::string word_as_text(std::string word);
/// `DORA` of one law; `US state breach` of a family of laws.
std::string family_words(const std::string& family, const RuleBook& law);
/// Why a duty stays OPEN although a closer count might settle it, in words for a reader of law.
std::string inexact_words(const Duty& duty);

}  // namespace duenotice
