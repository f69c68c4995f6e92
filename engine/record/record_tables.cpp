#include "engine/record/record_tables.h"

#include <algorithm>
#include <map>

#include "engine/record/assessment_entries.h"
#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"
#include "engine/record/judgement.h"
#include "engine/record/matter_decision.h"
#include "engine/record/redaction.h"
#include "engine/record/request.h"
#include "engine/record/statement_words.h"
#include "engine/record/timestamp.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

using Row = std::vector<std::string>;

std::string or_none(const std::string& text, const char* none = "none on record") { return text.empty() ? none : text; }
std::string digits(std::uint64_t value) { return std::to_string(value); }

std::string joined(const std::vector<std::string>& texts, const char* none) {
    std::string words;
    for (const std::string& text : texts) words += (words.empty() ? "" : "; ") + text;
    return or_none(words, none);
}

/// An instant as the record writes it, in UTC; another text as it is.
std::string in_utc(const std::string& text, const char* none = "not stated") {
    if (const auto microseconds = parse_record_time(text)) return iso_utc(Instant{*microseconds / 1'000'000});
    const auto instant = parse_instant(text);
    return instant ? iso_utc(*instant) : or_none(text, none);
}

/// The digits of a reference to an artefact; its media type says nothing to a reader.
std::string digest_of(const std::string& reference) {
    const auto name = parse_artefact_reference(reference);
    return name ? name->sha256 : reference;
}

std::string member(const JsonValue& statement, std::string_view name) { return statement.is_object() ? member_text(statement, name) : std::string(); }

/// From when something was learned until it was recorded.
std::string delay(const std::string& learned, const std::string& recorded) {
    const auto from = parse_instant(learned);
    const auto until = parse_record_time(recorded);
    if (!from || !until) return "not known: not stated when it was learned";
    const std::int64_t minutes = (*until / 1'000'000 - from->seconds) / 60;
    return (minutes >= 1440 ? std::to_string(minutes / 1440) + " d " : std::string()) + (minutes >= 60 ? std::to_string(minutes / 60 % 24) + " h " : std::string()) + std::to_string(minutes % 60) + " min";
}

/// The duties whose limit may run from what the entry states anew.
std::string duties_moved(const std::vector<StartChange>& starts, std::uint64_t entry, bool first) {
    const auto found = std::find_if(starts.begin(), starts.end(), [&](const StartChange& change) { return change.entry == entry; });
    if (found != starts.end()) return joined(found->duties, "none");
    return first ? "not applicable: the first statement" : "none: no limit runs from it, or the value stayed";
}

RecordTable fact_history(const std::vector<RecordedEntry>& entries, const std::vector<StartChange>& starts) {
    RecordTable table{"Fact history", {"entry", "fact", "version", "old", "new", "kind", "reason", "said by", "source", "recorded by", "second person", "learned (UTC)", "recorded (UTC)", "delay", "duties whose limit it moved", "document"}, {}};
    std::map<std::string, std::pair<std::size_t, std::string>> last;  // version and value by fact
    for (const RecordedEntry& entry : entries) {
        const auto fact = read_fact(entry);
        const auto erased = entry.erased.find("statement");
        if (!fact && erased != entry.erased.end() && !field_text(entry, "fact").empty()) {
            const std::string gone = "erased by entry " + digits(erased->second);
            auto& [version, old] = last[fact_words(field_texts(entry, "path"), field_text(entry, "fact"))];
            table.rows.push_back({digits(entry.leaf.seq), fact_words(field_texts(entry, "path"), field_text(entry, "fact")), digits(++version), or_none(old, "not applicable: the first statement"), gone, entry.leaf.kind, entry.erased.count("reason") > 0 ? gone : or_none(field_text(entry, "reason"), "not applicable: no correction"), gone, gone, entry.leaf.actor,
                                  or_none(field_text(entry, "second"), "none named"), gone, in_utc(entry.leaf.rec), "not known: erased", duties_moved(starts, entry.leaf.seq, version == 1), gone});
            old = gone;
        }
        if (!fact) continue;
        const std::string name = fact_words(fact->path, fact->fact), value = statement_words(fact->statement), learned = member(fact->statement, "learned_at");
        auto& [version, old] = last[name];
        table.rows.push_back({digits(entry.leaf.seq), name, digits(++version), or_none(old, "not applicable: the first statement"), value, entry.leaf.kind, entry.erased.count("reason") > 0 ? "erased by entry " + digits(entry.erased.at("reason")) : or_none(fact->reason, "not applicable: no correction"), or_none(member(fact->statement, "by"), "not stated"), or_none(member(fact->statement, "source"), "not stated"), entry.leaf.actor,
                              or_none(field_text(entry, "second"), "none named"), in_utc(learned), in_utc(entry.leaf.rec), delay(learned, entry.leaf.rec), duties_moved(starts, entry.leaf.seq, version == 1), fact->document ? canonical_json(*fact->document) : "none on record"});
        old = value;
    }
    return table;
}

