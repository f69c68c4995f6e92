#include "reports/evidence.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "reports/evidence_controls.h"
#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/recorded_fact.h"
#include "reports/record_sheets.h"

namespace duenotice {

namespace {

constexpr std::string_view no_record = "no case record";

/// Whether these are tables of a record: of an incident file there is only what was told, by its filings, and its holds.
bool of_record(const std::vector<RecordTable>& tables) {
    return std::any_of(tables.begin(), tables.end(), [](const RecordTable& table) { return table.name == "Integrity"; });
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }
/// `2026-11-18 08:40`, with seconds where there are any.
std::string utc_to_the_second(Instant at) {
    const std::string iso = iso_utc(at);
    return iso.substr(0, 10) + " " + iso.substr(11, iso.substr(17, 2) == "00" ? 5 : 8);
}

Cell instant_or(const std::optional<Instant>& at, std::string why) { return at ? Cell(*at) : Cell(std::move(why)); }

class Evidence {
public:
    Evidence(const ReportContext& context, const std::vector<KnownChanges>& changes, const std::vector<RecordTable>& tables) : leaf_(of_record(tables) ? "worked out, not recorded" : no_record), record_(tables), context_(context), assessment_(context.assessment), incident_(*context.assessment.incident), vocabulary_(context.assessment.law->vocabulary), changes_(changes) {
        std::size_t number = 0;
        for (const FactRecord& record : incident_.facts)
            if (!record.history.empty()) fact_rows_[record.ground] = fmt::format("F{:04}", ++number);
        const auto all = [](const std::string&) { return true; };
        const auto facts = recorded("Fact history", "fact", all, "fact"), entries = recorded("Fact history", "entry", all, "fact"), times = recorded("Fact history", "recorded (UTC)", all, "fact");
        for (std::size_t i = 0; i < facts.size(); ++i) stated_.push_back({recorded_fact(facts[i]), entries[i], times[i]});
    }

    std::vector<Sheet> run() {
        std::vector<Sheet> sheets{read_me(), summary(), duties(), deadlines(), steps(), facts(), populations(), judgements(), not_owed(), not_covered(), recipients(), questions(), changes(), law_used(), calendars()};
        for (Sheet& sheet : record_sheets(record_)) sheets.push_back(std::move(sheet));
        sheets.push_back(controls_sheet(assessment_, sheets, record_, leaf_));
        if (incident_.drill)
            for (Sheet& sheet : sheets) sheet.name.insert(0, "EXERCISE ");
        return sheets;
    }

private:
    std::string frame_of(const Duty& duty) const {
        std::string text;
        for (const std::string* part : {&duty.place, &duty.population, &duty.contract, &duty.event, &duty.series})
            if (!part->empty()) text += (text.empty() ? "" : ", ") + *part;
        return or_dash(text);
    }

    std::string local_of(const Duty& duty, const std::optional<Instant>& at) const {
        if (!at) return "-";
        const Zone* zone = duty.deadline.alternatives.empty() ? nullptr : context_.zones.find(duty.deadline.alternatives.front().zone);
        const Zone& show = zone == nullptr ? context_.main_zone() : *zone;
        return local_words(*at, show, true) + " " + zone_city(show.name());
    }

    /// `F0012 `, the row of sheet Facts; empty for what nobody stated.
    std::string fact_row(const GroundFact& ground) const {
        const auto row = fact_rows_.find(ground);
        return row == fact_rows_.end() ? std::string() : row->second + " ";
    }

    /// A statement of the record.
    struct Stated {
        RecordedFact fact;
        std::string entry, recorded;
    };

    /// The one that states the fact last; null where the record states none.
    const Stated* last_stated(const GroundFact& ground) const {
        const std::string& fact = vocabulary_.at(ground.fact).name;
        const std::string frame = incident_.words(ground.frame);
        const auto last = std::find_if(stated_.rbegin(), stated_.rend(), [&](const Stated& each) { return each.fact.fact == fact && in_frame(each.fact, frame); });
        return last == stated_.rend() ? nullptr : &*last;
    }

    std::string leaf_of(const GroundFact& ground) const {
        const Stated* last = last_stated(ground);
        return last == nullptr ? leaf_ : "entry " + last->entry;
    }

    /// When the record took in what is said of the fact now; else what the account says of it.
    Cell recorded_when(const FactRecord& fact) const {
        const Stated* last = last_stated(fact.ground);
        return instant_or(last == nullptr ? fact.current().recorded_at : parse_instant(last->recorded), "not stated");
    }

    std::string rests_on(const Duty& duty) const {
        std::string text;
        for (const Because& because : duty.because) text += (text.empty() ? "" : "; ") + fact_row(because.ground) + because_words(because, &duty, context_);
        if (duty.verdict == Verdict::Undetermined) {
            for (const GroundFact& ground : duty.open_facts) {
                const std::string where = frame_words(ground, &duty, assessment_);
                text += (text.empty() ? "open: " : "; ") + fact_row(ground) + short_fact(vocabulary_.at(ground.fact)) + (where.empty() ? "" : " [" + where + "]");
            }
        }
        for (const OpenRelation& list : duty.open_relations) text += (text.empty() ? "open: " : "; ") + open_relation_words(list, assessment_);
        return text.empty() ? "not applicable: no fact decides it, but the law with what is filed, asked or on hold on record" : text;
    }

