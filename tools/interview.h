#pragma once
// The interview of `duenotice new`: asks the steps of the agenda in turn, reads answers as people give them, says what it
// understood and what that changed, and saves after every answer. `?`, `back`, `show`, `by: NAME` and `stop` are
// understood at every question; the end of input is a stop. What cannot be read is asked again with the reason.

#include <iosfwd>
#include <optional>
#include <set>

#include "tools/agenda.h"
#include "tools/answer.h"
#include "tools/commands.h"

namespace duenotice {

class Interview {
public:
    Interview(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out);
    int run();

private:
    struct Turn {
        std::string key;
        IncidentAccount before;
    };
    enum class Reply { Taken, Back, Stop };

    void open();
    void make_profile_entities();
    void who_answers();
    void twelve();
    void what_pays();
    std::optional<Inquiry> next_step();
    std::optional<Inquiry> next_paying();
    /// The list of relations that is asked for next, when it bites before this question does.
    std::optional<Inquiry> next_relation(const Assessment& assessment, const Question* before) const;
    Reply ask(const Inquiry& step);
    /// True when the text was a command, which has been obeyed.
    bool command(const std::string& text, const Inquiry& step, std::optional<Reply>& reply);
    bool go_back();
    std::optional<std::string> line();

    std::string prompt(const Inquiry& step) const;
    std::string help(const Inquiry& step) const;
    /// Puts the answer into the account; a problem comes back in words.
    std::string take(const Inquiry& step, const std::string& text);
    std::string take_code(const std::string& text);
    std::string default_clock() const;
    std::string take_clock(const std::string& text);
    std::string take_entities(const Inquiry& step, const std::string& text);
    std::string take_groups(const std::string& text);
    std::string take_places(const Inquiry& step, const std::string& text);
    std::string take_fact(const Inquiry& step, const std::string& text);
    std::string take_relation(const Inquiry& step, const std::string& text);
    std::string known_entity(const std::string& name);
    FactDeclaration entity_choices(const FactDeclaration& affected) const;
    void entity_clock(const std::string& entity, const std::string& country);

    bool with_profile() const { return !intake_.group.empty() || !account_.get("group").empty(); }
    AnswerClock clock() const;
    Said said() const;
    std::string where(const Inquiry& step) const;
    std::shared_ptr<const Incident> read_account();
    void save();
    void show_change(const std::shared_ptr<const Incident>& incident);
    void show_timetable();
    void finish();

    Session& session_;
    const IntakeOptions& intake_;
    std::istream& in_;
    std::ostream& out_;
    IncidentAccount account_;
    std::unique_ptr<ZoneWords> zones_;
    std::string by_, understood_, last_change_;
    std::set<std::string> asked_, owed_;
    std::vector<Turn> turns_;
    bool stopped_ = false, saved_ = false;
};

}  // namespace duenotice
