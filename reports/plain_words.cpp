#include "reports/plain_words.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "reports/wording.h"

namespace duenotice {

namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-'; }

/// The words of one name in an expression; names that nobody declared keep their letters.
std::string word_for(const std::string& name, const RuleBook& law) {
    if (const FactDeclaration* declaration = law.vocabulary.find(name)) return short_fact(*declaration);
    if (const Obligation* obligation = law.find_obligation(name)) return "\"" + obligation->title + "\"";
    if (const Definition* definition = law.find_definition(name)) return definition->title.empty() ? name : definition->title;
    std::string plain = name;
    if (name.find('.') == std::string::npos) std::replace(plain.begin(), plain.end(), '_', ' ');
    return plain;
}

std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0) return i;
    }
    return std::string_view::npos;
}

/// The parts of a list, at its own commas.
std::vector<std::string_view> parts_of(std::string_view list) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size()) depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
        if (i < list.size() && (list[i] != ',' || depth > 0)) continue;
        std::string_view part = list.substr(begin, i - begin);
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        if (!part.empty()) parts.push_back(part);
        begin = i + 1;
    }
    return parts;
}

std::string list_words(std::string_view kind, std::string_view list, const RuleBook& law) {
    const std::vector<std::string_view> parts = parts_of(list);
    std::string text = "the " + std::string(kind) + " of ";
    for (std::size_t i = 0; i < parts.size(); ++i) text += std::string(i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + in_plain_words(parts[i], law);
    return text;
}

/// `filed first OBLIGATION act dispatched` and the like: the words between the parts go.
std::string filing_words(std::string_view text, const RuleBook& law) {
    std::string title, act, word;
    std::string previous;
    const auto take = [&] {
        if (word.empty()) return;
        if (previous == "act") act = word;
        else if (title.empty() && law.find_obligation(word) != nullptr) title = word_for(word, law);
        previous = word;
        word.clear();
    };
    for (const char c : text) {
        if (is_word(c)) word += c;
        else take();
    }
    take();
    if (title.empty()) return std::string(text);
    return title + " is " + (act.empty() ? "filed" : act);
}

std::vector<std::string> frame_parts(const Frame& frame, const Frame* without, const Assessment& assessment) {
    const Incident& incident = *assessment.incident;
    std::vector<std::string> parts;
    const auto at = [](const auto& list, std::int32_t index) -> const auto& { return list[static_cast<std::size_t>(index)]; };
    const auto fresh = [&](std::int32_t Frame::* part) { return frame.*part >= 0 && (without == nullptr || without->*part != frame.*part); };
    if (fresh(&Frame::entity)) parts.push_back(short_entity(at(incident.entities, frame.entity).id, assessment));
    if (fresh(&Frame::population) && !at(incident.populations, frame.population).implicit) parts.push_back(at(incident.populations, frame.population).id);
    if (fresh(&Frame::place)) parts.push_back(at(incident.places, frame.place).code);
    if (fresh(&Frame::contract)) parts.push_back(at(incident.contracts, frame.contract).party.empty() ? at(incident.contracts, frame.contract).id : at(incident.contracts, frame.contract).party);
    if (fresh(&Frame::event)) parts.push_back(at(incident.events, frame.event).id);
    if (fresh(&Frame::series)) parts.push_back(at(incident.series, frame.series).id);
    if (fresh(&Frame::member) && frame.series >= 0) parts.push_back(at(at(incident.series, frame.series).incidents, frame.member));
    return parts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? std::string() : std::string(between)) + part;
    return text;
}

/// `HBDI` of `de.he.hbdi`: most ids of authorities end with the letters people know them by.
std::string authority_brief(const Authority& authority) {
    constexpr std::size_t fits = 11;
    if (!authority.short_title.empty() && authority.short_title.size() <= fits) return authority.short_title;
    if (authority.title.size() <= fits) return authority.title;
    std::string letters = authority.id.substr(authority.id.rfind('.') + 1);
    if (letters.size() > 6 || letters.find('-') != std::string::npos) return authority.short_title.empty() ? authority.title : authority.short_title;
    for (char& c : letters) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return letters;
}

int rank_of(const FactDeclaration& declaration) { return declaration.type == ValueType::Judgement ? 0 : declaration.judgement ? 2 : 1; }

}  // namespace

std::string short_fact(const FactDeclaration& declaration) {
    if (!declaration.short_words.empty()) return declaration.short_words;
    std::string text = declaration.question.substr(0, declaration.question.find('?'));
    return text.empty() ? declaration.name : text;
}

