#include "tools/told_lines.h"

#include <algorithm>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "reports/escape.h"
#include "reports/outlook.h"
#include "reports/plain_words.h"
#include "reports/text_layout.h"
#include "tools/case_file_door.h"
#include "tools/notice_now.h"

namespace duenotice {

namespace {

constexpr std::string_view not_known_words = "not known yet";

/// What the account states of the fact; null where nobody spoke of it.
const FactRecord* record_of(const Incident& incident, const RuleBook& law, const std::string& fact, const AccountPath& path) {
    for (const FactRecord& record : incident.facts)
        if (law.vocabulary.at(record.ground.fact).name == fact && !record.history.empty() && within(path, frame_path(record.ground.frame, incident))) return &record;
    return nullptr;
}

std::string precision_of(const FactRecord* was, const FactDeclaration& declaration) {
    if (was == nullptr || was->current().value.is_open(declaration)) return "not known";
    const std::string words = was->current().value.is_exact(declaration) ? "exact" : "range";
    return was->current().estimated ? words + ", estimate" : words;
}

void add_line(std::vector<ToldLine>& lines, const ToldNotice& notice, const ToldField& field, const Known& was, const Known& is, const std::string& precision, const FactDeclaration& declaration) {
    for (ToldLine& earlier : lines)
        if (earlier.notice->subject.recipient == notice.subject.recipient && earlier.field->fact == field.fact && earlier.field->path == field.path) earlier.newest = false;
    lines.push_back({&notice, &field, compare_told(was, is), is.is_open(declaration) ? std::string(not_known_words) : words(is, declaration), precision, true});
}

/// What the account held of a fact; open where nobody spoke of it.
Known held(const Incident& incident, const RuleBook& law, const ToldField& field) {
    const auto known = known_of(incident, law, field.fact, field.path);
    return known ? *known : Known::open(*law.vocabulary.find(field.fact));
}

/// When a filing went out.
std::optional<Instant> went_out(const Filing& filing) { return filing.submitted_at ? filing.submitted_at : filing.dispatched_at ? filing.dispatched_at : filing.published_at; }

/// The filings as statements.
class FilingReader {
public:
    explicit FilingReader(const Assessment& assessment) : assessment_(assessment), law_(*assessment.law) {}

    std::vector<ToldNotice> read() {
        std::vector<const Filing*> sent;
        for (const Filing& filing : assessment_.incident->filings)
            if (went_out(filing)) sent.push_back(&filing);
        std::stable_sort(sent.begin(), sent.end(), [](const Filing* a, const Filing* b) { return *went_out(*a) < *went_out(*b); });
        for (const Filing* filing : sent) notice(*filing);
        return std::move(notices_);
    }

private:
    void notice(const Filing& filing) {
        const Instant at = *went_out(filing);
        then_ = std::make_shared<const Incident>(assessment_.incident->as_known_at(at));
        ToldNotice made{0, filing.id, iso_utc(at), {{}, filing.obligation, filing.entity, filing.recipient}, {}};
        seen_.clear();
        for (const Duty& duty : assessment_.duties) {
            if (std::find(duty.filings.begin(), duty.filings.end(), filing.id) == duty.filings.end()) continue;
            made.subject.duty = made.subject.duty.empty() ? duty.id : made.subject.duty;
            for (const ContentState& item : duty.content)
                if (!item.fact.empty() && item.mode != "forbidden" && item.mode != "heading" && item.applies != Truth::No) fields(filing, duty, item, made);
        }
        notices_.push_back(std::move(made));
    }

    /// The item's fact in each part of the duty's frame of which the account speaks, else in the frame itself.
    void fields(const Filing& filing, const Duty& duty, const ContentState& item, ToldNotice& made) {
        const FactDeclaration* declaration = law_.vocabulary.find(item.fact);
        if (declaration == nullptr) return;
        const auto fits = [](std::int32_t of_fact, std::int32_t of_duty) { return of_fact < 0 || of_duty < 0 || of_fact == of_duty; };
        std::set<Frame> frames;
        for (const FactRecord& record : assessment_.incident->facts) {
            const Frame& frame = record.ground.frame;
            if (record.ground.fact == declaration->id && fits(frame.entity, duty.frame.entity) && fits(frame.population, duty.frame.population) && fits(frame.place, duty.frame.place) && fits(frame.contract, duty.frame.contract) && fits(frame.event, duty.frame.event) && fits(frame.series, duty.frame.series)) frames.insert(frame);
        }
        for (const Frame& frame : frames) {
            ToldField field{item.id, item.label, {}, frame_path(frame, *assessment_.incident), item.fact, 0};
            if (!seen_.insert({field.fact, field.path}).second) continue;
            const bool marked = std::find(filing.unknown.begin(), filing.unknown.end(), item.fact) != filing.unknown.end();
            const Known was = marked ? Known::open(*declaration) : held(*then_, law_, field);
            field.value = was.is_open(*declaration) ? std::string(not_known_words) : words(was, *declaration);
            made.fields.push_back(std::move(field));
        }
    }

