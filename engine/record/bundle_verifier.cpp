#include "engine/record/bundle_verifier.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "engine/record/account_entries.h"
#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/leaf_chain.h"
#include "engine/record/timestamp.h"
#include "rules/text_parts.h"

namespace duenotice {

namespace {

constexpr std::size_t digest_bytes = 32;

std::optional<std::uint64_t> whole(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && std::to_string(number) == text ? std::optional(number) : std::nullopt;
}

class BundleVerifier {
public:
    BundleVerifier(const BundleFiles& files, const BundleOutside& outside) : files_(files), outside_(outside) {}

    BundleVerdict run() {
        sums();
        leaves();
        head();
        withheld();
        openings();
        fields();
        artefacts();
        proofs();
        tokens();
        counts();
        kept();
        signatures();
        if (outside_.replay) replay();
        return std::move(verdict_);
    }

private:
    void tell(std::string words, std::optional<std::uint64_t> seq = {}) {
        if (seq && (!verdict_.first_bad || *seq < *verdict_.first_bad)) verdict_.first_bad = seq;
        if (verdict_.findings.size() < most_findings) verdict_.findings.push_back({seq, std::move(words)});
    }

    const std::string& file(const std::string& name) {
        static const std::string none;
        const auto found = files_.find(name);
        if (found != files_.end()) return found->second;
        if (missing_.insert(name).second) tell("`" + name + "` is not there");
        return none;
    }

    /// A line of JSON in its one spelling.
    std::optional<JsonValue> object(std::string_view line, const std::string& name) {
        auto value = read_canonical_source(std::make_shared<const SourceText>(name, std::string(line)));
        if (value && value->is_object() && canonical_json(*value) == line) return std::move(*value);
        tell("a line of `" + name + "` is not JSON in its one spelling");
        return {};
    }

    /// The lines of a file, the last of which has its end too.
    std::vector<std::string_view> lines(const std::string& name) {
        const std::string& bytes = file(name);
        if (!bytes.empty() && bytes.back() != '\n') tell("`" + name + "` does not end with a line end");
        return text_parts(bytes, '\n');
    }

    static std::string text(const JsonValue& object, const char* name) {
        const JsonValue* value = object.find(name);
        return value != nullptr && value->is_string() ? value->text : "";
    }
    static std::optional<std::uint64_t> number(const JsonValue& object, const char* name) {
        const JsonValue* value = object.find(name);
        return value != nullptr && value->kind == JsonValue::Kind::Number ? whole(value->text) : std::nullopt;
    }

    void sums() {
        if (file("SHA256SUMS") != bundle_sums(files_)) {
            std::set<std::string_view> said;
            for (const std::string_view line : text_parts(file("SHA256SUMS"), '\n')) said.insert(line);
            for (const auto& [name, bytes] : files_)
                if (name != "SHA256SUMS" && said.count(sha256_hex(bytes) + "  " + name) == 0) tell("`" + name + "` is not what SHA256SUMS says");
            tell("SHA256SUMS is not that of the files");
        }
        const auto line = lines("manifest.json");
        if (line.size() != 1) tell("the manifest is not one line");
        const auto manifest = line.empty() ? std::nullopt : object(line.front(), "manifest.json");
        if (manifest) manifest_ = *manifest;
        if (text(manifest_, "duenotice") != "bundle/1") tell("the manifest is of another kind");
        verdict_.edition = text(manifest_, "edition");
        const JsonValue* named = manifest_.find("files");
        std::set<std::string> listed;
        if (named != nullptr)
            for (const JsonMember& member : named->members) {
                listed.insert(member.name);
                if (member.value.text != sha256_hex(file(member.name))) tell("`" + member.name + "` is not what the manifest says");
            }
        for (const auto& [name, bytes] : files_)
            if (name != "manifest.json" && name != "SHA256SUMS" && listed.count(name) == 0) tell("`" + name + "` is not in the manifest");
    }

