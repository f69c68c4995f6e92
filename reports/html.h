#pragma once
// Self-contained HTML with print styles: the one-page summary for the crisis table and the full page. No script, no
// outside address; everything that is text goes through escape_html.

#include <string>

#include "reports/wording.h"

namespace duenotice {

/// One A4 page: next limits, judgements waiting, told so far, open facts, people and places.
std::string summary_html(const ReportContext& context);
/// Timetable with every row's basis, clock steps, content and explanation; not-covered first.
std::string page_html(const ReportContext& context);
/// Head and style that all our pages share; `edition` is printed on top.
std::string html_head(const std::string& title, const ReportContext& context);
std::string html_head(const std::string& title);

}  // namespace duenotice
