#include "tools/agenda.h"

#include <algorithm>

namespace duenotice {

namespace {

class Agenda {
public:
    Agenda(const IncidentAccount& account, const Vocabulary& vocabulary, bool with_profile) : account_(account), vocabulary_(vocabulary), with_profile_(with_profile) {}

    std::vector<Inquiry> steps() {
        member(Inquiry::Kind::Code, "id");
        member(Inquiry::Kind::Title, "title");
        member(Inquiry::Kind::Clock, "zone");
        fact(1, "incident.detected_at");
        fact(2, "incident.kinds");
        entities();
        fact(6, "incident.supplier_involved");
        if (value("incident.supplier_involved") == "yes") fact(6, "incident.supplier");
        people();
        if (!has("incident.kinds", "money_demanded")) fact(12, "incident.extortion");
        return std::move(steps_);
    }

private:
    void member(Inquiry::Kind kind, const char* name) { steps_.push_back({kind, 0, nullptr, {}, !account_.get(name).empty()}); }

    void fact(int number, const char* name, const FactHome& home = {}) {
        if (const FactDeclaration* declaration = vocabulary_.find(name)) steps_.push_back({Inquiry::Kind::Fact, number, declaration, home, account_.knows(*declaration, home)});
    }

    std::string value(const char* name, const FactHome& home = {}) const {
        const FactDeclaration* declaration = vocabulary_.find(name);
        return declaration == nullptr ? std::string() : account_.value(*declaration, home);
    }

    bool has(const char* name, const char* choice) const {
        const FactDeclaration* declaration = vocabulary_.find(name);
        return declaration != nullptr && account_.has_choice(*declaration, {}, choice);
    }

    void entities() {
        const std::vector<IncidentAccount::Named> all = account_.entities();
        const FactDeclaration* affected = vocabulary_.find("entity.affected");
        if (affected == nullptr) return;
        const bool settled = !all.empty() && std::any_of(all.begin(), all.end(), [&](const IncidentAccount::Named& one) { return account_.knows(*affected, {one.id, {}, {}}); });
        steps_.push_back({Inquiry::Kind::Entities, 3, affected, {}, settled});
        std::vector<FactHome> touched;
        for (const IncidentAccount::Named& one : all)
            if (is_touched(account_, vocabulary_, one.id)) touched.push_back({one.id, {}, {}});
        for (const FactHome& home : touched) {
            if (with_profile_) break;
            fact(3, "entity.country", home);
            if (all.size() > 1) fact(3, "entity.kind", home);
            fact(3, "entity.classes", home);
            fact(3, "entity.does_business_in", home);
        }
        for (const FactHome& home : touched) fact(4, "service.critical_hit", home);
        for (const FactHome& home : touched) {
            fact(5, "entity.told_at", home);
            fact(5, "entity.aware_at", home);
        }
    }

    void people() {
        const std::vector<IncidentAccount::Named> groups = account_.populations();
        const FactDeclaration* personal = vocabulary_.find("data.personal");
        if (personal == nullptr) return;
        const auto told = [&](const IncidentAccount::Named& one) { return account_.knows(*personal, {{}, one.id, {}}); };
        if (groups.empty()) fact(7, "data.personal");
        if (groups.empty() && value("data.personal") == "no") return;
        const FactDeclaration* categories = vocabulary_.find("data.categories");
        steps_.push_back({Inquiry::Kind::Groups, 7, nullptr, {}, !groups.empty() || (categories != nullptr && account_.knows(*categories, {})) || account_.places({}) > 0});
        if (groups.empty()) return of_group({});
        for (const IncidentAccount::Named& one : groups) {
            if (!told(one)) fact(7, "data.personal", {{}, one.id, {}});
            if (value("data.personal", {{}, one.id, {}}) != "no") of_group(one.id);
        }
    }

    void of_group(const std::string& group) {
        const FactHome home{{}, group, {}};
        fact(8, "data.categories", home);
        fact(9, "data.encrypted", home);
        if (const std::string encrypted = value("data.encrypted", home); encrypted == "yes" || encrypted == "part") fact(9, "data.key_exposed", home);
        fact(10, "people.total", home);
        steps_.push_back({Inquiry::Kind::Places, 10, vocabulary_.find("people.affected"), home, account_.places(group) > 0});
        for (const IncidentAccount::Named& one : account_.entities())
            if (is_touched(account_, vocabulary_, one.id)) fact(11, "entity.role_here", {one.id, group, {}});
    }

    const IncidentAccount& account_;
    const Vocabulary& vocabulary_;
    bool with_profile_;
    std::vector<Inquiry> steps_;
};

}  // namespace

std::string Inquiry::key() const { return std::to_string(static_cast<int>(kind)) + " " + (fact == nullptr ? std::string() : fact->name) + " " + home.entity + " " + home.population + " " + home.place + (relation.empty() ? "" : " " + relation); }

bool is_touched(const IncidentAccount& account, const Vocabulary& vocabulary, const std::string& entity) {
    const FactDeclaration* affected = vocabulary.find("entity.affected");
    return affected != nullptr && account.value(*affected, {entity, {}, {}}) == "yes";
}

std::vector<Inquiry> agenda(const IncidentAccount& account, const Vocabulary& vocabulary, bool with_profile) { return Agenda(account, vocabulary, with_profile).steps(); }

}  // namespace duenotice
