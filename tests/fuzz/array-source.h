/* fuzz/array-source.h - bytes as a file that a source reads arrays of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/stream/array-config.h>
#include <stdio.h>
#include <unistd.h>

/* Enough for what fuzzers make. */
#define ARRAY_SOURCE_MAX ((size_t)4 << 20)

/* The path of a file of these bytes, until the next call. */
static inline const char *
array_source_file(const guint8 *data, size_t size)
{
    static FILE *scratch;
    static char path[32];

    if (scratch == NULL)
        scratch = tmpfile();
    g_assert(scratch != NULL && ftruncate(fileno(scratch), 0) == 0);
    g_assert(size == 0 || pwrite(fileno(scratch), data, size, 0) == (ssize_t)size);
    g_snprintf(path, sizeof path, "/dev/fd/%d", fileno(scratch));
    return path;
}

/* Every sample or piece of it; what is left out has a reason, and is the last of its file. */
static inline void
array_source_read(const char *path, const AssayArrayConfig *config,
                  const AssayPictureArrays *pictures)
{
    const char *const operands[] = { path, NULL };
    const AssaySourceConfig source_config = {
        .operands = operands, .max_bytes = ARRAY_SOURCE_MAX, .arrays = config, .pictures = pictures
    };
    g_autoptr(AssaySource) source = assay_source_new(&source_config);
    size_t next_item = 0;
    gboolean failed = FALSE;

    for (;;) {
        g_autoptr(AssayArrival) arrival = NULL;
        g_autofree const char **fields = NULL;

        g_assert(assay_source_next(source, &arrival, NULL));
        if (arrival == NULL)
            return;
        g_assert(!failed);
        failed = arrival->fault != NULL || !assay_arrival_open(arrival, &arrival->fault);
        g_assert(failed == (arrival->fault != NULL));
        if (failed)
            continue;
        g_assert(assay_sample_item_start(arrival->sample) == next_item);
        if (assay_sample_has_items(arrival->sample))
            next_item += assay_sample_n_items(arrival->sample);
        fields = assay_sample_fields(arrival->sample);
        g_assert(fields[0] != NULL);
        for (size_t i = 0; fields[i] != NULL; i++) {
            const AssayArray *array = assay_sample_field(arrival->sample, fields[i], NULL);

            g_assert(array != NULL);
            if (assay_array_count(array) > 0)
                assay_array_value(array, assay_array_count(array) - 1);
        }
    }
}
