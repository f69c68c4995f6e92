#include "tools/edition_choice.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/access.h"
#include "engine/record/entry_fields.h"
#include "engine/record/packet_draft.h"
#include "tools/case_writing.h"

namespace duenotice {

namespace {

std::string listed(const std::set<std::string>& ids) {
    std::string text;
    for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
    return text.empty() ? "there is none" : text;
}

/// Whether the duty comes from the contract with an insurer.
bool of_policy(const Duty& duty, const Assessment& assessment) {
    return duty.frame.contract >= 0 && assessment.incident->contracts[static_cast<std::size_t>(duty.frame.contract)].kind == "insurer";
}

/// Whose notice an entry is about: its own subject, else that of the draft or the filing that it names.
class Subjects {
public:
    explicit Subjects(const std::vector<RecordedEntry>& entries) {
        for (const RecordedEntry& entry : entries) {
            if (field_value(entry, "subject") == nullptr) continue;
            const PacketSubject subject = subject_of(field_value(entry, "subject"));
            by_entry_[entry.leaf.seq] = subject;
            if (entry.leaf.kind == "filing") by_filing_[field_text(entry, "id")] = subject;
        }
    }
    const PacketSubject* of(const RecordedEntry& entry) const {
        if (const auto own = by_entry_.find(entry.leaf.seq); own != by_entry_.end()) return &own->second;
        if (const auto draft = ref_entry(entry.leaf, "draft"); draft && by_entry_.count(*draft) > 0) return &by_entry_.at(*draft);
        const auto filing = by_filing_.find(field_text(entry, "filing"));
        return filing == by_filing_.end() ? nullptr : &filing->second;
    }

private:
    std::map<std::uint64_t, PacketSubject> by_entry_;
    std::map<std::string, PacketSubject> by_filing_;
};

bool has_field(std::string_view list, std::string_view field) { return list == "*" || (";" + std::string(list) + ";").find(";" + std::string(field) + ";") != std::string::npos; }

/// Whether an edition that gives only what its table lists gives this field.
bool listed_field(const EditionSubject& subject, const RecordedEntry& entry, const std::string& field, const PacketSubject* about) {
    if (about == nullptr || (!subject.recipient.empty() ? about->recipient != subject.recipient : subject.duties.count(about->duty) == 0)) return false;
    const auto lines = edition_entries();
    return std::any_of(lines.begin(), lines.end(), [&](const EditionEntries& line) { return line.edition == subject.edition && line.kind == entry.leaf.kind && has_field(line.fields, field); });
}

bool is_privileged(const RecordedEntry& entry) { return field_text(entry, "label") == "privileged"; }
bool states_internal(const RecordedEntry& entry) { return is_internal_fact(field_text(entry, "fact")) || is_privileged(entry); }

/// What the edition for auditors leaves out of an entry: advice, what an internal or privileged fact says, and answers that show it.
std::string internal_ground(const RecordedEntry& entry, const std::string& field, bool internal_before) {
    if (field == "advice") return "advice";
    if (is_privileged(entry) && field != "fact" && field != "path" && field != "label") return "legal privilege";
    const JsonValue* statement = field == "statement" ? field_value(entry, "statement") : nullptr;
    if (statement != nullptr && statement->is_object() && statement->find("advice") != nullptr) return "advice";  // as older records have it
    if (states_internal(entry) && field != "fact" && field != "path" && field != "label") return "internal knowledge";
    return internal_before && entry.leaf.kind == "assessment" && field == "output_artefact" ? "it may show internal knowledge or what is under legal privilege" : std::string();
}

}  // namespace

void add_edition_options(CLI::App& command, EditionChoice& choice) {
    std::string help;
    std::vector<std::string> ids;
    for (const Edition& edition : editions()) {
        ids.emplace_back(edition.id);
        help += (help.empty() ? "" : "; ") + std::string(edition.id) + ": " + std::string(edition.whose);
    }
    command.add_option("--edition", choice.edition, help + "; default: counsel, of an account that only audits: auditor")->check(CLI::IsMember(ids));
    command.add_option("--authority", choice.authority, "of edition authority: the recipient by its id, as de.he.hbdi");
    command.add_option("--owner", choice.owner, "of edition business: whose duties, as the group profile names the owner");
}

EditionChoice settled(EditionChoice choice, const std::vector<RecordedEntry>& entries, const std::string& account, const std::string& input) {
    const bool audits = Access(entries).only_audits(account);
    if (choice.edition.empty()) choice.edition = audits ? "auditor" : "counsel";
    if (audits && find_edition(choice.edition)->internal) refuse(input, fmt::format("an auditor is not given edition {}", choice.edition), "--edition auditor");
    return choice;
}

EditionSubject edition_subject(const EditionChoice& choice) {
    EditionSubject subject;
    subject.edition = choice.edition;
    return subject;
}

EditionSubject edition_subject(const EditionChoice& choice, const Assessment& assessment, const std::string& input) {
    EditionSubject subject = edition_subject(choice);
    if (!choice.authority.empty() && choice.edition != "authority") refuse(input, "--authority is for --edition authority");
    if (!choice.owner.empty() && choice.edition != "business") refuse(input, "--owner is for --edition business");
    for (const FactDeclaration& fact : assessment.law->vocabulary.facts())
        if (is_internal_fact(fact.name)) subject.internal_words.insert(fact.short_words.empty() ? fact.name : fact.short_words);
    std::set<std::string> recipients, owners;
    for (const Duty& duty : assessment.duties) {
        for (const Recipient& recipient : duty.recipients) {
            recipients.insert(recipient.id);
            if (choice.edition == "authority" && recipient.id == choice.authority) subject.duties.insert(duty.id);
        }
        if (choice.edition == "insurer" && of_policy(duty, assessment)) subject.duties.insert(duty.id);
    }
    for (const EntityFrame& entity : assessment.incident->entities)
        if (!entity.owner.empty()) owners.insert(entity.owner);
    if (choice.edition == "authority" && recipients.count(choice.authority) == 0) refuse(input, choice.authority.empty() ? "edition authority is for one --authority" : fmt::format("`{}` is no recipient of a duty here", choice.authority), listed(recipients));
    if (!choice.owner.empty() && owners.count(choice.owner) == 0) refuse(input, fmt::format("`{}` is no owner here", choice.owner), listed(owners));
    if (choice.edition == "authority") subject.recipient = choice.authority;
    subject.owner = choice.owner;
    return subject;
}

std::set<std::string> privileged_entries(const std::vector<RecordedEntry>& entries) {
    std::set<std::string> found;
    for (const RecordedEntry& entry : entries)
        if (is_privileged(entry)) found.insert(std::to_string(entry.leaf.seq));
    return found;
}

std::map<FieldOfEntry, std::string> left_out(const EditionSubject& subject, const std::vector<RecordedEntry>& entries) {
    const Edition& edition = *find_edition(subject.edition);
    const auto lines = edition_entries();
    const bool only_listed = std::any_of(lines.begin(), lines.end(), [&](const EditionEntries& line) { return line.edition == edition.id; });
    const Subjects subjects(entries);
    std::map<FieldOfEntry, std::string> fields;
    bool internal_before = false;
    for (const RecordedEntry& entry : entries) {
        internal_before = internal_before || states_internal(entry);
        for (const auto& [field, value] : entry.fields) {
            const bool listed = only_listed && listed_field(subject, entry, field, subjects.of(entry));
            const bool cost = edition.id == "insurer" && is_cost_fact(field_text(entry, "fact"));
            std::string ground = only_listed ? (listed || cost ? std::string() : std::string(edition.ground)) : edition.internal ? std::string() : internal_ground(entry, field, internal_before);
            if (!ground.empty()) fields[{entry.leaf.seq, field}] = std::move(ground);
        }
    }
    return fields;
}

}  // namespace duenotice
