#include "tools/notice_now.h"

#include <algorithm>

#include "engine/record/judgement.h"
#include "rules/fingerprint.h"
#include "tools/case_file_door.h"

namespace duenotice {

namespace {

constexpr std::string_view send_folder = "send/";

/// All that the notice rests on, in words: verdict, modifiers, deadline, who gets it, which law, what it says.
std::string state_of(const Duty& duty, const Recipient* recipient, const std::string& send_sha256) {
    std::string text = std::string(name(duty.verdict)) + "\n" + std::string(name(duty.standing)) + "\n" + std::to_string(duty.version) + "\n";
    for (const Modifier& modifier : duty.modifiers) text += modifier.kind + " " + std::to_string(static_cast<int>(modifier.holds)) + " " + modifier.by + "\n";
    for (const std::string& citation : duty.citations) text += citation + "\n";
    text += (duty.deadline.safe ? iso_utc(*duty.deadline.safe) : "-") + " " + (duty.deadline.maximum ? iso_utc(*duty.deadline.maximum) : "-") + "\n";
    if (recipient != nullptr) text += recipient->id + " " + std::to_string(static_cast<int>(recipient->owed)) + "\n";
    return sha256_hex(text + send_sha256);
}

AccountPath duty_path(const Duty& duty, const Incident& incident) { return frame_path(duty.frame, incident); }

}  // namespace

AccountPath frame_path(const Frame& frame, const Incident& incident) {
    AccountPath path;
    const auto add = [&](const char* list, std::int32_t index, const auto& items, auto id) {
        if (index < 0) return;
        path.emplace_back(list);
        path.push_back(id(items[static_cast<std::size_t>(index)]));
    };
    const auto by_id = [](const auto& item) { return item.id; };
    add("entities", frame.entity, incident.entities, by_id);
    add("populations", frame.population, incident.populations, by_id);
    add("places", frame.place, incident.places, [](const PlaceFrame& place) { return place.code; });
    add("contracts", frame.contract, incident.contracts, by_id);
    add("events", frame.event, incident.events, by_id);
    add("series", frame.series, incident.series, by_id);
    return path;
}

std::optional<NoticeNow> notice_now(const Session& session, const Assessment& assessment, const PacketSubject& subject) {
    const Duty* duty = assessment.find(subject.duty);
    if (duty == nullptr) return {};
    const ReportContext context = session.context(assessment);
    for (Packet& packet : make_packets(*duty, explain(session.world(), assessment, *duty), context)) {
        if (packet.recipient != subject.recipient) continue;
        NoticeNow made{duty, std::move(packet), {}, {}};
        for (const auto& [name, bytes] : made.packet.files)
            if (name.starts_with(send_folder)) made.send[name.substr(send_folder.size())] = bytes;
        const auto recipient = std::find_if(duty->recipients.begin(), duty->recipients.end(), [&](const Recipient& each) { return each.id == subject.recipient; });
        made.state_sha256 = state_of(*duty, recipient == duty->recipients.end() ? nullptr : &*recipient, send_digest(made.send));
        return made;
    }
    return {};
}

std::vector<SentField> sent_fields(const std::string& form_json, std::vector<std::string>& gaps) {
    std::vector<SentField> fields;
    const auto form = read_json(std::make_shared<const SourceText>("send/form.json", form_json));
    if (!form) throw InputMistakes{form.diagnostics};
    const JsonValue* list = form->find("fields");
    if (list == nullptr) return fields;
    for (const JsonValue& item : list->items) {
        const JsonValue *id = item.find("id"), *label = item.find("label"), *value = item.find("value");
        if (id == nullptr || label == nullptr) continue;  // a heading
        if (value == nullptr || value->kind == JsonValue::Kind::Null || value->text.empty()) gaps.push_back(id->text);
        else fields.push_back({id->text, label->text, value->text});
    }
    return fields;
}

std::vector<ToldField> told_fields(const NoticeNow& notice, const Incident& incident, const std::vector<SentField>& sent, const std::vector<CurrentStatement>& statements) {
    std::vector<ToldField> told;
    const AccountPath frame = duty_path(*notice.duty, incident);
    for (const SentField& field : sent) {
        ToldField made{field.id, field.label, field.value, {}, {}, 0};
        const auto& fields = notice.packet.fields;
        const auto of_law = std::find_if(fields.begin(), fields.end(), [&](const PacketField& each) { return each.id == field.id; });
        const CurrentStatement* from = of_law == fields.end() || of_law->fact.empty() ? nullptr : seen_from(statements, frame, of_law->fact);
        if (from != nullptr) {
            made.fact = from->fact;
            made.path = from->path;
            made.entry = from->entry;
        }
        told.push_back(std::move(made));
    }
    return told;
}

}  // namespace duenotice
