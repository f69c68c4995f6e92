#include "engine/json_reader.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace duenotice {

namespace {

constexpr std::size_t most_depth = 100;

/// Builds the tree as the parser reports values. Values carry the span of the whole text.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
public:
    TreeBuilder(SourcePtr source, Diagnostics& diagnostics) : source_(std::move(source)), diagnostics_(diagnostics) {}

    JsonValue take() { return std::move(root_); }

    bool null() override { return add(JsonValue::Kind::Null, {}); }
    bool boolean(bool value) override {
        add(JsonValue::Kind::Bool, {});
        last_->boolean = value;
        return true;
    }
    bool number_integer(number_integer_t value) override { return add(JsonValue::Kind::Number, fmt::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override {
        return add(JsonValue::Kind::Number, fmt::to_string(value));
    }
    bool number_float(number_float_t, const string_t& text) override { return add(JsonValue::Kind::Number, text); }
    bool string(string_t& value) override { return add(JsonValue::Kind::String, std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonValue::Kind::Object); }
    bool start_array(std::size_t) override { return open(JsonValue::Kind::Array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        for (const auto& [known, value] : open_.back()->members) {
            if (known == name) return refuse(fmt::format("the member `{}` is given twice", name));
        }
        name_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        const std::size_t at = position == 0 ? 0 : std::min(position - 1, source_->text().size());
        diagnostics_.error("DN0002", {source_, at, at}, "this is not JSON");
        return false;
    }

private:
    bool refuse(std::string message) {
        diagnostics_.error("DN0002", {source_, 0, 0}, std::move(message));
        return false;
    }

    bool add(JsonValue::Kind kind, std::string text) {
        JsonValue value;
        value.kind = kind;
        value.text = std::move(text);
        value.span = {source_, 0, source_->text().size()};
        if (open_.empty()) {
            root_ = std::move(value);
            last_ = &root_;
        } else if (open_.back()->kind == JsonValue::Kind::Array) {
            last_ = &open_.back()->items.emplace_back(std::move(value));
        } else {
            last_ = &open_.back()->members.emplace_back(std::move(name_), std::move(value)).second;
        }
        return true;
    }

    bool open(JsonValue::Kind kind) {
        if (open_.size() >= most_depth) return refuse(fmt::format("values are nested more than {} deep", most_depth));
        add(kind, {});
        open_.push_back(last_);
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    SourcePtr source_;
    Diagnostics& diagnostics_;
    JsonValue root_;
    JsonValue* last_ = nullptr;
    std::vector<JsonValue*> open_;  ///< a value is closed before its neighbour is added, so these stay in place
    std::string name_;
};

}  // namespace

Checked<JsonValue> read_json(SourcePtr source) {
    Checked<JsonValue> result;
    TreeBuilder builder(source, result.diagnostics);
    if (nlohmann::json::sax_parse(source->text(), &builder)) result.value = builder.take();
    return result;
}

}  // namespace duenotice
