#include <algorithm>
#include <array>

#include "reports/edition.h"

// The editions as data: who is given which sheets, rows, columns and, in a bundle, which content of which entries.

namespace duenotice {

namespace {

constexpr Edition all_editions[] = {
    {"counsel", "all", "", true},
    {"auditor", "all but advice, internal knowledge and what is under legal privilege", "internal knowledge or legal privilege", false},
    {"authority", "what concerns one authority: its duties, what was filed with it and told to it", "not for this authority", false},
    {"insurer", "what concerns insurance policies: their duties, what was filed for them, costs", "not for an insurer", false},
    {"business", "what is next, what is asked, own duties", "not for business functions", false},
};

constexpr EditionSheet all_sheets[] = {
    {"counsel", "*", EditionRows::All, "", ""},

    {"auditor", "*", EditionRows::All, "", ""},
    {"auditor", "Judgements", EditionRows::All, "advice reference", "advice"},
    {"auditor", "Judgement history", EditionRows::All, "advice reference", "advice"},
    {"auditor", "Decisions", EditionRows::All, "advice reference", "advice"},

    {"authority", "Read me", EditionRows::NoNotes, "", ""},
    {"authority", "Duties", EditionRows::OfDuties, "rests on", "facts beyond what was told"},
    {"authority", "Duties", EditionRows::OfDuties, "owner;deputy;log-in on file", "who works on it inside"},
    {"authority", "Facts", EditionRows::Told, "said by;source;rests under duties", "who said it inside, and what else rests on it"},
    {"authority", "Filings", EditionRows::OfRecipient, "approved by;emergency;next;each reading, frozen", "who decides inside, and why"},
    {"authority", "Told", EditionRows::OfRecipient, "now known;difference;law asks update;decision", "known since and not told yet"},

    {"insurer", "Read me", EditionRows::NoNotes, "", ""},
    {"insurer", "Duties", EditionRows::OfDuties, "rests on", "facts beyond the policy"},
    {"insurer", "Facts", EditionRows::Costs, "rests under duties", "duties beyond the policy"},
    {"insurer", "Filings", EditionRows::OfDuties, "approved by;emergency;next;each reading, frozen", "who decides inside, and why"},

    {"business", "Read me", EditionRows::All, "", ""},
    {"business", "Summary", EditionRows::All, "", ""},
    {"business", "Duties", EditionRows::OfOwner, "rests on", "facts beyond the own task"},
    {"business", "Questions", EditionRows::All, "", ""},
};

/// All but who approved it, how each reading of its limit was kept, and why and how near its limit one person filed alone.
constexpr std::string_view filing_fields = "subject;id;kind;act;channel;at;reference;supersedes;send_sha256;timing";

constexpr EditionEntries all_entries[] = {
    {"authority", "draft", "subject;send_sha256;send_artefact"},
    {"authority", "filing", filing_fields},
    {"authority", "told", "*"},
    {"authority", "receipt", "*"},

    {"insurer", "draft", "subject;send_sha256;send_artefact"},
    {"insurer", "filing", filing_fields},
    {"insurer", "told", "*"},
    {"insurer", "receipt", "*"},

    {"business", "", ""},
};

}  // namespace

std::span<const Edition> editions() { return all_editions; }
std::span<const EditionSheet> edition_sheets() { return all_sheets; }
std::span<const EditionEntries> edition_entries() { return all_entries; }

const Edition* find_edition(std::string_view id) {
    const auto found = std::find_if(std::begin(all_editions), std::end(all_editions), [&](const Edition& edition) { return edition.id == id; });
    return found == std::end(all_editions) ? nullptr : found;
}

bool is_internal_fact(std::string_view fact) { return fact.ends_with("should_have_known_on") || fact.find("indicators") != std::string_view::npos; }

bool is_cost_fact(std::string_view fact) {
    constexpr std::array<std::string_view, 3> costs = {"service.cost", "people.notice_cost", "member.cost"};
    return std::find(costs.begin(), costs.end(), fact) != costs.end();
}

}  // namespace duenotice
