#pragma once
// Whether a bundle is a whole record as it was signed, in the order of VERIFY.md. Nothing in the folder is believed: sums
// over every file, the signature of the head by the key that was handed over, the root made again of all leaf hashes, each
// leaf against its hash and the ones before it, content against its commitment, each field given, withheld or erased,
// artefacts against their names, proofs, time stamps, and the head that somebody kept. tools/verify_bundle.py does the
// same with the standard library of Python and `openssl`, tools/verify_signatures.py what signature_check.h does; replay is
// for this program alone.

#include <set>

#include "engine/record/bundle.h"
#include "engine/record/record_verifier.h"

namespace duenotice {

struct BundleOutside {
    Outside kept;
    std::string authorities_pem;  ///< certificates of stamping authorities; empty: signatures of time stamps are not looked at
    bool replay = true;           ///< make the account again, and hand out the entries for what was assessed
};

struct BundleVerdict {
    std::string incident, edition, key;
    std::uint64_t entries = 0, openings = 0, withheld = 0, erased = 0, artefacts = 0, proofs = 0, tokens = 0;
    Digest root{};
    std::vector<Finding> findings;  ///< at most 100
    std::optional<std::uint64_t> first_bad;
    std::vector<RecordedEntry> content;      ///< with what is given; only of a bundle that is whole, with `replay`
    std::set<FieldOfEntry> withheld_fields;
    SignatureVerdict signatures;
    /// Entries, content and order are what the key of the record signed; what persons signed may be forged all the same.
    bool whole() const { return findings.empty(); }
    bool holds() const { return whole() && signatures.wrong.empty(); }
};

BundleVerdict verify_bundle(const BundleFiles& files, const BundleOutside& outside = {});

}  // namespace duenotice
