#include "engine/tzif_reader.h"

#include <array>
#include <optional>

namespace duenotice {

namespace {

constexpr std::size_t header_size = 44;
constexpr std::uint32_t count_limit = 100000;
constexpr std::int64_t beyond_years = 253402300800;  // 10000-01-01
constexpr std::int32_t offset_limit = 26 * 3600;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

struct Header {
    char version = 0;
    std::uint32_t ut_indicators = 0, standard_indicators = 0, leap_seconds = 0, times = 0, types = 0, characters = 0;

    std::size_t block_size(std::size_t time_size) const {
        return times * (time_size + 1) + std::size_t{types} * 6 + characters + leap_seconds * (time_size + 4) +
               standard_indicators + ut_indicators;
    }
};

std::optional<Header> read_header(std::string_view bytes) {
    if (bytes.size() < header_size || bytes.substr(0, 4) != "TZif") return {};
    Header header;
    header.version = bytes[4];
    std::array<std::uint32_t*, 6> counts = {&header.ut_indicators, &header.standard_indicators,
                                            &header.leap_seconds,  &header.times,
                                            &header.types,         &header.characters};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        *counts[i] = static_cast<std::uint32_t>(big_endian(bytes.substr(20 + i * 4, 4)));
        if (*counts[i] > count_limit) return {};
    }
    return header;
}

std::string read_types(std::string_view bytes, std::string_view characters, const Header& header, TzifFile& file) {
    for (std::size_t i = 0; i < header.types; ++i) {
        const std::string_view entry = bytes.substr(i * 6, 6);
        TzifType type;
        type.offset = static_cast<std::int32_t>(static_cast<std::uint32_t>(big_endian(entry.substr(0, 4))));
        if (type.offset < -offset_limit || type.offset > offset_limit) return "an offset of more than 26 hours";
        if (static_cast<unsigned char>(entry[4]) > 1) return "a daylight mark that is neither 0 nor 1";
        type.daylight = entry[4] == 1;
        const std::size_t begin = static_cast<unsigned char>(entry[5]);
        const std::size_t end = begin < characters.size() ? characters.find('\0', begin) : std::string_view::npos;
        if (end == std::string_view::npos) return "an abbreviation outside the file";
        type.abbreviation = std::string(characters.substr(begin, end - begin));
        for (const char c : type.abbreviation)
            if (c <= ' ' || c > '~') return "an abbreviation that is not made of printable letters";
        file.local_types.push_back(std::move(type));
    }
    return {};
}

/// One data block; an empty sentence means that it was read.
std::string read_block(std::string_view bytes, std::size_t time_size, const Header& header, TzifFile& file) {
    if (header.types == 0 || header.types > 256) return "no local time type";
    if (header.leap_seconds != 0) return "leap seconds, which this program does not count";
    if (bytes.size() < header.block_size(time_size)) return "less data than its header announces";
    for (std::size_t i = 0; i < header.times; ++i) {
        const std::uint64_t raw = big_endian(bytes.substr(i * time_size, time_size));
        file.times.push_back(time_size == 8 ? static_cast<std::int64_t>(raw)
                                            : static_cast<std::int32_t>(static_cast<std::uint32_t>(raw)));
        if (i > 0 && file.times[i] <= file.times[i - 1]) return "transitions out of order";
        if (file.times[i] >= beyond_years) return "a transition beyond the year 9999";
    }
    bytes.remove_prefix(header.times * time_size);
    for (std::size_t i = 0; i < header.times; ++i) {
        file.types.push_back(static_cast<std::uint8_t>(bytes[i]));
        if (file.types.back() >= header.types) return "a transition to a type that is not there";
    }
    bytes.remove_prefix(header.times);
    return read_types(bytes, bytes.substr(std::size_t{header.types} * 6, header.characters), header, file);
}

}  // namespace

std::variant<TzifFile, std::string> read_tzif(std::string_view bytes) {
    auto header = read_header(bytes);
    if (!header) return std::string("no TZif header");
    bytes.remove_prefix(header_size);
    TzifFile file;
    if (header->version == 0) {
        std::string problem = read_block(bytes, 4, *header, file);
        if (!problem.empty()) return problem;
        return file;
    }
    if (header->version < '2') return std::string("a TZif version this program does not know");
    if (bytes.size() < header->block_size(4)) return std::string("less data than its header announces");
    bytes.remove_prefix(header->block_size(4));
    header = read_header(bytes);
    if (!header) return std::string("no second TZif header");
    bytes.remove_prefix(header_size);
    std::string problem = read_block(bytes, 8, *header, file);
    if (!problem.empty()) return problem;
    bytes.remove_prefix(header->block_size(8));
    if (bytes.size() < 2 || bytes.front() != '\n' || bytes.find('\n', 1) != bytes.size() - 1) {
        return std::string("no footer line");
    }
    file.footer = std::string(bytes.substr(1, bytes.size() - 2));
    return file;
}

}  // namespace duenotice
