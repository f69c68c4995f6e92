#include "engine/record/checkpoint_opener.h"

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace duenotice {

namespace {
constexpr std::size_t checkpoints_a_thread = 500;
}

CheckpointOpener::CheckpointOpener(std::vector<CheckpointRow> rows, NoteKey key, std::string origin) : rows_(std::move(rows)), key_(std::move(key)), origin_(std::move(origin)), opened_(rows_.size(), "nobody looked at it") {
    const std::size_t threads = std::min<std::size_t>(rows_.size() / checkpoints_a_thread, std::max(1U, std::thread::hardware_concurrency()));
    try {
        for (std::size_t t = 1; t < threads; ++t) others_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        return;  // the system gives no more threads: those that are there do it
    }
}

void CheckpointOpener::work() {
    for (std::size_t i = next_++; i < rows_.size(); i = next_++) {
        try {
            opened_[i] = open_checkpoint(rows_[i].note, key_, origin_);
        } catch (const std::exception& failed) {  // of OpenSSL or for want of memory: no exception may leave a thread
            opened_[i] = std::string(failed.what());
        }
    }
}

void CheckpointOpener::join() {
    next_ = rows_.size();
    for (std::thread& other : others_) other.join();
    others_.clear();
}

const std::vector<OpenedCheckpoint>& CheckpointOpener::finish() {
    work();
    join();
    return opened_;
}

}  // namespace duenotice
