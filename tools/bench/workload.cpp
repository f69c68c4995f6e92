#include "tools/bench/workload.h"

#include <algorithm>
#include <bit>

#include "tools/bench/dice.h"

namespace duenotice {

RawCondition raw_of(RawCondition::Kind kind, std::vector<RawCondition> children) {
    RawCondition made;
    made.kind = kind;
    made.children = std::move(children);
    return made;
}

RawCondition raw_not(RawCondition child) { return raw_of(RawCondition::Kind::Not, {std::move(child)}); }

namespace {

using Kind = RawCondition::Kind;

RawCondition at_least_of(std::uint32_t k, std::vector<RawCondition> children) {
    RawCondition made = raw_of(Kind::AtLeastOf, std::move(children));
    made.k = k;
    return made;
}
RawCondition use(std::uint32_t definition) {
    RawCondition made;
    made.kind = Kind::Use;
    made.definition = definition;
    return made;
}
RawCondition one_of(std::uint32_t fact, RawValues values) {
    RawCondition made;
    made.kind = Kind::OneOf;
    made.fact = fact;
    made.values = values;
    return made;
}

/// A comparison that is neither always true nor always false.
RawCondition comparison(Dice& dice, const RawBook& book, std::uint32_t fact) {
    const std::uint32_t domain = book.domains[fact];
    RawCondition made;
    made.fact = fact;
    made.value = dice.below(domain);
    made.kind = Kind::Is;
    if (domain > 4) {
        made.kind = dice.in_hundred(50) ? Kind::AtLeast : Kind::LessThan;
        made.value = dice.between(1, domain - 1);
    } else if (domain > 2 && dice.in_hundred(50)) {
        made.kind = Kind::OneOf;
        do made.values = dice.bits() & ((RawValues{1} << domain) - 1);
        while (made.values == 0 || std::popcount(made.values) == static_cast<int>(domain));
    }
    return made;
}

class Writer {
public:
    Writer(Dice& dice, RawBook& book, std::uint32_t first_fact) : dice_(dice), book_(book), first_fact_(first_fact) {}