/// Canonical JSON of a statement, in words; another text as it is.
std::string in_words(const std::string& statement) {
    const auto read = read_canonical_source(std::make_shared<const SourceText>("statement", statement));
    return read ? statement_words(*read) : statement;
}

RecordTable start_change_table(const std::vector<StartChange>& changes) {
    RecordTable table{"Start changes", {"entry", "fact", "old", "new", "in place of entry", "old limit (UTC)", "new limit (UTC)", "changed before or after the old limit", "recorded (UTC)", "by", "second person", "reason", "duties"}, {}};
    for (const StartChange& change : changes)
        table.rows.push_back({digits(change.entry), fact_words(change.path, change.fact), in_words(change.was), in_words(change.is), digits(change.replaced), change.old_limit ? iso_utc(*change.old_limit) : "no limit", change.new_limit ? iso_utc(*change.new_limit) : "no limit", std::string(change.when()), in_utc(change.recorded), change.actor,
                              or_none(change.second, "none named"), or_none(change.reason, "not stated"), joined(change.duties, "none")});
    return table;
}

std::string advice_of(const std::vector<RecordedEntry>& entries, std::uint64_t seq) { return or_none(field_text(entries[static_cast<std::size_t>(seq)], "advice"), "none on record"); }

RecordTable judgement_history(const std::vector<RecordedEntry>& entries, Instant now) {
    RecordTable table{"Judgement history", {"entry", "judgement", "outcome", "provisional", "decided (UTC)", "recorded (UTC)", "by", "function", "second person", "facts relied on", "factors", "evidence", "guidance", "dissent", "reasons for the record", "advice reference", "in place of entry", "state", "changed since"}, {}};
    for (const RecordedJudgement& judgement : judgements_of(entries, iso_utc(now).substr(0, 10))) {
        const JsonValue& said = judgement.statement.statement;
        std::vector<std::string> relied, changed;
        for (const ReliedFact& fact : judgement.notes.relied) relied.push_back(fact_words(fact.path, fact.fact) + " (entry " + digits(fact.entry) + ")");
        for (const ReliedFact& fact : judgement.changed) changed.push_back(fact_words(fact.path, fact.fact) + " (entry " + digits(fact.entry) + ")");
        const bool provisional = said.is_object() && said.find("provisional") != nullptr;
        table.rows.push_back({digits(judgement.entry), fact_words(judgement.statement.path, judgement.statement.fact), or_none(said.is_object() ? member_text(said, "outcome") : said.text, "not stated"), provisional ? "yes" : "no", in_utc(member(said, "decided_at")), in_utc(judgement.recorded),
                              or_none(member(said, "by"), "not stated"), or_none(member(said, "function"), "not stated"), or_none(member(said, "second"), "none named"), joined(relied, "none named"), joined(judgement.notes.factors, "none named"), joined(judgement.notes.evidence, "none named"),
                              or_none(judgement.notes.guidance, "none named"), or_none(judgement.notes.dissent, "none on record"), or_none(member(said, "reasons"), "not stated"), advice_of(entries, judgement.entry), judgement.replaces ? digits(*judgement.replaces) : "not applicable: the first", std::string(name(judgement.state)), joined(changed, "nothing")});
    }
    return table;
}

std::string second_person(const StandingDecision& standing) {
    if (standing.confirmed_by) return standing.confirmer + ", signed (entry " + digits(*standing.confirmed_by) + ")";
    if (!standing.decision.takes_two()) return or_none(standing.decision.second, "not applicable: takes one person");
    return standing.decision.second.empty() ? "not signed" : standing.decision.second + " named, not signed";
}

std::string state_words(const StandingDecision& standing) {
    if (standing.answered_by) return "done (entry " + digits(*standing.answered_by) + ")";
    switch (standing.state) {
        case StandingDecision::State::InForce: return "in force";
        case StandingDecision::State::NotSigned: return "no effect: no second person has signed";
        case StandingDecision::State::TakenBack: return "taken back by a later decision";
    }
    return "in force";
}

