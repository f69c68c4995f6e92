#include "engine/compiled_rows.h"

#include <algorithm>
#include <bit>

#include "engine/compiled_lanes.h"

namespace duenotice {

namespace {

constexpr unsigned most_pieces_by_set = 8;
constexpr std::size_t strip = 8;  ///< words worked on together

}  // namespace

std::optional<ConditionRows> ConditionRows::make(const ConditionPool& pool, std::span<const NodeRef> conditions) {
    ConditionRows made;
    made.conditions_ = conditions.size();
    made.words_ = (conditions.size() + 64 * strip - 1) / (64 * strip) * strip;
    std::vector<std::vector<PieceSet>> allowed(pool.column_count());  // by column and condition
    for (ColumnId column = 0; column < pool.column_count(); ++column) allowed[column].assign(conditions.size(), pool.every_piece(column));
    std::vector<bool> read(pool.column_count(), false);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        std::vector<NodeRef> atoms{conditions[i]};
        if ((conditions[i] & 1U) == 0 && pool.node(conditions[i]).kind == PieceNode::Kind::All) atoms = pool.node(conditions[i]).children;
        for (const NodeRef atom : atoms) {
            if (pool.node(atom).kind != PieceNode::Kind::Atom) return {};
            allowed[pool.node(atom).column][i] &= pool.pieces_of(atom);
            read[pool.node(atom).column] = true;
        }
    }
    for (ColumnId column = 0; column < pool.column_count(); ++column) {
        if (!read[column]) continue;
        const unsigned pieces = pool.pieces(column);
        const bool by_set = pieces <= most_pieces_by_set;
        made.columns_.push_back({column, by_set, made.rows_.size()});
        const std::size_t first = made.rows_.size(), keys = by_set ? std::size_t{1} << pieces : pieces;
        made.rows_.resize(first + keys * 2 * made.words_, 0);
        for (std::size_t key = 0; key < keys; ++key)
            for (std::size_t i = 0; i < conditions.size(); ++i) {
                const PieceSet possible = by_set ? key : PieceSet{1} << key;
                std::uint64_t* const rows = made.rows_.data() + first + key * 2 * made.words_;
                if ((possible & allowed[column][i]) != 0) rows[i / 64] |= std::uint64_t{1} << (i % 64);
                if ((possible & ~allowed[column][i]) == 0) rows[made.words_ + i / 64] |= std::uint64_t{1} << (i % 64);
            }
    }
    return made;
}

void ConditionRows::decide(const PieceSet* frame, std::uint64_t* can_hold, std::uint64_t* must_hold) const {
    const std::uint64_t* const rows = rows_.data();
    const Column* const columns = columns_.data();
    const std::size_t column_count = columns_.size();
    for (std::size_t word = 0; word < words_; word += strip) {
        EightWords can(~std::uint64_t{0}), must(~std::uint64_t{0});
        for (std::size_t i = 0; i < column_count; ++i) {
            const Column& column = columns[i];
            const PieceSet possible = frame[column.id];
            if (column.by_set) {
                const std::uint64_t* const row = rows + column.first + possible * 2 * words_ + word;
                can &= load_plane<EightWords>(row);
                must &= load_plane<EightWords>(row + words_);
                continue;
            }
            EightWords some{};
            for (PieceSet rest = possible; rest != 0; rest &= rest - 1) {
                const std::uint64_t* const row = rows + column.first + static_cast<std::size_t>(std::countr_zero(rest)) * 2 * words_ + word;
                some |= load_plane<EightWords>(row);
                must &= load_plane<EightWords>(row + words_);
            }
            can &= some;
        }
        can.store(can_hold + word);
        must.store(must_hold + word);
        for (std::size_t i = 0; i < strip; ++i) {
            const std::size_t first = (word + i) * 64;
            const std::uint64_t valid = first >= conditions_ ? 0 : conditions_ - first >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (conditions_ - first)) - 1;
            can_hold[word + i] &= valid;
            must_hold[word + i] &= valid;
        }
    }
}

}  // namespace duenotice
