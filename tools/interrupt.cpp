#include "tools/interrupt.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <unistd.h>

namespace duenotice {

namespace {

constexpr int interrupted_exit = 130;  ///< 128 + SIGINT, as shells have it
std::array<char, 1024> last_line;
std::size_t last_length = 0;

void on_interrupt(int) {
    const ssize_t ignored = ::write(2, last_line.data(), last_length);
    static_cast<void>(ignored);
    ::_exit(interrupted_exit);
}

}  // namespace

LastWords::LastWords(const std::string& line) {
    last_length = std::min(line.size(), last_line.size());
    std::memcpy(last_line.data(), line.data(), last_length);
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
}

LastWords::~LastWords() { ::signal(SIGINT, SIG_DFL); }

HeldSignals::HeldSignals() {
    sigset_t ending;
    ::sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&ending, signal);
    ::sigprocmask(SIG_BLOCK, &ending, &before_);
}

HeldSignals::~HeldSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace duenotice
