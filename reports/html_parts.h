#pragma once
// What the pages share: head, foot, tables, and the sections that both the page and the one-page summary show. Every text
// passes escape_html; no script, no address outside the page.

#include <string>
#include <string_view>
#include <vector>

#include "reports/outlook.h"
#include "reports/timetable.h"

namespace duenotice {

std::string h(std::string_view text);
std::string owed_class(const Duty& duty);
/// Title, as-of, versions, notes.
std::string head_block(const ReportContext& context);
/// The box on top: next, forbidden or on hold, not covered.
std::string outlook_box(const std::vector<TimetableRow>& rows, const ReportContext& context, bool omissions_below);
/// Basis, versions, hash; `page` as in `page 1 of 1`.
std::string foot(const ReportContext& context, const std::string& page = {});
/// Opens a table; `widths` in percent, empty: as the content asks.
std::string table_head(const std::vector<std::string>& names, const std::vector<int>& widths = {});
std::string section(const std::string& title, const std::string& body);
/// A list cut at a comma, with the number of entries that were left out.
std::string shortened(const std::string& list, std::size_t most);
/// At most so many entries, each already HTML, then a count of the rest.
std::string bullets(const std::vector<std::string>& lines, std::size_t most, const std::string& none);
/// Counts as ranges by population and place, and the places without a count.
std::string people_list(const ReportContext& context, std::size_t most);
std::string told_so_far(const ReportContext& context, std::size_t most);
/// Judgements on record: outcome, by whom, when.
std::string judgements_made(const ReportContext& context, std::size_t most);
std::string questions_table(const ReportContext& context, std::size_t most);

}  // namespace duenotice
