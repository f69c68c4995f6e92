#include "reports/packet.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/explanation_view.h"
#include "reports/html.h"
#include "reports/html_parts.h"
#include "reports/plain_words.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view not_yet_known = "not yet known";

/// Plain page of what is sent: no word of ours about duties, law or readings.
std::string send_style() {
    return "body{font:12pt/1.45 \"Liberation Serif\",Georgia,serif;color:#000;max-width:720px;margin:24px auto}h1{font-size:16pt}h2{font-size:12pt;margin:14px 0 2px}p{margin:2px 0 8px}@page{size:A4;margin:20mm}";
}

/// Words of ours for what to do are no subject of a letter.
bool says_what_to_do(const std::string& title) {
    constexpr std::string_view words[] = {"Tell ", "Notify ", "Send ", "Ask ", "Or: ", "Data intermediary", "Have ", "Keep ", "Copy "};
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return title.rfind(word, 0) == 0; });
}

/// `1.4 Type of the entity`: the fields of an official template by their number.
std::string field_label(const std::string& id, std::string label) {
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
    const bool number = !id.empty() && id.find_first_not_of("0123456789.") == std::string::npos;
    return number ? id + " " + label : label;
}
std::string field_label(const PacketField& field) { return field_label(field.id, field.label); }

/// Of an object; empty where it has no such text.
std::string text_of(const Json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// WHY from the form alone: what people read and what is kept as told cannot come apart.
std::string page_of(const Json& form) {
    const bool drill = form.value("exercise", false);
    const std::string subject = text_of(form, "subject");
    std::string page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" + h((drill ? "EXERCISE " : "") + subject) + "</title><style>" + send_style() + "</style></head><body>\n";
    if (drill) page += "<p><b>EXERCISE EXERCISE EXERCISE: nothing here happened</b></p>\n";
    page += "<h1>" + h(subject) + "</h1>\n<p>From: " + h(text_of(form, "from")) + "<br>To: " + h(text_of(form, "to")) + "</p>\n";
    for (const Json& field : form.at("fields")) {
        if (!field.is_object()) continue;
        if (field.contains("heading")) {
            page += "<h2>" + h(text_of(field, "heading")) + "</h2>\n";
            continue;
        }
        const std::string value = text_of(field, "value");
        page += "<h2>" + h(field_label(text_of(field, "id"), text_of(field, "label"))) + "</h2>\n<p>" + h(value.empty() ? std::string(not_yet_known) : value) + "</p>\n";
    }
    return page + (drill ? "<p><b>EXERCISE</b></p>\n" : "") + "</body></html>\n";
}

class PacketMaker {
public:
    PacketMaker(const Duty& duty, const Recipient* recipient, const Explanation& explanation, const ReportContext& context)
        : duty_(duty), recipient_(recipient), explanation_(explanation), context_(context), obligation_(obligation_of(duty, context.assessment)) {}

    Packet make() {
        packet_.folder = std::string(context_.assessment.incident->drill ? "EXERCISE--" : "") + file_name(obligation_.id) + "--" + file_name(duty_.entity) + frame_suffix() + (recipient_ == nullptr ? "" : "--" + file_name(recipient_->id));
        packet_.title = obligation_.title;
        packet_.recipient = recipient_ == nullptr ? "" : recipient_->id;
        packet_.recipient_title = recipient_ == nullptr ? "" : recipient_->title.empty() ? recipient_->id : recipient_->title;
        fields();
        problems();
        send();
        internal();
        manifest();
        return std::move(packet_);
    }

private:
    std::string frame_suffix() const {
        std::string text;
        for (const std::string* part : {&duty_.population, &duty_.place, &duty_.contract, &duty_.event, &duty_.series})
            if (!part->empty()) text += "_" + file_name(*part);
        return text;
    }

    bool for_this(const ContentState& state) const { return state.audience.empty() || recipient_ == nullptr || state.audience == recipient_->who || state.audience == recipient_->id; }

    void fields() {
        for (const ContentState& state : duty_.content) {
            if (state.applies == Truth::No || !for_this(state)) continue;
            PacketField field{state.id, state.label, state.mode, state.value, state.citation, state.fact, false};
            if (state.mode == "forbidden") {
                packet_.forbidden.push_back(std::move(field));
                continue;
            }
            const bool not_yet = state.value.rfind("not yet", 0) == 0;  // a moment that may still come is not a moment to tell
            if (state.mode != "heading" && (!state.known || not_yet)) {
                field.gap = true;
                field.value = std::string(not_yet_known);
            }
            packet_.fields.push_back(std::move(field));
        }
    }

    void problems() {
        for (PacketField& field : packet_.fields) {
            const std::string provision = field.citation.empty() ? "" : " (" + field.citation + ")";
            if (field.gap && (field.mode == "mandatory" || field.mode == "conditional")) packet_.problems.push_back("gap: " + field_label(field) + provision);
            if (!field.gap && field.value.find("others open") != std::string::npos) packet_.problems.push_back("known in part: " + field_label(field) + provision);
        }
        if (packet_.fields.empty()) packet_.problems.emplace_back("no content items on file for this notice: a person writes the text");
        for (const PacketField& forbidden : packet_.forbidden) forbid(forbidden);
        for (const Modifier& modifier : duty_.modifiers)
            if (modifier.kind == "prohibited" || modifier.kind == "conflict") packet_.problems.push_back(modifier_words(modifier, context_));
        if (duty_.verdict != Verdict::Owed) packet_.problems.push_back("the duty is " + std::string(owed_word(duty_.verdict)) + ": a person decides whether to send");
    }

    /// What the law forbids is left out of what is sent, and said; what the program cannot look for, a person looks for.
    void forbid(const PacketField& forbidden) {
        const std::string provision = forbidden.citation.empty() ? "" : " (" + forbidden.citation + ")";
        for (PacketField& field : packet_.fields) {
            if (field.gap || ((forbidden.fact.empty() || forbidden.fact != field.fact) && !holds_text(field.value, forbidden.value))) continue;
            field.forbidden = true;
            packet_.problems.push_back("forbidden: " + forbidden.label + " stands in `" + field.label + "`, which is left out" + provision);
        }
        if (forbidden.fact.empty()) packet_.problems.push_back("forbidden, to be looked for by a person: " + forbidden.label + provision);
    }

    /// A value as the recipient and the checker read it; the JSON keeps it as it stands.
    std::string shown(const PacketField& field) const {
        const FactDeclaration* declaration = context_.assessment.law->vocabulary.find(field.fact);
        if (field.gap || declaration == nullptr || declaration->type == ValueType::Text) return field.value;
        const EntityFrame& entity = context_.assessment.incident->entities[static_cast<std::size_t>(duty_.frame.entity)];
        const Zone* zone = context_.zones.find(entity.zone);
        return value_in_words(field.value, *declaration, zone == nullptr ? context_.main_zone() : *zone);
    }

    /// Owed or not, by when, how late: the checker need not look elsewhere.
    std::string standing() const {
        const Deadline& deadline = duty_.deadline;
        std::string text = std::string(owed_word(duty_.verdict)) + "; ";
        if (deadline.counted) text += (deadline.may_end_sooner ? "at the latest " : "by ") + local_words(*deadline.counted, context_.main_zone(), true) + " " + zone_city(context_.main_zone().name()) + " (" + iso_utc(*deadline.counted) + "); ";
        else if (!deadline.alternatives.empty() && !deadline.alternatives.front().words.empty()) text += deadline.alternatives.front().words + "; ";
        if (const std::string standards = standards_beside(deadline, context_.assessment.law.get()); !standards.empty()) text += standards + "; ";
        if (const std::string beside = what_is_not_counted(deadline); !beside.empty()) text += beside + "; ";
        return text + timing_words(duty_) + "; done: " + std::string(done_word(duty_.done));
    }

    std::string drill_line() const { return context_.assessment.incident->drill ? "<p class=\"exercise\">EXERCISE: nothing here happened; send nothing</p>\n" : ""; }
    std::string sender() const { return entity_name(duty_.entity, context_.assessment); }

    /// What the letter is about, in the recipient's terms: the provision or the clause, never our words for the task.
    std::string subject() const {
        const auto own = own_word(duty_);
        if (own == "house rule") return "Information on an incident";
        if (!own.empty()) {
            const std::string& clause = context_.assessment.incident->contracts[static_cast<std::size_t>(duty_.frame.contract)].clause;
            return "Notice of an incident" + (clause.empty() ? std::string() : ", clause " + clause);
        }
        const std::string provision = duty_.citations.empty() ? std::string() : duty_.citations.front(), law = law_name_brief(duty_, context_.assessment);
        return (says_what_to_do(obligation_.title) ? "Notification" : obligation_.title) + " (" + (provision.rfind(law, 0) == 0 ? provision : law + " " + provision) + ")";
    }

    void send() {
        Json form{{"from", sender()}, {"to", packet_.recipient_title}, {"subject", subject()}};
        if (context_.assessment.incident->drill) form["exercise"] = true;
        form["fields"] = Json::array();
        for (const PacketField& field : packet_.fields) {
            if (field.forbidden || (field.gap && field.mode == "if-available")) continue;
            if (field.mode == "heading") {
                form["fields"].push_back({{"id", field.id}, {"heading", field.label}});
                continue;
            }
            Json one{{"id", field.id}, {"label", field.label}, {"value", field.gap ? Json(nullptr) : Json(shown(field))}};
            if (!field.gap && field.value != shown(field) && field.value.find("open") == std::string::npos) one["code"] = field.value;
            form["fields"].push_back(std::move(one));
        }
        packet_.files["send/form.html"] = page_of(form);
        packet_.files["send/form.json"] = form.dump(2) + "\n";
    }

    /// Who was asked for the fact of a gap, and when the answer is expected.
    std::string gap_words(const PacketField& field) const {
        if (field.forbidden) return "left out";
        if (!field.gap) return {};
        for (const Question& question : context_.assessment.questions)
            if (!field.fact.empty() && context_.assessment.law->vocabulary.at(question.ground.fact).name == field.fact && !question.asked_of.empty())
                return "gap; asked of " + question.asked_of + (question.expected_at ? ", expected " + local_words(*question.expected_at, context_.main_zone()) : "");
        return "gap";
    }

    std::string checklist() const {
        std::string text = html_head("Checklist", context_) + drill_line() + "<h1>Checklist: " + h(packet_.title) + "</h1>\n<p>" + h(sender()) + " to " + h(packet_.recipient_title.empty() ? "no recipient known" : packet_.recipient_title) + " <span class=\"small\">" + h(duty_.id) + "</span></p>\n<p><b>" + h(standing()) + "</b></p>\n";
        text += "<div class=\"box\"><b>Cannot be approved yet</b><ul>";
        for (const std::string& problem : packet_.problems) text += "<li>" + h(problem) + "</li>";
        text += packet_.problems.empty() ? "<li>nothing stands in the way; a second person approves the exact bytes</li></ul></div>\n" : "</ul></div>\n";
        text += "<table><thead><tr><th>Item</th><th>Provision</th><th>Mode</th><th>Value</th><th>Filled from</th><th>Gap</th></tr></thead><tbody>\n";
        const auto row = [&](const PacketField& field) {
            const FactDeclaration* declaration = context_.assessment.law->vocabulary.find(field.fact);
            text += "<tr><td>" + h(field_label(field)) + "</td><td class=\"small\">" + h(field.citation) + "</td><td>" + h(field.mode) + "</td><td>" + h(field.mode == "forbidden" ? "must not be in it" : shown(field)) + "</td><td class=\"small\">" +
                    h(declaration == nullptr ? std::string("by hand") : short_fact(*declaration)) + (field.fact.empty() ? "" : "<br>" + h(field.fact)) + "</td><td><b>" + h(gap_words(field)) + "</b></td></tr>\n";
        };
        for (const PacketField& field : packet_.fields) row(field);
        for (const PacketField& field : packet_.forbidden) row(field);
        return text + "</tbody></table>\n<p class=\"foot\">" + h(basis_sentence(context_)) + "</p></body></html>\n";
    }

    std::string basis() const {
        std::string text = html_head("Basis", context_) + drill_line() + "<h1>Why, by when, to whom: " + h(packet_.title) + "</h1>\n" + explanation_html(explanation_view(explanation_, duty_, context_));
        if (recipient_ != nullptr) {
            text += "<h2>Doors of the recipient, in order</h2><ul>";
            for (const Door& channel : recipient_->channels) text += "<li>" + h(channel.kind + " " + channel.address + (channel.hours.empty() ? "" : ", " + channel.hours) + (channel.note.empty() ? "" : ", " + channel.note) + (channel.open ? ", open whether it may be used" : "")) + "</li>";
            for (const Door& channel : recipient_->forbidden_channels) text += "<li><b>" + h((channel.open ? "open whether it is forbidden: " : "not through: ") + channel.kind) + "</b></li>";
            text += recipient_->channels.empty() && recipient_->forbidden_channels.empty() ? "<li>none on file</li></ul>" : "</ul>";
            const Contact* contact = context_.assessment.incident->contact(duty_.entity, recipient_->id);
            const bool open = contact != nullptr && contact->log_in == "not_needed";
            text += open || (contact != nullptr && contact->holds_log_in()) ? "" : "<p><b>no log-in on file</b></p>";
            if (contact != nullptr)
                for (const auto& [label, way] : {std::pair("reached at", contact->reach), std::pair("another way", contact->fallback), std::pair("out of hours", contact->out_of_hours)})
                    text += way.empty() ? "" : "<p>" + std::string(label) + ": " + h(way) + "</p>";
        }
        return text + "<p class=\"foot\">" + h(basis_sentence(context_)) + "</p></body></html>\n";
    }

    void internal() {
        packet_.files["internal/checklist.html"] = checklist();
        packet_.files["internal/basis.html"] = basis();
        std::string statements = "item,fact,value\r\n";
        for (const PacketField& field : packet_.fields)
            if (!field.gap && field.mode != "heading") statements += escape_csv(field.id) + "," + escape_csv(field.fact) + "," + escape_csv(field.value) + "\r\n";
        packet_.files["internal/statements.csv"] = statements;
    }

    void manifest() {
        Json json{{"duenotice", "packet/1"}, {"incident", context_.assessment.incident->id}, {"duty", duty_.id}, {"recipient", packet_.recipient}, {"edition", context_.edition}};
        for (const auto& [key, value] : provenance(context_)) json["versions"][key] = value;
        json["problems"] = packet_.problems;
        for (const auto& [name, bytes] : packet_.files) json["files"][name] = sha256_hex(bytes);
        packet_.files["internal/manifest.json"] = json.dump(2) + "\n";
    }

    const Duty& duty_;
    const Recipient* recipient_;
    const Explanation& explanation_;
    const ReportContext& context_;
    const Obligation& obligation_;
    Packet packet_;
};

}  // namespace

bool holds_text(const std::string& text, const std::string& part) {
    if (part.size() < 4) return false;
    const auto lower = [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<char>(c); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), [&](char a, char b) { return lower(static_cast<unsigned char>(a)) == lower(static_cast<unsigned char>(b)); }) != text.end();
}

std::string page_of_form(const std::string& form_json) {
    const Json form = Json::parse(form_json, nullptr, false);
    if (!form.is_object() || !form.contains("fields") || !form.at("fields").is_array()) return {};
    if (form.contains("exercise") && !form.at("exercise").is_boolean()) return {};
    return page_of(form);
}

std::vector<Packet> make_packets(const Duty& duty, const Explanation& explanation, const ReportContext& context) {
    std::vector<Packet> packets;
    for (const Recipient& recipient : duty.recipients)
        if (!recipient.freed && !recipient.passed_on && recipient.owed != Truth::No) packets.push_back(PacketMaker(duty, &recipient, explanation, context).make());
    if (packets.empty()) packets.push_back(PacketMaker(duty, nullptr, explanation, context).make());
    return packets;
}

}  // namespace duenotice