std::string in_plain_words(std::string_view expression, const RuleBook& law) {
    if (expression.substr(0, 6) == "filed ") return filing_words(expression, law);
    for (const std::string_view kind : {"earliest", "latest"}) {
        const std::string head = std::string(kind) + " of (";
        const auto at = expression.find(head);
        if (at == std::string_view::npos) continue;
        const std::size_t open = at + head.size() - 1, close = closing(expression, open);
        if (close == std::string_view::npos) continue;
        return in_plain_words(expression.substr(0, at), law) + list_words(kind, expression.substr(open + 1, close - open - 1), law) + in_plain_words(expression.substr(close + 1), law);
    }
    std::string text, word;
    for (std::size_t i = 0; i <= expression.size(); ++i) {
        if (i < expression.size() && is_word(expression[i])) {
            word += expression[i];
            continue;
        }
        if (!word.empty()) text += word_for(word, law);
        word.clear();
        if (i < expression.size()) text += expression[i];
    }
    return text;
}

std::string value_in_words(const std::string& value, const FactDeclaration& declaration, const Zone& zone) {
    constexpr std::size_t instant_length = 20;  // 2026-11-20T18:05:00Z
    std::string text, word;
    const auto take = [&] {
        const auto choice = declaration.choice_index(word);
        text += choice && declaration.type != ValueType::YesNo && !declaration.choices[*choice].label.empty() ? declaration.choices[*choice].label : word;
        word.clear();
    };
    const bool time = declaration.type == ValueType::Instant;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::optional<Instant> at = time && i + instant_length <= value.size() ? parse_instant(value.substr(i, instant_length)) : std::nullopt;
        if (at) {
            text += local_words(*at, zone) + " " + zone_city(zone.name()) + " (" + iso_utc(*at).substr(11, 5) + " UTC)";
            i += instant_length - 1;
            continue;
        }
        if (is_word(value[i]) && !time) word += value[i];
        else {
            take();
            text += value[i];
        }
    }
    take();
    const std::string open = "; others open";
    for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos;) text.replace(at, open.size(), "; whether there are others is not yet known");
    return text;
}

std::string instants_in_words(const std::string& text, const Zone& zone) {
    constexpr std::size_t instant_length = 20;
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9' && (i == 0 || text[i - 1] < '0' || text[i - 1] > '9');
        const std::optional<Instant> at = digit && i + instant_length <= text.size() ? parse_instant(text.substr(i, instant_length)) : std::nullopt;
        if (at) i += instant_length - 1;
        result += at ? local_words(*at, zone) + " " + zone_city(zone.name()) : std::string(1, text[i]);
    }
    return result;
}

std::string because_words(const Because& because, const Duty* row, const ReportContext& context) {
    const FactDeclaration& declaration = context.assessment.law->vocabulary.at(because.ground.fact);
    const std::string needed = instants_in_words(in_plain_words(because.needed, *context.assessment.law), context.main_zone());
    const std::string value = value_in_words(because.value, declaration, context.main_zone()), where = frame_words(because.ground, row, context.assessment);
    const bool says_more = needed.size() < value.size() || needed.compare(needed.size() - value.size(), value.size(), value) != 0;
    return needed + (where.empty() ? "" : " [" + where + "]") + (says_more && !value.empty() ? " (on record: " + value + ")" : "");
}

std::string short_entity(const std::string& id, const Assessment& assessment) {
    const std::int32_t index = assessment.incident->entity_index(id);
    if (index < 0) return id;
    const EntityFrame& entity = assessment.incident->entities[static_cast<std::size_t>(index)];
    return !entity.short_name.empty() ? entity.short_name : entity.name.empty() ? id : entity.name;
}

std::string frame_words(const GroundFact& ground, const Duty* row, const Assessment& assessment) {
    return joined(frame_parts(ground.frame, row == nullptr ? nullptr : &row->frame, assessment), ", ");
}

std::string duty_frame_words(const Duty& duty, const Assessment& assessment) {
    Frame entity;
    entity.entity = duty.frame.entity;
    return joined(frame_parts(duty.frame, &entity, assessment), ", ");
}

