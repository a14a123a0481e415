/* stats/sorted-reader.c - the runs of a sorted store, merged while they are drawn.
 *
 * A heap holds the sources by the key that comes next in each. The one on top gives keys as long
 * as none of the others has a lesser one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <unistd.h>

#include "radix-private.h"
#include "sorted-private.h"

enum { BUFFER_BYTES = 64 << 10 };

/* A run, of which part is in memory. */
typedef struct {
    const void *keys;
    size_t at, n;      /* of what is in memory */
    guint64 key;       /* that of keys[at] */
    void *buffer;      /* %NULL of the run that is all in memory */
    guint64 file_at;   /* in bytes: what comes after that */
    guint64 remaining; /* keys in the file after that */
} Source;

struct AssaySortedReader {
    const AssaySorted *sorted;
    size_t n_sources;
    Source *sources;
    Source **heap;
    size_t n_heap;
    gboolean is_begun;
};

AssaySortedReader *
assay_sorted_reader_new(const AssaySorted *sorted)
{
    AssaySortedReader *self = g_new0(AssaySortedReader, 1);

    g_return_val_if_fail(sorted->is_finished, NULL);
    self->sorted = sorted;
    self->n_sources = sorted->runs->len + (size_t)1;
    self->sources = g_new0(Source, self->n_sources);
    self->heap = g_new0(Source *, self->n_sources);
    for (size_t i = 0; i < sorted->runs->len; i++)
        self->sources[i].buffer = g_malloc(BUFFER_BYTES);
    return self;
}

void
assay_sorted_reader_free(AssaySortedReader *self)
{
    if (self == NULL)
        return;
    for (size_t i = 0; i < self->n_sources; i++)
        g_free(self->sources[i].buffer);
    g_free(self->sources);
    g_free(self->heap);
    g_free(self);
}

void
assay_sorted_reader_rewind(AssaySortedReader *self)
{
    self->is_begun = FALSE;
}

static gboolean
read_at(const AssaySorted *sorted, guint64 at, guint8 *data, size_t size, GError **error)
{
    while (size > 0) {
        ssize_t n = pread(sorted->fd, data, size, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? EIO : errno; /* somebody has cut it */
            assay_sorted_fail(sorted, "read", error);
            return FALSE;
        }
        data += n;
        size -= (size_t)n;
        at += (guint64)n;
    }
    return TRUE;
}

/* Has its next key in memory, if there is one: else n is at. */
static gboolean
fill(const AssaySortedReader *self, Source *source, GError **error)
{
    size_t width = self->sorted->width;

    if (source->at == source->n && source->remaining > 0) {
        size_t n = (size_t)MIN(source->remaining, BUFFER_BYTES / width);

        if (!read_at(self->sorted, source->file_at, source->buffer, n * width, error))
            return FALSE;
        source->at = 0;
        source->n = n;
        source->file_at += n * width;
        source->remaining -= n;
    }
    if (source->at < source->n)
        source->key = assay_sorted_key(source->keys, width, source->at);
    return TRUE;
}

static void
sink(AssaySortedReader *self, size_t i)
{
    Source *moved = self->heap[i];

    for (;;) {
        size_t child = 2 * i + 1;

        if (child + 1 < self->n_heap && self->heap[child + 1]->key < self->heap[child]->key)
            child++;
        if (child >= self->n_heap || moved->key <= self->heap[child]->key)
            break;
        self->heap[i] = self->heap[child];
        i = child;
    }
    self->heap[i] = moved;
}

static gboolean
begin(AssaySortedReader *self, GError **error)
{
    const AssaySorted *sorted = self->sorted;

    self->n_heap = 0;
    for (size_t i = 0; i < self->n_sources; i++) {
        Source *source = &self->sources[i];

        source->at = source->n = 0;
        if (i < sorted->runs->len) {
            const AssaySortedRun *run = &g_array_index(sorted->runs, AssaySortedRun, i);

            source->keys = source->buffer;
            source->file_at = run->at;
            source->remaining = run->n;
        } else {
            source->keys = sorted->keys;
            source->n = sorted->n_keys;
        }
        if (!fill(self, source, error))
            return FALSE;
        if (source->n > 0)
            self->heap[self->n_heap++] = source;
    }
    for (size_t i = self->n_heap / 2; i > 0; i--)
        sink(self, i - 1);
    self->is_begun = TRUE;
    return TRUE;
}

