/* tests/faults/strike.c - which call of a program fails, where it comes from, and the log of it
 * all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE

#include "strike.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const kinds[] = { "none", "error",  "interrupt", "short",
                                     "full", "memory", "exhausted" };

static Kind kind = NONE; /* until the constructor has run, and in programs of others */
static unsigned long wanted;
static atomic_ulong *calls; /* shared by all programs of the folder */
static atomic_bool has_struck;
static pid_t own_pid; /* not that of a child on its way to become another program */
static int log_fd = -1;
static bool is_traced, lists_places;
static uint64_t wanted_place; /* 0: any */
static _Thread_local bool is_inside;

/* One line, in one system call that nobody counts. */
static void
note(const char *what, const char *text)
{
    char line[PATH_MAX + 64];
    int size = snprintf(line, sizeof line, "%s %ld %s\n", what, (long)getpid(), text);

    if (size > 0)
        syscall(SYS_write, log_fd, line, (size_t)size < sizeof line ? (size_t)size : sizeof line);
}

void
note_end(int status, void *unused)
{
    char text[16];

    (void)unused;
    if (kind == NONE)
        return;
    snprintf(text, sizeof text, "%d", status);
    note("end", text);
    kind = NONE;
}

/* A reader has left: the quiet death, which is no crash. */
static void
note_broken_pipe(int number)
{
    note_end(128 + number, NULL);
    signal(number, SIG_DFL);
    raise(number);
}

/* FNV-1a. */
static uint64_t
hash(uint64_t before, const void *data, size_t size)
{
    for (const unsigned char *byte = data; size-- > 0; byte++)
        before = (before ^ *byte) * 0x100000001b3;
    return before;
}

/* Where a call comes from, wherever the system has put the program and its libraries. */
static uint64_t
find_place(void)
{
    enum { CALLERS = 12, OWN = 2 };
    void *frames[CALLERS + OWN];
    int n = backtrace(frames, CALLERS + OWN);
    uint64_t place = hash(0xcbf29ce484222325, program_invocation_short_name,
                          strlen(program_invocation_short_name));

    for (int i = OWN; i < n; i++) {
        struct dl_find_object object;
        uintptr_t at = (uintptr_t)frames[i];

        if (_dl_find_object(frames[i], &object) == 0)
            at -= (uintptr_t)object.dlfo_map_start;
        place = hash(place, &at, sizeof at);
    }
    return place;
}

/* Once for each place, as far as there is room. */
static void
list_place(uint64_t place)
{
    enum { ROOM = 1 << 16, PROBES = 64 };
    static _Atomic uint64_t seen[ROOM];

    for (size_t i = 0; i < PROBES; i++) {
        uint64_t nobody = 0;

        if (atomic_compare_exchange_strong(&seen[(place + i) % ROOM], &nobody, place)) {
            char text[32];

            snprintf(text, sizeof text, "%016llx", (unsigned long long)place);
            note("place", text);
            return;
        }
        if (nobody == place)
            return;
    }
}

/* Whether a call comes from where one is to fail. */
static bool
is_there(void)
{
    uint64_t place;

    if (wanted_place == 0 && !lists_places)
        return true;
    is_inside = true;
    place = find_place();
    if (lists_places)
        list_place(place);
    is_inside = false;
    return wanted_place == 0 || place == wanted_place;
}

bool
strikes(Kind counted, const char *call)
{
    bool persists = counted == FULL || counted == EXHAUSTED;

    if (kind != counted || is_inside || getpid() != own_pid)
        return false;
    if (persists && atomic_load(&has_struck))
        return true;
    if (!is_there())
        return false;
    if (atomic_fetch_add(calls, 1) + 1 != wanted)
        return false;
    is_inside = true;
    atomic_store(&has_struck, true);
    note("fault", call);
    if (is_traced) {
        void *frames[32];

        backtrace_symbols_fd(frames, backtrace(frames, 32), log_fd);
    }
    is_inside = false;
    return true;
}

