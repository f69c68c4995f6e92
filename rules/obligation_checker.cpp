#include "rules/obligation_checker.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "rules/version_checker.h"

namespace duenotice {

namespace {

using Labels = std::set<std::string>;

bool is_subset(const Labels& a, const Labels& b) {
    return std::includes(b.begin(), b.end(), a.begin(), a.end());
}
bool overlaps(const Labels& a, const Labels& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& label) { return b.count(label) != 0; });
}

template <class List, class Label>
Labels labels_of(const List& list, Label label) {
    Labels labels;
    for (const auto& item : list)
        if (!label(item).empty()) labels.insert(label(item));
    return labels;
}

/// What picks the version, as words; versions picked by different dates are not compared.
std::string relevant_words(const Version& version) {
    std::string words = version.relevant ? print(*version.relevant) : std::string();
    for (const ConditionReading& reading : version.relevant_readings) words += "|" + print(*reading.condition->left);
    return words;
}

class ObligationChecker {
public:
    ObligationChecker(Obligation& obligation, const BookNames& names, const LoadOptions& options,
                      Diagnostics& diagnostics)
        : obligation_(obligation), names_(names), options_(options), diagnostics_(diagnostics) {}

    void run() {
        place();
        election();
        for (Version& version : obligation_.versions) {
            check_version(obligation_, version, names_.law(obligation_.law), names_, options_, diagnostics_);
            readings(version);
        }
        in_time();
        if (options_.strict_examples) examples();
        for (const Example& example : obligation_.examples) check_example(example, true, names_, diagnostics_);
    }

private:
    void place() {
        if (obligation_.place.empty() || names_.is_place(obligation_.place)) return;
        diagnostics_
            .error("DN0345", obligation_.span, fmt::format("there is no place or group `{}`", obligation_.place),
                   "codes of ISO 3166, or a group of groups.xml")
            .suggestion = names_.near_place(obligation_.place);
    }

    void election() {
        if (obligation_.election.empty() || obligation_.elects.empty()) return;
        const Vocabulary& vocabulary = *names_.names().vocabulary;
        const FactDeclaration* fact = vocabulary.find(obligation_.election);
        if (fact == nullptr)
            diagnostics_.error("DN0356", obligation_.span, fmt::format("there is no fact `{}`", obligation_.election))
                .suggestion = vocabulary.suggest(obligation_.election);
        else if (!fact->choice_index(obligation_.elects))
            diagnostics_.error("DN0356", obligation_.span,
                               fmt::format("`{}` has no choice `{}`", obligation_.election, obligation_.elects));
    }

    /// Labels of two parts are the same (each is a reading of both) or have none in common (every combination).
    void readings(const Version& version) {
        const auto by_label = [](const ConditionReading& reading) -> const std::string& { return reading.label; };
        std::pair<std::string_view, Labels> parts[] = {{"relevant", labels_of(version.relevant_readings, by_label)},
                                                       {"who", labels_of(version.who, by_label)},
                                                       {"when", labels_of(version.when, by_label)}};
        Labels all;
        for (const auto& [name, labels] : parts) {
            if (labels.size() == 1 && name != "who") lonely(version, name, *labels.begin());
            for (const auto& [other_name, other] : parts) {
                if (other_name == name) break;
                if (labels == other || !overlaps(labels, other)) continue;
                diagnostics_.error(
                    "DN0368", version.span,
                    fmt::format("`{}` and `{}` have some readings in common and some not", other_name, name),
                    "give both parts the same labels, or labels of their own");
            }
            all.insert(labels.begin(), labels.end());
        }
        const Labels exceptions =
            labels_of(version.exceptions, [](const ExceptionRule& rule) -> const std::string& { return rule.reading; });
        if (!exceptions.empty() && !is_subset(exceptions, all) && (overlaps(exceptions, all) || exceptions.size() == 1))
            diagnostics_.error(
                "DN0368", version.span,
                fmt::format("the exception's reading `{}` has no other reading beside it", *exceptions.begin()),
                "use a label of `<when>`, or give two exceptions a reading each");
    }

    void lonely(const Version& version, std::string_view part, const std::string& label) {
        const bool another =
            part != "relevant" && std::any_of(version.when.begin(), version.when.end(),
                                              [](const ConditionReading& reading) { return reading.label.empty(); });
        diagnostics_.warning("DN0368", version.span, fmt::format("`{}` is the only reading of `{}`", label, part),
                             another ? "a `when` without `reading` holds under every reading" : "");
    }

