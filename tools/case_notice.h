#pragma once
// What the commands on drafts, approvals and filings share.

#include <map>
#include <string>
#include <vector>

#include "engine/record/closing.h"
#include "tools/case_writing.h"
#include "tools/notice_now.h"

namespace duenotice {

/// The files of FOLDER/send by their names there.
std::map<std::string, std::string> read_send_folder(const std::string& folder);

/// Refused where the entry is no draft.
PacketDraft draft_asked(const CaseWriting& writing, std::uint64_t entry);
/// A kept file of `send/`; FileError where its bytes were erased.
std::string kept_bytes(const CaseFile& file, const PacketDraft& draft, const std::string& name);

/// Whether the page of a draft is the one that its form.json makes; true where there is none.
bool page_is_of_form(const std::map<std::string, std::string>& send);
/// The files of a draft with their SHA-256, a line each: what is signed.
std::string file_lines(const PacketDraft& draft);

/// Ids of fields that say something else than was told before, or than the facts that the law fills them from; that are
/// left open though it fills them; `form.html` where it is not what form.json makes.
std::vector<std::string> contradicting_fields(Session& session, const CaseWriting& writing, const PacketDraft& draft, const NoticeNow& notice, const Incident& incident);

/// What is open in the matter now, with values told that are no longer possible.
std::vector<OpenItem> open_items_now(Session& session, const std::vector<RecordedEntry>& entries, const Assessment& assessment, const std::string& case_file);

/// The digest of what each notice rests on now.
StateNow state_now(const Session& session, const Assessment& assessment);

}  // namespace duenotice
