/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed-private.h"

#include <string.h>

#include "../base/digest.h"
#include "../base/error.h"
#include "../base/text.h"
#include "../media/notes.h"
#include "../media/sound.h"
#include "../stream/npy.h"
#include "../stream/npz.h"
#include "kind.h"

struct AssayFeed {
    AssayReader *reader; /* of a stream */
    AssaySample *sample; /* of a file, until it is delivered */
    GQueue faults;       /* GError of arrays that it is without, likewise */
    size_t max_bytes;
};

/* Whether the bytes of one array among others can be read as such; if not, that is a fault. */
static gboolean
is_sound(AssayFeed *self, GBytes *bytes, const char *shown, const char *array)
{
    g_autofree char *label = g_strdup_printf("%s: array %s", shown, array);
    AssayNpyHeader header;
    GError *fault = NULL;
    size_t size, n_values;
    const void *data = g_bytes_get_data(bytes, &size);

    if (assay_npy_header_parse(data, size, label, &header, &fault) &&
        assay_npy_check_size(&header, size, label, &n_values, &fault))
        return TRUE;
    g_queue_push_tail(&self->faults, fault);
    return FALSE;
}

/* An .npz, its arrays as fields: all that are sound, or the one that is wanted. */
static gboolean
read_npz(AssayFeed *self, AssaySample *sample, AssayInput *input, const char *shown,
         const char *only, char **sha256, GError **error)
{
    g_autoptr(AssayNpz) npz = assay_npz_new(input, shown, error);
    const size_t max_bytes = self->max_bytes;
    g_autoptr(GString) names = g_string_new(NULL);
    AssayNpzMember member;
    gboolean is_member, is_found = only == NULL;
    guint64 size;

    if (npz == NULL)
        return FALSE;
    for (;;) {
        g_autoptr(AssayInput) values = NULL;
        g_autoptr(GBytes) bytes = NULL;
        size_t held = MIN(assay_sample_bytes(sample), max_bytes);

        if (!assay_npz_next(npz, &member, &is_member, error))
            return FALSE;
        if (!is_member)
            break;
        if (member.array == NULL)
            continue;
        assay_text_join(names, ", ", "%s", member.array);
        if (only != NULL && strcmp(only, member.array) != 0)
            continue;
        is_found = TRUE;
        values = assay_npz_open(npz);
        bytes = assay_input_read_all(values, only != NULL ? max_bytes : max_bytes - held, error);
        if (bytes == NULL)
            return FALSE;
        if ((only != NULL || is_sound(self, bytes, shown, member.array)) &&
            !assay_sample_add_member(sample, member.path, bytes, error))
            return FALSE;
    }
    *sha256 = assay_input_finish(assay_npz_input(npz), &size, error);
    if (*sha256 == NULL)
        return FALSE;
    if (is_found)
        return assay_sample_unpack(sample, max_bytes, error);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: no array \"%s\"; there %s %s", shown,
                only, strchr(names->str, ',') != NULL ? "are" : "is",
                names->len > 0 ? names->str : "none");
    return FALSE;
}

static gboolean
decode_sound(AssaySample *sample, GBytes *bytes, const char *shown, size_t max_bytes,
             GError **error)
{
    g_autoptr(AssayContent) content = assay_content_from_bytes(shown, bytes);

    return assay_sound_decode(sample, content, max_bytes, error);
}

static gboolean
read_bytes(AssaySample *sample, GBytes *bytes, AssayKind kind, const AssayMedium *medium,
           const char *shown, size_t max_bytes, GError **error)
{
    size_t size;
    const void *data = g_bytes_get_data(bytes, &size);
    AssayArray *array;

    if (kind == ASSAY_KIND_NPY) {
        array = assay_npy_parse(data, size, shown, max_bytes, error);
        if (array != NULL)
            assay_sample_take_field(sample, "array", array, NULL);
        return array != NULL;
    }
    if (kind == ASSAY_KIND_PICTURE || kind == ASSAY_KIND_IDX)
        return assay_feed_decode_pictures(sample, bytes, medium, shown, max_bytes, error);
    if (kind == ASSAY_KIND_SOUND ? decode_sound(sample, bytes, shown, max_bytes, error)
                                 : assay_midi_medium.decode(sample, bytes, max_bytes, error))
        return TRUE;
    g_prefix_error(error, "%s: ", shown);
    return FALSE;
}

