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

}  // namespace duenotice