    const Assessment& assessment_;
    const RuleBook& law_;
    std::shared_ptr<const Incident> then_;
    std::set<std::pair<std::string, AccountPath>> seen_;
    std::vector<ToldNotice> notices_;
};

/// Of what a value is told: `people concerned [staff, US-TX]`, without the entity whose notice it is.
std::string of_what(const ToldLine& line, const RuleBook& law) {
    const FactDeclaration* declaration = law.vocabulary.find(line.field->fact);
    std::string where;
    for (std::size_t i = 0; i + 1 < line.field->path.size(); i += 2)
        if (line.field->path[i] != "entities" || line.field->path[i + 1] != line.notice->subject.entity) where += (where.empty() ? "" : ", ") + line.field->path[i + 1];
    return (declaration == nullptr ? line.field->fact : short_fact(*declaration)) + (where.empty() ? "" : " [" + where + "]");
}

std::string notice_words(const ToldNotice& notice, const ReportContext& context) {
    const RuleBook& law = *context.assessment.law;
    const Obligation* obligation = law.find_obligation(notice.subject.obligation);
    const auto at = parse_instant(notice.at);
    return fmt::format("{}  {}  {} to {}: {}", notice.filing, at ? local_words(*at, context.main_zone()) + " " + zone_city(context.main_zone().name()) : notice.at, short_entity(notice.subject.entity, context.assessment), recipient_name(notice.subject.recipient, law), obligation == nullptr ? notice.subject.obligation : obligation->title);
}

void print_between(const std::vector<ToldLine>& lines, const RuleBook& law, std::ostream& out) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const ToldLine &a = lines[j], &b = lines[i];
            if (!a.newest || !b.newest || a.notice->subject.recipient == b.notice->subject.recipient || a.field->fact != b.field->fact || a.field->path != b.field->path || a.field->value == b.field->value) continue;
            out << indented(escape_terminal(fmt::format("DIFFERS between recipients: {}: told {} `{}` ({}), and {} `{}` ({})", of_what(a, law), recipient_name(a.notice->subject.recipient, law), a.field->value, a.notice->filing, recipient_name(b.notice->subject.recipient, law), b.field->value, b.notice->filing)), 0, 80);
        }
}

}  // namespace

std::string recipient_name(const std::string& id, const RuleBook& law) {
    const Authority* authority = law.find_authority(id);
    return authority == nullptr ? id.empty() ? "all recipients" : word_as_text(id) : authority->short_title.empty() ? authority->title : authority->short_title;
}

std::optional<Known> known_of(const Incident& incident, const RuleBook& law, const std::string& fact, const AccountPath& path) {
    const FactRecord* found = record_of(incident, law, fact, path);
    return found == nullptr ? std::nullopt : std::optional(found->current().value);
}

std::vector<ToldLine> told_lines(Session& session, const std::vector<RecordedEntry>& entries, const std::vector<ToldNotice>& notices, const std::string& case_path) {
    std::vector<ToldLine> lines;
    if (notices.empty()) return lines;
    const RuleBook& law = session.law();
    const auto now = session.read_case(account_of_entries(entries, case_path, {}), case_path);
    for (const ToldNotice& notice : notices) {
        const std::vector<RecordedEntry> first(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(notice.entry + 1));
        const auto then = session.read_case(account_of_entries(first, case_path, {}), case_path);
        for (const ToldField& field : notice.fields) {
            const FactDeclaration* declaration = field.fact.empty() ? nullptr : law.vocabulary.find(field.fact);
            if (declaration == nullptr) continue;
            const auto was = known_of(*then, law, field.fact, field.path), is = known_of(*now, law, field.fact, field.path);
            if (was && is) add_line(lines, notice, field, *was, *is, precision_of(record_of(*then, law, field.fact, field.path), *declaration), *declaration);
        }
    }
    return lines;
}

