#pragma once
// A disk that can lose power: an SQLite VFS that passes everything on and writes down every write, truncation, sync and
// removal. The files as a cut would leave them are made from that list: what was synced is there; of what was not, each
// write is dropped, kept, or torn at sectors of 512 bytes.

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace duenotice::test {

struct DiskStep {
    enum class Kind { Write, Truncate, Sync, Remove } kind;
    std::string path;
    std::uint64_t at = 0;  ///< offset of a write, size of a truncation
    std::string bytes;
};

/// From its construction to its end every database of the process goes through it.
class RecordedDisk {
public:
    RecordedDisk();
    ~RecordedDisk();
    RecordedDisk(const RecordedDisk&) = delete;
    RecordedDisk& operator=(const RecordedDisk&) = delete;
    const std::vector<DiskStep>& steps() const;
};

/// Files by path after a cut before step `until`. `syncs_log` false: a disk, or a program, that does not sync the
/// write-ahead log, as synchronous=NORMAL does not. `before`: what stood on the disk when the list began.
std::map<std::string, std::string> after_cut(const std::vector<DiskStep>& steps, std::size_t until, bool syncs_log, std::mt19937& chance, const std::map<std::string, std::string>& before = {});

}  // namespace duenotice::test
