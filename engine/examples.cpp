#include "engine/examples.h"

#include <algorithm>
#include <functional>
#include <set>

#include "engine/calendar_needs.h"
#include "engine/duty_graph.h"
#include "engine/expectation.h"
#include "engine/incident_reader.h"

namespace duenotice {

namespace {

class ExampleRunner {
public:
    explicit ExampleRunner(const World& world) : world_(world), graph_(make_duty_graph(*world.law)) {}

    ExampleRun run() {
        each([this](const Example& example, const std::string& obligation, const std::string& place) { one(example, obligation, place); });
        return std::move(result_);
    }

    std::vector<std::string> calendars() const {
        const CalendarNeeds needs(*world_.law);
        std::set<std::string> ids;
        each([&](const Example& example, const std::string&, const std::string& place) {
            if (const Checked<Incident> incident = read(example, place))
                for (std::string& id : needs.of(*incident)) ids.insert(std::move(id));
        });
        return {ids.begin(), ids.end()};
    }

private:
    template <class Visit>
    void each(const Visit& visit) const {
        for (const Obligation& obligation : world_.law->obligations)
            for (const Example& example : obligation.examples) visit(example, obligation.id, place_of(obligation));
        for (const Law& law : world_.law->laws)
            for (const Example& example : law.examples) visit(example, "", law.place);
    }

    std::string place_of(const Obligation& obligation) const {
        if (!obligation.place.empty()) return obligation.place;
        const Law* law = world_.law->find_law(obligation.law);
        return law == nullptr ? std::string() : law->place;
    }

    Checked<Incident> read(const Example& example, std::string place) const {
        if (!example.place.empty()) place = example.place;
        if (example.incident.empty()) return read_short_facts(example.facts, example.facts_span, world_.law->find_group(place) ? "" : place, *world_.law, world_.zones);
        IncidentSources sources;
        sources.incident = std::make_shared<const SourceText>("example `" + example.name + "`", example.incident);
        if (!example.group.empty()) sources.group = std::make_shared<const SourceText>("group of example `" + example.name + "`", example.group);
        if (!example.contracts.empty()) {
            const auto first = example.contracts.find_first_not_of(" \t\r\n");
            sources.contracts = std::make_shared<const SourceText>("contracts of example `" + example.name + "`", first == std::string::npos ? std::string() : example.contracts.substr(first));
        }
        sources.as_of = example.as_of;
        return read_incident(sources, *world_.law, world_.zones);
    }

    void one(const Example& example, const std::string& obligation, const std::string& place) {
        ++result_.examples;
        const Checked<Incident> incident = read(example, place);
        if (!incident) {
            ++result_.failed;
            result_.diagnostics.append(incident.diagnostics);
            return;
        }
        const Moment moment{example.as_of ? *example.as_of : latest_of(*incident), {}, {}};
        AssessOptions options;  // what no expectation speaks of is left out
        options.because = options.questions = false;
        const std::vector<bool> needed = needed_of(example, obligation);
        options.only = needed.empty() ? nullptr : &needed;
        const auto account = std::make_shared<const Incident>(*incident);
        const Assessment assessment = assess(world_, account, moment, options);
        bool failed = false;
        for (const Expectation& expectation : example.expectations) {
            ++result_.expectations;
            const Duty* duty = duty_of(expectation, obligation, assessment);
            const auto found = differences(expectation, duty, assessment, world_.zones);
            if (found.empty()) continue;
            failed = true;
            std::string message = "example `" + example.name + "`" + (expectation.duty.empty() ? "" : ", `" + expectation.duty + "`") + ": ";
            for (std::size_t i = 0; i < found.size(); ++i) message += (i == 0 ? "" : "; ") + found[i];
            result_.diagnostics.error("DN0601", expectation.span.source ? expectation.span : example.span, std::move(message), duty == nullptr ? std::string() : help(assess(world_, account, moment).find(duty->id)));
        }
        if (failed) ++result_.failed;
    }

    /// The obligations whose duties the expectations name, with all on which those may rest; empty: all, where one speaks of
    /// what is not listed.
    std::vector<bool> needed_of(const Example& example, const std::string& obligation) const {
        std::vector<bool> needed(world_.law->obligations.size(), false);
        for (const Expectation& expectation : example.expectations) {
            const auto index = world_.law->obligation_index(expectation.duty.empty() ? obligation : expectation.duty.substr(0, expectation.duty.find('@')));
            const bool family = std::any_of(expectation.values.begin(), expectation.values.end(), [](const auto& value) { return value.first == "family"; });
            if (!index || !graph_ || family) return {};
            const std::vector<bool> more = closure_of(*world_.law, *graph_, *index);
            std::transform(more.begin(), more.end(), needed.begin(), needed.begin(), std::logical_or<>());
        }
        return needed;
    }

    static std::string help(const Duty* duty) {
        if (duty == nullptr || duty->because.empty()) return {};
        std::string text = "it rests on";
        for (const Because& because : duty->because) text += (text.size() > 12 ? ", " : " ") + because.needed;
        return text;
    }

    /// Without an as-of of its own an example is looked at when the newest of its facts, filings and holds has happened.
    Instant latest_of(const Incident& incident) const {
        std::int64_t latest = 0;
        const auto take = [&latest](std::optional<Instant> at) {
            if (at) latest = std::max(latest, at->seconds);
        };
        for (const FactRecord& record : incident.facts)
            for (const Statement& statement : record.history) {
                take(statement.true_since);
                take(statement.learned_at);
                if (statement.planned) continue;
                if (statement.value.type == ValueType::Instant && statement.value.high < Known::highest) latest = std::max(latest, statement.value.high);
                if (statement.value.type == ValueType::Date && statement.value.high < Known::highest) latest = std::max(latest, (statement.value.high + 1) * 86400);
            }
        for (const Filing& filing : incident.filings)
            for (const auto& at : {filing.submitted_at, filing.accepted_at, filing.dispatched_at, filing.received_at, filing.published_at, filing.withdrawn_at}) take(at);
        for (const Hold& hold : incident.holds) take(hold.from);
        return Instant{latest == 0 ? 1767225600 : latest};
    }

    /// The named duty; or the only one of the obligation around.
    static const Duty* duty_of(const Expectation& expectation, const std::string& obligation, const Assessment& assessment) {
        if (!expectation.duty.empty() && expectation.duty.find('@') != std::string::npos) return assessment.find(expectation.duty);
        const std::string& wanted = expectation.duty.empty() ? obligation : expectation.duty;
        const Duty* only = nullptr;
        for (const Duty& duty : assessment.duties) {
            if (assessment.law->obligations[duty.obligation].id != wanted) continue;
            if (only == nullptr || (only->verdict == Verdict::NotOwed && duty.verdict != Verdict::NotOwed)) only = &duty;
        }
        return only;
    }

    const World& world_;
    const Checked<DutyGraph> graph_;
    ExampleRun result_;
};

}  // namespace

std::vector<std::string> calendars_of_examples(const World& world) { return ExampleRunner(world).calendars(); }
ExampleRun run_examples(const World& world) { return ExampleRunner(world).run(); }

}  // namespace duenotice
