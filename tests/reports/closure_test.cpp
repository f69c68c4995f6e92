#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "engine/assess.h"
#include "engine/duty_graph.h"
#include "engine/explanation.h"
#include "tests/support/shipped_world.h"

// A duty assessed with what its limit may rest on alone comes out as it does among all duties: differences rest on this.

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Moment moment{*parse_instant("2026-11-23T09:00+01:00"), {}, {}};

AssessOptions plain(const std::vector<bool>* only = nullptr) {
    AssessOptions options;
    options.explain = false;
    options.only = only;
    return options;
}

std::string instant_words(const std::optional<Instant>& at) { return at ? iso_utc(*at) : "-"; }

/// All that a difference looks at.
std::string seen(const Duty& duty) {
    std::string text = duty.id + " " + std::string(name(duty.verdict)) + " " + std::string(name(duty.standing)) + " " + duty.standing_by + " " + std::string(name(duty.done)) + " " + std::string(name(duty.timing));
    for (const Modifier& modifier : duty.modifiers) text += " " + modifier.kind + (modifier.holds == Truth::Unknown ? "?" : "");
    for (const auto& at : {duty.deadline.safe, duty.deadline.maximum, duty.deadline.counted, duty.deadline.not_before, duty.deadline.lasts_until}) text += " " + instant_words(at);
    for (const Alternative& alternative : duty.deadline.alternatives) text += " " + alternative.limb + "=" + instant_words(alternative.safe) + (alternative.projected ? "p" : "");
    for (const Recipient& recipient : duty.recipients) text += " " + recipient.id + (recipient.owed == Truth::Unknown ? "?" : "");
    return text;
}

/// The sample with some of its facts forgotten, some of its filings left out and some duties filed.
Incident varied(const Incident& sample, const Assessment& whole, std::mt19937& random) {
    Incident result = sample;
    std::erase_if(result.facts, [&](const FactRecord&) { return random() % 8 == 0; });
    std::erase_if(result.filings, [&](const Filing&) { return random() % 3 == 0; });
    for (int i = 0; i < 6; ++i) {
        const Duty& duty = whole.duties[random() % whole.duties.size()];
        Filing filing;
        filing.id = "made-" + std::to_string(i);
        filing.obligation = whole.law->obligations[duty.obligation].id;
        filing.entity = duty.entity;
        filing.submitted_at = Instant{moment.as_of.seconds - static_cast<std::int64_t>(random() % 200'000)};
        result.filings.push_back(std::move(filing));
    }
    return result;
}

}  // namespace

TEST_CASE("what a limit may rest on is enough to assess it") {
    const World& world = shipped_world();
    const Checked<DutyGraph> graph = make_duty_graph(*world.law);
    REQUIRE(graph);
    std::mt19937 random(20261127);
    std::size_t compared = 0, smaller = 0;
    for (const char* sample : {"payroll", "simple"}) {
        const std::shared_ptr<const Incident> incident = sample_incident(sample, false);
        const Assessment first = assess(world, incident, moment, plain());
        for (int round = 0; round < 4; ++round) {
            const auto account = round == 0 ? incident : std::make_shared<const Incident>(varied(*incident, first, random));
            const Assessment whole = assess(world, account, moment, plain());
            for (std::uint32_t obligation = 0; obligation < world.law->obligations.size(); ++obligation) {
                if (round > 0 && random() % 6 != 0) continue;
                const std::vector<bool> only = closure_of(*world.law, *graph, obligation);
                smaller += std::count(only.begin(), only.end(), true) < 10 ? 1 : 0;
                const Assessment part = assess(world, account, moment, plain(&only));
                for (const Duty& duty : whole.duties) {
                    if (duty.obligation != obligation) continue;
                    const Duty* alone = part.find(duty.id);
                    REQUIRE(alone != nullptr);
                    ++compared;
                    if (seen(*alone) != seen(duty)) CHECK(seen(*alone) == seen(duty));
                }
            }
        }
    }
    CHECK(compared > 500);
    CHECK(smaller > 400);
}
