#include "rules/template_filler.h"

#include <fmt/format.h>

#include "rules/suggest.h"

namespace duenotice {

namespace {

class Filler {
public:
    Filler(const TemplateValues& values, Diagnostics& diagnostics) : values_(values), diagnostics_(diagnostics) {}

    void element(XmlElement& element) {
        for (XmlAttribute& attribute : element.attributes) fill(attribute);
        text(element);
        for (XmlElement& child : element.children) this->element(child);
    }

private:
    /// Value of the `$(name)` that begins at `at`; `end` is set behind it. Empty and a message when there is none.
    const std::string* value_at(std::string_view text, std::size_t at, std::size_t& end, const Span& span) {
        const std::size_t close = text.find(')', at);
        end = close == std::string_view::npos ? text.size() : close + 1;
        const std::string name(text.substr(at + 2, (close == std::string_view::npos ? text.size() : close) - at - 2));
        const auto value = values_.find(name);
        if (close != std::string_view::npos && value != values_.end()) return &value->second;
        std::vector<std::string_view> names;
        for (const auto& known : values_) names.push_back(known.first);
        diagnostics_
            .error("DN0309", span, fmt::format("the template asks for `{}`, which the instance does not set", name),
                   fmt::format("add `<set name=\"{}\">` to the instance", name))
            .suggestion = nearest(name, names);
        return nullptr;
    }

    void fill(XmlAttribute& attribute) {
        std::string made;
        std::size_t from = 0;
        for (std::size_t at = attribute.value.find("$("); at != std::string::npos;
             at = attribute.value.find("$(", from)) {
            std::size_t end = 0;
            const std::string* value = value_at(attribute.value, at, end, attribute.span);
            made += attribute.value.view().substr(from, at - from);
            if (value != nullptr) made += *value;
            from = end;
        }
        if (from == 0) return;
        attribute.value = XmlText(made.append(attribute.value.view().substr(from)));
    }

    struct Made {
        std::string text;
        std::vector<XmlElement::Piece> pieces;
    };

    /// Copies text[from, until) with its places.
    static void copy(const XmlElement& old, std::size_t from, std::size_t until, Made& made) {
        const std::vector<XmlElement::Piece> pieces = old.all_pieces();
        for (std::size_t i = 0; i < pieces.size() && from < until; ++i) {
            const XmlElement::Piece& piece = pieces[i];
            const std::size_t piece_end = i + 1 < pieces.size() ? pieces[i + 1].text_begin : old.text.size();
            if (from >= piece_end) continue;
            const std::size_t end = std::min(until, piece_end);
            const bool letters = piece_end - piece.text_begin == piece.source_end - piece.source_begin;
            const std::size_t source = letters ? piece.source_begin + (from - piece.text_begin) : piece.source_begin;
            made.pieces.push_back({made.text.size(), source, letters ? source + (end - from) : piece.source_end});
            made.text.append(old.text.view().substr(from, end - from));
            from = end;
        }
    }

    void text(XmlElement& element) {
        std::size_t at = element.text.find("$(");
        if (at == std::string::npos) return;
        Made made;
        std::size_t from = 0;
        for (; at != std::string::npos; at = element.text.find("$(", from)) {
            std::size_t end = 0;
            copy(element, from, at, made);
            const Span place =
                element.text_span(at, element.text.find(')', at) == std::string::npos ? element.text.size()
                                                                                      : element.text.find(')', at) + 1);
            const std::string* value = value_at(element.text, at, end, place);
            if (value != nullptr && !value->empty()) {
                made.pieces.push_back({made.text.size(), place.begin, place.end});
                made.text += *value;
            }
            from = end;
        }
        copy(element, from, element.text.size(), made);
        element.text = XmlText(made.text);
        element.pieces = std::move(made.pieces);
    }

    const TemplateValues& values_;
    Diagnostics& diagnostics_;
};

}  // namespace

void fill_template(XmlElement& element, const TemplateValues& values, Diagnostics& diagnostics) {
    Filler(values, diagnostics).element(element);
}

void set_attribute(XmlElement& element, std::string_view name, std::string_view value, const Span& span) {
    for (XmlAttribute& attribute : element.attributes)
        if (attribute.name == name) {
            attribute.value = XmlText(value);
            attribute.span = span;
            return;
        }
    element.attributes.push_back({XmlText(name), XmlText(value), span});
}

}  // namespace duenotice