    RawCondition atom() { return comparison(dice_, book_, dice_.between(first_fact_, static_cast<std::uint32_t>(book_.domains.size()) - 1)); }
    std::vector<RawCondition> atoms(std::uint32_t count) {
        std::vector<RawCondition> made;
        while (made.size() < count) made.push_back(atom());
        return made;
    }
    /// A definition or a comparison.
    RawCondition part(std::uint32_t percent_definition) {
        if (book_.definitions.empty() || !dice_.in_hundred(percent_definition)) return atom();
        return use(dice_.below(static_cast<std::uint32_t>(book_.definitions.size())));
    }
    /// `not (A and not (B and not C))`, as deep as asked.
    RawCondition exception(std::uint32_t depth) {
        std::vector<RawCondition> made{part(30)};
        if (dice_.in_hundred(40)) made.push_back(atom());
        if (depth > 1) made.push_back(exception(depth - 1));
        return raw_not(raw_of(Kind::All, std::move(made)));
    }
    RawCondition definition() {
        switch (dice_.below(4)) {
            case 0: {
                const std::uint32_t count = dice_.between(4, 8);
                return at_least_of(dice_.between(2, count / 2), atoms(count));
            }
            case 1: return raw_of(Kind::Any, atoms(dice_.between(2, 4)));
            case 2: return raw_of(Kind::All, {atom(), raw_of(Kind::Any, {atom(), part(50)}), exception(2)});
            default: return raw_of(Kind::All, {raw_of(Kind::Any, {part(40), atom()}), exception(1)});
        }
    }
    RawCondition obligation(std::vector<RawCondition> gates) {
        std::vector<RawCondition> made = std::move(gates);
        for (RawCondition& one : atoms(dice_.between(1, 3))) made.push_back(std::move(one));
        made.push_back(part(70));
        if (dice_.in_hundred(50)) made.push_back(raw_of(Kind::Any, {part(40), atom(), atom()}));
        made.push_back(exception(dice_.between(1, 3)));
        if (dice_.in_hundred(30)) made.push_back(exception(1));
        return raw_of(Kind::All, std::move(made));
    }

private:
    Dice& dice_;
    RawBook& book_;
    std::uint32_t first_fact_;
};

RawValues every(std::uint32_t domain) { return ~RawValues{0} >> (64 - domain); }

/// One value, or what is still open: everything, or (numbers) a range.
RawValues known(Dice& dice, std::uint32_t domain, std::uint32_t percent_open) {
    if (!dice.in_hundred(percent_open)) return RawValues{1} << dice.below(domain);
    if (domain <= 4 || dice.in_hundred(50)) return every(domain);
    const std::uint32_t low = dice.below(domain - 1), high = dice.between(low + 1, domain - 1);
    return every(domain) >> (domain - 1 - high) & ~((RawValues{1} << low) - 1);
}

void finish(Workload& made, std::vector<ColumnId> gates) {
    made.cut = cut_into_pieces(made.book);
    made.law = compile_conditions(made.cut.pool, made.cut.conditions, std::move(gates));
    const std::size_t facts = made.book.domains.size();
    made.pieces.resize(made.raw.size());
    for (std::size_t i = 0; i < made.raw.size(); ++i) made.pieces[i] = made.cut.pieces(static_cast<std::uint32_t>(i % facts), made.raw[i]);
}

}  // namespace

std::vector<const PieceSet*> Workload::all_frames() const {
    std::vector<const PieceSet*> result;
    for (std::size_t i = 0; i < frames; ++i) result.push_back(frame(i));
    return result;
}

Workload law_shaped(std::uint64_t seed, std::size_t frames) {
    constexpr std::uint32_t places = 64, roles = 4, facts = 160, place = 0, role = 1, first_fact = 2;
    Workload made;
    Dice dice(seed);
    made.book.domains = {places, roles};
    for (std::uint32_t i = 0; i < facts; ++i) made.book.domains.push_back(dice.in_hundred(45) ? 2 : dice.in_hundred(45) ? 4 : 6);
    Writer writer(dice, made.book, first_fact);
    for (int i = 0; i < 40; ++i) made.book.definitions.push_back(writer.definition());
    for (int i = 0; i < 2000; ++i) {
        RawValues where = RawValues{1} << dice.below(places);
        if (dice.in_hundred(10)) where = every(27) << dice.below(places - 27);  // a union's law
        RawValues who = RawValues{1} << dice.below(roles);
        if (dice.in_hundred(30)) who |= RawValues{1} << dice.below(roles);
        made.book.conditions.push_back(writer.obligation({one_of(place, where), one_of(role, who)}));
    }
    made.frames = frames;
    for (std::size_t i = 0; i < frames; ++i) {
        made.raw.push_back(RawValues{1} << dice.below(places));
        made.raw.push_back(known(dice, roles, 25));
        for (std::uint32_t fact = first_fact; fact < made.book.domains.size(); ++fact) made.raw.push_back(known(dice, made.book.domains[fact], 60));
    }
    finish(made, {place, role});
    return made;
}

Workload conjunctions(std::uint64_t seed, std::size_t incidents) {
    constexpr std::uint32_t places = 50, facts = 39, place = 0;
    Workload made;
    Dice dice(seed);
    made.book.domains = {places};
    for (std::uint32_t i = 0; i < facts; ++i) made.book.domains.push_back(dice.in_hundred(50) ? 2 : dice.in_hundred(50) ? 4 : 6);
    for (int i = 0; i < 500; ++i) {
        std::vector<RawCondition> predicates{one_of(place, RawValues{1} << dice.below(places))};
        std::uint64_t used = 0;
        while (predicates.size() < 6) {
            const std::uint32_t fact = dice.between(1, facts);
            if ((used >> fact & 1U) != 0) continue;
            used |= std::uint64_t{1} << fact;
            predicates.push_back(comparison(dice, made.book, fact));
        }
        made.book.conditions.push_back(raw_of(Kind::All, std::move(predicates)));
    }
    made.frames = incidents;
    for (std::size_t i = 0; i < incidents; ++i)
        for (std::uint32_t fact = 0; fact < made.book.domains.size(); ++fact) {
            const bool open = dice.in_hundred(fact == place ? 10 : 30);
            made.raw.push_back(open ? every(made.book.domains[fact]) : RawValues{1} << dice.below(made.book.domains[fact]));
        }
    finish(made, {place});
    return made;
}

void draw_frames(Workload& workload, std::uint64_t seed, std::size_t frames, std::uint32_t percent_open, std::vector<ColumnId> gates) {
    Dice dice(seed);
    workload.frames = frames;
    for (std::size_t i = 0; i < frames; ++i)
        for (std::uint32_t fact = 0; fact < workload.book.domains.size(); ++fact)
            workload.raw.push_back(known(dice, workload.book.domains[fact], fact == 0 ? 0 : percent_open));
    finish(workload, std::move(gates));
}

Workload small_book(std::uint64_t seed) {
    constexpr std::uint32_t first_fact = 2;
    Workload made;
    Dice dice(seed);
    made.book.domains = {dice.between(2, 5), 3};
    const std::uint32_t facts = dice.between(2, 4);
    for (std::uint32_t i = 0; i < facts; ++i) made.book.domains.push_back(dice.in_hundred(50) ? 2 : dice.in_hundred(60) ? dice.between(3, 4) : dice.between(5, 13));
    Writer writer(dice, made.book, first_fact);
    for (int i = 0; i < 3; ++i) made.book.definitions.push_back(writer.definition());
    for (int i = 0; i < 8; ++i) {
        std::vector<RawCondition> gates;
        if (dice.in_hundred(70)) gates.push_back(comparison(dice, made.book, dice.below(first_fact)));
        switch (dice.below(4)) {
            case 0: made.book.conditions.push_back(writer.obligation(std::move(gates))); break;
            case 1: {  // one law where a definition holds, another where it does not
                const RawCondition shared = writer.part(80);
                made.book.conditions.push_back(raw_of(Kind::Any, {raw_of(Kind::All, {shared, writer.atom()}), raw_of(Kind::All, {raw_not(shared), writer.part(40)})}));
                break;
            }
            case 2: made.book.conditions.push_back(raw_of(Kind::Any, {writer.definition(), writer.exception(2), writer.atom()})); break;
            default: made.book.conditions.push_back(raw_of(Kind::Any, {writer.obligation(std::move(gates)), raw_of(Kind::All, {writer.definition(), writer.part(60)})}));
        }
    }
    constexpr std::size_t sizes[] = {1, 40, 64, 65, 70, 80, 90, 512};
    made.frames = sizes[dice.below(8)];
    const std::uint32_t percent_open = dice.between(30, 90);
    for (std::size_t i = 0; i < made.frames; ++i)
        for (const std::uint32_t domain : made.book.domains) made.raw.push_back(known(dice, domain, percent_open));
    finish(made, {0, 1});
    return made;
}

}  // namespace duenotice