    std::string modifiers(const Duty& duty) const {
        std::string text;
        for (const Modifier& modifier : duty.modifiers) text += (text.empty() ? "" : "; ") + modifier_words(modifier, context_);
        return text.empty() ? "none" : text;
    }

    Sheet read_me() const {
        Sheet sheet{"Read me", {{"item", 26}, {"value", 90}}, {}, ""};
        const auto add = [&sheet](const std::string& item, const std::string& value) { sheet.rows.push_back({item, or_dash(value)}); };
        add("incident", incident_.id + (incident_.title.empty() ? "" : ", " + incident_.title));
        if (incident_.drill) add("EXERCISE", "nothing here happened; send nothing");
        add("edition", context_.edition);
        for (const auto& [key, value] : provenance(context_)) add(key, value);
        for (const auto& [key, value] : context_.asked) add(key, value);
        add("hash of inputs", incident_.hash);
        add("law fingerprint", assessment_.law->fingerprint);
        add("basis", basis_sentence(context_));
        add("closed world", "Filings and holds that are not recorded did not happen.");
        add("how to check, 1", "Run the named program with the same incident file, law folder, zone data and as-of: the same bytes come out.");
        add("how to check, 2", "Make the hash of inputs again: SHA-256 of the length in bytes, a colon and the bytes of the incident file (of a case: account.json), then the same of the group profile and of the contracts; of a file that there is not, 0 and a colon.");
        add("how to check, 3", "Take any row of Deadlines, read its steps, and count again with the cited text and a calendar.");
        add("how to check, 4", "Controls shows that the rows of all sheets tie.");
        add("how to check, 5", "Law used gives the official address and who read it when; read the provision yourself.");
        add("words: OWED", "the condition of the law holds in every completion of the open facts");
        add("words: OPEN", "it cannot be told yet: two completions of the open facts differ");
        add("words: NOT OWED", "it holds in none");
        add("asked by", "law: what a law on file asks. contract: an own promise. house rule: an own rule. The last two are no law, stand in no count of legal duties, and carry the letter O");
        add("confidence", "T text read at the official address; C text read in a copy; S two secondary sources; U unverified; + reviewed by counsel; O no law: an own promise or an own rule");
        add("words: safe, maximum", "the earliest and the latest end of a limit under every tenable reading of the law; keep the safe one");
        add("words: reading, limb", "a reading is one tenable way to count; a limb is one of several limits that the same duty has");
        add("words: frame", "for which place, people, contract or event a row is");
        add("words: standing, modifier", "what suspends, displaces or settles a duty, and by which provision");
        add("row id, leaf", !of_record(record_) ? "each row has an id; without a case there is no record to point into" : "each row has an id; leaf, or entry, is the place in the signed record of what the row says; what was worked out from entries has none");
        if (of_record(record_)) add("the record", "sheets Fact history to Withheld are the record itself, one row an entry or more; `case bundle` makes the folder with which anybody checks that it is whole, in order and unchanged (VERIFY.md in it)");
        return sheet;
    }

    std::vector<std::string> recorded(std::string_view table, std::string_view column, const std::function<bool(const std::string&)>& good, std::string_view of) const { return recorded_cells(record_, table, column, good, of); }

    /// What the record says that the account does not: in a line each, where there is something.
    void summarise_record(Sheet& sheet) const {
        const auto is = [](std::string_view word) { return [word](const std::string& text) { return text == word; }; };
        const std::tuple<const char*, std::vector<std::string>, const char*> lines[] = {
            {"judgements that need another look", recorded("Judgement history", "judgement", is("needs another look"), "state"), "Judgement history"},
            {"decisions in force", recorded("Decisions", "kind", is("in force"), "state"), "Decisions"},
            {"decisions without effect", recorded("Decisions", "kind", [](const std::string& text) { return text.starts_with("no effect"); }, "state"), "Decisions"},
            {"told otherwise than known now", recorded("Told", "fact", [](const std::string& text) { return text == "contradicts" || text == "newer known"; }, "difference"), "Told"},
            {"asked for and not answered", recorded("Requests and holds", "from", is("no answer on record"), "answered"), "Requests and holds"},
            {"holds in force", recorded("Requests and holds", "from", is("in force"), "answered"), "Requests and holds"},
        };
        for (const auto& [item, found, table] : lines) {
            if (found.empty()) continue;
            std::map<std::string, std::size_t> times;
            for (const std::string& each : found) ++times[each];
            std::string words;
            for (const auto& [each, count] : times) words += (words.empty() ? "" : ", ") + each + (count > 1 ? " (" + std::to_string(count) + ")" : "");
            sheet.rows.push_back({std::string(item), words + "; see " + table});
        }
    }

