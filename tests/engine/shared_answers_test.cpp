#include <catch2/catch.hpp>

#include <cstdio>

#include "engine/assess.h"
#include "engine/duty_graph.h"
#include "engine/incident_reader.h"
#include "engine/shared_answers.h"
#include "engine/verdict.h"
#include "reports/json.h"
#include "tests/oracle/condition_generator.h"
#include "tests/support/shipped_world.h"
#include "tests/support/small_world.h"

// Answers shared between accounts against the same questions asked of each account alone.

namespace duenotice {

namespace {

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)  // the sanitizers make a case ten times as long
constexpr int conditions = 3000, every_example = 3;
#else
constexpr int conditions = 300, every_example = 40;
#endif
constexpr int accounts = 12;

/// A condition as the only one of its book, and accounts that mostly differ in one fact.
class ManyAccounts {
public:
    ManyAccounts(test::SmallWorld& small, std::uint64_t seed, oracle::Size size) : small_(small), generator_(*small.book, seed, size), frames_(size.frames) {
        condition = generator_.condition();
        CompiledObligation compiled;
        compiled.readings.push_back({"", condition});
        small.book->compiled = {compiled};
        lists();
        small.clear();
        for (const FactDeclaration& declaration : small.book->vocabulary.facts()) state(declaration, 100);
    }

    void next() {
        if (frames_ && generator_.chance(30)) return one_list();
        if (frames_ && generator_.chance(20)) {
            small_.clear();
            lists();
            for (const FactDeclaration& declaration : small_.book->vocabulary.facts()) state(declaration, 100);
        }
        const auto& all = small_.book->vocabulary.facts();
        const auto reads = ground_facts(*condition, {}, small_.evaluation());
        if (!reads.empty() && generator_.chance(80)) state(all[reads[generator_.below(reads.size())].ground.fact], 60);
        else state(all[generator_.below(all.size())], 60);
    }

    ConditionPtr condition;

private:
    void lists() {
        Incident& incident = small_.incident;
        incident.places.clear();
        incident.entities.clear();
        incident.populations.clear();
        if (!frames_) return;
        incident.places = {{"DE", Truth::Yes}, {"US-TX", generator_.chance(80) ? Truth::Yes : Truth::No}};
        incident.entities.resize(1 + generator_.below(2));
        incident.populations.resize(1 + generator_.below(2));
        incident.populations_complete = generator_.chance(70);
        incident.places_complete = generator_.chance(70);
        incident.entities_complete = generator_.chance(70);
    }

    /// What is listed changes, and no fact.
    void one_list() {
        Incident& incident = small_.incident;
        PlaceFrame& place = incident.places.back();
        switch (generator_.below(5)) {
            case 0: incident.populations_complete = !incident.populations_complete; break;
            case 1: incident.places_complete = !incident.places_complete; break;
            case 2: incident.entities_complete = !incident.entities_complete; break;
            case 3: place.listed = !place.listed; break;
            default: place.code = place.code == "FR" ? "US-TX" : "FR";
        }
    }

    void state(const FactDeclaration& declaration, int likely) {
        const unsigned bound = bindings(declaration.frame);
        const auto count = [bound](unsigned part, std::size_t n) { return static_cast<std::int32_t>((bound & part) != 0 ? n : 1); };
        for (std::int32_t e = 0; e < count(bind::entity, small_.incident.entities.size()); ++e)
            for (std::int32_t p = 0; p < count(bind::population, small_.incident.populations.size()); ++p)
                for (std::int32_t c = 0; c < count(bind::place, small_.incident.places.size()); ++c)
                    if (generator_.chance(likely)) small_.state({declaration.id, Frame{e, p, c, -1, -1, -1, -1}.restricted(bound)}, generator_.known(declaration, 70), true);
    }

