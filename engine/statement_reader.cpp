#include "engine/statement_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/json_object.h"
#include "engine/place_codes.h"
#include "engine/value_reader.h"
#include "rules/number.h"
#include "rules/suggest.h"

namespace duenotice {

namespace {

/// The forms of a statement, by the members that make them.
enum class Form { Value, Range, Between, Exactly, Members, OneOf, NotYet, Happened, NotKnown };

struct FormMember {
    std::string_view name;
    Form form;
};
constexpr std::array<FormMember, 13> form_members = {{{"value", Form::Value}, {"outcome", Form::Value}, {"at_least", Form::Range}, {"at_most", Form::Range},
    {"from", Form::Between}, {"until", Form::Between}, {"exactly", Form::Exactly}, {"has", Form::Members}, {"has_not", Form::Members},
    {"one_of", Form::OneOf}, {"not_yet", Form::NotYet}, {"happened", Form::Happened}, {"not_known", Form::NotKnown}}};

/// Which members the type has.
bool allowed(const FactDeclaration& declaration, std::string_view member) {
    if (member == "not_known") return true;
    switch (declaration.type) {
        case ValueType::YesNo: return member == "value";
        case ValueType::Choice:
            return member == "value" || member == "one_of" || (declaration.ordered && (member == "at_least" || member == "at_most"));
        case ValueType::Judgement: return member == "outcome" || member == "one_of" || member == "not_yet";
        case ValueType::Set:
        case ValueType::PlaceSet: return member == "value" || member == "exactly" || member == "has" || member == "has_not";
        case ValueType::Place: return member == "value" || member == "one_of" || member == "has_not";
        case ValueType::Instant:
        case ValueType::Date: return member == "value" || member == "from" || member == "until" || member == "not_yet" || member == "happened";
        case ValueType::Text: return member == "value";
        default: return member == "value" || member == "at_least" || member == "at_most";
    }
}

class StatementReader {
public:
    StatementReader(const FactDeclaration& declaration, const StatementContext& context)
        : declaration_(declaration), context_(context), values_(declaration, context) {}

    /// One statement, and for a judgement that of its instant.
    struct One {
        Statement statement, decided;
    };

    std::optional<One> read(const JsonValue& value) {
        One one;
        one.statement.span = value.span;
        std::optional<Known> known;
        if (!value.is_object()) {
            known = values_.value(value);
            if (known && !settle_time(*known, false, value.span, context_)) return {};
        } else {
            JsonObject object(value, fmt::format("a statement of `{}`", declaration_.name), context_.diagnostics);
            const std::size_t before = context_.diagnostics.error_count();
            who_and_when(object, one.statement);
            known = by_form(object, one.statement);
            if (declaration_.type == ValueType::Judgement) judgement(object, one, known);
            object.finish();
            if (context_.diagnostics.error_count() != before) return {};
        }
        if (!known) return {};
        one.statement.value = std::move(*known);
        if (declaration_.type == ValueType::Judgement) decided(one);
        return one;
    }

private:
    std::optional<Instant> past(JsonObject& object, std::string_view name) {
        const JsonValue* value = object.take(name);
        if (value == nullptr) return {};
        const auto instant = read_instant(*value, context_);
        if (instant && context_.as_of && *instant > *context_.as_of && !context_.known_at_given) {
            context_.diagnostics.error("DN0525", value->span, fmt::format("`{}` is after the instant as of which the account is read", name),
                                       "give --known-at to look at an account that was learned later");
            return {};
        }
        return instant;
    }

    void who_and_when(JsonObject& object, Statement& statement) {
        statement.true_since = past(object, "true_since");
        statement.learned_at = past(object, "learned_at");
        if (const JsonValue* value = object.take("expected_at")) statement.expected_at = read_instant(*value, context_);
        statement.by = object.text("by");
        statement.source = object.text("source");
        statement.estimated = object.flag("estimated");
        statement.planned = object.flag("planned");
    }

