#include "tests/oracle/condition_generator.h"

#include <algorithm>

namespace duenotice::oracle {

namespace {

constexpr std::int64_t most_number = 12, some_day = 20410;


void declare(Vocabulary& vocabulary, std::string name, ValueType type, std::vector<std::string> choices = {}, bool ordered = false, FrameKind frame = FrameKind::Incident) {
    FactDeclaration declaration;
    declaration.name = std::move(name);
    declaration.type = type;
    declaration.frame = frame;
    declaration.ordered = ordered;
    for (std::string& choice : choices) declaration.choices.push_back({choice, choice});
    vocabulary.add(std::move(declaration));
}

}  // namespace

std::int64_t small_start() { return 1772406000 - 6; }  // 2026-03-02T00:00+01:00

std::shared_ptr<RuleBook> small_book() {
    auto book = std::make_shared<RuleBook>();
    Vocabulary& v = book->vocabulary;
    for (const char* name : {"a.yes1", "a.yes2", "a.yes3", "a.yes4"}) declare(v, name, ValueType::YesNo, {"yes", "no"});
    for (const char* name : {"a.level1", "a.level2"}) declare(v, name, ValueType::Choice, {"low", "middle", "high"}, true);
    declare(v, "a.shown", ValueType::Choice, {"shown_yes", "shown_no", "not_shown", "cannot_be_determined"});
    for (const char* name : {"a.kinds1", "a.kinds2"}) declare(v, name, ValueType::Set, {"w", "x", "y", "z"});
    for (const char* name : {"a.count1", "a.count2", "a.count3"}) declare(v, name, ValueType::Whole);
    declare(v, "a.share", ValueType::Share);
    declare(v, "a.cost", ValueType::Money);
    for (const char* name : {"a.at1", "a.at2", "a.at3"}) declare(v, name, ValueType::Instant);
    for (const char* name : {"a.day1", "a.day2"}) declare(v, name, ValueType::Date);
    declare(v, "a.place", ValueType::Place);
    declare(v, "a.places", ValueType::PlaceSet);
    declare(v, "p.yes1", ValueType::YesNo, {"yes", "no"}, false, FrameKind::Population);
    declare(v, "p.yes2", ValueType::YesNo, {"yes", "no"}, false, FrameKind::Population);
    declare(v, "e.yes", ValueType::YesNo, {"yes", "no"}, false, FrameKind::Entity);
    declare(v, "e.count", ValueType::Whole, {}, false, FrameKind::Entity);
    declare(v, "people.affected", ValueType::Whole, {}, false, FrameKind::PopulationPlace);
    declare(v, "people.total", ValueType::Whole, {}, false, FrameKind::Population);
    declare(v, "people.overlap", ValueType::Choice, {"no", "yes"}, false, FrameKind::Population);
    for (const auto& [code, parent] : {std::pair("DE", ""), std::pair("FR", ""), std::pair("US", ""), std::pair("US-TX", "US")}) {
        Jurisdiction jurisdiction;
        jurisdiction.code = code;
        jurisdiction.parent = parent;
        book->jurisdictions.push_back(std::move(jurisdiction));
    }
    book->groups.push_back({"EU", "Union", {{"DE", {}, {}}, {"FR", {}, {}}}, {}, {}});
    for (const bool holds : {true, false}) {
        Presumption presumption;
        presumption.id = holds ? "presumed.yes" : "presumed.no";
        presumption.companion = "a.shown";
        presumption.holds_by_default = holds;
        book->presumptions.push_back(std::move(presumption));
    }
    book->index_places();
    return book;
}

ConditionGenerator::ConditionGenerator(RuleBook& book, std::uint64_t seed, Size size) : book_(book), random_(seed), size_(size) {
    const auto& all = book.vocabulary.facts();
    for (int i = 0; i < size.facts; ++i) {
        FactId id = 0;
        do id = static_cast<FactId>(below(all.size()));
        while (all[id].frame != FrameKind::Incident || (size.frames && all[id].type != ValueType::YesNo && all[id].type != ValueType::Whole));
        facts_.push_back(id);
    }
}

ConditionPtr ConditionGenerator::condition() {
    book_.definitions.clear();
    for (int i = 0; i < size_.definitions; ++i) {
        Definition definition;
        definition.id = "d" + std::to_string(i);
        definition.condition = tree(size_.depth - 1);
        book_.definitions.push_back(std::move(definition));
    }
    return tree(size_.depth);
}

ConditionPtr ConditionGenerator::tree(int depth) {
    auto node = std::make_shared<Condition>();
    const std::size_t what = below(100);
    if (bound_ == 0 && !book_.definitions.empty() && what < 22) {
        node->kind = Condition::Kind::Use;
        node->index = static_cast<std::uint32_t>(below(book_.definitions.size()));
        node->name = book_.definitions[*node->index].id;
        return node;
    }
    if (depth <= 0 || what < 34) return size_.frames && chance(60) ? (chance(40) && bound_ == 0 ? quantifier() : framed_number()) : atom();
    if (what < 48) {
        node->kind = Condition::Kind::Not;
        node->children = {tree(depth - 1)};
        return node;
    }
    node->kind = what < 68 ? Condition::Kind::And : what < 88 ? Condition::Kind::Or : Condition::Kind::AtLeastOf;
    const std::size_t count = node->kind == Condition::Kind::AtLeastOf ? 3 + below(2) : 2 + below(2);
    for (std::size_t i = 0; i < count; ++i) node->children.push_back(tree(depth - 1));
    if (node->kind == Condition::Kind::AtLeastOf) node->k = static_cast<std::uint32_t>(1 + below(count));
    return node;
}

ConditionPtr ConditionGenerator::quantifier() {
    auto node = std::make_shared<Condition>();
    node->kind = chance(50) ? Condition::Kind::Any : Condition::Kind::Every;
    node->selection.emplace().kind = chance(60) ? Selection::Kind::Populations : Selection::Kind::Entities;
    bound_ = node->selection->kind == Selection::Kind::Populations ? bind::population : bind::entity;
    node->children = {tree(1)};
    bound_ = 0;
    return node;
}

const FactDeclaration& ConditionGenerator::some_fact() {
    if (size_.frames && bound_ != 0 && chance(75)) {
        const char* names[] = {"p.yes1", "p.yes2", "people.total", "e.yes", "e.count"};
        const std::size_t at = bound_ == bind::population ? below(3) : 3 + below(2);
        return *book_.vocabulary.find(names[at]);
    }
    return book_.vocabulary.at(facts_[below(facts_.size())]);
}

const FactDeclaration* ConditionGenerator::some_of(ValueType type, FactId not_this) {
    std::vector<FactId> fitting;
    for (const FactId id : facts_)
        if (id != not_this && book_.vocabulary.at(id).type == type) fitting.push_back(id);
    return fitting.empty() ? nullptr : &book_.vocabulary.at(fitting[below(fitting.size())]);
}

ConditionPtr ConditionGenerator::atom() {
    const FactDeclaration& declaration = some_fact();
    if (declaration.name == "a.shown" && chance(70)) {
        auto node = std::make_shared<Condition>();
        node->kind = Condition::Kind::Presumed;
        node->index = static_cast<std::uint32_t>(below(2));
        node->name = book_.presumptions[*node->index].id;
        return node;
    }
    switch (declaration.type) {
        case ValueType::YesNo:
        case ValueType::Choice: return of_choice(declaration);
        case ValueType::Set: return of_set(declaration);
        case ValueType::Place:
        case ValueType::PlaceSet: return of_place(declaration);
        case ValueType::Instant:
        case ValueType::Date: return of_time(declaration);
        default: return of_number(declaration);
    }
}

ConditionPtr ConditionGenerator::of_choice(const FactDeclaration& declaration) {
    const auto some = [&] { return token(declaration.choices[below(declaration.choices.size())].token); };
    if (declaration.type == ValueType::Choice && chance(20)) return compare(fact(declaration), Comparison::IsOneOf, nullptr, {some(), some()});
    if (declaration.ordered && chance(40)) {
        const Comparison kinds[] = {Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan};
        return compare(fact(declaration), kinds[below(4)], some());
    }
    if (declaration.ordered && chance(15))
        if (const FactDeclaration* other = some_of(declaration.type, declaration.id); other != nullptr && other->ordered)
            return compare(fact(declaration), chance(50) ? Comparison::Is : Comparison::IsNot, fact(*other));
    return compare(fact(declaration), chance(70) ? Comparison::Is : Comparison::IsNot, some());
}

ConditionPtr ConditionGenerator::of_set(const FactDeclaration& declaration) {
    const Comparison kinds[] = {Comparison::IncludesAny, Comparison::IncludesAll, Comparison::IncludesNone, Comparison::IncludesOnly, Comparison::IsEmpty};
    const Comparison kind = kinds[below(5)];
    std::vector<TermPtr> values;
    if (kind != Comparison::IsEmpty)
        for (const Choice& choice : declaration.choices)
            if (chance(45) || (values.empty() && &choice == &declaration.choices.back())) values.push_back(token(choice.token));
    return compare(fact(declaration), kind, nullptr, std::move(values));
}

ConditionPtr ConditionGenerator::of_place(const FactDeclaration& declaration) {
    const char* codes[] = {"DE", "FR", "US", "US-TX"};
    const char* wider[] = {"EU", "US", "DE"};
    const auto some = [&] { return token(codes[below(4)]); };
    if (declaration.type == ValueType::Place) {
        if (chance(35)) return compare(fact(declaration), Comparison::Within, nullptr, {token(wider[below(3)])});
        if (chance(30)) return compare(fact(declaration), Comparison::IsOneOf, nullptr, {some(), some()});
        return compare(fact(declaration), chance(70) ? Comparison::Is : Comparison::IsNot, some());
    }
    if (chance(30)) return compare(fact(declaration), Comparison::IncludesWithin, nullptr, {token(wider[below(3)])});
    if (chance(15)) return compare(fact(declaration), Comparison::IsEmpty, nullptr);
    const Comparison kinds[] = {Comparison::IncludesAny, Comparison::IncludesAll, Comparison::IncludesNone};
    return compare(fact(declaration), kinds[below(3)], nullptr, {some(), some()});
}

TermPtr ConditionGenerator::number_term(const FactDeclaration& declaration, bool& plain) {
    plain = !(size_.arithmetic && chance(30));
    if (plain) return fact(declaration);
    const FactDeclaration* other = some_of(declaration.type, declaration.id);
    const TermPtr right = other != nullptr && chance(70) ? fact(*other) : literal(declaration.type, static_cast<std::int64_t>(below(most_number)));
    switch (below(6)) {
        case 0: return make(Term::Kind::Sum, declaration.type, {fact(declaration), right});
        case 1: return make(Term::Kind::Difference, declaration.type, {fact(declaration), right});
        case 2: return make(Term::Kind::LowerOf, declaration.type, {fact(declaration), right});
        case 3: return make(Term::Kind::HigherOf, declaration.type, {fact(declaration), right});
        case 4:
            if (declaration.type == ValueType::Whole) return make(Term::Kind::Product, declaration.type, {fact(declaration), right});
            return make(Term::Kind::Sum, declaration.type, {fact(declaration), right});
        default: {
            const TermPtr term = make(Term::Kind::PercentOf, declaration.type, {fact(declaration)});
            term->number = static_cast<std::int64_t>(1 + below(20)) * 50000;  // 5 % to 100 %
            return term;
        }
    }
}

ConditionPtr ConditionGenerator::with_limit(TermPtr left, std::int64_t limit) {
    const Comparison kinds[] = {Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan};
    const ValueType type = left->type;
    return compare(std::move(left), kinds[below(4)], literal(type, limit));
}

ConditionPtr ConditionGenerator::of_number(const FactDeclaration& declaration) {
    bool plain = false;
    const TermPtr left = number_term(declaration, plain);
    const auto limit = static_cast<std::int64_t>(below(most_number + 1));
    if (plain && chance(15)) return compare(left, chance(60) ? Comparison::Is : Comparison::IsNot, literal(declaration.type, limit));
    if (plain && chance(10)) return compare(left, Comparison::IsOneOf, nullptr, {literal(declaration.type, limit), literal(declaration.type, limit / 2)});
    if (!plain && chance(10)) return compare(left, Comparison::Is, literal(declaration.type, limit));
    const Comparison kinds[] = {Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan};
    if (const FactDeclaration* other = some_of(declaration.type, declaration.id); other != nullptr && size_.arithmetic && chance(20)) {
        TermPtr right = fact(*other);
        if (chance(40)) {
            right = make(Term::Kind::PercentOf, declaration.type, {right});
            right->number = 250000;
        }
        return compare(left, kinds[below(4)], right);
    }
    return with_limit(left, limit);
}

TermPtr ConditionGenerator::time_term(const FactDeclaration& declaration) {
    if (!size_.arithmetic || declaration.type == ValueType::Date || chance(70)) return fact(declaration);
    const FactDeclaration* other = some_of(declaration.type, declaration.id);
    if (other == nullptr || chance(30)) {
        const TermPtr term = make(Term::Kind::InstantPlus, ValueType::Instant, {fact(declaration)});
        term->period = Period::minutes(chance(50) ? 1 : -1);
        return term;
    }
    const Term::Kind kinds[] = {Term::Kind::EarliestOf, Term::Kind::LatestOf, Term::Kind::Fallback};
    return make(kinds[below(3)], ValueType::Instant, {fact(declaration), fact(*other)});
}

ConditionPtr ConditionGenerator::of_time(const FactDeclaration& declaration) {
    const bool day = declaration.type == ValueType::Date;
    if (chance(20)) {
        auto node = std::make_shared<Condition>();
        node->kind = Condition::Kind::DateIn;
        node->left = fact(declaration);
        node->name = "Europe/Berlin";
        const auto at = static_cast<std::int32_t>(day ? some_day + static_cast<std::int64_t>(below(10)) : 20514 + static_cast<std::int64_t>(below(2)));
        if (chance(70)) node->validity.from = Date::from_days(at);
        if (!node->validity.from || chance(40)) node->validity.until = Date::from_days(at + 1 + static_cast<std::int32_t>(below(3)));
        return node;
    }
    if (chance(15)) return compare(fact(declaration), Comparison::Happened, nullptr);
    if (!day && chance(12)) {
        const ConditionPtr node = compare(fact(declaration), Comparison::ClockBetween, nullptr);
        node->name = "Europe/Berlin";
        node->clock_from_minutes = chance(50) ? 0 : 22 * 60;
        node->clock_until_minutes = chance(50) ? 6 * 60 : 23 * 60;
        return node;
    }
    if (!day && size_.arithmetic && chance(15)) {
        if (const FactDeclaration* other = some_of(declaration.type, declaration.id))
            return with_limit(make(Term::Kind::Elapsed, ValueType::Duration, {fact(declaration), fact(*other)}), static_cast<std::int64_t>(below(most_number)));
    }
    const Comparison kinds[] = {Comparison::Before, Comparison::AtOrBefore, Comparison::After, Comparison::AtOrAfter};
    const TermPtr left = time_term(declaration);
    const FactDeclaration* other = some_of(declaration.type, declaration.id);
    const TermPtr right = other != nullptr && chance(35) ? fact(*other)
                          : literal(declaration.type, (day ? some_day : small_start()) + static_cast<std::int64_t>(below(day ? 10 : 13)) + (left->kind == Term::Kind::InstantPlus ? left->period.amount * 60 : 0));
    return compare(left, kinds[below(4)], right);
}

ConditionPtr ConditionGenerator::framed_number() {
    const auto test = [&](unsigned bound) {
        const unsigned saved = bound_;
        bound_ = bound;
        ConditionPtr made = atom();
        bound_ = saved;
        return made;
    };
    const std::size_t what = bound_ != 0 ? 100 : below(100);
    if (what < 55) {
        const TermPtr term = make(Term::Kind::People, ValueType::Whole);
        const char* places[] = {"DE", "US-TX", "EU", ""};
        term->place = places[below(4)];
        if (chance(75)) term->test = test(bind::population);
        return with_limit(term, static_cast<std::int64_t>(below(8)));
    }
    if (what < 100) {
        const Term::Kind kinds[] = {Term::Kind::Count, Term::Kind::SumOf, Term::Kind::Highest, Term::Kind::Lowest};
        const Term::Kind kind = kinds[below(4)];
        const bool populations = chance(50);
        const TermPtr term = make(kind, ValueType::Whole);
        term->selection = Selection{};
        term->selection->kind = populations ? Selection::Kind::Populations : Selection::Kind::Entities;
        if (kind != Term::Kind::Count) term->terms = {fact(*book_.vocabulary.find(populations ? "people.total" : "e.count"))};
        if (kind == Term::Kind::Count || chance(60)) term->test = test(populations ? bind::population : bind::entity);
        return with_limit(term, static_cast<std::int64_t>(below(kind == Term::Kind::Count ? 4 : 7)));
    }
    return atom();
}

Known ConditionGenerator::known(const FactDeclaration& declaration, int open) {
    Known known = Known::open(declaration);
    const bool exact = !chance(open);
    switch (declaration.type) {
        case ValueType::YesNo:
        case ValueType::Choice:
            if (exact) {
                known.possible.reset();
                known.possible.set(below(declaration.choices.size()));
            } else if (declaration.choices.size() > 2 && chance(40)) {
                known.possible.reset(below(declaration.choices.size()));
            }
            return known;
        case ValueType::Set:
            for (std::size_t i = 0; i < declaration.choices.size(); ++i)
                if (exact || chance(50)) (chance(50) ? known.in : known.out).set(i);
            return known;
        case ValueType::Place: {
            const std::vector<PlaceCode> codes{"DE", "DE-BY", "FR", "US", "US-TX", "ZZ"};
            if (exact || chance(60)) {
                known.closed = true;
                for (const PlaceCode& code : codes)
                    if (!exact && chance(50)) known.places.push_back(code);
                if (known.places.empty()) known.places = {codes[below(codes.size())]};
            }
            return known;
        }
        case ValueType::PlaceSet: {
            known.closed = exact;
            for (const char* code : {"DE", "FR", "US-TX"}) {
                if (chance(35)) known.places.push_back(code);
                else if (!exact && chance(60)) known.places_out.push_back(code);
            }
            return known;
        }
        default: break;
    }
    const bool day = declaration.type == ValueType::Date, time = day || declaration.type == ValueType::Instant;
    const std::int64_t start = day ? some_day : time ? small_start() : 0, span = day ? 10 : size_.frames ? 4 : most_number + 1;
    const std::int64_t a = static_cast<std::int64_t>(below(static_cast<std::size_t>(span))), b = static_cast<std::int64_t>(below(static_cast<std::size_t>(span)));
    known.low = start + std::min(a, b);
    known.high = start + (exact ? std::min(a, b) : std::max(a, b));
    if (!time && !size_.frames && !exact && chance(8)) known.high = Known::highest;
    if (time) {
        known.not_yet_possible = !exact && chance(30);
        known.happened_possible = !(exact && chance(15));
        if (!known.happened_possible) {
            known.not_yet_possible = true;
            known.low = Known::lowest;
            known.high = Known::highest;
        }
    }
    if (declaration.type == ValueType::Money) known.currency = "EUR";
    return known;
}

TermPtr ConditionGenerator::make(Term::Kind kind, ValueType type, std::vector<TermPtr> terms) const {
    auto term = std::make_shared<Term>();
    term->kind = kind;
    term->type = type;
    term->terms = std::move(terms);
    return term;
}

TermPtr ConditionGenerator::fact(const FactDeclaration& declaration) const {
    auto term = make(Term::Kind::Fact, declaration.type);
    term->name = declaration.name;
    term->fact = declaration.id;
    return term;
}

TermPtr ConditionGenerator::token(const std::string& name) const {
    auto term = make(Term::Kind::Token, ValueType::Choice);
    term->name = name;
    return term;
}

TermPtr ConditionGenerator::literal(ValueType type, std::int64_t value) const {
    auto term = make(Term::Kind::Whole, type);
    term->number = value;
    if (type == ValueType::Share) term->kind = Term::Kind::Share;
    if (type == ValueType::Duration) term->kind = Term::Kind::Duration;
    if (type == ValueType::Money) {
        term->kind = Term::Kind::Money;
        term->name = term->currency = "EUR";
    }
    if (type == ValueType::Date) {
        term->kind = Term::Kind::DateLiteral;
        term->date = Date::from_days(static_cast<std::int32_t>(value));
    }
    if (type == ValueType::Instant) {
        term->kind = Term::Kind::InstantLiteral;
        term->instant = Instant{value};
    }
    return term;
}

ConditionPtr ConditionGenerator::compare(TermPtr left, Comparison comparison, TermPtr right, std::vector<TermPtr> values) const {
    auto node = std::make_shared<Condition>();
    node->kind = Condition::Kind::Compare;
    node->left = std::move(left);
    node->comparison = comparison;
    node->right = std::move(right);
    node->values = std::move(values);
    return node;
}

}  // namespace duenotice::oracle
