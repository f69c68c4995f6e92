#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "rules/rulebook.h"
#include "tools/parallel.h"

namespace duenotice {

TEST_CASE("every number is worked on once", "[parallel]") {
    for (const std::size_t count : {0, 1, 2, 3, 1000}) {
        std::vector<std::atomic<int>> times(count);
        in_parallel(count, [&](std::size_t i) { ++times[i]; });
        for (const std::atomic<int>& one : times) CHECK(one == 1);
    }
}

TEST_CASE("what one of them throws is thrown again when all have ended", "[parallel]") {
    std::atomic<int> running{0};
    const auto work = [&](std::size_t i) {
        ++running;
        if (i % 7 == 3) {
            --running;
            throw std::runtime_error("the work failed");
        }
        --running;
    };
    CHECK_THROWS_WITH(in_parallel(100, work), "the work failed");
    CHECK(running == 0);
}

TEST_CASE("mistakes of many files come in the same order every time", "[parallel]") {
    std::vector<SourcePtr> sources;
    for (int i = 0; i < 40; ++i)
        sources.push_back(std::make_shared<const SourceText>("bad-" + std::to_string(i) + ".xml", i % 3 == 0 ? "<law id=\"a" : "<law wrong=\"1\"><no-such/></law>"));
    LoadOptions options;
    options.spread = in_parallel;
    const std::string first = print(load_rulebook(sources).diagnostics);
    for (int run = 0; run < 20; ++run) {
        const auto book = load_rulebook(sources, options);
        REQUIRE_FALSE(book);
        CHECK(print(book.diagnostics) == first);
    }
    for (int i = 0; i < 40; ++i) CHECK(first.find("bad-" + std::to_string(i) + ".xml") != std::string::npos);
}

}  // namespace duenotice
