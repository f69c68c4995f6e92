#include "engine/record/account_entries.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "engine/record/canonical_json.h"
#include "engine/record/entry_fields.h"

namespace duenotice {

namespace {

constexpr std::array<std::string_view, 8> root_lists = {"populations", "places", "entities", "contracts", "events", "series", "filings", "holds"};
constexpr std::array<std::string_view, 2> inner_lists = {"populations", "places"};

std::string_view key_of(std::string_view list) { return list == "places" ? "place" : "id"; }

bool is_listed(std::string_view name, std::size_t depth) {
    if (depth == 0) return std::find(root_lists.begin(), root_lists.end(), name) != root_lists.end();
    return depth == 2 && std::find(inner_lists.begin(), inner_lists.end(), name) != inner_lists.end();
}

/// A list is taken apart when each of its items can be told from the others.
bool has_keys(const JsonMember& list) {
    return list.value.is_array() && std::all_of(list.value.items.begin(), list.value.items.end(), [&](const JsonValue& item) {
        const JsonValue* key = item.is_object() ? item.find(key_of(list.name)) : nullptr;
        return key != nullptr && key->is_string();
    });
}

std::optional<Instant> learned(const JsonValue& statement) {
    const JsonValue* at = statement.is_object() ? statement.find("learned_at") : nullptr;
    return at != nullptr && at->is_string() ? parse_instant(at->text) : std::nullopt;
}

struct Said {
    std::uint64_t seq = 0;
    std::optional<Instant> learned;
    JsonValue statement;
    bool erased = false;
};

/// A frame, filing or hold while the account is put together; lists and facts in the order in which they came.
struct Part {
    std::string list, id;
    JsonValue members = json_object();
    std::vector<Part> inner;
    std::vector<std::pair<std::string, std::vector<Said>>> facts;

    Part* find(const AccountPath& path, std::size_t from = 0) {
        if (from == path.size()) return this;
        for (Part& part : inner)
            if (part.list == path[from] && part.id == path[from + 1]) return part.find(path, from + 2);
        return nullptr;
    }
    Part& make(const AccountPath& path, std::size_t from = 0) {
        if (from == path.size()) return *this;
        for (Part& part : inner)
            if (part.list == path[from] && part.id == path[from + 1]) return part.make(path, from + 2);
        Part made;
        made.list = path[from];
        made.id = path[from + 1];
        inner.push_back(std::move(made));
        return inner.back().make(path, from + 2);
    }
    std::vector<Said>& history(const std::string& fact) {
        for (auto& [name, said] : facts)
            if (name == fact) return said;
        return facts.emplace_back(fact, std::vector<Said>{}).second;
    }
};

std::optional<AccountPath> path_of(const RecordedEntry& entry) {
    const auto found = entry.fields.find("path");
    if (found == entry.fields.end() || !found->second.is_array() || found->second.items.size() % 2 != 0) return {};
    AccountPath path;
    for (const JsonValue& step : found->second.items) path.push_back(step.text);
    return path;
}

JsonValue path_value(const AccountPath& path) {
    JsonValue list;
    list.kind = JsonValue::Kind::Array;
    for (const std::string& step : path) list.items.push_back(json_text(step));
    return list;
}

/// Later entries stand later, and count, unless both say when they were learned and it was the other way about; what a
/// correction puts right goes where it says that it was learned later.
void add_said(std::vector<Said>& history, Said said, const std::optional<std::uint64_t>& corrects) {
    const auto later = [&](const Said& each) { return each.learned && said.learned && *each.learned > *said.learned; };
    if (corrects) std::erase_if(history, [&](const Said& each) { return each.seq == *corrects && later(each); });
    auto at = history.end();
    while (at != history.begin() && later(*(at - 1))) --at;
    history.insert(at, std::move(said));
}

Part account_of(const std::vector<RecordedEntry>& entries, std::optional<Instant> known_at) {
    Part root;
    for (const RecordedEntry& entry : entries) {
        const Instant recorded = recorded_at(entry.leaf);
        const auto path = path_of(entry);
        if ((entry.leaf.kind == "part" || entry.leaf.kind == "opened") && path && !(known_at && recorded > *known_at)) {
            const auto members = entry.fields.find("members");
            if (members != entry.fields.end()) root.make(*path).members = members->second;
            if (entry.erased.count("members") > 0) root.make(*path).members = json_object();
        }
        if (const auto fact = entry.fields.find("fact"); entry.erased.count("statement") > 0 && path && fact != entry.fields.end() && !(known_at && recorded > *known_at)) {
            root.make(*path).history(fact->second.text).push_back({entry.leaf.seq, {}, {}, true});
            continue;
        }
        const auto fact = read_fact(entry);
        if (!fact) continue;
        const auto when = learned(fact->statement);
        if (known_at && when.value_or(recorded) > *known_at) continue;
        add_said(root.make(fact->path).history(fact->fact), {entry.leaf.seq, when, fact->statement}, fact->corrects);
    }
    return root;
}

/// What an erased statement said is open again, and never what stood before it.
std::vector<Said> after_erased(const std::vector<Said>& history) {
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const Said& said) { return said.erased; });
    return {last.base(), history.end()};
}

