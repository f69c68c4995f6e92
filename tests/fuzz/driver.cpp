// Runs the fuzz targets with mutated inputs: `fuzz [TARGET ...] [--seed N] [--runs N] [--seconds N] [--input FILE] [--write N]`.
// Without targets all of them; --write keeps input N in a file. What stops a target is said with seed and number of the input, and the input is written
// to a file that --input reads. The time limit is checked between inputs; one input may take `most_seconds`.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <sys/time.h>
#include <unistd.h>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutator.h"

// Present in programs under the sanitizers only.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace duenotice::fuzz {

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr long most_seconds = 20;
#else
constexpr long most_seconds = 2;
#endif

struct Settings {
    std::vector<const Target*> chosen;
    std::uint64_t seed = 1;
    std::uint64_t runs = 2000;
    std::uint64_t write = 0;  ///< number of an input to keep
    double seconds = 1e9;
    std::string input;
};

/// What runs now, for the report of a crash.
struct Running {
    const char* target = "";
    std::uint64_t seed = 0, number = 0;
    const std::string* input = nullptr;
};
Running running;

void name_file(char* name, std::size_t size) { std::snprintf(name, size, "fuzz-%s-%llu-%llu.input", running.target, static_cast<unsigned long long>(running.seed), static_cast<unsigned long long>(running.number)); }

void keep_input(const char* name, const std::string& input) {
    if (std::FILE* out = std::fopen(name, "wb")) {
        std::fwrite(input.data(), 1, input.size(), out);
        std::fclose(out);
    }
}

void report() {
    if (running.input == nullptr) return;
    char name[200], text[600];
    name_file(name, sizeof name);
    int length = std::snprintf(text, sizeof text, "fuzz %s failed: seed %llu, input %llu of %zu bytes, in %s\nagain with: fuzz %s --seed %llu --runs %llu   or: fuzz %s --input %s\n", running.target,
                               static_cast<unsigned long long>(running.seed), static_cast<unsigned long long>(running.number), running.input->size(), name, running.target,
                               static_cast<unsigned long long>(running.seed), static_cast<unsigned long long>(running.number), running.target, name);
    keep_input(name, *running.input);
    running.input = nullptr;
    std::fwrite(text, 1, static_cast<std::size_t>(length), stderr);
    std::fflush(stderr);
}

void on_signal(int signal) {
    if (signal == SIGPROF) std::fprintf(stderr, "more than %ld seconds for one input\n", most_seconds);
    report();
    std::signal(signal, SIG_DFL);
    std::raise(signal == SIGPROF ? SIGABRT : signal);
}

