#include "rules/number.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/ascii.h"

namespace duenotice {

namespace {

/// `digits[.digits]` with at most `decimals` decimals, as a number of the smallest unit.
std::optional<std::int64_t> parse_decimal(std::string_view text, int decimals, bool all_or_none) {
    const auto dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view part = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (dot != std::string_view::npos && (!all_digits(part) || static_cast<int>(part.size()) > decimals)) return {};
    if (dot != std::string_view::npos && all_or_none && static_cast<int>(part.size()) != decimals) return {};
    const auto number = parse_whole(whole);
    if (!number) return {};
    std::int64_t value = *number;
    for (int i = 0; i < decimals; ++i) {
        const std::int64_t digit = i < static_cast<int>(part.size()) ? part[static_cast<std::size_t>(i)] - '0' : 0;
        if (value > (most_whole - digit) / 10) return {};
        value = value * 10 + digit;
    }
    return value;
}

constexpr std::array<std::string_view, 15> no_decimals = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> three_decimals = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
// The currencies of ISO 4217 with two decimals: those in use, and HRK, SLL, ZWL and ANG for incidents of their time.
constexpr std::string_view two_decimals =
    " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD "
    "EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP "
    "SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL ";

}  // namespace

std::optional<std::int64_t> parse_whole(std::string_view text) {
    if (!all_digits(text) || (text.size() > 1 && text.front() == '0') || text.size() > 16) return {};
    std::int64_t value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    if (value > most_whole) return {};
    return value;
}

std::optional<std::int64_t> parse_share(std::string_view text) {
    if (text.empty() || text.back() != '%') return {};
    text.remove_suffix(1);
    if (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const auto value = parse_decimal(text, 4, false);  // one ppm is 0.0001 %
    if (!value || *value > std::int64_t{100000} * 10000) return {};
    return value;
}

std::optional<int> currency_decimals(std::string_view currency) {
    if (currency.size() != 3) return {};
    if (std::find(no_decimals.begin(), no_decimals.end(), currency) != no_decimals.end()) return 0;
    if (std::find(three_decimals.begin(), three_decimals.end(), currency) != three_decimals.end()) return 3;
    if (two_decimals.find(" " + std::string(currency) + " ") != std::string_view::npos) return 2;
    return {};
}

std::optional<Money> parse_money(std::string_view text) {
    if (text.size() < 5 || text[3] != ' ') return {};
    const auto decimals = currency_decimals(text.substr(0, 3));
    if (!decimals) return {};
    const auto minor = parse_decimal(text.substr(4), *decimals, true);
    if (!minor) return {};
    return Money{std::string(text.substr(0, 3)), *minor};
}

std::string share_words(std::int64_t ppm) {
    std::string part = fmt::format("{:04}", ppm % 10000);
    while (!part.empty() && part.back() == '0') part.pop_back();
    return fmt::format("{}{}{} %", ppm / 10000, part.empty() ? "" : ".", part);
}

std::string money_words(std::string_view currency, std::int64_t minor) {
    const int decimals = currency_decimals(currency).value_or(2);
    if (decimals == 0) return fmt::format("{} {}", currency, minor);
    const std::int64_t unit = decimals == 3 ? 1000 : 100;
    if (minor % unit == 0) return fmt::format("{} {}", currency, minor / unit);
    return fmt::format("{} {}.{:0{}}", currency, minor / unit, minor % unit, decimals);
}

}  // namespace duenotice
