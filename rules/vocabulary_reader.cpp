#include "rules/vocabulary_reader.h"

#include <array>

#include <fmt/format.h>

#include "rules/expression_token.h"
#include "rules/file_shape.h"
#include "rules/file_table.h"
#include "rules/part_reader.h"

namespace duenotice {

namespace {

constexpr std::array frames = {
    FrameKind::Incident,    FrameKind::Entity,          FrameKind::Population, FrameKind::EntityPopulation,
    FrameKind::EntityPlace, FrameKind::PopulationPlace, FrameKind::Contract,   FrameKind::Event,
    FrameKind::Series,      FrameKind::Member};
constexpr std::array types = {ValueType::YesNo,   ValueType::Whole, ValueType::Share,    ValueType::Money,
                              ValueType::Choice,  ValueType::Set,   ValueType::Place,    ValueType::PlaceSet,
                              ValueType::Instant, ValueType::Date,  ValueType::Duration, ValueType::Judgement,
                              ValueType::Text};
constexpr std::size_t most_members = 192;

bool can_be_written(std::string_view id) {
    return !id.empty() && ((id.front() >= 'a' && id.front() <= 'z') || (id.front() >= 'A' && id.front() <= 'Z'));
}

void read_choice(const PartReader& part, FactDeclaration& declaration, Diagnostics& diagnostics) {
    Choice choice{std::string(part.text("id")), part.words_of_text()};
    if (!choice.token.empty() && (!can_be_written(choice.token) || is_reserved_choice(choice.token)))
        diagnostics.error("DN0321", part.place("id"), fmt::format("`{}` cannot be written in a condition", choice.token),
                          "a choice begins with a letter and is no word of the language");
    if (declaration.choice_index(choice.token))
        diagnostics.error("DN0321", part.place("id"), fmt::format("`{}` is a choice already", choice.token));
    declaration.choices.push_back(std::move(choice));
}

void read_children(const XmlElement& element, FactDeclaration& declaration, Diagnostics& diagnostics) {
    for (const XmlElement& child : element.children) {
        const PartReader part(child, diagnostics);
        if (child.name == "question")
            declaration.question = part.words_of_text();
        else if (child.name == "short")
            declaration.short_words = part.words_of_text();
        else if (child.name == "note")
            declaration.note = part.words_of_text();
        else if (child.name == "standard")
            declaration.standard = part.words_of_text();
        else if (child.name == "factor")
            declaration.factors.push_back(part.words_of_text());
        else if (child.name == "choice")
            read_choice(part, declaration, diagnostics);
    }
}

void check_choices(const FactDeclaration& declaration, Diagnostics& diagnostics) {
    const bool has_choices = declaration.type == ValueType::Choice || declaration.type == ValueType::Set ||
                             declaration.type == ValueType::Judgement;
    if (has_choices && declaration.choices.empty() && declaration.type != ValueType::Set)
        diagnostics.error("DN0321", declaration.span, fmt::format("`{}` needs its choices", declaration.name));
    if (!has_choices && !declaration.choices.empty())
        diagnostics.error("DN0321", declaration.span,
                          fmt::format("a fact of type `{}` has no choices", name(declaration.type)));
    if (declaration.choices.size() > most_members)
        diagnostics.error("DN0321", declaration.span, fmt::format("at most {} choices", most_members));
    if (declaration.ordered && declaration.type != ValueType::Choice)
        diagnostics.error("DN0321", declaration.span, "only the choices of a choice can be `ordered`");
    if (declaration.event && declaration.frame != FrameKind::Event)
        diagnostics.error("DN0321", declaration.span, "`event` belongs to a fact of the frame `event`");
}

void read_fact(const XmlElement& element, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    const PartReader reader(element, diagnostics);
    FactDeclaration declaration;
    declaration.span = element.span;
    declaration.name = reader.text("id");
    if (declaration.name.empty()) return;
    if (!can_be_written(declaration.name) || declaration.name.find('.') == std::string::npos)
        diagnostics.error("DN0321", reader.place("id"),
                          fmt::format("`{}` cannot be written in a condition", declaration.name),
                          "a fact begins with a letter and has a dot, as in `data.personal`");
    declaration.frame = frames[choice_position("fact", "frame", reader.text("frame"))];
    declaration.type = element.name == "field" && !reader.has("type")
                           ? ValueType::Text
                           : types[choice_position("fact", "type", reader.text("type"))];
    constexpr std::array<AskedWhen, 4> asked = {AskedWhen::First, AskedWhen::During, AskedWhen::Standing,
                                                AskedWhen::Never};
    declaration.asked =
        reader.has("asked") ? asked[choice_position("fact", "asked", reader.text("asked"))] : AskedWhen::During;
    declaration.ordered = reader.yes("ordered");
    declaration.currency = reader.text("currency");
    if (reader.has("event")) declaration.event = reader.text("event");
    declaration.question = reader.text("question");
    read_children(element, declaration, diagnostics);
    check_choices(declaration, diagnostics);
    const std::string id = declaration.name;
    if (vocabulary.add(std::move(declaration))) return;
    Diagnostic& diagnostic = diagnostics.error("DN0322", element.span, fmt::format("`{}` is declared twice", id));
    diagnostic.related.emplace_back(vocabulary.find(id)->span, "first here");
}

const FactDeclaration* fact_of(const PartReader& reader, std::string_view attribute, const Vocabulary& vocabulary,
                               Diagnostics& diagnostics) {
    const std::string_view id = reader.text(attribute);
    const FactDeclaration* declaration = vocabulary.find(id);
    if (declaration == nullptr && !id.empty())
        diagnostics.error("DN0323", reader.place(attribute), fmt::format("there is no fact `{}`", id)).suggestion =
            vocabulary.suggest(id);
    return declaration;
}

std::optional<std::uint32_t> choice_of(const PartReader& reader, std::string_view attribute,
                                       const FactDeclaration& declaration, Diagnostics& diagnostics) {
    const std::string_view token = reader.text(attribute);
    const auto index = declaration.choice_index(token);
    if (!index && !token.empty())
        diagnostics.error("DN0323", reader.place(attribute),
                          fmt::format("`{}` has no choice `{}`", declaration.name, token));
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
        const PartReader reader(child, diagnostics);
        FactConstraint constraint;
        constraint.span = child.span;
        constraint.why = reader.words_of_text();
        const bool order = child.name == "order";
        constraint.kind = order                     ? FactConstraint::Kind::Order
                          : child.name == "implies" ? FactConstraint::Kind::Implies
                                                    : FactConstraint::Kind::Excludes;
        const FactDeclaration* left = fact_of(reader, order ? "before" : "fact", vocabulary, diagnostics);
        const bool excludes = constraint.kind == FactConstraint::Kind::Excludes;
        const FactDeclaration* right = fact_of(reader,
                                               order      ? "after"
                                               : excludes ? "other"
                                                          : "then",
                                               vocabulary, diagnostics);
        bool complete = left != nullptr && right != nullptr;
        if (complete && !order) {
            const auto left_choice = choice_of(reader, "choice", *left, diagnostics);
            const auto right_choice = choice_of(reader, excludes ? "other-choice" : "then-choice", *right, diagnostics);
            complete = left_choice && right_choice;
            constraint.left_choice = left_choice.value_or(0);
            constraint.right_choice = right_choice.value_or(0);
        }
        if (!complete) continue;
        constraint.left = left->id;
        constraint.right = right->id;
        vocabulary.add(std::move(constraint));
    }
}

void read_vocabulary(const XmlElement& root, Vocabulary& vocabulary, Diagnostics& diagnostics) {
    check_shape(root, "", diagnostics);
    read_facts(root, vocabulary, diagnostics);
    read_constraints(root, vocabulary, diagnostics);
}

}  // namespace duenotice