std::string open_words(const std::vector<const Duty*>& duties, const Assessment& assessment, std::size_t most) {
    std::map<std::pair<int, FactId>, std::vector<std::string>> frames;
    for (const Duty* duty : duties)
        for (const GroundFact& ground : duty->open_facts) {
            std::vector<std::string>& where = frames[{rank_of(assessment.law->vocabulary.at(ground.fact)), ground.fact}];
            const std::string words = frame_words(ground, duty, assessment);
            if (!words.empty() && std::find(where.begin(), where.end(), words) == where.end()) where.push_back(words);
        }
    std::string text;
    std::size_t shown = 0;
    for (const auto& [key, where] : frames) {
        if (shown == most) break;
        ++shown;
        text += (text.empty() ? "" : "; ") + short_fact(assessment.law->vocabulary.at(key.second));
        if (where.size() > 3) text += fmt::format(" ({} times)", where.size());
        else if (!where.empty()) text += " (" + joined(where, "; ") + ")";
    }
    if (frames.size() > shown) text += fmt::format("; and {} more", frames.size() - shown);
    std::set<OpenRelation> lists;
    for (const Duty* duty : duties) lists.insert(duty->open_relations.begin(), duty->open_relations.end());
    for (const OpenRelation& list : lists) text += (text.empty() ? "" : "; ") + open_relation_words(list, assessment);
    return text;
}

std::string recipient_brief(const Recipient& recipient, const Assessment& assessment) {
    if (const Authority* authority = assessment.law->find_authority(recipient.id)) return authority_brief(*authority);
    return assessment.incident->entity_index(recipient.id) >= 0 ? short_entity(recipient.id, assessment) : recipient.title.empty() ? recipient.id : recipient.title;
}

std::string recipients_brief(const Duty& duty, const Assessment& assessment, std::size_t most) {
    std::vector<std::string> names;
    std::size_t open = 0, authorities = 0;
    for (const Recipient& recipient : duty.recipients) {
        if (recipient.freed || recipient.owed == Truth::No || recipient.passed_on) continue;
        open += recipient.owed == Truth::Unknown ? 1 : 0;
        const Authority* authority = assessment.law->find_authority(recipient.id);
        authorities += authority != nullptr || recipient.title.rfind("competent authority", 0) == 0 ? 1 : 0;
        names.push_back(recipient_brief(recipient, assessment));
    }
    if (names.empty()) return "-";
    if (names.size() > most) return fmt::format("{}{} {}", open > 0 ? "up to " : "", names.size(), authorities == names.size() ? "authorities" : "recipients");
    if (names.size() > 1 && open == names.size()) return joined(names, " or ");
    return joined(names, ", ") + (open > 0 ? " (?)" : "");
}

std::string law_brief(const Duty& duty, const Assessment& assessment) {
    std::string title = law_name_brief(duty, assessment);
    std::string provision = duty.citations.empty() ? std::string() : duty.citations.front();
    if (provision.rfind(title, 0) == 0) title.clear();
    const std::string text = title + (title.empty() || provision.empty() ? "" : " ") + provision + "  " + grade_word(duty), own(own_word(duty));
    return text + (own.empty() ? "" : text.rfind(own, 0) == 0 ? ", not law" : ", " + own + ", not law");
}

std::string law_name_brief(const Duty& duty, const Assessment& assessment) {
    const Law* law = law_of(duty, assessment);
    if (law != nullptr && !law->short_title.empty()) return law->short_title;
    std::string title = law == nullptr ? obligation_of(duty, assessment).law : law->title;
    int depth = 0;
    for (std::size_t i = 0; i < title.size(); ++i) {
        depth += title[i] == '(' ? 1 : title[i] == ')' ? -1 : 0;
        if (depth > 0 || (title[i] != ',' && title[i] != ':')) continue;
        title.resize(i);
        break;
    }
    return title;
}

std::string word_as_text(std::string word) {
    std::replace_if(word.begin(), word.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    return word;
}

std::string family_words(const std::string& family, const RuleBook& law) {
    if (const Law* of = law.find_law(family)) return of->short_title.empty() ? of->title : of->short_title;
    std::string text, word;
    for (std::size_t i = 0; i <= family.size(); ++i) {
        if (i < family.size() && family[i] != '-' && family[i] != '.' && family[i] != '_') {
            word += family[i];
            continue;
        }
        if (word.size() == 2)
            for (char& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        text += (text.empty() ? "" : " ") + word;
        word.clear();
    }
    return text;
}

std::string inexact_words(const Duty& duty) {
    if (duty.exact) return {};
    if (duty.why_inexact.rfind("counts", 0) == 0) return "kept OPEN to be safe: groups that may overlap can be counted only as a range";
    if (duty.why_inexact.rfind("a fact occurs", 0) == 0) return "kept OPEN to be safe: one open fact enters the counted number more than once";
    if (duty.why_inexact.rfind("more than", 0) == 0) return "kept OPEN to be safe: the open facts combine in " + duty.why_inexact;
    return "kept OPEN to be safe: " + duty.why_inexact;
}

}  // namespace duenotice
