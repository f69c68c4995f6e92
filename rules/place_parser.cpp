#include <fmt/format.h>

#include "rules/law_parser.h"
#include "rules/part_reader.h"

// Places with their regions, groups of places, and authorities with their doors.

namespace duenotice {

void parse_jurisdiction(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    const PartReader reader(root, diagnostics);
    Jurisdiction jurisdiction;
    jurisdiction.span = root.span;
    jurisdiction.code = reader.text("code");
    jurisdiction.title = reader.text("title");
    jurisdiction.parent = reader.text("parent");
    jurisdiction.zone = reader.text("zone");
    jurisdiction.calendar = reader.text("calendar");
    jurisdiction.languages = reader.words("languages");
    for (const XmlElement& child : root.children) {
        const PartReader part(child, diagnostics);
        if (child.name == "omission") {
            jurisdiction.omissions.emplace_back(part.words_of_text(), part.text("reason"));
            for (const std::string& regime : part.words("regime")) jurisdiction.regimes_left_out.emplace_back(regime, part.words_of_text());
        }
        if (child.name != "region") continue;
        Jurisdiction region;
        region.span = child.span;
        region.code = part.text("code");
        region.title = part.text("title");
        region.parent = jurisdiction.code;
        region.zone = part.text("zone");
        region.calendar = part.text("calendar");
        parts.jurisdictions.push_back(std::move(region));
    }
    parts.jurisdictions.push_back(std::move(jurisdiction));
}

namespace {

Channel parse_door(const XmlElement& element, Diagnostics& diagnostics) {
    const PartReader reader(element, diagnostics);
    Channel channel;
    channel.kind = reader.text("kind");
    channel.address = reader.text("address");
    channel.hours = reader.text("hours");
    channel.zone = reader.text("zone");
    channel.language = reader.text("language");
    channel.out_of_hours = reader.yes("out-of-hours");
    channel.note = reader.words_of_text();
    channel.from = reader.day("from");
    channel.until = reader.day("until");
    if (channel.from && channel.until && *channel.until <= *channel.from)
        diagnostics.error("DN0315", reader.place("until"), fmt::format("`until` {} is not after `from` {}", channel.until->iso(), channel.from->iso()),
                          "a channel is open from its first day up to, and without, `until`");
    return channel;
}

Authority parse_authority(const XmlElement& element, const std::string& place, Diagnostics& diagnostics) {
    const PartReader reader(element, diagnostics);
    Authority authority;
    authority.span = element.span;
    authority.id = reader.text("id");
    authority.title = reader.text("title");
    authority.short_title = reader.text("short");
    authority.place = reader.has("place") ? reader.text("place") : std::string_view(place);
    authority.competences = reader.words("competences");
    authority.source = reader.text("source");
    authority.checked = reader.day("checked");
    authority.grade = reader.grade();
    for (const XmlElement& child : element.children) {
        if (child.name == "channel") authority.channels.push_back(parse_door(child, diagnostics));
        if (child.name != "publishes") continue;
        authority.publishes = true;
        authority.publishes_note = PartReader(child, diagnostics).words_of_text();
    }
    authority.no_channel = reader.text("no-channel");
    authority.no_fallback = reader.text("no-fallback");
    if (!authority.no_channel.empty() && !authority.channels.empty()) diagnostics.error("DN0315", reader.place("no-channel"), "`no-channel` stands beside a channel", "leave it out; `no-fallback` says why there is no second one");
    if (!authority.no_fallback.empty() && authority.channels.size() != 1) diagnostics.error("DN0315", reader.place("no-fallback"), "`no-fallback` is for an authority with one channel", "leave it out, or say `no-channel` where there is none");
    return authority;
}

PlaceGroup parse_group(const XmlElement& element, Diagnostics& diagnostics) {
    const PartReader reader(element, diagnostics);
    PlaceGroup group;
    group.span = element.span;
    group.id = reader.text("id");
    group.title = reader.text("title");
    for (const std::string& code : reader.words("members")) group.members.push_back({code, {}, {}});
    for (const XmlElement& child : element.children) {
        if (child.name != "member") continue;
        const PartReader member(child, diagnostics);
        group.members.push_back({std::string(member.text("code")), member.day("from"), member.day("until")});
    }
    return group;
}

}  // namespace

void parse_authorities(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    const std::string place(PartReader(root, diagnostics).text("place"));
    for (const XmlElement& child : root.children)
        if (child.name == "authority") parts.authorities.push_back(parse_authority(child, place, diagnostics));
}

void parse_groups(const XmlElement& root, BookParts& parts, Diagnostics& diagnostics) {
    for (const XmlElement& child : root.children)
        if (child.name == "group") parts.groups.push_back(parse_group(child, diagnostics));
}

}  // namespace duenotice