    Sheet summary() const {
        Sheet sheet{"Summary", {{"item", 28}, {"value", 100}}, {}, ""};
        const auto rows = timetable(context_);
        for (const std::string& note : assessment_.notes) sheet.rows.push_back({std::string("beware"), note});
        for (const std::string& line : next_lines(rows, context_)) sheet.rows.push_back({std::string("next"), line});
        std::size_t shown = 0, left_out = 0;
        std::vector<const TimetableRow*> near;
        for (const TimetableRow& row : rows)
            if (row.group == TimetableGroup::ByTime && row.duty->deadline.counted->seconds - assessment_.moment.as_of.seconds <= day_seconds && row.duty->timing != Timing::Met && row.duty->timing != Timing::MetAfter) near.push_back(&row);
        const auto rank = [](const TimetableRow* row) { return (own_word(*row->duty).empty() ? 0 : 2) + (row->duty->verdict == Verdict::Owed ? 0 : 1); };  // law before own rules, OWED before OPEN
        std::stable_sort(near.begin(), near.end(), [&](const TimetableRow* a, const TimetableRow* b) { return rank(a) < rank(b); });
        for (const TimetableRow* row : near) {
            if (shown == 8) ++left_out;
            else sheet.rows.push_back({"passed and next 24 hours, " + std::to_string(++shown), row->by + " (" + row->left + ") " + row->owed + " " + row->who + ": " + row->what + (own_word(*row->duty).empty() ? "" : " (" + asked_by_words(*row->duty) + ")") + ", to " + row->to_brief + "; " + std::string(done_word(row->duty->done))});
        }
        if (left_out > 0) sheet.rows.push_back({std::string("passed and next 24 hours"), "and " + count_words(left_out, "more duty", "more duties") + ": sheet Duties"});
        std::size_t number = 0;
        for (const AskedQuestion& asked : asked_questions(context_)) {
            if (++number > 6) break;
            const std::string where = asked.where_words();
            sheet.rows.push_back({"open fact " + std::to_string(number), asked.question->question + (where.empty() ? "" : " [" + where + "]") + "  " + asked.effect()});
        }
        summarise_record(sheet);
        for (const NotCovered& line : assessment_.not_covered) sheet.rows.push_back({std::string("not covered"), line.place + ": " + (line.sector.empty() ? line.why : line.sector + " (" + line.why + ")")});
        return sheet;
    }

    Sheet duties() const {
        Sheet sheet{"Duties", {{"row id", 8}, {"duty", 40}, {"obligation", 26}, {"what", 30}, {"asked by", 16}, {"act", 10}, {"entity", 22}, {"frame", 20}, {"owed", 10}, {"modifier and its source", 24}, {"standing", 18}, {"rests on", 50}, {"done", 16}, {"late", 18},
                              {"safe instant (UTC)", 17}, {"as the recipient reads it", 26}, {"maximum (UTC)", 17}, {"recipient", 30}, {"owner", 16}, {"deputy", 16}, {"log-in on file", 12}, {"confidence", 11}, {"citation", 30}, {"first seen in assessment", 16}, {"leaf", 14}}, {}, "equals owed + open + not owed in Controls"};
        std::size_t number = 0;
        std::vector<const Duty*> ordered;  // what is owed first, then what is open
        for (const Duty& duty : assessment_.duties) ordered.push_back(&duty);
        const auto rank = [](Verdict verdict) { return verdict == Verdict::Owed ? 0 : verdict == Verdict::Undetermined ? 1 : 2; };
        std::stable_sort(ordered.begin(), ordered.end(), [&](const Duty* a, const Duty* b) { return rank(a->verdict) < rank(b->verdict); });
        for (const Duty* each : ordered) {
            const Duty& duty = *each;
            const FieldOwner owner = owner_of(duty, assessment_);
            std::string no_date = duty.verdict == Verdict::NotOwed ? "not applicable: not owed" : duty.deadline.alternatives.empty() ? "no number in the law" : word_as_text(std::string(name(duty.deadline.kind())));
            if (const std::string beside = what_is_not_counted(duty.deadline); !beside.empty()) no_date = "not known: " + beside;
            sheet.rows.push_back({fmt::format("R{:04}", ++number), duty.id, obligation_of(duty, assessment_).id, obligation_of(duty, assessment_).title, asked_by_words(duty), std::string(act_word(obligation_of(duty, assessment_).act)), entity_name(duty.entity, assessment_), frame_of(duty), std::string(owed_word(duty.verdict)),
                                  modifiers(duty), standing_words(duty).empty() ? "none" : standing_words(duty), rests_on(duty), std::string(done_word(duty.done)), timing_words(duty), instant_or(duty.deadline.safe, no_date), local_of(duty, duty.deadline.safe),
                                  instant_or(duty.deadline.maximum, duty.deadline.safe && !duty.deadline.may_end_later ? "no last moment in the law" : no_date), recipient_names(duty, 100), owner.owner.empty() ? "not known yet" : owner.owner, owner.deputy.empty() ? "not known yet" : owner.deputy, std::string(log_in_word(duty, assessment_)), own_word(duty).empty() ? grade_word(duty) : grade_word(duty) + ": not law", duty.citations.empty() ? "-" : duty.citations.front(), first_seen(duty), leaf_});
        }
        return sheet;
    }

    std::string first_seen(const Duty& duty) const {
        if (!of_record(record_)) return std::string(no_record);
        const auto found = context_.first_seen.find(duty.id);
        return found == context_.first_seen.end() ? "in none on record" : found->second;
    }

