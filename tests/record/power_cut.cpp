#include "tests/record/power_cut.h"

#include <sqlite3.h>

#include <cstring>

namespace duenotice::test {

namespace {

constexpr std::size_t sector = 512;

std::vector<DiskStep> written;
sqlite3_vfs* real = nullptr;
sqlite3_vfs recorded;

struct File {
    sqlite3_file base;
    std::string* path;
    sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
const sqlite3_io_methods& methods_of(sqlite3_file* file) { return *file_of(file).inner()->pMethods; }

int close_file(sqlite3_file* file) {
    const int code = methods_of(file).xClose(file_of(file).inner());
    delete file_of(file).path;
    return code;
}
int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    written.push_back({DiskStep::Kind::Write, *file_of(file).path, static_cast<std::uint64_t>(at), {static_cast<const char*>(data), static_cast<std::size_t>(size)}});
    return methods_of(file).xWrite(file_of(file).inner(), data, size, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    written.push_back({DiskStep::Kind::Truncate, *file_of(file).path, static_cast<std::uint64_t>(size), {}});
    return methods_of(file).xTruncate(file_of(file).inner(), size);
}
int sync_file(sqlite3_file* file, int flags) {
    written.push_back({DiskStep::Kind::Sync, *file_of(file).path, 0, {}});
    return methods_of(file).xSync(file_of(file).inner(), flags);
}

// Passed on as they are.
int read_file(sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return methods_of(f).xRead(file_of(f).inner(), to, n, at); }
int file_size(sqlite3_file* f, sqlite3_int64* n) { return methods_of(f).xFileSize(file_of(f).inner(), n); }
int lock(sqlite3_file* f, int l) { return methods_of(f).xLock(file_of(f).inner(), l); }
int unlock(sqlite3_file* f, int l) { return methods_of(f).xUnlock(file_of(f).inner(), l); }
int reserved(sqlite3_file* f, int* r) { return methods_of(f).xCheckReservedLock(file_of(f).inner(), r); }
int control(sqlite3_file* f, int op, void* a) { return methods_of(f).xFileControl(file_of(f).inner(), op, a); }
int sector_size(sqlite3_file* f) { return methods_of(f).xSectorSize(file_of(f).inner()); }
int device(sqlite3_file* f) { return methods_of(f).xDeviceCharacteristics(file_of(f).inner()); }
int shm_map(sqlite3_file* f, int p, int n, int e, void volatile** to) { return methods_of(f).xShmMap(file_of(f).inner(), p, n, e, to); }
int shm_lock(sqlite3_file* f, int o, int n, int flags) { return methods_of(f).xShmLock(file_of(f).inner(), o, n, flags); }
void shm_barrier(sqlite3_file* f) { methods_of(f).xShmBarrier(file_of(f).inner()); }
int shm_unmap(sqlite3_file* f, int d) { return methods_of(f).xShmUnmap(file_of(f).inner(), d); }

const sqlite3_io_methods methods = {2, close_file, read_file, write_file, truncate_file, sync_file, file_size, lock, unlock, reserved, control,
                                    sector_size, device, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    File& made = file_of(file);
    made.base.pMethods = nullptr;
    const int code = real->xOpen(real, name, made.inner(), flags, out);
    if (made.inner()->pMethods == nullptr) return code;
    made.path = new std::string(name == nullptr ? "" : name);
    made.base.pMethods = &methods;
    return code;
}
int remove_file(sqlite3_vfs*, const char* name, int sync) {
    written.push_back({DiskStep::Kind::Remove, name, 0, {}});
    return real->xDelete(real, name, sync);
}

struct Image {
    std::string bytes;
    std::vector<const DiskStep*> waiting;  ///< not synced
};

void apply(std::string& bytes, const DiskStep& step, const std::vector<bool>* sectors) {
    if (step.kind == DiskStep::Kind::Truncate) {
        bytes.resize(step.at);
        return;
    }
    if (bytes.size() < step.at + step.bytes.size()) bytes.resize(step.at + step.bytes.size());
    for (std::size_t from = 0, n = 0; from < step.bytes.size(); from += sector, ++n)
        if (sectors == nullptr || (*sectors)[n]) bytes.replace(step.at + from, std::min(sector, step.bytes.size() - from), step.bytes, from, sector);
}

}  // namespace

RecordedDisk::RecordedDisk() {
    real = sqlite3_vfs_find(nullptr);
    written.clear();
    recorded = *real;
    recorded.zName = "recorded";
    recorded.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    recorded.iVersion = 2;
    recorded.xOpen = open_file;
    recorded.xDelete = remove_file;
    recorded.xAccess = [](sqlite3_vfs*, const char* name, int flags, int* out) { return real->xAccess(real, name, flags, out); };
    recorded.xFullPathname = [](sqlite3_vfs*, const char* name, int n, char* out) { return real->xFullPathname(real, name, n, out); };
    recorded.xRandomness = [](sqlite3_vfs*, int n, char* out) { return real->xRandomness(real, n, out); };
    recorded.xSleep = [](sqlite3_vfs*, int n) { return real->xSleep(real, n); };
    recorded.xCurrentTime = [](sqlite3_vfs*, double* out) { return real->xCurrentTime(real, out); };
    recorded.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* out) { return real->xCurrentTimeInt64(real, out); };
    recorded.xGetLastError = [](sqlite3_vfs*, int n, char* out) { return real->xGetLastError(real, n, out); };
    sqlite3_vfs_register(&recorded, 1);
}

RecordedDisk::~RecordedDisk() {
    sqlite3_vfs_unregister(&recorded);
    sqlite3_vfs_register(real, 1);
}

const std::vector<DiskStep>& RecordedDisk::steps() const { return written; }

std::map<std::string, std::string> after_cut(const std::vector<DiskStep>& steps, std::size_t until, bool syncs_log, std::mt19937& chance, const std::map<std::string, std::string>& before) {
    std::map<std::string, Image> images;
    for (const auto& [path, bytes] : before) images[path].bytes = bytes;
    for (std::size_t i = 0; i < until; ++i) {
        const DiskStep& step = steps[i];
        if (step.kind == DiskStep::Kind::Remove) {
            images.erase(step.path);
            continue;
        }
        Image& image = images[step.path];
        if (step.kind != DiskStep::Kind::Sync) {
            image.waiting.push_back(&step);
        } else if (syncs_log || !step.path.ends_with("-wal")) {
            for (const DiskStep* each : image.waiting) apply(image.bytes, *each, nullptr);
            image.waiting.clear();
        }
    }
    std::map<std::string, std::string> files;
    for (auto& [path, image] : images) {
        for (const DiskStep* step : image.waiting) {
            const auto fate = chance() % 3;
            if (fate == 0) continue;
            std::vector<bool> sectors(step->bytes.size() / sector + 1);
            for (std::size_t n = 0; n < sectors.size(); ++n) sectors[n] = chance() % 2 == 0;
            apply(image.bytes, *step, fate == 1 ? nullptr : &sectors);
        }
        files[path] = std::move(image.bytes);
    }
    return files;
}

}  // namespace duenotice::test