/* How many keys equal to its next one a source has in a row in memory; steps over them. */
static size_t
take_equal_32(Source *source)
{
    const guint32 *keys = source->keys;
    size_t first = source->at, at = first + 1;

    while (at < source->n && keys[at] == keys[first])
        at++;
    source->at = at;
    return at - first;
}

static size_t
take_equal_64(Source *source)
{
    const guint64 *keys = source->keys;
    size_t first = source->at, at = first + 1;

    while (at < source->n && keys[at] == keys[first])
        at++;
    source->at = at;
    return at - first;
}

/* Adds how often the least key occurs in the source on top, as far as that is in memory. */
static gboolean
take_from_top(AssaySortedReader *self, guint64 *count, GError **error)
{
    Source *top = self->heap[0];

    *count += self->sorted->width == sizeof(guint32) ? take_equal_32(top) : take_equal_64(top);
    if (top->at < top->n)
        top->key = assay_sorted_key(top->keys, self->sorted->width, top->at);
    else if (!fill(self, top, error))
        return FALSE;
    if (top->at == top->n)
        self->heap[0] = self->heap[--self->n_heap];
    if (self->n_heap > 1)
        sink(self, 0);
    return TRUE;
}

/* Where one source is left, all of it in memory, there is nothing to compare it with. Keys become
 * values and counts without a branch: nobody could guess which ones are equal. */
static size_t
draw_alone_32(Source *source, double *values, guint64 *counts, size_t max)
{
    const guint32 *keys = source->keys;
    size_t at = source->at, n = 0;
    guint64 count = 0;

    for (; at < source->n && (n < max || keys[at] == keys[at - 1]); at++) {
        gboolean is_new = count == 0 || keys[at] != keys[at - 1];

        n += (size_t)is_new;
        count = is_new ? 1 : count + 1;
        values[n - 1] = (double)assay_radix_value_f32(keys[at]);
        counts[n - 1] = count;
    }
    source->at = at;
    return n;
}

static size_t
draw_alone_64(Source *source, double *values, guint64 *counts, size_t max)
{
    const guint64 *keys = source->keys;
    size_t at = source->at, n = 0;
    guint64 count = 0;

    for (; at < source->n && (n < max || keys[at] == keys[at - 1]); at++) {
        gboolean is_new = count == 0 || keys[at] != keys[at - 1];

        n += (size_t)is_new;
        count = is_new ? 1 : count + 1;
        values[n - 1] = assay_radix_value_f64(keys[at]);
        counts[n - 1] = count;
    }
    source->at = at;
    return n;
}

static size_t
draw_alone(AssaySortedReader *self, double *values, guint64 *counts, size_t max)
{
    Source *source = self->heap[0];
    size_t width = self->sorted->width;
    size_t n = width == sizeof(guint32) ? draw_alone_32(source, values, counts, max)
                                        : draw_alone_64(source, values, counts, max);

    if (source->at == source->n)
        self->n_heap = 0;
    else
        source->key = assay_sorted_key(source->keys, width, source->at);
    return n;
}

gboolean
assay_sorted_reader_draw(AssaySortedReader *self, double *values, guint64 *counts, size_t max,
                         size_t *n, GError **error)
{
    if (!self->is_begun && !begin(self, error))
        return FALSE;
    if (self->n_heap == 1 && self->heap[0]->remaining == 0) {
        *n = draw_alone(self, values, counts, max);
        return TRUE;
    }
    for (*n = 0; *n < max && self->n_heap > 0; ++*n) {
        guint64 key = self->heap[0]->key;

        values[*n] = assay_sorted_value(self->sorted, key);
        counts[*n] = 0;
        do {
            if (!take_from_top(self, &counts[*n], error))
                return FALSE;
        } while (self->n_heap > 0 && self->heap[0]->key == key);
    }
    return TRUE;
}
