// One month under Regulation 1182/71 from the last day of January, by the installed libraries and the installed data.
#include <fstream>
#include <iostream>
#include <iterator>

#include "engine/count_request.h"
#include "reports/count_json.h"

using namespace duenotice;

namespace {

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main() {
    const std::string path = LAW_FOLDER "/_shared/counting.xml";
    const auto laws = parse_counting_laws(std::make_shared<const SourceText>(path, read(path)));
    const auto zones = load_zones({{"Europe/Berlin", read("/usr/share/zoneinfo/Europe/Berlin")}}, "");
    if (!laws || !zones) {
        std::cerr << print(laws.diagnostics) << print(zones.diagnostics);
        return 1;
    }
    CountSession session({&*laws, &*zones, [](std::string_view) { return nullptr; }});
    const CountAnswer answer = session.answer(
        R"({"id":"x","start":"2026-01-31","zone":"Europe/Berlin","amount":1,"unit":"months","rule":"eu.1182-71","calendar":{"weekend":["Sat","Sun"]}})");
    const auto* result = std::get_if<CountResult>(&answer.outcome);
    if (result == nullptr) {
        std::cerr << std::get<CountError>(answer.outcome).message << '\n';
        return 1;
    }
    const std::string line = count_answer_line(answer.id, answer.id_is_number, answer.request, *result);
    std::cout << line << '\n';
    // 28 February 2026 is a Saturday; the period ends with the Monday after it.
    return line.find(R"("last_day":"2026-03-02")") == std::string::npos ? 1 : 0;
}