/* All of a file, and the digest of its bytes; what is in gzip, unpacked. @input: (transfer full) */
static GBytes *
read_whole(AssayInput *input, AssayKind kind, size_t max_bytes, char **sha256, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(GBytes) bytes = assay_input_read_all(own, max_bytes, error);
    g_autoptr(AssayInput) unpacked = NULL;

    if (bytes == NULL)
        return NULL;
    *sha256 = assay_digest_bytes(bytes);
    if (kind != ASSAY_KIND_IDX)
        return g_steal_pointer(&bytes);
    unpacked =
        assay_feed_unpack(assay_input_from_bytes(assay_input_name(own), bytes), max_bytes, error);
    return unpacked == NULL ? NULL : assay_input_read_all(unpacked, max_bytes, error);
}

/* A file as a sample, as the source of a pipeline would make it. @input: (transfer full) */
static AssaySample *
read_file(AssayFeed *self, AssayInput *input, AssayKind kind, const AssayMedium *medium,
          const char *name, const char *shown, const char *only, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssaySample) sample = assay_sample_new(name);
    g_autofree char *sha256 = NULL;
    const char *format = kind == ASSAY_KIND_NPY   ? "npy"
                         : kind == ASSAY_KIND_NPZ ? "npz"
                         : kind == ASSAY_KIND_IDX ? "IDX"
                         : medium != NULL         ? medium->name
                                                  : "MIDI";
    AssayJson *source = assay_json_object();

    assay_json_set_take(assay_sample_meta(sample), "source", source);
    if (kind == ASSAY_KIND_NPZ) {
        assay_input_digest(own);
        if (!read_npz(self, sample, g_steal_pointer(&own), shown, only, &sha256, error))
            return NULL;
    } else {
        bytes = read_whole(g_steal_pointer(&own), kind, self->max_bytes, &sha256, error);
        if (bytes == NULL ||
            !read_bytes(sample, bytes, kind, medium, shown, self->max_bytes, error))
            return NULL;
    }
    assay_json_set_string(source, "path", shown);
    if (kind != ASSAY_KIND_SOUND) /* which has said so itself */
        assay_json_set_string(source, "format", format);
    assay_json_set_string(source, "sha256", sha256);
    return g_steal_pointer(&sample);
}

AssayFeed *
assay_feed_new(AssayInput *input, const char *name, const char *shown, const char *only,
               size_t max_bytes, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autoptr(AssayFeed) self = g_new0(AssayFeed, 1);
    const guint8 *data;
    size_t size = ASSAY_KIND_SNIFFED;
    const AssayMedium *medium = NULL;
    AssayKind kind;

    self->max_bytes = max_bytes;
    g_queue_init(&self->faults);
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
    case ASSAY_KIND_NPZ:
    case ASSAY_KIND_IDX:
    case ASSAY_KIND_MIDI:
    case ASSAY_KIND_PICTURE:
    case ASSAY_KIND_SOUND:
        if (kind == ASSAY_KIND_PICTURE)
            medium = assay_kind_picture(data, size, assay_input_name(own));
        self->sample =
            read_file(self, g_steal_pointer(&own), kind, medium, name, shown, only, error);
        if (self->sample == NULL)
            return NULL;
        break;
    case ASSAY_KIND_JSON:
    case ASSAY_KIND_TABLE:
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is a %s, which has no samples; only streams, MIDI files, pictures, "
                    "sound files, .npy, .npz and IDX arrays have",
                    assay_input_name(own), kind == ASSAY_KIND_TABLE ? "table" : "JSON document");
        return NULL;
    default:
        assay_kind_refuse(data, size, assay_input_name(own), error);
        return NULL;
    }
    return g_steal_pointer(&self);
}

static void
free_fault(gpointer data)
{
    g_error_free(data);
}

void
assay_feed_free(AssayFeed *self)
{
    if (self == NULL)
        return;
    assay_reader_free(self->reader);
    assay_sample_free(self->sample);
    g_queue_clear_full(&self->faults, free_fault);
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
    *sample = NULL;
    if (!g_queue_is_empty(&self->faults)) {
        g_propagate_error(fault, g_queue_pop_head(&self->faults));
        return TRUE;
    }
    *sample = g_steal_pointer(&self->sample);
    if (self->reader == NULL)
        return TRUE;
    if (!assay_reader_next(self->reader, sample, error))
        return FALSE;
    if (*sample != NULL && !assay_sample_unpack(*sample, self->max_bytes, fault))
        g_clear_pointer(sample, assay_sample_free);
    return TRUE;
}
