#include "engine/record/lookalike.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "engine/record/account_entries.h"
#include "engine/record/entry_fields.h"
#include "engine/record/packet_draft.h"

namespace duenotice {

namespace {

constexpr std::size_t most_letters = 8;

using CodePoints = std::vector<UChar32>;

void check(UErrorCode code) {
    if (U_FAILURE(code)) throw std::runtime_error(std::string("ICU cannot compare names: ") + u_errorName(code));
}

/// The tables, made once: to open them costs more than to compare.
const USpoofChecker* tables() {
    static const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> made = [] {
        UErrorCode code = U_ZERO_ERROR;
        USpoofChecker* checker = uspoof_open(&code);
        check(code);
        return std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>(checker, uspoof_close);
    }();
    return made.get();
}

icu::UnicodeString skeleton(const icu::UnicodeString& text) {
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString made;
    uspoof_getSkeletonUnicodeString(tables(), 0, text, made, &code);
    check(code);
    return made;
}

/// Without what nobody sees; white space of any width and number is one space, none at the ends; letters of one width and
/// style (NFKC), of which the tables of confusables have a part only.
icu::UnicodeString visible(const icu::UnicodeString& text) {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* plain = icu::Normalizer2::getNFKCInstance(code);
    check(code);
    icu::UnicodeString made;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
        if (!u_isUWhiteSpace(c)) made.append(c);
        else if (!made.isEmpty() && !made.endsWith(u" ")) made.append(u' ');
    }
    const icu::UnicodeString done = plain->normalize(made.trim(), code);
    check(code);
    return done;
}

/// Names are alike when either is the same: of what is capital and what looks like a letter neither may hide the other
/// (`s0c` looks like `sOc`, and `sOc` differs from `soc` by a capital).
std::array<icu::UnicodeString, 2> looks(std::string_view name) {
    const icu::UnicodeString seen = visible(icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())}));
    return {skeleton(icu::UnicodeString(seen).foldCase()), skeleton(seen).foldCase()};
}

CodePoints code_points(std::string_view text) {
    const auto wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
    CodePoints made;
    for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) made.push_back(wide.char32At(i));
    return made;
}

std::string letter_words(std::span<const UChar32> letters) {
    std::string words;
    for (const UChar32 c : letters) {
        UErrorCode code = U_ZERO_ERROR;
        char name[128];
        u_charName(c, U_EXTENDED_CHAR_NAME, name, sizeof name, &code);
        check(code);
        std::string shown;
        if (u_isgraph(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) icu::UnicodeString(c).toUTF8String(shown);
        constexpr char digits[] = "0123456789ABCDEF";
        std::string hex;
        for (auto rest = static_cast<std::uint32_t>(c); rest > 0 || hex.size() < 4; rest >>= 4U) hex.insert(hex.begin(), digits[rest & 15U]);
        words += (words.empty() ? "" : ", ") + (shown.empty() ? "" : "`" + shown + "` ") + "U+" + hex + " " + name;
    }
    return words.empty() ? "nothing" : words;
}

/// What is left of both names between what they have in common at the ends: letter for letter where they are as long.
std::string letters_between(std::string_view name, std::string_view other) {
    const CodePoints a = code_points(name), b = code_points(other);
    std::size_t begin = 0, end = 0;
    while (begin < std::min(a.size(), b.size()) && a[begin] == b[begin]) ++begin;
    while (end < std::min(a.size(), b.size()) - begin && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    const std::span<const UChar32> left(a.data() + begin, a.size() - end - begin), right(b.data() + begin, b.size() - end - begin);
    if (left.size() != right.size()) return letter_words(left.first(std::min(left.size(), most_letters))) + " for " + letter_words(right.first(std::min(right.size(), most_letters)));
    std::string words;
    std::size_t told = 0;
    for (std::size_t i = 0; i < left.size() && told < most_letters; ++i)
        if (left[i] != right[i] && ++told > 0) words += (words.empty() ? "" : "; ") + letter_words(left.subspan(i, 1)) + " for " + letter_words(right.subspan(i, 1));
    return words;
}

using Fields = std::map<std::string, JsonValue>;
/// The names of each sort; only names of one sort are mistaken for each other.
using Names = std::map<std::string, std::set<std::string>>;

constexpr const char *person = "person", *party = "party", *hold = "hold";

struct NamingField {
    std::string_view kind;
    const char* field;
    const char* sort;
};
constexpr NamingField naming_fields[] = {{"access", "account", person}, {"access", "person", person}, {"judgement", "second", person}, {"decision", "second", person}, {"correction", "second", person}, {"all-clear", "by", person}, {"request", "from", party}, {"export", "recipient", party}};

void add_names(Names& names, std::string_view kind, const std::string& actor, const Fields& fields, const std::map<std::string, Reference>& refs) {
    const auto add = [&](const std::string& sort, const std::string& text) {
        if (!text.empty()) names[sort].insert(text);
    };
    const auto field = [&](const char* name) {
        const auto found = fields.find(name);
        return found == fields.end() ? nullptr : &found->second;
    };
    add(person, actor);
    for (const NamingField& each : naming_fields)
        if (each.kind == kind && field(each.field) != nullptr) add(each.sort, field(each.field)->text);
    for (const auto& [reference, sort] : {std::pair("approver", person), {"hold", hold}})
        if (const auto found = refs.find(reference); found != refs.end() && found->second.index() == 0) add(sort, std::get<std::string>(found->second));
    if (const JsonValue* statement = field("statement"); statement != nullptr && statement->is_object()) add(person, member_text(*statement, "by"));
    add(party, subject_of(field("subject")).recipient);
    const JsonValue *path = field("path"), *members = field("members");
    if (kind != "part" || path == nullptr || members == nullptr || path->items.size() < 2) return;
    add("id in " + path->items[path->items.size() - 2].text, path->items.back().text);
    if (members->is_object())
        for (const char* member : {"name", "party"}) add(party, member_text(*members, member));
}

}  // namespace

std::vector<Lookalike> lookalikes(std::string_view name, const std::set<std::string>& others) {
    std::vector<Lookalike> found;
    const auto mine = looks(name);
    for (const std::string& other : others) {
        if (other == name) continue;
        const auto theirs = looks(other);
        if (mine[0] == theirs[0] || mine[1] == theirs[1]) found.push_back({std::string(name), other, letters_between(name, other)});
    }
    return found;
}

std::vector<Lookalike> new_lookalikes(std::span<const Entry> made, const std::vector<RecordedEntry>& entries) {
    Names known, brought;
    for (const RecordedEntry& entry : entries) add_names(known, entry.leaf.kind, entry.leaf.actor, entry.fields, entry.leaf.refs);
    for (const Entry& entry : made) add_names(brought, entry.kind, entry.actor, entry.fields, entry.refs);
    std::vector<Lookalike> found;
    for (const auto& [sort, names] : brought) {
        std::set<std::string> others = known[sort];
        for (const std::string& name : names) {
            if (known[sort].count(name) > 0) continue;
            for (Lookalike& each : lookalikes(name, others)) found.push_back(std::move(each));
            // WHY not persons: an account and the person behind it may be spelled alike.
            if (sort != person) others.insert(name);
        }
    }
    return found;
}

}  // namespace duenotice
