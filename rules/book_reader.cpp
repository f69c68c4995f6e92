#include "rules/book_reader.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "rules/file_shape.h"
#include "rules/law_parser.h"
#include "rules/vocabulary_reader.h"

namespace duenotice {

namespace {

/// An XML file with its root, kept while the book is made.
struct SourceFile {
    SourcePtr source;
    XmlElement root;
    bool is_shapely = false;         ///< its shape has been judged, and nothing was said
    std::optional<BookParts> parsed;  ///< a law about which nothing was said
};

template <std::size_t count>
bool is_one_of(const XmlText& name, const std::string_view (&names)[count]) {
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view one) { return name.is(one); });
}

bool is_law_data(const XmlText& root) {
    constexpr std::string_view roots[] = {"law", "jurisdiction", "authorities", "groups", "vocabulary"};
    return is_one_of(root, roots);
}

/// Whether the vocabulary needs this element of a law.
bool is_of_facts(const XmlElement& element) {
    constexpr std::string_view names[] = {"fact", "field", "implies", "excludes", "order"};
    return is_one_of(element.name, names);
}

bool is_silent(const Diagnostics& diagnostics) { return diagnostics.items().empty(); }

/// WHY: the tree of a file is larger than the file; while it is fresh it need not be fetched again, and the next file's
/// tree takes its place.
SourceFile file_of(const SourcePtr& source, XmlElement root) {
    SourceFile file{source, std::move(root), false, {}};
    if (!is_law_data(file.root.name)) return file;
    Diagnostics said;
    check_shape(file.root, "", said);
    file.is_shapely = is_silent(said);
    if (!file.is_shapely || file.root.name != "law") return file;
    BookParts parsed;
    parse_law(file.root, parsed, said);
    if (!is_silent(said)) return file;
    file.parsed = std::move(parsed);
    if (std::none_of(file.root.children.begin(), file.root.children.end(), is_of_facts)) file.root.children = {};
    return file;
}

template <class List>
void append(List& list, List& more) {
    list.insert(list.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void add_law(SourceFile& file, BookParts& parts, Diagnostics& diagnostics) {
    if (!file.parsed) return parse_law(file.root, parts, diagnostics);
    append(parts.laws, file.parsed->laws);
    append(parts.definitions, file.parsed->definitions);
    append(parts.presumptions, file.parsed->presumptions);
    append(parts.obligations, file.parsed->obligations);
    file.parsed.reset();
}

void add_file(SourceFile& file, BookParts& parts, Diagnostics& diagnostics) {
    const std::string_view kind = file.root.name;
    if (kind == "vocabulary" || kind == "law") read_constraints(file.root, parts.vocabulary, diagnostics);
    if (kind == "law")
        add_law(file, parts, diagnostics);
    else if (kind == "jurisdiction")
        parse_jurisdiction(file.root, parts, diagnostics);
    else if (kind == "authorities")
        parse_authorities(file.root, parts, diagnostics);
    else if (kind == "groups")
        parse_groups(file.root, parts, diagnostics);
    else if (kind == "counting") {
        Checked<CountingLaws> laws = parse_counting_laws(file.source);
        diagnostics.append(laws.diagnostics);
        if (laws) append(parts.counting.laws, laws->laws);
    } else if (kind != "vocabulary" && kind != "calendar" && kind != "calendars") {
        diagnostics.error("DN0300", file.root.span, fmt::format("`{}` is no root element of a law book", kind),
                          "one of: law, jurisdiction, authorities, groups, vocabulary, counting, calendars");
    }
}

/// Kinds of files in the order in which they are needed.
void add_files(std::vector<SourceFile>& files, BookParts& parts, Diagnostics& diagnostics) {
    for (const SourceFile& file : files)
        if (is_law_data(file.root.name) && !file.is_shapely) check_shape(file.root, "", diagnostics);
    for (const SourceFile& file : files)
        if (file.root.name == "vocabulary") read_facts(file.root, parts.vocabulary, diagnostics);
    for (const SourceFile& file : files)
        if (file.root.name == "law") read_facts(file.root, parts.vocabulary, diagnostics);
    for (SourceFile& file : files) add_file(file, parts, diagnostics);
    auto& laws = parts.counting.laws;
    std::stable_sort(laws.begin(), laws.end(), [](const CountingLaw& a, const CountingLaw& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < laws.size(); ++i)
        if (laws[i].id == laws[i - 1].id)
            diagnostics.error("DN0341", {}, fmt::format("counting law `{}` is there twice, in two files", laws[i].id));
}

}  // namespace

bool read_book(std::span<const SourcePtr> sources, const Spread& spread, BookParts& parts, Diagnostics& diagnostics) {
    struct Read {
        Diagnostics diagnostics;
        std::optional<SourceFile> file;
    };
    std::vector<Read> read(sources.size());
    const auto read_one = [&](std::size_t i) {
        Checked<XmlElement> root = read_xml(sources[i]);
        read[i].diagnostics = std::move(root.diagnostics);
        if (root) read[i].file = file_of(sources[i], std::move(*root));
    };
    if (spread) spread(sources.size(), read_one);
    else
        for (std::size_t i = 0; i < sources.size(); ++i) read_one(i);
    std::vector<SourceFile> files;
    files.reserve(sources.size());
    for (Read& one : read) {
        diagnostics.append(one.diagnostics);
        if (one.file) files.push_back(std::move(*one.file));
    }
    add_files(files, parts, diagnostics);
    return files.size() == sources.size();
}

}  // namespace duenotice
