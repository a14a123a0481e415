/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "split-private.h"

#include "../base/error.h"

/* So many times all that is left may be tried, which makes the runs as long as they can be. After
 * that an attempt is only as long as its luck before, so that what fails does not cost more than
 * what succeeds. */
enum { PATIENCE = 16 };

/* The way through the items: @at is the next one, @step how many are tried together. */
typedef struct {
    size_t at, end, step;
    guint n_failures;
    GError *known; /* about the item @known_at, found while those before it were not done yet */
    size_t known_at;
} Way;

static void
succeed(Way *way, size_t count)
{
    way->at += count;
    if (way->n_failures < PATIENCE)
        way->step = G_MAXSIZE;
    else
        way->step = count <= G_MAXSIZE / 2 ? 2 * count : G_MAXSIZE;
}

static void
fail(Way *way)
{
    way->n_failures += way->n_failures < PATIENCE ? 1 : 0;
    way->step = way->n_failures < PATIENCE ? G_MAXSIZE : 1;
}

static void
take_known(Way *way, GError *fault, size_t at)
{
    g_clear_error(&way->known);
    way->known = fault;
    way->known_at = at;
}

/* What @count items failed for: an item of them is to blame, or all are refused. */
static gboolean
judge(const AssaySplit *self, gpointer user, Way *way, size_t count, GError *fault)
{
    size_t start = way->at, item;
    gboolean is_one = assay_error_item(fault, &item) && item >= start && item - start < count;

    fail(way);
    if (is_one && item > start) {
        take_known(way, fault, item);
        way->step = item - start;
        return TRUE;
    }
    count = is_one ? 1 : count;
    way->at += count;
    return self->refuse(user, start, count, fault);
}

/* The item that stopped an attempt, once those before it are done. */
static gboolean
refuse_known(const AssaySplit *self, gpointer user, Way *way)
{
    way->at++;
    return self->refuse(user, way->known_at, 1, g_steal_pointer(&way->known));
}

void
assay_split_items(const AssaySplit *self, gpointer user, size_t start, size_t n, GError *fault)
{
    Way way = { .at = start, .end = start + n, .step = G_MAXSIZE };
    gboolean goes_on = judge(self, user, &way, n, fault);

    while (goes_on && way.at < way.end) {
        size_t count = MIN(way.step, way.end - way.at);

        if (way.known != NULL && way.known_at == way.at) {
            goes_on = refuse_known(self, user, &way);
            continue;
        }
        if (way.known != NULL && way.known_at > way.at)
            count = MIN(count, way.known_at - way.at);
        fault = self->attempt(user, way.at, count);
        if (fault == NULL)
            succeed(&way, count);
        else
            goes_on = judge(self, user, &way, count, fault);
    }
    g_clear_error(&way.known);
}
