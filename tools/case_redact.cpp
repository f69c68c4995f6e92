// `case redact|legal-hold|exports`: content that leaves a record for good, content that must stay, and copies that were
// handed out with it.
#include <algorithm>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/record/canonical_json.h"
#include "engine/record/erasure.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/record_command.h"

namespace duenotice {

namespace {

constexpr std::size_t shortest_text = 6;  // shorter texts stand everywhere
constexpr std::size_t most_shown = 20;

struct RedactOptions {
    CaseWriterOptions writer;
    std::int64_t entry = -1;
    std::vector<std::string> fields;
    std::string ground, approver;  // redact
    std::string hold, reason;      // legal-hold
    bool release = false;
};

/// The texts in a value that somebody could look for.
void texts_in(const JsonValue& value, std::set<std::string>& texts) {
    if (value.is_string() && value.text.size() >= shortest_text) texts.insert(value.text);
    for (const JsonValue& item : value.items) texts_in(item, texts);
    for (const JsonMember& member : value.members) texts_in(member.value, texts);
}

class Redacting {
public:
    Redacting(const RedactOptions& asked, const CaseProgram& program) : asked_(asked), program_(program), writing_(asked.writer, program.clock(), Deed::Redact) {
        if (asked.entry < 0 || static_cast<std::uint64_t>(asked.entry) >= writing_.entries().size()) refuse(asked.writer.file, fmt::format("the record has no entry {}", asked.entry), "`case log` shows them");
    }

    int run() {
        const RecordedEntry& target = writing_.entries()[static_cast<std::size_t>(asked_.entry)];
        check_approver();
        check_part(target);
        std::vector<Entry> redactions;
        std::set<std::string> texts;
        for (const std::string& field : fields_of(target)) {
            redactions.push_back(redaction_entry({target.leaf.seq, field}, asked_.ground, asked_.approver, redactions.empty() ? writing_.writer() : writing_.numbered(redactions.size())));
            if (const auto value = target.fields.find(field); value != target.fields.end()) texts_in(value->second, texts);
        }
        const std::string& path = asked_.writer.file;
        const Erased erased = erase(writing_.file(), redactions, read_key(key_path(path, asked_.writer.key_file)), writing_.now());
        writing_.file().scrub();
        if (const auto holding = files_holding(path, erased.needles); !holding.empty()) throw FileError(holding.front(), "still holds bytes of what was erased");
        program_.out << fmt::format("{} as {}: {} of entry {}\n", erased.written.again ? "was erased before" : "erased", entries_words(erased.written.seqs), names(redactions), target.leaf.seq);
        program_.out << "salt and content stand nowhere in the file, its log or its index; the commitment and every proof stay\n";
        tell_exports(target.leaf.seq, redactions);
        tell_copies(texts);
        program_.out << "Backups and copies that were made before still hold it.\n";
        return exit_code::done;
    }

private:
    /// Another person than the one who writes, who may erase as well where the record has accounts.
    void check_approver() const {
        const Access& access = writing_.access();
        if (access.same_person(asked_.approver, asked_.writer.actor)) refuse(asked_.writer.file, "an erasure is approved by another person than who writes it down");
        if (!access.open() && !access.allows(asked_.approver, Deed::Redact)) refuse(asked_.writer.file, fmt::format("`{}` may not approve an erasure", asked_.approver), "an account of counsel or of an approver, and of another person");
    }

    /// A filing or hold without members could be read by nobody, and with it the whole account.
    void check_part(const RecordedEntry& target) const {
        if (target.leaf.kind != "part" || target.fields.count("members") == 0 || (!asked_.fields.empty() && std::find(asked_.fields.begin(), asked_.fields.end(), "members") == asked_.fields.end())) return;
        const JsonValue& path = target.fields.at("path");
        if (path.items.empty() || (path.items.front().text != "filings" && path.items.front().text != "holds")) return;
        for (std::size_t seq = target.leaf.seq + 1; seq < writing_.entries().size(); ++seq) {
            const RecordedEntry& later = writing_.entries()[seq];
            const auto same = later.fields.find("path");
            if (later.leaf.kind == "part" && same != later.fields.end() && canonical_json(same->second) == canonical_json(path)) return;
        }
        refuse(asked_.writer.file, fmt::format("entry {} is how the account has this {}", target.leaf.seq, path.items.front().text == "filings" ? "filing" : "hold"), "`case part` records it anew without what is to go; then this entry can be erased");
    }

