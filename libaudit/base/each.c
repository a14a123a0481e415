/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "each.h"

#include "parallel.h"

typedef struct {
    size_t n, next;
    gboolean (*work)(gpointer user, size_t number, GError **error);
    gpointer user;
} Each;

static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Each *self = user;

    (void)bytes;
    (void)error;
    if (self->next < self->n)
        *job = GSIZE_TO_POINTER(++self->next);
    return TRUE;
}

static gpointer
work(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const Each *self = user;

    (void)worker;
    (void)bytes;
    if (!self->work(self->user, GPOINTER_TO_SIZE(job) - 1, error))
        return NULL;
    return job;
}

static gboolean
consume(gpointer user, gpointer result, GError **error)
{
    (void)user;
    (void)result;
    (void)error;
    return TRUE;
}

gboolean
assay_each_number(size_t n, guint n_workers,
                  gboolean (*worker)(gpointer user, size_t number, GError **error), gpointer user,
                  GError **error)
{
    Each self = { .n = n, .work = worker, .user = user };
    const AssayParallel parallel = { .n_workers = n_workers,
                                     .max_bytes = G_MAXSIZE,
                                     .is_prompt = TRUE,
                                     .produce = produce,
                                     .work = work,
                                     .consume = consume };

    return assay_parallel_run(&parallel, &self, error);
}
