#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace duenotice::fuzz {

namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const std::filesystem::path root = DUENOTICE_SOURCE_DIR;

/// A target that breaks on purpose: a test looks whether the fault is found and said.
std::vector<std::string> fault_corpus() { return {"<a b='c'>d</a>"}; }
Outcome run_fault(const std::string& bytes) {
    require(bytes.find("<<") == std::string::npos, "no two opening brackets stand side by side");
    return {true, {}};
}

}  // namespace

const std::vector<Target>& targets() {
    static const std::vector<Target> all = [] {
        std::vector<Target> list;
        for (const auto& some : {law_targets(), account_targets(), time_targets(), intake_targets(), record_targets()}) list.insert(list.end(), some.begin(), some.end());
        std::sort(list.begin(), list.end(), [](const Target& a, const Target& b) { return a.name < b.name; });
        return list;
    }();
    return all;
}

const Target* find_target(std::string_view name) {
    static const Target fault{"fault", fault_corpus, run_fault};
    if (name == fault.name) return &fault;
    for (const Target& target : targets())
        if (target.name == name) return &target;
    return nullptr;
}

void require(bool holds, std::string_view promise, std::string_view broken_by) {
    if (holds) return;
    std::fprintf(stderr, "%.*s\n", static_cast<int>(broken_by.size()), broken_by.data());
    std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
    std::fflush(stderr);
    std::abort();
}

bool printable(std::string_view text) {
    return first_invalid_utf8(text) == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\n' || c == '\t'; });
}

std::string codes_of(const Diagnostics& diagnostics) {
    std::set<std::string> codes;
    const auto inside = [](const Span& span) { return span.source == nullptr || (span.begin <= span.end && span.end <= span.source->text().size()); };
    for (const Diagnostic& diagnostic : diagnostics.items()) {
        codes.insert(diagnostic.code);
        require(diagnostic.code.size() == 6 && diagnostic.code.rfind("DN", 0) == 0, "every message has a code");
        require(!diagnostic.message.empty(), "every message says something");
        require(inside(diagnostic.span), "every message has its place inside the text");
        for (const auto& [span, words] : diagnostic.related) require(inside(span) && !words.empty(), "related places lie inside their texts");
    }
    if (!diagnostics.items().empty() || diagnostics.dropped() > 0) require(printable(print(diagnostics)), "messages can be shown on a terminal");
    std::string all;
    for (const std::string& code : codes) all += code + " ";
    return all;
}

SourcePtr source(std::string name, std::string text) { return std::make_shared<const SourceText>(std::move(name), std::move(text)); }

std::string file(const std::string& path_from_root) { return bytes_of(root / path_from_root); }

std::vector<std::string> files(const std::string& folder, const std::string& ending) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(root / folder))
        if (entry.path().extension() == ending) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> texts;
    for (const auto& path : paths) texts.push_back(bytes_of(path));
    return texts;
}

std::string zone_file(const std::string& name) { return bytes_of("/usr/share/zoneinfo/" + name); }

const ZoneSet& five_zones() {
    static const ZoneSet set = [] {
        std::vector<ZoneSource> sources;
        for (const char* name : {"Etc/UTC", "Europe/Berlin", "America/New_York", "America/Chicago", "Asia/Singapore"}) sources.push_back({name, zone_file(name)});
        return *load_zones(std::move(sources), "fuzz");
    }();
    return set;
}

}  // namespace duenotice::fuzz
