#include "rules/xml_limits.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include <expat.h>
#include <fmt/format.h>

#include "rules/ascii.h"

namespace duenotice {

namespace {

class Builder {
public:
    Builder(SourcePtr source, XML_Parser parser, Diagnostics& diagnostics, const XmlLimits& limits)
        : source_(std::move(source)), text_(source_->text()), parser_(parser), diagnostics_(diagnostics), limits_(limits) {}

    void start(const char* name, const char** attributes) {
        if (stopped_) return;
        if (static_cast<int>(depth_) >= limits_.depth) {
            stop("DN0104", fmt::format("elements are nested deeper than {}", limits_.depth));
            return;
        }
        if (!room()) return;
        if (depth_ == open_.size()) open_.emplace_back();
        XmlElement& element = open_[depth_].element;
        const std::size_t begin = position();
        element.name = letters(name, begin + 1);
        element.span = {source_, begin, begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_))};
        std::size_t count = 0;
        while (attributes[count] != nullptr) count += 2;
        element.attributes.reserve(count / 2);
        std::size_t at = begin + 1 + element.name.size();
        for (; *attributes != nullptr; attributes += 2) {
            if (!room()) return;
            const std::string_view attribute_name = attributes[0];
            const Place place = value_place(attribute_name, at, element.span.end);
            at = place.end;
            element.attributes.push_back({place.found ? XmlText::in_source(text_.substr(place.name, attribute_name.size())) : XmlText(attribute_name),
                                          letters(attributes[1], place.begin), {source_, place.begin, place.end}});
        }
        ++depth_;
    }

    void end() {
        if (stopped_ || depth_ == 0) return;
        Open& done = open_[--depth_];
        XmlElement& element = done.element;
        element.children.reserve(done.children.size());
        std::move(done.children.begin(), done.children.end(), std::back_inserter(element.children));
        done.children.clear();
        if (done.changed) {
            element.text = XmlText(done.text);
            element.pieces = done.pieces;
        } else if (!done.pieces.empty()) {
            element.text = XmlText::in_source(text_.substr(done.pieces[0].source_begin, done.pieces[0].source_end - done.pieces[0].source_begin));
        }
        done.pieces.clear();
        done.text.clear();
        done.changed = false;
        if (depth_ == 0) root_ = std::move(element);
        else open_[depth_ - 1].children.push_back(std::move(element));
        element = {};
    }

    void characters(const char* text, int length) {
        if (stopped_ || depth_ == 0) return;
        Open& open = open_[depth_ - 1];
        const std::size_t begin = position();
        const std::size_t end = begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_));
        const std::string_view added(text, static_cast<std::size_t>(length));
        const bool as_it_is = text_.substr(begin, end - begin) == added;
        if (!open.pieces.empty() && end - begin == added.size()) {
            XmlElement::Piece& last = open.pieces.back();
            const bool goes_on = last.source_end == begin && (!open.changed || last.source_end - last.source_begin == open.text.size() - last.text_begin);
            if (goes_on) {
                if (!as_it_is) change(open);
                if (open.changed) open.text.append(added);
                last.source_end = end;
                return;
            }
        }
        if (!room()) return;
        if (!as_it_is || !open.pieces.empty()) change(open);
        open.pieces.push_back({open.text.size(), begin, end});
        if (open.changed) open.text.append(added);
    }

    void stop(std::string code, std::string message, std::string help = {}) {
        if (stopped_) return;
        stopped_ = true;
        const std::size_t at = position();
        diagnostics_.error(std::move(code), {source_, at, at + 1}, std::move(message), std::move(help));
        XML_StopParser(parser_, XML_FALSE);
    }
    bool stopped() const { return stopped_; }
    /// The error of the parser in the author's words: what is open, what was met in its place.
    void malformed(XML_Error error) {
        const std::size_t at = std::min(position(), text_.size());
        const auto tell = [&](std::string message, std::string help = {}) -> Diagnostic& {
            return diagnostics_.error("DN0103", {source_, at, std::min(at + 1, text_.size())}, std::move(message), std::move(help));
        };
        if (text_.find_first_not_of(" \t\r\n\xef\xbb\xbf") == std::string_view::npos) {
            tell("the file is empty");
        } else if (error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN || error == XML_ERROR_UNCLOSED_CDATA_SECTION || error == XML_ERROR_PARTIAL_CHAR) {
            if (depth_ == 0) tell("the file ends before an element is complete");
            else tell(fmt::format("the file ends inside `<{}>`", innermost().name.view()), fmt::format("is the end of the file missing? `</{}>` is expected", innermost().name.view())).related.emplace_back(innermost().span, "it begins here");
        } else if (error == XML_ERROR_TAG_MISMATCH && depth_ > 0) {
            const std::size_t end = text_.find('>', at), from = std::min(text_.rfind("</", at), at);
            tell(fmt::format("`{}` ends `<{}>`", text_.substr(from, std::min(end, text_.size() - 1) + 1 - from), innermost().name.view()), fmt::format("`</{}>` is expected", innermost().name.view())).related.emplace_back(innermost().span, "it begins here");
        } else if (error == XML_ERROR_UNDEFINED_ENTITY) {
            tell("there is no such entity", "`&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, or a number such as `&#8211;`; other letters are written as they are");
        } else if (error == XML_ERROR_INVALID_TOKEN) {
            tell("the XML is not well-formed here", "a `<` or `&` of the text is written `&lt;` or `&amp;`; attributes stand in quotes");
        } else if (error == XML_ERROR_DUPLICATE_ATTRIBUTE) {
            tell("an attribute stands twice in this element");
        } else if (error == XML_ERROR_JUNK_AFTER_DOC_ELEMENT) {
            tell("something follows the end of the root element", "a file holds one root element; put this inside it, or into a file of its own");
        } else {
            tell(fmt::format("the XML is not well-formed: {}", XML_ErrorString(error)));
        }
    }
    std::optional<XmlElement>& root() { return root_; }
    std::size_t position() const { return static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_))); }

