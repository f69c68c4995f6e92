#include "rules/xml_reader.h"

#include <fmt/format.h>

#include <pugixml.hpp>

namespace duenotice {

namespace {

constexpr int most_depth = 100;

class Converter {
public:
    Converter(const SourcePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

    XmlElement element(const pugi::xml_node& node, int depth) {
        XmlElement result;
        result.name = node.name();
        const auto name_at = static_cast<std::size_t>(node.offset_debug());
        result.span = {source_, name_at - 1, name_at + result.name.size()};
        attributes(node, name_at + result.name.size(), result);
        if (depth > most_depth) {
            diagnostics_.error("DN0001", result.span, fmt::format("elements are nested more than {} deep", most_depth));
            return result;
        }
        for (const auto& child : node.children()) {
            if (child.type() == pugi::node_element) {
                result.children.push_back(element(child, depth + 1));
            } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                result.text += child.value();
            }
        }
        return result;
    }

private:
    void attributes(const pugi::xml_node& node, std::size_t from, XmlElement& result) {
        const std::string_view text = source_->text();
        for (const auto& attribute : node.attributes()) {
            // Between two attributes there is only blank, so the name found next is that of the attribute.
            const std::size_t begin = text.find(attribute.name(), from);
            const std::size_t quote = text.find_first_of("\"'", begin);
            const std::size_t end = text.find(text[quote], quote + 1) + 1;
            result.attributes.push_back({attribute.name(), attribute.value(), {source_, begin, end}});
            from = end;
        }
    }

    const SourcePtr& source_;
    Diagnostics& diagnostics_;
};

}  // namespace

Checked<XmlElement> read_xml(SourcePtr source) {
    Checked<XmlElement> result;
    pugi::xml_document document;
    const auto refuse = [&](std::size_t at, std::string message) {
        result.diagnostics.error("DN0001", {source, at, at}, std::move(message));
    };
    const auto& text = source->text();
    const auto parsed =
        document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
    if (!parsed) {
        refuse(static_cast<std::size_t>(parsed.offset), parsed.description());
        return result;
    }
    for (const auto& node : document.children()) {
        if (node.type() == pugi::node_doctype) {
            refuse(0, "a law file has no document type");
            return result;
        }
    }
    XmlElement root = Converter(source, result.diagnostics).element(document.document_element(), 1);
    if (!result.diagnostics.has_errors()) result.value = std::move(root);
    return result;
}

}  // namespace duenotice
