#include "tools/case_notice.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/packet.h"
#include "tools/atomic_file.h"
#include "tools/told_lines.h"

namespace duenotice {

std::map<std::string, std::string> read_send_folder(const std::string& folder) {
    std::map<std::string, std::string> files;
    const std::string root = folder + "/send";
    for (const std::string& path : files_under(root, "")) files[std::filesystem::path(path).lexically_relative(root).generic_string()] = read_file(path);
    if (files.empty()) throw FileError(root, "holds no file");
    return files;
}

PacketDraft draft_asked(const CaseWriting& writing, std::uint64_t entry) {
    if (entry < writing.entries().size())
        if (auto draft = read_draft(writing.entries()[static_cast<std::size_t>(entry)])) return std::move(*draft);
    refuse(writing.path(), fmt::format("entry {} is no draft", entry), "`case draft` records a packet");
}

std::string kept_bytes(const CaseFile& file, const PacketDraft& draft, const std::string& name) {
    const auto reference = draft.files.find(name);
    const auto artefact = reference == draft.files.end() ? std::nullopt : parse_artefact_reference(reference->second);
    const auto kept = artefact ? file.store().artefact(artefact->sha256) : std::nullopt;
    if (!kept) throw FileError(file.path(), fmt::format("send/{} of entry {} is not kept", name, draft.entry));
    return kept->bytes;
}

bool page_is_of_form(const std::map<std::string, std::string>& send) {
    const auto page = send.find(std::string(form_page)), form = send.find("form.json");
    return page == send.end() || (form != send.end() && page->second == page_of_form(form->second));
}

std::string file_lines(const PacketDraft& draft) {
    std::string lines;
    for (const auto& [name, reference] : draft.files)
        if (const auto artefact = parse_artefact_reference(reference)) lines += fmt::format("  {}  send/{}\n", artefact->sha256, escape_terminal(name));
    return lines;
}

std::vector<std::string> contradicting_fields(Session& session, const CaseWriting& writing, const PacketDraft& draft, const NoticeNow& notice, const Incident& incident) {
    std::vector<std::string> gaps, found;
    const auto sent = sent_fields(kept_bytes(writing.file(), draft, "form.json"), gaps);
    std::vector<std::string> gaps_of_law;
    const auto of_law = sent_fields(notice.send.at("form.json"), gaps_of_law);
    const auto add = [&](const std::string& id) {
        if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    };
    for (const SentField& field : sent) {
        const auto same = std::find_if(of_law.begin(), of_law.end(), [&](const SentField& each) { return each.id == field.id; });
        if (same != of_law.end() && same->value != field.value) add(field.id);
    }
    for (const std::string& gap : gaps)
        if (std::any_of(of_law.begin(), of_law.end(), [&](const SentField& each) { return each.id == gap; })) add(gap);
    if (draft.files.count(std::string(form_page)) > 0 && !page_is_of_form({{std::string(form_page), kept_bytes(writing.file(), draft, std::string(form_page))}, {"form.json", kept_bytes(writing.file(), draft, "form.json")}})) add(std::string(form_page));
    const auto notices = told_of(writing.entries());
    const auto fields = told_fields(notice, incident, sent, current_statements(writing.entries()));
    for (const ToldLine& line : told_lines(session, writing.entries(), notices, writing.path())) {
        if (line.now != ToldNow::Contradicts || !line.newest) continue;
        for (const ToldField& field : fields)
            if (field.fact == line.field->fact && field.path == line.field->path) add(field.field);
    }
    return found;
}

std::vector<OpenItem> open_items_now(Session& session, const std::vector<RecordedEntry>& entries, const Assessment& assessment, const std::string& case_file) {
    std::vector<OpenItem> items;
    const auto notices = told_of(entries);
    for (const ToldLine& line : told_lines(session, entries, notices, case_file))
        if (line.newest && line.now == ToldNow::Contradicts) items.push_back({OpenItem::Kind::Contradicts, line.notice->filing + " " + line.field->fact, {}, "told " + line.notice->subject.recipient + " `" + line.field->value + "`, now `" + line.value_now + "`", {}});
    return open_items(entries, assessment, std::move(items));
}

StateNow state_now(const Session& session, const Assessment& assessment) {
    return [&session, &assessment](const PacketSubject& subject) {
        const auto notice = notice_now(session, assessment, subject);
        return notice ? notice->state_sha256 : std::string();
    };
}

}  // namespace duenotice
