#include "engine/record/packed_bytes.h"

#include <new>

#include <zlib.h>

namespace duenotice {

namespace {
constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20U;
}

std::optional<std::string> pack_bytes(std::string_view bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string packed(size, '\0');
    const int code = compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
    if (code != Z_OK || size >= bytes.size()) return {};
    packed.resize(size);
    return packed;
}

std::optional<std::string> unpack_bytes(std::string_view packed, std::uint64_t size) {
    if (size > most_bytes) return {};
    std::string bytes(size, '\0');
    uLongf made = static_cast<uLongf>(size);
    const int code = uncompress(reinterpret_cast<Bytef*>(bytes.data()), &made, reinterpret_cast<const Bytef*>(packed.data()), static_cast<uLong>(packed.size()));
    if (code == Z_MEM_ERROR) throw std::bad_alloc();
    if (code != Z_OK || made != size) return {};
    return bytes;
}

}  // namespace duenotice
