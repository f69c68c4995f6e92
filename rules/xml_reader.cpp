#include "rules/xml_reader.h"

#include <algorithm>
#include <memory>

#include <expat.h>
#include <fmt/format.h>

namespace duenotice {

namespace {

class Builder {
public:
    Builder(SourcePtr source, XML_Parser parser, Diagnostics& diagnostics) : source_(std::move(source)), parser_(parser), diagnostics_(diagnostics) {}

    void start(const char* name, const char** attributes) {
        if (stopped_) return;
        if (static_cast<int>(open_.size()) >= xml_most_depth) {
            stop("DN0104", fmt::format("elements are nested deeper than {}", xml_most_depth));
            return;
        }
        if (!room()) return;
        XmlElement element;
        element.name = name;
        const std::size_t begin = position();
        element.span = {source_, begin, begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_))};
        std::size_t at = begin + 1 + element.name.size();
        for (; *attributes != nullptr; attributes += 2) {
            if (!room()) return;
            XmlAttribute attribute{attributes[0], attributes[1], {}};
            attribute.span = value_span(attribute.name, at, element.span.end);
            at = attribute.span.end;
            element.attributes.push_back(std::move(attribute));
        }
        open_.push_back(std::move(element));
    }

    void end() {
        if (stopped_ || open_.empty()) return;
        XmlElement done = std::move(open_.back());
        open_.pop_back();
        if (open_.empty()) root_ = std::move(done);
        else open_.back().children.push_back(std::move(done));
    }

    void characters(const char* text, int length) {
        if (stopped_ || open_.empty()) return;
        XmlElement& element = open_.back();
        const std::size_t begin = position();
        const std::size_t end = begin + static_cast<std::size_t>(XML_GetCurrentByteCount(parser_));
        const auto added = static_cast<std::size_t>(length);
        if (!element.pieces.empty() && end - begin == added) {
            XmlElement::Piece& last = element.pieces.back();
            const bool letters = last.source_end - last.source_begin == element.text.size() - last.text_begin;
            if (letters && last.source_end == begin) {
                last.source_end = end;
                element.text.append(text, added);
                return;
            }
        }
        if (!room()) return;
        element.pieces.push_back({element.text.size(), begin, end});
        element.text.append(text, added);
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
        const std::string_view text = source_->text();
        const std::size_t at = std::min(position(), text.size());
        const auto tell = [&](std::string message, std::string help = {}) -> Diagnostic& {
            return diagnostics_.error("DN0103", {source_, at, std::min(at + 1, text.size())}, std::move(message), std::move(help));
        };
        if (text.find_first_not_of(" \t\r\n\xef\xbb\xbf") == std::string_view::npos) {
            tell("the file is empty");
        } else if (error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN || error == XML_ERROR_UNCLOSED_CDATA_SECTION || error == XML_ERROR_PARTIAL_CHAR) {
            if (open_.empty()) tell("the file ends before an element is complete");
            else tell(fmt::format("the file ends inside `<{}>`", open_.back().name), fmt::format("is the end of the file missing? `</{}>` is expected", open_.back().name)).related.emplace_back(open_.back().span, "it begins here");
        } else if (error == XML_ERROR_TAG_MISMATCH && !open_.empty()) {
            const std::size_t end = text.find('>', at), from = std::min(text.rfind("</", at), at);
            tell(fmt::format("`{}` ends `<{}>`", text.substr(from, std::min(end, text.size() - 1) + 1 - from), open_.back().name), fmt::format("`</{}>` is expected", open_.back().name)).related.emplace_back(open_.back().span, "it begins here");
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
    bool room() {
        if (++nodes_ > xml_most_nodes) stop("DN0107", fmt::format("the file has more than {} elements, attributes and references", xml_most_nodes));
        return !stopped_;
    }

    /// Finds `name = "value"` in the raw start tag; expat has checked that it is there, in this order.
    Span value_span(const std::string& name, std::size_t from, std::size_t until) const {
        const std::string_view text = source_->text();
        std::size_t at = text.find(name, from);
        while (at < until) {
            std::size_t next = text.find_first_not_of(" \t\r\n", at + name.size());
            const bool starts = at == 0 || std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos;
            if (starts && next != std::string_view::npos && text[next] == '=') {
                const std::size_t quote = text.find_first_of("\"'", next);
                const std::size_t close = quote == std::string_view::npos ? quote : text.find(text[quote], quote + 1);
                if (close != std::string_view::npos) return {source_, quote + 1, close};
            }
            at = text.find(name, at + 1);
        }
        return {source_, from, from};
    }

    SourcePtr source_;
    XML_Parser parser_;
    Diagnostics& diagnostics_;
    std::vector<XmlElement> open_;
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
void on_declaration(void* data, const char*, const char* encoding, int) {
    if (encoding == nullptr) return;
    std::string name(encoding);
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (name != "UTF-8") builder(data).stop("DN0108", fmt::format("the encoding `{}` is not read", encoding), "save the file as UTF-8");
}

}  // namespace

const XmlAttribute* XmlElement::attribute(std::string_view attribute_name) const {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.name == attribute_name) return &attribute;
    return nullptr;
}

const XmlElement* XmlElement::child(std::string_view child_name) const {
    for (const XmlElement& child : children)
        if (child.name == child_name) return &child;
    return nullptr;
}

bool XmlElement::has_text() const { return text.find_first_not_of(" \t\r\n") != std::string::npos; }

Span XmlElement::text_span(std::size_t begin, std::size_t end) const {
    if (pieces.empty()) return {span.source, span.end, span.end};
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

Checked<XmlElement> read_xml(SourcePtr source) {
    Checked<XmlElement> result;
    const std::string_view text = source->text();
    if (text.size() > xml_most_bytes) {
        result.diagnostics.error("DN0101", {source, 0, 0}, fmt::format("the file has {} bytes; at most {} are read", text.size(), xml_most_bytes));
        return result;
    }
    if (const std::size_t bad = first_invalid_utf8(text); bad != std::string_view::npos) {
        result.diagnostics.error("DN0102", {source, bad, bad + 1}, "the text is not valid UTF-8 here", "save the file as UTF-8 without NUL bytes");
        return result;
    }
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"), XML_ParserFree);
    Builder build(source, parser.get(), result.diagnostics);
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
