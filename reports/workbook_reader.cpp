#include "reports/workbook_reader.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "rules/xml_limits.h"

namespace duenotice {

namespace {

constexpr std::size_t most_parts = 4'000;
constexpr XmlLimits part_limits{256U << 20U, 64, 20'000'000};
constexpr std::uint32_t most_columns = 16'384, most_rows = 1'048'576;

struct Unreadable {
    std::string words;
};

struct CloseArchive {
    void operator()(archive* open) const { archive_read_free(open); }
};

/// Letters that a message may hold.
bool is_plain(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// The parts by name.
std::map<std::string, std::string> unpacked(std::string_view bytes) {
    const std::unique_ptr<archive, CloseArchive> zip(archive_read_new());
    archive_read_support_format_zip_seekable(zip.get());
    if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) throw Unreadable{"it is no workbook (.xlsx)"};
    std::map<std::string, std::string> parts;
    std::size_t total = 0;
    archive_entry* entry = nullptr;
    for (int state = archive_read_next_header(zip.get(), &entry); state != ARCHIVE_EOF; state = archive_read_next_header(zip.get(), &entry)) {
        if (state != ARCHIVE_OK) throw Unreadable{"it is no whole workbook (.xlsx)"};
        const char* name = archive_entry_pathname_utf8(entry);
        if (name == nullptr || !is_plain(name) || parts.size() >= most_parts) throw Unreadable{"its parts have no proper names, or are too many"};
        std::string& part = parts[name];
        if (!part.empty()) throw Unreadable{fmt::format("part {} is in it twice", name)};
        char buffer[65536];
        for (la_ssize_t count = archive_read_data(zip.get(), buffer, sizeof buffer); count != 0; count = archive_read_data(zip.get(), buffer, sizeof buffer)) {
            if (count < 0) throw Unreadable{fmt::format("part {} cannot be unpacked", name)};
            total += static_cast<std::size_t>(count);
            if (total > workbook_most_bytes) throw Unreadable{fmt::format("it holds more than {} bytes", workbook_most_bytes)};
            part.append(buffer, static_cast<std::size_t>(count));
        }
    }
    return parts;
}

/// The name without the prefix of its namespace.
std::string_view local(std::string_view name) { return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1); }

std::string attribute(const XmlElement& element, std::string_view name) {
    for (const XmlAttribute& each : element.attributes)
        if (local(std::string_view(each.name)) == name) return std::string(std::string_view(each.value));
    return {};
}

/// All texts of a rich or plain string; phonetic readings are no part of it.
void add_text(const XmlElement& element, std::string& text) {
    const std::string_view name = local(std::string_view(element.name));
    if (name == "rPh") return;
    if (name == "t") text += std::string_view(element.text);
    for (const XmlElement& child : element.children) add_text(child, text);
}

std::optional<std::uint32_t> whole(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number) : std::nullopt;
}

/// `C4` as row 3, column 2.
std::optional<std::pair<std::uint32_t, std::uint32_t>> place_of(std::string_view reference) {
    std::uint32_t column = 0;
    std::size_t at = 0;
    for (; at < reference.size() && at < 3 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) column = column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
    const auto row = whole(reference.substr(at));
    if (column == 0 || !row || *row == 0 || column > most_columns || *row > most_rows) return {};
    return std::pair(*row - 1, column - 1);
}

class Reader {
public:
    explicit Reader(std::map<std::string, std::string> parts) : parts_(std::move(parts)) {}