    test::SmallWorld& small_;
    oracle::ConditionGenerator generator_;
    bool frames_;
};

bool alike(const Decision& a, const Decision& b) {
    return a.truth == b.truth && a.exact == b.exact && a.why_inexact == b.why_inexact && a.by == b.by && a.splits == b.splits;
}

/// How many of 1,000 questions another account had answered before.
int shared_share(oracle::Size size) {
    test::SmallWorld small;
    std::size_t asked = 0, worked_out = 0;
    for (int seed = 1; seed <= conditions; ++seed) {
        ManyAccounts one(small, static_cast<std::uint64_t>(seed), size);
        SharedAnswers answers;
        for (int i = 0; i < accounts; ++i, one.next()) {
            const Evaluation alone = small.evaluation();
            Evaluation sharing = alone;
            answers.bind(alone.world, alone.moment);
            const auto shared = IncidentAnswers::make(answers, alone.world, small.incident, alone.moment);
            REQUIRE(shared);
            sharing.shared = shared.get();
            INFO("condition " << seed << ", account " << i << ": " << print(*one.condition));
            REQUIRE(alike(decide(*one.condition, {}, sharing), decide(*one.condition, {}, alone)));
            REQUIRE(relevant_open_facts(*one.condition, {}, sharing) == relevant_open_facts(*one.condition, {}, alone));
            asked += 2;
        }
        worked_out += answers.size();
    }
    return static_cast<int>(1000 * (asked - worked_out) / asked);
}

struct ExampleIncident {
    std::uint32_t obligation = 0;
    std::shared_ptr<const Incident> incident;
};

/// The incidents of the law's examples: pairs that differ in one date, one number or one word.
std::vector<ExampleIncident> incidents_of_examples() {
    const World& world = test::shipped_world();
    std::vector<ExampleIncident> incidents;
    int number = 0;
    for (std::uint32_t index = 0; index < world.law->obligations.size(); ++index) {
        const Obligation& obligation = world.law->obligations[index];
        for (const Example& example : obligation.examples) {
            if (!example.incident.empty() || number++ % every_example != 0) continue;
            const std::string place = !example.place.empty() ? example.place : !obligation.place.empty() ? obligation.place : world.law->find_law(obligation.law)->place;
            auto read = read_short_facts(example.facts, example.facts_span, world.law->find_group(place) ? "" : place, *world.law, world.zones);
            INFO(obligation.id << " " << print(read.diagnostics));
            REQUIRE(read);
            incidents.push_back({index, std::make_shared<const Incident>(std::move(*read))});
        }
    }
    return incidents;
}

const Moment moment{*parse_instant("2026-11-23T09:00+01:00"), {}, {}};

std::string bytes_of(const Assessment& assessment) { return assessment_json({assessment, test::shipped_world().zones, {"Etc/UTC"}, "test", "counsel"}); }

}  // namespace

TEST_CASE("what accounts share is what each of them would find alone", "[oracle]") {
    const int plain = shared_share({5, 3, 3, true, false}), without_sums = shared_share({5, 3, 3, false, false}), framed = shared_share({2, 2, 2, false, true});
    std::printf("shared answers: %d, %d and %d of 1,000 questions had been answered before\n", plain, without_sums, framed);
    CHECK(plain > 100);
    CHECK(without_sums > 150);
    CHECK(framed > 100);
}

TEST_CASE("the examples of the shipped law come out alike one by one and in one portfolio", "[oracle]") {
    const World& world = test::shipped_world();
    SharedAnswers answers;
    AssessOptions alone;
    alone.because = alone.content = alone.questions = false;
    AssessOptions sharing = alone;
    sharing.shared = &answers;
    for (const auto& [obligation, incident] : incidents_of_examples()) REQUIRE(bytes_of(assess(world, incident, moment, sharing)) == bytes_of(assess(world, incident, moment, alone)));
    CHECK(answers.size() > 0);
}

TEST_CASE("duties judged without those that they do not look at come out as beside all others", "[oracle]") {
    const World& world = test::shipped_world();
    const Checked<DutyGraph> graph = make_duty_graph(*world.law);
    REQUIRE(graph);
    std::size_t fewer = 0;
    for (const auto& [obligation, incident] : incidents_of_examples()) {
        AssessOptions options;
        options.because = options.questions = false;
        Assessment all = assess(world, incident, moment, options);
        const std::vector<bool> needed = closure_of(*world.law, *graph, obligation);
        options.only = &needed;
        const Assessment only = assess(world, incident, moment, options);
        fewer += only.duties.size() < all.duties.size() ? 1U : 0U;
        std::erase_if(all.duties, [&, &wanted = needed](const Duty& duty) { return !wanted[duty.obligation]; });
        all.by_gate = only.by_gate;
        all.by_tree = only.by_tree;
        all.by_split = only.by_split;
        all.families = only.families;
        all.not_covered = only.not_covered;
        all.places_ruled_out = only.places_ruled_out;
        all.calendars_used = only.calendars_used;  // and the key, which names them
        all.key = only.key;
        INFO(world.law->obligations[obligation].id);
        REQUIRE(bytes_of(only) == bytes_of(all));
    }
    CHECK(fewer > 0);
}

}  // namespace duenotice
