#pragma once
// Ids of frames while an incident is read: declared once whatever their case, found with "did you mean".

#include "engine/incident_draft.h"
#include "rules/suggest.h"

namespace duenotice {

template <class List>
std::int32_t IncidentDraft::declare(const JsonValue& item, List& list, std::string_view what) {
    const JsonValue* id = item.is_object() ? item.find("id") : nullptr;
    if (id == nullptr || !is_id(id->text)) return -1;  // the reader of the object says so
    std::string folded(what);
    for (const char c : "/" + id->text) folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!folded_ids_.insert(folded).second) {
        diagnostics.error("DN0516", id->span, "there are two " + std::string(what) + " with the id `" + id->text + "`", "ids differ in more than the case of letters");
        return -1;
    }
    list.emplace_back();
    list.back().id = id->text;
    list.back().span = item.span;
    return static_cast<std::int32_t>(list.size()) - 1;
}

template <class List>
std::int32_t IncidentDraft::find(const JsonValue& id, const List& list, std::string_view what) const {
    std::vector<std::string_view> ids;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].id == id.text) return static_cast<std::int32_t>(i);
        ids.push_back(list[i].id);
    }
    diagnostics.error("DN0517", id.span, "there is no " + std::string(what) + " `" + id.text + "`").suggestion = nearest(id.text, ids);
    return -1;
}

}  // namespace duenotice
