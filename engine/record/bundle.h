#pragma once
// The evidence bundle: one folder from which somebody who trusts nobody sees that the record is whole, in order and as it
// was signed, with `sha256sum`, `openssl` and short public scripts (tools/verify_bundle.py, tools/verify_signatures.py) or with `duenotice verify`.
//
//     leaves.jsonl       every leaf, one a line, the bytes that were hashed
//     leafhashes.bin     32 bytes a leaf, in order: the root is made of them, so that nothing can be left out
//     openings.jsonl     {"field","salt","seq","value"}: content that the commitments in the leaves fix
//     withheld.jsonl     {"field","ground","seq"}: content that this edition leaves out; what was erased stands in leaves
//     checkpoint.note    the signed head
//     artefacts/HASH     law, calendars, zones, assessments, what was sent: named by entries
//     proofs/SEQ.tlog-proof   C2SP tlog-proof of each entry that is no fact and no part
//     tokens/SEQ.tsr, .text   RFC 3161 time stamps and the lines of the checkpoint that each covers
//     evidence.xlsx, evidence.jsonl   where asked for: the workbook, and the same values as JSON lines
//     account.json       the account that the entries make, where nothing is withheld
//     manifest.json, SHA256SUMS, VERIFY.md
//
// The same record, edition and files beside it make the same bytes.

#include <map>
#include <string>

#include "engine/record/case_file.h"
#include "engine/record/redaction.h"

namespace duenotice {

/// Bytes by path within the folder.
using BundleFiles = std::map<std::string, std::string>;

struct BundleRequest {
    std::string edition;                          ///< an id: counsel, auditor, ...
    std::map<FieldOfEntry, std::string> withheld;  ///< with its ground
    BundleFiles beside;                           ///< workbook, pages: covered by the sums
};

/// RecordError where the record cannot be read; EntryRefused where what is withheld is not there.
BundleFiles make_bundle(const CaseFile& file, const BundleRequest& request);

/// SHA256SUMS of the other files, as `sha256sum -c` reads it.
std::string bundle_sums(const BundleFiles& files);

}  // namespace duenotice
