#pragma once
// Cutting answers of people into words and parts. Letters of ASCII only change case; nothing depends on a locale.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

std::string trimmed(std::string_view text);
std::string lower(std::string text);
/// The parts between the marks, trimmed, without empty ones.
std::vector<std::string> split(const std::string& text, char mark);
std::string joined(const std::vector<std::string>& words, std::string_view between = " ");
/// The text after a leading word or phrase and a blank, or nothing; case does not count.
std::optional<std::string> after_word(const std::string& text, std::string_view word);
/// The two sides of the first of these marks that stands in the text: ` to `, ` and `.
std::optional<std::pair<std::string, std::string>> two_sides(const std::string& text, std::initializer_list<std::string_view> marks);

}  // namespace duenotice