    /// Versions in the order of their first days, without proposed ones and those for a class of their own.
    std::vector<const Version*> dated() const {
        std::vector<const Version*> list;
        for (const Version& version : obligation_.versions)
            if (!version.from_when && version.status != "proposed") list.push_back(&version);
        std::stable_sort(list.begin(), list.end(), [](const Version* a, const Version* b) {
            return a->from.value_or(Date::from_days(-1'000'000)) < b->from.value_or(Date::from_days(-1'000'000));
        });
        return list;
    }

    void in_time() {
        const std::vector<const Version*> list = dated();
        if (list.size() < 2) return;
        for (std::size_t i = 1; i < list.size(); ++i)  // the first may hold since ever
            if (!list[i]->from)
                diagnostics_.error("DN0352", list[i]->span, "of several versions only one may lack `from`")
                    .related.emplace_back(list[0]->span, "the other");
        for (std::size_t i = 1; i < list.size(); ++i) {
            const Version &before = *list[i - 1], &here = *list[i];
            if (!here.from || relevant_words(before) != relevant_words(here)) continue;
            if (!before.until || *here.from < *before.until) {
                const std::string end =
                    before.until ? fmt::format("ends on {}", before.until->iso()) : "has no `until`";
                diagnostics_
                    .error("DN0353", here.span,
                           fmt::format("this version begins on {}, and the one before {}", here.from->iso(), end))
                    .related.emplace_back(before.span, "the one before");
            } else if (*before.until < *here.from) {
                diagnostics_
                    .warning("DN0354", here.span,
                             fmt::format("from {} to {} no version is in force", before.until->iso(), here.from->iso()))
                    .related.emplace_back(before.span, "the one before");
            }
        }
    }

    void examples() {
        bool owed = false, not_owed = false;
        const auto look = [&](const std::vector<Example>& list, bool own) {
            for (const Example& example : list)
                for (const Expectation& expectation : example.expectations) {
                    const std::string id = expectation.duty.substr(0, expectation.duty.find('@'));
                    if (id.empty() ? !own : id != obligation_.id) continue;
                    for (const auto& [attribute, value] : expectation.values) {
                        if (attribute != "owed") continue;
                        owed = owed || value == "yes";
                        not_owed = not_owed || value == "no" || value == "none";
                    }
                }
        };
        look(obligation_.examples, true);
        if (const Law* law = names_.law(obligation_.law)) look(law->examples, false);
        const std::string_view missing = !owed && !not_owed ? "that is owed and none that is not"
                                         : !owed            ? "that is owed"
                                                            : "that is not owed";
        if (!owed || !not_owed)
            diagnostics_.error("DN0355", obligation_.span,
                               fmt::format("`{}` has no example {}", obligation_.id, missing));
    }

    Obligation& obligation_;
    const BookNames& names_;
    const LoadOptions& options_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_obligation(Obligation& obligation, const BookNames& names, const LoadOptions& options,
                      Diagnostics& diagnostics) {
    Diagnostics own;
    ObligationChecker(obligation, names, options, own).run();
    if (!obligation.instance.source) return diagnostics.append(own);
    Diagnostics placed;
    for (Diagnostic item : own.items()) {
        item.related.emplace_back(obligation.instance, fmt::format("in the instance for {}", obligation.place));
        placed.add(std::move(item));
    }
    diagnostics.append(placed);
}

void check_example(const Example& example, bool own, const BookNames& names, Diagnostics& diagnostics) {
    if (!example.place.empty() && !names.is_place(example.place))
        diagnostics.error("DN0345", example.span, fmt::format("there is no place or group `{}`", example.place))
            .suggestion = names.near_place(example.place);
    for (const Expectation& expectation : example.expectations) {
        const bool family = std::any_of(expectation.values.begin(), expectation.values.end(),
                                        [](const auto& value) { return value.first == "family"; });
        const std::string id = expectation.duty.substr(0, expectation.duty.find('@'));
        if (id.empty()) {
            if (!own && !family)
                diagnostics.error("DN0366", expectation.span, "an example of a whole law says which duty it means",
                                  "add `duty`, the id of an obligation or of a duty");
        } else if (names.obligation(id) == nullptr) {
            diagnostics.error("DN0366", expectation.span, fmt::format("there is no obligation `{}`", id)).suggestion =
                names.near_obligation(id);
        }
    }
}

}  // namespace duenotice
