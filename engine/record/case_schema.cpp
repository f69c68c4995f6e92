#include "engine/record/case_schema.h"

#include <array>

namespace duenotice {

namespace {

constexpr std::uint64_t application_id = 0x444E4346;  // `DNCF`

constexpr const char* version_1 = R"(
CREATE TABLE leaf (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
CREATE TABLE node (level INTEGER NOT NULL CHECK (level > 0), idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE opening (seq INTEGER NOT NULL, field TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq, field)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TABLE idempotency (key TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER leaf_next BEFORE INSERT ON leaf WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM leaf) BEGIN SELECT RAISE(ABORT, 'a leaf must be the next one'); END;
CREATE TRIGGER leaf_kept BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER leaf_stays BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER node_kept BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER node_stays BEFORE DELETE ON node BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER opening_kept BEFORE UPDATE ON opening BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER opening_stays BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER checkpoint_kept BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER idempotency_kept BEFORE UPDATE ON idempotency BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER idempotency_stays BEFORE DELETE ON idempotency BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
)";

// `redaction.seq` is the entry that says so; `entry` and `field` what it covers. A hold of no entry covers all; the last
// row of a name says whether it is in force.
constexpr const char* version_2 = R"(
CREATE TABLE artefact (sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), media_type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE redaction (seq INTEGER PRIMARY KEY, entry INTEGER NOT NULL, field TEXT NOT NULL, UNIQUE (entry, field)) STRICT;
CREATE TABLE legal_hold (seq INTEGER PRIMARY KEY, hold TEXT NOT NULL, entry INTEGER, placed INTEGER NOT NULL CHECK (placed IN (0, 1))) STRICT;
DROP TRIGGER opening_stays;
CREATE TRIGGER opening_stays BEFORE DELETE ON opening WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE entry = OLD.seq AND field = OLD.field) BEGIN SELECT RAISE(ABORT, 'content leaves a record by a redaction only'); END;
CREATE TRIGGER opening_gone BEFORE INSERT ON opening WHEN EXISTS (SELECT 1 FROM redaction WHERE entry = NEW.seq AND field = NEW.field) BEGIN SELECT RAISE(ABORT, 'content that was redacted does not come back'); END;
CREATE TRIGGER artefact_kept BEFORE UPDATE ON artefact BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER artefact_stays BEFORE DELETE ON artefact WHEN NOT EXISTS (SELECT 1 FROM redaction JOIN opening ON opening.seq = redaction.entry AND opening.field = redaction.field WHERE instr(opening.value, OLD.sha256) > 0) BEGIN SELECT RAISE(ABORT, 'content leaves a record by a redaction only'); END;
CREATE TRIGGER redaction_held BEFORE INSERT ON redaction WHEN EXISTS (SELECT 1 FROM legal_hold AS h WHERE h.placed = 1 AND (h.entry IS NULL OR h.entry = NEW.entry) AND NOT EXISTS (SELECT 1 FROM legal_hold AS later WHERE later.hold = h.hold AND later.seq > h.seq)) BEGIN SELECT RAISE(ABORT, 'a legal hold keeps this content'); END;
CREATE TRIGGER redaction_kept BEFORE UPDATE ON redaction BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER redaction_stays BEFORE DELETE ON redaction BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER legal_hold_kept BEFORE UPDATE ON legal_hold BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER legal_hold_stays BEFORE DELETE ON legal_hold BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
)";

// The bytes of what everybody may know (law, calendars, zones) are kept packed; `size` is that of the bytes themselves, null
// where they are kept as they are. The name is the hash of the bytes themselves in either case.
constexpr const char* version_3 = R"(
ALTER TABLE artefact ADD COLUMN size INTEGER CHECK (size IS NULL OR size >= 0);
)";

