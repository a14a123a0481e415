/* stream/source.c - one operand after the other, sniffed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/table.h"
#include "../base/text.h"
#include "array-ahead-private.h"
#include "array-config.h"
#include "source-private.h"

/* A file that a stage decodes is held in memory up to this size. */
enum { MAX_HELD = 4 << 20 };

struct AssaySource {
    AssaySourceConfig config;
    char **operands, **axes, *spool_folder;
    AssayListing *listing;
    AssayPictureArrays pictures; /* with what is still to be taken */
    gboolean is_taken;           /* all that was wanted */
    size_t next_file;
    AssayReader *reader;     /* of the stream being read */
    AssayArrayReader *array; /* of the .npy being read */
    AssayArrayAhead *ahead;  /* the file after it, if that has been begun */
    GQueue upstream;         /* AssaySkip of end records, still to be delivered */
};

/* Of raw bytes, which nothing else tells. */
static const char *const raw_suffixes[] = { ".raw", ".bin", NULL };
static const char *const array_suffixes[] = { ".npy", ".npz", ".tsv", NULL };
/* Those of labels, -idx1-ubyte, lie beside them. */
static const char *const picture_suffixes[] = {
    "idx3-ubyte", "idx3-ubyte.gz", "idx4-ubyte", "idx4-ubyte.gz", ".idx",
    ".idx.gz",    ".npy",          ".npz",       ".bin",          NULL,
};

static void
add_suffixes(GPtrArray *list, const char *const *suffixes)
{
    for (size_t i = 0; suffixes[i] != NULL; i++)
        g_ptr_array_add(list, (gpointer)suffixes[i]);
}

static const char **
collect_suffixes(const AssaySourceConfig *config)
{
    GPtrArray *list = g_ptr_array_new();

    for (size_t i = 0; config->media != NULL && config->media[i] != NULL; i++)
        add_suffixes(list, config->media[i]->suffixes);
    if (config->pictures != NULL)
        add_suffixes(list, picture_suffixes);
    else if (config->arrays != NULL)
        add_suffixes(list, config->arrays->is_raw ? raw_suffixes : array_suffixes);
    else if (config->array_axes != NULL)
        g_ptr_array_add(list, (gpointer) ".npy");
    g_ptr_array_add(list, NULL);
    return (const char **)g_ptr_array_free(list, FALSE);
}

static void
name_stdin(AssaySource *self, const char *name)
{
    for (guint i = 0; i < self->listing->files->len; i++) {
        AssayFile *file = g_ptr_array_index(self->listing->files, i);

        if (strcmp(file->path, "-") == 0) {
            g_free(file->name);
            file->name = g_strdup(name);
        }
    }
}

AssaySource *
assay_source_new(const AssaySourceConfig *config)
{
    g_autofree const char **suffixes = collect_suffixes(config);
    AssaySource *self = g_new0(AssaySource, 1);

    self->config = *config;
    if (config->pictures != NULL) {
        self->pictures = *config->pictures;
        self->config.pictures = &self->pictures;
    }
    self->spool_folder = g_strdup(config->spool_folder);
    self->config.spool_folder = self->spool_folder;
    self->operands = g_strdupv((char **)config->operands);
    self->config.operands = (const char *const *)self->operands;
    if (config->array_axes != NULL) {
        self->axes = g_strdupv((char **)config->array_axes);
        self->config.array_axes = (const char *const *)self->axes;
    }
    self->listing = assay_listing_new(config->operands, suffixes, config->names_repeat);
    if (config->stdin_name != NULL)
        name_stdin(self, config->stdin_name);
    g_queue_init(&self->upstream);
    return self;
}

static void
free_skip(gpointer data)
{
    assay_skip_free(data);
}

void
assay_source_free(AssaySource *self)
{
    if (self == NULL)
        return;
    g_queue_clear_full(&self->upstream, free_skip);
    assay_reader_free(self->reader);
    assay_array_reader_free(self->array);
    assay_array_ahead_free(self->ahead);
    assay_listing_free(self->listing);
    g_strfreev(self->operands);
    g_strfreev(self->axes);
    g_free(self->spool_folder);
    g_free(self);
}

size_t
assay_source_n_files(const AssaySource *self)
{
    return self->listing->files->len;
}

const AssayListing *
assay_source_listing(const AssaySource *self)
{
    return self->listing;
}

static AssayArrival *
new_arrival(const AssaySource *self, const AssayFile *file, const char *name)
{
    AssayArrival *arrival = g_new0(AssayArrival, 1);

    arrival->operand = file->operand;
    arrival->file = self->next_file;
    arrival->name = g_strdup(name);
    arrival->max_bytes = self->config.max_bytes;
    return arrival;
}

/* The next sample of the stream that is open, or a skip of its end record; NULL at its end. */
static gboolean
next_of_stream(AssaySource *self, AssayArrival **arrival, GError **error)
{
    const AssayFile *file = g_ptr_array_index(self->listing->files, self->next_file - 1);
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(GPtrArray) skips = NULL;

    if (!assay_reader_next(self->reader, &sample, error))
        return FALSE;
    skips = assay_reader_take_skips(self->reader);
    for (guint i = 0; i < skips->len; i++) {
        g_queue_push_tail(&self->upstream, g_ptr_array_index(skips, i));
        skips->pdata[i] = NULL;
    }
    if (sample == NULL) {
        g_clear_pointer(&self->reader, assay_reader_free);
        return TRUE;
    }
    *arrival = new_arrival(self, file, assay_sample_name(sample));
    (*arrival)->sample = g_steal_pointer(&sample);
    return TRUE;
}

