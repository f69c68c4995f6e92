#pragma once
// Inputs near real ones: a file of the corpus with one to a few changes of bytes, words, lines or stretches, some taken
// from other files. The same seed, corpus and kept inputs give the same sequence on every machine.

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice::fuzz {

class Mutator {
public:
    Mutator(std::uint64_t seed, std::vector<std::string> corpus);

    /// The next input.
    std::string next();
    /// From now on also a file to begin from.
    void keep(std::string input);

private:
    struct Range {
        std::size_t begin = 0, end = 0;
    };
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(random_() % limit); }
    const std::string& any_file() { return corpus_[below(corpus_.size())]; }
    void change(std::string& text);
    void change_bytes(std::string& text, std::size_t way);
    void change_words(std::string& text, std::size_t way);
    void change_lines(std::string& text, std::size_t way);
    /// The word (or the run of other bytes) around a place chosen at random.
    Range word_in(std::string_view text);
    Range line_in(std::string_view text);
    Range quoted_in(std::string_view text);
    std::string other_word();

    std::mt19937_64 random_;
    std::vector<std::string> corpus_;
    std::size_t own_ = 0;  ///< files of the corpus as it was given; they come first
};

}  // namespace duenotice::fuzz
