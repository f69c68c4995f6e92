// The engine as it stands: one incident against the shipped law, the load of the shipped and of a generated book, working
// days, zones, a portfolio. What is written to a stream goes nowhere.
#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include "engine/assess.h"
#include "tools/bench/book_text.h"
#include "tools/bench/dice.h"
#include "tools/bench/shipped.h"
#include "tools/commands.h"
#include "tools/parallel.h"
#include "tools/session.h"

namespace duenotice {

namespace {

/// The law sources of a folder, without calendars.
std::vector<SourcePtr> law_sources(bool shared_only) {
    std::vector<SourcePtr> sources;
    const std::string folder = bench_options().law_folder;
    for (const std::string& path : files_under(folder, ".xml")) {
        if (path.ends_with("/calendar.xml") || path.ends_with("/calendars.xml")) continue;
        const bool shared = path.starts_with(folder + "/_shared/") || path.ends_with("/jurisdiction.xml") || path.ends_with("/authorities.xml");
        if (!shared_only || shared) sources.push_back(read_source(path));
    }
    return sources;
}

void load(benchmark::State& state, const std::vector<SourcePtr>& sources, bool all_cores) {
    LoadOptions options;
    if (all_cores) options.spread = in_parallel;
    std::size_t bytes = 0, obligations = 0;
    for (const SourcePtr& source : sources) bytes += source->text().size();
    for (auto unused : state) {
        (void)unused;
        const auto book = load_rulebook(sources, options);
        if (!book) {
            state.SkipWithError(print(book.diagnostics).substr(0, 400).c_str());
            return;
        }
        obligations = (*book)->obligations.size();
    }
    state.counters["obligations"] = static_cast<double>(obligations);
    state.counters["kB"] = static_cast<double>(bytes) / 1000;
}

void load_shipped_law(benchmark::State& state) { load(state, law_sources(false), state.range(0) != 0); }
void load_generated_2000(benchmark::State& state) {
    std::vector<SourcePtr> sources = law_sources(true);
    for (const std::string& text : generated_laws(2000)) sources.push_back(std::make_shared<const SourceText>("generated-" + std::to_string(sources.size()), text));
    load(state, sources, state.range(0) != 0);
}

std::shared_ptr<const Incident> read_ten_places(Session& session, std::uint64_t number) {
    return session.read_text(std::make_shared<const SourceText>("incident", incident_text(number, 10)));
}

void assess_ten_places(benchmark::State& state, bool explain) {
    Session* const session = shipped_session();
    if (session == nullptr) return state.SkipWithError("the shipped law has mistakes");
    std::shared_ptr<const Incident> incident;
    try {
        incident = read_ten_places(*session, 1);
    } catch (const InputMistakes& mistakes) {
        return state.SkipWithError(print(mistakes.diagnostics).substr(0, 400).c_str());
    }
    AssessOptions options;
    options.explain = options.questions = options.content = explain;
    std::size_t duties = 0;
    for (auto unused : state) {
        (void)unused;
        const Assessment assessment = session->assess(incident, options);
        duties = assessment.duties.size();
    }
    state.counters["duties"] = static_cast<double>(duties);
    state.counters["obligations"] = static_cast<double>(session->law().obligations.size());
}
void assess_verdicts_and_dates(benchmark::State& state) { assess_ten_places(state, false); }
void assess_with_explanations(benchmark::State& state) { assess_ten_places(state, true); }

void read_one_incident(benchmark::State& state) {
    Session* const session = shipped_session();
    if (session == nullptr) return state.SkipWithError("the shipped law has mistakes");
    const auto text = std::make_shared<const SourceText>("incident", incident_text(1, 10));
    for (auto unused : state) {
        (void)unused;
        const IncidentSources sources{text, {}, {}, Instant{bench_as_of_seconds}, false};
        const auto incident = read_incident(sources, session->law(), session->world().zones);
        if (!incident) return state.SkipWithError(print(incident.diagnostics).substr(0, 400).c_str());
    }
    state.counters["bytes"] = static_cast<double>(text->text().size());
}

void advance_working_days(benchmark::State& state) {
    Session* const session = shipped_session();
    const Calendar* const calendar = session == nullptr ? nullptr : session->world().calendars->find("de");
    if (calendar == nullptr) return state.SkipWithError("no calendar de");
    std::array<std::pair<Date, int>, 4096> asked;
    Dice dice(1);
    const std::int32_t first = Date::from_days(20000).days_since_1970();
    for (auto& [day, days] : asked) {
        day = Date::from_days(first + static_cast<std::int32_t>(dice.below(1500)));
        days = static_cast<int>(dice.between(1, 60));
    }
    std::int64_t sum = 0;
    for (auto unused : state) {
        (void)unused;
        for (const auto& [day, days] : asked)
            if (const auto found = calendar->advance(day, days)) sum += found->days_since_1970();
    }
    benchmark::DoNotOptimize(sum);
    state.counters["advances/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * asked.size(), benchmark::Counter::kIsRate);
}

void zone_conversion(benchmark::State& state, bool to_local) {
    Session* const session = shipped_session();
    const Zone* const zone = session == nullptr ? nullptr : session->world().zones.find("America/New_York");
    if (zone == nullptr) return state.SkipWithError("no zone America/New_York");
    std::array<Instant, 4096> instants;
    Dice dice(1);
    for (Instant& instant : instants) instant = Instant{1'500'000'000 + static_cast<std::int64_t>(dice.below(600'000'000))};
    std::array<LocalTime, 4096> locals;
    for (std::size_t i = 0; i < instants.size(); ++i) locals[i] = zone->local(instants[i]);
    std::int64_t sum = 0;
    for (auto unused : state) {
        (void)unused;
        if (to_local)
            for (const Instant instant : instants) sum += zone->local(instant).seconds;
        else
            for (const LocalTime& local : locals) sum += zone->resolve(local.date, local.seconds, {}).instant.seconds;
    }
    benchmark::DoNotOptimize(sum);
    state.counters["conversions/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * instants.size(), benchmark::Counter::kIsRate);
}
void zone_utc_to_local(benchmark::State& state) { zone_conversion(state, true); }
void zone_local_to_utc(benchmark::State& state) { zone_conversion(state, false); }

/// A stream that keeps a count and nothing else.
class Nowhere : public std::streambuf {
public:
    std::size_t bytes = 0;

private:
    int_type overflow(int_type c) override {
        ++bytes;
        return c == traits_type::eof() ? 0 : c;
    }
    std::streamsize xsputn(const char*, std::streamsize count) override {
        bytes += static_cast<std::size_t>(count);
        return count;
    }
};

/// Portfolio throughput with one and with two threads, JSON lines.
void batch_json_lines(benchmark::State& state) {
    constexpr std::uint64_t lines = 512;
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "duenotice_bench_portfolio.jsonl";
    {
        std::ofstream file(path, std::ios::binary);
        for (std::uint64_t i = 0; i < lines; ++i) file << incident_text(i, 3) << "\n";
    }
    Session* const session = shipped_session();
    if (session == nullptr) return state.SkipWithError("the shipped law has mistakes");
    BatchOptions batch;
    batch.input = path.string();
    batch.threads = static_cast<unsigned>(state.range(0));
    Nowhere out_buffer, err_buffer;
    std::ostream out(&out_buffer), err(&err_buffer);
    int rc = 0;
    for (auto unused : state) {
        (void)unused;
        rc = run_batch(*session, batch, out, err);
    }
    std::filesystem::remove(path);
    if (rc != 0) state.SkipWithError(("batch ended with " + std::to_string(rc)).c_str());
    state.counters["incidents/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * lines, benchmark::Counter::kIsRate);
    state.counters["bytes_out"] = static_cast<double>(out_buffer.bytes) / static_cast<double>(state.iterations()) / lines;
}

BENCHMARK(assess_verdicts_and_dates)->Unit(benchmark::kMicrosecond);
BENCHMARK(assess_with_explanations)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_one_incident)->Unit(benchmark::kMicrosecond);
BENCHMARK(load_shipped_law)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(load_generated_2000)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(advance_working_days)->Unit(benchmark::kMicrosecond);
BENCHMARK(zone_utc_to_local)->Unit(benchmark::kMicrosecond);
BENCHMARK(zone_local_to_utc)->Unit(benchmark::kMicrosecond);
BENCHMARK(batch_json_lines)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

}  // namespace duenotice
