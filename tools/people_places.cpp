#include "tools/people_places.h"

#include <algorithm>

#include "engine/place_codes.h"
#include "engine/place_names.h"
#include "tools/words.h"

namespace duenotice {

namespace {

/// At semicolons, and at commas and `and` behind which a name begins: `2,800` and `between 2 and 5` stay whole.
std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts;
    for (const std::string& piece : split(text, ';')) {
        std::string part;
        for (std::size_t i = 0; i < piece.size(); ++i) {
            const bool comma = piece[i] == ',', word = piece.compare(i, 5, " and ") == 0;
            std::size_t next = i + (comma ? 1 : word ? 5 : 0);
            while (next < piece.size() && piece[next] == ' ') ++next;
            const bool named = next < piece.size() && ((piece[next] >= 'A' && piece[next] <= 'Z') || piece.compare(next, 7, "unknown") == 0);
            const bool inside_name = word && !part.empty() && part.find_first_of("0123456789") == std::string::npos && places_named(trimmed(part + piece.substr(i, piece.find_first_of(",0123456789", i) - i))).size() == 1;
            if ((comma || word) && named && !inside_name) {
                parts.push_back(trimmed(part));
                part.clear();
                i = next - 1;
            } else {
                part += piece[i];
            }
        }
        parts.push_back(trimmed(part));
    }
    std::erase(parts, "");
    return parts;
}

/// Where the number begins: at a digit, or at the words before it.
std::size_t number_at(const std::string& part) {
    std::size_t at = std::min(part.find_first_of("0123456789~"), part.size());
    const std::string small = lower(part);
    for (const char* words : {" at least ", " at most ", " about ", " around ", " roughly ", " approximately ", " between ", " more than ", " less than ", " fewer than ", " over ", " under ", " up to ", " some ", " no more than ", " none", " not known"})
        at = std::min(at, small.find(words));
    return at;
}

std::vector<std::string> codes_of(const std::string& name) {
    const std::string small = lower(name);
    if (small == "unknown" || small == "elsewhere" || small == "not known" || small == "unknown residence") return {std::string(unknown_residence)};
    return places_named(name);
}

}  // namespace

PeoplePlaces read_people_places(const std::string& text, const FactDeclaration& affected, const AnswerClock& clock) {
    PeoplePlaces result;
    const auto fail = [&](std::string problem) {
        result.places.clear();
        result.problem = std::move(problem);
        return result;
    };
    for (const std::string& part : parts_of(text)) {
        const std::size_t at = number_at(part);
        std::string name = trimmed(part.substr(0, at));
        while (!name.empty() && (name.back() == ':' || name.back() == '=' || name.back() == ',')) name = trimmed(name.substr(0, name.size() - 1));
        const std::vector<std::string> codes = codes_of(name);
        if (codes.size() > 1) return fail("`" + name + "` is the name of several places: write " + codes.front() + " or " + codes.back());
        if (codes.empty()) {
            const std::string near = nearest_place_name(name);
            return fail("`" + name + "` is no country or state on file" + (near.empty() ? "" : "; did you mean `" + near + "`") + "; write Germany 240 to 260; US-TX 12; unknown 30");
        }
        if (std::any_of(result.places.begin(), result.places.end(), [&](const PeoplePlace& one) { return one.code == codes.front(); })) return fail("`" + name + "` stands twice");
        Answer people = read_answer(trimmed(part.substr(at)), affected, clock);
        if (!people.problem.empty()) return fail("how many in " + name + "? " + people.problem);
        const std::string shown = codes.front() == unknown_residence ? "residence unknown" : place_name(codes.front());
        result.words += (result.words.empty() ? "" : "; ") + shown + (people.open ? ", number not known yet" : ": " + people.words);
        result.places.push_back({codes.front(), std::move(people)});
    }
    if (result.places.empty()) return fail("a country or state is needed, with its number if it is known: Germany 240 to 260; US-TX 12");
    return result;
}

}  // namespace duenotice
