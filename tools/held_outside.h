#pragma once
// What somebody who verifies holds himself, from the options --held-key and --held-checkpoint.

#include <string>

#include "engine/record/record_verifier.h"

namespace duenotice {

/// `key` is NAME+ID+KEY or a file with it, `checkpoint` a file; either may be empty. InputMistakes at `file` where the key
/// is none.
Outside held_outside(const std::string& file, const std::string& key, const std::string& checkpoint);

}  // namespace duenotice
