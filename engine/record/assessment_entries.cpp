#include "engine/record/assessment_entries.h"

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

/// A list of the files; they and it go with the entry.
std::string listed(const std::map<std::string, std::string>& files, Entry& entry) {
    std::map<std::string, std::string> references;
    for (const auto& [name, bytes] : files) {
        entry.artefacts.push_back({media_type_of(name), bytes});
        references[name] = entry.artefacts.back().reference();
    }
    entry.artefacts.push_back(artefact_list(references));
    return entry.artefacts.back().reference();
}

JsonValue asked_value(const AssessmentAsked& asked) {
    JsonValue value = json_object();
    json_add(value, "as_of", json_text(asked.as_of));
    add_text(value, "known_at", asked.known_at);
    add_text(value, "law_as_of", asked.law_as_of);
    if (asked.proposed) json_add(value, "proposed", json_text("yes"));
    json_add(value, "max_age_days", json_whole(asked.most_age_days));
    if (!asked.zones.empty()) json_add(value, "zones", json_texts(asked.zones));
    return value;
}

AssessmentAsked asked_of(const JsonValue& value) {
    AssessmentAsked asked{member_text(value, "as_of"), member_text(value, "known_at"), member_text(value, "law_as_of"), member_text(value, "proposed") == "yes", static_cast<std::int64_t>(member_number(value, "max_age_days").value_or(0)), {}};
    if (const JsonValue* zones = value.find("zones"); zones != nullptr)
        for (const JsonValue& zone : zones->items) asked.zones.push_back(zone.text);
    return asked;
}

}  // namespace

std::string media_type_of(const std::string& file_name) {
    if (file_name.ends_with(".xml")) return "application/xml";
    if (file_name.ends_with(".csv")) return "text/csv";
    if (file_name.ends_with(".json")) return "application/json";
    if (file_name.ends_with(".html")) return "text/html";
    if (file_name.ends_with(".pdf")) return "application/pdf";
    return file_name.ends_with(".zi") || file_name.ends_with(".txt") ? "text/plain" : "application/octet-stream";
}

Entry assessment_entry(const RecordedAssessment& assessment, const WorldFiles& world, const std::string& output, const Writer& writer) {
    Entry entry = entry_by("assessment", writer);
    entry.fields["asked"] = asked_value(assessment.asked);
    entry.fields["account_sha256"] = json_text(assessment.account_sha256);
    entry.refs["last_entry"] = static_cast<std::int64_t>(assessment.last_entry);
    entry.refs["program"] = assessment.program;
    if (!assessment.program_sha256.empty()) entry.refs["engine_sha256"] = assessment.program_sha256;
    entry.refs["law_artefact"] = listed(world.law, entry);
    entry.refs["calendars_artefact"] = listed(world.calendars, entry);
    entry.refs["zones_artefact"] = listed(world.zones, entry);
    entry.artefacts.push_back({"application/json", output});
    entry.fields["output_artefact"] = json_text(entry.artefacts.back().reference());
    return entry;
}

std::optional<RecordedAssessment> read_assessment(const RecordedEntry& entry) {
    if (entry.leaf.kind != "assessment") return {};
    RecordedAssessment made;
    made.seq = entry.leaf.seq;
    made.last_entry = ref_entry(entry.leaf, "last_entry").value_or(0);
    if (const JsonValue* asked = field_value(entry, "asked"); asked != nullptr) made.asked = asked_of(*asked);
    made.program = ref_text(entry.leaf, "program");
    made.program_sha256 = ref_text(entry.leaf, "engine_sha256");
    made.law = ref_text(entry.leaf, "law_artefact");
    made.calendars = ref_text(entry.leaf, "calendars_artefact");
    made.zones = ref_text(entry.leaf, "zones_artefact");
    made.account_sha256 = field_text(entry, "account_sha256");
    if (const std::string output = field_text(entry, "output_artefact"); !output.empty()) made.output = output;
    return made;
}

std::vector<RecordedAssessment> assessments_of(const std::vector<RecordedEntry>& entries) {
    std::vector<RecordedAssessment> found;
    for (const RecordedEntry& entry : entries)
        if (auto assessment = read_assessment(entry)) found.push_back(std::move(*assessment));
    return found;
}

}  // namespace duenotice
