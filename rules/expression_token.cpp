#include "rules/expression_token.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "rules/ascii.h"
#include "rules/date.h"
#include "rules/instant.h"

namespace duenotice {

namespace {

/// In the order of the alphabet, to be found quickly.
constexpr std::string_view language_words[] = {
    "after", "and", "any", "as", "at", "before", "between", "busiest", "by", "cannot", "certain", "contract",
    "count", "earliest", "else", "empty", "end", "entity", "estimate", "event", "ever", "every", "false", "fewer",
    "filed", "first", "from", "has", "higher", "highest", "in", "incident", "includes", "is", "known", "latest",
    "learned", "less", "linked", "lower", "lowest", "minus", "more", "not", "of", "on", "one", "or", "over",
    "people", "place", "plus", "population", "presumed", "start", "sum", "than", "this", "time", "times", "to",
    "true", "where", "within"};

static_assert(std::is_sorted(std::begin(language_words), std::end(language_words)));

/// Where the words of each letter begin.
constexpr auto words_by_letter = [] {
    std::array<std::size_t, 27> begins{};
    for (const std::string_view word : language_words)
        for (std::size_t letter = static_cast<std::size_t>(word.front() - 'a') + 1; letter < begins.size(); ++letter) ++begins[letter];
    return begins;
}();

constexpr std::size_t usual_token_bytes = 5;

constexpr std::string_view reserved_choices[] = {"and", "else", "empty",  "known", "minus", "not",
                                                 "one", "or",   "people", "plus",  "this",  "times"};

/// Signs of other languages and the words that stand for them here.
struct Sign {
    std::string_view sign;
    std::array<std::string_view, 2> words;
};
constexpr Sign signs[] = {
    {">=", {"at", "least"}},  {"<=", {"at", "most"}}, {"!=", {"is", "not"}}, {"<>", {"is", "not"}},
    {"==", {"is", ""}},       {"&&", {"and", ""}},    {"||", {"or", ""}},    {">", {"more", "than"}},
    {"<", {"fewer", "than"}}, {"=", {"is", ""}},      {"&", {"and", ""}},    {"|", {"or", ""}},
    {"!", {"not", ""}},       {"+", {"plus", ""}},    {"*", {"times", ""}},  {"-", {"minus", ""}}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class TokenReader {
public:
    TokenReader(const ExpressionText& text, Diagnostics& diagnostics)
        : text_(text), all_(text.text), diagnostics_(diagnostics) {}

    std::vector<ExpressionToken> read() {
        tokens_.reserve(all_.size() / usual_token_bytes + 2);
        while (at_ < all_.size()) {
            const char c = all_[at_];
            if (is_blank(c)) {
                ++at_;
            } else if (is_letter(c)) {
                word();
            } else if (is_digit(c)) {
                number();
            } else if (!mark(c)) {
                sign_or_stranger();
            }
        }
        for (const std::size_t open : never_closed()) {
            diagnostics_.error("DN0204", span(tokens_[open].begin, tokens_[open].end), "`(` is never closed",
                               "write the `)` where this part ends");
        }
        tokens_.push_back(made(ExpressionToken::Kind::End, {}, all_.size()));
        return std::move(tokens_);
    }

private:
    Span span(std::size_t begin, std::size_t end) const { return text_.span(begin, end); }

    /// From here to `end`.
    ExpressionToken made(ExpressionToken::Kind kind, std::string_view text, std::size_t end) const {
        ExpressionToken token;
        token.kind = kind;
        token.text = text;
        token.begin = static_cast<std::uint32_t>(at_);
        token.end = static_cast<std::uint32_t>(end);
        token.language_word = kind == ExpressionToken::Kind::Word && is_language_word(text);
        return token;
    }

    void push(ExpressionToken::Kind kind, std::size_t end) {
        tokens_.push_back(made(kind, all_.substr(at_, end - at_), end));
        at_ = end;
    }

    void word() {
        std::size_t end = at_;
        bool zone = false;
        while (end < all_.size()) {
            const char c = all_[end];
            zone = zone || c == '/';
            if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '/' && !(zone && c == '+')) break;
            ++end;
        }
        while (!is_letter(all_[end - 1]) && !is_digit(all_[end - 1])) --end;
        push(ExpressionToken::Kind::Word, end);
    }

    void number() {
        std::size_t end = at_;
        while (end < all_.size() &&
               (is_letter(all_[end]) || is_digit(all_[end]) || all_[end] == '.' || all_[end] == ':' ||
                all_[end] == '-' ||
                (all_[end] == '+' && all_.substr(at_, end - at_).find('T') != std::string_view::npos))) {
            ++end;
        }
        while (!is_letter(all_[end - 1]) && !is_digit(all_[end - 1])) --end;
        const std::string_view run = all_.substr(at_, end - at_);
        const std::size_t dot = run.find('.');
        if (all_digits(run) ||
            (dot != std::string_view::npos && all_digits(run.substr(0, dot)) && all_digits(run.substr(dot + 1)))) {
            grouped_number(end);
        } else if (Date::parse(run)) {
            push(ExpressionToken::Kind::Date, end);
        } else if (parse_instant(run)) {
            push(ExpressionToken::Kind::Instant, end);
        } else if (run.size() == 5 && run[2] == ':' && all_digits(run.substr(0, 2)) && all_digits(run.substr(3))) {
            push(ExpressionToken::Kind::ClockTime, end);
        } else {
            bad_number(run, end);
        }
    }

    void grouped_number(std::size_t end) {
        std::size_t after = end;
        while (after + 3 < all_.size() && all_[after] == ',' && all_digits(all_.substr(after + 1, 3)) &&
               (after + 4 == all_.size() || !is_digit(all_[after + 4]))) {
            after += 4;
        }
        if (after == end) return push(ExpressionToken::Kind::Number, end);
        std::string plain(all_.substr(at_, after - at_));
        plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
        diagnostics_.error("DN0202", span(at_, after),
                           fmt::format("`{}` is not a number", all_.substr(at_, after - at_)),
                           fmt::format("write `{}`; in a list, put a blank after the comma", plain));
        push(ExpressionToken::Kind::Number, end);
        at_ = after;
    }

    void bad_number(std::string_view run, std::size_t end) {
        std::string help = "numbers are written `500`, `12.5 %`, `EUR 100000.50`";
        auto kind = ExpressionToken::Kind::Number;
        std::string_view code = "DN0202", what = "a number";
        if (run.size() >= 10 && run.find('T') == 10) {
            code = "DN0203", what = "an instant", kind = ExpressionToken::Kind::Instant;
            help = "an instant is written `2026-03-09T13:20+01:00`, always with its offset or `Z`";
        } else if (run.find('-') != std::string_view::npos) {
            code = "DN0203", what = "a day", kind = ExpressionToken::Kind::Date;
            help = "a day is written `2026-03-09`";
        } else if (run.find(':') != std::string_view::npos) {
            code = "DN0203", what = "a time of day", kind = ExpressionToken::Kind::ClockTime;
            help = "a time of day is written `07:00`";
        } else if (is_letter(run.back())) {
            const auto letter = std::find_if(run.begin(), run.end(), is_letter);
            help = fmt::format("put a blank after `{}` and write the unit in full, as in `24 hours`",
                               std::string_view(run.data(), static_cast<std::size_t>(letter - run.begin())));
        }
        diagnostics_.error(std::string(code), span(at_, end), fmt::format("`{}` is not {}", run, what), help);
        push(kind, end);
        // WHY: read on as some number, so that the same mistake is not told again.
        if (kind == ExpressionToken::Kind::Number) tokens_.back().text = "1";
    }

    /// From the outermost; they have no partner from now on.
    std::vector<std::size_t> never_closed() {
        std::vector<std::size_t> result;
        for (std::uint32_t open = open_; open != ExpressionToken::none; open = std::exchange(tokens_[open].partner, ExpressionToken::none)) result.push_back(open);
        std::reverse(result.begin(), result.end());
        return result;
    }

    bool mark(char c) {
        using Kind = ExpressionToken::Kind;
        switch (c) {
            case '(':
                push(Kind::Open, at_ + 1);
                tokens_.back().partner = open_;  // until it is closed: the one around it
                open_ = static_cast<std::uint32_t>(tokens_.size() - 1);
                return true;
            case ')':
                if (open_ == ExpressionToken::none) {
                    diagnostics_.error("DN0205", span(at_, at_ + 1), "`)` closes nothing",
                                       "remove it, or write the `(` that it closes");
                    ++at_;
                    return true;
                }
                open_ = std::exchange(tokens_[open_].partner, static_cast<std::uint32_t>(tokens_.size()));
                push(Kind::Close, at_ + 1);
                return true;
            case ';':
                push(Kind::Semicolon, at_ + 1);
                return true;
            case ',':
                push(Kind::Comma, at_ + 1);
                return true;
            case '%':
                push(Kind::Percent, at_ + 1);
                return true;
            default:
                return false;
        }
    }

    void sign_or_stranger() {
        for (const Sign& sign : signs) {
            if (all_.substr(at_, sign.sign.size()) != sign.sign) continue;
            const std::size_t end = at_ + sign.sign.size();
            const std::string words =
                sign.words[1].empty() ? std::string(sign.words[0]) : fmt::format("{} {}", sign.words[0], sign.words[1]);
            diagnostics_.error("DN0201", span(at_, end), fmt::format("`{}` is not a word of the language", sign.sign),
                               fmt::format("write `{}`", words));
            for (const std::string_view word : sign.words) {
                if (!word.empty()) tokens_.push_back(made(ExpressionToken::Kind::Word, word, end));
            }
            at_ = end;
            return;
        }
        std::size_t end = at_ + 1;
        while (end < all_.size() && (static_cast<unsigned char>(all_[end]) & 0xC0U) == 0x80U) ++end;
        const std::string_view stranger = all_.substr(at_, end - at_);
        const bool quote = stranger == "\"" || stranger == "'" || stranger == "`" || stranger == "\u201c" ||
                           stranger == "\u201d" || stranger == "\u2018" || stranger == "\u2019";
        const bool blank = stranger == "\u00a0" || stranger == "\u202f";
        if (quote && quote_told_) {
            at_ = end;
            return;
        }
        quote_told_ = quote_told_ || quote;
        diagnostics_.error(
            "DN0201", span(at_, end),
            blank ? "a no-break space cannot stand here" : fmt::format("`{}` cannot stand here", stranger),
            quote   ? "names and choices are written without quotes"
            : blank ? "write an ordinary blank"
                    : "");
        at_ = end;
    }

    const ExpressionText& text_;
    std::string_view all_;
    Diagnostics& diagnostics_;
    std::size_t at_ = 0;
    std::vector<ExpressionToken> tokens_;
    std::uint32_t open_ = ExpressionToken::none;  ///< the innermost that is open
    bool quote_told_ = false;
};

}  // namespace

std::vector<ExpressionToken> read_tokens(const ExpressionText& text, Diagnostics& diagnostics) {
    return TokenReader(text, diagnostics).read();
}

bool is_language_word(std::string_view word) {
    if (word.empty() || word.front() < 'a' || word.front() > 'z') return false;
    const auto letter = static_cast<std::size_t>(word.front() - 'a');
    const auto* begin = std::begin(language_words);
    return std::any_of(begin + words_by_letter[letter], begin + words_by_letter[letter + 1], [&](std::string_view known) { return known.size() == word.size() && known == word; });
}

bool is_reserved_choice(std::string_view word) {
    return std::find(std::begin(reserved_choices), std::end(reserved_choices), word) != std::end(reserved_choices);
}

}  // namespace duenotice