    void leaves() {
        const std::string& hashes = file("leafhashes.bin");
        const auto leaves = lines("leaves.jsonl");
        if (hashes.size() != leaves.size() * digest_bytes) tell("there are " + std::to_string(leaves.size()) + " leaves and " + std::to_string(hashes.size() / digest_bytes) + " hashes", std::min(leaves.size(), hashes.size() / digest_bytes));
        for (std::size_t i = 0; i < leaves.size(); ++i)
            if (view(chain_.add(leaves[i])) != std::string_view(hashes).substr(std::min(i * digest_bytes, hashes.size()), digest_bytes)) tell("its bytes are not those of its hash", i);
        chain_.finish();
        verdict_.entries = chain_.size();
        verdict_.root = chain_.root(chain_.size());
        verdict_.incident = chain_.incident();
        verdict_.key = chain_.key_text();
        if (outside_.kept.key && outside_.kept.key->text() != verdict_.key) tell("the record names another key than the one that was given", 0);
    }

    std::optional<NoteKey> key() const { return outside_.kept.key ? outside_.kept.key : chain_.key(); }

    void head() {
        if (!key()) return;
        const auto opened = open_checkpoint(file("checkpoint.note"), *key(), chain_.origin());
        if (const auto* mistake = std::get_if<std::string>(&opened)) return tell("the head: " + *mistake);
        const Checkpoint& checkpoint = std::get<Checkpoint>(opened);
        if (checkpoint.size != chain_.size()) tell("the head is of " + std::to_string(checkpoint.size) + " entries, and " + std::to_string(chain_.size()) + " are there", std::min(checkpoint.size, chain_.size()));
        else if (checkpoint.root != verdict_.root) tell("the head was signed over another tree");
    }

    bool is_field(std::uint64_t seq, const std::string& field) const { return seq < chain_.size() && chain_.leaf(seq) && chain_.leaf(seq)->commits.count(field) > 0; }

    void withheld() {
        for (const std::string_view line : lines("withheld.jsonl")) {
            const auto value = object(line, "withheld.jsonl");
            if (!value) continue;
            const auto seq = number(*value, "seq");
            const std::string field = text(*value, "field");
            if (!seq || !is_field(*seq, field)) tell("what is withheld is no content of an entry: `" + field + "`");
            else if (text(*value, "ground").empty()) tell("`" + field + "` is withheld without a ground", seq);
            else if (!withheld_.empty() && FieldOfEntry(*seq, field) <= *withheld_.rbegin()) tell("`" + field + "` is withheld twice or stands out of order", seq);
            else withheld_.emplace(*seq, field);
        }
        verdict_.withheld = withheld_.size();
    }

    void openings() {
        for (const std::string_view line : lines("openings.jsonl")) {
            const auto value = object(line, "openings.jsonl");
            if (!value) continue;
            const auto seq = number(*value, "seq");
            const Opening opening{text(*value, "field"), text(*value, "salt"), text(*value, "value")};
            if (!seq || !is_field(*seq, opening.field)) {
                tell("there is content that was never recorded: `" + opening.field + "`", seq);
                continue;
            }
            if (chain_.leaf(*seq)->commits.at(opening.field) != commitment(opening)) tell("the content of `" + opening.field + "` is not what was recorded", seq);
            if (const auto gone = chain_.erased().find({*seq, opening.field}); gone != chain_.erased().end()) tell("the content of `" + opening.field + "` is there, though entry " + std::to_string(gone->second) + " says that it was erased", seq);
            if (!opened_.empty() && FieldOfEntry(*seq, opening.field) <= opened_.rbegin()->first) tell("the content of `" + opening.field + "` stands twice or out of order", seq);
            opened_.emplace(FieldOfEntry(*seq, opening.field), opening);
        }
        verdict_.openings = opened_.size();
        verdict_.erased = chain_.erased().size();
    }

    /// Each field of each entry is given, withheld or erased.
    void fields() {
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq) {
            if (!chain_.leaf(seq)) continue;
            for (const auto& [field, commit] : chain_.leaf(seq)->commits) {
                const FieldOfEntry each(seq, field);
                const auto ways = opened_.count(each) + withheld_.count(each) + chain_.erased().count(each);
                if (ways == 0) tell("the content of `" + field + "` is left out without a word", seq);
                if (ways > 1 && withheld_.count(each) > 0) tell("`" + field + "` is withheld and also given or erased", seq);
            }
        }
    }