JsonValue history_value(const std::vector<Said>& history) {
    if (history.size() == 1) return history.front().statement;
    JsonValue list, object = json_object();
    list.kind = JsonValue::Kind::Array;
    for (const Said& said : history) list.items.push_back(said.statement);
    json_add(object, "history", std::move(list));
    return object;
}

/// The object that stands in the file for a part.
JsonValue value_of(const Part& part) {
    JsonValue object = part.members;
    if (!part.list.empty()) json_add(object, key_of(part.list), json_text(part.id));
    if (!part.facts.empty()) {
        JsonValue facts = json_object();
        for (const auto& [name, history] : part.facts)
            if (const auto standing = after_erased(history); !standing.empty()) json_add(facts, name, history_value(standing));
        if (!facts.members.empty()) json_add(object, "facts", std::move(facts));
    }
    std::vector<std::pair<std::string, JsonValue>> lists;
    for (const Part& inner : part.inner) {
        auto list = std::find_if(lists.begin(), lists.end(), [&](const auto& each) { return each.first == inner.list; });
        if (list == lists.end()) {
            lists.emplace_back(inner.list, JsonValue{});
            list = lists.end() - 1;
            list->second.kind = JsonValue::Kind::Array;
        }
        list->second.items.push_back(value_of(inner));
    }
    for (auto& [name, list] : lists) json_add(object, name, std::move(list));
    return object;
}

/// One member a line down to the statements, which take a line each: for people, and for the places of messages.
void write_pretty(const JsonValue& value, std::size_t depth, std::string& out) {
    const bool list = value.is_array();
    const bool plain = (list && std::none_of(value.items.begin(), value.items.end(), [](const JsonValue& item) { return item.is_object(); })) || (!list && !value.is_object());
    if (plain || depth >= 6 || (list ? value.items.empty() : value.members.empty())) {
        out += canonical_json(value);
        return;
    }
    const std::string indent(2 * depth + 2, ' ');
    out += list ? "[" : "{";
    for (std::size_t i = 0; i < (list ? value.items.size() : value.members.size()); ++i) {
        out += (i == 0 ? "\n" : ",\n") + indent;
        if (!list) out += canonical_string(value.members[i].name) + ": ";
        write_pretty(list ? value.items[i] : value.members[i].value, depth + 1, out);
    }
    out += '\n' + std::string(2 * depth, ' ') + (list ? "]" : "}");
}

/// Walks an incident file beside the account that the record has.
class Importer {
public:
    Importer(Part& account, const Writer& writer) : account_(account), writer_(writer) {}

    Import run(const JsonValue& incident) {
        part(incident, {});
        only_here(account_, {});
        return std::move(result_);
    }

private:
    Writer next() const { return {writer_.actor, writer_.idem + '.' + std::to_string(result_.entries.size())}; }

