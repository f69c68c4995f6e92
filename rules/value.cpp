#include "rules/value.h"

namespace duenotice {

std::string_view name(ValueType type) {
    switch (type) {
        case ValueType::YesNo: return "yes/no";
        case ValueType::Whole: return "whole";
        case ValueType::Share: return "share";
        case ValueType::Money: return "money";
        case ValueType::Choice: return "choice";
        case ValueType::Set: return "set";
        case ValueType::Place: return "place";
        case ValueType::PlaceSet: return "place-set";
        case ValueType::Instant: return "instant";
        case ValueType::Date: return "date";
        case ValueType::Duration: return "duration";
        case ValueType::Judgement: return "judgement";
        case ValueType::Text: return "text";
    }
    return "text";
}

}  // namespace duenotice
