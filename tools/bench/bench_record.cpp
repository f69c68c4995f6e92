// The record beside bare inserts of as many bytes into SQLite, in groups and one durable commit each, in the same run; what
// it costs to open and verify a long one; and the workbook beside the same cells written by its library alone.
#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/record/canonical_json.h"
#include "engine/record/case_file.h"
#include "engine/record/record_verifier.h"
#include "reports/workbook.h"

namespace duenotice {

namespace {

constexpr int group = 1'000;
constexpr int long_record = 100'000;
constexpr RecordClock began = 1'795'212'840'000'000;  // 2026-11-20T22:14:00Z

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "duenotice-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string file(const std::string& name) const { return (path_ / name).string(); }
    std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

const SigningKey& key() {
    static const SigningKey made = SigningKey::from_seed(std::string(32, 'k'));
    return made;
}

Entry fact(const std::string& idem) {
    Entry entry;
    entry.kind = "fact";
    entry.actor = "soc";
    entry.idem = idem;
    entry.fields["statement"] = json_text("statement " + idem);
    entry.fields["fact"] = json_text("data.personal");
    return entry;
}

CaseFile new_record(const std::string& path) {
    Entry opened;
    opened.actor = "soc";
    opened.idem = "open";
    return CaseFile::create(path, "INC-1", key(), opened, began);
}

std::vector<Entry> facts(const std::string& prefix, int count) {
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) entries.push_back(fact(prefix + "." + std::to_string(i)));
    return entries;
}

void per_entry(benchmark::State& state, int entries) {
    state.counters["entries/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * entries, benchmark::Counter::kIsRate);
}

/// Rows as long as the content, leaf and hash of one fact, without index, tree, commitment or signature.
class BareTable {
public:
    explicit BareTable(const std::string& path) {
        sqlite3_open(path.c_str(), &database_);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, bytes BLOB)");
        sqlite3_prepare_v2(database_, "INSERT INTO row (bytes) VALUES (?)", -1, &insert_, nullptr);
    }
    ~BareTable() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    BareTable(const BareTable&) = delete;
    BareTable& operator=(const BareTable&) = delete;

    bool commit(int rows) {
        bool good = run("BEGIN IMMEDIATE");
        for (int i = 0; i < rows; ++i) {
            sqlite3_bind_blob(insert_, 1, bytes_.data(), static_cast<int>(bytes_.size()), SQLITE_STATIC);
            good = sqlite3_step(insert_) == SQLITE_DONE && good;
            sqlite3_reset(insert_);
        }
        return run("COMMIT") && good;
    }

private:
    bool run(const char* sql) { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    const std::string bytes_ = std::string(350, 'x');
};

void sqlite_inserts(benchmark::State& state) {
    const Folder folder;
    BareTable table(folder.file("bare"));
    const int rows = static_cast<int>(state.range(0));
    for (auto unused : state) {
        (void)unused;
        if (!table.commit(rows)) return state.SkipWithError("SQLite refused");
    }
    per_entry(state, rows);
}

void record_appends(benchmark::State& state) {
    const Folder folder;
    CaseFile file = new_record(folder.file("a.case"));
    const int count = static_cast<int>(state.range(0));
    RecordClock now = began;
    for (auto unused : state) {
        (void)unused;
        state.PauseTiming();
        const std::vector<Entry> entries = facts("g" + std::to_string(++now), count);
        state.ResumeTiming();
        file.append(entries, key(), now);
    }
    per_entry(state, count);
}

/// Made once: as many entries as a long matter has, a checkpoint for each thousand.
const std::string& long_record_path() {
    static const Folder folder;
    static const std::string path = [] {
        const std::string made = folder.file("long.case");
        CaseFile file = new_record(made);
        for (int g = 0; g < long_record / group; ++g) file.append(facts("g" + std::to_string(g), group), key(), began + g + 1);
        return made;
    }();
    return path;
}

void record_open(benchmark::State& state) {
    const std::string& path = long_record_path();
    for (auto unused : state) {
        (void)unused;
        benchmark::DoNotOptimize(CaseFile::open(path, false).size());
    }
}

void record_verify(benchmark::State& state) {
    const std::string& path = long_record_path();
    for (auto unused : state) {
        (void)unused;
        if (!verify_record(path).holds()) return state.SkipWithError("the record does not hold");
    }
    per_entry(state, long_record);
}

constexpr int sheet_rows = 20'000, sheet_columns = 12;

std::string cell_text(int row, int column) { return "cell " + std::to_string(row) + " of column " + std::to_string(column); }

void rows_written(benchmark::State& state) { state.counters["rows/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * sheet_rows, benchmark::Counter::kIsRate); }

void workbook_rows(benchmark::State& state) {
    const Folder folder;
    Sheet sheet;
    sheet.name = "Rows";
    for (int c = 0; c < sheet_columns; ++c) sheet.columns.push_back({"column " + std::to_string(c), 30});
    for (int r = 0; r < sheet_rows; ++r) {
        std::vector<Cell> cells;
        for (int c = 0; c < sheet_columns; ++c) cells.emplace_back(cell_text(r, c));
        sheet.rows.push_back(std::move(cells));
    }
    const std::vector<Sheet> sheets{sheet};
    for (auto unused : state) {
        (void)unused;
        if (const std::string failed = write_workbook(sheets, {"t", "s", "f", Instant{0}}, folder.file("a.xlsx"), folder.path()); !failed.empty()) return state.SkipWithError(failed.c_str());
    }
    rows_written(state);
}

/// The same cells in constant memory by the library alone.
void xlsxwriter_rows(benchmark::State& state) {
    const Folder folder;
    std::vector<std::string> texts;
    for (int r = 0; r < sheet_rows; ++r)
        for (int c = 0; c < sheet_columns; ++c) texts.push_back(cell_text(r, c));
    std::string temporary = folder.path();
    for (auto unused : state) {
        (void)unused;
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = temporary.data();
        lxw_workbook* const book = workbook_new_opt(folder.file("b.xlsx").c_str(), &options);
        lxw_worksheet* const sheet = workbook_add_worksheet(book, "Rows");
        for (int r = 0; r < sheet_rows; ++r)
            for (int c = 0; c < sheet_columns; ++c)
                worksheet_write_string(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c), texts[static_cast<std::size_t>(r * sheet_columns + c)].c_str(), nullptr);
        if (workbook_close(book) != LXW_NO_ERROR) return state.SkipWithError("the library refused");
    }
    rows_written(state);
}

BENCHMARK(sqlite_inserts)->Arg(group)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(record_appends)->Arg(group)->Arg(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(record_open)->Unit(benchmark::kMillisecond);
BENCHMARK(record_verify)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(workbook_rows)->Unit(benchmark::kMillisecond);
BENCHMARK(xlsxwriter_rows)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace duenotice
