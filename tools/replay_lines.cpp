#include "tools/replay_lines.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/outlook.h"

namespace duenotice {

Replayed replay_lines(const KeptRecord& record, const std::vector<RecordedAssessment>& assessments, const Options& options, std::ostream& out, const std::function<void(const Replay&)>& each) {
    Replayed replayed;
    for (const RecordedAssessment& assessment : assessments) {
        const Replay made = replay(record, assessment, options);
        ++replayed.count;
        replayed.same += made.outcome == Replay::Outcome::Same ? 1 : 0;
        replayed.erased += made.outcome == Replay::Outcome::Erased ? 1 : 0;
        replayed.withheld += made.outcome == Replay::Outcome::Withheld ? 1 : 0;
        out << fmt::format("entry {}  as of {}  {}\n", assessment.seq, escape_terminal(assessment.asked.as_of), escape_terminal(made.outcome != Replay::Outcome::Same ? made.words : made.words.empty() ? "same bytes" : "same bytes, " + made.words));
        if (each) each(made);
    }
    out << fmt::format("{}: {} the same, {} erased, {}{} not\n", count_words(replayed.count, "assessment", "assessments"), replayed.same, replayed.erased, replayed.withheld > 0 ? fmt::format("{} withheld, ", replayed.withheld) : std::string(),
                       replayed.count - replayed.same - replayed.erased - replayed.withheld);
    return replayed;
}

std::vector<RecordedAssessment> spread_sample(std::vector<RecordedAssessment> assessments, std::size_t most) {
    if (most == 0 || assessments.size() <= most) return assessments;
    std::vector<RecordedAssessment> sample;
    const std::size_t last = assessments.size() - 1, gaps = std::max<std::size_t>(1, most - 1);
    for (std::size_t i = 0; i < most; ++i) sample.push_back(std::move(assessments[most == 1 ? last : i * last / gaps]));
    return sample;
}

}  // namespace duenotice
