#pragma once
// An incident file that is being filled in, answer by answer: where each fact has its home in the JSON, what has been
// stated already, and the text of the whole. Knows nothing of questions; the one file of intake that handles JSON.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/vocabulary.h"

namespace duenotice {

/// Of whom a fact is told; empty ids where the frame does not need them.
struct FactHome {
    std::string entity, population, place;
};

/// Who said it, and when it was learned (`2026-11-25T01:05:00Z`); both may be empty.
struct Said {
    std::string by, learned_at, source;
};

class IncidentAccount {
public:
    IncidentAccount();
    /// The text of an incident file, which was read without mistakes.
    explicit IncidentAccount(const std::string& text);
    IncidentAccount(const IncidentAccount& other);
    IncidentAccount& operator=(const IncidentAccount& other);
    IncidentAccount(IncidentAccount&&) noexcept;
    IncidentAccount& operator=(IncidentAccount&&) noexcept;
    ~IncidentAccount();

    std::string text() const;  ///< indented, with a last line end
    std::string get(const char* member) const;
    void set(const char* member, const std::string& value);

    struct Named {
        std::string id, name;
    };
    std::vector<Named> entities() const;
    std::vector<Named> populations() const;
    /// Makes an id of the name; the one that has it already is not added twice.
    std::string add_entity(const std::string& name, const std::string& id = {});
    /// `other` is `relation` of the entity; said once only.
    void add_relation(const std::string& entity, const std::string& relation, const std::string& other);
    /// All that have this relation to the entity are listed.
    void close_relation(const std::string& entity, const std::string& relation);
    void set_entity_zone(const std::string& id, const std::string& zone);
    /// Groups of people with these names; what was said of the incident's own people goes to each of them.
    void add_populations(const std::vector<std::string>& names);
    void add_place(const std::string& population, const std::string& code);
    std::size_t places(const std::string& population) const;

    /// False when the fact has no home here: its place is missing, or it belongs to a contract, an event or a series.
    bool state(const FactDeclaration& declaration, const FactHome& home, const std::string& json, const Said& said);
    /// Something is known: a statement other than `not_known`.
    bool knows(const FactDeclaration& declaration, const FactHome& home) const;
    /// The single value in a statement, such as `yes`; empty for all others.
    std::string value(const FactDeclaration& declaration, const FactHome& home) const;
    bool has_choice(const FactDeclaration& declaration, const FactHome& home, const std::string& choice) const;

private:
    struct Json;
    std::unique_ptr<Json> json_;
};

/// Letters and digits in small, hyphens between: `Singapore branch` is `singapore-branch`; empty when nothing is left.
std::string id_of_name(const std::string& name);

}  // namespace duenotice
