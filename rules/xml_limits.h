#pragma once
// Reading XML that is no law or data file, with limits of its own: sheets of a workbook are larger than any law.

#include "rules/xml_reader.h"

namespace duenotice {

struct XmlLimits {
    std::size_t bytes = xml_most_bytes;
    int depth = xml_most_depth;
    std::size_t nodes = xml_most_nodes;
};

Checked<XmlElement> read_xml(SourcePtr source, const XmlLimits& limits);

}  // namespace duenotice
