/* Preloaded, it lets the N-th call of some kinds fail, once or from then on: FAULT_CALLS (names with commas, or `any`),
   FAULT_AT (from 1; 0: only count), FAULT_ERRNO, FAULT_FOREVER, FAULT_SHORT (a write takes half). FAULT_COUNT names a file
   that the number of such calls goes into. FAULT_AFTER: only once a path with this text in it was opened. Standard error
   never fails. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long seen;
static long fail_at = -1;
static int error_number, for_ever, short_writes;
static atomic_int begun;
static const char *calls, *after;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("FAULT_AT"), *number = getenv("FAULT_ERRNO");
    calls = getenv("FAULT_CALLS");
    after = getenv("FAULT_AFTER");
    begun = after == NULL;
    for_ever = getenv("FAULT_FOREVER") != NULL;
    short_writes = getenv("FAULT_SHORT") != NULL;
    error_number = number != NULL ? atoi(number) : ENOMEM;
    fail_at = at != NULL ? atol(at) : 0;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    if (path == NULL) return;
    char digits[32];
    const int size = snprintf(digits, sizeof digits, "%ld\n", (long)seen);
    const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return;
    if (syscall(SYS_write, file, digits, (size_t)size) < 0) return;
    syscall(SYS_close, file);
}

static int named(const char *name) {
    if (calls == NULL) return 0;
    if (strcmp(calls, "any") == 0) return strcmp(name, "malloc") != 0;
    const size_t length = strlen(name);
    for (const char *at = calls; (at = strstr(at, name)) != NULL; at += length)
        if ((at == calls || at[-1] == ',') && (at[length] == 0 || at[length] == ',')) return 1;
    return 0;
}

static int fails(const char *name) {
    if (fail_at < 0 || !begun || !named(name)) return 0;
    const long now = atomic_fetch_add(&seen, 1) + 1;
    if (fail_at == 0 || !(now == fail_at || (for_ever && now > fail_at))) return 0;
    errno = error_number;
    return 1;
}

#define NEXT(name, type) ((type)dlsym(RTLD_NEXT, name))
#define SHORTENED(size) (short_writes && (size) > 1 ? (size) / 2 : 0)

ssize_t write(int file, const void *data, size_t size) {
    if (file != 2 && fails("write")) {
        if (SHORTENED(size) == 0) return -1;
        size = SHORTENED(size);
    }
    return syscall(SYS_write, file, data, size);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    if (file != 2 && fails("write")) {
        if (SHORTENED(size) == 0) return -1;
        size = SHORTENED(size);
    }
    return syscall(SYS_pwrite64, file, data, size, at);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return pwrite64(file, data, size, at); }
ssize_t read(int file, void *data, size_t size) { return fails("read") ? -1 : syscall(SYS_read, file, data, size); }
ssize_t pread64(int file, void *data, size_t size, off64_t at) { return fails("read") ? -1 : syscall(SYS_pread64, file, data, size, at); }
ssize_t pread(int file, void *data, size_t size, off_t at) { return pread64(file, data, size, at); }
int fsync(int file) { return fails("fsync") ? -1 : (int)syscall(SYS_fsync, file); }
int fdatasync(int file) { return fails("fsync") ? -1 : (int)syscall(SYS_fdatasync, file); }
int ftruncate64(int file, off64_t size) { return fails("ftruncate") ? -1 : (int)syscall(SYS_ftruncate, file, size); }
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : (int)syscall(SYS_rename, from, to); }
int link(const char *from, const char *to) { return fails("rename") ? -1 : (int)syscall(SYS_link, from, to); }
int mkdir(const char *path, mode_t mode) { return fails("mkdir") ? -1 : (int)syscall(SYS_mkdir, path, mode); }

static int opened(int folder, const char *path, int flags, va_list rest) {
    if (after != NULL && strstr(path, after) != NULL) begun = 1;
    const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    return fails("open") ? -1 : (int)syscall(SYS_openat, folder, path, flags, mode);
}
#define OPEN(name)                                            \
    int name(const char *path, int flags, ...) {              \
        va_list rest;                                         \
        va_start(rest, flags);                                \
        const int file = opened(AT_FDCWD, path, flags, rest); \
        va_end(rest);                                         \
        return file;                                          \
    }
OPEN(open)
OPEN(open64)

extern void *__libc_malloc(size_t size);
void *malloc(size_t size) {
    if (fails("malloc")) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}
