#include "engine/recount.h"

#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/count_json.h"
#include "tests/support/shipped_world.h"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("each counted limit of the samples is counted again to the same ends, and what moved it says so") {
    std::size_t recounted = 0, moved = 0;
    for (const char* name : {"simple", "payroll"}) {
        const Sample sample(name);
        for (const Duty& duty : sample.assessment().duties) {
            std::size_t counted = 0;
            for (const auto* limits : {&duty.deadline.alternatives, &duty.deadline.other_limbs})
                for (const Alternative& limit : *limits)
                    for (const ReadingLimit& reading : limit.readings) {
                        INFO(duty.id << " " << limit.limb << " " << reading.label);
                        CHECK((reading.steps.empty() || reading.basis != nullptr));
                        counted += reading.basis != nullptr;
                    }
            const auto recounts = recounts_of(duty, sample.world());
            std::size_t readings = 0;
            for (const Recount& recount : recounts) {
                INFO(recount.id);
                readings += recount.result.readings.size();
                ++recounted;
                if (recount.moved) {
                    ++moved;
                    continue;
                }
                for (const ReadingResult& again : recount.result.readings) {
                    const auto same = [&](const ReadingLimit& reading) { return reading.end == again.end && reading.last_day == again.last_day && reading.steps.size() == again.steps.size(); };
                    CHECK(std::any_of(recount.limit->readings.begin(), recount.limit->readings.end(), same));
                }
            }
            INFO(duty.id);
            CHECK(readings == counted);
        }
    }
    WARN("limits of the samples counted again: " << recounted << ", of these moved after the count: " << moved);
    CHECK(recounted >= 10);
    CHECK(moved == 0);  // nothing is on hold in the samples
}

TEST_CASE("a limit that something moved after the count shows the count and that it was moved") {
    const Sample sample("payroll");
    for (const Duty& duty : sample.assessment().duties) {
        const auto recounts = recounts_of(duty, sample.world());
        if (recounts.empty() || duty.deadline.alternatives.empty() || recounts.front().limit != &duty.deadline.alternatives.front()) continue;
        if (duty.deadline.alternatives.front().safe_bounds || duty.deadline.alternatives.front().readings.size() != 1) continue;
        const auto whole = [](const Duty& of, const World& world) { return nlohmann::json::parse(recount_line(recounts_of(of, world).front())); };
        const auto json = whole(duty, sample.world());
        CHECK(json.at("derivation").at("safe_utc") == json.at("end_utc"));
        CHECK(json.at("limit").at("moved") == false);

        Duty held = duty;  // its limit and all readings are an hour later
        Alternative& limit = held.deadline.alternatives.front();
        for (ReadingLimit& reading : limit.readings) reading.end = reading.end.plus_seconds(3600);
        limit.safe = limit.safe->plus_seconds(3600);
        const auto moved = whole(held, sample.world());
        CHECK(moved.at("end_utc") == json.at("end_utc"));
        CHECK(moved.at("limit").at("moved") == true);
        CHECK(moved.at("limit").at("safe_utc") == iso_utc(*limit.safe));

        Duty within_hours = duty;  // only the whole is earlier: the hours in which the act is possible
        Alternative& window = within_hours.deadline.alternatives.front();
        window.safe = window.safe->plus_seconds(-3600);
        CHECK(whole(within_hours, sample.world()).at("limit").at("moved") == true);
        return;
    }
    FAIL("no duty of the sample has a counted limit that binds");
}
