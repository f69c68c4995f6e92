#include "rules/vocabulary_reader.h"

#include <array>

#include <fmt/format.h>

#include "rules/expression_token.h"
#include "rules/part_reader.h"

namespace duenotice {

namespace {

constexpr std::array frames = {FrameKind::Incident, FrameKind::Entity, FrameKind::Population, FrameKind::EntityPopulation, FrameKind::EntityPlace,
                               FrameKind::PopulationPlace, FrameKind::Contract, FrameKind::Event, FrameKind::Series, FrameKind::Member};
constexpr std::array types = {ValueType::YesNo, ValueType::Whole, ValueType::Share, ValueType::Money, ValueType::Choice, ValueType::Set, ValueType::Place,
                              ValueType::PlaceSet, ValueType::Instant, ValueType::Date, ValueType::Duration, ValueType::Judgement, ValueType::Text};
constexpr std::size_t most_members = 192;

template <class List>
std::vector<std::string_view> names_of(const List& list) {
    std::vector<std::string_view> names;
    for (const auto item : list) names.push_back(name(item));
    return names;
}

bool can_be_written(std::string_view id) {
    return !id.empty() && ((id.front() >= 'a' && id.front() <= 'z') || (id.front() >= 'A' && id.front() <= 'Z'));
}

void read_children(const XmlElement& element, FactDeclaration& declaration, Diagnostics& diagnostics) {
    for (const XmlElement& child : element.children) {
        PartReader part(child, diagnostics);
        if (child.name == "question") declaration.question = part.words_of_text();
        else if (child.name == "short") declaration.short_words = part.words_of_text();
        else if (child.name == "note") declaration.note = part.words_of_text();
        else if (child.name == "standard") declaration.standard = part.words_of_text();
        else if (child.name == "factor") declaration.factors.push_back(part.words_of_text());
        else if (child.name == "choice") {
            Choice choice{part.id(), part.words_of_text()};
            if (!can_be_written(choice.token) || is_reserved_choice(choice.token)) part.wrong("id", fmt::format("`{}` cannot be written in a condition", choice.token), "a choice begins with a letter and is no word of the language");
            if (declaration.choice_index(choice.token)) part.wrong("id", fmt::format("`{}` is a choice already", choice.token));
            declaration.choices.push_back(std::move(choice));
        }
        part.finish();
    }
}

void read_fact(const XmlElement& element, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    PartReader reader(element, diagnostics);
    reader.children_are({"question", "short", "note", "standard", "factor", "choice"});
    FactDeclaration declaration;
    declaration.span = element.span;
    declaration.name = reader.id();
    if (!declaration.name.empty() && (!can_be_written(declaration.name) || declaration.name.find('.') == std::string::npos))
        reader.wrong("id", fmt::format("`{}` cannot be written in a condition", declaration.name), "a fact begins with a letter and has a dot, as in `data.personal`");
    if (!reader.has("frame")) reader.required("frame");
    if (const auto frame = reader.choice("frame", names_of(frames))) declaration.frame = frames[*frame];
    const bool field = element.name == "field";
    if (!reader.has("type") && !field) reader.required("type");
    if (const auto type = reader.choice("type", names_of(types))) declaration.type = types[*type];
    else if (field) declaration.type = ValueType::Text;
    constexpr std::array<AskedWhen, 4> asked = {AskedWhen::First, AskedWhen::During, AskedWhen::Standing, AskedWhen::Never};
    declaration.asked = asked[reader.choice("asked", {"first", "during", "standing", "never"}).value_or(1)];
    declaration.ordered = reader.yes("ordered");
    declaration.currency = reader.text("currency");
    const std::string event = reader.text("event");
    if (!event.empty()) declaration.event = event;
    if (reader.has("question")) declaration.question = reader.text("question");
    reader.finish();
    read_children(element, declaration, diagnostics);
    const bool needs_choices = declaration.type == ValueType::Choice || declaration.type == ValueType::Set || declaration.type == ValueType::Judgement;
    if (needs_choices && declaration.choices.empty() && declaration.type != ValueType::Set)
        diagnostics.error("DN0321", element.span, fmt::format("`{}` needs its choices", declaration.name));
    if (!needs_choices && !declaration.choices.empty()) diagnostics.error("DN0321", element.span, fmt::format("a fact of type `{}` has no choices", name(declaration.type)));
    if (declaration.choices.size() > most_members) diagnostics.error("DN0321", element.span, fmt::format("at most {} choices", most_members));
    const std::string id = declaration.name;
    if (!vocabulary.add(std::move(declaration))) {
        Diagnostic& diagnostic = diagnostics.error("DN0322", element.span, fmt::format("`{}` is declared twice", id));
        diagnostic.related.emplace_back(vocabulary.find(id)->span, "first here");
    }
}

const FactDeclaration* fact_of(PartReader& reader, std::string_view attribute, const Vocabulary& vocabulary, Diagnostics& diagnostics) {
    const std::string id = reader.required(attribute);
    const FactDeclaration* declaration = vocabulary.find(id);
    if (declaration == nullptr && !id.empty()) {
        Diagnostic& diagnostic = diagnostics.error("DN0323", reader.element().attribute(attribute)->span, fmt::format("there is no fact `{}`", id));
        diagnostic.suggestion = vocabulary.suggest(id);
    }
    return declaration;
}

std::optional<std::uint32_t> choice_of(PartReader& reader, std::string_view attribute, const FactDeclaration& declaration) {
    const std::string token = reader.required(attribute);
    const auto index = declaration.choice_index(token);
    if (!index && !token.empty()) reader.wrong(attribute, fmt::format("`{}` has no choice `{}`", declaration.name, token));
    return index;
}

}  // namespace

void read_facts(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    for (const XmlElement& child : root.children)
        if (child.name == "fact" || child.name == "field") read_fact(child, vocabulary, diagnostics);
}

void read_constraints(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    for (const XmlElement& child : root.children) {
        if (child.name != "implies" && child.name != "excludes" && child.name != "order") continue;
        PartReader reader(child, diagnostics);
        FactConstraint constraint;
        constraint.span = child.span;
        constraint.why = reader.words_of_text();
        const bool order = child.name == "order";
        constraint.kind = order ? FactConstraint::Kind::Order : child.name == "implies" ? FactConstraint::Kind::Implies : FactConstraint::Kind::Excludes;
        const FactDeclaration* left = fact_of(reader, order ? "before" : "fact", vocabulary, diagnostics);
        const bool excludes = constraint.kind == FactConstraint::Kind::Excludes;
        const FactDeclaration* right = fact_of(reader, order ? "after" : excludes ? "other" : "then", vocabulary, diagnostics);
        bool complete = left != nullptr && right != nullptr;
        if (complete && !order) {
            const auto left_choice = choice_of(reader, "choice", *left), right_choice = choice_of(reader, excludes ? "other-choice" : "then-choice", *right);
            complete = left_choice && right_choice;
            constraint.left_choice = left_choice.value_or(0);
            constraint.right_choice = right_choice.value_or(0);
        }
        reader.finish();
        if (!complete) continue;
        constraint.left = left->id;
        constraint.right = right->id;
        vocabulary.add(std::move(constraint));
    }
}

void read_vocabulary(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    PartReader reader(root, diagnostics);
    reader.children_are({"fact", "field", "implies", "excludes", "order"});
    reader.number("language", 1, 1);
    reader.finish();
    read_facts(root, vocabulary, diagnostics);
    read_constraints(root, vocabulary, diagnostics);
}

}  // namespace duenotice
