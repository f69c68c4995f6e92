// `case file`: a packet went out. Refused without a valid approval of exactly these bytes; one person alone may file with
// a reason, and that stays loud. What was told becomes statements, the timing is kept as it is read now.
#include <algorithm>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/delivery.h"
#include "engine/record/entry_fields.h"
#include "engine/record/matter_decision.h"
#include "reports/escape.h"
#include "reports/wording.h"
#include "tools/case_command.h"
#include "tools/case_notice.h"

namespace duenotice {

namespace {

struct FileOptions {
    CaseWriterOptions writer;
    std::uint64_t draft = 0;
    std::string id, at, act = "submitted", channel, reference, kind = "first", supersedes, folder, break_glass;
    bool though_not_near = false;
};

constexpr std::int64_t near_seconds = std::int64_t{24} * 3600;  ///< a second person can be found within a day

/// How far the limit of a notice was when one person alone sent it, and whether that was near.
struct Nearness {
    std::string words;
    bool near = true;
};

Nearness nearness_of(const Deadline& deadline, Instant at) {
    const auto limit = deadline.safe ? deadline.safe : deadline.counted;
    if (!limit) return deadline.kind() == DeadlineKind::Promptly ? Nearness{"the law gives no number", true} : Nearness{"NOT NEAR ITS LIMIT: none was running that can be counted", false};
    const std::int64_t left = limit->seconds - at.seconds;
    if (left < 0) return {fmt::format("{} after its limit of {}", duration_words(left), iso_utc(*limit)), true};
    if (left < near_seconds) return {fmt::format("{} before its limit of {}", duration_words(left), iso_utc(*limit)), true};
    return {fmt::format("NOT NEAR ITS LIMIT: {} before {}", duration_words(left), iso_utc(*limit)), false};
}

/// `b, day counted: 2026-11-21T22:00:00Z, kept`, a line each limb and reading of the limit.
std::vector<std::string> reading_words(const Deadline& deadline, Instant at) {
    std::vector<std::string> lines;
    for (const Alternative& alternative : deadline.alternatives)
        for (const ReadingLimit& reading : alternative.readings) {
            std::string which = alternative.limb;
            for (const std::string* part : {&alternative.reading, &reading.label})
                if (!part->empty()) which += (which.empty() ? "" : ", ") + *part;
            std::string line = fmt::format("{}{}, {}", which.empty() ? "" : which + ": ", iso_utc(reading.end), at <= reading.end ? "kept" : "NOT KEPT");
            if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
        }
    return lines;
}

/// `L-01`, the first that is free.
std::string fresh_id(const Incident& incident) {
    for (std::size_t number = incident.filings.size() + 1;; ++number) {
        const std::string id = fmt::format("L-{:02}", number);
        if (std::none_of(incident.filings.begin(), incident.filings.end(), [&](const Filing& filing) { return filing.id == id; })) return id;
    }
}

/// The filing as the account has it.
Entry part_of(const FiledNotice& filing, const FileOptions& asked, const Duty& duty, const Incident& incident, const Writer& writer) {
    JsonValue members = json_object();
    json_add(members, "obligation", json_text(filing.subject.obligation));
    json_add(members, "entity", json_text(filing.subject.entity));
    json_add(members, "recipient", json_text(filing.subject.recipient));
    json_add(members, asked.act + "_at", json_text(filing.at));
    for (const auto& [name, text] : {std::pair<const char*, std::string>{"channel", filing.channel}, {"reference", filing.reference}, {"supersedes", filing.supersedes}})
        if (!text.empty()) json_add(members, name, json_text(text));
    // WHY: what takes a notice back is no notice; without this the duty would read as met by its own withdrawal.
    if (filing.kind == "withdrawal") json_add(members, "withdrawn_at", json_text(filing.at));
    JsonValue covers = json_object();
    // A population that no file names cannot be named by a filing.
    const bool implicit = duty.frame.population >= 0 && incident.populations[static_cast<std::size_t>(duty.frame.population)].implicit;
    for (const auto& [name, id] : {std::pair<const char*, std::string>{"population", implicit ? std::string() : duty.population}, {"place", duty.place}, {"contract", duty.contract}, {"event", duty.event}, {"series", duty.series}})
        if (!id.empty()) json_add(covers, name, json_text(id));
    if (!covers.members.empty()) json_add(members, "covers", std::move(covers));
    return part_entry({"filings", filing.id}, members, writer);
}

/// The members of a filing as the account has it now.
std::optional<JsonValue> filing_members(const std::vector<RecordedEntry>& entries, const std::string& id) {
    std::optional<JsonValue> members;
    for (const RecordedEntry& entry : entries) {
        const JsonValue *path = field_value(entry, "path"), *found = field_value(entry, "members");
        if (entry.leaf.kind == "part" && path != nullptr && found != nullptr && path->items.size() == 2 && path->items[0].text == "filings" && path->items[1].text == id) members = *found;
    }
    return members;
}

/// A filing that takes an earlier one back: that one says when, and so do those whose place it took, since it stood for them.
void add_withdrawn(const FiledNotice& filing, const CaseWriting& writing, std::vector<Entry>& entries) {
    if (filing.kind != "withdrawal") return;
    std::set<std::string> seen;
    for (std::string id = filing.supersedes; !id.empty() && seen.insert(id).second;) {
        auto members = filing_members(writing.entries(), id);
        if (!members) return;
        const std::string before = member_text(*members, "supersedes");
        if (members->find("withdrawn_at") == nullptr) {
            json_add(*members, "withdrawn_at", json_text(filing.at));
            entries.push_back(part_entry({"filings", id}, *members, writing.numbered(entries.size())));
        }
        id = before;
    }
}

class FilingRecorder {
public:
    FilingRecorder(Session& session, const FileOptions& asked, const CaseProgram& program) : session_(session), asked_(asked), program_(program), writing_(asked.writer, program.clock(), asked.break_glass.empty() ? Deed::File : Deed::BreakGlass), draft_(draft_asked(writing_, asked.draft)) {}

