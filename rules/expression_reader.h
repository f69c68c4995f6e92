#pragma once
// The recursive-descent reader behind rules/expression_parser.h, one function a rule of the grammar: conditions in
// expression_parser.cpp, comparisons in expression_reader.cpp, terms in term_parser.cpp, literals in
// literal_parser.cpp. A function that fails has said so and returns null; the condition around it skips to where
// reading can go on.

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expression.h"
#include "rules/expression_parser.h"
#include "rules/expression_token.h"

namespace duenotice {

class ExpressionReader {
public:
    ExpressionReader(const ExpressionText& text, Diagnostics& diagnostics);

    ConditionPtr whole_condition();
    TermPtr whole_term();
    std::optional<SelectionText> whole_selection();

private:
    using Words = std::vector<std::string_view>;
    using Token = ExpressionToken;

    // The cursor.
    const Token& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    // WHY: here and not in the source file, so that comparing with a word known to the compiler is a few instructions.
    bool is_word(std::string_view word, std::size_t ahead = 0) const {
        const Token& here = token(ahead);
        return here.kind == Token::Kind::Word && here.text == word;
    }
    bool is_any_word(std::initializer_list<std::string_view> words, std::size_t ahead = 0) const {
        const Token& here = token(ahead);
        if (here.kind != Token::Kind::Word) return false;
        for (const std::string_view word : words)
            if (here.text == word) return true;
        return false;
    }
    bool is_language_word_at(std::size_t ahead) const { return token(ahead).language_word; }
    bool is_kind(Token::Kind kind, std::size_t ahead = 0) const { return token(ahead).kind == kind; }
    const Token& take();
    bool accept(std::string_view word) {
        if (!is_word(word)) return false;
        take();
        return true;
    }
    bool accept(Token::Kind kind);
    Span span_from(std::size_t begin) const;
    Span span_of(const Token& token) const;

    // Mistakes.
    Diagnostic& error(std::string code, const Span& span, std::string message, std::string help = {});
    /// "expected WHAT, found `x`" at the cursor, with the nearest of the words.
    bool expected(std::string_view what, const Words& near = {}, std::string help = {}, std::string code = "DN0209");
    bool expect(std::string_view word);
    bool expect(Token::Kind kind, std::string_view what);
    /// Takes a name: a word that is not in `not_names`.
    bool expect_name(std::string_view& name, std::string_view what, std::string_view example);
    template <class Text>
    bool expect_name(Text& name, std::string_view what, std::string_view example) {
        std::string_view read;
        if (!expect_name(read, what, example)) return false;
        name = read;
        return true;
    }
    /// To the next `and`, `or`, `;`, `,`, `)` of the level at which the token `first` stands.
    void skip(std::size_t first);
    /// True and one message when the limit of depth or nodes has been passed; then nothing more is read.
    bool too_much(const Token& at);

    // Conditions.
    ConditionPtr condition();
    ConditionPtr conjunction();
    ConditionPtr negation();
    ConditionPtr primary();
    ConditionPtr plain_primary();
    ConditionPtr in_parentheses();
    ConditionPtr at_least_of();
    ConditionPtr quantified(Condition::Kind kind);
    ConditionPtr named_primary();
    ConditionPtr on_hold();
    ConditionPtr definition_or_comparison();
    ConditionPtr test();
    ConditionPtr comparison();
    bool compare(Condition& compare);
    bool compare_is(Condition& compare, bool& negated);
    bool compare_at(Condition& compare);
    bool compare_includes(Condition& compare);
    bool compare_clock(Condition& compare);
    bool compare_with(Condition& compare, Comparison comparison);
    bool token_list(std::vector<TermPtr>& values);
    bool term_list(std::vector<TermPtr>& terms);
    bool selection(Selection& selection);
    void finish_part(std::string_view closing, bool semicolons);
    ConditionPtr make(Condition::Kind kind);
    ConditionPtr closed(ConditionPtr condition, std::size_t begin) const;

    // Looking ahead.
    bool comparison_at(std::size_t ahead) const;
    bool continues_term_at(std::size_t ahead) const;
    bool term_construct_ahead() const;
    bool misspelt_construct_ahead() const;
    std::size_t after_parentheses() const;

    // Terms.
    TermPtr sum();
    TermPtr product();
    TermPtr unit();
    TermPtr atom();
    TermPtr construct();
    TermPtr literal();
    TermPtr amount_literal();
    TermPtr parenthesised_sum();
    TermPtr pair_of(Term::Kind kind);
    TermPtr people();
    TermPtr count();
    TermPtr over(Term::Kind kind);
    TermPtr moments(Term::Kind kind);
    TermPtr elapsed();
    TermPtr busiest_week();
    TermPtr filed();
    bool filing_options(Term& term);
    TermPtr of_fact(Term::Kind kind);
    TermPtr certain_since();
    TermPtr hold_or_year();
    TermPtr value_token();
    bool between_instants(Term& term);
    bool over_selection(Term& term);
    bool optional_test(ConditionPtr& test);
    bool period_ahead() const;
    TermPtr moved(TermPtr left, bool back);
    TermPtr make(Term::Kind kind);
    TermPtr closed(TermPtr term, std::size_t begin) const;

    const ExpressionText& text_;
    Diagnostics& diagnostics_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t last_end_ = 0;
    int depth_ = 0;
    int nodes_ = 0;
    bool stopped_ = false;
};
}  // namespace duenotice
