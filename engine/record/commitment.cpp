#include "engine/record/commitment.h"

#include <charconv>
#include <cstdint>
#include <stdexcept>

#include "engine/record/base64.h"
#include "engine/record/canonical_json.h"
#include "rules/fingerprint.h"

namespace duenotice {

namespace {

void check_numbers(const JsonValue& value) {
    constexpr std::int64_t most = (std::int64_t{1} << 53) - 1;
    if (value.kind == JsonValue::Kind::Number) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
        if (error != std::errc() || end != value.text.data() + value.text.size() || number > most || number < -most)
            throw std::invalid_argument("`" + value.text + "` is not a whole number up to 2^53 - 1");
    }
    for (const JsonValue& item : value.items) check_numbers(item);
    for (const JsonMember& member : value.members) check_numbers(member.value);
}

}  // namespace

Opening make_opening(std::string_view field, const JsonValue& value, std::string_view salt) {
    check_numbers(value);
    return {std::string(field), base64url(salt), canonical_json(value)};
}

std::string commitment(const Opening& opening) {
    // INVARIANT: the value is canonical already, so that this is the canonical spelling of the array.
    std::string disclosure;
    disclosure.reserve(opening.salt.size() + opening.field.size() + opening.value.size() + 8);
    disclosure += '[';
    add_canonical_string(opening.salt, disclosure);
    disclosure += ',';
    add_canonical_string(opening.field, disclosure);
    disclosure += ',';
    disclosure += opening.value;
    disclosure += ']';
    return base64url(view(sha256(base64url(disclosure))));
}

}  // namespace duenotice