RecordTable decisions(const std::vector<RecordedEntry>& entries) {
    RecordTable table{"Decisions", {"entry", "kind", "duty or hold", "owed then", "by", "second person", "time (UTC)", "reasons for the record", "advice reference", "look again on", "items", "state"}, {}};
    for (const StandingDecision& standing : standing_decisions(entries)) {
        const MatterDecision& decision = standing.decision;
        table.rows.push_back({digits(decision.entry), decision.what, or_none(decision.duty.empty() ? decision.hold : decision.duty, "the matter"), or_none(decision.owed, decision.what == "emergency" ? "not stated" : "not applicable: no duty of the list"), decision.actor, second_person(standing), in_utc(decision.recorded), or_none(decision.reasons, "not stated"), or_none(decision.advice, "none on record"),
                              or_none(decision.look_again_on, "not applicable: nothing set aside"), joined(decision.items, "none"), state_words(standing)});
    }
    return table;
}

RecordTable assessments(const std::vector<RecordedEntry>& entries) {
    RecordTable table{"Assessments", {"entry", "as of (UTC)", "last entry that counted", "program", "law: SHA-256 of its list", "calendars: SHA-256 of their list", "zones: SHA-256 of their list", "answer: SHA-256", "recorded (UTC)", "by"}, {}};
    for (const RecordedAssessment& made : assessments_of(entries))
        table.rows.push_back({digits(made.seq), in_utc(made.asked.as_of), digits(made.last_entry), made.program, digest_of(made.law), digest_of(made.calendars), digest_of(made.zones), made.output ? digest_of(*made.output) : "withheld: erased", in_utc(entries[static_cast<std::size_t>(made.seq)].leaf.rec), entries[static_cast<std::size_t>(made.seq)].leaf.actor});
    return table;
}

std::string emergency_words(const FiledNotice& filing) { return "EMERGENCY, one person alone: " + filing.emergency + (filing.nearness.empty() ? "" : "; " + filing.nearness); }

NoticeWords words_of(const RecordFindings& findings, const PacketSubject& subject) { return findings.words ? findings.words(subject) : NoticeWords{}; }

RecordTable filings(const std::vector<FiledNotice>& filed, const RecordFindings& findings) {
    RecordTable table{"Filings", {"entry", "id", "duty", "recipient", "recipient's name", "kind", "stage", "follows", "approved by", "emergency", "bytes hash", "act", "sent (UTC)", "accepted (UTC)", "dispatched, first and last (UTC)", "channel", "reference", "receipts", "counts", "late word, frozen", "each reading, frozen", "safe instant then (UTC)", "state", "next"}, {}};
    for (const FiledNotice& filing : filed) {
        const NoticeWords said = words_of(findings, filing.subject);
        std::vector<std::string> receipts;
        for (const Receipt& receipt : filing.receipts) receipts.push_back(in_utc(receipt.at) + " " + receipt.reference + (receipt.artefact.empty() ? "" : " SHA-256 " + digest_of(receipt.artefact)));
        const std::string counts = filing.mass ? digits(filing.mass->sent) + " of " + digits(filing.mass->to_send) + " sent, " + digits(filing.mass->returned) + " returned, " + digits(filing.mass->unreachable) + " unreachable" : "not applicable: one notice";
        table.rows.push_back({digits(filing.entry), filing.id, filing.subject.duty, or_none(filing.subject.recipient, "none named"), or_none(said.recipient, "no name on file"), filing.kind, or_none(said.stage, "not applicable: the law names no stage"), or_none(filing.supersedes, "none"), joined(filing.approved_by, "nobody"), filing.emergency.empty() ? "no" : emergency_words(filing), filing.send_sha256,
                              or_none(filing.act, "not stated"), in_utc(filing.at), filing.receipts.empty() ? "no receipt on record" : in_utc(filing.receipts.front().at), filing.mass ? in_utc(filing.mass->first) + " to " + in_utc(filing.mass->last) : filing.act == "dispatched" ? in_utc(filing.at) : "not applicable: one notice", or_none(filing.channel, "not stated"), or_none(filing.reference.empty() && !filing.receipts.empty() ? filing.receipts.back().reference : filing.reference, "none on record"), joined(receipts, "none on record"), counts, or_none(filing.timing.word, "no clock"), joined(filing.readings, "not kept: no limit was counted then"), in_utc(filing.timing.safe, "no clock"), std::string(name(filing.state)), or_none(filing.next, "nothing")});
    }
    return table;
}

