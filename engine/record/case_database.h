#pragma once
// SQLite, met only here: a connection with settings that keep a hostile or damaged file from doing more than being
// refused, and statements whose parameters are bound. Text is never pasted into SQL. A connection is of one thread at a time.
//
// RecordError with the path where SQLite fails; a writer waits ten seconds for another one.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/record/record_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace duenotice {

class CaseDatabase {
public:
    /// The file must be there; `:memory:` is a new database without one.
    explicit CaseDatabase(std::string path);
    ~CaseDatabase();
    CaseDatabase(const CaseDatabase&) = delete;
    CaseDatabase& operator=(const CaseDatabase&) = delete;

    const std::string& path() const { return path_; }
    [[noreturn]] void fail() const;
    void run(const char* sql) const;
    /// For ROLLBACK, which has nothing to do where SQLite has rolled back already.
    void run_if_it_can(const char* sql) const noexcept;
    /// To be called before anything is read.
    void defend() const;
    /// Builds the file anew without what was removed.
    void vacuum() const;
    /// Every page, as one state, into a database that is there and empty; on the disk when it returns.
    void copy_into(const CaseDatabase& target) const;
    /// By the last statement that changes any.
    std::uint64_t changed_rows() const;
    /// The first column of the first row; 0 without a row.
    std::uint64_t one_number(const char* sql) const;

private:
    friend class CaseQuery;
    void check(int code) const;
    sqlite3_stmt* take(const char* sql) const;
    void give_back(const char* sql, sqlite3_stmt* statement) const noexcept;

    std::string path_;
    sqlite3* handle_ = nullptr;
    struct Prepared {
        sqlite3_stmt* statement = nullptr;
        bool taken = false;
    };
    mutable std::map<const char*, Prepared> prepared_;  ///< by the text that stands in the program
};

/// A statement with its parameters bound in order. The texts that are bound live until the query has gone.
class CaseQuery {
public:
    CaseQuery(const CaseDatabase& database, const char* sql) : database_(database), sql_(sql), statement_(database.take(sql)) {}
    ~CaseQuery() { database_.give_back(sql_, statement_); }
    CaseQuery(const CaseQuery&) = delete;
    CaseQuery& operator=(const CaseQuery&) = delete;

    CaseQuery& with(std::uint64_t number);
    CaseQuery& with_text(std::string_view text);
    CaseQuery& with_blob(std::string_view bytes);
    CaseQuery& with_null();
    /// To the next row; false when there is none.
    bool next();
    void finish();

    bool is_null(int column) const;
    bool is_blob(int column) const;
    std::uint64_t number(int column) const;
    std::string bytes(int column) const;

private:
    const CaseDatabase& database_;
    const char* sql_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

}  // namespace duenotice