    /// What somebody granted or ordered beside the law's own limit.
    std::string extension_of(const Duty& duty) const {
        std::string text;
        for (const std::string& limit : limits_beside(duty, context_)) text += (text.empty() ? "" : "; ") + limit;
        return text.empty() ? "none on record" : text;
    }

    Sheet deadlines() const {
        Sheet sheet{"Deadlines", {{"row id", 8}, {"duty", 40}, {"limb", 14}, {"kind", 14}, {"start fact", 34}, {"start value (UTC)", 24}, {"amount", 14}, {"counting law", 18}, {"calendar", 14}, {"zone", 18}, {"safe (UTC)", 17}, {"maximum (UTC)", 17}, {"which binds", 12},
                                 {"open bound earliest", 18}, {"open bound latest", 18}, {"only if", 30}, {"projected from", 26}, {"extension", 30}, {"hold", 14}, {"citation", 26}, {"leaf", 14}}, {}, "every owed or open duty has at least one row"};
        std::size_t number = 0;
        for (const Duty& duty : assessment_.duties) {
            if (duty.verdict == Verdict::NotOwed) continue;
            if (duty.deadline.alternatives.empty()) {
                sheet.rows.push_back({fmt::format("D{:04}", ++number), duty.id, std::string("-"), std::string("no number"), std::string("-"), std::string("-"), std::string("-"), std::string("-"), std::string("-"), std::string("-"), std::string("no number in the law"), std::string("no number in the law"), std::string("-"), std::string("-"), std::string("-"), std::string("-"), std::string("-"), extension_of(duty), std::string("-"), duty.citations.empty() ? "-" : duty.citations.front(), leaf_});
                continue;
            }
            for (const Alternative& alternative : duty.deadline.alternatives) deadline_row(sheet, ++number, duty, alternative, &alternative == &duty.deadline.alternatives.front() ? "yes" : "may bind");
            for (const Alternative& alternative : duty.deadline.other_limbs) deadline_row(sheet, ++number, duty, alternative, "no");
        }
        return sheet;
    }

    void deadline_row(Sheet& sheet, std::size_t number, const Duty& duty, const Alternative& alternative, const std::string& binds) const {
        std::string start = "-";
        if (alternative.start_span && alternative.start_span->earliest.seconds > 0) start = utc_to_the_second(alternative.start_span->earliest) + (alternative.start_span->is_exact() ? "" : " to " + utc_to_the_second(alternative.start_span->latest));
        const std::string none = alternative.reason.empty() ? (alternative.words.empty() ? word_as_text(std::string(name(alternative.kind))) : alternative.words) : alternative.reason;
        sheet.rows.push_back({fmt::format("D{:04}", number), duty.id, or_dash(alternative.limb), word_as_text(std::string(name(alternative.kind))), or_dash(in_plain_words(alternative.start, *assessment_.law)), start, or_dash(alternative.amount), or_dash(alternative.counting), or_dash(alternative.calendar), or_dash(alternative.zone),
                              instant_or(alternative.safe, none), instant_or(alternative.maximum, none), binds, alternative.safe_bounds ? Cell(alternative.safe_bounds->earliest) : Cell(std::string("-")), alternative.safe_bounds ? Cell(alternative.safe_bounds->latest) : Cell(std::string("-")),
                              or_dash(in_plain_words(alternative.condition, *assessment_.law)), or_dash(alternative.projected_from), extension_of(duty), or_dash(alternative.hold), or_dash(alternative.citation), leaf_});
    }

    Sheet steps() const {
        Sheet sheet{"Steps", {{"row id", 8}, {"duty", 40}, {"limb", 14}, {"reading", 26}, {"step", 6}, {"what was done", 60}, {"from (UTC)", 17}, {"to (UTC)", 17}, {"skipped day and its name", 24}, {"rule and citation", 26}, {"leaf", 14}}, {}, "the last step of a reading ends at its limit"};
        std::size_t number = 0;
        for (const Duty& duty : assessment_.duties) {
            if (duty.verdict == Verdict::NotOwed) continue;
            for (const Alternative& alternative : duty.deadline.alternatives)
                for (const ReadingLimit& reading : alternative.readings) {
                    std::int64_t step_number = 0;
                    for (const Step& step : reading.steps)
                        sheet.rows.push_back({fmt::format("S{:05}", ++number), duty.id, or_dash(alternative.limb), or_dash(reading.label), ++step_number, step.what, instant_or(step.from, step.from_day ? step.from_day->iso() : "-"), instant_or(step.to, step.to_day ? step.to_day->iso() : "-"), or_dash(step.name),
                                              or_dash(step.provision.empty() ? reading.citation : step.provision), leaf_});
                }
        }
        return sheet;
    }

    std::map<GroundFact, std::vector<std::string>> fact_users() const {
        std::map<GroundFact, std::vector<std::string>> users;
        for (const Duty& duty : assessment_.duties)
            for (const Because& because : duty.because) users[because.ground].push_back(duty.id);
        return users;
    }

