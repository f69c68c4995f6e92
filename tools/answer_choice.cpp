#include "tools/answer_choice.h"

#include <algorithm>

#include <fmt/format.h>

#include "reports/text_layout.h"
#include "rules/number.h"
#include "rules/suggest.h"
#include "tools/words.h"

namespace duenotice {

namespace {

const std::string& label_of(const Choice& choice) { return choice.label.empty() ? choice.token : choice.label; }

std::vector<std::string> words_of(const std::string& text) {
    std::string plain = lower(text);
    for (char& c : plain)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)) c = ' ';
    std::vector<std::string> words = split(plain, ' ');
    for (std::string& word : words)
        if (word.size() > 3 && word.back() == 's') word.pop_back();
    return words;
}

class ChoiceReader {
public:
    explicit ChoiceReader(const FactDeclaration& declaration) : declaration_(declaration) {}

    /// The choice that is meant; empty with `problem` set when it is none or may be several.
    const Choice* find(const std::string& text) {
        const std::string wanted = lower(text);
        const auto& choices = declaration_.choices;
        if (const auto index = parse_whole(text)) {
            if (*index >= 1 && static_cast<std::size_t>(*index) <= choices.size()) return &choices[static_cast<std::size_t>(*index) - 1];
            problem = fmt::format("the choices have numbers from 1 to {}", choices.size());
            return nullptr;
        }
        for (const Choice& choice : choices)
            if (lower(choice.token) == wanted || lower(choice.label) == wanted || words_of(choice.token) == words_of(text)) return &choice;
        const std::vector<const Choice*> fits = fitting(words_of(text));
        if (fits.size() == 1) return fits.front();
        if (fits.empty()) none(text);
        else several(text, fits);
        return nullptr;
    }

    std::string problem;

private:
    /// Every word of the answer begins a word of the label or token.
    std::vector<const Choice*> fitting(const std::vector<std::string>& wanted) const {
        std::vector<const Choice*> fits, first;
        if (wanted.empty()) return fits;
        for (const Choice& choice : declaration_.choices) {
            std::vector<std::string> words = words_of(choice.label);
            for (const std::string& word : words_of(choice.token)) words.push_back(word);
            const auto known = [&](const std::string& word) { return std::any_of(words.begin(), words.end(), [&](const std::string& one) { return one.starts_with(word) && (word.size() >= 3 || one == word); }); };
            if (!std::all_of(wanted.begin(), wanted.end(), known)) continue;
            fits.push_back(&choice);
            if (lower(label_of(choice)).starts_with(joined(wanted))) first.push_back(&choice);
        }
        return first.size() == 1 ? first : fits;
    }

    void none(const std::string& text) {
        std::vector<std::string> names;
        for (const Choice& choice : declaration_.choices) {
            names.push_back(choice.token);
            names.push_back(lower(choice.label));
        }
        const std::string near = nearest(lower(text), names);
        problem = "there is no choice `" + text + "`" + (near.empty() ? "; `?` lists them" : "; did you mean `" + near + "`?");
    }

    void several(const std::string& text, const std::vector<const Choice*>& fits) {
        problem = "`" + text + "` fits several; give the number:";
        for (const Choice* choice : fits) problem += fmt::format(" {} {}{}", choice - declaration_.choices.data() + 1, label_of(*choice), choice == fits.back() ? "" : ",");
    }

    const FactDeclaration& declaration_;
};

/// What is in and what is out, as JSON lists and in words.
class SetReader {
public:
    explicit SetReader(const FactDeclaration& declaration) : declaration_(declaration), choices_(declaration) {}

    Answer read(const std::string& text) {
        for (const std::string& part : split(text, ';')) {
            std::string list = part;
            bool out = false;
            if (const auto rest = without(part)) {
                list = *rest;
                out = true;
            } else if (const auto exactly = after_word(part, "only")) {
                list = *exactly;
                only_ = true;
            }
            for (const std::string& one : split(list, ','))
                if (!member(one, out)) return {false, {}, {}, choices_.problem};
        }
        if (only_ && !out_.empty()) return {false, {}, {}, "`only` already says that nothing else is in it; leave `not` out"};
        std::string words = joined(in_words_, ", ");
        if (only_) return {false, "{\"exactly\": [" + joined(in_, ", ") + "]}", words.empty() ? "none" : "only " + words, {}};
        if (!out_words_.empty()) words += (words.empty() ? "not " : "; not ") + joined(out_words_, ", ");
        return {false, "{\"has\": [" + joined(in_, ", ") + "], \"has_not\": [" + joined(out_, ", ") + "]}", words, {}};
    }

private:
    static std::optional<std::string> without(const std::string& text) {
        if (const auto rest = after_word(text, "not")) return rest;
        return after_word(text, "no");
    }

    bool member(const std::string& one, bool out) {
        const std::string small = lower(one);
        if (small == "nothing else" || small == "no others") return only_ = true;
        if (small == "nothing" || small == "none") {
            only_ = true;
            return !declaration_.choice_index("none") || take(declaration_.choices[*declaration_.choice_index("none")], false);
        }
        if (const Choice* choice = choices_.find(one)) return take(*choice, out);
        const std::string problem = choices_.problem;
        if (const auto rest = without(one)) return member(*rest, true);
        if (const auto sides = two_sides(one, {" and "})) return member(sides->first, out) && member(sides->second, out);
        choices_.problem = problem;
        return false;
    }

    bool take(const Choice& choice, bool out) {
        const std::string token = "\"" + choice.token + "\"";
        const auto stands = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), token) != list.end(); };
        if (stands(out ? in_ : out_)) {
            choices_.problem = "`" + label_of(choice) + "` is said to be in it and not in it";
            return false;
        }
        if (stands(out ? out_ : in_)) return true;
        (out ? out_ : in_).push_back(token);
        (out ? out_words_ : in_words_).push_back(label_of(choice));
        return true;
    }

    const FactDeclaration& declaration_;
    ChoiceReader choices_;
    std::vector<std::string> in_, out_, in_words_, out_words_;
    bool only_ = false;
};

}  // namespace

Answer read_choice_answer(const std::string& text, const FactDeclaration& declaration) {
    if (declaration.type == ValueType::Set) return SetReader(declaration).read(text);
    ChoiceReader choices(declaration);
    const Choice* choice = choices.find(text);
    if (choice == nullptr) return {false, {}, {}, choices.problem};
    const std::string token = "\"" + choice->token + "\"";
    return {false, declaration.type == ValueType::Judgement ? "{\"outcome\": " + token + "}" : token, label_of(*choice), {}};
}

std::string choice_list(const FactDeclaration& declaration) {
    if (declaration.type == ValueType::YesNo || declaration.choices.empty()) return {};
    std::size_t left = 0, right = 0;
    for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
        std::size_t& widest = i % 2 == 0 ? left : right;
        widest = std::max(widest, text_width(label_of(declaration.choices[i])));
    }
    const bool two = left + right + 12 <= 80 && declaration.choices.size() > 4;
    std::string text;
    for (std::size_t i = 0; i < declaration.choices.size(); ++i) {
        const bool last = !two || i % 2 == 1 || i + 1 == declaration.choices.size();
        const std::string& label = label_of(declaration.choices[i]);
        text += fmt::format("  {:>2} {}{}", i + 1, last ? label : pad(label, left + 2), last ? "\n" : "");
    }
    return text;
}

}  // namespace duenotice
