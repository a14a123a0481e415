/* base/temporary.c - makes, renames and removes temporary files, and remembers them for whoever
 * ends the process.
 *
 * That may be a signal handler on any thread, between any two instructions, or another thread that
 * lacks memory: it raises is_removing and then looks at a slot; we empty a slot and then look at
 * is_removing. Whichever comes first, no string is freed that is still read there. Of a file that
 * is being made it waits until it is remembered; once it has begun none is made any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "temporary-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "output.h"

enum {
    N_UNFINISHED = 64,
    MAX_NAME = 255 - 13, /* NAME_MAX less what a temporary name adds */
    MAX_ATTEMPTS = 100,
};

static _Atomic(char *) unfinished[N_UNFINISHED];
static atomic_bool is_removing;
static atomic_uint n_making;

void
assay_output_remove_unfinished(void)
{
    int saved_errno = errno;

    atomic_store(&is_removing, true);
    while (atomic_load(&n_making) > 0)
        sched_yield();
    for (int i = 0; i < N_UNFINISHED; i++) {
        const char *path = atomic_load(&unfinished[i]);

        if (path != NULL)
            unlink(path);
    }
    errno = saved_errno;
}

/* Takes @copy of a path. */
static int
remember(char *copy)
{
    for (int i = 0; i < N_UNFINISHED; i++) {
        char *expected = NULL;

        if (atomic_compare_exchange_strong(&unfinished[i], &expected, copy))
            return i;
    }
    g_free(copy);
    return -1;
}

static void
forget(AssayTemporary *self)
{
    char *path = self->slot >= 0 ? atomic_exchange(&unfinished[self->slot], NULL) : NULL;

    if (!atomic_load(&is_removing))
        g_free(path);
    self->slot = -1;
    g_clear_pointer(&self->path, g_free);
}

/* Makes the file of @path, which is taken where that succeeds, and remembers it, with no signal in
 * between. */
static int
make(AssayTemporary *self, char **path)
{
    g_autofree char *copy = g_strdup(*path); /* before there is a file to forget */
    sigset_t all, before;
    int fd = -1, code = EINTR;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    atomic_fetch_add(&n_making, 1);
    if (!atomic_load(&is_removing)) {
        fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
        code = errno;
    }
    if (fd >= 0) {
        self->slot = remember(g_steal_pointer(&copy));
        self->path = g_steal_pointer(path);
    }
    atomic_fetch_sub(&n_making, 1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return fd;
}

int
assay_temporary_make(AssayTemporary *self, const char *target)
{
    static atomic_uint counter;
    g_autofree char *folder = g_path_get_dirname(target);
    const char *slash = strrchr(target, '/');
    const char *base = slash != NULL ? slash + 1 : target;
    int fd = -1, code = EEXIST;

    for (int i = 0; i < MAX_ATTEMPTS && fd < 0 && code == EEXIST; i++) {
        struct timespec now = { 0 };
        guint32 unique;
        g_autofree char *path = NULL;

        clock_gettime(CLOCK_REALTIME, &now);
        unique = (guint32)now.tv_nsec ^ ((guint32)getpid() << 12) ^
                 atomic_fetch_add(&counter, 1) * 0x9e3779b9u;
        path = g_strdup_printf("%s/.%.*s.%06x.part", folder, MAX_NAME, base, unique & 0xffffff);
        fd = make(self, &path);
        code = errno;
    }
    errno = code;
    return fd;
}

gboolean
assay_temporary_become(AssayTemporary *self, const char *target)
{
    if (self->path != NULL && rename(self->path, target) != 0)
        return FALSE;
    if (self->path != NULL)
        forget(self);
    return TRUE;
}

void
assay_temporary_remove(AssayTemporary *self)
{
    if (self->path == NULL)
        return;
    unlink(self->path);
    forget(self);
}
