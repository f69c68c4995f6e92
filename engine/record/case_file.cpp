#include "engine/record/case_file.h"

#include <map>
#include <set>
#include <stdexcept>

#include "engine/json_object.h"
#include "engine/record/canonical_json.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

JsonValue value_of(const std::string& path, std::uint64_t seq, const Opening& opening) {
    auto value = read_canonical_source(std::make_shared<const SourceText>(path + " entry " + std::to_string(seq), opening.value));
    if (!value) throw RecordError(path, "entry " + std::to_string(seq) + ": the content of `" + opening.field + "` is no JSON");
    return std::move(*value);
}

Leaf leaf_of(const std::string& path, const LeafRow& row) {
    auto leaf = parse_leaf(row.bytes);
    if (const auto* mistake = std::get_if<std::string>(&leaf)) throw RecordError(path, "entry " + std::to_string(row.seq) + ": " + *mistake);
    return std::get<Leaf>(std::move(leaf));
}

RecordedEntry recorded(const CaseStore& store, std::uint64_t seq) {
    const std::string& path = store.path();
    const LeafRow row = store.leaf(seq);
    const std::vector<Opening> openings = store.openings(seq);
    RecordedEntry made{leaf_of(path, row), {}};
    for (const Opening& opening : openings) {
        const auto commit = made.leaf.commits.find(opening.field);
        if (commit == made.leaf.commits.end() || commit->second != commitment(opening))
            throw RecordError(path, "entry " + std::to_string(row.seq) + ": the content of `" + opening.field + "` is not what was recorded");
        made.fields[opening.field] = value_of(path, row.seq, opening);
    }
    for (const auto& [field, commit] : made.leaf.commits) {
        if (made.fields.count(field) > 0) continue;
        const auto redaction = store.redaction_of(seq, field);
        if (!redaction) throw RecordError(path, "entry " + std::to_string(seq) + ": the content of `" + field + "` is missing, and no entry says that it was erased");
        made.erased[field] = *redaction;
    }
    return made;
}

std::string text_ref(const Leaf& leaf, const std::string& name) {
    const auto found = leaf.refs.find(name);
    const auto* text = found == leaf.refs.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? "" : *text;
}

/// Whether what was recorded is what somebody asks to record: everything but seq, time and salts.
bool same_content(const RecordedEntry& stored, const Entry& entry) {
    const Leaf& leaf = stored.leaf;
    if (leaf.kind != entry.kind || leaf.actor != entry.actor || leaf.valid_from != entry.valid_from || leaf.valid_to != entry.valid_to || leaf.refs != entry.refs) return false;
    if (leaf.commits.size() != entry.fields.size() || stored.fields.size() != entry.fields.size()) return false;
    for (const auto& [field, value] : entry.fields) {
        const auto found = stored.fields.find(field);
        if (found == stored.fields.end() || canonical_json(found->second) != canonical_json(value)) return false;
    }
    return true;
}

/// Takes the key to the content, where it is sealed.
void unseal(CaseStore& store) {
    if (store.leaf_count() == 0) return;
    const Leaf first = leaf_of(store.path(), store.leaf(0));
    const std::string id = content_key_id(first);
    if (id.empty()) return;
    auto key = find_content_key(store.path(), id);
    if (!key) throw RecordError(store.path(), "its content is sealed, and its key is not at " + content_key_path(store.path(), "content-" + id.substr(0, 16) + ".key") + " (DUENOTICE_CONTENT_KEYS names another folder)");
    store.use_content_key(std::move(*key), record_origin(first.incident));
}

