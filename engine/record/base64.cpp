#include "engine/record/base64.h"

#include <cstdint>

namespace duenotice {

namespace {

constexpr std::string_view standard_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view bytes, std::string_view digits) {
    std::string out((bytes.size() * 8 + 5) / 6, '\0');
    const auto byte = [&bytes](std::size_t at) { return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) : 0U; };
    std::size_t at = 0;
    for (std::size_t from = 0; from < bytes.size(); from += 3) {
        const std::uint32_t held = byte(from) << 16U | byte(from + 1) << 8U | byte(from + 2);
        for (unsigned shift = 24; shift > 0 && at < out.size();) out[at++] = digits[(held >> (shift -= 6)) & 63U];
    }
    return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out = encode(bytes, standard_digits);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::string base64url(std::string_view bytes) { return encode(bytes, url_digits); }

std::optional<std::string> parse_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char c : text.substr(0, text.find('='))) {
        const std::size_t digit = standard_digits.find(c);
        if (digit == std::string_view::npos) return {};
        held = (held << 6U) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((held >> bits) & 255U);
    }
    if (base64(bytes) != text) return {};
    return bytes;
}

}  // namespace duenotice