void watch() {
    static char stack[64 << 10];
    stack_t other{};
    other.ss_sp = stack;
    other.ss_size = sizeof stack;
    sigaltstack(&other, nullptr);
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
    const bool sanitized = __sanitizer_set_death_callback != nullptr;
    if (sanitized) __sanitizer_set_death_callback(report);
    for (const int signal : {SIGABRT, SIGPROF, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        if (!sanitized || signal == SIGABRT || signal == SIGPROF) sigaction(signal, &action, nullptr);
}

/// Processor time, so that a busy machine is no failure.
void allow_seconds(long seconds) {
    const itimerval timer{{0, 0}, {seconds, 0}};
    setitimer(ITIMER_PROF, &timer, nullptr);
}

Outcome run_one(const Target& target, const std::string& input) {
    running.input = &input;
    allow_seconds(most_seconds);
    Outcome outcome = target.run(input);
    allow_seconds(0);
    running.input = nullptr;
    return outcome;
}

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

bool run_target(const Target& target, const Settings& settings) {
    const std::string name(target.name);
    running = {name.c_str(), settings.seed, 0, nullptr};
    const Clock::time_point start = Clock::now();
    std::vector<std::string> corpus = target.corpus();
    std::uint64_t read = 0, seeds = 0;
    std::set<std::string> kinds;
    for (const std::string& text : corpus) seeds += run_one(target, text).read ? 1 : 0;
    Mutator mutator(settings.seed, std::move(corpus));
    double slowest = 0;
    std::uint64_t slowest_number = 0;
    while (running.number < settings.runs && seconds_since(start) < settings.seconds) {
        ++running.number;
        std::string input = mutator.next();
        if (running.number == settings.write) {
            char kept[200];
            name_file(kept, sizeof kept);
            keep_input(kept, input);
        }
        const Clock::time_point began = Clock::now();
        const Outcome outcome = run_one(target, input);
        if (seconds_since(began) > slowest) {
            slowest = seconds_since(began);
            slowest_number = running.number;
        }
        read += outcome.read ? 1 : 0;
        if (kinds.insert((outcome.read ? "read " : "") + outcome.kind).second) mutator.keep(std::move(input));
    }
    std::printf("%-12s %6llu inputs in %5.1f s, %3llu %% read, %zu kinds of answer, slowest %.3f s (input %llu), seed %llu\n", name.c_str(), static_cast<unsigned long long>(running.number), seconds_since(start),
                static_cast<unsigned long long>(running.number == 0 ? 0 : read * 100 / running.number), kinds.size(), slowest, static_cast<unsigned long long>(slowest_number), static_cast<unsigned long long>(settings.seed));
    std::fflush(stdout);
    // A target that refuses everything, or nothing, tests nothing.
    if (seeds == 0) std::fprintf(stderr, "fuzz %s: no file of its corpus can be read\n", name.c_str());
    if (running.number >= 100 && kinds.size() < 2) std::fprintf(stderr, "fuzz %s: every input had the same answer\n", name.c_str());
    return seeds > 0 && (running.number < 100 || kinds.size() >= 2);
}

int usage() {
    std::fprintf(stderr, "fuzz [TARGET ...] [--seed N] [--runs N] [--seconds N] [--input FILE] [--write N]; targets:");
    for (const Target& target : targets()) std::fprintf(stderr, " %.*s", static_cast<int>(target.name.size()), target.name.data());
    std::fprintf(stderr, "\n");
    return 2;
}

bool read_settings(int argc, char** argv, Settings& settings) {
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.rfind("--", 0) != 0) {
            settings.chosen.push_back(find_target(word));
            if (settings.chosen.back() == nullptr) return false;
            continue;
        }
        if (++i == argc) return false;
        if (word == "--seed") settings.seed = std::strtoull(argv[i], nullptr, 10);
        else if (word == "--runs") settings.runs = std::strtoull(argv[i], nullptr, 10);
        else if (word == "--seconds") settings.seconds = std::strtod(argv[i], nullptr);
        else if (word == "--write") settings.write = std::strtoull(argv[i], nullptr, 10);
        else if (word == "--input") settings.input = argv[i];
        else return false;
    }
    if (settings.chosen.empty())
        for (const Target& target : targets()) settings.chosen.push_back(&target);
    return settings.input.empty() || settings.chosen.size() == 1;
}

int run(const Settings& settings) {
    watch();
    if (!settings.input.empty()) {
        std::ifstream in(settings.input, std::ios::binary);
        const std::string input{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const std::string name(settings.chosen.front()->name);
        running.target = name.c_str();
        const Outcome outcome = run_one(*settings.chosen.front(), input);
        std::printf("%s %s\n", outcome.read ? "read" : "refused", outcome.kind.c_str());
        return 0;
    }
    bool good = true;
    for (const Target* target : settings.chosen) good = run_target(*target, settings) && good;
    return good ? 0 : 1;
}

}  // namespace
}  // namespace duenotice::fuzz

int main(int argc, char** argv) {
    duenotice::fuzz::Settings settings;
    if (!duenotice::fuzz::read_settings(argc, argv, settings)) return duenotice::fuzz::usage();
    return duenotice::fuzz::run(settings);
}
