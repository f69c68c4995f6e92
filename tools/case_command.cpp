#include "tools/case_command.h"

#include <filesystem>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "engine/record/account_entries.h"
#include "engine/record/canonical_json.h"
#include "engine/record/record_verifier.h"
#include "reports/escape.h"
#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/case_file_door.h"

namespace duenotice {

namespace {

/// What a person typed at an option that cannot be read.
[[noreturn]] void refuse(const CaseOptions& asked, const std::string& message, const std::string& help = {}) {
    Diagnostics mistakes;
    mistakes.error("DN0710", {std::make_shared<const SourceText>(asked.file, ""), 0, 0}, message, help);
    throw InputMistakes{mistakes};
}

Writer writer_of(const CaseOptions& asked) { return {asked.actor, asked.idem.empty() ? fresh_key_of_idempotency() : asked.idem}; }

std::uint64_t size_asked(const CaseFile& file, const CaseOptions& asked) {
    const std::uint64_t size = file.size();
    return asked.entries < 0 ? size : std::min(size, static_cast<std::uint64_t>(asked.entries));
}

AccountPath path_asked(const CaseOptions& asked) {
    AccountPath path;
    const auto step = [&](const char* list, const std::string& id) {
        if (id.empty()) return;
        path.push_back(list);
        path.push_back(id);
    };
    step("entities", asked.entity);
    step("populations", asked.population);
    step("places", asked.place);
    step("contracts", asked.contract);
    step("events", asked.event);
    step("series", asked.series);
    const bool outer_alone = (asked.contract.empty() && asked.event.empty() && asked.series.empty()) || path.size() == 2;
    const bool one_inner = asked.entity.empty() || asked.population.empty() || asked.place.empty();
    if (!outer_alone || !one_inner) refuse(asked, "these options name no frame together", "an entity with a population or a place, a population with a place, or one alone");
    return path;
}

JsonValue value_asked(const CaseOptions& asked) {
    const std::string& text = asked.value;
    const bool whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (!whole && (text.empty() || std::string_view("{[\"").find(text.front()) == std::string_view::npos)) return json_text(text);
    auto value = read_canonical_source(std::make_shared<const SourceText>("VALUE", text));
    if (!value) throw InputMistakes{value.diagnostics};
    return std::move(*value);
}

/// The value with what the options say about it.
JsonValue statement_asked(const CaseOptions& asked) {
    JsonValue statement = value_asked(asked);
    const std::pair<const char*, const std::string*> options[] = {{"learned_at", &asked.learned_at}, {"true_since", &asked.true_since}, {"by", &asked.said_by}, {"source", &asked.source}};
    for (const auto& [name, text] : options) {
        if (text->empty()) continue;
        if (!statement.is_object()) {
            JsonValue object = json_object();
            json_add(object, "value", std::move(statement));
            statement = std::move(object);
        }
        if (statement.find(name) != nullptr) refuse(asked, fmt::format("`{}` stands in the value and in an option", name));
        json_add(statement, name, json_text(*text));
    }
    return statement;
}

JsonValue document_asked(const std::string& path) {
    const std::string bytes = read_file(path);
    JsonValue document = json_object();
    json_add(document, "name", json_text(std::filesystem::path(path).filename().string()));
    json_add(document, "bytes", json_whole(static_cast<std::int64_t>(bytes.size())));
    json_add(document, "sha256", json_text(sha256_hex(bytes)));
    return document;
}

int init(const CaseOptions& asked, std::ostream& out) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(asked.file, ignored))) throw FileError(asked.file, "stands there already");
    JsonValue members = json_object();
    if (!asked.title.empty()) json_add(members, "title", json_text(asked.title));
    if (!asked.group.empty()) json_add(members, "group", json_text(asked.group));
    bool made = false;
    const std::string key_file = key_path(asked.file, asked.key_file);
    const SigningKey key = read_or_make_key(key_file, made);
    const Writer writer = writer_of(asked);
    Entry opened;
    opened.actor = writer.actor;
    opened.idem = writer.idem;
    opened.fields["path"] = JsonValue{JsonValue::Kind::Array, false, {}, {}, {}, {}};
    opened.fields["members"] = members;
    const CaseFile file = CaseFile::create(asked.file, asked.incident, key, opened, asked.clock());
    out << fmt::format("record of {} begun: {}\nsigned by {} (private key {}: {})\n", file.incident(), asked.file, file.key().text(), made ? "made" : "used", key_file);
    out << "Give the line with the key to whoever will verify; keep the private key apart from the record.\n";
    return exit_code::done;
}

std::string counted(const std::map<std::string, std::size_t>& kinds) {
    std::string words;
    for (const auto& [kind, count] : kinds) words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, kind);
    return words;
}

