#pragma once
// Bytes beside the entries: law files, calendars and zones as they stood, assessments, what was sent, receipts. A record
// keeps them once, under their SHA-256; an entry names them by a reference that fixes media type and bytes:
//
//     application/json;sha256=<64 hex digits>
//
// References stand in members of `refs` and in fields whose name ends in `_artefact`: text, or lists and objects of it.
// What everybody may know (law, calendars) is named in `refs`; what may hold personal data is named in a field, so that
// the name goes away with the content when the field is redacted. Every artefact that an entry names is kept, every one
// that is kept is named. A list is an artefact that names others by path, a folder; it stands in `refs` only.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json_reader.h"

namespace duenotice {

struct ArtefactName {
    std::string media_type, sha256;
    std::string text() const { return media_type + ";sha256=" + sha256; }
    friend bool operator==(const ArtefactName&, const ArtefactName&) = default;
};

/// Bytes with what they are, as an entry brings them.
struct ArtefactBytes {
    std::string media_type, bytes;
    /// The reference to them.
    std::string reference() const;
};

/// Empty where the text is no reference in its one spelling.
std::optional<ArtefactName> parse_artefact_reference(std::string_view text);

/// Whether a member of `refs`, or a field, of this name names artefacts.
bool names_artefacts(std::string_view member);

/// Adds the references in a value to `names`; false where a text in it is none.
bool collect_artefacts(const JsonValue& value, std::vector<ArtefactName>& names);

inline constexpr std::string_view artefact_list_type = "application/vnd.duenotice.list+json";
/// References by path (`jurisdictions/EU/gdpr.xml`) as an artefact.
ArtefactBytes artefact_list(const std::map<std::string, std::string>& references);
/// Empty where the bytes are no list: an object of references, none of them to a list.
std::optional<std::map<std::string, ArtefactName>> parse_artefact_list(std::string_view bytes);

}  // namespace duenotice
