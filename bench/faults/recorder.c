// Notes what a process writes and syncs in one folder and which orders it acknowledges, all in the order in which it happens, for
// power.py to rebuild what a disk may have after power failed.
//
//   cc -O2 -shared -fPIC -o recorder.so recorder.c
//   RECORD_FOLDER=/folder RECORD_FILE=/other/record LD_PRELOAD=recorder.so program
//
// A record is a `struct event` and `length` bytes. What is in doubt is told so that it proves less: a sync is over once it
// returned and holds for what was written before it began; an order is acknowledged before its answer is sent.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind {
    OPENED = 'O',       // a file of the folder, or the folder; bytes: its path; offset: whether it was emptied
    WRITTEN = 'W',      // bytes at an offset
    RESIZED = 'T',      // offset: the new size
    SYNC_BEGUN = 'S',
    SYNC_DONE = 'D',
    REMOVED = 'U',      // bytes: its path
    ACKNOWLEDGED = 'A', // bytes: an answer that begins with `201`
    UNKNOWN = 'X',      // a file was written to in a way that is not noted
};

struct event {
    int32_t kind;
    int32_t file;
    int64_t offset;
    int64_t length;
};

#define MOST_FILES 65536
static const char CREATED[] = "HTTP/1.1 201";
static _Atomic bool is_noted[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int record = -1;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("RECORD_FILE");
    folder = getenv("RECORD_FOLDER");
    if (file && folder) record = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static bool noted(int file) {
    return file >= 0 && file < MOST_FILES && is_noted[file];
}

static bool in_folder(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    return record >= 0 && strncmp(path, folder, length) == 0 && (path[length] == 0 || path[length] == '/');
}

// Appends one event; the lock is held. A record with a gap would prove nothing.
static void note(enum kind kind, int file, int64_t offset, const struct iovec *parts, int count) {
    struct event event = {kind, file, offset, 0};
    struct iovec all[64] = {{&event, sizeof event}};
    if (count > 63) abort();
    for (int part = 0; part < count; part++) {
        all[part + 1] = parts[part];
        event.length += (int64_t)parts[part].iov_len;
    }
    static __typeof__(writev) *write_all;
    if (!write_all) write_all = (__typeof__(writev) *)dlsym(RTLD_NEXT, "writev");
    if (write_all(record, all, count + 1) != (ssize_t)(sizeof event) + event.length) abort();
}

static void note_alone(enum kind kind, int file, int64_t offset, const void *bytes, size_t length) {
    struct iovec part = {(void *)bytes, length};
    pthread_mutex_lock(&lock);
    note(kind, file, offset, &part, 1);
    pthread_mutex_unlock(&lock);
}

static int opened(int file, const char *path, int flags) {
    if (file >= 0 && in_folder(path)) {
        if (file >= MOST_FILES) abort();
        note_alone(OPENED, file, (flags & O_TRUNC) != 0, path, strlen(path));
        is_noted[file] = true;
    }
    return file;
}

// The mode, where there is one.
#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...) {
    REAL(open);
    MODE(flags);
    return opened(real(path, flags, mode), path, flags);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    MODE(flags);
    return opened(real(path, flags, mode), path, flags);
}

int close(int file) {
    REAL(close);
    if (noted(file)) is_noted[file] = false;
    return real(file);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    REAL(pwrite64);
    if (!noted(file)) return real(file, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t written = real(file, bytes, length, offset);
    struct iovec part = {(void *)bytes, written > 0 ? (size_t)written : 0};
    if (written > 0) note(WRITTEN, file, offset, &part, 1);
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    return pwrite64(file, bytes, length, offset);
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    if (!noted(file)) return real(file, size);
    pthread_mutex_lock(&lock);
    int failed = real(file, size);
    if (!failed) note(RESIZED, file, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

int ftruncate(int file, off_t size) {
    return ftruncate64(file, size);
}

static int synced(int file, int (*real)(int)) {
    if (!noted(file)) return real(file);
    note_alone(SYNC_BEGUN, file, 0, NULL, 0);
    int failed = real(file);
    if (!failed) note_alone(SYNC_DONE, file, 0, NULL, 0);
    return failed;
}

int fsync(int file) {
    REAL(fsync);
    return synced(file, real);
}

int fdatasync(int file) {
    REAL(fdatasync);
    return synced(file, real);
}

int unlink(const char *path) {
    REAL(unlink);
    int failed = real(path);
    if (!failed && in_folder(path)) note_alone(REMOVED, -1, 0, path, strlen(path));
    return failed;
}

// What is sent, if it is an answer to note, before it is sent.
static void sending(int file, const struct iovec *parts, int count) {
    if (record < 0 || file == record || count < 1) return;
    if (noted(file)) {
        note_alone(UNKNOWN, file, 0, NULL, 0);
    } else if (parts[0].iov_len >= sizeof CREATED - 1 && memcmp(parts[0].iov_base, CREATED, sizeof CREATED - 1) == 0) {
        pthread_mutex_lock(&lock);
        note(ACKNOWLEDGED, file, 0, parts, count);
        pthread_mutex_unlock(&lock);
    }
}

ssize_t write(int file, const void *bytes, size_t length) {
    REAL(write);
    struct iovec part = {(void *)bytes, length};
    sending(file, &part, 1);
    return real(file, bytes, length);
}

ssize_t send(int file, const void *bytes, size_t length, int flags) {
    REAL(send);
    struct iovec part = {(void *)bytes, length};
    sending(file, &part, 1);
    return real(file, bytes, length, flags);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    REAL(writev);
    sending(file, parts, count);
    return real(file, parts, count);
}
