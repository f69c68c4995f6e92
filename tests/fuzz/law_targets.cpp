// Law as its authors write it: XML, law files of every kind with their examples, calendars, conditions and terms.

#include <algorithm>
#include <map>

#include "engine/calendar.h"
#include "engine/examples.h"
#include "rules/expression_parser.h"
#include "rules/rulebook.h"
#include "rules/xml_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace duenotice::fuzz {

namespace {

// ---- XML

bool plain(std::string_view text) { return text.find_first_of("&<\r\n\t") == std::string_view::npos; }

void check_element(const XmlElement& element, std::string_view text) {
    const auto inside = [&](const Span& span) { return span.begin <= span.end && span.end <= text.size(); };
    require(inside(element.span) && text.substr(element.span.begin + 1, element.name.size()) == element.name, "an element stands where its place says");
    for (const XmlAttribute& attribute : element.attributes) {
        require(inside(attribute.span), "an attribute stands inside the text");
        const std::string_view raw = text.substr(attribute.span.begin, attribute.span.end - attribute.span.begin);
        require(!plain(raw) || raw == attribute.value, "an attribute stands where its place says");
    }
    std::size_t last = 0;
    for (std::size_t i = 0; i < element.text.size(); ++i) {
        const Span span = element.text_span(i, i + 1);
        require(inside(span) && span.begin < span.end && span.begin >= last, "letters of a text stand in order");
        last = span.begin;
        if (span.end - span.begin == 1 && element.text[i] != '\n') require(text[span.begin] == element.text[i], "a letter stands where its place says");
    }
    require(inside(element.text_span()), "a text stands inside the file");
    for (const XmlElement& child : element.children) check_element(child, text);
}

std::vector<std::string> xml_corpus() {
    std::vector<std::string> texts = files("tests/testland", ".xml");
    texts.push_back(file("tests/testland/constructs/a1.xml"));
    texts.emplace_back("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<law id=\"eu.x\"><!-- c --><when>a is <![CDATA[<b>]]> &amp; \xc3\xa9</when>\r\n<limit n='1'/></law>");
    return texts;
}

Outcome run_xml(const std::string& bytes) {
    const SourcePtr text = source("fuzz.xml", bytes);
    const Checked<XmlElement> root = read_xml(text);
    const std::string codes = codes_of(root.diagnostics);
    require(root ? codes.empty() : root.diagnostics.error_count() == 1, "XML is read or has one mistake");
    if (root) check_element(*root, text->text());
    return {root.value.has_value(), codes};
}

// ---- law files

/// The shared vocabulary without the facts that no text of the corpus names, so that a book is read in a moment.
std::string short_vocabulary(const std::vector<std::string>& texts) {
    const std::string whole = file("jurisdictions/_shared/vocabulary.xml");
    std::string kept = "<vocabulary language=\"1\">\n";
    for (std::size_t at = whole.find("<fact "); at != std::string::npos; at = whole.find("<fact ", at + 1)) {
        const std::size_t open = whole.find('>', at), close = whole[open - 1] == '/' ? open + 1 : whole.find("</fact>", at) + 7;
        const std::size_t from = whole.find("id=\"", at) + 4;
        const std::string name = whole.substr(from, whole.find('"', from) - from);
        const bool named = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.find(name) != std::string::npos; });
        if (named) kept += whole.substr(at, close - at) + "\n";
    }
    return kept + "</vocabulary>\n";
}

struct BookBase {
    std::map<std::string, std::vector<SourcePtr>> by_kind;  ///< by root element
    std::vector<std::string> corpus;

    BookBase() {
        corpus = files("tests/testland/constructs", ".xml");
        const std::vector<std::string> rest = files("tests/testland", ".xml");
        corpus.insert(corpus.end(), rest.begin(), rest.end());
        corpus.push_back(short_vocabulary(corpus));
        corpus.push_back(file("jurisdictions/_shared/counting.xml"));
        for (const std::string& text : corpus) {
            const Checked<XmlElement> root = read_xml(source("base", text));
            if (root && root->name != "law") by_kind[root->name].push_back(source("base/" + root->name, text));
        }
    }
};
const BookBase& book_base() {
    static const BookBase base;
    return base;
}

std::vector<std::string> law_corpus() { return book_base().corpus; }

std::shared_ptr<const CalendarSet> no_calendars() {
    static const auto none = std::make_shared<const CalendarSet>();
    return none;
}