int status(const CaseOptions& asked, std::ostream& out) {
    const CaseFile file = CaseFile::open(asked.file, false);
    std::map<std::string, std::size_t> kinds;
    const auto entries = file.entries(file.size());
    for (const RecordedEntry& entry : entries) ++kinds[entry.leaf.kind];
    out << fmt::format("incident   {}\nentries    {} ({})\nlast       {} by {}\norigin     {}\nkey        {}\ncheckpoint\n\n{}", file.incident(), entries.size(), counted(kinds), entries.back().leaf.rec, entries.back().leaf.actor, file.origin(), file.key().text(), file.checkpoint());
    return exit_code::done;
}

int open_case(const CaseOptions& asked, std::ostream& out) {
    const CaseFile file = CaseFile::open(asked.file, true);
    out << fmt::format("{}: record of {}, {} under a checkpoint that holds (`case verify` looks at each)\n", asked.file, file.incident(), count_words(file.size(), "entry", "entries"));
    return exit_code::done;
}

std::string log_words(const RecordedEntry& entry) {
    if (const auto fact = read_fact(entry)) {
        std::string words = fact_words(fact->path, fact->fact) + " " + canonical_json(fact->statement);
        if (fact->corrects) words += fmt::format(" puts right {}: {}", *fact->corrects, fact->reason);
        if (fact->document) words += " from " + canonical_json(*fact->document);
        return words;
    }
    std::string words;
    for (const auto& [field, value] : entry.fields) words += (words.empty() ? "" : " ") + field + " " + canonical_json(value);
    for (const auto& [name, reference] : entry.leaf.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        words += (words.empty() ? "" : " ") + name + " " + (text != nullptr ? *text : std::to_string(std::get<std::int64_t>(reference)));
    }
    return words;
}

std::string log_line(const RecordedEntry& entry) {
    JsonValue object = json_object(), fields = json_object(), refs = json_object();
    const Leaf& leaf = entry.leaf;
    json_add(object, "seq", json_whole(static_cast<std::int64_t>(leaf.seq)));
    for (const auto& [name, text] : {std::pair<const char*, std::string>{"kind", leaf.kind}, {"rec", leaf.rec}, {"actor", leaf.actor}, {"idem", leaf.idem}, {"valid_from", leaf.valid_from}, {"valid_to", leaf.valid_to}})
        if (!text.empty()) json_add(object, name, json_text(text));
    for (const auto& [field, value] : entry.fields) json_add(fields, field, value);
    for (const auto& [name, reference] : leaf.refs) {
        const auto* text = std::get_if<std::string>(&reference);
        json_add(refs, name, text != nullptr ? json_text(*text) : json_whole(std::get<std::int64_t>(reference)));
    }
    json_add(object, "fields", std::move(fields));
    json_add(object, "refs", std::move(refs));
    return canonical_json(object);
}

int log(const Options& options, const CaseOptions& asked, std::ostream& out) {
    const CaseFile file = CaseFile::open(asked.file, false);
    for (const RecordedEntry& entry : file.entries(size_asked(file, asked))) {
        const auto fact = read_fact(entry);
        if (!asked.fact.empty() && (!fact || fact->fact != asked.fact)) continue;
        if (options.format == "json") out << log_line(entry) << "\n";
        else out << fmt::format("{:>5}  {}  {:<10}  {:<12}  {}\n", entry.leaf.seq, entry.leaf.rec, entry.leaf.kind, entry.leaf.actor, escape_terminal(log_words(entry)));
    }
    return exit_code::done;
}

int verify(const CaseOptions& asked, std::ostream& out) {
    Outside outside;
    if (!asked.held_key.empty()) {
        std::string text = std::filesystem::is_regular_file(asked.held_key) ? read_file(asked.held_key, 4096) : asked.held_key;
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
        outside.key = parse_note_key(text);
        if (!outside.key) refuse(asked, "what --held-key gives is no key of a record", "a line NAME+ID+KEY as `case status` shows it, or a file with one");
    }
    if (!asked.held_checkpoint.empty()) outside.checkpoint = read_file(asked.held_checkpoint, 1U << 20U);
    const RecordVerdict verdict = verify_record(asked.file, outside);
    for (const Finding& finding : verdict.findings) out << (finding.seq ? fmt::format("entry {}: ", *finding.seq) : "") << escape_terminal(finding.words) << "\n";
    out << fmt::format("{}: {} and {}, root {}\n", asked.file, count_words(verdict.entries, "entry", "entries"), count_words(verdict.checkpoints, "checkpoint", "checkpoints"), hex_digits(verdict.root));
    if (!verdict.holds()) {
        out << (verdict.first_bad ? fmt::format("DOES NOT HOLD; the first bad entry is {}\n", *verdict.first_bad) : std::string("DOES NOT HOLD\n"));
        return exit_code::failed;
    }
    out << "holds: every entry, its content and its order are those that were signed\n";
    if (!outside.key) out << "The key is the one that the record names itself; --held-key gives the one that you were handed.\n";
    if (outside.checkpoint.empty()) out << "Without --held-checkpoint nobody can tell whether the record was cut back or begun anew by who holds its key.\n";
    return exit_code::done;
}