std::vector<ToldNotice> notices_of_filings(const Assessment& assessment) { return FilingReader(assessment).read(); }

std::vector<ToldLine> told_lines(const Assessment& assessment, const std::vector<ToldNotice>& notices) {
    std::vector<ToldLine> lines;
    const RuleBook& law = *assessment.law;
    for (const ToldNotice& notice : notices) {
        const auto at = parse_instant(notice.at);
        const Incident then = assessment.incident->as_known_at(*at);
        for (const ToldField& field : notice.fields) {
            const FactDeclaration& declaration = *law.vocabulary.find(field.fact);
            const Known was = field.value == not_known_words ? Known::open(declaration) : held(then, law, field);
            const FactRecord* stated = field.value == not_known_words ? nullptr : record_of(then, law, field.fact, field.path);
            add_line(lines, notice, field, was, held(*assessment.incident, law, field), precision_of(stated, declaration), declaration);
        }
    }
    return lines;
}

std::vector<const Duty*> updates_after(const ToldNotice& notice, const Assessment& assessment) {
    std::vector<const Duty*> found;
    const Obligation* told = assessment.law->find_obligation(notice.subject.obligation);
    if (told == nullptr) return found;
    for (const Duty& duty : assessment.duties) {
        const Obligation& obligation = assessment.law->obligations[duty.obligation];
        if (obligation.law != told->law || duty.entity != notice.subject.entity || duty.verdict == Verdict::NotOwed) continue;
        const bool later = obligation.id != told->id && obligation.act == Act::Tell && !obligation.stage.empty() && duty.done == Done::Nothing;
        if (obligation.act != Act::Update && !later) continue;
        const bool same = std::any_of(duty.recipients.begin(), duty.recipients.end(), [&](const Recipient& recipient) { return recipient.id == notice.subject.recipient && recipient.owed != Truth::No; });
        if (same) found.push_back(&duty);
    }
    std::stable_sort(found.begin(), found.end(), [&](const Duty* a, const Duty* b) {
        const auto key = [&](const Duty* duty) { return std::tuple(assessment.law->obligations[duty->obligation].act != Act::Update, duty->deadline.counted ? duty->deadline.counted->seconds : INT64_MAX, duty->id); };
        return key(a) < key(b);
    });
    return found;
}

std::string update_words(const ToldNotice& notice, const ReportContext& context) {
    std::string text;
    for (const Duty* duty : updates_after(notice, context.assessment)) {
        const Modality modality = obligation_of(*duty, context.assessment).modality;
        text += (text.empty() ? "" : "; ") + obligation_of(*duty, context.assessment).title + " [" + law_name_brief(*duty, context.assessment) + "], " + std::string(modality == Modality::May ? "allowed" : owed_word(duty->verdict));
        if (duty->deadline.counted) text += ", by " + local_words(*duty->deadline.counted, context.main_zone(), true) + " " + zone_city(context.main_zone().name());
    }
    return text;
}

void print_told(const std::vector<ToldLine>& lines, const Assessment& assessment, const ReportContext& context, bool all, std::ostream& out) {
    std::size_t counts[3] = {};
    const ToldNotice* notice = nullptr;
    for (const ToldLine& line : lines) {
        if (line.newest) ++counts[static_cast<std::size_t>(line.now)];
        if (!all && (!line.newest || line.now == ToldNow::Same)) continue;
        if (notice != line.notice) {
            out << indented(escape_terminal(notice_words(*line.notice, context)), 0, 80);
            const std::string updates = update_words(*line.notice, context);
            out << indented(escape_terminal(updates.empty() ? "the law on file has no update and no later stage: people decide whether to tell it" : "the law asks: " + updates), 2, 80);
        }
        notice = line.notice;
        out << indented(escape_terminal(fmt::format("{}: told `{}`, now `{}`: {}{}", of_what(line, *assessment.law), line.field->value, line.value_now, name(line.now), line.newest ? "" : ", told anew since")), 2, 80);
    }
    print_between(lines, *assessment.law, out);
    out << fmt::format("{} told: {} the same, {} newer known, {} contradicting\n", count_words(counts[0] + counts[1] + counts[2], "value", "values"), counts[0], counts[1], counts[2]);
}

}  // namespace duenotice