RecordTable attempts(const std::vector<RecordedEntry>& entries, const std::vector<FiledNotice>& filed) {
    RecordTable table{"Attempts", {"entry", "filing", "draft", "channel", "time (UTC)", "result", "next channel", "note", "by"}, {}};
    const auto all = attempts_of(entries);
    const auto drafts = drafts_of(entries);
    // What was tried next, else what the plan has next.
    const auto next_channel = [&](const Attempt& attempt, const FiledNotice* filing) -> std::string {
        if (attempt.result == "sent" || attempt.result == "oral") return "not applicable: it went out";
        for (const Attempt& later : all)
            if (later.draft == attempt.draft && later.entry > attempt.entry) return later.channel;
        const auto draft = std::find_if(drafts.begin(), drafts.end(), [&](const PacketDraft& each) { return each.entry == attempt.draft; });
        const std::string planned = filing != nullptr ? filing->next : draft == drafts.end() ? "" : next_for_draft(entries, *draft);
        return planned.empty() && filing != nullptr && filing->entry > attempt.entry ? or_none(filing->channel, "not stated") : or_none(planned, "none named");
    };
    for (const Attempt& attempt : all) {
        const auto filing = std::find_if(filed.begin(), filed.end(), [&](const FiledNotice& each) { return each.draft == attempt.draft; });
        table.rows.push_back({digits(attempt.entry), filing == filed.end() ? "not filed" : filing->id, digits(attempt.draft), attempt.channel, in_utc(attempt.at), attempt.result, next_channel(attempt, filing == filed.end() ? nullptr : &*filing), or_none(attempt.note, "none"), attempt.actor});
    }
    return table;
}

const char* const no_request = "not applicable: no request";

/// The newest part of the account that states the hold; null without one.
const RecordedEntry* entry_of_hold(const std::vector<RecordedEntry>& entries, const std::string& id) {
    const AccountPath path{"holds", id};
    const auto found = std::find_if(entries.rbegin(), entries.rend(), [&](const RecordedEntry& entry) { return entry.leaf.kind == "part" && field_texts(entry, "path") == path; });
    return found == entries.rend() ? nullptr : &*found;
}

Row hold_row(const Hold& hold, const std::vector<RecordedEntry>& entries, Instant now) {
    const RecordedEntry* entry = entry_of_hold(entries, hold.id);
    Row row{entry == nullptr ? "no case record" : digits(entry->leaf.seq), "hold: " + hold.kind, or_none(hold.by, "not stated"), or_none(hold.form, "not stated"), hold.from ? iso_utc(*hold.from) : "not known when", no_request, no_request};
    const bool ended = hold.until && *hold.until <= now;
    row.insert(row.end(), {"acts: " + joined(hold.acts, "all") + "; recipients: " + joined(hold.recipients, "all"), or_none(hold.effect, "as its kind has it in each law") + (hold.confirmed ? "" : "; heard of, and it may not exist"), hold.until ? iso_utc(*hold.until) : "not known yet",
                           no_request, ended ? "what it held back runs again" : "what it covers waits until it ends", ended ? "over" : "in force", no_request});
    return row;
}

Row legal_hold_row(const LegalHold& hold, const RecordedEntry& entry) {
    return {digits(hold.seq), hold.placed ? "legal hold placed" : "legal hold released", entry.leaf.actor, hold.hold, in_utc(entry.leaf.rec), no_request, no_request, hold.entry ? "entry " + digits(*hold.entry) : "the whole record", "its content cannot be erased", hold.placed ? "when it is released" : in_utc(entry.leaf.rec),
            no_request, or_none(field_text(entry, "reason"), "not stated"), no_request, no_request};
}

Row all_clear_row(const RecordedEntry& entry) {
    const char* none = "not applicable: an all-clear";
    return {digits(entry.leaf.seq), "all-clear", or_none(field_text(entry, "by"), "not stated"), none, in_utc(field_text(entry, "at")), none, none, "the matter", "people decided that it is over", none, none, or_none(field_text(entry, "reasons"), "not stated"), none, none};
}

/// Valid when a filing went out on it counts, whatever came later.
std::string approval_state(const Approval& approval, const std::vector<FiledNotice>& filed) {
    const std::string now = approval.valid() ? "valid" : "void: " + approval.void_because;
    for (const FiledNotice& filing : filed)
        if (filing.draft == approval.draft && std::find(filing.approved_by.begin(), filing.approved_by.end(), approval.actor) != filing.approved_by.end()) return "valid when " + filing.id + " went out; now " + now;
    return now;
}