    void part(const JsonValue& object, const AccountPath& path) {
        JsonValue members = json_object();
        const JsonValue* facts = nullptr;
        std::vector<const JsonMember*> lists;
        for (const JsonMember& member : object.members) {
            if (path.empty() && (member.name == "duenotice" || member.name == "id")) continue;
            if (!path.empty() && member.name == key_of(path[path.size() - 2])) continue;
            if (member.name == "facts" && member.value.is_object()) facts = &member.value;
            else if (is_listed(member.name, path.size()) && has_keys(member)) lists.push_back(&member);
            else json_add(members, member.name, member.value);
        }
        const Part* there = account_.find(path);
        if (there == nullptr || canonical_json(there->members) != canonical_json(members)) result_.entries.push_back(part_entry(path, members, next()));
        if (facts != nullptr)
            for (const JsonMember& fact : facts->members) statements(path, fact);
        for (const JsonMember* list : lists)
            for (const JsonValue& item : list->value.items) {
                AccountPath inner = path;
                inner.push_back(list->name);
                inner.push_back(item.find(key_of(list->name))->text);
                part(item, inner);
            }
    }

    void statements(const AccountPath& path, const JsonMember& fact) {
        seen_[fact_words(path, fact.name)] = true;
        const JsonValue* history = fact.value.is_object() ? fact.value.find("history") : nullptr;
        if (history == nullptr || !history->is_array()) return statement(path, fact.name, fact.value, true);
        for (std::size_t i = 0; i < history->items.size(); ++i) statement(path, fact.name, history->items[i], i + 1 == history->items.size());
    }

    /// The last one must also be what counts now: a statement that came back is a new one.
    void statement(const AccountPath& path, const std::string& fact, const JsonValue& value, bool last) {
        Part* there = account_.find(path);
        if (there != nullptr) {
            const auto& history = there->history(fact);
            const std::string wanted = canonical_json(value);
            const auto same = [&](const Said& said) { return canonical_json(said.statement) == wanted; };
            if (last ? !history.empty() && same(history.back()) : std::any_of(history.begin(), history.end(), same)) {
                ++result_.known;
                return;
            }
        }
        result_.entries.push_back(fact_entry({path, fact, value, {}, {}, {}}, next()));
    }

    void only_here(const Part& part, const AccountPath& path) {
        for (const auto& [name, history] : part.facts)
            if (!history.empty() && seen_.count(fact_words(path, name)) == 0) result_.only_here.push_back(fact_words(path, name));
        for (const Part& inner : part.inner) {
            AccountPath deeper = path;
            deeper.push_back(inner.list);
            deeper.push_back(inner.id);
            only_here(inner, deeper);
        }
    }

    Part& account_;
    const Writer& writer_;
    Import result_;
    std::map<std::string, bool> seen_;
};

}  // namespace

Entry entry_by(std::string_view kind, const Writer& writer) {
    Entry entry;
    entry.kind = kind;
    entry.actor = writer.actor;
    entry.idem = writer.idem;
    return entry;
}

bool within(const AccountPath& path, const AccountPath& frame) {
    for (std::size_t i = 0; i + 1 < path.size(); i += 2) {
        bool found = false;
        for (std::size_t j = 0; j + 1 < frame.size(); j += 2) found = found || (path[i] == frame[j] && path[i + 1] == frame[j + 1]);
        if (!found) return false;
    }
    return true;
}

Entry fact_entry(const FactEntry& fact, const Writer& writer) {
    Entry entry = entry_by(fact.corrects ? "correction" : "fact", writer);
    entry.fields["path"] = path_value(fact.path);
    entry.fields["fact"] = json_text(fact.fact);
    entry.fields["statement"] = without_member(fact.statement, "advice");
    // WHY: a field of its own, so that a copy can leave it out and keep what was decided and why.
    if (fact.statement.is_object())
        if (const JsonValue* advice = fact.statement.find("advice"); advice != nullptr) entry.fields["advice"] = *advice;
    if (!fact.reason.empty()) entry.fields["reason"] = json_text(fact.reason);
    if (fact.document) entry.fields["document"] = *fact.document;
    if (fact.corrects) entry.refs["corrects"] = static_cast<std::int64_t>(*fact.corrects);
    const JsonValue* since = fact.statement.is_object() ? fact.statement.find("true_since") : nullptr;
    if (since != nullptr && since->is_string())
        if (const auto instant = parse_instant(since->text)) entry.valid_from = iso_utc(*instant);
    return entry;
}

