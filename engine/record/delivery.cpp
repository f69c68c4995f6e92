#include "engine/record/delivery.h"

#include <algorithm>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

DeliveryPlan plan_of(const RecordedEntry& entry) {
    return {entry.leaf.seq, subject_of(field_value(entry, "subject")), field_texts(entry, "channels"), field_texts(entry, "contacts"), whole_number(field_value(entry, "silent_after_minutes")).value_or(0)};
}

Attempt attempt_of(const RecordedEntry& entry) {
    return {entry.leaf.seq, ref_entry(entry.leaf, "draft").value_or(0), field_text(entry, "channel"), field_text(entry, "at"), field_text(entry, "result"), field_text(entry, "note"), entry.leaf.actor};
}

Receipt receipt_of(const RecordedEntry& entry) {
    return {entry.leaf.seq, field_text(entry, "filing"), field_text(entry, "at"), field_text(entry, "reference"), field_text(entry, "note"), field_text(entry, "receipt_artefact"), entry.leaf.actor};
}

MassRun mass_of(const RecordedEntry& entry) {
    const auto count = [&](const char* name) { return whole_number(field_value(entry, name)).value_or(0); };
    return {entry.leaf.seq, field_text(entry, "filing"), field_text(entry, "first"), field_text(entry, "last"), entry.leaf.actor, count("to_send"), count("sent"), count("returned"), count("unreachable")};
}

FiledNotice filing_of(const RecordedEntry& entry) {
    FiledNotice filing;
    filing.entry = entry.leaf.seq;
    filing.draft = ref_entry(entry.leaf, "draft").value_or(0);
    filing.subject = subject_of(field_value(entry, "subject"));
    filing.recorded = entry.leaf.rec;
    filing.actor = entry.leaf.actor;
    const std::pair<const char*, std::string*> texts[] = {{"id", &filing.id}, {"kind", &filing.kind}, {"channel", &filing.channel}, {"at", &filing.at}, {"reference", &filing.reference}, {"supersedes", &filing.supersedes}, {"send_sha256", &filing.send_sha256}, {"act", &filing.act}, {"emergency", &filing.emergency}, {"nearness", &filing.nearness}};
    for (const auto& [name, to] : texts) *to = field_text(entry, name);
    if (entry.erased.count("emergency") > 0) filing.emergency = "reason erased";  // it stays loud
    filing.approved_by = field_texts(entry, "approved_by");
    filing.readings = field_texts(entry, "readings");
    if (const JsonValue* timing = field_value(entry, "timing"); timing != nullptr) filing.timing = {member_text(*timing, "word"), member_text(*timing, "safe"), member_text(*timing, "maximum")};
    return filing;
}

/// The first channel of the plan through which nothing failed, else a person.
std::string next_channel(const FiledNotice& filing) {
    if (filing.plan)
        for (const std::string& channel : filing.plan->channels) {
            const bool tried = channel == filing.channel || std::any_of(filing.attempts.begin(), filing.attempts.end(), [&](const Attempt& attempt) { return attempt.channel == channel; });
            if (!tried) return channel;
        }
    return "a person";
}

/// The newest attempt at or after the filing, if any.
const Attempt* newest(const FiledNotice& filing) {
    const Attempt* found = nullptr;
    for (const Attempt& attempt : filing.attempts)
        if (attempt.entry > filing.entry) found = &attempt;
    return found;
}

void judge_state(FiledNotice& filing, const std::vector<FiledNotice>& all, Instant now) {
    if (filing.kind == "withdrawal") filing.state = FiledNotice::State::Withdrawn;
    for (const FiledNotice& other : all)
        if (other.supersedes == filing.id && other.entry > filing.entry) filing.state = other.kind == "withdrawal" ? FiledNotice::State::Withdrawn : FiledNotice::State::Superseded;
    if (!filing.receipts.empty() && filing.state == FiledNotice::State::Waiting) filing.state = FiledNotice::State::Acknowledged;
    if (filing.state != FiledNotice::State::Waiting) return;
    const Attempt* last = newest(filing);
    if (last != nullptr && (last->result == "undelivered" || last->result == "failed")) {
        filing.state = FiledNotice::State::Undelivered;
        filing.next = next_channel(filing);
        return;
    }
    const auto sent = parse_instant(last != nullptr ? last->at : filing.at);
    if (!sent || !filing.plan || filing.plan->silent_after_minutes == 0) return;
    if (now.seconds - sent->seconds < static_cast<std::int64_t>(filing.plan->silent_after_minutes * 60)) return;
    filing.state = FiledNotice::State::Silent;
    filing.next = next_channel(filing);
}

}  // namespace

std::string_view name(FiledNotice::State state) {
    switch (state) {
        case FiledNotice::State::Waiting: return "waiting for acknowledgement";
        case FiledNotice::State::Silent: return "silent";
        case FiledNotice::State::Undelivered: return "undelivered";
        case FiledNotice::State::Acknowledged: return "acknowledged";
        case FiledNotice::State::Superseded: return "superseded";
        case FiledNotice::State::Withdrawn: return "withdrawn";
    }
    return "";
}

