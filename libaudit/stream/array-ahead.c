/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "array-ahead-private.h"

#include <glib/gstdio.h>

#include "../base/thread.h"
#include "stream.h"

struct AssayArrayAhead {
    const AssayFile *file;
    const AssaySourceConfig *config;
    pthread_t thread;
    AssayArrayReader *reader;
    GError *fault;
};

static void
look_through(gpointer data)
{
    AssayArrayAhead *self = data;
    g_autoptr(AssayInput) input = assay_file_open(self->file, NULL);
    const guint8 *bytes;
    size_t size = ASSAY_ARRAY_SNIFFED;

    if (input == NULL || !assay_input_peek(input, &bytes, &size, NULL))
        return; /* whoever opens it next meets the same, and tells */
    if (assay_source_is_pictures(self->config, self->file, bytes, size) ||
        (!(self->config->streams && assay_stream_sniff(bytes, size)) &&
         assay_source_is_array(self->config, bytes, size)))
        self->reader =
            assay_array_reader_new(g_steal_pointer(&input), self->file, self->config, &self->fault);
}

static gboolean
is_worth_it(const AssayFile *file)
{
    GStatBuf status;

    return g_stat(file->path, &status) == 0 && S_ISREG(status.st_mode) &&
           (guint64)status.st_size >= ASSAY_STREAM_CUT;
}

AssayArrayAhead *
assay_array_ahead_new(const AssayFile *file, const AssaySourceConfig *config)
{
    AssayArrayAhead *self;

    if (!is_worth_it(file))
        return NULL;
    self = g_new0(AssayArrayAhead, 1);
    self->file = file;
    self->config = config;
    if (assay_thread_begin(&self->thread, look_through, self))
        return self;
    g_free(self);
    return NULL;
}

void
assay_array_ahead_free(AssayArrayAhead *self)
{
    AssayArrayReader *none;

    (void)!assay_array_ahead_take(self, NULL, &none, NULL);
}

gboolean
assay_array_ahead_take(AssayArrayAhead *self, const AssayFile *file, AssayArrayReader **reader,
                       GError **error)
{
    gboolean is_array = FALSE;

    *reader = NULL;
    if (self == NULL)
        return FALSE;
    pthread_join(self->thread, NULL);
    if (self->file == file) {
        *reader = g_steal_pointer(&self->reader);
        is_array = *reader != NULL || self->fault != NULL;
        if (self->fault != NULL)
            g_propagate_error(error, g_steal_pointer(&self->fault));
    }
    assay_array_reader_free(self->reader);
    g_clear_error(&self->fault);
    g_free(self);
    return is_array;
}
