#pragma once
// The filing packet of one duty and one recipient: `send/` bears nothing but what the recipient gets, `internal/` is for
// the organisation. A gap is visible, never blank; a forbidden item that the text holds is reported.

#include <map>
#include <string>
#include <vector>

#include "engine/explanation.h"
#include "reports/wording.h"

namespace duenotice {

struct PacketField {
    std::string id, label, mode, value, citation, fact;
    bool gap = false;
    bool forbidden = false;  ///< holds what the law forbids: left out of what is sent
};

struct Packet {
    std::string folder;   ///< `eu.dora.initial--halden-ag--de.bafin`
    std::string title, recipient, recipient_title;
    std::vector<PacketField> fields;     ///< what goes out, in the authority's order
    std::vector<PacketField> forbidden;  ///< must not be in it
    std::vector<std::string> problems;   ///< why it cannot be approved yet
    std::map<std::string, std::string> files;  ///< relative names and bytes
};

/// Whether a text holds a part of four letters or more, in any case.
bool holds_text(const std::string& text, const std::string& part);

/// The page that people read, `send/form.html`, of the bytes of `send/form.json`; empty where these are no form.
std::string page_of_form(const std::string& form_json);

/// One packet for each recipient of the duty (one without recipient when none is known).
std::vector<Packet> make_packets(const Duty& duty, const Explanation& explanation, const ReportContext& context);

}  // namespace duenotice