int show(const Options& options, const CaseOptions& asked, std::ostream& out) {
    const CaseFile file = CaseFile::open(asked.file, false);
    out << account_text(file.entries(size_asked(file, asked)), options.known_at);
    return exit_code::done;
}

/// Records what the account with it does not refuse.
class Recording {
public:
    Recording(Session& session, const CaseOptions& asked) : session_(session), asked_(asked), writer_(writer_of(asked)), file_(CaseFile::open(asked.file, true)), entries_(file_.entries(file_.size())) {}

    int statement(std::ostream& out) {
        FactEntry fact{path_asked(asked_), asked_.fact, statement_asked(asked_), asked_.reason, {}, {}};
        if (!asked_.document.empty()) fact.document = document_asked(asked_.document);
        if (asked_.what == "correct") fact.corrects = corrected(fact);
        if (!has_part(entries_, fact.path)) refuse(asked_, fmt::format("the account has no {}", fact_words(fact.path, "frame")), "`case import` brings frames with an incident file");
        return record({fact_entry(fact, writer_)}, out);
    }

    int import(std::ostream& out, std::ostream& err) {
        const SourcePtr source = read_source(asked_.input);
        const auto incident = read_json(source);
        if (!incident) throw InputMistakes{incident.diagnostics};
        const JsonValue* id = incident->find("id");
        if (id == nullptr || id->text != file_.incident()) {
            Diagnostics mistakes;
            mistakes.error("DN0711", id == nullptr ? Span{source, 0, 1} : id->span, fmt::format("the file is not of {}, whose record this is", file_.incident()));
            throw InputMistakes{mistakes};
        }
        const Import import = import_account(*incident, entries_, writer_);
        for (const std::string& fact : import.only_here) err << fmt::format("stays, though the file lacks it: {}\n", escape_terminal(fact));
        if (import.entries.empty()) {
            out << fmt::format("nothing new: {} known\n", count_words(import.known, "statement", "statements"));
            return exit_code::done;
        }
        return record(import.entries, out);
    }

private:
    /// The entry that is put right: the one named, which must be what counts now.
    std::uint64_t corrected(const FactEntry& fact) const {
        if (asked_.reason.empty()) refuse(asked_, "a correction has a --reason");
        if (const auto again = file_.store().seq_of_key(writer_.idem))
            if (const auto written = read_fact(file_.entry(*again)); written && written->corrects) return *written->corrects;
        const auto current = current_statement(entries_, fact.path, fact.fact);
        if (!current) refuse(asked_, fmt::format("the record says nothing of {}", fact_words(fact.path, fact.fact)), "`case assert` states it");
        if (asked_.entry >= 0 && static_cast<std::uint64_t>(asked_.entry) != *current) refuse(asked_, fmt::format("entry {} is not what counts now for {}; entry {} is", asked_.entry, fact_words(fact.path, fact.fact), *current));
        return *current;
    }

    int record(const std::vector<Entry>& entries, std::ostream& out) {
        const SigningKey key = read_key(key_path(asked_.file, asked_.key_file));
        const std::int64_t now = asked_.clock();
        if (!file_.store().seq_of_key(entries.front().idem)) {
            const std::string account = account_text(with_entries(entries_, entries, now), {});
            const auto source = std::make_shared<const SourceText>(asked_.file + " (account with it)", account);
            const auto beside = session_.beside(source, asked_.file, asked_.group);
            session_.read_text(source, beside.group, beside.contracts);
        }
        const Appended done = file_.append(entries, key, now, entries_.size());
        out << fmt::format("{} {}\n", done.again ? "was recorded before as entry" : "recorded as entry", done.seqs.size() == 1 ? std::to_string(done.seqs.front()) : fmt::format("{} to {}", done.seqs.front(), done.seqs.back()));
        return exit_code::done;
    }

    Session& session_;
    const CaseOptions& asked_;
    Writer writer_;
    CaseFile file_;
    std::vector<RecordedEntry> entries_;
};

/// A record that fails is a file that fails; an entry that it refuses is a mistake of who wrote it.
template <class Action>
int translated(const CaseOptions& asked, const Action& action) {
    try {
        return action();
    } catch (const EntryRefused& refused) {
        refuse(asked, refused.plain());
    } catch (const RecordError& error) {
        throw FileError(asked.file, error.plain());
    }
}

}  // namespace

int run_case(const Options& options, const CaseOptions& asked, std::ostream& out, std::ostream&) {
    return translated(asked, [&] {
        if (asked.what == "init") return init(asked, out);
        if (asked.what == "open") return open_case(asked, out);
        if (asked.what == "show") return show(options, asked, out);
        if (asked.what == "status") return status(asked, out);
        if (asked.what == "log") return log(options, asked, out);
        return verify(asked, out);
    });
}

int run_case_write(Session& session, const CaseOptions& asked, std::ostream& out, std::ostream& err) {
    return translated(asked, [&] {
        Recording recording(session, asked);
        return asked.what == "import" ? recording.import(out, err) : recording.statement(out);
    });
}

}  // namespace duenotice
