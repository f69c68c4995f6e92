#include "tools/interview.h"

#include <algorithm>
#include <filesystem>
#include <istream>
#include <ostream>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/text_layout.h"
#include "tools/atomic_file.h"
#include "tools/interrupt.h"
#include "tools/people_places.h"
#include "tools/words.h"

namespace duenotice {

Interview::Interview(Session& session, const IntakeOptions& intake, std::istream& in, std::ostream& out) : session_(session), intake_(intake), in_(in), out_(out) {
    session_.load_all_zones();
    const std::string table = session_.options().zone_folder + "/zone.tab";
    std::error_code error;
    zones_ = std::make_unique<ZoneWords>(session_.world().zones, session_.law(), std::filesystem::is_regular_file(table, error) ? read_file(table) : std::string());
}

int Interview::run() {
    open();
    const LastWords words("\nStopped. " + (saved_ ? "What was answered before is in " + intake_.output : std::string("Answers are saved in ") + intake_.output) + "; `duenotice new " + intake_.output + "` goes on from there.\n");
    who_answers();
    if (!stopped_) twelve();
    if (!stopped_) what_pays();
    finish();
    return exit_code::done;
}

/// A file that is there is gone on with, never overwritten.
void Interview::open() {
    std::error_code error;
    out_ << "Twelve questions, some of them for each company and each group of people.\n"
            "Answer in your own words; ranges are fine. Enter: not known yet, go on.\n"
            "  ?           what is meant, and the ways to answer\n"
            "  back        the question before\n"
            "  show        the timetable as it stands\n"
            "  by: NAME    someone else answers from here on\n"
            "  stop        stop here; the same command goes on later\n"
            "The file is saved after every answer.\n";
    if (!std::filesystem::exists(intake_.output, error)) {
        if (with_profile()) make_profile_entities();
        return;
    }
    const SourcePtr file = read_source(intake_.output);
    const Session::Beside others = session_.beside(file, intake_.output, intake_.group);
    session_.read_text(file, others.group, others.contracts);
    account_ = IncidentAccount(std::string(file->text()));
    saved_ = true;
    std::set<int> open;
    for (const Inquiry& step : agenda(account_, session_.law().vocabulary, with_profile()))
        if (!step.stated && step.number > 0) open.insert(step.number);
    out_ << "\nGoing on with " << intake_.output << ": " << account_.get("id") << " \"" << account_.get("title") << "\", " << first_questions - static_cast<int>(open.size()) << " of the twelve answered.\n";
}

/// The companies of the profile stand in the account from the beginning, so that each can be asked about.
void Interview::make_profile_entities() {
    const std::filesystem::path folder = std::filesystem::absolute(intake_.output).parent_path();
    account_.set("id", "first");
    account_.set("group", std::filesystem::absolute(intake_.group).lexically_relative(folder).generic_string());
    const SourcePtr least = std::make_shared<const SourceText>("your answers", account_.text());
    const Session::Beside others = session_.beside(least, intake_.output, intake_.group);
    const auto incident = session_.read_text(least, others.group, others.contracts);
    for (const EntityFrame& entity : incident->entities) account_.add_entity({}, entity.id);
    if (!incident->zone.empty()) account_.set("zone", incident->zone);
    account_.set("id", "");
}

void Interview::who_answers() {
    out_ << "\nWho answers? Your function will do, such as `head of IT`; it stands beside each answer.\n";
    while (const auto text = line()) {
        by_ = trimmed(*text);
        if (by_ == "stop") break;
        if (by_ == "?" || by_ == "back" || by_ == "show") by_.clear();
        if (!by_.empty()) return;
        out_ << "  each answer needs somebody who gives it: `head of IT`, `on-call engineer`\n";
    }
    by_.clear();
    stopped_ = true;
}

std::optional<Inquiry> Interview::next_step() {
    for (const Inquiry& step : agenda(account_, session_.law().vocabulary, with_profile()))
        if (!step.stated && asked_.count(step.key()) == 0) return step;
    return {};
}

void Interview::twelve() {
    while (const auto step = next_step()) {
        const Reply reply = ask(*step);
        if (reply == Reply::Stop) {
            stopped_ = true;
            return;
        }
        if (reply == Reply::Back && !go_back()) out_ << "  this is the first question\n";
    }
}

/// Then by what pays: the question on top of the list, until nobody knows more.
void Interview::what_pays() {
    bool told = false;
    while (const auto step = next_paying()) {
        if (!told) out_ << "\nThat was the twelve. From here on, the question that settles most; Enter skips it,\n`stop` ends with the timetable.\n";
        told = true;
        const Reply reply = ask(*step);
        if (reply == Reply::Stop) {
            stopped_ = true;
            return;
        }
        if (reply != Reply::Back) continue;
        if (!go_back()) out_ << "  this is the first question\n";
        twelve();
        if (stopped_) return;
    }
}

std::optional<Inquiry> Interview::next_paying() {
    const auto incident = read_account();
    if (incident->entities.empty()) return {};
    AssessOptions quick;
    quick.content = false;
    const Assessment assessment = session_.assess(incident, quick);
    for (const Question& question : assessment.questions) {
        const FactDeclaration& fact = session_.law().vocabulary.at(question.ground.fact);
        const Frame& frame = question.ground.frame;
        // A judgement is made by its own person with reasons, not in passing.
        if (fact.type == ValueType::Judgement || fact.judgement || frame.contract >= 0 || frame.event >= 0 || frame.series >= 0) continue;
        Inquiry step;
        step.fact = &fact;
        if (frame.entity >= 0) step.home.entity = incident->entities[static_cast<std::size_t>(frame.entity)].id;
        if (frame.population >= 0 && !incident->populations[static_cast<std::size_t>(frame.population)].implicit) step.home.population = incident->populations[static_cast<std::size_t>(frame.population)].id;
        if (frame.place >= 0) step.home.place = incident->places[static_cast<std::size_t>(frame.place)].code;
        if (asked_.count(step.key()) != 0) continue;
        const auto relation = next_relation(assessment, &question);
        return relation ? relation : step;
    }
    return next_relation(assessment, nullptr);
}

std::optional<Inquiry> Interview::next_relation(const Assessment& assessment, const Question* before) const {
    for (const RelationQuestion& question : assessment.relation_questions) {
        Inquiry step;
        step.kind = Inquiry::Kind::Relation;
        step.relation = question.list.relation;
        step.question = question.question;
        step.home.entity = assessment.incident->entities[static_cast<std::size_t>(question.list.entity)].id;
        if (asked_.count(step.key()) != 0) continue;
        const auto at = [](const std::optional<Instant>& limit) { return limit ? limit->seconds : INT64_MAX; };
        if (before != nullptr && at(before->earliest_safe) <= at(question.earliest_safe)) return {};
        return step;
    }
    return {};
}

bool Interview::go_back() {
    if (turns_.empty()) return false;
    account_ = turns_.back().before;
    asked_.erase(turns_.back().key);
    turns_.pop_back();
    if (!account_.get("id").empty()) save();
    return true;
}

std::optional<std::string> Interview::line() {
    while (true) {
        out_ << "> " << std::flush;
        std::string text;
        if (!std::getline(in_, text)) {
            out_ << "\n";
            return {};
        }
        text = trimmed(text);
        const std::string shown = escape_terminal(text);
        if (intake_.echo) out_ << shown << "\n";
        if (shown == text) return text;
        out_ << "  plain letters, please: " << shown << "\n";
    }
}

Interview::Reply Interview::ask(const Inquiry& step) {
    out_ << prompt(step);
    while (const auto given = line()) {
        if (intake_.now) session_.set_as_of(intake_.now());
        const std::string text = trimmed(*given);
        std::optional<Reply> reply;
        if (command(text, step, reply)) {
            if (reply) return *reply;
            continue;
        }
        const IncidentAccount before = account_;
        understood_.clear();
        std::string problem = take(step, text);
        std::shared_ptr<const Incident> incident;
        if (problem.empty() && !account_.get("id").empty()) {
            try {
                incident = read_account();
            } catch (const InputMistakes& mistakes) {
                for (const Diagnostic& diagnostic : mistakes.diagnostics.items())
                    if (problem.empty() && diagnostic.severity == Severity::Error) problem = diagnostic.message + (diagnostic.help.empty() ? "" : "; " + diagnostic.help);
            }
        }
        if (!problem.empty()) {
            account_ = before;
            out_ << indented(problem, 2, 80);
            continue;
        }
        turns_.push_back({step.key(), before});
        asked_.insert(step.key());
        if (!understood_.empty()) out_ << indented("= " + understood_, 2, 80);
        if (incident) {
            save();
            show_change(incident);
        }
        return Reply::Taken;
    }
    return Reply::Stop;
}

bool Interview::command(const std::string& text, const Inquiry& step, std::optional<Reply>& reply) {
    const std::string small = lower(text);
    if (small == "?" || small == "help") {
        out_ << help(step);
    } else if (small == "back") {
        reply = Reply::Back;
    } else if (small == "stop" || small == "quit" || small == "exit") {
        reply = Reply::Stop;
    } else if (small == "show") {
        show_timetable();
    } else if (small.starts_with("by:")) {
        if (const std::string name = trimmed(text.substr(3)); !name.empty()) by_ = name;
        out_ << "  answers are now given by " << by_ << "\n";
    } else {
        return false;
    }
    return true;
}

std::shared_ptr<const Incident> Interview::read_account() {
    const auto text = std::make_shared<const SourceText>("your answers", account_.text());
    const Session::Beside others = session_.beside(text, intake_.output, intake_.group);
    return session_.read_text(text, others.group, others.contracts);
}

void Interview::save() {
    const HeldSignals held;
    write_file(intake_.output, account_.text());
    saved_ = true;
}

}  // namespace duenotice
