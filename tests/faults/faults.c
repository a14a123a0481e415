/* tests/faults/faults.c - makes one call of a program fail: for LD_PRELOAD.
 *
 * Only programs called assay* are touched; a shell around them, or sort(1) beside them, is not.
 * The calls of all programs under one $ASSAY_FAULTS_DIR are counted together, so that a driver can
 * let call 1, 2, 3 ... of a pipeline fail in turn.
 *
 *   ASSAY_FAULT=KIND:N[@PLACE]  which calls to count, and which of them fails; 0: none
 *     error        any call below that asks the system for something, with an error it may give
 *     interrupt    read, write, close, poll: EINTR, once
 *     short        read and write: one byte, or half of what was asked
 *     full         write: no space on the device, from then on
 *     memory       malloc, calloc, realloc, posix_memalign: NULL
 *     exhausted    the same, from then on
 *     With a PLACE only calls from there are counted: a hash of the program's name and of what has
 *     called, CALLERS deep.
 *   ASSAY_FAULTS_DIR     a folder; there it leaves
 *     calls        the counter, a 64-bit number of the host
 *     log          a line for each thing that happens: begin PID NAME, place PID PLACE, fault PID
 *                  CALL, renamed PID DIGEST PATH, end PID STATUS (141: by SIGPIPE); who has no end
 *                  has crashed
 *     PID.stderr   what the program says there
 *   ASSAY_FAULTS_TRACE   if set: the stack of the call, in the log
 *   ASSAY_FAULTS_PLACES  if set: each place once, in the log
 *
 * stdio's own reads and writes do not pass through here: they stay within libc.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* open and open64 are two functions here */

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "strike.h"

/* The next function of that name: that of libc, or that of a sanitizer. */
static void *
find(void *known, const char *name)
{
    return known != NULL ? known : dlsym(RTLD_NEXT, name);
}

/* Declares `real`, of the type of @name. ISO C has no cast from an object to a function. */
#define REAL(name)                                                                                 \
    static void *found_##name;                                                                     \
    __typeof__(&name) real;                                                                        \
    found_##name = find(found_##name, #name);                                                      \
    memcpy(&real, &found_##name, sizeof real)

ssize_t
read(int fd, void *data, size_t size)
{
    REAL(read);
    if (fails("read", EIO) || is_interrupted("read"))
        return -1;
    return real(fd, data, size > 1 && strikes(SHORT, "read") ? 1 : size);
}

ssize_t
write(int fd, const void *data, size_t size)
{
    REAL(write);
    if (fails("write", ENOSPC) || is_interrupted("write"))
        return -1;
    if (strikes(FULL, "write")) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, data, size > 1 && strikes(SHORT, "write") ? size / 2 : size);
}

int
close(int fd)
{
    REAL(close);
    if (!fails("close", EIO) && !is_interrupted("close"))
        return real(fd);
    int code = errno;

    real(fd); /* as on Linux: gone, whatever is said */
    errno = code;
    return -1;
}

/* Only O_CREAT brings a mode along. */
#define MODE_OF(flags)                                                                             \
    va_list rest;                                                                                  \
    va_start(rest, flags);                                                                         \
    mode_t mode = ((flags)&O_CREAT) ? (mode_t)va_arg(rest, int) : 0;                               \
    va_end(rest)

int
open(const char *path, int flags, ...)
{
    REAL(open);
    MODE_OF(flags);
    return fails("open", EMFILE) ? -1 : real(path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
    REAL(open64);
    MODE_OF(flags);
    return fails("open", EMFILE) ? -1 : real(path, flags, mode);
}

int
rename(const char *from, const char *to)
{
    int status;

    REAL(rename);
    if (fails("rename", EIO))
        return -1;
    status = real(from, to);
    if (status == 0)
        note_renamed(to);
    return status;
}

int
stat(const char *path, struct stat *status)
{
    REAL(stat);
    return fails("stat", EIO) ? -1 : real(path, status);
}

int
stat64(const char *path, struct stat64 *status)
{
    REAL(stat64);
    return fails("stat", EIO) ? -1 : real(path, status);
}

int
lstat64(const char *path, struct stat64 *status)
{
    REAL(lstat64);
    return fails("lstat", EIO) ? -1 : real(path, status);
}

int
fstat64(int fd, struct stat64 *status)
{
    REAL(fstat64);
    return fails("fstat", EIO) ? -1 : real(fd, status);
}

int
fchmod(int fd, mode_t mode)
{
    REAL(fchmod);
    return fails("fchmod", EPERM) ? -1 : real(fd, mode);
}

ssize_t
readlink(const char *path, char *target, size_t size)
{
    REAL(readlink);
    return fails("readlink", EIO) ? -1 : real(path, target, size);
}

int
poll(struct pollfd *wanted_fds, nfds_t n, int timeout)
{
    REAL(poll);
    return fails("poll", ENOMEM) || is_interrupted("poll") ? -1 : real(wanted_fds, n, timeout);
}

DIR *
opendir(const char *path)
{
    REAL(opendir);
    return fails("opendir", EMFILE) ? NULL : real(path);
}

struct dirent *
readdir(DIR *folder)
{
    REAL(readdir);
    return fails("readdir", EIO) ? NULL : real(folder);
}

struct dirent64 *
readdir64(DIR *folder)
{
    REAL(readdir64);
    return fails("readdir", EIO) ? NULL : real(folder);
}

int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
               void *data)
{
    REAL(pthread_create);
    return strikes(ERROR, "pthread_create") ? EAGAIN : real(thread, attributes, start, data);
}

void *
malloc(size_t size)
{
    REAL(malloc);
    return lacks_memory("malloc") ? NULL : real(size);
}

void *
calloc(size_t n, size_t size)
{
    REAL(calloc);
    return lacks_memory("calloc") ? NULL : real(n, size);
}

void *
realloc(void *memory, size_t size)
{
    REAL(realloc);
    return lacks_memory("realloc") ? NULL : real(memory, size);
}

int
posix_memalign(void **memory, size_t alignment, size_t size)
{
    REAL(posix_memalign);
    return lacks_memory("posix_memalign") ? ENOMEM : real(memory, alignment, size);
}

/* Not counted: glibc takes a locale that it has no memory for as one that is not installed, for
 * good and without a way to tell. What is for people is then in ASCII; data are as they are. */
char *
setlocale(int category, const char *name)
{
    bool were_counted = count_calls(false);
    char *set;

    REAL(setlocale);
    set = real(category, name);
    count_calls(were_counted);
    return set;
}

/* What leaves so passes by the functions that wait for an exit. */
void
_exit(int status)
{
    note_end(status, NULL);
    syscall(SYS_exit_group, status);
    __builtin_unreachable();
}