    ReadWorkbook run() {
        if (parts_.count("xl/sharedStrings.xml") > 0)
            for (const XmlElement& item : part("xl/sharedStrings.xml").children) {
                add_text(item, strings_.emplace_back());
                strings_.back() = unescape_cell(strings_.back());
            }
        std::map<std::string, std::string> targets;
        for (const XmlElement& relation : part("xl/_rels/workbook.xml.rels").children) targets[attribute(relation, "Id")] = attribute(relation, "Target");
        ReadWorkbook book;
        const XmlElement workbook = part("xl/workbook.xml");
        for (const XmlElement& list : workbook.children) {
            if (local(std::string_view(list.name)) != "sheets") continue;
            for (const XmlElement& named : list.children) {
                const std::string target = targets[attribute(named, "id")];
                book.sheets.push_back(sheet(attribute(named, "name"), target.starts_with('/') ? target.substr(1) : "xl/" + target));
            }
        }
        if (book.sheets.empty()) throw Unreadable{"it has no sheets"};
        return book;
    }

private:
    XmlElement part(const std::string& name) {
        const auto found = parts_.find(name);
        if (found == parts_.end()) throw Unreadable{fmt::format("part {} is not in it", name)};
        auto read = read_xml(std::make_shared<const SourceText>(name, std::move(found->second)), part_limits);
        parts_.erase(found);
        if (!read) throw Unreadable{fmt::format("part {}: {}", name, read.diagnostics.items().empty() ? "cannot be read" : read.diagnostics.items().front().message)};
        return std::move(*read);
    }

    ReadSheet sheet(const std::string& name, const std::string& target) {
        ReadSheet made{name, {}};
        const XmlElement root = part(target);
        for (const XmlElement& data : root.children) {
            if (local(std::string_view(data.name)) != "sheetData") continue;
            std::uint32_t row_number = 0;
            for (const XmlElement& row : data.children) {
                row_number = whole(attribute(row, "r")).value_or(row_number + 1);
                std::uint32_t column = 0;
                for (const XmlElement& one : row.children) {
                    const std::string reference = attribute(one, "r");
                    const auto place = reference.empty() ? std::optional(std::pair(row_number - 1, column)) : place_of(reference);
                    if (!place) throw Unreadable{fmt::format("sheet {} has a cell at no place", name)};
                    column = place->second + 1;
                    if (auto read = cell(one)) made.cells[*place] = std::move(*read);
                }
            }
        }
        return made;
    }

    std::optional<ReadCell> cell(const XmlElement& element) const {
        ReadCell made;
        std::string value, text;
        bool has_value = false;
        for (const XmlElement& child : element.children) {
            const std::string_view name = local(std::string_view(child.name));
            if (name == "f") made.formula = true;
            if (name == "v") value = std::string_view(child.text), has_value = true;
            if (name == "is") add_text(child, text);
        }
        const std::string type = attribute(element, "t");
        if (type == "inlineStr") made.value = unescape_cell(text);
        else if (type == "s") {
            const auto index = whole(value);
            if (!index || *index >= strings_.size()) throw Unreadable{"a cell names a text that is not there"};
            made.value = strings_[*index];
        } else if (type.empty() || type == "n") {
            if (!has_value || value.empty()) return made.formula ? std::optional(made) : std::nullopt;
            double number = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (error != std::errc() || end != value.data() + value.size()) throw Unreadable{"a cell holds a number that is none"};
            made.value = number;
        } else made.value = unescape_cell(value);
        if (const auto* words = std::get_if<std::string>(&made.value); words != nullptr && words->empty() && !made.formula) return {};
        return made;
    }

    std::map<std::string, std::string> parts_;
    std::vector<std::string> strings_;
};

std::optional<unsigned> hex_of(std::string_view digits) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::variant<ReadWorkbook, std::string> read_workbook(std::string_view bytes) {
    try {
        return Reader(unpacked(bytes)).run();
    } catch (const Unreadable& mistake) {
        return mistake.words;
    }
}

std::string cell_name(std::uint32_t row, std::uint32_t column) {
    std::string letters;
    for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters + std::to_string(row + 1);
}

std::string unescape_cell(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const auto code = rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' ? hex_of(rest.substr(2, 4)) : std::nullopt;
        if (!code || *code > 0x7F) {
            plain += rest.front();
            ++at;
            continue;
        }
        plain += static_cast<char>(*code);
        at += 7;
    }
    return plain;
}

}  // namespace duenotice
