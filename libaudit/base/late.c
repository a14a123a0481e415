/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "output.h"

enum { STATUS = 127 }; /* of a program that misses a library when it starts */

static G_GNUC_NORETURN void
give_up(void)
{
    const char *program = g_get_prgname(); /* NULL where another program has not said */

    fprintf(stderr, "%s: error while loading shared libraries: %s\n",
            program != NULL ? program : "libassay", dlerror());
    assay_output_remove_unfinished();
    _exit(STATUS);
}

static void
load(const AssayLate *self, gpointer *addresses)
{
    gpointer library = dlopen(self->file, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL)
        give_up();
    for (size_t i = 0; i < self->n_names; i++) {
        addresses[i] = dlsym(library, self->names[i]);
        if (addresses[i] == NULL)
            give_up();
    }
}

void
assay_late_load(AssayLate *self, gpointer functions)
{
    static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

    if (g_atomic_int_get(&self->is_loaded))
        return;
    pthread_mutex_lock(&loading);
    if (!g_atomic_int_get(&self->is_loaded))
        load(self, functions);
    g_atomic_int_set(&self->is_loaded, TRUE);
    pthread_mutex_unlock(&loading);
}
