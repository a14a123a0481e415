/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed-private.h"

#include "../base/error.h"
#include "../media/notes.h"
#include "../stream/npy.h"
#include "views-private.h"

struct AssayFeed {
    AssayReader *reader; /* of a stream */
    AssaySample *sample; /* of a file, until it is delivered */
    size_t max_bytes;
};

/* A file as a sample, as the source of a pipeline would make it. */
static AssaySample *
read_file(AssayInput *input, AssayKind kind, const char *name, const char *shown, size_t max_bytes,
          GError **error)
{
    g_autoptr(GBytes) bytes = assay_input_read_all(input, max_bytes, error);
    g_autoptr(AssaySample) sample = assay_sample_new(name);
    g_autofree char *sha256 = NULL;
    AssayJson *source = assay_json_object();
    const void *data;
    size_t size;

    assay_json_set_take(assay_sample_meta(sample), "source", source);
    if (bytes == NULL)
        return NULL;
    sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    assay_json_set_string(source, "path", shown);
    assay_json_set_string(source, "format", kind == ASSAY_KIND_NPY ? "npy" : "MIDI");
    assay_json_set_string(source, "sha256", sha256);
    if (kind == ASSAY_KIND_NPY) {
        AssayArray *array;

        data = g_bytes_get_data(bytes, &size);
        array = assay_npy_parse(data, size, shown, max_bytes, error);
        if (array == NULL)
            return NULL;
        assay_sample_take_field(sample, "array", array, NULL);
    } else if (!assay_midi_medium.decode(sample, bytes, error)) {
        g_prefix_error(error, "%s: ", shown);
        return NULL;
    }
    return g_steal_pointer(&sample);
}

AssayFeed *
assay_feed_new(AssayInput *input, const char *name, const char *shown, size_t max_bytes,
               GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(AssayFeed) self = g_new0(AssayFeed, 1);
    const guint8 *data;
    size_t size = 4096;
    AssayKind kind;

    self->max_bytes = max_bytes;
    if (!assay_input_peek(own, &data, &size, error))
        return NULL;
    kind = assay_kind_sniff(data, size, assay_input_name(own));
    switch (kind) {
    case ASSAY_KIND_STREAM:
        self->reader = assay_reader_new(g_steal_pointer(&own), max_bytes, error);
        if (self->reader == NULL)
            return NULL;
        break;
    case ASSAY_KIND_NPY:
    case ASSAY_KIND_MIDI:
        self->sample = read_file(own, kind, name, shown, max_bytes, error);
        if (self->sample == NULL)
            return NULL;
        break;
    case ASSAY_KIND_JSON:
    case ASSAY_KIND_TABLE:
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is a %s, which has no samples; only streams, MIDI files and .npy arrays "
                    "have",
                    assay_input_name(own), kind == ASSAY_KIND_TABLE ? "table" : "JSON document");
        return NULL;
    default:
        assay_kind_refuse(kind, data, size, assay_input_name(own), error);
        return NULL;
    }
    return g_steal_pointer(&self);
}

void
assay_feed_free(AssayFeed *self)
{
    if (self == NULL)
        return;
    assay_reader_free(self->reader);
    assay_sample_free(self->sample);
    g_free(self);
}

gboolean
assay_feed_fault(GError *error, AssayValuesFault fault, gpointer user, GError **fatal)
{
    if (g_error_matches(error, ASSAY_ERROR, ASSAY_ERROR_USAGE)) {
        g_propagate_error(fatal, g_error_copy(error));
        return FALSE;
    }
    fault(user, error->message, FALSE);
    return TRUE;
}

static GPtrArray *
take_skips(AssayFeed *self)
{
    return self->reader != NULL ? assay_reader_take_skips(self->reader)
                                : g_ptr_array_new_with_free_func((GDestroyNotify)assay_skip_free);
}

void
assay_feed_tell_skips(AssayFeed *self, AssayValuesFault fault, gpointer user)
{
    g_autoptr(GPtrArray) skips = take_skips(self);

    for (guint i = 0; i < skips->len; i++) {
        const AssaySkip *skip = g_ptr_array_index(skips, i);
        g_autofree char *message = g_strdup_printf("left out before: %s", skip->reason);

        fault(user, message, skip->accepted);
    }
}

gboolean
assay_feed_is_file(const AssayFeed *self)
{
    return self->reader == NULL;
}

gboolean
assay_feed_next(AssayFeed *self, AssaySample **sample, GError **fault, GError **error)
{
    *sample = g_steal_pointer(&self->sample);
    if (self->reader == NULL)
        return TRUE;
    if (!assay_reader_next(self->reader, sample, error))
        return FALSE;
    if (*sample != NULL && !assay_sample_unpack(*sample, self->max_bytes, fault))
        g_clear_pointer(sample, assay_sample_free);
    return TRUE;
}
