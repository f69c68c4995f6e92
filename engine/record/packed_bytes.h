#pragma once
// Bytes packed by zlib (RFC 1950), for what a record keeps of law, calendars and zones: some ten megabytes a law book, and a
// tenth of it packed. What may hold personal data is never packed: a search of the file must be able to find it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

/// Empty where packing saves nothing.
std::optional<std::string> pack_bytes(std::string_view bytes);
/// Empty where they are not packed bytes of this size.
std::optional<std::string> unpack_bytes(std::string_view packed, std::uint64_t size);

}  // namespace duenotice