    void artefacts() {
        struct Named {
            ArtefactName name;
            std::uint64_t seq;
            std::string listed_as;  ///< its path in the list that names it, with a blank behind
        };
        std::vector<Named> named;
        const auto add = [&](const std::vector<ArtefactName>& names, std::uint64_t seq) {
            for (const ArtefactName& name : names) named.push_back({name, seq, {}});
        };
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq)
            if (chain_.leaf(seq)) add(artefacts_of(chain_.leaf(seq)->refs), seq);
        for (const auto& [field, opening] : opened_) {
            if (!names_artefacts(field.second)) continue;
            std::vector<ArtefactName> names;
            const auto value = read_canonical_source(std::make_shared<const SourceText>("content", opening.value));
            if (!value || !collect_artefacts(*value, names)) tell("the content of `" + field.second + "` names no artefact", field.first);
            add(names, field.first);
        }
        std::set<std::string> wanted;
        for (std::size_t i = 0; i < named.size(); ++i) {
            const auto [name, seq, listed_as] = named[i];
            if (!wanted.insert("artefacts/" + name.sha256).second) continue;
            const auto found = files_.find("artefacts/" + name.sha256);
            if (found == files_.end()) {
                tell("an artefact that it names is not there: " + listed_as + name.sha256, seq);
                continue;
            }
            ++verdict_.artefacts;
            if (sha256_hex(found->second) != name.sha256) tell("the artefact " + name.sha256 + " has other bytes than those that were recorded", seq);
            if (name.media_type == artefact_list_type)
                for (const auto& [path, each] : parse_artefact_list(found->second).value_or(std::map<std::string, ArtefactName>{})) named.push_back({each, seq, path + " "});
        }
        for (const auto& [name, bytes] : files_)
            if (name.starts_with("artefacts/") && wanted.count(name) == 0) tell("there is an artefact that no entry names: " + name);
    }

