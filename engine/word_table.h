#pragma once
// Lists of 32-bit words, each kept once with one word beside it. A look-up compares the whole list: two lists with the
// same hash are never taken for each other.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace duenotice {

class WordTable {
public:
    /// Where the word beside a list stands, which stays while lists are added; a new list has 0 there.
    std::size_t place(std::span<const std::uint32_t> list);
    std::uint32_t& at(std::size_t place) { return words_[place]; }
    std::size_t size() const { return used_; }                                    ///< lists
    std::size_t bytes() const { return 4 * (words_.capacity() + slots_.size()); }
    void clear();

private:
    void grow();

    std::vector<std::uint32_t> words_;  ///< of each list: its word, its hash, its length, itself
    std::vector<std::uint32_t> slots_;  ///< position of a list plus 1; 0: free
    std::size_t used_ = 0;
};

}  // namespace duenotice