private:
    /// An element whose end has not come. Kept for the next one of the same depth, so that its lists need no new room.
    struct Open {
        XmlElement element;
        std::vector<XmlElement> children;
        std::vector<XmlElement::Piece> pieces;  ///< one, until `changed`
        std::string text;                       ///< when `changed`
        bool changed = false;                   ///< the text does not stand in the source as one stretch, letter for letter
    };

    const XmlElement& innermost() const { return open_[depth_ - 1].element; }

    void change(Open& open) {
        if (open.changed) return;
        open.changed = true;
        if (!open.pieces.empty()) open.text = text_.substr(open.pieces[0].source_begin, open.pieces[0].source_end - open.pieces[0].source_begin);
    }

    /// The letters as they stand at a place of the source, or a copy when other letters stand there.
    XmlText letters(std::string_view read, std::size_t at) const {
        const std::string_view there = text_.substr(std::min(at, text_.size()), read.size());
        return there == read ? XmlText::in_source(there) : XmlText(read);
    }

    bool room() {
        if (++nodes_ > limits_.nodes) stop("DN0107", fmt::format("the file has more than {} elements, attributes and references", limits_.nodes));
        return !stopped_;
    }

    struct Place {
        std::size_t name, begin, end;
        bool found;
    };
    /// Finds `name = "value"` in the raw start tag; expat has checked that it is there, in this order.
    Place value_place(std::string_view name, std::size_t from, std::size_t until) const {
        // Behind the name of the element or the quote of the value before, and the blanks that follow it.
        std::size_t at = from < until && (text_[from] == '"' || text_[from] == '\'') ? from + 1 : from;
        while (at < until && is_blank(text_[at])) ++at;
        if (text_.compare(at, name.size(), name) != 0) at = text_.find(name, from);
        while (at < until) {
            std::size_t next = at + name.size();
            while (next < text_.size() && is_blank(text_[next])) ++next;
            if (next == text_.size()) next = std::string_view::npos;
            const bool starts = at == 0 || is_blank(text_[at - 1]);
            if (starts && next != std::string_view::npos && text_[next] == '=') {
                const std::size_t quote = text_.find_first_of("\"'", next);
                const std::size_t close = quote == std::string_view::npos ? quote : text_.find(text_[quote], quote + 1);
                if (close != std::string_view::npos) return {at, quote + 1, close, true};
            }
            at = text_.find(name, at + 1);
        }
        return {from, from, from, false};
    }

    SourcePtr source_;
    std::string_view text_;
    XML_Parser parser_;
    Diagnostics& diagnostics_;
    const XmlLimits& limits_;
    std::vector<Open> open_;  ///< the first `depth_` are open
    std::size_t depth_ = 0;
    std::optional<XmlElement> root_;
    std::size_t nodes_ = 0;
    bool stopped_ = false;
};