    /// One for each entry that is no fact, no part and no clock; others are no part of a bundle.
    void proofs() {
        const std::set<std::string> without = {"fact", "correction", "part", "clock"};
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq) {
            if (!chain_.leaf(seq)) continue;
            const std::string name = "proofs/" + std::to_string(seq) + ".tlog-proof";
            if (without.count(chain_.leaf(seq)->kind) == 0) file(name);
            else if (files_.count(name) > 0) tell("`" + name + "` proves what needs no proof", seq);
        }
        for (const auto& [name, bytes] : files_) {
            if (!name.starts_with("proofs/")) continue;
            ++verdict_.proofs;
            if (const std::string mistake = proof_mistake(name, bytes); !mistake.empty()) tell("`" + name + "`: " + mistake);
        }
    }

    std::string proof_mistake(const std::string& name, const std::string& bytes) {
        const std::size_t gap = bytes.find("\n\n");
        if (gap == std::string::npos || bytes.substr(gap + 2) != file("checkpoint.note")) return "it does not end with the head";
        const auto lines = text_parts(std::string_view(bytes).substr(0, gap), '\n');
        if (lines.size() < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !lines[1].starts_with("index ")) return "it is no proof";
        const auto index = whole(lines[1].substr(6));
        if (!index || *index >= chain_.size() || name != "proofs/" + std::to_string(*index) + ".tlog-proof") return "it is of no entry";
        std::vector<Digest> steps;
        for (std::size_t i = 2; i < lines.size(); ++i) {
            const auto step = parse_base64(lines[i]);
            if (!step || step->size() != digest_bytes) return "a step is no hash";
            std::copy(step->begin(), step->end(), steps.emplace_back().begin());
        }
        return check_inclusion(*index, chain_.size(), chain_.tree()[0][*index], steps, verdict_.root);
    }

    void tokens() {
        std::set<std::string> wanted;
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq) {
            const auto stamp = chain_.leaf(seq) ? read_timestamp(*chain_.leaf(seq)) : std::nullopt;
            if (!stamp) continue;
            ++verdict_.tokens;
            const std::string path = "tokens/" + std::to_string(seq);
            wanted.insert({path + ".tsr", path + ".text"});
            if (stamp->size > chain_.size()) {
                tell("it stamps entries that are not there", seq);
                continue;
            }
            const std::string covered = checkpoint_text({chain_.origin(), stamp->size, chain_.root(stamp->size), {}});
            if (file(path + ".text") != covered) tell("what it stamps is not the head of " + std::to_string(stamp->size) + " entries", seq);
            const std::string& token = file(path + ".tsr");
            if (sha256_hex(token) != stamp->token.sha256) tell("its token is not the one that was recorded", seq);
            Stamped stamped;
            std::string mistake = read_reply(token, stamped);
            if (mistake.empty() && stamped.imprint != view(sha256(covered))) mistake = "it stamps something else";
            if (mistake.empty() && !outside_.authorities_pem.empty()) mistake = check_reply(token, covered, outside_.authorities_pem);
            if (!mistake.empty()) tell("its time stamp: " + mistake, seq);
        }
        for (const auto& [name, bytes] : files_)
            if (name.starts_with("tokens/") && wanted.count(name) == 0) tell("there is a time stamp that no entry names: " + name);
    }

    void counts() {
        const std::pair<const char*, std::uint64_t> wanted[] = {{"entries", verdict_.entries}, {"openings", verdict_.openings}, {"withheld", verdict_.withheld}, {"erased", verdict_.erased}, {"artefacts", verdict_.artefacts}};
        for (const auto& [name, count] : wanted)
            if (number(manifest_, name) != count) tell(std::string("the manifest counts other ") + name + " than the " + std::to_string(count) + " that are there");
        if (text(manifest_, "root") != hex_digits(verdict_.root) || text(manifest_, "incident") != verdict_.incident || text(manifest_, "origin") != chain_.origin()) tell("the manifest is of another record");
    }

    /// The record must go on from what somebody kept.
    void kept() {
        if (outside_.kept.checkpoint.empty() || !key()) return;
        const auto opened = open_checkpoint(outside_.kept.checkpoint, *key(), chain_.origin());
        if (const auto* mistake = std::get_if<std::string>(&opened)) return tell("the checkpoint that was given: " + *mistake);
        const Checkpoint& earlier = std::get<Checkpoint>(opened);
        if (earlier.size > chain_.size())
            tell("the record was cut back: the checkpoint that was given covers " + std::to_string(earlier.size) + " entries, and " + std::to_string(chain_.size()) + " are there", chain_.size());
        else if (chain_.root(earlier.size) != earlier.root)
            tell("the record was rewritten: its first " + std::to_string(earlier.size) + " entries are not those of the checkpoint that was given");
    }

    /// Of persons, each with a key of their own.
    void signatures() {
        std::map<FieldOfEntry, JsonValue> content;
        for (const auto& [field, opening] : opened_) {
            if (!chain_.leaf(field.first) || !bears_on_signatures(chain_.leaf(field.first)->kind)) continue;
            if (auto value = read_canonical_source(std::make_shared<const SourceText>("content", opening.value))) content.emplace(field, std::move(*value));
        }
        verdict_.signatures = check_signatures(chain_, content);
    }

    void replay() {
        if (!verdict_.whole()) return;
        std::vector<RecordedEntry> entries;
        for (std::uint64_t seq = 0; seq < chain_.size(); ++seq) entries.push_back({*chain_.leaf(seq), {}, {}});
        for (const auto& [field, opening] : opened_) {
            auto value = read_canonical_source(std::make_shared<const SourceText>("content", opening.value));
            if (!value) return tell("the content of `" + field.second + "` is no JSON", field.first);
            entries[field.first].fields[field.second] = std::move(*value);
        }
        for (const auto& [field, by] : chain_.erased()) entries[field.first].erased[field.second] = by;
        if (withheld_.empty() && file("account.json") != account_text(entries)) tell("`account.json` is not the account that the entries make");
        verdict_.content = std::move(entries);
        verdict_.withheld_fields = withheld_;
    }

    const BundleFiles& files_;
    const BundleOutside& outside_;
    BundleVerdict verdict_;
    LeafChain chain_{[this](std::string words, std::optional<std::uint64_t> seq) { tell(std::move(words), seq); }};
    JsonValue manifest_ = json_object();
    std::set<std::string> missing_;
    std::set<FieldOfEntry> withheld_;
    std::map<FieldOfEntry, Opening> opened_;
};

}  // namespace

BundleVerdict verify_bundle(const BundleFiles& files, const BundleOutside& outside) { return BundleVerifier(files, outside).run(); }

}  // namespace duenotice