/// The input takes the place of what the book has of its kind; a law is one more file. What can be read is also asked:
/// its examples are run, which assesses an account each.
Outcome run_law(const std::string& bytes) {
    const Checked<XmlElement> root = read_xml(source("kind", bytes));
    const std::string kind = root ? std::string(root->name) : "law";
    std::vector<SourcePtr> sources{source("fuzz.xml", bytes)};
    for (const auto& [name, files_of_kind] : book_base().by_kind)
        if (name != kind) sources.insert(sources.end(), files_of_kind.begin(), files_of_kind.end());
    const Checked<std::shared_ptr<const RuleBook>> book = load_rulebook(sources);
    std::string codes = codes_of(book.diagnostics);
    require(book.value.has_value() != book.diagnostics.has_errors(), "a book is read or has mistakes");
    if (!book) return {false, codes};
    require((*book)->fingerprint.size() == 64, "a book has its fingerprint");
    World world;
    world.law = *book;
    world.zones = five_zones();
    world.calendars = no_calendars();
    // WHY: the search for the nearest change tries starts from the year 1400 on, and a busiest week then adds up 32,000 weeks.
    if (bytes.find("busiest week") == std::string::npos) codes += codes_of(run_examples(world).diagnostics);
    return {true, codes};
}

// ---- calendars

std::vector<std::string> calendar_corpus() {
    return {file("tests/tables/calendars.xml"), file("jurisdictions/de/calendar.xml"), file("jurisdictions/us/ca/calendar.xml"), file("jurisdictions/hu/calendar.xml"), file("jurisdictions/sg/calendar.xml")};
}

void check_calendar(const Calendar& calendar) {
    const Date first = calendar.first_day(), last = calendar.last_day();
    require(first <= last && calendar.covers(first) && calendar.covers(last), "a calendar covers its days");
    require(!calendar.covers(first.plus_days(-1)) && !calendar.covers(last.plus_days(1)), "and no others");
    require(calendar.is_working(last.plus_days(1)) == Working::Unknown, "beyond them nothing is known");
    for (int i = 0; i < 40; ++i) {
        const Date day = first.plus_days(i * 37 % (days_between(first, last) + 1));
        const auto on = calendar.on_or_after(day), next = calendar.advance(day, 3);
        if (on) require(*on >= day && calendar.is_working(*on) == Working::Yes, "the next working day is one");
        if (next) {
            require(*next > day && calendar.is_working(*next) == Working::Yes, "three working days on is a working day");
            require(calendar.count(day.plus_days(1), next->plus_days(1)) == 3, "and three working days away");
        }
        require(calendar.is_working(day) == Working::Yes || !calendar.reason_off(day, OffDays::WeekendAndHolidays).empty(), "a day off has a reason");
    }
}

Outcome run_calendar(const std::string& bytes) {
    const Checked<std::vector<CalendarSpec>> specs = parse_calendars(source("fuzz.xml", bytes));
    std::string codes = codes_of(specs.diagnostics);
    require(specs.value.has_value() != specs.diagnostics.has_errors(), "calendars are read or have mistakes");
    if (!specs) return {false, codes};
    const Checked<CalendarSet> set = compile_calendars(*specs);
    codes += codes_of(set.diagnostics);
    if (set)
        for (const auto& calendar : set->calendars) check_calendar(*calendar);
    return {set.value.has_value(), codes};
}

// ---- conditions and terms

std::vector<std::string> condition_corpus() {
    std::vector<std::string> lines;
    const std::string page = file("rules/LANGUAGE.md");
    bool inside = false;
    for (std::size_t at = 0; at < page.size();) {
        const std::size_t end = std::min(page.find('\n', at), page.size());
        const std::string line = page.substr(at, end - at);
        at = end + 1;
        if (line == "```condition" || line == "```term") inside = true;
        else if (line.rfind("```", 0) == 0) inside = false;
        else if (inside && !line.empty()) lines.push_back(line);
    }
    return lines;
}

Outcome run_condition(const std::string& bytes) {
    const SourcePtr text = source("fuzz", bytes);
    const Checked<ConditionPtr> condition = parse_condition({text, text->text(), {}});
    std::string codes = codes_of(condition.diagnostics);
    if (condition) {
        const SourcePtr printed = source("printed", print(**condition));
        const Checked<ConditionPtr> again = parse_condition({printed, printed->text(), {}});
        require(again && same(**condition, **again), "a condition prints as itself");
    }
    const Checked<TermPtr> term = parse_term({text, text->text(), {}});
    codes += codes_of(term.diagnostics);
    if (term) {
        const SourcePtr printed = source("printed", print(**term));
        const Checked<TermPtr> again = parse_term({printed, printed->text(), {}});
        require(again && same(**term, **again), "a term prints as itself");
    }
    codes += codes_of(parse_selection({text, text->text(), {}}).diagnostics);
    return {condition || term, codes};
}

}  // namespace

std::vector<Target> law_targets() {
    return {{"xml", xml_corpus, run_xml}, {"law", law_corpus, run_law}, {"calendar", calendar_corpus, run_calendar}, {"condition", condition_corpus, run_condition}};
}

}  // namespace duenotice::fuzz