    Sheet facts() const {
        Sheet sheet{"Facts", {{"row id", 8}, {"id", 30}, {"frame", 22}, {"question", 50}, {"value", 36}, {"state", 10}, {"true since (UTC)", 17}, {"learned (UTC)", 17}, {"recorded (UTC)", 17}, {"said by", 18}, {"authenticated", 13}, {"source", 24}, {"statements", 10}, {"rests under duties", 40}, {"leaf", 14}}, {}, "facts that nobody stated are not listed: they are open"};
        const auto users = fact_users();
        for (const FactRecord& record : incident_.facts) {
            if (record.history.empty()) continue;
            const FactDeclaration& declaration = vocabulary_.at(record.ground.fact);
            const Statement& statement = record.current();
            const bool exact = statement.value.is_exact(declaration), open = statement.value.is_open(declaration);
            const auto used = users.find(record.ground);
            std::string duties;
            if (used != users.end())
                for (const std::string& duty : used->second) duties += (duties.empty() ? "" : ", ") + duty;
            sheet.rows.push_back({fact_rows_.at(record.ground), declaration.name, or_dash(incident_.words(record.ground.frame)), or_dash(declaration.question), value_in_words(words(statement.value, declaration), declaration, context_.main_zone()) + (statement.estimated ? " (estimate)" : "") + (statement.planned ? " (planned)" : ""), std::string(open ? "open" : exact ? "known" : "range"),
                                  instant_or(statement.true_since, "not stated"), instant_or(statement.learned_at, "not known when"), recorded_when(record), statement.by.empty() ? "not stated" : statement.by, std::string("no"), statement.source.empty() ? "not stated" : statement.source,
                                  static_cast<std::int64_t>(record.history.size()), duties.empty() ? "none" : duties, leaf_of(record.ground)});
        }
        return sheet;
    }

    /// `lives (AG), served (Trust Co)`: how the entities are linked to people there.
    std::string links_of(std::int32_t place) const {
        std::string text;
        const auto add = [&](Truth truth, std::string_view link, const EntityFrame& entity) {
            if (truth == Truth::Yes) text += (text.empty() ? "" : ", ") + std::string(link) + " (" + short_entity(entity.id, assessment_) + ")";
        };
        for (const EntityFrame& entity : incident_.entities)
            for (const EntityPlace& one : entity.places) {
                if (one.place != place) continue;
                add(one.lives, "people live there", entity);
                add(one.served, "people served there", entity);
                add(one.established, "established", entity);
                add(one.does_business, "does business", entity);
            }
        return text.empty() ? "not known yet" : text;
    }

    /// `us.tx.sensitive: yes; us.ca.personal: open`.
    std::string tests_of(std::int32_t place, std::int32_t population) const {
        std::string text;
        for (const PeopleTest& test : context_.people_tests)
            if (test.place == place && test.population == population) text += (text.empty() ? "" : "; ") + test.test + ": " + (test.differs ? "differs between duties" : test.met == Truth::Yes ? "yes" : test.met == Truth::No ? "no" : "open");
        return text.empty() ? "none: no duty on the list tests who they are there" : text;
    }

    Sheet populations() const {
        Sheet sheet{"Populations", {{"row id", 8}, {"population", 26}, {"place", 10}, {"link", 34}, {"people at least", 12}, {"people at most", 14}, {"test of law met", 50}, {"counted for which duty", 50}, {"leaf", 14}}, {}, "every place on record has at least one row"};
        const FactDeclaration* affected = vocabulary_.find("people.affected");
        std::map<std::pair<std::int32_t, std::int32_t>, const FactRecord*> pairs;  // place, population
        for (const FactRecord& record : incident_.facts)
            if (record.ground.frame.population >= 0 && record.ground.frame.place >= 0 && !record.history.empty()) {
                const FactRecord*& count = pairs[{record.ground.frame.place, record.ground.frame.population}];
                if (affected != nullptr && record.ground.fact == affected->id) count = &record;
            }
        for (std::size_t place = 0; place < incident_.places.size(); ++place) {
            const auto at = pairs.lower_bound({static_cast<std::int32_t>(place), 0});
            if (at == pairs.end() || at->first.first != static_cast<std::int32_t>(place)) pairs[{static_cast<std::int32_t>(place), -1}] = nullptr;
        }
        std::size_t number = 0;
        for (const auto& [key, record] : pairs) {
            const bool any = key.second < 0;
            const PopulationFrame* population = any ? nullptr : &incident_.populations[static_cast<std::size_t>(key.second)];
            std::string duties;
            for (const Duty& duty : assessment_.duties) {
                const bool counted = record != nullptr && std::any_of(duty.because.begin(), duty.because.end(), [&](const Because& because) { return because.ground == record->ground; });
                if (counted) duties += (duties.empty() ? "" : ", ") + duty.id;
            }
            const std::string none = "not known yet";
            sheet.rows.push_back({fmt::format("P{:03}", ++number), any ? std::string("any: not known which") : population->implicit ? std::string("people") : population->name.empty() ? population->id : population->name,
                                  incident_.places[static_cast<std::size_t>(key.first)].code, links_of(key.first), record == nullptr ? Cell(none) : Cell(std::max<std::int64_t>(0, record->current().value.low)),
                                  record != nullptr && record->current().value.high < Known::highest ? Cell(record->current().value.high) : Cell(none), any ? none : tests_of(key.first, key.second), duties.empty() ? "none" : duties, leaf_});
        }
        return sheet;
    }

