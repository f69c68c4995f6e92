#include "engine/record/judgement.h"

#include <algorithm>
#include <array>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

JsonValue relied_value(const std::vector<ReliedFact>& relied) {
    JsonValue list = json_list();
    for (const ReliedFact& fact : relied) {
        JsonValue item = json_object();
        json_add(item, "path", json_texts(fact.path));
        json_add(item, "fact", json_text(fact.fact));
        json_add(item, "entry", json_whole(static_cast<std::int64_t>(fact.entry)));
        list.items.push_back(std::move(item));
    }
    return list;
}

std::vector<ReliedFact> relied_of(const JsonValue* list) {
    std::vector<ReliedFact> relied;
    if (list == nullptr) return relied;
    for (const JsonValue& item : list->items) {
        ReliedFact fact{{}, member_text(item, "fact"), member_number(item, "entry").value_or(0)};
        if (const JsonValue* path = item.find("path"); path != nullptr)
            for (const JsonValue& step : path->items) fact.path.push_back(step.text);
        relied.push_back(std::move(fact));
    }
    return relied;
}

/// What a statement says, without who said it, when and from where.
std::string said(const JsonValue& statement) {
    constexpr std::array<std::string_view, 6> about = {"learned_at", "true_since", "by", "source", "expected_at", "recorded_at"};
    if (!statement.is_object()) return canonical_json(statement);
    JsonValue core = json_object();
    for (const JsonMember& member : statement.members)
        if (std::find(about.begin(), about.end(), member.name) == about.end()) json_add(core, member.name, member.value);
    if (core.members.size() == 1 && core.members.front().name == "value") return canonical_json(core.members.front().value);
    return canonical_json(core);
}

/// Of a judgement that came with an account: the facts that it names, as they counted when it was recorded.
std::vector<ReliedFact> named_relied(const FactEntry& judgement, const std::vector<RecordedEntry>& entries, std::uint64_t before) {
    std::vector<ReliedFact> relied;
    const JsonValue* names = judgement.statement.is_object() ? judgement.statement.find("relies_on") : nullptr;
    if (names == nullptr) return relied;
    const std::vector<RecordedEntry> earlier(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(before));
    const auto then = current_statements(earlier);
    for (const JsonValue& named : names->items)
        if (const CurrentStatement* fact = seen_from(then, judgement.path, named.text.substr(0, named.text.find('@')))) relied.push_back({fact->path, fact->fact, fact->entry});
    return relied;
}

JudgementNotes notes_of(const RecordedEntry& entry) { return {relied_of(field_value(entry, "relied")), field_texts(entry, "factors"), field_texts(entry, "evidence"), field_text(entry, "dissent"), field_text(entry, "guidance"), field_text(entry, "look_again_on")}; }

}  // namespace

std::string_view name(RecordedJudgement::State state) {
    switch (state) {
        case RecordedJudgement::State::Stands: return "stands";
        case RecordedJudgement::State::LookAgain: return "needs another look";
        case RecordedJudgement::State::Replaced: return "replaced";
    }
    return "stands";
}

bool is_judgement(std::string_view fact) { return fact.starts_with("judged.") && !fact.ends_with(".decided_at"); }

const CurrentStatement* seen_from(const std::vector<CurrentStatement>& statements, const AccountPath& frame, std::string_view fact) {
    const CurrentStatement* best = nullptr;
    for (const CurrentStatement& each : statements)
        if (each.fact == fact && within(each.path, frame) && (best == nullptr || each.path.size() > best->path.size())) best = &each;
    return best;
}

Entry judgement_entry(const FactEntry& statement, const JudgementNotes& notes, std::optional<std::uint64_t> replaces, const Writer& writer) {
    Entry entry = fact_entry(statement, writer);
    entry.kind = "judgement";
    entry.fields["relied"] = relied_value(notes.relied);
    set_texts(entry, "factors", notes.factors);
    set_texts(entry, "evidence", notes.evidence);
    set_text(entry, "dissent", notes.dissent);
    set_text(entry, "guidance", notes.guidance);
    set_text(entry, "look_again_on", notes.look_again_on);
    if (replaces) entry.refs["replaces"] = static_cast<std::int64_t>(*replaces);
    return entry;
}

std::vector<RecordedJudgement> judgements_of(const std::vector<RecordedEntry>& entries, const std::string& today) {
    std::vector<RecordedJudgement> made;
    const auto now = current_statements(entries);
    for (const RecordedEntry& entry : entries) {
        auto fact = read_fact(entry);
        if (!fact || !is_judgement(fact->fact)) continue;
        if (entry.leaf.kind != "judgement" && fact->statement.is_object() && fact->statement.find("not_yet") != nullptr) continue;
        RecordedJudgement judgement{entry.leaf.seq, entry.leaf.rec, entry.leaf.actor, std::move(*fact), notes_of(entry), {}, {}, ref_entry(entry.leaf, "replaces")};
        if (entry.leaf.kind != "judgement") judgement.notes.relied = named_relied(judgement.statement, entries, entry.leaf.seq);
        made.push_back(std::move(judgement));
    }
    for (RecordedJudgement& judgement : made) {
        const auto counts = std::find_if(now.begin(), now.end(), [&](const CurrentStatement& each) { return each.path == judgement.statement.path && each.fact == judgement.statement.fact; });
        if (counts == now.end() || counts->entry != judgement.entry) {
            judgement.state = RecordedJudgement::State::Replaced;
            continue;
        }
        for (const ReliedFact& relied : judgement.notes.relied) {
            const auto fact = std::find_if(now.begin(), now.end(), [&](const CurrentStatement& each) { return each.path == relied.path && each.fact == relied.fact; });
            if (fact == now.end() || fact->entry == relied.entry) continue;
            const auto then = read_fact(entries[relied.entry]);
            if (!then || said(then->statement) != said(fact->statement)) judgement.changed.push_back({fact->path, fact->fact, fact->entry});
        }
        const bool due = !judgement.notes.look_again_on.empty() && judgement.notes.look_again_on <= today;
        if (!judgement.changed.empty() || due) judgement.state = RecordedJudgement::State::LookAgain;
    }
    return made;
}

}  // namespace duenotice
