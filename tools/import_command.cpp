#include <filesystem>
#include <ostream>

#include "reports/outlook.h"
#include "tools/atomic_file.h"
#include "tools/commands.h"
#include "tools/import_veris.h"

namespace duenotice {

namespace {

class VerisImport {
public:
    VerisImport(std::ostream& out, std::ostream& err) : out_(out), err_(err) {}

    void file(const std::string& path) {
        const std::string bytes = read_file(path);
        if (bytes.rfind("\xFD" "7zXZ", 0) == 0) throw FileError(path, "is compressed; unpack it first (xzcat FILE | duenotice import veris -)");
        const auto first = bytes.find_first_not_of(" \t\r\n");
        const bool lines = first != std::string::npos && bytes[first] == '{' && bytes.find("\n{", first) != std::string::npos;
        if (!lines) return whole(path, bytes);
        std::size_t number = 0;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
            ++number;
            const std::string line = bytes.substr(at, end - at);
            at = end + 1;
            if (line.find_first_not_of(" \t\r") != std::string::npos) one(std::make_shared<const SourceText>(path + " line " + std::to_string(number), line));
        }
    }

    int finish() {
        for (const auto& [fact, count] : summary_.mapped) err_ << "  " << fact << ": " << count << "\n";
        err_ << count_words(summary_.records, "record", "records") << " mapped, " << summary_.refused << " refused, " << count_words(summary_.warnings, "warning", "warnings") << "; what VERIS does not say is open\n";
        return summary_.refused > 0 ? exit_code::mistakes : exit_code::done;
    }

private:
    void whole(const std::string& path, const std::string& bytes) { one(std::make_shared<const SourceText>(path, bytes)); }

    void one(const SourcePtr& source) {
        const Checked<JsonValue> record = read_json(source);
        if (!record || (!record->is_object() && !record->is_array())) {
            ++summary_.refused;
            err_ << print(record.diagnostics);
            return;
        }
        if (record->is_array()) {
            for (const JsonValue& item : record->items) map(item);
        } else {
            map(*record);
        }
    }

    void map(const JsonValue& record) {
        std::vector<std::string> warnings;
        out_ << incident_of_veris(record, summary_, warnings) << "\n";
        for (const std::string& warning : warnings) err_ << "warning: " << warning << "\n";
    }

    std::ostream& out_;
    std::ostream& err_;
    VerisSummary summary_;
};

}  // namespace

int run_import_veris(const ImportOptions& import, std::ostream& out, std::ostream& err) {
    VerisImport run(out, err);
    for (const std::string& input : import.inputs) {
        std::error_code error;
        if (input != "-" && std::filesystem::is_directory(input, error)) {
            for (const std::string& path : files_under(input, ".json")) run.file(path);
        } else {
            run.file(input);
        }
    }
    return run.finish();
}

}  // namespace duenotice
