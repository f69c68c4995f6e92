#include "engine/record/bundle.h"

#include <set>

#include "engine/record/account_entries.h"
#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "engine/record/timestamp.h"

namespace duenotice {

namespace {

constexpr const char* verify_page = R"(# How to check this folder

It holds the record of one incident: every entry (`leaves.jsonl`), in order, under one signed head (`checkpoint.note`).
You need `sha256sum` and `openssl`; for all steps also Python 3 or the program. Take the key line from whoever you trust,
not from this folder: NAME+ID+KEY.

1. Nothing was changed on the way: `sha256sum -c SHA256SUMS`
2. The head is signed:

       sed '/^$/,$d' checkpoint.note > text
       tail -n 1 checkpoint.note | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
       (printf '\060\052\060\005\006\003\053\145\160\003\041\000'; echo 'KEY' | base64 -d | tail -c 32) > key.der
       openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature

3. All steps: `python3 verify_bundle.py FOLDER --held-key KEYLINE --held-checkpoint NOTE --tsa-ca PEM`
   and then `python3 verify_signatures.py FOLDER`, both taken from the project and not from this folder;
   or `duenotice verify FOLDER` with the same options, which also makes every assessment again from the law, calendars
   and zones in `artefacts/`, byte for byte, or names what is missing, and compares `evidence.xlsx` with
   `evidence.jsonl` cell by cell (`--no-replay` leaves both out). A third script of the project,
   `python3 verify_workbook.py FOLDER`, does that too and ties each row to its entry.

They make the root again from the hash of every leaf (RFC 6962), so that an entry that is left out, moved or changed is
seen; hold content against its commitment, artefacts against their names, proofs and time stamps against the tree; and
count: each field of each entry is given, withheld (`withheld.jsonl`, with its ground) or erased (an entry says so).

`verify_signatures.py` and the program hold what persons signed against them: each approval and confirmation must be
signed with the key that was registered for its account at that entry, for this record, and for the bytes or the decision
that it names; `verify_bundle.py` does not look at these. What was erased or is withheld cannot be judged, and is said so.

`--held-checkpoint` is a head that you kept from an earlier visit: the record must go on from there. Without one nobody
can tell whether the record was cut back or begun anew by who holds its key. Keep `checkpoint.note` of today.
)";

std::string line(const std::vector<std::pair<const char*, JsonValue>>& members) {
    JsonValue object = json_object();
    for (const auto& [name, value] : members) json_add(object, name, value);
    return canonical_json(object) + '\n';
}

class Maker {
public:
    Maker(const CaseFile& file, const BundleRequest& request) : file_(file), store_(file.store()), request_(request), size_(file.size()), files_(request.beside) {}

    BundleFiles run() {
        const CaseStore::Snapshot snapshot(store_);
        size_ = file_.size();
        entries_ = file_.entries(size_);
        withheld();
        leaves();
        openings();
        artefacts();
        proofs();
        tokens();
        if (request_.withheld.empty()) files_["account.json"] = account_text(entries_);
        files_["checkpoint.note"] = file_.checkpoint();
        files_["VERIFY.md"] = verify_page;
        manifest();
        files_["SHA256SUMS"] = bundle_sums(files_);
        return std::move(files_);
    }

private:
    TreeNodes nodes() const {
        return [this](unsigned level, std::uint64_t index) { return store_.node(level, index); };
    }

    void withheld() {
        std::string lines;
        for (const auto& [field, ground] : request_.withheld) {
            if (field.first >= size_ || entries_[field.first].fields.count(field.second) == 0) throw EntryRefused(file_.path(), "entry " + std::to_string(field.first) + " has no content `" + field.second + "` to withhold");
            lines += line({{"field", json_text(field.second)}, {"ground", json_text(ground)}, {"seq", json_seq(field.first)}});
        }
        files_["withheld.jsonl"] = lines;
    }

    void leaves() {
        std::string lines, hashes;
        store_.each_leaf([&](const LeafRow& row) {
            lines += row.bytes + '\n';
            hashes += row.hash;
        });
        files_["leaves.jsonl"] = lines;
        files_["leafhashes.bin"] = hashes;
    }