    Sheet judgements() const {
        Sheet sheet{"Judgements", {{"id", 8}, {"judgement", 28}, {"frame", 20}, {"question", 50}, {"outcome", 18}, {"provisional", 11}, {"decided (UTC)", 17}, {"recorded (UTC)", 17}, {"by", 20}, {"function", 20}, {"body", 16}, {"second person", 18}, {"facts relied on", 40}, {"reasons for the record", 50}, {"advice reference", 16}, {"state", 14}, {"leaf", 14}}, {}, ""};
        std::set<std::string> again;
        for (const Duty& duty : assessment_.duties) again.insert(duty.look_again.begin(), duty.look_again.end());
        std::size_t number = 0;
        for (const FactRecord& record : incident_.facts) {
            const FactDeclaration& declaration = vocabulary_.at(record.ground.fact);
            if (declaration.type != ValueType::Judgement || record.history.empty()) continue;
            const Statement& made = record.current();
            const FactRecord* decided = declaration.decided_at ? incident_.find({*declaration.decided_at, record.ground.frame}) : nullptr;
            std::string relied;
            for (const std::string& fact : made.relies_on) relied += (relied.empty() ? "" : ", ") + fact;
            sheet.rows.push_back({fmt::format("J-{:02}", ++number), declaration.name, or_dash(incident_.words(record.ground.frame)), or_dash(declaration.question), words(made.value, declaration), std::string(made.value.provisional ? "yes" : "no"),
                                  decided != nullptr && decided->current().value.low == decided->current().value.high ? Cell(Instant{decided->current().value.low}) : Cell(std::string("not known yet")), recorded_when(record), made.by.empty() ? "not stated" : made.by,
                                  or_dash(made.function), or_dash(made.body), or_dash(made.second), relied.empty() ? "none named" : relied, made.reasons.empty() ? "not stated" : made.reasons, or_dash(made.advice), std::string(again.count(declaration.name) != 0 ? "look again" : "stands"), leaf_of(record.ground)});
        }
        return sheet;
    }

    Sheet not_owed() const {
        Sheet sheet{"Not owed", {{"row id", 8}, {"duty", 40}, {"obligation", 30}, {"entity", 20}, {"frame", 20}, {"by", 12}, {"which limb or exception", 40}, {"rests on", 60}, {"citation", 26}, {"consequence kept", 30}, {"leaf", 14}}, {}, "equals not owed in Controls"};
        std::size_t number = 0;
        for (const Duty& duty : assessment_.duties) {
            if (duty.verdict != Verdict::NotOwed) continue;
            std::string exception, consequence;
            for (const ExceptionState& state : duty.exceptions) {
                if (state.holds != Truth::Yes || duty.when == Truth::No) continue;
                exception += (exception.empty() ? "" : ", ") + (state.citation.empty() ? state.id : state.citation);
                if (!state.by.empty()) consequence += (consequence.empty() ? "" : ", ") + state.by;
            }
            const bool judged = std::any_of(duty.because.begin(), duty.because.end(), [&](const Because& because) { return vocabulary_.at(because.ground.fact).type == ValueType::Judgement; });
            sheet.rows.push_back({fmt::format("N{:04}", ++number), duty.id, obligation_of(duty, assessment_).id, entity_name(duty.entity, assessment_), frame_of(duty), std::string(!exception.empty() ? "exception" : judged ? "judgement" : duty.because.empty() ? "no fact" : "fact"), exception.empty() ? "the condition itself" : exception, rests_on(duty),
                                  duty.citations.empty() ? "-" : duty.citations.front(), consequence.empty() ? "none in this law" : consequence, leaf_});
        }
        return sheet;
    }

    Sheet not_covered() const {
        Sheet sheet{"Not covered", {{"row id", 8}, {"place, sector or family", 26}, {"why", 50}, {"people there", 18}, {"who was asked", 20}, {"leaf", 14}}, {}, ""};
        std::size_t number = 0;
        for (const NotCovered& line : assessment_.not_covered)
            sheet.rows.push_back({fmt::format("C{:03}", ++number), line.place + (line.sector.empty() ? "" : ": " + line.sector), line.why, range_words(line.people_low, line.people_high), std::string("not known yet"), leaf_});
        for (const FamilyLine& line : assessment_.families) {
            std::string places;
            for (const std::string& place : line.places) places += (places.empty() ? "" : " ") + place;
            sheet.rows.push_back({fmt::format("C{:03}", ++number), family_words(line.family, *assessment_.law) + (places.empty() ? "" : ": " + places), line.question, std::string("not known yet"), std::string("not known yet"), leaf_});
        }
        return sheet;
    }

    /// The way out of hours, of the profile or the authority's own, and the languages of its doors.
    static std::pair<std::string, std::string> doors_of(const Recipient& recipient, const Contact* contact) {
        std::string night = contact == nullptr ? std::string() : contact->out_of_hours, languages;
        for (const Channel& channel : recipient.channels) {
            if (night.empty() && channel.out_of_hours) night = channel.kind;
            if (languages.find(channel.language) == std::string::npos) languages += (languages.empty() ? "" : " ") + channel.language;
        }
        return {night.empty() ? "not known yet" : night, languages.empty() ? "not known yet" : languages};
    }
    static std::string holder_of(const Contact* contact) {
        if (contact != nullptr && contact->log_in == "not_needed") return "not applicable: no log-in needed";
        if (contact == nullptr || !contact->holds_log_in()) return "no log-in on file";
        return contact->account_holder.empty() ? "held, by whom is not stated" : contact->account_holder;
    }