// Fewer rows an entry. WHY: rows are what writing costs. A leaf brings the nodes of the tree that it completes, lowest
// first, 32 bytes each. The contents of an entry stand in one row, which stays when all of them were erased: a text with a
// line each (engine/record/opening_lines.h), or the same sealed, as a blob (engine/record/content_key.h). Artefacts that
// only content names are then sealed too.
constexpr const char* version_4 = R"(
DROP TRIGGER leaf_next; DROP TRIGGER leaf_kept; DROP TRIGGER leaf_stays;
ALTER TABLE leaf RENAME TO leaf_3;
CREATE TABLE leaf (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), nodes BLOB CHECK (length(nodes) % 32 = 0)) STRICT;
INSERT INTO leaf SELECT seq, bytes, leaf_3.hash, made.nodes FROM leaf_3 LEFT JOIN (SELECT until, CAST(group_concat(hash, '') AS BLOB) AS nodes FROM (SELECT ((idx + 1) << level) - 1 AS until, hash FROM node ORDER BY until, level) GROUP BY until) AS made ON made.until = leaf_3.seq ORDER BY seq;
DROP TABLE leaf_3;
DROP TABLE node;
CREATE TRIGGER leaf_next BEFORE INSERT ON leaf WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM leaf) BEGIN SELECT RAISE(ABORT, 'a leaf must be the next one'); END;
CREATE TRIGGER leaf_kept BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER leaf_stays BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
DROP TRIGGER opening_kept; DROP TRIGGER opening_stays; DROP TRIGGER opening_gone; DROP TRIGGER artefact_stays;
ALTER TABLE opening RENAME TO opening_3;
CREATE TABLE opening (seq INTEGER PRIMARY KEY, content ANY NOT NULL CHECK (typeof(content) IN ('text', 'blob'))) STRICT;
INSERT INTO opening SELECT seq, group_concat(field || ' ' || salt || ' ' || value, char(10)) FROM (SELECT seq, field, salt, value FROM opening_3 ORDER BY seq, field) GROUP BY seq ORDER BY seq;
DROP TABLE opening_3;
CREATE TRIGGER opening_kept BEFORE UPDATE ON opening WHEN NEW.seq IS NOT OLD.seq OR NOT EXISTS (SELECT 1 FROM redaction WHERE entry = OLD.seq) BEGIN SELECT RAISE(ABORT, 'a record is only added to'); END;
CREATE TRIGGER opening_stays BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'content leaves a record by a redaction only'); END;
ALTER TABLE artefact ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));
CREATE TRIGGER artefact_stays BEFORE DELETE ON artefact WHEN NOT EXISTS (SELECT 1 FROM redaction JOIN opening ON opening.seq = redaction.entry WHERE instr(opening.content, OLD.sha256) > 0 OR (OLD.sealed = 1 AND typeof(opening.content) = 'blob')) BEGIN SELECT RAISE(ABORT, 'content leaves a record by a redaction only'); END;
)";

/// What leads from each version to the next; the first from an empty database.
constexpr std::array<const char*, schema_version> steps = {version_1, version_2, version_3, version_4};

/// Every object of the schema with its text; the same for two files of one version.
std::string schema_of(const CaseDatabase& database) {
    std::string text;
    CaseQuery query(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (query.next())
        for (int column = 0; column < 4; ++column) text += query.bytes(column) + '\n';
    return text;
}

const std::string& expected_schema(std::uint64_t version) {
    static const std::array<std::string, schema_version> texts = [] {
        std::array<std::string, schema_version> made;
        const CaseDatabase memory(":memory:");
        for (std::size_t i = 0; i < steps.size(); ++i) {
            memory.run(steps[i]);
            made[i] = schema_of(memory);
        }
        return made;
    }();
    return texts[version - 1];
}

std::uint64_t version_of(const CaseDatabase& database) { return database.one_number("PRAGMA user_version"); }

/// In the transaction that stands.
void run_steps(const CaseDatabase& database, std::uint64_t from) {
    for (std::uint64_t version = from; version < schema_version; ++version) database.run(steps[version]);
    const std::string mark = "PRAGMA user_version=" + std::to_string(schema_version);
    database.run(mark.c_str());
}

}  // namespace

void make_schema(const CaseDatabase& database) {
    database.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN IMMEDIATE");
    const std::string mark = "PRAGMA application_id=" + std::to_string(application_id);
    database.run(mark.c_str());
    run_steps(database, 0);
    database.run("COMMIT");
}

std::uint64_t check_schema(const CaseDatabase& database) {
    if (database.one_number("PRAGMA application_id") != application_id) throw RecordError(database.path(), "is not a case file");
    const std::uint64_t version = version_of(database);
    if (version > schema_version) throw RecordError(database.path(), "was written by a later version of this program (schema " + std::to_string(version) + ")");
    if (version == 0 || schema_of(database) != expected_schema(version)) throw RecordError(database.path(), "is a case file whose tables were altered");
    return version;
}

void upgrade_schema(const CaseDatabase& database) {
    if (version_of(database) == schema_version) return;
    database.run("BEGIN IMMEDIATE");
    try {
        // Asked again, since somebody else may have done it meanwhile.
        run_steps(database, version_of(database));
        database.run("COMMIT");
    } catch (...) {
        database.run_if_it_can("ROLLBACK");
        throw;
    }
}

}  // namespace duenotice