bool
fails(const char *call, int code)
{
    if (!strikes(ERROR, call))
        return false;
    errno = code;
    return true;
}

bool
is_interrupted(const char *call)
{
    if (!strikes(INTERRUPT, call))
        return false;
    errno = EINTR;
    return true;
}

bool
lacks_memory(const char *call)
{
    if (!strikes(MEMORY, call) && !strikes(EXHAUSTED, call))
        return false;
    errno = ENOMEM;
    return true;
}

/* Of a file's bytes, in calls that nobody counts. */
static uint64_t
digest_file(const char *path)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    uint64_t digest = 0xcbf29ce484222325;
    char buffer[4096];
    long n;

    while (fd >= 0 && (n = syscall(SYS_read, fd, buffer, sizeof buffer)) > 0)
        digest = hash(digest, buffer, (size_t)n);
    syscall(SYS_close, fd);
    return digest;
}

void
note_renamed(const char *to)
{
    char full[PATH_MAX], text[PATH_MAX];

    if (kind == NONE)
        return;
    if (to[0] == '/' || getcwd(full, sizeof full) == NULL)
        full[0] = '\0';
    snprintf(text, sizeof text, "%016llx %.2000s%s%.2000s", (unsigned long long)digest_file(to),
             full, full[0] != '\0' ? "/" : "", to);
    note("renamed", text);
}

bool
count_calls(bool counted)
{
    bool were_counted = !is_inside;

    is_inside = !counted;
    return were_counted;
}

static int
open_in(const char *folder, const char *name, int flags)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CREAT | O_CLOEXEC, 0600);
}

/* The descriptors move out of the way of those that a program counts on, 3 and above. */
static int
move_up(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, 200);

    syscall(SYS_close, fd);
    return high;
}

static __attribute__((constructor)) void
begin(void)
{
    const char *fault = getenv("ASSAY_FAULT"), *folder = getenv("ASSAY_FAULTS_DIR");
    const char *n = fault != NULL ? strchr(fault, ':') : NULL;
    char name[64], *end;
    void *shared, *frame;
    int counter, messages;

    if (n == NULL || folder == NULL || strncmp(program_invocation_short_name, "assay", 5) != 0)
        return;
    counter = open_in(folder, "calls", O_RDWR);
    snprintf(name, sizeof name, "%ld.stderr", (long)getpid());
    messages = open_in(folder, name, O_WRONLY | O_APPEND);
    log_fd = move_up(open_in(folder, "log", O_WRONLY | O_APPEND));
    if (counter < 0 || messages < 0 || log_fd < 0 || ftruncate(counter, sizeof *calls) != 0 ||
        dup2(messages, STDERR_FILENO) < 0)
        abort();
    shared = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED, counter, 0);
    if (shared == MAP_FAILED)
        abort();
    calls = shared;
    syscall(SYS_close, counter);
    syscall(SYS_close, messages);
    wanted = strtoul(n + 1, &end, 10);
    wanted_place = *end == '@' ? strtoull(end + 1, NULL, 16) : 0;
    lists_places = getenv("ASSAY_FAULTS_PLACES") != NULL;
    is_traced = getenv("ASSAY_FAULTS_TRACE") != NULL;
    if (lists_places || wanted_place != 0 || is_traced)
        backtrace(&frame, 1); /* which loads what it needs */
    on_exit(note_end, NULL);
    if (signal(SIGPIPE, SIG_IGN) != SIG_IGN)
        signal(SIGPIPE, note_broken_pipe);
    own_pid = getpid();
    note("begin", program_invocation_short_name);
    for (int i = ERROR; i <= EXHAUSTED; i++) {
        if (strncmp(fault, kinds[i], (size_t)(n - fault)) == 0 && kinds[i][n - fault] == '\0')
            kind = (Kind)i;
    }
}