    Sheet recipients() const {
        Sheet sheet{"Recipients", {{"row id", 8}, {"duty", 40}, {"recipient", 36}, {"owed to it", 10}, {"rule", 24}, {"channels in order", 60}, {"out of hours", 24}, {"language", 12}, {"account holder", 16}, {"deputy", 16}, {"filing becomes public", 14}, {"source or citation", 30}, {"checked on", 12}, {"done", 16}, {"leaf", 14}}, {}, ""};
        std::size_t number = 0;
        for (const Duty& duty : assessment_.duties)
            for (const Recipient& recipient : duty.recipients) {
                std::string channels;
                for (const Door& channel : recipient.channels) channels += (channels.empty() ? "" : "; ") + channel.kind + (channel.address.empty() ? "" : " " + channel.address) + (channel.hours.empty() ? "" : " (" + channel.hours + ")") + (channel.open ? " (open whether it may be used)" : "");
                for (const Door& channel : recipient.forbidden_channels) channels += (channels.empty() ? "" : "; ") + ((channel.open ? "open whether it is forbidden: " : "not through ") + channel.kind);
                const Contact* contact = incident_.contact(duty.entity, recipient.id);
                const auto [night, languages] = doors_of(recipient, contact);
                const Authority* authority = assessment_.law->find_authority(recipient.id);
                sheet.rows.push_back({fmt::format("A{:04}", ++number), duty.id, recipient.title.empty() ? recipient.id : recipient.title, std::string(recipient.freed ? "freed by " + recipient.freed_by : recipient.owed == Truth::Yes ? "yes" : recipient.owed == Truth::No ? "no" : "open"),
                                      std::string(recipient.copy ? "copy" : recipient.passed_on ? "passed on by the first" : or_dash(word_as_text(recipient.who))), channels.empty() ? "none on file" : channels, night, languages, holder_of(contact), contact == nullptr || contact->deputy.empty() ? "nobody named" : contact->deputy, std::string(authority == nullptr ? "not known yet" : authority->publishes ? "yes" : "not known to"), authority != nullptr ? authority->source : or_dash(recipient.citation), authority != nullptr && authority->checked ? authority->checked->iso() : "not stated", std::string(done_word(recipient.done)), leaf_});
            }
        return sheet;
    }

    Sheet questions() const {
        Sheet sheet{"Questions", {{"row id", 8}, {"order", 7}, {"fact", 32}, {"frame", 20}, {"question", 60}, {"who is asked", 20}, {"expected (UTC)", 17}, {"duties", 8}, {"every answer settles", 11}, {"some answer settles", 11}, {"nearest limit (UTC)", 17}, {"leaf", 14}}, {}, ""};
        std::int64_t number = 0;
        for (const Question& question : assessment_.questions)
            sheet.rows.push_back({fmt::format("Q{:03}", number + 1), ++number, vocabulary_.at(question.ground.fact).name, or_dash(question.frame), question.question, question.asked_of.empty() ? "nobody named" : question.asked_of, instant_or(question.expected_at, "not stated"), static_cast<std::int64_t>(question.relevant),
                                  static_cast<std::int64_t>(question.settles_all), static_cast<std::int64_t>(question.settles_some), instant_or(question.earliest_safe, "no date"), leaf_});
        for (const RelationQuestion& question : assessment_.relation_questions)
            sheet.rows.push_back({fmt::format("Q{:03}", number + 1), ++number, "relations: " + question.list.relation, incident_.entities[static_cast<std::size_t>(question.list.entity)].id, question.question, std::string("nobody named"), std::string("not stated"), static_cast<std::int64_t>(question.duties.size()),
                                  std::string("-"), std::string("-"), instant_or(question.earliest_safe, "no date"), leaf_});
        return sheet;
    }

    /// From the day on which the text was checked until the as-of.
    std::int64_t age_of(const Version& version) const {
        const auto today = Date::parse(iso_utc(assessment_.moment.as_of).substr(0, 10));
        return today ? days_between(version.checked, *today) : 0;
    }

    Sheet law_used() const {
        Sheet sheet{"Law used", {{"row id", 8}, {"instrument", 40}, {"obligation", 30}, {"provision", 30}, {"version from", 12}, {"until", 12}, {"status", 10}, {"official address", 50}, {"confidence", 10}, {"read by", 12}, {"second reader", 12}, {"counsel", 12}, {"checked on", 12}, {"age in days", 8}, {"duties", 8}, {"leaf", 14}}, {}, ""};
        std::map<std::pair<std::uint32_t, int>, std::int64_t> used;
        for (const Duty& duty : assessment_.duties) ++used[{duty.obligation, duty.version}];
        std::size_t number = 0;
        for (const auto& [key, count] : used) {
            const Obligation& obligation = assessment_.law->obligations[key.first];
            const Law* law = assessment_.law->find_law(obligation.law);
            const Version& version = key.second >= 0 ? obligation.versions[static_cast<std::size_t>(key.second)] : obligation.versions.back();
            sheet.rows.push_back({fmt::format("L{:04}", ++number), law == nullptr ? obligation.law : law->title, obligation.id, version.citations.empty() ? "-" : version.citations.front().provision, version.from ? version.from->iso() : "always", version.until ? version.until->iso() : "further notice",
                                  version.grade == 'O' ? "not law" : key.second >= 0 ? word_as_text(version.status) : "open which", law == nullptr || law->address.empty() ? "-" : law->address, std::string(1, version.grade), version.read_by.empty() ? "author" : version.read_by, version.second_reader.empty() ? "none" : version.second_reader, version.counsel.empty() ? "none" : version.counsel, version.checked.iso(), age_of(version), count, leaf_});
        }
        return sheet;
    }