    std::optional<Known> by_form(JsonObject& object, Statement& statement) {
        std::array<const JsonValue*, form_members.size()> given{};
        const FormMember* first = nullptr;
        bool good = true;
        for (std::size_t i = 0; i < form_members.size(); ++i) {
            given[i] = object.take(form_members[i].name);
            if (given[i] == nullptr) continue;
            if (!allowed(declaration_, form_members[i].name)) {
                context_.diagnostics.error("DN0523", given[i]->span, fmt::format("`{}`, a {} fact, is not stated with `{}`", declaration_.name, name(declaration_.type), form_members[i].name), forms_help());
                good = false;
            } else if (first != nullptr && first->form != form_members[i].form) {
                context_.diagnostics.error("DN0523", given[i]->span, fmt::format("`{}` stands beside `{}`", form_members[i].name, first->name), "one form in a statement");
                good = false;
            } else if (first == nullptr) {
                first = &form_members[i];
            }
        }
        const bool undeterminable = object.flag("cannot_be_determined");
        const JsonValue* estimate = object.take("estimate");
        if (!good) return {};
        std::optional<Known> known = Known::open(declaration_);
        if (first != nullptr) known = of_form(first->form, given);
        else if (!undeterminable && estimate == nullptr && !statement.expected_at) says_nothing(object);
        if (!known) return {};
        known->cannot_be_determined = undeterminable;
        if (!estimated(*known, estimate, statement)) return {};
        // What is learned after as-of, which known-at allows, may also have happened after it.
        const bool later = context_.known_at_given && context_.as_of && statement.learned_at && *statement.learned_at > *context_.as_of;
        if (first != nullptr && !later && !settle_time(*known, statement.planned, object.span(), context_)) return {};
        return known;
    }

    void says_nothing(JsonObject& object) {
        context_.diagnostics.error("DN0530", object.span(), fmt::format("this statement of `{}` says nothing", declaration_.name), forms_help());
    }

    std::string forms_help() const {
        std::string text;
        for (const FormMember& member : form_members)
            if (allowed(declaration_, member.name)) text += fmt::format("{}`{}`", text.empty() ? "state it with " : ", ", member.name);
        return text;
    }

    std::optional<Known> of_form(Form form, const std::array<const JsonValue*, form_members.size()>& given) {
        switch (form) {
            case Form::Value: return values_.value(given[0] != nullptr ? *given[0] : *given[1]);
            case Form::Range: return values_.range(given[2], given[3]);
            case Form::Between: return values_.between(given[4], given[5]);
            case Form::Exactly: return values_.members(given[6], nullptr, true);
            case Form::Members: return values_.members(given[7], given[8], false);
            case Form::OneOf: return values_.one_of(*given[9]);
            case Form::NotYet: return is_true(*given[10], "not_yet") ? std::optional<Known>(values_.not_yet()) : std::nullopt;
            case Form::Happened: return is_true(*given[11], "happened") ? std::optional<Known>(values_.happened()) : std::nullopt;
            case Form::NotKnown: return is_true(*given[12], "not_known") ? std::optional<Known>(Known::open(declaration_)) : std::nullopt;
        }
        return {};
    }

    bool is_true(const JsonValue& value, std::string_view name) {
        if (value.kind == JsonValue::Kind::Bool && value.boolean) return true;
        context_.diagnostics.error("DN0512", value.span, fmt::format("`{}` is the JSON value true, or left out", name));
        return false;
    }

    bool estimated(Known& known, const JsonValue* estimate, Statement& statement) {
        const bool numeric = declaration_.type == ValueType::Whole || declaration_.type == ValueType::Share || declaration_.type == ValueType::Money || declaration_.type == ValueType::Duration;
        if (estimate == nullptr) {
            if (statement.estimated && numeric && known.low == known.high) known.estimate = known.low;
            return true;
        }
        if (!numeric) {
            context_.diagnostics.error("DN0523", estimate->span, fmt::format("`{}`, a {} fact, is not stated with `estimate`", declaration_.name, name(declaration_.type)), forms_help());
            return false;
        }
        const auto number = values_.number(*estimate);
        if (!number) return false;
        if (number->value < known.low || number->value > known.high || (!known.currency.empty() && known.currency != number->currency)) {
            context_.diagnostics.error("DN0522", estimate->span, fmt::format("the estimate `{}` lies outside the range", estimate->text));
            return false;
        }
        known.estimate = number->value;
        known.currency = number->currency;
        statement.estimated = true;
        return true;
    }

