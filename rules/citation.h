#pragma once
// A pin-point into a published text: which provision, its operative words (at most a dozen), where it is published and
// when somebody looked. A reference to another law may be frozen: as it existed on a day.

#include <optional>
#include <string>

#include "rules/date.h"
#include "rules/source_text.h"

namespace duenotice {

struct Citation {
    std::string provision;              ///< `Article 33(1)`; empty: that of the element around
    std::string words;                  ///< the operative words, at most a dozen
    std::string address;                ///< official address; empty: the law's
    std::optional<Date> as_existed_on;  ///< frozen reference
    char grade = 0;                     ///< 0: the version's
    Span span;
};

}  // namespace duenotice
