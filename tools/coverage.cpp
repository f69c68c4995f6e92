#include "tools/coverage.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "reports/html.h"
#include "reports/html_parts.h"
#include "reports/text_layout.h"

namespace duenotice {

namespace {

using State = CoverageCell::State;
using Cells = std::map<std::pair<std::string, std::string>, CoverageCell>;  // place and regime

struct Regime {
    std::string_view id, words, head;
};
constexpr Regime known_regimes[] = {
    {"personal_data", "Personal data", "data"},         {"finance", "Finance", "finance"},
    {"securities", "Securities", "secur."},             {"health", "Health", "health"},
    {"network_security", "Network security", "network"}, {"critical_infrastructure", "Critical infrastructure", "critic."},
    {"telecommunications", "Telecommunications", "telecom"}, {"products", "Products", "product"}};

std::string name_of(const Law& law) { return law.short_title.empty() ? law.title : law.short_title; }

std::size_t badness(char grade) { return std::string_view("TCSU").find(grade); }

void take(CoverageCell& cell, const Version& version) {
    ++cell.grades[version.grade];
    if (cell.grade == ' ' || badness(version.grade) > badness(cell.grade)) cell.grade = version.grade;
    if (!cell.checked || version.checked < *cell.checked) cell.checked = version.checked;
}

/// `EU` is where the Union's own omissions stand, `EEA` where its law does; they are one row.
std::string row_of(const std::string& place) { return place == "EU" ? "EEA" : place; }

/// Where an obligation binds: at a place of its own inside that of the law (a directive in the law of one state), else where the law does.
std::string bound_at(const Obligation& obligation, const Law& law, const RuleBook& book) {
    return row_of(!obligation.place.empty() && book.within(obligation.place, law.place) ? obligation.place : law.place);
}

/// The law as one cell at each place that it binds: what is in force counts; only where nothing is, what is proposed.
std::map<std::string, CoverageCell> cells_of(const Law& law, const RuleBook& book) {
    std::map<std::string, CoverageCell> cells;
    for (const bool proposed : {false, true}) {
        std::map<std::string, CoverageCell> found;
        for (const Obligation& obligation : book.obligations)
            for (const Version& version : obligation.versions)
                if (obligation.law == law.id && (version.status == "proposed" || law.status == "proposed") == proposed) take(found[bound_at(obligation, law, book)], version);
        for (auto& [place, cell] : found) {
            cell.state = proposed ? State::Proposed : State::Encoded;
            cell.laws.push_back(name_of(law));
            cells.emplace(place, std::move(cell));  // what is in force stands already
        }
    }
    return cells;
}

void join(CoverageCell& cell, const CoverageCell& other) {
    if (other.state < cell.state) return;
    if (other.state > cell.state) {
        const std::vector<std::string> left_out = std::move(cell.left_out);
        cell = other;
        cell.left_out = left_out;
        return;
    }
    if (badness(other.grade) > badness(cell.grade)) cell.grade = other.grade;
    for (const auto& [grade, count] : other.grades) cell.grades[grade] += count;
    if (other.checked && (!cell.checked || *other.checked < *cell.checked)) cell.checked = other.checked;
    cell.laws.insert(cell.laws.end(), other.laws.begin(), other.laws.end());
    if (cell.wider.find(other.wider) == std::string::npos) cell.wider += ", " + other.wider;
}

void leave_out(Cells& cells, const std::string& place, const std::vector<std::pair<std::string, std::string>>& regimes) {
    for (const auto& [regime, what] : regimes) {
        CoverageCell& cell = cells[{place, regime}];
        if (cell.state == State::NotLookedAt) cell.state = State::KnownOmission;
        cell.left_out.push_back(what);
    }
}

CoverageCell wider_cell(const Cells& own, const std::string& place, const std::string& regime, const RuleBook& book) {
    CoverageCell result;
    for (const auto& [key, cell] : own) {
        if (key.second != regime || key.first == place || cell.state != State::Encoded || !book.within(place, key.first)) continue;
        CoverageCell wider = cell;
        wider.state = State::Wider;
        wider.wider = key.first;
        wider.left_out.clear();
        join(result, wider);
    }
    return result;
}

/// Where nothing is said of the place itself, what is knowingly left out at a wider place is left out here too.
void leave_out_as_wider(CoverageCell& cell, const Cells& own, const std::string& place, const std::string& regime, const RuleBook& book) {
    if (cell.state != State::NotLookedAt) return;
    for (const auto& [key, wider] : own) {
        if (key.second != regime || key.first == place || wider.left_out.empty() || !book.within(place, key.first)) continue;
        cell.state = State::KnownOmission;
        cell.left_out.insert(cell.left_out.end(), wider.left_out.begin(), wider.left_out.end());
    }
}

std::string short_cell(const CoverageCell& cell) {
    const std::string gap = cell.left_out.empty() ? "" : "-";
    switch (cell.state) {
        case State::Encoded: return cell.grade + gap;
        case State::Wider: return std::string("(") + cell.grade + ")" + gap;
        case State::Proposed: return "prop." + gap;
        case State::KnownOmission: return "left";
        case State::NotLookedAt: break;
    }
    return "?";
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// `T 3, C 1`: how many rules rest on which reading.
std::string readings(const CoverageCell& cell) {
    std::string text;
    for (const char grade : {'T', 'C', 'S', 'U'})
        if (const auto found = cell.grades.find(grade); found != cell.grades.end()) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grade, found->second);
    return text;
}

std::string html_cell(const CoverageCell& cell) {
    std::string name = "none", head = "not looked at", body;
    if (cell.state == State::Encoded) name = "encoded", head = "encoded";
    if (cell.state == State::Wider) name = "wider", head = "bound by law of " + cell.wider;
    if (cell.state == State::Proposed) name = "proposed", head = "proposed only";
    if (cell.state == State::KnownOmission) name = "missing", head = "known to be missing";
    if (!cell.laws.empty()) body = h(listed(cell.laws)) + "<br>";
    if (cell.checked) body += fmt::format("{}; {}<br>", readings(cell), cell.checked->iso());
    for (const std::string& what : cell.left_out) body += (cell.state == State::KnownOmission ? "" : "without: ") + h(what) + "<br>";
    return "<td class=\"" + name + "\"><b>" + h(head) + "</b>" + (body.empty() ? "" : "<br><span class=\"small\">" + body.substr(0, body.size() - 4) + "</span>") + "</td>";
}

/// Places of which all cells are the same stand in one row.
std::vector<CoverageRow> merged(const std::vector<CoverageRow>& rows) {
    std::vector<CoverageRow> result;
    std::map<std::string, std::size_t> seen;
    for (const CoverageRow& row : rows) {
        std::string key;
        for (const CoverageCell& cell : row.cells) key += html_cell(cell);
        const auto [found, added] = seen.emplace(key, result.size());
        if (added) {
            result.push_back(row);
            continue;
        }
        CoverageRow& before = result[found->second];
        before.code += ", " + row.code;
        before.title += ", " + row.title;
    }
    return result;
}

constexpr std::string_view map_style = R"(<style>
body{max-width:none}table.map{table-layout:fixed}table.map td{padding:4px 5px;border:1px solid #999;hyphens:auto}table.map th{padding-right:5px;text-transform:none}
.encoded{background:#dcefdc;border:2px solid #1c6b1c!important}.wider{background:#eef6ee;border-style:dashed!important}.proposed{background:#e6ecf8;border-style:double!important;border-width:3px!important}
.missing{background:#fbe9d0}.none{color:#555;font-style:italic}.none b{font-weight:normal}
@page{size:A4 landscape;margin:9mm}
@media print{*{print-color-adjust:exact}}
</style>
)";

}  // namespace

std::string_view regime_words(std::string_view regime) {
    for (const Regime& known : known_regimes)
        if (known.id == regime) return known.words;
    return regime;
}

Coverage coverage_of(const RuleBook& law) {
    Coverage result;
    for (const Regime& known : known_regimes) result.regimes.emplace_back(known.id);
    Cells own;
    std::set<std::string> places;
    for (const Law& one : law.laws) {
        if (one.place.empty()) {
            result.own.push_back(name_of(one));
            continue;
        }
        places.insert(row_of(one.place));
        if (one.regimes.empty()) result.without_regime.push_back(name_of(one) + " (" + one.place + ")");
        for (const auto& [place, cell] : cells_of(one, law)) {
            places.insert(place);
            for (const std::string& regime : one.regimes) join(own[{place, regime}], cell);
        }
        leave_out(own, row_of(one.place), one.regimes_left_out);
    }
    for (const Jurisdiction& jurisdiction : law.jurisdictions) {
        const bool region_of_a_file = !jurisdiction.parent.empty() && jurisdiction.omissions.empty();
        if (!region_of_a_file) places.insert(row_of(jurisdiction.code));
        leave_out(own, row_of(jurisdiction.code), jurisdiction.regimes_left_out);
    }
    for (const std::string& place : places) {
        const Jurisdiction* jurisdiction = law.find_jurisdiction(place);
        const PlaceGroup* group = law.find_group(place);
        CoverageRow row{place, jurisdiction != nullptr ? jurisdiction->title : group != nullptr ? group->title : "", {}};
        for (const std::string& regime : result.regimes) {
            const auto found = own.find({place, regime});
            CoverageCell cell = found == own.end() ? CoverageCell{} : found->second;
            if (cell.state < State::Wider) {
                const CoverageCell wider = wider_cell(own, place, regime, law);
                if (wider.state == State::Wider) join(cell, wider);
            }
            leave_out_as_wider(cell, own, place, regime, law);
            row.cells.push_back(std::move(cell));
        }
        result.rows.push_back(std::move(row));
    }
    return result;
}

std::string coverage_text(const Coverage& coverage) {
    std::vector<Column> head{{"PLACE", 7}};
    for (const Regime& known : known_regimes) head.push_back({std::string(known.head), 7});
    head.push_back({"OLDEST", 8});
    std::string text = columns(head);
    for (const CoverageRow& row : coverage.rows) {
        std::vector<Column> line{{row.code, 7}};
        std::optional<Date> oldest;
        for (const CoverageCell& cell : row.cells) {
            line.push_back({short_cell(cell), 7});
            if (cell.checked && (!oldest || *cell.checked < *oldest)) oldest = cell.checked;
        }
        line.push_back({oldest ? oldest->iso().substr(2) : "", 8});
        text += columns(line);
    }
    text += "\n" + indented("T C S U: encoded, the worst reading grade. (C): law of a wider place binds there. prop.: only proposed. left: known to be missing. `-` behind a cell: encoded, but with known omissions. ?: not looked at. OLDEST: the oldest reading of the row.", 0, 80);
    if (!coverage.without_regime.empty()) text += indented("No field of law said: " + listed(coverage.without_regime), 0, 80);
    return text;
}

std::string coverage_html(const Coverage& coverage, const RuleBook& law) {
    std::string text = html_head("Coverage of the law book") + std::string(map_style) + "<h1>What the law book covers</h1>\n<p>Law edition " + h(law.edition) + " " + h(law.fingerprint.substr(0, 7)) + ", " +
                       fmt::format("{} laws, {} obligations, {} places</p>\n", law.laws.size(), law.obligations.size(), coverage.rows.size());
    text += "<p class=\"small\"><b>Encoded</b>: law that binds at the place is on file. Under it: how many of its rules rest on what reading (T the official text was read, C the text in a copy, S two commentaries, U unverified), and the day of the oldest reading. "
            "<b>Bound by law of</b> a wider place: that law applies here without law of the place. <b>Proposed only</b>: nothing in force is on file. <b>Known to be missing</b>, and <b>without</b> in another cell: there is law, and it is not on file. "
            "<b>Not looked at</b>: nobody has looked; law may well bind. A field in which something is on file is not complete for that. Places whose cells are alike share a row.</p>\n<table class=\"map\"><thead><tr><th>Place</th>";
    for (const std::string& regime : coverage.regimes) text += "<th>" + h(regime_words(regime)) + "</th>";
    text += "</tr></thead><tbody>\n";
    for (const CoverageRow& row : merged(coverage.rows)) {
        text += "<tr><td><b>" + h(row.title.empty() ? row.code : row.title) + "</b>" + (row.title.empty() ? "" : "<br><span class=\"small\">" + h(row.code) + "</span>") + "</td>";
        for (const CoverageCell& cell : row.cells) text += html_cell(cell);
        text += "</tr>\n";
    }
    text += "</tbody></table>\n";
    if (!coverage.without_regime.empty()) text += "<p>No field of law said: " + h(listed(coverage.without_regime)) + "</p>\n";
    if (!coverage.own.empty()) text += "<p class=\"small\">Own promises and rules, no law: " + h(listed(coverage.own)) + "</p>\n";
    return text + "</body></html>\n";
}

}  // namespace duenotice
