#include "engine/record/request.h"

#include "engine/record/entry_fields.h"

namespace duenotice {

Entry request_entry(const Request& request, const Writer& writer) {
    Entry entry = entry_by("request", writer);
    const std::pair<const char*, const std::string*> texts[] = {{"request", &request.kind}, {"from", &request.from}, {"form", &request.form}, {"received", &request.received}, {"asks", &request.asks}, {"limit", &request.limit}, {"duty", &request.duty}, {"follows", &request.follows}};
    for (const auto& [name, text] : texts) set_text(entry, name, *text);
    return entry;
}

Entry answer_entry(std::uint64_t request, const std::string& at, const std::string& filing, const std::string& note, const Writer& writer) {
    Entry entry = entry_by("answer", writer);
    entry.refs["request"] = static_cast<std::int64_t>(request);
    set_text(entry, "at", at);
    set_text(entry, "filing", filing);
    set_text(entry, "note", note);
    return entry;
}

std::vector<Request> requests_of(const std::vector<RecordedEntry>& entries) {
    std::vector<Request> found;
    for (const RecordedEntry& entry : entries) {
        if (entry.leaf.kind == "request")
            found.push_back({entry.leaf.seq, entry.leaf.rec, entry.leaf.actor, field_text(entry, "request"), field_text(entry, "from"), field_text(entry, "form"), field_text(entry, "received"), field_text(entry, "asks"), field_text(entry, "limit"), field_text(entry, "duty"), field_text(entry, "follows"), {}, {}, {}, {}});
        if (entry.leaf.kind != "answer") continue;
        for (Request& request : found) {
            if (ref_entry(entry.leaf, "request") != request.entry) continue;
            request.answered_by = entry.leaf.seq;
            request.answer = field_text(entry, "note");
            request.answer_filing = field_text(entry, "filing");
            request.answered_at = field_text(entry, "at");
        }
    }
    return found;
}

std::vector<LimitOnRecord> limits_on_record(const std::vector<RecordedEntry>& entries) {
    std::vector<LimitOnRecord> found;
    for (const Request& request : requests_of(entries)) {
        const auto until = parse_instant(request.limit);
        if (request.duty.empty() || !until || request.kind == "next-update" || (request.answered_by && request.kind != "extension")) continue;
        found.push_back({request.duty, request.kind, request.from, *until, request.entry});
    }
    return found;
}

Entry all_clear_entry(const std::string& by, const std::string& at, const std::string& reasons, const Writer& writer) {
    Entry entry = entry_by("all-clear", writer);
    set_text(entry, "by", by);
    set_text(entry, "at", at);
    set_text(entry, "reasons", reasons);
    return entry;
}

}  // namespace duenotice
