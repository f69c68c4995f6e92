#pragma once
// Numbers as they stand in law files and incidents, exact or refused: whole numbers to 2^53-1, shares in parts per
// million, money in minor units of an ISO 4217 currency. No floating point.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

inline constexpr std::int64_t most_whole = (std::int64_t{1} << 53) - 1;

/// Digits only, no sign, no leading zero (but `0`), at most 2^53-1.
std::optional<std::int64_t> parse_whole(std::string_view text);
/// `12.5 %` or `12.5%`, at most four decimals, 0 to 100000 %: parts per million.
std::optional<std::int64_t> parse_share(std::string_view text);
struct Money {
    std::string currency;
    std::int64_t minor = 0;
};
/// `EUR 120000.50`; as many decimals as the currency has, or none.
std::optional<Money> parse_money(std::string_view text);
/// Decimals of an ISO 4217 currency: 2, but 0 for JPY and the like, 3 for KWD and the like; empty when it is none.
std::optional<int> currency_decimals(std::string_view currency);

std::string share_words(std::int64_t ppm);                               ///< `12.5 %`
std::string money_words(std::string_view currency, std::int64_t minor);  ///< `EUR 120000.50`

}  // namespace duenotice
