#include "tools/count_command.h"

#include <istream>
#include <ostream>
#include <string>

#include "reports/count_json.h"

namespace duenotice {

int run_count(std::istream& in, std::ostream& out, const CountWorld& world) {
    CountSession session(world);
    bool refused = false;
    for (std::string line; std::getline(in, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const CountAnswer answer = session.answer(line);
        if (const auto* result = std::get_if<CountResult>(&answer.outcome)) {
            out << count_answer_line(answer.id, answer.id_is_number, answer.request, *result) << '\n';
        } else {
            const auto& error = std::get<CountError>(answer.outcome);
            out << count_error_line(answer.id, answer.id_is_number, error.code, error.message) << '\n';
            refused = true;
        }
    }
    return refused ? 1 : 0;
}

int run_count_rules(std::ostream& out, const CountingLaws& laws, bool json) {
    out << (json ? counting_laws_json_lines(laws) : counting_laws_text(laws));
    return 0;
}

}  // namespace duenotice