Entry part_entry(const AccountPath& path, const JsonValue& members, const Writer& writer) {
    Entry entry = entry_by("part", writer);
    entry.fields["path"] = path_value(path);
    entry.fields["members"] = members;
    return entry;
}

std::optional<FactEntry> read_fact(const RecordedEntry& entry) {
    const auto path = path_of(entry);
    const auto fact = entry.fields.find("fact"), statement = entry.fields.find("statement");
    if ((entry.leaf.kind != "fact" && entry.leaf.kind != "correction" && entry.leaf.kind != "judgement") || !path || fact == entry.fields.end() || statement == entry.fields.end()) return {};
    FactEntry made{*path, fact->second.text, statement->second, {}, {}, {}};
    if (const auto advice = entry.fields.find("advice"); advice != entry.fields.end() && made.statement.is_object()) json_add(made.statement, "advice", advice->second);
    if (const auto reason = entry.fields.find("reason"); reason != entry.fields.end()) made.reason = reason->second.text;
    if (const auto document = entry.fields.find("document"); document != entry.fields.end()) made.document = document->second;
    if (const auto corrects = entry.leaf.refs.find("corrects"); corrects != entry.leaf.refs.end())
        if (const auto* seq = std::get_if<std::int64_t>(&corrects->second); seq != nullptr && *seq >= 0) made.corrects = static_cast<std::uint64_t>(*seq);
    return made;
}

std::vector<RecordedEntry> with_entries(std::vector<RecordedEntry> entries, const std::vector<Entry>& more, RecordClock now) {
    for (const Entry& entry : more) {
        const std::string incident = entries.empty() ? "" : entries.front().leaf.incident;
        entries.push_back({{entries.size(), entry.kind, incident, record_time(now), entry.actor, entry.idem, entry.valid_from, entry.valid_to, {}, entry.refs}, entry.fields});
    }
    return entries;
}

std::string account_text(const std::vector<RecordedEntry>& entries, std::optional<Instant> known_at) {
    JsonValue account = value_of(account_of(entries, known_at));
    json_add(account, "duenotice", json_text("incident/1"));
    if (!entries.empty()) json_add(account, "id", json_text(entries.front().leaf.incident));
    std::string text;
    write_pretty(account, 0, text);
    return text + '\n';
}

std::vector<CurrentStatement> current_statements(const std::vector<RecordedEntry>& entries) {
    std::vector<CurrentStatement> found;
    Part root = account_of(entries, {});
    const std::function<void(const Part&, const AccountPath&)> visit = [&](const Part& part, const AccountPath& path) {
        for (const auto& [fact, history] : part.facts)
            if (!history.empty()) found.push_back({path, fact, history.back().seq, history.back().statement});
        for (const Part& inner : part.inner) {
            AccountPath deeper = path;
            deeper.push_back(inner.list);
            deeper.push_back(inner.id);
            visit(inner, deeper);
        }
    };
    visit(root, {});
    return found;
}

std::vector<std::string> privileged_facts(const std::vector<RecordedEntry>& entries) {
    std::vector<std::string> facts;
    for (const CurrentStatement& each : current_statements(entries))
        if (field_text(entries[static_cast<std::size_t>(each.entry)], "label") == "privileged") facts.push_back(each.fact);
    return facts;
}

bool has_part(const std::vector<RecordedEntry>& entries, const AccountPath& path) { return account_of(entries, {}).find(path) != nullptr; }

std::optional<std::uint64_t> current_statement(const std::vector<RecordedEntry>& entries, const AccountPath& path, std::string_view fact) {
    Part account = account_of(entries, {});
    Part* part = account.find(path);
    if (part == nullptr) return {};
    const auto& history = part->history(std::string(fact));
    return history.empty() || history.back().erased ? std::nullopt : std::optional(history.back().seq);
}

Import import_account(const JsonValue& incident, const std::vector<RecordedEntry>& entries, const Writer& writer) {
    Part account = account_of(entries, {});
    return Importer(account, writer).run(incident);
}

std::string fact_words(const AccountPath& path, std::string_view fact) {
    std::string words(fact);
    for (std::size_t i = 0; i + 1 < path.size(); i += 2) words += (i == 0 ? " of " : ", ") + path[i] + ' ' + path[i + 1];
    return words;
}

}  // namespace duenotice
