#pragma once
// Texts to the parts of a book: each file is read, its shape judged and its law parsed while it is at hand, then let go.
// Messages come in the order of the stages (all files read, all shapes, then facts and laws), so a file about which there
// is something to say is kept and judged again when its turn has come.

#include <span>

#include "rules/book_parts.h"
#include "rules/diagnostic.h"
#include "rules/spread.h"
#include "rules/xml_reader.h"

namespace duenotice {

/// False when the names of the book are not known because a file could not be read.
bool read_book(std::span<const SourcePtr> sources, const Spread& spread, BookParts& parts, Diagnostics& diagnostics);

}  // namespace duenotice
