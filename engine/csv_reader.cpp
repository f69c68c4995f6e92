#include "engine/csv_reader.h"

#include <fmt/format.h>

namespace duenotice {

namespace {

class CsvReader {
public:
    CsvReader(SourcePtr source, Diagnostics& diagnostics) : source_(std::move(source)), text_(source_->text()), diagnostics_(diagnostics) {}

    CsvTable read() {
        CsvTable table;
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        separator_ = separator();
        bool first = true;
        while (at_ < text_.size()) {
            const std::size_t begin = at_;
            CsvRow row = read_row();
            if (row.size() == 1 && row.front().text.empty() && at_ - begin <= 2) {
                blank_ = blank_ == std::string_view::npos ? begin : blank_;
                continue;
            }
            if (blank_ != std::string_view::npos)
                diagnostics_.error("DN0541", {source_, blank_, blank_}, "a blank line stands between the rows");
            blank_ = std::string_view::npos;
            if (first) {
                table.header = std::move(row);
            } else {
                if (row.size() != table.header.size())
                    diagnostics_.error("DN0542", {source_, begin, begin + 1},
                                       fmt::format("this row has {} cell{}; the header has {}", row.size(), row.size() == 1 ? "" : "s", table.header.size()));
                table.rows.push_back(std::move(row));
            }
            first = false;
        }
        if (first) diagnostics_.error("DN0541", {source_, 0, 0}, "the table has no header row");
        return table;
    }

private:
    /// What parts the cells of the header row, outside of quotes.
    char separator() const {
        bool quoted = false;
        char other = ',';
        for (std::size_t at = at_; at < text_.size() && (quoted || text_[at] != '\n'); ++at) {
            if (text_[at] == '"') quoted = !quoted;
            if (quoted) continue;
            if (text_[at] == ',') return ',';
            if (other == ',' && (text_[at] == ';' || text_[at] == '\t')) other = text_[at];
        }
        return other;
    }

    CsvRow read_row() {
        CsvRow row;
        while (true) {
            row.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
            if (at_ >= text_.size()) return row;
            if (text_[at_] == separator_) {
                ++at_;
                continue;
            }
            if (text_[at_] == '\r') ++at_;
            if (at_ < text_.size() && text_[at_] == '\n') ++at_;
            return row;
        }
    }

    CsvCell plain() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && !(text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')) {
            if (text_[at_] == '"')
                diagnostics_.error("DN0543", {source_, at_, at_ + 1}, "a quote stands inside a cell without quotes",
                                   "put the whole cell in quotes and write the quote twice");
            ++at_;
        }
        return {std::string(text_.substr(begin, at_ - begin)), {source_, begin, at_}};
    }

    CsvCell quoted() {
        const std::size_t begin = at_++;
        CsvCell cell;
        bool closed = false;
        while (at_ < text_.size() && !closed) {
            if (text_[at_] != '"') {
                cell.text += text_[at_++];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell.text += '"';
                at_ += 2;
            } else {
                ++at_;
                closed = true;
            }
        }
        if (!closed) diagnostics_.error("DN0543", {source_, begin, begin + 1}, "the quotes of this cell are never closed");
        cell.span = {source_, begin, at_};
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
            diagnostics_.error("DN0543", {source_, at_, at_ + 1}, "something follows the closing quote of a cell");
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
        }
        return cell;
    }

    SourcePtr source_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    char separator_ = ',';
    std::size_t blank_ = std::string_view::npos;
};

}  // namespace

Checked<CsvTable> read_csv(SourcePtr source) {
    Checked<CsvTable> result;
    const std::string_view text = source->text();
    if (text.size() > csv_most_bytes) {
        result.diagnostics.error("DN0540", {source, 0, 0}, fmt::format("the text has {} bytes; at most {} are read", text.size(), csv_most_bytes));
    } else if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        result.diagnostics.error("DN0540", {source, bad, bad + 1}, "the text is not valid UTF-8 here",
                                 "save the table again as CSV in UTF-8");
    }
    if (result.diagnostics.has_errors()) return result;
    CsvTable table = CsvReader(source, result.diagnostics).read();
    if (!result.diagnostics.has_errors()) result.value = std::move(table);
    return result;
}

}  // namespace duenotice
