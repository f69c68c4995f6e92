#include "engine/record/told.h"

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

Entry told_entry(const ToldNotice& notice, const Writer& writer) {
    Entry entry = entry_by("told", writer);
    entry.fields["filing"] = json_text(notice.filing);
    entry.fields["at"] = json_text(notice.at);
    entry.fields["subject"] = subject_value(notice.subject);
    JsonValue list = json_list();
    for (const ToldField& field : notice.fields) {
        JsonValue item = json_object();
        add_text(item, "field", field.field);
        add_text(item, "label", field.label);
        add_text(item, "value", field.value);
        if (!field.fact.empty()) {
            json_add(item, "fact", json_text(field.fact));
            json_add(item, "path", json_texts(field.path));
            json_add(item, "entry", json_whole(static_cast<std::int64_t>(field.entry)));
        }
        list.items.push_back(std::move(item));
    }
    entry.fields["told"] = std::move(list);
    return entry;
}

std::vector<ToldNotice> told_of(const std::vector<RecordedEntry>& entries) {
    std::vector<ToldNotice> found;
    for (const RecordedEntry& entry : entries) {
        if (entry.leaf.kind != "told") continue;
        ToldNotice notice{entry.leaf.seq, field_text(entry, "filing"), field_text(entry, "at"), subject_of(field_value(entry, "subject")), {}};
        if (const JsonValue* list = field_value(entry, "told"); list != nullptr)
            for (const JsonValue& item : list->items) {
                ToldField field{member_text(item, "field"), member_text(item, "label"), member_text(item, "value"), {}, member_text(item, "fact"), member_number(item, "entry").value_or(0)};
                if (const JsonValue* path = item.find("path"); path != nullptr)
                    for (const JsonValue& step : path->items) field.path.push_back(step.text);
                notice.fields.push_back(std::move(field));
            }
        found.push_back(std::move(notice));
    }
    return found;
}

std::string_view name(ToldNow now) {
    switch (now) {
        case ToldNow::Same: return "same";
        case ToldNow::NewerKnown: return "newer known";
        case ToldNow::Contradicts: return "contradicts";
    }
    return "";
}

ToldNow compare_told(const Known& then, const Known& now) {
    if (then == now) return ToldNow::Same;
    if (then.type == ValueType::Text || now.subset_of(then)) return ToldNow::NewerKnown;
    const bool instant = then.type == ValueType::Instant || then.type == ValueType::Date;
    if (instant && !then.happened_possible && now.happened_possible) return ToldNow::NewerKnown;
    return ToldNow::Contradicts;
}

}  // namespace duenotice