    void openings() {
        std::string lines;
        store_.each_opening([&](std::uint64_t seq, const Opening& opening) {
            if (request_.withheld.count({seq, opening.field}) > 0) return;
            ++opened_;
            lines += line({{"field", json_text(opening.field)}, {"salt", json_text(opening.salt)}, {"seq", json_seq(seq)}, {"value", json_text(opening.value)}});
        });
        files_["openings.jsonl"] = lines;
    }

    /// Those that leaves and the content that is given name.
    void artefacts() {
        std::vector<ArtefactName> named;
        for (const RecordedEntry& entry : entries_) {
            for (ArtefactName& name : artefacts_of(entry.leaf.refs)) named.push_back(std::move(name));
            for (const auto& [field, value] : entry.fields)
                if (names_artefacts(field) && request_.withheld.count({entry.leaf.seq, field}) == 0) collect_artefacts(value, named);
        }
        for (std::size_t i = 0; i < named.size(); ++i) {
            const std::string path = "artefacts/" + named[i].sha256;
            if (files_.count(path) > 0) continue;
            auto artefact = store_.artefact(named[i].sha256);
            if (!artefact) throw RecordError(file_.path(), "an artefact that an entry names is not there: " + named[i].text());
            if (artefact->media_type == artefact_list_type)
                for (const auto& [name, each] : parse_artefact_list(artefact->bytes).value_or(std::map<std::string, ArtefactName>{})) named.push_back(each);
            files_[path] = std::move(artefact->bytes);
            ++artefacts_;
        }
    }

    void proofs() {
        for (const RecordedEntry& entry : entries_) {
            const std::string& kind = entry.leaf.kind;
            if (kind == "fact" || kind == "correction" || kind == "part" || kind == "clock") continue;
            std::string text = "c2sp.org/tlog-proof@v1\nindex " + std::to_string(entry.leaf.seq) + '\n';
            for (const Digest& step : inclusion_proof(entry.leaf.seq, size_, nodes())) text += base64(view(step)) + '\n';
            files_["proofs/" + std::to_string(entry.leaf.seq) + ".tlog-proof"] = text + '\n' + file_.checkpoint();
        }
    }

    void tokens() {
        for (const RecordedEntry& entry : entries_) {
            const auto stamp = read_timestamp(entry.leaf);
            if (!stamp) continue;
            const auto token = store_.artefact(stamp->token.sha256);
            if (!token || stamp->size > size_) throw RecordError(file_.path(), "the time stamp of entry " + std::to_string(entry.leaf.seq) + " is not there");
            const std::string path = "tokens/" + std::to_string(entry.leaf.seq);
            files_[path + ".tsr"] = token->bytes;
            files_[path + ".text"] = checkpoint_text({file_.origin(), stamp->size, tree_root(stamp->size, nodes()), {}});
        }
    }

    void manifest() {
        std::uint64_t erased = 0;
        for (const RecordedEntry& entry : entries_) erased += entry.erased.size();
        JsonValue sums = json_object();
        for (const auto& [name, bytes] : files_) json_add(sums, name, json_text(sha256_hex(bytes)));
        files_["manifest.json"] = line({{"duenotice", json_text("bundle/1")},
                                        {"incident", json_text(file_.incident())},
                                        {"origin", json_text(file_.origin())},
                                        {"edition", json_text(request_.edition)},
                                        {"root", json_text(hex_digits(tree_root(size_, nodes())))},
                                        {"entries", json_seq(size_)},
                                        {"openings", json_seq(opened_)},
                                        {"withheld", json_seq(request_.withheld.size())},
                                        {"erased", json_seq(erased)},
                                        {"artefacts", json_seq(artefacts_)},
                                        {"files", std::move(sums)}});
    }

    const CaseFile& file_;
    const CaseStore& store_;
    const BundleRequest& request_;
    std::uint64_t size_ = 0, opened_ = 0, artefacts_ = 0;
    std::vector<RecordedEntry> entries_;
    BundleFiles files_;
};

}  // namespace

BundleFiles make_bundle(const CaseFile& file, const BundleRequest& request) { return Maker(file, request).run(); }

std::string bundle_sums(const BundleFiles& files) {
    std::string text;
    for (const auto& [name, bytes] : files)
        if (name != "SHA256SUMS") text += sha256_hex(bytes) + "  " + name + '\n';
    return text;
}

}  // namespace duenotice
