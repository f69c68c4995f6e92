#include "engine/record/erasure.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "engine/record/canonical_json.h"

namespace duenotice {

namespace {

std::vector<ArtefactName> artefacts_in(const Opening& opening) {
    std::vector<ArtefactName> named;
    if (!names_artefacts(opening.field)) return named;
    if (const auto value = read_canonical_source(std::make_shared<const SourceText>(opening.field, opening.value))) collect_artefacts(*value, named);
    return named;
}

/// Whether one of the needles stands in the file, read in pieces that overlap.
bool holds_any(const std::string& path, std::span<const std::string> needles) {
    std::size_t longest = 0;
    for (const std::string& needle : needles) longest = std::max(longest, needle.size());
    std::ifstream file(path, std::ios::binary);
    std::string window, piece(1U << 20U, '\0');
    while (file) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        window.append(piece, 0, static_cast<std::size_t>(file.gcount()));
        if (std::any_of(needles.begin(), needles.end(), [&](const std::string& needle) { return !needle.empty() && window.find(needle) != std::string::npos; })) return true;
        if (window.size() > longest) window.erase(0, window.size() - longest);
    }
    return false;
}

/// The text as JSON, HTML and XML write it, each spelling once.
std::set<std::string> spellings(const std::string& text) {
    const std::string json = canonical_string(text);
    std::set<std::string> all = {text, json.substr(1, json.size() - 2)};
    for (const char* apostrophe : {"'", "&#39;", "&apos;"})
        for (const char* quote : {"\"", "&quot;"}) {
            std::string markup;
            for (const char c : text) markup += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? quote : c == '\'' ? apostrophe : std::string(1, c);
            all.insert(std::move(markup));
        }
    return all;
}

constexpr std::size_t shortest_content = 8;  // shorter values stand everywhere

/// Content that was erased and that nothing else says: it must be in no byte.
void add_contents(const CaseFile& file, const std::vector<std::string>& contents, std::vector<std::string>& needles) {
    for (const std::string& content : contents)
        if (content.size() >= shortest_content && fields_holding(file, content).empty()) needles.push_back(content);
}

}  // namespace

Erased erase(CaseFile& file, std::span<const Entry> redactions, const SigningKey& key, RecordClock now) {
    Erased erased;
    std::vector<std::string> contents;
    for (const Entry& redaction : redactions) {
        const auto target = read_redaction({0, redaction.kind, "", "", redaction.actor, "", "", "", {}, redaction.refs});
        if (!target || target->entry >= file.size()) throw EntryRefused(file.path(), "there is no such entry");
        if (std::string sealed = file.store().sealed_content(target->entry); !sealed.empty()) erased.needles.push_back(std::move(sealed));
        for (const Opening& opening : file.store().openings(target->entry)) {
            if (opening.field != target->field) continue;
            erased.needles.push_back(opening.salt);
            if (!names_artefacts(opening.field)) contents.push_back(opening.value);
            for (const ArtefactName& name : artefacts_in(opening)) erased.needles.push_back(name.sha256);
        }
    }
    erased.written = file.append(redactions, key, now);
    // An artefact that something else names stays.
    std::erase_if(erased.needles, [&](const std::string& needle) { return file.store().has_artefact(needle); });
    add_contents(file, contents, erased.needles);
    return erased;
}

std::vector<std::string> files_holding(const std::string& path, std::span<const std::string> needles) {
    std::vector<std::string> found;
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        if (holds_any(path + ending, needles)) found.push_back(path + ending);
    return found;
}

std::vector<FieldOfEntry> fields_holding(const CaseFile& file, const std::string& text) {
    const std::set<std::string> spelled = spellings(text);
    const auto holds = [&](const std::string& bytes) { return std::any_of(spelled.begin(), spelled.end(), [&](const std::string& each) { return bytes.find(each) != std::string::npos; }); };
    std::set<std::string> artefacts;
    file.store().each_artefact([&](const Artefact& artefact) {
        if (holds(artefact.bytes)) artefacts.insert(artefact.sha256);
    });
    std::vector<FieldOfEntry> found;
    file.store().each_opening([&](std::uint64_t seq, const Opening& opening) {
        const auto named = artefacts_in(opening);
        const bool by_artefact = std::any_of(named.begin(), named.end(), [&](const ArtefactName& name) { return artefacts.count(name.sha256) > 0; });
        if (by_artefact || holds(opening.value)) found.emplace_back(seq, opening.field);
    });
    return found;
}

}  // namespace duenotice
