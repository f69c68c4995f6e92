#include "tests/support/system_zones.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace duenotice::test {

namespace {

const std::filesystem::path folder = "/usr/share/zoneinfo";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<ZoneSource> system_zone_files() {
    std::vector<ZoneSource> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (name.starts_with("posix/") || name.starts_with("right/") || name == "localtime") continue;
        std::string bytes = read_file(entry.path());
        if (bytes.starts_with("TZif")) sources.push_back({name, std::move(bytes)});
    }
    return sources;
}

const ZoneSet& system_zones() {
    static const ZoneSet zones = [] {
        auto loaded = load_zones(system_zone_files(), tzdata_release(read_file(folder / "tzdata.zi")));
        if (!loaded) FAIL(print(loaded.diagnostics));
        return *loaded;
    }();
    return zones;
}

const Zone& zone(std::string_view name) {
    const Zone* found = system_zones().find(name);
    INFO("zone " << name);
    REQUIRE(found);
    return *found;
}

}  // namespace duenotice::test
