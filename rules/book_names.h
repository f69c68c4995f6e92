#pragma once
// What a book knows by name, for whoever checks it: looks names up in the sorted lists of the parts, and suggests the
// nearest one. Made when all files have been read.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/book_parts.h"
#include "rules/type_checker.h"

namespace duenotice {

class BookNames {
public:
    /// The lists of `parts` are sorted by id; `parts` outlives this.
    explicit BookNames(const BookParts& parts);
    BookNames(const BookNames&) = delete;
    BookNames& operator=(const BookNames&) = delete;

    /// For rules/type_checker.h.
    const Names& names() const { return names_; }

    /// By id or by a former id.
    const Obligation* obligation(std::string_view id) const;
    const Authority* authority(std::string_view id) const;
    const CountingLaw* counting(std::string_view id) const { return parts_.counting.find(id); }
    const Jurisdiction* jurisdiction(std::string_view code) const;
    const PlaceGroup* group(std::string_view id) const;
    const Law* law(std::string_view id) const;
    bool is_place(std::string_view code) const;
    bool is_hold_kind(std::string_view kind) const { return hold_kinds_.find(kind) != hold_kinds_.end(); }
    /// A word for recipients that some obligation uses, an authority, or `word@PLACE`.
    bool is_recipient(std::string_view word) const;
    bool is_competence(std::string_view regime) const { return competences_.find(regime) != competences_.end(); }

    std::string near_obligation(std::string_view id) const;
    std::string near_authority(std::string_view id) const;
    std::string near_counting(std::string_view id) const;
    std::string near_place(std::string_view code) const;
    std::string near_recipient(std::string_view word) const;
    std::string near_competence(std::string_view regime) const;

private:
    std::optional<std::uint32_t> obligation_index(std::string_view id) const;

    const BookParts& parts_;
    Names names_;
    std::set<std::string, std::less<>> hold_kinds_, recipients_, competences_;
    std::vector<std::string> conditions_;  ///< ids of definitions, presumptions and obligations
};

}  // namespace duenotice
