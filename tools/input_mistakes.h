#pragma once
// What a command throws when the law, a calendar or an account has mistakes: all of them, with their places.

#include "rules/diagnostic.h"

namespace duenotice {

/// Printed on stderr by main, exit 3.
struct InputMistakes {
    Diagnostics diagnostics;
};

}  // namespace duenotice