    /// Those asked for, else all that can be erased and are there.
    std::vector<std::string> fields_of(const RecordedEntry& target) const {
        if (!asked_.fields.empty()) return asked_.fields;
        if (const auto again = erased_under_this_key(target.leaf.seq); !again.empty()) return again;
        std::vector<std::string> fields;
        for (const auto& [field, commit] : target.leaf.commits)
            if (target.erased.count(field) == 0 && !stays(field)) fields.push_back(field);
        if (fields.empty()) refuse(asked_.writer.file, fmt::format("entry {} has no content that can be erased", asked_.entry));
        return fields;
    }

    /// What a first try under the same key erased: to try again finishes it.
    std::vector<std::string> erased_under_this_key(std::uint64_t seq) const {
        std::vector<std::string> fields;
        for (const RecordedEntry& entry : writing_.entries()) {
            const bool own = entry.leaf.idem == writing_.writer().idem || entry.leaf.idem.starts_with(writing_.writer().idem + ".");
            if (const auto said = read_redaction(entry.leaf); said && own && said->entry == seq) fields.push_back(said->field);
        }
        return fields;
    }

    static std::string names(const std::vector<Entry>& redactions) {
        std::string words;
        for (const Entry& redaction : redactions) words += (words.empty() ? "`" : ", `") + std::get<std::string>(redaction.refs.at("field")) + "`";
        return words;
    }

    void tell_exports(std::uint64_t seq, const std::vector<Entry>& redactions) {
        std::set<std::uint64_t> told;
        for (const Entry& redaction : redactions)
            for (const Export& each : exports_holding(writing_.entries(), {seq, std::get<std::string>(redaction.refs.at("field"))}))
                if (told.insert(each.seq).second) program_.err << fmt::format("held by export {} of {}, edition {}, to {}: a copy that was handed out cannot be called back; ask for its destruction\n", each.seq, each.recorded, each.edition, escape_terminal(each.recipient));
    }

    void tell_copies(const std::set<std::string>& texts) {
        std::set<FieldOfEntry> copies;
        for (const std::string& text : texts)
            for (const FieldOfEntry& each : fields_holding(writing_.file(), text)) copies.insert(each);
        std::size_t shown = 0;
        for (const auto& [seq, field] : copies) {
            if (++shown > most_shown) break;
            program_.err << fmt::format("the same text, or some of it, still stands in `{}` of entry {}\n", field, seq);
        }
        if (copies.size() > most_shown) program_.err << fmt::format("and in {} more\n", copies.size() - most_shown);
    }