Entry plan_entry(const DeliveryPlan& plan, const Writer& writer) {
    Entry entry = entry_by("plan", writer);
    entry.fields["subject"] = subject_value(plan.subject);
    set_texts(entry, "channels", plan.channels);
    set_texts(entry, "contacts", plan.contacts);
    if (plan.silent_after_minutes > 0) entry.fields["silent_after_minutes"] = json_seq(plan.silent_after_minutes);
    return entry;
}

Entry attempt_entry(const Attempt& attempt, const Writer& writer) {
    Entry entry = entry_by("attempt", writer);
    entry.refs["draft"] = static_cast<std::int64_t>(attempt.draft);
    set_text(entry, "channel", attempt.channel);
    set_text(entry, "at", attempt.at);
    set_text(entry, "result", attempt.result);
    set_text(entry, "note", attempt.note);
    return entry;
}

Entry filing_entry(const FiledNotice& filing, const Writer& writer) {
    Entry entry = entry_by("filing", writer);
    entry.refs["draft"] = static_cast<std::int64_t>(filing.draft);
    entry.fields["subject"] = subject_value(filing.subject);
    const std::pair<const char*, const std::string*> texts[] = {{"id", &filing.id}, {"kind", &filing.kind}, {"channel", &filing.channel}, {"at", &filing.at}, {"reference", &filing.reference}, {"supersedes", &filing.supersedes}, {"send_sha256", &filing.send_sha256}, {"act", &filing.act}, {"emergency", &filing.emergency}, {"nearness", &filing.nearness}};
    for (const auto& [name, text] : texts) set_text(entry, name, *text);
    set_texts(entry, "approved_by", filing.approved_by);
    set_texts(entry, "readings", filing.readings);
    JsonValue timing = json_object();
    add_text(timing, "word", filing.timing.word);
    add_text(timing, "safe", filing.timing.safe);
    add_text(timing, "maximum", filing.timing.maximum);
    entry.fields["timing"] = std::move(timing);
    return entry;
}

Entry receipt_entry(const Receipt& receipt, const std::string& media_type, const std::string& bytes, const Writer& writer) {
    Entry entry = entry_by("receipt", writer);
    set_text(entry, "filing", receipt.filing);
    set_text(entry, "at", receipt.at);
    set_text(entry, "reference", receipt.reference);
    set_text(entry, "note", receipt.note);
    if (bytes.empty()) return entry;
    entry.artefacts.push_back({media_type, bytes});
    entry.fields["receipt_artefact"] = json_text(entry.artefacts.back().reference());
    return entry;
}

Entry mass_entry(const MassRun& run, const Writer& writer) {
    Entry entry = entry_by("mass", writer);
    set_text(entry, "filing", run.filing);
    set_text(entry, "first", run.first);
    set_text(entry, "last", run.last);
    for (const auto& [name, count] : {std::pair<const char*, std::uint64_t>{"to_send", run.to_send}, {"sent", run.sent}, {"returned", run.returned}, {"unreachable", run.unreachable}}) entry.fields[name] = json_seq(count);
    return entry;
}

std::vector<Attempt> attempts_of(const std::vector<RecordedEntry>& entries) {
    std::vector<Attempt> found;
    for (const RecordedEntry& entry : entries)
        if (entry.leaf.kind == "attempt") found.push_back(attempt_of(entry));
    return found;
}

std::string next_for_draft(const std::vector<RecordedEntry>& entries, const PacketDraft& draft) {
    FiledNotice unsent;
    for (const Attempt& attempt : attempts_of(entries))
        if (attempt.draft == draft.entry) unsent.attempts.push_back(attempt);
    for (const RecordedEntry& entry : entries)
        if (entry.leaf.kind == "plan" && subject_of(field_value(entry, "subject")) == draft.subject) unsent.plan = plan_of(entry);
    const bool failed = !unsent.attempts.empty() && (unsent.attempts.back().result == "failed" || unsent.attempts.back().result == "undelivered");
    return failed ? next_channel(unsent) : std::string();
}

std::vector<FiledNotice> filings_of(const std::vector<RecordedEntry>& entries, Instant now) {
    std::vector<FiledNotice> filings;
    for (const RecordedEntry& entry : entries)
        if (entry.leaf.kind == "filing") filings.push_back(filing_of(entry));
    const auto attempts = attempts_of(entries);
    for (FiledNotice& filing : filings) {
        for (const Attempt& attempt : attempts)
            if (attempt.draft == filing.draft) filing.attempts.push_back(attempt);
        for (const RecordedEntry& entry : entries) {
            if (entry.leaf.kind == "receipt" && field_text(entry, "filing") == filing.id) filing.receipts.push_back(receipt_of(entry));
            if (entry.leaf.kind == "mass" && field_text(entry, "filing") == filing.id) filing.mass = mass_of(entry);
            if (entry.leaf.kind == "plan" && subject_of(field_value(entry, "subject")) == filing.subject) filing.plan = plan_of(entry);
        }
    }
    for (FiledNotice& filing : filings) judge_state(filing, filings, now);
    return filings;
}

}  // namespace duenotice