/// The incident and the key of a record whose newest checkpoint is signed, of its size and of its root.
std::pair<std::string, NoteKey> checked_head(const CaseStore& store) {
    const std::string& path = store.path();
    const CaseStore::Snapshot snapshot(store);
    if (store.leaf_count() == 0) throw RecordError(path, "holds no entry");
    const RecordedEntry first = recorded(store, 0);
    const auto key = parse_note_key(text_ref(first.leaf, "key"));
    const std::string origin = record_origin(first.leaf.incident);
    if (first.leaf.kind != "opened" || !key || key->name != origin || text_ref(first.leaf, "origin") != origin) throw RecordError(path, "entry 0 does not open a record");
    const auto head = store.last_checkpoint();
    if (!head) throw RecordError(path, "bears no checkpoint");
    const auto opened = open_checkpoint(head->note, *key, origin);
    if (const auto* mistake = std::get_if<std::string>(&opened)) throw RecordError(path, "its newest checkpoint: " + *mistake);
    const Checkpoint& checkpoint = std::get<Checkpoint>(opened);
    const std::uint64_t size = store.leaf_count();
    if (checkpoint.size != size || head->size != size) throw RecordError(path, "holds " + std::to_string(size) + " entries and its newest checkpoint is of " + std::to_string(checkpoint.size));
    const Digest root = tree_root(size, [&store](unsigned level, std::uint64_t index) { return store.node(level, index); });
    if (root != checkpoint.root) throw RecordError(path, "its tree does not lead to the root that was signed");
    return {first.leaf.incident, *key};
}

}  // namespace

std::string content_key_id(const Leaf& opened) { return text_ref(opened, "content_key"); }

std::string record_origin(const std::string& incident) { return "duenotice.case/" + incident; }

/// Where a record ends while a transaction adds to it.
struct CaseFile::Tail {
    Tail(const CaseStore& of, RecordClock now) : store(of), size(of.leaf_count()), recorded(record_time(now)) {}

    const CaseStore& store;
    std::uint64_t size;
    std::map<unsigned, TreeNode> newest;  ///< by level, of those that were made here
    std::string recorded;                 ///< when, as record_time
    std::string chance;                   ///< random bytes that no salt has taken

    Digest node(unsigned level, std::uint64_t index) const {
        const auto found = newest.find(level);
        return found != newest.end() && found->second.index == index ? found->second.hash : store.node(level, index);
    }
    TreeNodes nodes() const {
        return [this](unsigned level, std::uint64_t index) { return node(level, index); };
    }
    std::string salt() {
        constexpr std::size_t salts_at_once = 64;  // WHY: each time that OpenSSL is asked has its price
        if (chance.empty()) chance = random_bytes(salt_bytes * salts_at_once);
        const std::string taken = chance.substr(chance.size() - salt_bytes);
        chance.resize(chance.size() - salt_bytes);
        return taken;
    }
};

/// A key of idempotency that stands already; what for is looked up when nothing is written any more.
struct CaseFile::KeyStands {
    std::string key;
};

CaseFile CaseFile::create(const std::string& path, const std::string& incident, const SigningKey& key, Entry opened, RecordClock now, const std::optional<ContentKey>& content_key) {
    if (!is_id(incident)) throw EntryRefused(path, "`" + incident + "` is not a code of an incident: letters, digits, `.`, `_`, `-`, at most 64");
    const NoteKey note_key{record_origin(incident), key.public_key()};
    opened.kind = "opened";
    opened.refs = {{"origin", note_key.name}, {"key", note_key.text()}};
    if (content_key) opened.refs["content_key"] = content_key->id();
    if (const std::string mistake = entry_mistake(opened); !mistake.empty()) throw EntryRefused(path, mistake);
    CaseFile made(CaseStore::create(path), incident, note_key);
    if (content_key) made.store_.use_content_key(*content_key, note_key.name);
    try {
        CaseStore::Transaction transaction(made.store_);
        Tail tail(made.store_, now);
        made.write(opened, tail);
        made.write_checkpoint(key, tail);
        transaction.commit();
    } catch (...) {
        CaseStore::discard(path);
        throw;
    }
    return made;
}

CaseFile CaseFile::open(const std::string& path, bool writable) {
    CaseStore store = CaseStore::open(path, writable);
    unseal(store);
    const auto [incident, key] = checked_head(store);
    return CaseFile(std::move(store), incident, key);
}

std::string CaseFile::checkpoint() const {
    const auto head = store_.last_checkpoint();
    return head ? head->note : "";
}

