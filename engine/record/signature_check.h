#pragma once
// The signatures of persons in a record, as whoever verifies finds them: each approval and confirmation was signed for this
// record, by the account that recorded it, with the key that was registered for the account when the entry was written, and
// for the draft (its bytes) or the decision (its leaf) that the entry names. Whoever holds the key of the record can write an
// entry under any account; only this shows that the person did not sign it.
//
// It says who signed what, not whether that has an effect: what is void for another reason (a later draft, the same person,
// a role) is in the sheets of the record. In a record in which nobody was granted anything no key is known beforehand, and
// a signature is held against the key that stands beside it. What was erased or is withheld cannot be judged, and is no fault.

#include "engine/record/case_file.h"
#include "engine/record/leaf_chain.h"

namespace duenotice {

struct SignatureVerdict {
    std::uint64_t good = 0;
    std::vector<Finding> wrong;     ///< forged, or signed with another key or for something else
    std::vector<Finding> unjudged;  ///< approvals and confirmations of which too little is given
};

/// Whether the content of entries of this kind is looked at.
bool bears_on_signatures(const std::string& kind);

/// `content` has what is given of entries of those kinds.
SignatureVerdict check_signatures(const LeafChain& chain, const std::map<FieldOfEntry, JsonValue>& content);

}  // namespace duenotice