Builder& builder(void* data) { return *static_cast<Builder*>(data); }

void on_start(void* data, const char* name, const char** attributes) { builder(data).start(name, attributes); }
void on_end(void* data, const char*) { builder(data).end(); }
void on_text(void* data, const char* text, int length) { builder(data).characters(text, length); }
void on_doctype(void* data, const char*, const char*, const char*, int) {
    builder(data).stop("DN0105", "a document type declaration is not allowed", "remove `<!DOCTYPE ...>`; entities are not used here");
}
void on_instruction(void* data, const char* target, const char*) {
    builder(data).stop("DN0106", fmt::format("the processing instruction `{}` is not allowed", target));
}
void on_declaration(void* data, const char* version, const char* encoding, int) {
    // Expat reads any word as a version.
    if (version != nullptr && std::string_view(version) != "1.0") builder(data).stop("DN0108", fmt::format("the version `{}` of XML is not read", version), "save the file as XML 1.0");
    if (encoding == nullptr) return;
    std::string name(encoding);
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (name != "UTF-8") builder(data).stop("DN0108", fmt::format("the encoding `{}` is not read", encoding), "save the file as UTF-8");
}

}  // namespace

const XmlAttribute* XmlElement::attribute(std::string_view attribute_name) const {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.name.is(attribute_name)) return &attribute;
    return nullptr;
}

const XmlElement* XmlElement::child(std::string_view child_name) const {
    for (const XmlElement& child : children)
        if (child.name.is(child_name)) return &child;
    return nullptr;
}

bool XmlElement::has_text() const {
    const std::string_view letters = text;
    return !std::all_of(letters.begin(), letters.end(), is_blank);
}

std::vector<XmlElement::Piece> XmlElement::all_pieces() const {
    if (!pieces.empty() || text.empty()) return pieces;
    const Span whole = text_span();
    return {{0, whole.begin, whole.end}};
}

Span XmlElement::text_span(std::size_t begin, std::size_t end) const {
    if (text.empty()) return {span.source, span.end, span.end};
    if (pieces.empty()) {
        const auto first = static_cast<std::size_t>(text.data() - span.source->text().data());
        const std::size_t from = first + std::min(begin, text.size());
        return {span.source, from, end > begin ? first + std::min(end, text.size()) : from};
    }
    const auto place = [this](std::size_t at) -> std::pair<std::size_t, std::size_t> {
        at = std::min(at, text.size());
        const auto after = std::upper_bound(pieces.begin(), pieces.end(), at, [](std::size_t value, const Piece& piece) { return value < piece.text_begin; });
        const Piece& piece = *std::prev(after);
        if (at == text.size()) return {pieces.back().source_end, pieces.back().source_end};
        const std::size_t text_end = after == pieces.end() ? text.size() : after->text_begin;
        if (text_end - piece.text_begin != piece.source_end - piece.source_begin) return {piece.source_begin, piece.source_end};
        const std::size_t from = piece.source_begin + (at - piece.text_begin);
        return {from, from + 1};
    };
    const std::size_t from = place(begin).first;
    return {span.source, from, end > begin ? place(end - 1).second : from};
}

Checked<XmlElement> read_xml(SourcePtr source) { return read_xml(std::move(source), XmlLimits{}); }

Checked<XmlElement> read_xml(SourcePtr source, const XmlLimits& limits) {
    Checked<XmlElement> result;
    const std::string_view text = source->text();
    if (text.size() > limits.bytes) {
        result.diagnostics.error("DN0101", {source, 0, 0}, fmt::format("the file has {} bytes; at most {} are read", text.size(), limits.bytes));
        return result;
    }
    if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        result.diagnostics.error("DN0102", {source, bad, bad + 1}, "the text is not valid UTF-8 here", "save the file as UTF-8 without NUL bytes");
        return result;
    }
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"), XML_ParserFree);
    Builder build(source, parser.get(), result.diagnostics, limits);
    XML_SetUserData(parser.get(), &build);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    XML_SetXmlDeclHandler(parser.get(), on_declaration);
    XML_SetProcessingInstructionHandler(parser.get(), on_instruction);
    const XML_Status status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
    if (status != XML_STATUS_OK && !build.stopped()) build.malformed(XML_GetErrorCode(parser.get()));
    if (!result.diagnostics.has_errors() && build.root()) result.value = std::move(*build.root());
    return result;
}

}  // namespace duenotice