/* Counts @n items against those that are wanted. */
static void
take(AssaySource *self, size_t n)
{
    if (self->pictures.take == 0)
        return;
    self->is_taken = n >= self->pictures.take;
    if (!self->is_taken)
        self->pictures.take -= n;
}

static void
next_of_array(AssaySource *self, AssayArrival **arrival)
{
    const AssayFile *file = g_ptr_array_index(self->listing->files, self->next_file - 1);
    gboolean is_last;

    *arrival = new_arrival(self, file, file->name);
    (*arrival)->sample =
        assay_array_reader_next(self->array, &(*arrival)->piece, &is_last, &(*arrival)->fault);
    if ((*arrival)->sample != NULL) {
        assay_arrival_note_items(*arrival);
        take(self, (*arrival)->n_items);
    } else {
        (*arrival)->has_items =
            assay_array_reader_rest(self->array, &(*arrival)->item_start, &(*arrival)->n_items);
    }
    if (is_last || (*arrival)->fault != NULL)
        g_clear_pointer(&self->array, assay_array_reader_free);
}

/* What is asked of arrays cannot be had of a stream, or of a picture alone. */
static gboolean
check_single(const AssaySource *self, const AssayFile *file, gboolean is_stream, GError **error)
{
    const char *what = is_stream ? "a stream" : "a single picture";

    if (self->pictures.labels == NULL && (!is_stream || self->pictures.take == 0))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: is %s; --%s", file->shown, what,
                self->pictures.labels != NULL ? "labels is for arrays of several, IDX, .npy or .npz"
                                              : "take is for files of pictures");
    return FALSE;
}

/* A file of arrays is opened: the next may be one, too. How many items are wanted of it must not
 * depend on this one. */
static void
look_ahead(AssaySource *self)
{
    if (self->config.has_threads && self->pictures.take == 0 && self->ahead == NULL &&
        self->next_file < self->listing->files->len)
        self->ahead = assay_array_ahead_new(
            g_ptr_array_index(self->listing->files, self->next_file), &self->config);
}

static gboolean
open_array(AssaySource *self, AssayInput *input, const AssayFile *file, GError **error)
{
    look_ahead(self);
    self->array = assay_array_reader_new(input, file, &self->config, error);
    return self->array != NULL;
}

/* Opens @file; what it turns out to be becomes self->reader, self->array or *arrival. */
static gboolean
open_file(AssaySource *self, const AssayFile *file, AssayArrival **arrival, gboolean *fatal,
          GError **error)
{
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssayContent) content = NULL;
    const AssayMedium *medium;
    const guint8 *data;
    size_t size = ASSAY_TABLE_SNIFFED;
    gboolean table;

    if (assay_array_ahead_take(g_steal_pointer(&self->ahead), file, &self->array, error)) {
        look_ahead(self);
        return self->array != NULL;
    }
    input = assay_file_open(file, error);
    if (input == NULL || !assay_input_peek(input, &data, &size, error))
        return FALSE;
    if (assay_source_is_pictures(&self->config, file, data, size))
        return open_array(self, g_steal_pointer(&input), file, error);
    if (self->config.streams && assay_stream_sniff(data, size)) {
        if (!check_single(self, file, TRUE, error))
            return FALSE;
        *fatal = TRUE;
        self->reader = assay_reader_new(g_steal_pointer(&input), self->config.max_bytes, error);
        return self->reader != NULL;
    }
    if (assay_source_is_array(&self->config, data, size))
        return open_array(self, g_steal_pointer(&input), file, error);
    medium = assay_source_find_medium(&self->config, file, data, size);
    table = medium == NULL && assay_source_is_table(&self->config, file, data, size);
    if (medium == NULL && !table)
        return assay_source_refuse(&self->config, file, data, size, error);
    if (!check_single(self, file, FALSE, error))
        return FALSE;
    if (!table && medium->decode == NULL)
        content =
            assay_content_from_input(input, file->path, MAX_HELD, self->config.max_bytes, error);
    else
        bytes = assay_input_read_all(input, self->config.max_bytes, error);
    if (bytes == NULL && content == NULL)
        return FALSE;
    take(self, 1);
    *arrival = new_arrival(self, file, file->name);
    (*arrival)->medium = medium;
    if (table)
        (*arrival)->arrays =
            self->config.tables != NULL ? self->config.tables : self->config.arrays;
    (*arrival)->shown = g_strdup(file->shown);
    (*arrival)->bytes = g_steal_pointer(&bytes);
    (*arrival)->content = g_steal_pointer(&content);
    return TRUE;
}

gboolean
assay_source_next(AssaySource *self, AssayArrival **arrival, GError **error)
{
    *arrival = NULL;
    while (*arrival == NULL) {
        const AssayFile *file;
        g_autoptr(GError) fault = NULL;
        gboolean fatal = FALSE;

        if (!g_queue_is_empty(&self->upstream)) {
            file = g_ptr_array_index(self->listing->files, self->next_file - 1);
            *arrival = new_arrival(self, file, "");
            (*arrival)->upstream = g_queue_pop_head(&self->upstream);
            break;
        }
        if (self->array != NULL) {
            next_of_array(self, arrival);
            break;
        }
        if (self->reader != NULL) {
            if (!next_of_stream(self, arrival, error))
                return FALSE;
            continue;
        }
        if (self->next_file == self->listing->files->len || self->is_taken)
            break;
        file = g_ptr_array_index(self->listing->files, self->next_file++);
        if (open_file(self, file, arrival, &fatal, &fault))
            continue;
        if (fatal) {
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        *arrival = new_arrival(self, file, file->name);
        (*arrival)->fault = g_steal_pointer(&fault);
    }
    return TRUE;
}
