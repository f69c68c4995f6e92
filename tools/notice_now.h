#pragma once
// A notice as the record and the law make it now: the packet of a duty and a recipient, its fields with the statements of
// facts that they were filled from, and a digest of all that it rests on. Approvals compare that digest; statements told
// are compared with the facts.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/approval.h"
#include "engine/record/told.h"
#include "reports/packet.h"
#include "tools/session.h"

namespace duenotice {

struct NoticeNow {
    const Duty* duty = nullptr;
    Packet packet;
    std::map<std::string, std::string> send;  ///< names under send/
    std::string state_sha256;
};

/// The frame of a ground fact, or of a duty, as a path with all its parts.
AccountPath frame_path(const Frame& frame, const Incident& incident);

/// Empty where the duty or the recipient is not on the list any more.
std::optional<NoticeNow> notice_now(const Session& session, const Assessment& assessment, const PacketSubject& subject);

/// The value of each field that is filled, by id, as form.json of `send/` has it; `gaps` gets the ids of those that are not.
struct SentField {
    std::string id, label, value;
};
std::vector<SentField> sent_fields(const std::string& form_json, std::vector<std::string>& gaps);

/// The fields as statements: where each comes from, by the statements that count.
std::vector<ToldField> told_fields(const NoticeNow& notice, const Incident& incident, const std::vector<SentField>& sent, const std::vector<CurrentStatement>& statements);

/// The set of values of a fact as an account states it; empty when it does not.
std::optional<Known> known_of(const Incident& incident, const RuleBook& law, const std::string& fact, const AccountPath& path);

/// One field told once, and how it stands to what is known now.
struct ToldLine {
    const ToldNotice* notice = nullptr;
    const ToldField* field = nullptr;
    ToldNow now = ToldNow::Same;
    std::string value_now;
    bool newest = true;  ///< nothing later told the same recipient this fact
};
/// Of the notices in order; those that were filled by hand are left out. `case_path` is for messages.
std::vector<ToldLine> told_lines(Session& session, const std::vector<RecordedEntry>& entries, const std::vector<ToldNotice>& notices, const std::string& case_path);

}  // namespace duenotice
