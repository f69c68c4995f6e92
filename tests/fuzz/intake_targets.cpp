// What people type: a single answer, a whole talk with `duenotice new`, a filled form with the account it goes into.
// Files lie in a private folder in memory; what `new` saves and `read` prints is an account again.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "engine/json_reader.h"
#include "tests/fuzz/fuzz_target.h"
#include "tools/answer.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"

namespace duenotice::fuzz {

namespace {

namespace fs = std::filesystem;

/// A folder with a small law, five zones and room for the files of one run; gone when the program ends.
class Desk {
public:
    Desk() {
        std::string name = (fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path().string()) + "/duenotice-fuzz-XXXXXX";
        require(::mkdtemp(name.data()) != nullptr, "a folder can be made");
        folder_ = name;
        int number = 0;
        for (const std::string& text : files("tests/fuzz/base", ".xml")) put("law/" + std::to_string(++number) + ".xml", text);
        put("law/vocabulary.xml", file("jurisdictions/_shared/vocabulary.xml"));
        put("law/counting.xml", file("jurisdictions/_shared/counting.xml"));
        for (const Zone& zone : five_zones().zones()) put("zones/" + zone.name(), zone_file(zone.name()));
        Options options;
        options.law_folder = path("law");
        options.zone_folder = path("zones");
        options.as_of = *parse_instant("2026-11-25T12:00Z");
        options.zones = {"Europe/Berlin"};
        session_.emplace(options);
    }
    ~Desk() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    Session& session() { return *session_; }
    void put(const std::string& name, const std::string& bytes) const {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }

private:
    fs::path folder_;
    std::optional<Session> session_;
};
Desk& desk() {
    static Desk one;
    return one;
}

// ---- one answer

std::vector<std::string> answer_corpus() {
    return {"incident.detected_at\n20 Nov 22:14", "incident.detected_at\nFri 20 Nov 2026 22:14 to 21 Nov 08:00", "incident.detected_at\nyesterday 18:05", "incident.detected_at\nnot yet", "people.total\n240 to 260", "people.total\nat least 2,400", "people.total\nabout 250",
            "data.personal\nyes", "incident.kinds\n1, demand for money; not device or paper", "incident.cause\n2", "entity.country\nUS-TX", "entity.does_business_in\nonly DE, FR", "judged.gdpr_risk\nrisk", "entity.contact_email\na@b.example", "incident.duration\n24 hours"};
}

Outcome run_answer(const std::string& bytes) {
    const std::vector<FactDeclaration>& facts = desk().session().law().vocabulary.facts();
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const FactDeclaration* declaration = desk().session().law().vocabulary.find(bytes.substr(0, line));
    if (declaration == nullptr) declaration = &facts[bytes.size() % facts.size()];
    const std::string text = line < bytes.size() ? bytes.substr(line + 1) : bytes;
    const Answer answer = read_answer(text, *declaration, {*five_zones().find("Asia/Singapore"), *parse_instant("2026-11-21T09:00:00+08:00")});
    const bool said = answer.open || !answer.json.empty();
    require(said == answer.problem.empty(), "an answer is open, or a value, or a problem");
    require(!answer_help(*declaration).empty(), "every fact says how it is answered");
    require(printable(answer.problem) && printable(answer.words), "what is said back can be shown on a terminal");
    if (!answer.json.empty()) require(read_json(source("answer.json", "{\"value\": " + answer.json + "}")).value.has_value(), "an answer is good JSON");
    const std::string type = std::to_string(static_cast<int>(declaration->type));
    return {answer.problem.empty(), (answer.open ? "open " : answer.problem.empty() ? "value " : "problem ") + type};
}

// ---- a whole talk

std::vector<std::string> new_corpus() {
    return {"head of IT\nINC-1\nLaptop stolen\nBerlin\n20 Nov 22:14\n1, 6\nMail order house\nDE\n1\nDE, FR\n?\n20 Nov 22:30\nyesterday 09:00\nno\nyes\nstaff, customers\n1\n2\nname, bank account\nno\nyes\n240 to 260\nGermany 240 to 260; US-TX 12; France\n1\n?\n?\n?\n?\nat least 3\n\n",
            "soc\nx\nback\n\nAsia/Singapore\n2026-11-20T22:14+08:00\ndata seen; not device or paper\n\nSG\n\n\nyes\nnot yet\n?\nyes\nno\nno\n",
            "\nsoc\n\n\n\nfoo\n?\n?\n\n\n\n\n\n\n?\n\n\n\n\n\n\n\nUS-CT\n\n", "a b\n\"quoted\"\nshow\n\nNew York\nMon 20 Nov\n12:00\n99\n2\nUs\nU.S.\nDE\n1\n1\nyes\n"};
}

/// The account in the file, read as any other.
std::string codes_of_account(const SourcePtr& text) {
    try {
        desk().session().read_text(text);
    } catch (const InputMistakes& mistakes) {
        return codes_of(mistakes.diagnostics);
    } catch (const FileError&) {
        return "file ";
    }
    return "good ";
}

Outcome run_talk(const std::string& bytes) {
    IntakeOptions intake;
    intake.output = desk().path("new.json");
    fs::remove(intake.output);
    std::istringstream in(bytes);
    std::ostringstream out;
    std::string kind;
    try {
        run_new(desk().session(), intake, in, out);
    } catch (const InputMistakes& mistakes) {
        kind += codes_of(mistakes.diagnostics);
    }
    require(printable(out.str()), "what is said can be shown on a terminal", out.str());
    const bool saved = fs::exists(intake.output);
    if (saved) {
        const std::string codes = codes_of_account(read_source(intake.output));
        require(codes == "good ", "what is saved is an account that can be read", codes);
    }
    std::size_t refusals = 0;
    for (std::size_t at = out.str().find("\n  "); at != std::string::npos; at = out.str().find("\n  ", at + 1)) ++refusals;
    return {saved, kind + std::to_string(std::min<std::size_t>(refusals, 40))};
}

// ---- a form and the account it goes into, with a line of === between

constexpr std::string_view between = "\n===\n";

std::vector<std::string> form_corpus() {
    const std::string header = "fact,entity,population,place,question,how_to_answer,answer,by,source\r\n";
    const std::string account = R"({"duenotice": "incident/1", "id": "x", "zone": "Europe/Berlin", "facts": {"incident.detected_at": "2026-11-20T22:14+01:00"},
 "entities": [{"id": "shop", "facts": {"entity.affected": "yes"}, "places": [{"place": "DE"}]}],
 "populations": [{"id": "staff", "facts": {"data.personal": "yes"}}], "places": [{"place": "DE", "facts": {}}]}
)";
    return {header + "people.total,,staff,,How many?,a number,240 to 260,head of HR,payroll\r\ndata.encrypted,,staff,,,,no,,\r\n" + std::string(between) + account,
            header + "entity.country,shop,,,,,DE,,\r\n\"incident.started_at\",,,,\"When, \"\"exactly\"\"?\",,20 Nov 08:30,\"me, myself\",\r\npeople.affected,,staff,DE,,,12,,\r\n" + std::string(between) + account,
            header + "incident.kinds,,,,,,\"1, 2; not 3\",,\r\nincident.cause,,,,,,?,,\r\n" + std::string(between) + R"({"duenotice": "incident/1", "id": "y"})",
            "\xef\xbb\xbf" + header + "people.affected,,,US-TX,,,about 250,,\r\nentity.aware_at,other,,,,,not yet,,\r\n" + std::string(between) + R"({"duenotice": "incident/1", "id": "z", "facts": {}, "entities": []})"};
}

Outcome run_form(const std::string& bytes) {
    const std::size_t cut = bytes.find(between);
    desk().put("form.csv", bytes.substr(0, cut));
    desk().put("into.json", cut == std::string::npos ? std::string(R"({"duenotice": "incident/1", "id": "x"})") : bytes.substr(cut + between.size()));
    IntakeOptions intake;
    intake.input = desk().path("form.csv");
    intake.into = desk().path("into.json");
    std::ostringstream out, err;
    try {
        run_read(desk().session(), intake, out, err);
    } catch (const InputMistakes& mistakes) {
        require(mistakes.diagnostics.has_errors(), "a refusal says why");
        return {false, codes_of(mistakes.diagnostics)};
    } catch (const FileError&) {
        return {false, "file"};  // the account names a group profile
    }
    require(read_json(source("out.json", out.str())).value.has_value(), "what is printed is good JSON");
    return {true, codes_of_account(source("out.json", out.str()))};
}

}  // namespace

std::vector<Target> intake_targets() {
    return {{"answer", answer_corpus, run_answer}, {"new", new_corpus, run_talk}, {"read", form_corpus, run_form}};
}

}  // namespace duenotice::fuzz