    int run() {
        if (writing_.again("part", program_.out, [&](const RecordedEntry& entry) { return is_this(entry); })) return exit_code::done;
        check_once();
        const auto incident = writing_.read_account(session_, {});
        const Assessment assessment = session_.assess(incident);
        const auto notice = notice_now(session_, assessment, draft_.subject);
        if (!notice) refuse(asked_.writer.file, "the law sends nothing to that recipient on the facts recorded");
        check_bytes();
        FiledNotice filing = filing_of(*incident);
        approve(filing, assessment, notice->duty->deadline);
        std::vector<Entry> entries = {part_of(filing, asked_, *notice->duty, *incident, writing_.numbered(0))};
        add_withdrawn(filing, writing_, entries);
        freeze(filing, entries);
        std::vector<std::string> gaps;
        const ToldNotice told{0, filing.id, filing.at, filing.subject, told_fields(*notice, *incident, sent_fields(kept_bytes(writing_.file(), draft_, "form.json"), gaps), current_statements(writing_.entries()))};
        entries.push_back(filing_entry(filing, writing_.numbered(entries.size())));
        entries.push_back(told_entry(told, writing_.numbered(entries.size())));
        if (!filing.emergency.empty()) entries.push_back(decision_entry(emergency(filing), writing_.numbered(entries.size())));
        writing_.record(entries, program_.out);
        program_.out << fmt::format("{} of {} to {}: {}{}\n", filing.id, escape_terminal(filing.subject.duty), escape_terminal(filing.subject.recipient), filing.timing.word, filing.emergency.empty() ? "" : "; EMERGENCY: one person alone, " + filing.nearness);
        program_.out << fmt::format("told: {} fields, {} not yet known\n", told.fields.size(), gaps.size());
        return exit_code::done;
    }

private:
    /// Whether the part is the filing of this command.
    bool is_this(const RecordedEntry& entry) const {
        const JsonValue* members = field_value(entry, "members");
        const bool same = members != nullptr && member_text(*members, asked_.act + "_at") == asked_.at && member_text(*members, "channel") == asked_.channel && member_text(*members, "recipient") == draft_.subject.recipient;
        return same && member_text(*members, "obligation") == draft_.subject.obligation;
    }

    /// One draft goes out once: a second filing of it would be a second notice that nobody sent.
    void check_once() const {
        for (const FiledNotice& filing : filings_of(writing_.entries(), program_.options.as_of))
            if (filing.draft == draft_.entry) refuse(asked_.writer.file, fmt::format("entry {} went out as {}", draft_.entry, filing.id), "`case attempt` records a further try; another notice is another draft");
    }

    void check_bytes() const {
        if (!asked_.folder.empty() && send_digest(read_send_folder(asked_.folder)) != draft_.send_sha256) refuse(asked_.writer.file, fmt::format("{}/send is not what entry {} drafted", asked_.folder, draft_.entry), "what goes out is what was approved; draft and approve it anew");
    }

    FiledNotice filing_of(const Incident& incident) const {
        FiledNotice filing;
        filing.draft = draft_.entry;
        filing.subject = draft_.subject;
        filing.id = asked_.id.empty() ? fresh_id(incident) : asked_.id;
        filing.kind = asked_.kind;
        filing.act = asked_.act;
        filing.channel = asked_.channel;
        filing.at = asked_.at;
        filing.reference = asked_.reference;
        filing.supersedes = asked_.supersedes;
        filing.send_sha256 = draft_.send_sha256;
        if (asked_.kind != "first" && asked_.kind != "voluntary" && asked_.supersedes.empty()) refuse(asked_.writer.file, fmt::format("a filing of kind `{}` says which one it --supersedes", asked_.kind));
        if (std::any_of(incident.filings.begin(), incident.filings.end(), [&](const Filing& other) { return other.id == filing.id; })) refuse(asked_.writer.file, fmt::format("there is a filing `{}`", filing.id));
        return filing;
    }

