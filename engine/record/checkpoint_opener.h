#pragma once
// The signatures of many checkpoints. Each costs more than all else that is verified of an entry, and none depends on
// another, so that the other processors begin with them while this one reads the record, and it takes its share once it
// has nothing else to do. Every signature is checked: what is gained is time alone.

#include <atomic>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "engine/record/case_store.h"
#include "engine/record/checkpoint.h"

namespace duenotice {

/// A checkpoint, or why the note is none.
using OpenedCheckpoint = std::variant<Checkpoint, std::string>;

class CheckpointOpener {
public:
    CheckpointOpener(std::vector<CheckpointRow> rows, NoteKey key, std::string origin);
    ~CheckpointOpener() { join(); }
    CheckpointOpener(const CheckpointOpener&) = delete;
    CheckpointOpener& operator=(const CheckpointOpener&) = delete;

    const std::vector<CheckpointRow>& rows() const { return rows_; }
    /// In the order of the rows, once all are done.
    const std::vector<OpenedCheckpoint>& finish();

private:
    void work();
    void join();

    std::vector<CheckpointRow> rows_;
    NoteKey key_;
    std::string origin_;
    std::vector<OpenedCheckpoint> opened_;
    std::atomic<std::size_t> next_ = 0;
    std::vector<std::thread> others_;
};

}  // namespace duenotice