RecordTable approvals(const RecordFindings& findings, const std::vector<FiledNotice>& filed) {
    RecordTable table{"Approvals", {"entry", "packet hash", "duty", "recipient", "recipient's name", "author", "approver", "person", "signed (UTC)", "key", "sent as not yet known", "contradictions explained", "valid, void and why"}, {}};
    for (const Approval& approval : findings.approvals) {
        std::vector<std::string> explained;
        for (const auto& [field, why] : approval.explained) explained.push_back(field + ": " + why);
        table.rows.push_back({digits(approval.entry), or_none(approval.send_sha256, "unknown"), approval.subject.duty, or_none(approval.subject.recipient, "none named"), or_none(words_of(findings, approval.subject).recipient, "no name on file"), or_none(approval.author, "unknown"), approval.actor, approval.person, in_utc(approval.signed_at), or_none(approval.key, "none"),
                              joined(approval.not_yet_known, "nothing"), joined(explained, "none"), approval_state(approval, filed)});
    }
    return table;
}

RecordTable access(const std::vector<RecordedEntry>& entries) {
    RecordTable table{"Access", {"entry", "what", "account", "person", "roles, deed or copy", "time (UTC)", "by"}, {}};
    for (const RecordedEntry& entry : entries) {
        const std::string account = field_text(entry, "account");
        if (entry.leaf.kind == "denied") table.rows.push_back({digits(entry.leaf.seq), "denied", account, "not applicable: denied", field_text(entry, "deed"), in_utc(entry.leaf.rec), entry.leaf.actor});
        if (const auto copy = read_export(entry)) table.rows.push_back({digits(entry.leaf.seq), "exported", entry.leaf.actor, "not applicable: a copy", "edition " + copy->edition + ", to " + or_none(copy->recipient, "nobody named") + ", manifest SHA-256 " + copy->manifest_sha256 + ", fields withheld: " + digits(copy->withheld.size()), in_utc(entry.leaf.rec), entry.leaf.actor});
        if (entry.leaf.kind != "access") continue;
        const bool revoked = !field_text(entry, "revoked").empty();
        table.rows.push_back({digits(entry.leaf.seq), revoked ? "revoked" : "granted", account, or_none(field_text(entry, "person"), "not stated"), joined(field_texts(entry, "roles"), "none"), in_utc(entry.leaf.rec), entry.leaf.actor});
    }
    return table;
}

/// What was erased: the commitment stays.
RecordTable withheld(const std::vector<RecordedEntry>& entries) {
    RecordTable table{"Withheld", {"sheet", "rows", "column", "ground", "by", "date (UTC)", "commitment"}, {}};
    for (const RecordedEntry& entry : entries) {
        const auto gone = read_redaction(entry.leaf);
        if (!gone || gone->entry >= entries.size()) continue;
        const Leaf& target = entries[static_cast<std::size_t>(gone->entry)].leaf;
        const auto commitment = target.commits.find(gone->field);
        table.rows.push_back({"the record: " + target.kind, "entry " + digits(gone->entry), gone->field, "erased: " + or_none(field_text(entry, "ground"), "not stated"), or_none(ref_text(entry.leaf, "approver"), "not stated") + " with " + entry.leaf.actor, in_utc(entry.leaf.rec),
                              commitment == target.commits.end() ? "not known" : commitment->second});
    }
    return table;
}

