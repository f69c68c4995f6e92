#pragma once
// Places whose law binds, groups of places, and authorities with their doors, as plain data from jurisdiction.xml and
// authorities.xml. Codes are ISO 3166-1 alpha-2 or 3166-2; a group (`EEA`, `EU`) is a named list of codes with dates.

#include <optional>
#include <string>
#include <vector>

#include "rules/citation.h"

namespace duenotice {

struct Jurisdiction {
    std::string code;    ///< `DE`, `US-TX`, `EU`
    std::string title;
    std::string parent;  ///< `US` for `US-TX`; may be empty
    std::string zone;    ///< main zone, `Europe/Berlin`
    std::string calendar;  ///< id of its public calendar
    std::vector<std::string> languages;
    std::vector<std::pair<std::string, std::string>> omissions;  ///< what is knowingly left out, reason
    std::vector<std::pair<std::string, std::string>> regimes_left_out;  ///< regime, what of it is knowingly left out
    Span span;
};

struct GroupMember {
    std::string code;
    std::optional<Date> from, until;
};
struct PlaceGroup {
    std::string id, title;
    std::vector<GroupMember> members;
    std::vector<std::string> ever;  ///< codes that belong to it on some day, members of its member groups too; sorted (RuleBook::index_places)
    Span span;
};

struct Channel {
    std::string kind;     ///< portal, api, mail, phone, post
    std::string address;
    std::string hours, zone, language, note;
    bool out_of_hours = false;
    std::optional<Date> from, until;  ///< open on [from, until), local days of its zone, else of the authority's place
};
struct Authority {
    std::string id, title, short_title, place;  ///< place: ISO code
    std::vector<std::string> competences;       ///< regimes: `gdpr`, `dora`, ...
    std::vector<Channel> channels;              ///< in order of preference
    bool publishes = false;                     ///< filings become public
    std::string publishes_note, source;
    std::string no_channel, no_fallback;        ///< why there is no channel, no second one; empty: not said
    std::optional<Date> checked;
    char grade = 'U';
    Span span;
};

}  // namespace duenotice
