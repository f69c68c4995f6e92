#include "tools/count_command.h"

#include <istream>
#include <ostream>
#include <string>

#include "engine/derivation.h"
#include "reports/count_json.h"
#include "reports/count_text.h"

namespace duenotice {

namespace {

std::string answered(const CountAnswer& answer, const CountResult& result, std::string_view tzdata, CountForm form) {
    if (form == CountForm::Text) return count_answer_text(answer.id, answer.request, result, tzdata) + '\n';
    if (form == CountForm::Lines) return count_answer_line(answer.id, answer.id_is_number, answer.request, result) + '\n';
    const Derivation derivation = derive(answer.request, result, tzdata);
    return count_answer_line(answer.id, answer.id_is_number, answer.request, result, &derivation) + '\n';
}

std::string refused_line(const CountAnswer& answer, const CountError& error, CountForm form) {
    if (form == CountForm::Text) return count_error_text(answer.id, error.code, error.message) + '\n';
    return count_error_line(answer.id, answer.id_is_number, error.code, error.message) + '\n';
}

}  // namespace

int run_count(std::istream& in, std::ostream& out, const CountWorld& world, CountForm form) {
    CountSession session(world);
    bool refused = false;
    for (std::string line; std::getline(in, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const CountAnswer answer = session.answer(line);
        if (const auto* result = std::get_if<CountResult>(&answer.outcome)) {
            out << answered(answer, *result, world.zones->release(), form);
        } else {
            out << refused_line(answer, std::get<CountError>(answer.outcome), form);
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
