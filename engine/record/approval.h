#pragma once
// Approvals: a second person says that exactly these bytes may go out. The person signs a statement with a key of their
// own; the statement names the record, the draft and the digest of its bytes, so that it cannot be moved to another packet,
// another matter or another record. An approval is void once its signature does not hold, a later draft takes the place of
// the one that it names, it was withdrawn, the account has lost its role or its key, or what the notice rests on (facts,
// verdict, deadline, law) is no longer what it was.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/record/access.h"
#include "engine/record/packet_draft.h"
#include "engine/record/signed_statement.h"

namespace duenotice {

/// What is signed; its bytes are the canonical JSON of it.
struct ApprovalStatement {
    std::string origin;  ///< of the record
    std::uint64_t draft = 0;
    PacketSubject subject;
    std::string send_sha256, state_sha256;  ///< of the bytes; of what they rest on
    std::string account, person, signed_at;
    std::vector<std::string> not_yet_known;          ///< gaps that go out as such, knowingly
    std::map<std::string, std::string> explained;    ///< field -> why it says something else than was told before
};
std::string statement_bytes(const ApprovalStatement& statement);

struct Approval {
    std::uint64_t entry = 0, draft = 0;
    std::string recorded, actor, person, author, key, signed_at, state_sha256, send_sha256;
    PacketSubject subject;
    std::vector<std::string> not_yet_known;        ///< of its statement
    std::map<std::string, std::string> explained;  ///< of its statement
    std::string void_because;  ///< empty: valid
    bool valid() const { return void_because.empty(); }
};

/// What the notice rests on now, as a digest; empty when it can no longer be said.
using StateNow = std::function<std::string(const PacketSubject&)>;

Entry approval_entry(const ApprovalStatement& statement, const SigningKey& own_key, const Writer& writer);
Entry withdraw_approval_entry(std::uint64_t approval, const std::string& reason, const Writer& writer);

/// Why what was signed is not this draft; empty when it is.
std::string approved_something_else(const SignedStatement& made, const PacketDraft& draft);

/// Of the record with this origin. Without `state_now` facts and law are not asked.
std::vector<Approval> approvals_of(const std::vector<RecordedEntry>& entries, const std::string& origin, const StateNow& state_now = {});

/// Those of the draft that are valid: without one it may not go out.
std::vector<const Approval*> valid_for(const std::vector<Approval>& approvals, std::uint64_t draft);

/// Why this person may not approve this draft; empty when they may. `contradictions` are fields that say something else
/// than was told before.
std::string approval_mistake(const ApprovalStatement& statement, const PacketDraft& draft, const std::vector<std::string>& contradictions, const PublicKey& key, const Access& access);

}  // namespace duenotice
