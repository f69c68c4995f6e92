#pragma once
// What became of what was sent: plan with channels in order, attempts, filings, receipts, mass runs. Nothing here sends
// anything; people do, and write down what happened. Undelivered goes to the next channel of the plan and then to a
// person; silence after the set time is a state of its own. The timing of a filing is kept as it was read when it was
// recorded and never counted again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/packet_draft.h"

namespace duenotice {

struct DeliveryPlan {
    std::uint64_t entry = 0;
    PacketSubject subject;
    std::vector<std::string> channels, contacts;  ///< in order
    std::uint64_t silent_after_minutes = 0;       ///< 0: no time was set
};

struct Attempt {
    std::uint64_t entry = 0, draft = 0;
    std::string channel, at, result, note, actor;  ///< result: sent, failed, undelivered, oral
};

struct Receipt {
    std::uint64_t entry = 0;
    std::string filing, at, reference, note, artefact, actor;
};

struct MassRun {
    std::uint64_t entry = 0;
    std::string filing, first, last, actor;
    std::uint64_t to_send = 0, sent = 0, returned = 0, unreachable = 0;
};

/// The timing words of a filing, frozen.
struct FrozenTiming {
    std::string word, safe, maximum;
};

struct FiledNotice {
    std::uint64_t entry = 0, draft = 0;
    PacketSubject subject;
    std::string id, recorded, actor, kind, channel, at, reference, supersedes, send_sha256;
    std::string emergency;                  ///< reason of who filed alone; empty: four eyes
    std::string nearness;                   ///< of an emergency: how far the limit was then
    std::vector<std::string> approved_by;   ///< accounts
    std::string act;                        ///< submitted, dispatched, published; empty: not kept
    FrozenTiming timing;
    std::vector<std::string> readings;      ///< of the limit, each with whether it was kept, as they were read then
    std::vector<Attempt> attempts;          ///< of its draft
    std::vector<Receipt> receipts;
    std::optional<MassRun> mass;            ///< the newest count
    std::optional<DeliveryPlan> plan;

    enum class State : std::uint8_t { Waiting, Silent, Undelivered, Acknowledged, Superseded, Withdrawn };
    State state = State::Waiting;
    std::string next;  ///< the next channel, or `a person`; empty where nothing is to be done
};
std::string_view name(FiledNotice::State state);

inline constexpr std::string_view filing_kinds[] = {"first", "amendment", "correction", "withdrawal", "reclassification", "voluntary"};
inline constexpr std::string_view attempt_results[] = {"sent", "failed", "undelivered", "oral"};

Entry plan_entry(const DeliveryPlan& plan, const Writer& writer);
Entry attempt_entry(const Attempt& attempt, const Writer& writer);
Entry filing_entry(const FiledNotice& filing, const Writer& writer);
/// `bytes` of what came back are kept.
Entry receipt_entry(const Receipt& receipt, const std::string& media_type, const std::string& bytes, const Writer& writer);
Entry mass_entry(const MassRun& run, const Writer& writer);

/// Filings in the order of their entries, each with what became of it by `now`.
std::vector<FiledNotice> filings_of(const std::vector<RecordedEntry>& entries, Instant now);
std::vector<Attempt> attempts_of(const std::vector<RecordedEntry>& entries);
/// For a draft that is not filed: the next channel of its plan, or `a person`, once its last attempt failed; else empty.
std::string next_for_draft(const std::vector<RecordedEntry>& entries, const PacketDraft& draft);

}  // namespace duenotice
