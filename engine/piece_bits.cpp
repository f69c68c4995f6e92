#include "engine/piece_bits.h"

namespace duenotice {

PieceBits PieceBits::first(std::size_t count) {
    PieceBits bits;
    for (std::size_t word = 0; word < bits.words.size(); ++word) {
        const std::size_t from = word * 64;
        bits.words[word] = count >= from + 64 ? ~std::uint64_t{0} : count <= from ? 0 : (std::uint64_t{1} << (count - from)) - 1;
    }
    return bits;
}

PieceBits PieceBits::one(std::size_t index) {
    PieceBits bits;
    bits.set(index);
    return bits;
}

}  // namespace duenotice
