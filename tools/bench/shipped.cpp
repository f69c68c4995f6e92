#include "tools/bench/shipped.h"

#include <memory>

namespace duenotice {

Options bench_options() {
    Options options;
    options.law_folder = std::string(DUENOTICE_SOURCE_DIR) + "/jurisdictions";
    options.as_of = Instant{bench_as_of_seconds};
    options.as_of_text = "2026-11-25T12:00Z";  // the law may have been read again since
    options.format = "json";
    return options;
}

Session* shipped_session() {
    static const std::unique_ptr<Session> session = []() -> std::unique_ptr<Session> {
        try {
            auto made = std::make_unique<Session>(bench_options());
            made->load_all_zones();
            made->load_all_calendars();
            return made;
        } catch (const InputMistakes&) {
            return nullptr;
        }
    }();
    return session.get();
}

const LawShape* shipped_shape() {
    Session* const session = shipped_session();
    if (session == nullptr) return nullptr;
    static const LawShape shape = shape_of(session->law(), 9, 20480, 60);
    return &shape;
}

}  // namespace duenotice