    /// What each thing that was learned changed, at the same moment and under the same law.
    Sheet changes() const {
        constexpr std::string_view kinds[] = {"added", "dropped", "moved", "same", "renamed"};
        Sheet sheet{"Changes", {{"row id", 8}, {"known at, from (UTC)", 17}, {"known at, to (UTC)", 17}, {"duty", 40}, {"change", 10}, {"what", 50}, {"by which fact", 50}, {"done", 16}, {"leaf", 14}}, {}, ""};
        std::size_t number = 0, same = 0;
        for (const KnownChanges& step : changes_)
            for (const DutyChange& change : step.changes) {
                if (change.kind == DutyChange::Kind::Same) {
                    ++same;
                    continue;
                }
                std::string what, causes;
                for (const std::string& one : change.what) what += (what.empty() ? "" : "; ") + instants_in_words(one, context_.main_zone());
                for (const std::string& one : change.causes) causes += (causes.empty() ? "" : "; ") + one;
                if (change.other_causes > 0) causes += fmt::format(" (or {} other changes alone)", change.other_causes);
                const Duty* now = assessment_.find(change.duty);
                sheet.rows.push_back({fmt::format("H{:04}", ++number), step.from, step.to, change.duty, std::string(kinds[static_cast<std::size_t>(change.kind)]), what.empty() ? "whole duty" : what, causes.empty() ? "the passing of time" : causes, std::string(now == nullptr ? "not applicable: dropped" : done_word(now->done)), leaf_});
            }
        sheet.tie = changes_.empty() ? "nothing was learned later: the account says of no fact when it was learned, or of all the same" : fmt::format("{} steps of knowledge compared; {} times a duty stayed the same", changes_.size(), same);
        return sheet;
    }

    Sheet calendars() const {
        Sheet sheet{"Calendars and zones", {{"row id", 8}, {"kind", 12}, {"id", 24}, {"title", 50}, {"edition", 16}, {"known from", 14}, {"known until", 14}, {"limits counted with it", 12}, {"of these on estimated days", 14}, {"leaf", 14}}, {}, ""};
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> by_calendar, by_zone;
        for (const Duty& duty : assessment_.duties)
            for (const Alternative& alternative : duty.deadline.alternatives) {
                for (auto* uses : {alternative.calendar.empty() ? nullptr : &by_calendar[alternative.calendar], alternative.zone.empty() ? nullptr : &by_zone[alternative.zone]}) {
                    if (uses == nullptr) continue;
                    ++uses->first;
                    uses->second += alternative.estimated ? 1 : 0;
                }
            }
        std::size_t number = 0;
        const std::string not_known = "not known yet";
        for (const CalendarUsed& calendar : assessment_.calendars_used)
            sheet.rows.push_back({fmt::format("K{:03}", ++number), std::string("calendar"), calendar.id, or_dash(calendar.title), "law " + assessment_.law->edition, calendar.first ? calendar.first->iso() : not_known, calendar.last ? calendar.last->iso() : not_known, by_calendar[calendar.id].first, by_calendar[calendar.id].second, leaf_});
        for (const auto& [zone, uses] : by_zone)
            sheet.rows.push_back({fmt::format("K{:03}", ++number), std::string("zone"), zone, zone_city(zone), "tzdata " + or_dash(assessment_.tzdata), std::string("not applicable: a zone"), std::string("not applicable: a zone"), uses.first, uses.second, leaf_});
        return sheet;
    }

    std::string leaf_;  ///< of rows that are no entry
    const std::vector<RecordTable>& record_;
    const ReportContext& context_;
    const Assessment& assessment_;
    const Incident& incident_;
    const Vocabulary& vocabulary_;
    const std::vector<KnownChanges>& changes_;
    std::map<GroundFact, std::string> fact_rows_;
    std::vector<Stated> stated_;  ///< in order
};

}  // namespace

std::vector<Sheet> evidence_sheets(const ReportContext& context, const std::vector<KnownChanges>& changes, const std::vector<RecordTable>& record) { return Evidence(context, changes, record).run(); }

WorkbookMeta workbook_meta(const ReportContext& context) {
    std::string as_of = iso_utc(context.assessment.moment.as_of);
    as_of = as_of.substr(0, 10) + " " + as_of.substr(11, 5) + " UTC";
    return {"Evidence " + context.assessment.incident->id, "edition " + context.edition, context.assessment.incident->id + "  as of " + as_of + "  edition " + context.edition + (context.assessment.incident->drill ? "  EXERCISE" : ""), context.assessment.moment.as_of};
}

}  // namespace duenotice