    const RedactOptions& asked_;
    const CaseProgram& program_;
    CaseWriting writing_;
};

int legal_hold(const RedactOptions& asked, const CaseProgram& program) {
    CaseWriting writing(asked.writer, program.clock(), Deed::Hold);
    const auto covers = asked.entry < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(asked.entry));
    const Entry entry = hold_entry({0, asked.hold, covers, !asked.release}, asked.reason, writing.writer());
    bool placed = false;
    for (const LegalHold& each : writing.file().store().holds())
        if (each.hold == asked.hold) placed = each.placed;
    if (!writing.written(entry) && asked.release && !placed) refuse(asked.writer.file, fmt::format("there is no legal hold `{}` in force", asked.hold), "`case log` shows them");
    // Whatever was written meanwhile changes nothing in it.
    const Appended done = writing.file().append({&entry, 1}, read_key(key_path(asked.writer.file, asked.writer.key_file)), writing.now());
    program.out << fmt::format("{} {}\n", done.again ? "was recorded before as" : "recorded as", entries_words(done.seqs));
    program.out << fmt::format("legal hold `{}` {} on {}\n", asked.hold, asked.release ? "released" : "placed", covers ? fmt::format("entry {}", *covers) : std::string("the whole record"));
    return exit_code::done;
}

std::string export_line(const Export& made) {
    JsonValue object = json_object();
    json_add(object, "seq", json_whole(static_cast<std::int64_t>(made.seq)));
    for (const auto& [name, text] : {std::pair<const char*, std::string>{"recorded", made.recorded}, {"edition", made.edition}, {"recipient", made.recipient}, {"manifest_sha256", made.manifest_sha256}}) json_add(object, name, json_text(text));
    json_add(object, "entries", json_whole(static_cast<std::int64_t>(made.entries)));
    json_add(object, "withheld", json_whole(static_cast<std::int64_t>(made.withheld.size())));
    return canonical_json(object);
}

/// The register of exports, or those of it that held content of one entry.
int exports(const RedactOptions& asked, const CaseProgram& program) {
    const ReadCase read = read_case_file(asked.writer.file, Deed::Read, program.options);
    const auto& entries = read.entries;
    if (asked.entry >= 0 && static_cast<std::uint64_t>(asked.entry) >= entries.size()) refuse(asked.writer.file, fmt::format("the record has no entry {}", asked.entry));
    std::set<std::uint64_t> holding;
    if (asked.entry >= 0)
        for (const auto& [field, commit] : entries[static_cast<std::size_t>(asked.entry)].leaf.commits)
            for (const Export& each : exports_holding(entries, {static_cast<std::uint64_t>(asked.entry), field})) holding.insert(each.seq);
    const bool json = program.options.format == "json";
    std::size_t count = 0;
    for (const RecordedEntry& entry : entries) {
        const auto made = read_export(entry);
        if (!made || (asked.entry >= 0 && holding.count(made->seq) == 0)) continue;
        ++count;
        if (json) program.out << export_line(*made) << "\n";
        else program.out << fmt::format("{:>5}  {}  {:<10}  {}, {} withheld, to {}, manifest {}\n", made->seq, made->recorded, made->edition, count_words(made->entries, "entry", "entries"), made->withheld.size(), escape_terminal(made->recipient), made->manifest_sha256);
    }
    if (!json) program.out << count_words(count, "export", "exports") << "\n";
    return exit_code::done;
}

}  // namespace

void add_case_redaction(CLI::App& matter, const CaseProgram& program) {
    const auto asked = std::make_shared<RedactOptions>();
    CLI::App* redact = matter.add_subcommand("redact", "erase content for good: its commitment and every proof stay, the file is searched for what is gone");
    add_writer_options(*redact, asked->writer);
    redact->add_option("--entry", asked->entry, "the entry whose content goes")->required()->check(CLI::NonNegativeNumber);
    redact->add_option("--field", asked->fields, "a field of it, repeatable; default: all that can be erased");
    redact->add_option("--ground", asked->ground, "the legal ground, for the record")->required();
    redact->add_option("--approver", asked->approver, "who approves: a code of a person, not of the one who writes")->required();
    on_chosen(*redact, program, asked->writer.file, [asked, program] { return Redacting(*asked, program).run(); });
    CLI::App* hold = matter.add_subcommand("legal-hold", "keep content from being erased, or release it");
    add_writer_options(*hold, asked->writer);
    hold->add_option("--hold", asked->hold, "name of the hold")->required();
    hold->add_option("--reason", asked->reason, "for the record")->required();
    hold->add_option("--entry", asked->entry, "only this entry; default: the whole record")->check(CLI::NonNegativeNumber);
    hold->add_flag("--release", asked->release, "the hold ends");
    on_chosen(*hold, program, asked->writer.file, [asked, program] { return legal_hold(*asked, program); });
    CLI::App* copies = matter.add_subcommand("exports", "the register of exports; --format json for one line of JSON each");
    copies->add_option("FILE", asked->writer.file, "case file")->required();
    copies->add_option("--entry", asked->entry, "only those that held content of this entry")->check(CLI::NonNegativeNumber);
    on_chosen(*copies, program, asked->writer.file, [asked, program] { return exports(*asked, program); });
}

}  // namespace duenotice