std::vector<std::uint64_t> CaseFile::written_before(std::span<const Entry> entries) const {
    std::vector<std::uint64_t> seqs;
    for (const Entry& entry : entries)
        if (const auto seq = store_.seq_of_key(entry.idem)) {
            if (!same_content(this->entry(*seq), entry)) throw EntryRefused(path(), "the key `" + entry.idem + "` stands for entry " + std::to_string(*seq) + ", which says something else");
            seqs.push_back(*seq);
        }
    if (!seqs.empty() && seqs.size() != entries.size()) throw EntryRefused(path(), "a part of these entries was written before");
    return seqs;
}

Appended CaseFile::append(std::span<const Entry> entries, const SigningKey& key, RecordClock now, std::optional<std::uint64_t> looked_at) {
    for (const Entry& entry : entries)
        if (const std::string mistake = entry_mistake(entry); !mistake.empty()) throw EntryRefused(path(), mistake);
    if (key.public_key() != key_.key) throw EntryRefused(path(), "this is not the key that signs this record");
    // WHY the first alone: who tries again begins with it, and a key that stands besides stops the writing.
    if (entries.empty() || store_.seq_of_key(entries.front().idem)) return appended_before(entries);
    try {
        return append_new(entries, key, now, looked_at);
    } catch (const KeyStands& stands) {
        Appended before = appended_before(entries);
        if (before.seqs.empty()) throw EntryRefused(path(), "the key `" + stands.key + "` stands twice");
        return before;
    }
}

Appended CaseFile::appended_before(std::span<const Entry> entries) const { return {written_before(entries), true, checkpoint()}; }

Appended CaseFile::append_new(std::span<const Entry> entries, const SigningKey& key, RecordClock now, std::optional<std::uint64_t> looked_at) {
    CaseStore::Transaction transaction(store_);
    Appended result;
    Tail tail(store_, now);
    if (looked_at && *looked_at != tail.size) throw EntryRefused(path(), "somebody else has written meanwhile; look again");
    write_clock(now, tail);
    for (const Entry& entry : entries) result.seqs.push_back(write(entry, tail));
    result.checkpoint = write_checkpoint(key, tail);
    transaction.commit();
    return result;
}

void CaseFile::write_clock(RecordClock now, Tail& tail) {
    const std::string last = leaf_of(store_.path(), store_.leaf(tail.size - 1)).rec;
    if (now >= parse_record_time(last).value_or(0)) return;
    Entry clock;
    clock.kind = "clock";
    clock.actor = "duenotice";
    clock.idem = "clock-" + std::to_string(tail.size);
    clock.refs = {{"was", last}};
    write(clock, tail);
}

void CaseFile::redact(const Leaf& redaction) {
    const auto said = read_redaction(redaction);
    if (!said || said->entry >= redaction.seq) throw EntryRefused(path(), "an erasure names an entry that is there");
    if (const std::string mistake = redaction_mistake(redaction, entry(said->entry).leaf); !mistake.empty()) throw EntryRefused(path(), mistake);
    const std::string name = "`" + said->field + "` of entry " + std::to_string(said->entry);
    if (const auto before = store_.redaction_of(said->entry, said->field)) throw EntryRefused(path(), name + " was erased by entry " + std::to_string(*before));
    if (const auto holds = holds_in_force(store_.holds(), said->entry); !holds.empty()) throw EntryRefused(path(), "the legal hold `" + holds.front() + "` keeps " + name);
    store_.add_redaction(*said);
    if (names_artefacts(said->field)) {
        std::vector<ArtefactName> named;
        collect_artefacts(entry(said->entry).fields.at(said->field), named);
        for (const ArtefactName& artefact : named)
            if (!store_.named_elsewhere(artefact.sha256, said->entry, said->field)) store_.erase_artefact(artefact.sha256);
    }
    store_.erase_opening(said->entry, said->field);
}