    void approve(FiledNotice& filing, const Assessment& assessment, const Deadline& deadline) const {
        const auto approvals = approvals_of(writing_.entries(), writing_.file().origin(), state_now(session_, assessment));
        const auto valid = valid_for(approvals, draft_.entry);
        for (const Approval* approval : valid) filing.approved_by.push_back(approval->actor);
        if (!valid.empty()) return;
        if (!asked_.break_glass.empty()) {
            break_glass(filing, deadline);
            return;
        }
        std::string why = "nobody approved it";
        for (const Approval& approval : approvals)
            if (approval.draft == draft_.entry) why = fmt::format("its approval is void: {}", approval.void_because);
        refuse(asked_.writer.file, fmt::format("entry {} may not go out: {}", draft_.entry, why), "a second person approves it; --break-glass REASON files alone, and stays loud");
    }

    /// One person alone; while the limit is far there is time for a second one, and whoever goes on says so.
    void break_glass(FiledNotice& filing, const Deadline& deadline) const {
        const auto at = parse_instant(asked_.at);
        if (!at) refuse(asked_.writer.file, fmt::format("`{}` is not an instant", asked_.at), "write it as 2026-11-21T02:10+01:00");
        const Nearness nearness = nearness_of(deadline, *at);
        if (!nearness.near && !asked_.though_not_near) refuse(asked_.writer.file, nearness.words + ": there is time for a second person", "`case approve` by another; if it went out all the same, --though-not-near records it, and it stays loud");
        filing.emergency = asked_.break_glass;
        filing.nearness = nearness.words;
    }

    /// The words and limits as the account with this filing reads.
    void freeze(FiledNotice& filing, const std::vector<Entry>& entries) const {
        const Assessment after = session_.assess(writing_.read_account(session_, entries));
        const Duty* found = after.find(filing.subject.duty);
        if (found == nullptr) return;
        Duty duty = *found;  // done is per recipient: the words are those of this one
        for (const Recipient& recipient : duty.recipients)
            if (recipient.id == filing.subject.recipient) duty.timing = recipient.timing;
        // WHY: what follows another filing comes later than the first, and it is the first that meets the limit.
        const std::string follows = filing.supersedes.empty() ? "" : "; said of the duty, this filing follows " + filing.supersedes;
        filing.timing = {timing_words(duty) + follows, duty.deadline.safe ? iso_utc(*duty.deadline.safe) : "", duty.deadline.maximum ? iso_utc(*duty.deadline.maximum) : ""};
        if (const auto at = parse_instant(filing.at)) filing.readings = reading_words(duty.deadline, *at);
    }

    MatterDecision emergency(const FiledNotice& filing) const {
        MatterDecision decision;
        decision.what = "emergency";
        decision.duty = filing.subject.duty;
        decision.reasons = filing.emergency;
        decision.nearness = filing.nearness;
        return decision;
    }

    Session& session_;
    const FileOptions& asked_;
    const CaseProgram& program_;
    CaseWriting writing_;
    PacketDraft draft_;
};

}  // namespace

void add_case_filing(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<FileOptions>();
    CLI::App* file = matter.add_subcommand("file", "record that a packet went out (people send it): filing, timing, what was told");
    add_writer_options(*file, asked->writer);
    file->add_option("DRAFT", asked->draft, "entry of the draft that was sent")->required();
    file->add_option("--at", asked->at, "when it went out, with offset")->required();
    file->add_option("--act", asked->act, "what was done then: submitted, dispatched, published")->check(CLI::IsMember({"submitted", "dispatched", "published"}));
    file->add_option("--channel", asked->channel, "portal, mail, phone, letter, ...")->required();
    file->add_option("--id", asked->id, "code of the filing; default: L-01, L-02, ...");
    file->add_option("--reference", asked->reference, "reference that the recipient gave");
    file->add_option("--kind", asked->kind, "first, amendment, correction, withdrawal, reclassification, voluntary")->check(CLI::IsMember(std::vector<std::string>(std::begin(filing_kinds), std::end(filing_kinds))));
    file->add_option("--supersedes", asked->supersedes, "the filing that it follows");
    file->add_option("--packet", asked->folder, "folder that was sent from: refused when its send/ is not what was drafted");
    file->add_option("--break-glass", asked->break_glass, "reason for filing without a second person; a decision of its own records it");
    file->add_flag("--though-not-near", asked->though_not_near, "with --break-glass: it went out alone though its limit was more than 24 h away");
    on_chosen_with_law(*file, program, asked->writer.file, [asked, program](Session& session) { return FilingRecorder(session, *asked, program).run(); });
}

}  // namespace duenotice
