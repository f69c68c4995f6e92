#pragma once
// Generated law files and incident files as text, in the shipped vocabulary.

#include <cstdint>
#include <string>
#include <vector>

namespace duenotice {

/// Laws of eight obligations each over five definitions of their own, with versions, exceptions, clocks and examples.
std::vector<std::string> generated_laws(int obligations);
/// One entity, one population, so many places; varies with the number.
std::string incident_text(std::uint64_t number, std::size_t places);

}  // namespace duenotice