/// What a reader needs to verify the record, and what the program found when it did.
RecordTable integrity(const std::vector<RecordedEntry>& entries, const RecordFindings& findings) {
    const RecordVerdict& verdict = findings.verdict;
    RecordTable table{"Integrity", {"item", "value"}, {}};
    const auto add = [&table](const std::string& item, const std::string& value) { table.rows.push_back({item, or_none(value)}); };
    add("origin of the log", verdict.origin);
    add("entries", digits(verdict.entries) + (entries.size() < verdict.entries ? "; shown here are the first " + digits(entries.size()) : ""));
    add("root of the tree of all entries", base64({reinterpret_cast<const char*>(verdict.root.data()), verdict.root.size()}));
    for (const std::string_view line : text_parts(findings.checkpoint, '\n'))
        if (line.starts_with("\u2014 ")) add("head: origin, entries and root are signed so", std::string(line));
    add("key of the record", verdict.key);
    std::size_t anchors = 0;
    for (const RecordedEntry& entry : entries) {
        if (const auto stamp = read_timestamp(entry.leaf)) add("outside anchor, " + digits(++anchors), "time stamp of a stamping authority over the first " + digits(stamp->size) + " entries (entry " + digits(stamp->seq) + ", token SHA-256 " + stamp->token.sha256 + ")");
        if (const auto copy = read_export(entry)) add("outside anchor, " + digits(++anchors), "a copy of the first " + digits(copy->entries) + " entries, given to " + or_none(copy->recipient, "nobody named") + " (entry " + digits(copy->seq) + "): its head binds what stands before it");
    }
    if (anchors == 0) add("outside anchors", "none on record: whoever holds file and key could write all of it anew");
    add("how to verify", "Case file: `duenotice case verify FILE`. Bundle: VERIFY.md in it, with `sha256sum`, `openssl` and public scripts, or `duenotice verify FOLDER`. Give the key that you were handed by another way, and a checkpoint that you kept.");
    add("own verification", verdict.whole() ? "holds: every entry, its content and the order are those that were signed" : "DOES NOT HOLD");
    for (const Finding& finding : verdict.findings) add("finding", (finding.seq ? "entry " + digits(*finding.seq) + ": " : "") + finding.words);
    add("signatures of persons", digits(verdict.signatures.good) + " good, " + digits(verdict.signatures.wrong.size()) + " wrong, " + digits(verdict.signatures.unjudged.size()) + " not to be judged since content is erased or withheld");
    for (const Finding& finding : verdict.signatures.wrong) add("wrong signature", (finding.seq ? "entry " + digits(*finding.seq) + ": " : "") + finding.words);
    std::map<std::string, std::size_t> kinds;
    for (const RecordedEntry& entry : entries) ++kinds[entry.leaf.kind];
    for (const auto& [kind, count] : kinds) add("entries of kind " + kind, digits(count));
    std::size_t fields = 0;
    for (const ToldNotice& notice : told_of(entries)) fields += notice.fields.size();
    add("fields that notices sent", digits(fields));
    return table;
}

}  // namespace

RecordTable requests_table(const std::vector<RecordedEntry>& entries, const std::vector<Hold>& holds, Instant now) {
    RecordTable table{"Requests and holds", {"entry", "kind", "from", "form", "received (UTC)", "asks", "limit (UTC)", "covers", "effect", "ends (UTC)", "duty", "what follows", "answered", "answered by filing"}, {}};
    const char* none = "not applicable: no hold";
    for (const Request& request : requests_of(entries))
        table.rows.push_back({digits(request.entry), request.kind, request.from, or_none(request.form, "not stated"), in_utc(request.received), or_none(request.asks, "not stated"), in_utc(request.limit, "none set"), none, none, none, or_none(request.duty, "none named"), or_none(request.follows, "not stated"),
                              request.answered_by ? in_utc(request.answered_at) + " (entry " + digits(*request.answered_by) + ")" : request.kind == "extension" ? "not applicable: it counts beside the law's own limit" : "no answer on record", or_none(request.answer_filing, "none")});
    for (const Hold& hold : holds) table.rows.push_back(hold_row(hold, entries, now));
    for (const RecordedEntry& entry : entries) {
        if (const auto hold = read_hold(entry.leaf)) table.rows.push_back(legal_hold_row(*hold, entry));
        if (entry.leaf.kind == "all-clear") table.rows.push_back(all_clear_row(entry));
    }
    return table;
}

RecordTable told_table(const std::vector<ToldRow>& rows) {
    RecordTable table{"Told", {"entry", "recipient", "recipient's name", "filing", "fact", "value told", "precision", "now known", "difference", "law asks update", "decision"}, {}};
    for (const ToldRow& row : rows) table.rows.push_back({row.entry ? digits(*row.entry) : "no case record", row.recipient, or_none(row.recipient_name, "no name on file"), row.filing, row.fact, row.told, or_none(row.precision, "not stated"), row.now, row.difference, or_none(row.law_asks, "nothing on file"), or_none(row.decision)});
    return table;
}

std::vector<RecordTable> record_tables(const std::vector<RecordedEntry>& entries, Instant now, const RecordFindings& findings) {
    const auto filed = filings_of(entries, now);
    return {fact_history(entries, findings.starts), start_change_table(findings.starts), judgement_history(entries, now), decisions(entries), assessments(entries), filings(filed, findings), attempts(entries, filed), told_table(findings.told), requests_table(entries, findings.holds, now), approvals(findings, filed), access(entries), withheld(entries),
            integrity(entries, findings)};
}

}  // namespace duenotice
