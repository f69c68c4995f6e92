#pragma once
// Ctrl-C, a closed terminal or a stop from outside during an interview: what has been answered stays on disk whole, and
// one line says so. While the file is being written the signal waits.

#include <csignal>
#include <string>

namespace duenotice {

/// While it lives, Ctrl-C prints the line on standard error and ends the program with 130.
class LastWords {
public:
    explicit LastWords(const std::string& line);
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;
};

/// While it lives, signals that end the program wait.
class HeldSignals {
public:
    HeldSignals();
    ~HeldSignals();
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

private:
    sigset_t before_{};
};

}  // namespace duenotice
