#include "engine/residual.h"

#include <algorithm>

namespace duenotice {

namespace {

bool is_range(ValueType type) {
    return type == ValueType::Whole || type == ValueType::Share || type == ValueType::Money || type == ValueType::Duration || type == ValueType::Date || type == ValueType::Instant;
}

}  // namespace

bool Residual::cut_column(std::uint32_t index) {
    Column& column = columns_[index];
    if (column.is_cut) return column.pieces > 0;
    column.is_cut = true;
    if (column.unknown.kind == Unknown::Kind::Opaque) return false;
    std::vector<duenotice::Atom> atoms;
    Assumptions given;  // an open test would hide where the rest of its atom turns
    bool ends = false;
    for (const std::uint32_t atom : column.atoms) {
        ends = ends || !atoms_[atom].is_table;
        atoms.push_back({atoms_[atom].condition, atoms_[atom].frame});
        given.insert(atoms_[atom].given.begin(), atoms_[atom].given.end());
    }
    Evaluation assuming = evaluation_;
    assuming.assumed = &given;
    std::vector<Known> pieces = cut(column.unknown, atoms, assuming);
    ends = ends && column.unknown.kind == Unknown::Kind::Fact && !pieces.empty() && is_range(pieces.front().type);
    if (pieces.size() * (ends ? 3 : 1) > PieceBits::most) return false;
    column.pieces = pieces.size();
    column.all = PieceBits::first(column.pieces);
    column.values = std::move(pieces);
    for (std::size_t i = 0; ends && i < column.pieces; ++i) {
        const Known piece = column.values[i];
        if (piece.low == piece.high || !piece.happened_possible) continue;
        for (const std::int64_t end : {piece.low, piece.high}) {
            Known value = piece;
            value.low = value.high = end;
            column.values.push_back(std::move(value));
        }
    }
    return column.pieces > 0;
}

Residual::Answer Residual::ask(const Atom& atom, const Cases& cases, const std::vector<Truth>& tests) {
    Answer result;
    Trace trace;
    Assumptions assumed = atom.given;
    for (std::size_t i = 0; i < tests.size(); ++i) assumed[{atom.tests[i].condition, atom.tests[i].frame}] = tests[i];
    Evaluation narrowed = evaluation_.with(cases);
    narrowed.trace = &trace;
    narrowed.assumed = &assumed;
    result.truth = narrowed.evaluated(*atom.condition, atom.frame);
    if (result.truth != Truth::Unknown) return result;
    for (const Read& read : trace.reads) {
        if (read.unknown.kind == Unknown::Kind::TooWide) {
            if (result.why_wide.empty()) result.why_wide = read.unknown.tag;
            result.reads.push_back(too_wide);
            continue;
        }
        const auto found = column_of_.find(read.unknown);
        const bool known = found != column_of_.end() && std::binary_search(atom.columns.begin(), atom.columns.end(), found->second);
        result.reads.push_back(known ? found->second : elsewhere);
    }
    return result;
}

/// What a table says of each value of its column.
void Residual::fill(Atom& atom) {
    atom.is_filled = true;
    const Column& column = columns_[atom.columns.front()];
    Cases cases = stated_cases();
    for (std::size_t i = 0; i < column.values.size(); ++i) {
        cases.set(column.unknown.ground, column.values[i]);
        const Answer answer = ask(atom, cases, {});
        if (answer.truth == Truth::Yes) atom.yes.set(i);
        else if (answer.truth == Truth::No) atom.no.set(i);
        else if (i < column.pieces) atom.open.set(i);
        if (!answer.why_wide.empty()) {
            atom.wide.set(i);
            atom.stated.why_wide = answer.why_wide;
        }
    }
}

bool Residual::is_whole(std::uint32_t index, const State& state) const {
    const Column& column = columns_[index];
    if (column.pieces == 0) return true;
    return state[index].has(column.all);
}

void Residual::add_case(std::uint32_t index, const State& state, Cases& cases) const {
    const Column& column = columns_[index];
    const GroundFact& ground = column.unknown.ground;
    std::optional<Known> value;
    for (std::size_t i = 0; i < column.values.size(); ++i)
        if (state[index].test(i)) value = value ? value->united(column.values[i]) : column.values[i];
    if (!value) return;
    if (column.unknown.kind != Unknown::Kind::Fact) {  // other members of the same set may be narrowed too
        const Known* before = cases.find(ground);
        value = (before == nullptr ? evaluation_.domain(ground) : *before).narrowed(*value);
    }
    cases.set(ground, std::move(*value));
}

Cases Residual::cases(const State& state) {
    Cases result = stated_cases();
    for (std::uint32_t column = 0; column < columns_.size(); ++column)
        if (!is_whole(column, state)) add_case(column, state, result);
    return result;
}

const Residual::Answer& Residual::answer(std::uint32_t index, const State& state, const std::vector<Truth>& tests) {
    Atom& atom = atoms_[index];
    std::string key;
    for (const Truth truth : tests) key.push_back(static_cast<char>('0' + static_cast<int>(truth)));
    for (const std::uint32_t column : atom.columns) {
        const PieceBits& bits = state[column];
        const char* bytes = reinterpret_cast<const char*>(bits.words.data());
        key.append(bytes, columns_[column].values.size() <= 64 ? sizeof bits.words[0] : sizeof bits.words);
    }
    const auto [found, is_new] = atom.answers.try_emplace(std::move(key));
    if (is_new) {
        found->second = ask(atom, cases_of(index, state), tests);
    }
    return found->second;
}

/// An atom over several open facts, or over tests of frames.
Truth Residual::evaluate_asking(std::uint32_t index, const State& state, std::vector<Reading>* reads) {
    const Atom& atom = atoms_[index];
    if (atom.assumed) return *atom.assumed;
    std::vector<Truth> tests;
    for (const Test& test : atom.tests) tests.push_back(evaluate(test.node, state, nullptr));
    const bool stated = atom.condition == nullptr || (std::all_of(tests.begin(), tests.end(), [](Truth truth) { return truth == Truth::Unknown; }) &&
                                                      std::all_of(atom.columns.begin(), atom.columns.end(), [&](std::uint32_t column) { return is_whole(column, state); }));
    const Answer& found = stated ? atom.stated : answer(index, state, tests);
    if (found.truth != Truth::Unknown || reads == nullptr) return found.truth;
    if (!found.why_wide.empty()) why_wide_ = found.why_wide;
    reads->push_back({asking, index});
    for (const std::uint32_t column : found.reads) reads->push_back({column, index});
    for (std::size_t i = 0; i < tests.size(); ++i)
        if (tests[i] == Truth::Unknown) evaluate(atom.tests[i].node, state, reads);
    return Truth::Unknown;
}

Truth Residual::evaluate_atom(std::uint32_t index, const State& state, std::vector<Reading>* reads) {
    Atom& atom = atoms_[index];
    if (atom.is_table && columns_[atom.columns.front()].pieces > 0) {
        if (!atom.is_filled) fill(atom);
        const std::uint32_t column = atom.columns.front();
        const PieceBits& bits = state[column];
        const bool yes = bits.meets(atom.yes), no = bits.meets(atom.no), wide = bits.meets(atom.wide);
        if (yes != no && !wide && !bits.meets(atom.open)) return yes ? Truth::Yes : Truth::No;
        if (reads == nullptr) return Truth::Unknown;
        reads->push_back({column, index});
        if (wide) {
            why_wide_ = atom.stated.why_wide;
            reads->push_back({too_wide, index});
        }
        return Truth::Unknown;
    }
    return evaluate_asking(index, state, reads);
}

Truth Residual::evaluate(std::uint32_t index, const State& state, std::vector<Reading>* reads) {
    const Node& node = nodes_[index];
    const std::size_t mark = reads == nullptr ? 0 : reads->size();
    const auto part = [&](std::uint32_t i) { return evaluate(child(node, i), state, reads); };
    Truth result = node.constant;
    switch (node.kind) {
        case Kind::Constant: return result;
        case Kind::Atom: return evaluate_atom(node.atom, state, reads);
        case Kind::Not: return !part(0);
        case Kind::And:
            result = Truth::Yes;
            for (std::uint32_t i = 0; i < node.count && result != Truth::No; ++i) result = both(result, part(i));
            break;
        case Kind::Or:
            result = Truth::No;
            for (std::uint32_t i = 0; i < node.count && result != Truth::Yes; ++i) result = either(result, part(i));
            break;
        case Kind::AtLeast: {
            std::uint32_t yes = 0, possible = 0;
            for (std::uint32_t i = 0; i < node.count; ++i) {
                const Truth truth = part(i);
                yes += truth == Truth::Yes ? 1 : 0;
                possible += truth != Truth::No ? 1 : 0;
            }
            result = yes >= node.k ? Truth::Yes : possible >= node.k ? Truth::Unknown : Truth::No;
        }
    }
    if (result != Truth::Unknown && reads != nullptr) reads->resize(mark);
    return result;
}

/// Members of a set stand for themselves, unless the set is also read as a whole.
std::uint32_t Residual::same_fact(std::uint32_t column) const {
    const Unknown& unknown = columns_[column].unknown;
    std::uint32_t first = column;
    bool members = unknown.kind == Unknown::Kind::Member;
    for (std::uint32_t other = 0; other < columns_.size(); ++other) {
        if (columns_[other].unknown.ground != unknown.ground || columns_[other].unknown.kind == Unknown::Kind::Opaque) continue;
        members = members && columns_[other].unknown.kind == Unknown::Kind::Member;
        first = std::min(first, other);
    }
    return unknown.kind == Unknown::Kind::Opaque || members ? column : first;
}

const std::vector<std::uint32_t>& Residual::looks_at(std::uint32_t index) {
    const auto found = looks_at_.find(index);
    if (found != looks_at_.end()) return found->second;
    std::vector<std::uint32_t> columns;
    const auto add = [&](const std::vector<std::uint32_t>& more) { columns.insert(columns.end(), more.begin(), more.end()); };
    const Node& node = nodes_[index];
    if (node.kind == Kind::Atom) {
        for (const std::uint32_t column : atoms_[node.atom].columns) columns.push_back(same_fact(column));
        for (const Test& test : atoms_[node.atom].tests) add(looks_at(test.node));
    }
    for (std::uint32_t i = 0; i < node.count; ++i) add(looks_at(child(node, i)));
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return looks_at_.emplace(index, std::move(columns)).first->second;
}

std::vector<PieceBits> Residual::classes(std::uint32_t index, const State& state, const std::vector<Reading>& reads) {
    if (!cut_column(index)) return {};
    const Column& column = columns_[index];
    std::vector<const Atom*> tables;
    bool apart = false;
    for (const Reading& reading : reads) {
        if (reading.column != index) continue;
        Atom& atom = atoms_[reading.atom];
        if (atom.is_table && !atom.is_filled) fill(atom);
        if (atom.is_table) tables.push_back(&atom);
        else apart = true;
    }
    std::vector<PieceBits> result;
    std::vector<std::size_t> first;  // a piece of each class
    for (std::size_t i = 0; i < column.values.size(); ++i) {
        if (!state[index].test(i) || (i >= column.pieces && is_whole(index, state))) continue;
        std::size_t found = first.size();
        const auto alike = [&](std::size_t other) {
            return std::all_of(tables.begin(), tables.end(), [&](const Atom* atom) { return atom->yes.test(i) == atom->yes.test(other) && atom->no.test(i) == atom->no.test(other) && (atom->yes.test(i) || atom->no.test(i)); });
        };
        if (!apart) found = static_cast<std::size_t>(std::find_if(first.begin(), first.end(), alike) - first.begin());
        if (found == first.size()) {
            first.push_back(i);
            result.emplace_back();
        }
        result[found].set(i);
    }
    return result;
}

std::vector<Residual::State> Residual::answers(const GroundFact& ground) {
    std::vector<std::uint32_t> asked;
    std::size_t combinations = 1;
    for (std::uint32_t column = 0; column < columns_.size(); ++column)
        if (columns_[column].unknown.ground == ground && cut_column(column)) {
            asked.push_back(column);
            combinations = std::min<std::size_t>(combinations * columns_[column].pieces, 1000);
        }
    if (asked.empty()) return {};
    std::vector<State> result{state()};
    const bool members = columns_[asked.front()].unknown.kind != Unknown::Kind::Fact;
    const auto one = [](State from, std::uint32_t column, std::size_t piece) {
        from[column] = PieceBits::one(piece);
        return from;
    };
    if (members && combinations > 64) {
        for (const std::uint32_t column : asked) {
            result.push_back(one(state(), column, 0));
            result.front()[column] = PieceBits::one(1);
        }
        return result;
    }
    for (const std::uint32_t column : asked) {
        std::vector<State> next;
        for (const State& from : result)
            for (std::size_t piece = 0; piece < columns_[column].pieces; ++piece) next.push_back(one(from, column, piece));
        result = std::move(next);
    }
    return result;
}

std::vector<PieceBits> Residual::values(std::uint32_t index) {
    if (!cut_column(index)) return {};
    const Column& column = columns_[index];
    const bool ends = column.values.size() > column.pieces;
    std::vector<PieceBits> result;
    for (std::size_t i = 0; i < column.values.size(); ++i) {
        const Known& value = column.values[i];
        if (ends && i < column.pieces && value.low != value.high && value.happened_possible) continue;
        result.push_back(PieceBits::one(i));
    }
    return result;
}

std::optional<std::uint32_t> Residual::table_of(std::uint32_t index) {
    Atom& atom = atoms_[index];
    if (!atom.is_table || atom.assumed || !cut_column(atom.columns.front())) return {};
    if (!atom.is_filled) fill(atom);
    return atom.columns.front();
}

PieceBits Residual::where(std::uint32_t index, Truth truth, const PieceBits& among) {
    const Atom& atom = atoms_[index];
    PieceBits result;
    for (std::size_t i = 0; i < columns_[atom.columns.front()].values.size(); ++i)
        if (among.test(i) && (truth == Truth::Yes ? atom.yes : atom.no).test(i) && !atom.wide.test(i)) result.set(i);
    return result;
}

std::vector<std::uint32_t> Residual::tests_of(std::uint32_t index) const {
    std::vector<std::uint32_t> result;
    for (const Test& test : atoms_[index].tests) result.push_back(test.node);
    return result;
}

bool Residual::decides_alone(const Reading& reading) {
    Atom& atom = atoms_[reading.atom];
    if (!atom.is_table || atom.in_test || !cut_column(reading.column)) return false;
    if (!atom.is_filled) fill(atom);
    return atom.yes.any() && atom.no.any();
}

Cases Residual::cases_of(std::uint32_t atom, const State& state) const {
    Cases result = stated_cases();
    for (const std::uint32_t column : atoms_[atom].columns)
        if (!is_whole(column, state)) add_case(column, state, result);
    return result;
}

bool Residual::stands_apart(std::uint32_t index, std::uint32_t column, const std::vector<Reading>& reads) const {
    const Atom& atom = atoms_[index];
    const auto looks_at = [&](std::uint32_t wanted) { return std::binary_search(atom.columns.begin(), atom.columns.end(), wanted); };
    if (!is_plain(index) || looks_at(column)) return false;
    std::vector<std::uint32_t> own;
    for (const Reading& read : reads) {
        if (read.atom != index) {
            const auto& others = atoms_[read.atom].columns;
            if (std::any_of(others.begin(), others.end(), looks_at)) return false;
        } else if (read.column != asking) {
            if (read.column >= columns_.size() || std::find(own.begin(), own.end(), read.column) != own.end()) return false;
            own.push_back(read.column);
        }
    }
    return !own.empty() && std::count_if(reads.begin(), reads.end(), [&](const Reading& read) { return read.atom == index && read.column == asking; }) == 1;
}

void Residual::assume(std::uint32_t atom, std::optional<Truth> truth) {
    assumed_ += (truth ? 1U : 0U) - (atoms_[atom].assumed ? 1U : 0U);
    atoms_[atom].assumed = truth;
}

bool Residual::may_look(const std::vector<Reading>& reads, std::uint32_t index) const {
    return std::any_of(reads.begin(), reads.end(), [&](const Reading& read) {
        if (read.column != asking) return read.column == index || read.column == elsewhere;
        const auto& columns = atoms_[read.atom].columns;
        return std::binary_search(columns.begin(), columns.end(), index);
    });
}

bool Residual::answered_alike(std::uint32_t index, State& state, const std::vector<PieceBits>& values) {
    const PieceBits before = state[index];
    bool alike = true;
    for (const std::uint32_t atom : columns_[index].atoms) {
        std::optional<Truth> first;
        for (const PieceBits& value : values) {
            state[index] = value;
            const Truth truth = evaluate_atom(atom, state, nullptr);
            if (!first) first = truth;
            alike = alike && truth != Truth::Unknown && truth == *first;
        }
        if (!alike) break;
    }
    state[index] = before;
    return alike;
}

}  // namespace duenotice