void CaseFile::keep_artefacts(const Entry& entry) {
    std::vector<ArtefactName> named = artefacts_of(entry.refs);
    std::set<std::string> open;  // what `refs` name, and the lists there: everybody may know it
    for (const ArtefactBytes& artefact : entry.artefacts)
        if (const auto list = artefact.media_type == artefact_list_type ? parse_artefact_list(artefact.bytes) : std::nullopt)
            for (const auto& [name, each] : *list) open.insert(each.sha256);
    // INVARIANT: a list stays as it is, since what names an artefact is looked for in its bytes.
    for (const ArtefactName& name : named)
        if (name.media_type != artefact_list_type) open.insert(name.sha256);
    for (const ArtefactBytes& artefact : entry.artefacts) {
        const bool list = artefact.media_type == artefact_list_type, known = !list && open.count(sha256_hex(artefact.bytes)) > 0;
        store_.put_artefact(artefact.media_type, artefact.bytes, list ? ArtefactKept::Plain : known ? ArtefactKept::Packed : ArtefactKept::Sealed);
    }
    for (const auto& [field, value] : entry.fields)
        if (names_artefacts(field)) collect_artefacts(value, named);
    for (std::size_t i = 0; i < named.size(); ++i) {
        const auto kept = store_.artefact(named[i].sha256);
        if (!kept) throw EntryRefused(path(), "the entry names an artefact that is not there: " + named[i].text());
        if (kept->media_type != named[i].media_type) throw EntryRefused(path(), "these bytes are kept as " + kept->media_type + " and not as " + named[i].text());
        if (kept->media_type != artefact_list_type) continue;
        const auto list = parse_artefact_list(kept->bytes);
        if (!list) throw EntryRefused(path(), "an artefact is no list of others: " + named[i].text());
        for (const auto& [name, each] : *list) named.push_back(each);
    }
}

std::uint64_t CaseFile::write(const Entry& entry, Tail& tail) {
    if (!store_.add_key({entry.idem, tail.size})) throw KeyStands{entry.idem};
    Leaf leaf{tail.size, entry.kind, incident_, tail.recorded, entry.actor, entry.idem, entry.valid_from, entry.valid_to, {}, entry.refs};
    std::vector<Opening> openings;
    for (const auto& [field, value] : entry.fields) {
        try {
            openings.push_back(make_opening(field, value, tail.salt()));
        } catch (const std::invalid_argument& mistake) {
            throw EntryRefused(path(), mistake.what());
        }
        leaf.commits[field] = commitment(openings.back());
    }
    keep_artefacts(entry);
    const std::string bytes = leaf_bytes(leaf);
    if (bytes.size() > leaf_most_bytes) throw EntryRefused(path(), "the entry is too large for a leaf of 65,535 bytes");
    const Digest hash = leaf_hash(bytes);
    const auto made = nodes_completed(leaf.seq, hash, tail.nodes());
    store_.add_leaf(bytes, made);
    store_.add_openings(leaf.seq, openings);
    for (const TreeNode& node : made) tail.newest[node.level] = node;
    ++tail.size;
    if (leaf.kind == "redaction") redact(leaf);
    if (leaf.kind == "legal-hold") {
        const auto hold = read_hold(leaf);
        if (!hold || (hold->entry && *hold->entry >= leaf.seq)) throw EntryRefused(path(), "a legal hold has a name, a state and an entry that is there, or none");
        if (const std::string mistake = hold_mistake(store_.holds(), *hold); !mistake.empty()) throw EntryRefused(path(), mistake);
        store_.add_hold(*hold);
    }
    return leaf.seq;
}

std::string CaseFile::write_checkpoint(const SigningKey& key, const Tail& tail) {
    const std::string note = sign_checkpoint({origin(), tail.size, tree_root(tail.size, tail.nodes()), {}}, origin(), key);
    store_.add_checkpoint({tail.size, note});
    return note;
}

RecordedEntry CaseFile::entry(std::uint64_t seq) const { return recorded(store_, seq); }

std::vector<RecordedEntry> CaseFile::entries(std::uint64_t size) const {
    std::vector<RecordedEntry> all;
    for (std::uint64_t seq = 0; seq < size; ++seq) all.push_back(entry(seq));
    return all;
}

}  // namespace duenotice
