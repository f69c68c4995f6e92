#pragma once
// One entry of a record and its leaf. An entry is what somebody writes down: a kind, who recorded it, when it was true,
// fields with content, and references. The leaf is what the tree holds of it for ever: canonical JSON with a salted
// commitment for each field, so that no personal data enter the tree. Members of a leaf:
//
//     v (1), seq (place in the tree, from 0), kind, incident (its code), rec (recorded at, UTC, microseconds; a claim, the
//     order is seq), actor (a code; said, not proven), idem (key under which the writer may try again), commits
//     {field: commitment}, and where given valid_from, valid_to (when it was true in the world), refs {name: text or
//     whole number}.
//
// A leaf is read back strictly: other members, another order or another spelling are refused.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/record/artefact.h"
#include "engine/record/commitment.h"

namespace duenotice {

using Reference = std::variant<std::string, std::int64_t>;

struct Entry {
    std::string kind;   ///< [a-z][a-z0-9-]*
    std::string actor;  ///< an id
    std::string idem;   ///< an id; one entry a key
    std::string valid_from, valid_to;  ///< empty or `YYYY-MM-DDTHH:MM:SSZ`
    std::map<std::string, JsonValue> fields;
    std::map<std::string, Reference> refs;
    std::vector<ArtefactBytes> artefacts;  ///< those that it names and the record may lack
};

struct Leaf {
    std::uint64_t seq = 0;
    std::string kind, incident, rec, actor, idem, valid_from, valid_to;
    std::map<std::string, std::string> commits;
    std::map<std::string, Reference> refs;
};

inline constexpr std::size_t leaf_most_bytes = 65535;

/// The canonical bytes of the leaf.
std::string leaf_bytes(const Leaf& leaf);
/// The leaf, or what is wrong with its bytes.
std::variant<Leaf, std::string> parse_leaf(std::string_view bytes);

/// The artefacts that `refs` names; a malformed reference is passed over.
std::vector<ArtefactName> artefacts_of(const std::map<std::string, Reference>& refs);

/// What keeps an entry from being recorded; empty when nothing does.
std::string entry_mistake(const Entry& entry);

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ` of microseconds since 1970.
std::string record_time(std::int64_t microseconds);
/// Microseconds, or empty when the text is not in the form of record_time.
std::optional<std::int64_t> parse_record_time(std::string_view text);

}  // namespace duenotice