    void judgement(JsonObject& object, One& one, std::optional<Known>& known) {
        Statement& statement = one.statement;
        statement.function = object.text("function");
        statement.body = object.text("body");
        statement.second = object.text("second");
        statement.reasons = object.text("reasons");
        statement.advice = object.text("advice");
        statement.recorded_at = past(object, "recorded_at");
        for (const JsonValue* fact : object.strings("relies_on")) {
            const std::string id = fact->text.substr(0, fact->text.find('@'));
            if (context_.law.vocabulary.find(id) == nullptr)
                context_.diagnostics.error("DN0518", fact->span, fmt::format("there is no fact `{}`", id)).suggestion = context_.law.vocabulary.suggest(id);
            statement.relies_on.push_back(fact->text);
        }
        const bool provisional = object.flag("provisional");
        const JsonValue* at = object.take("decided_at");
        if (known && provisional) {
            if (known->possible.count() != 1) {
                context_.diagnostics.error("DN0523", object.span(), fmt::format("a provisional judgement of `{}` needs an `outcome`", declaration_.name));
                return;
            }
            for (std::uint32_t i = 0; i < declaration_.choices.size(); ++i)
                if (known->possible.test(i)) known->provisional_outcome = i;
            known->provisional = true;
            known->possible = Known::open(declaration_).possible;
        }
        decided_at(at, provisional, one);
    }

    void decided_at(const JsonValue* at, bool provisional, One& one) {
        if (at == nullptr) return;
        if (provisional) {
            context_.diagnostics.error("DN0523", at->span, "`decided_at` stands beside `provisional`", "a provisional judgement is not decided; write `recorded_at`");
            return;
        }
        const FactDeclaration& instant = context_.law.vocabulary.at(*declaration_.decided_at);
        if (const auto known = StatementReader(instant, context_).read(*at)) {
            one.decided = known->statement;
            has_instant_ = true;
        }
    }

    /// When the judgement was made: as stated; not yet while it is open or provisional; else some time.
    void decided(One& one) {
        const FactDeclaration& instant = context_.law.vocabulary.at(*declaration_.decided_at);
        const ValueReader reader(instant, context_);
        const Known& known = one.statement.value;
        if (!has_instant_) {
            const bool made = !known.provisional && known.possible != Known::open(declaration_).possible;
            one.decided.value = made ? reader.happened() : known.provisional || !known.happened_possible ? reader.not_yet() : Known::open(instant);
            one.decided.span = one.statement.span;
        }
        one.statement.value.happened_possible = true;
        one.decided.learned_at = one.statement.learned_at;
        one.decided.by = one.statement.by;
        one.decided.source = one.statement.source;
        has_instant_ = false;
    }

    const FactDeclaration& declaration_;
    const StatementContext& context_;
    ValueReader values_;
    bool has_instant_ = false;
};

}  // namespace

std::optional<StatementReading> read_statement(const JsonValue& value, const FactDeclaration& declaration, const StatementContext& context) {
    StatementReader reader(declaration, context);
    StatementReading result;
    const bool judged = declaration.type == ValueType::Judgement && declaration.decided_at.has_value();
    const auto take = [&](const JsonValue& item) {
        auto one = reader.read(item);
        if (!one) return false;
        result.statements.push_back(std::move(one->statement));
        if (judged) result.decided.push_back(std::move(one->decided));
        return true;
    };
    if (!value.is_object() || value.find("history") == nullptr) return take(value) ? std::optional(std::move(result)) : std::nullopt;
    JsonObject object(value, fmt::format("the history of `{}`", declaration.name), context.diagnostics);
    bool good = true;
    for (const JsonValue* item : object.items("history")) good = take(*item) && good;
    object.finish();
    if (!good) return {};
    if (result.statements.empty()) {
        context.diagnostics.error("DN0530", value.span, fmt::format("the history of `{}` is empty", declaration.name));
        return {};
    }
    for (std::size_t i = 1; i < result.statements.size(); ++i) {
        const Statement& before = result.statements[i - 1];
        const Statement& after = result.statements[i];
        if (!before.learned_at || !after.learned_at || *before.learned_at <= *after.learned_at) continue;
        context.diagnostics.error("DN0537", after.span, "this statement was learned before the one that stands before it", "a history is written oldest first");
        return {};
    }
    return result;
}

}  // namespace duenotice
