/* stream/source.c - one operand after the other, sniffed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "source.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "npy.h"

/* A .npy with an item axis that is being read piece by piece. */
typedef struct {
    AssayInput *input;
    AssayNpyHeader header;
    size_t next_item, n_items, item_bytes;
    char *sha256;
    const AssayFile *file;
} Array;

struct AssaySource {
    AssaySourceConfig config;
    char **operands, **axes;
    AssayListing *listing;
    size_t next_file;
    AssayReader *reader; /* of the stream being read */
    Array *array;
    GQueue upstream; /* AssaySkip of end records, still to be delivered */
};

static void
free_array(Array *self)
{
    if (self == NULL)
        return;
    assay_input_free(self->input);
    g_free(self->sha256);
    g_free(self);
}

static const char **
collect_suffixes(const AssaySourceConfig *config)
{
    GPtrArray *list = g_ptr_array_new();

    for (size_t i = 0; config->media != NULL && config->media[i] != NULL; i++) {
        for (size_t k = 0; config->media[i]->suffixes[k] != NULL; k++)
            g_ptr_array_add(list, (gpointer)config->media[i]->suffixes[k]);
    }
    if (config->array_axes != NULL)
        g_ptr_array_add(list, (gpointer) ".npy");
    g_ptr_array_add(list, NULL);
    return (const char **)g_ptr_array_free(list, FALSE);
}

AssaySource *
assay_source_new(const AssaySourceConfig *config, GError **error)
{
    g_autofree const char **suffixes = collect_suffixes(config);
    AssayListing *listing = assay_listing_new(config->operands, suffixes, error);
    AssaySource *self;

    if (listing == NULL)
        return NULL;
    self = g_new0(AssaySource, 1);
    self->config = *config;
    self->operands = g_strdupv((char **)config->operands);
    self->config.operands = (const char *const *)self->operands;
    if (config->array_axes != NULL) {
        self->axes = g_strdupv((char **)config->array_axes);
        self->config.array_axes = (const char *const *)self->axes;
    }
    self->listing = listing;
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
    free_array(self->array);
    assay_listing_free(self->listing);
    g_strfreev(self->operands);
    g_strfreev(self->axes);
    g_free(self);
}

size_t
assay_source_n_files(const AssaySource *self)
{
    return self->listing->files->len;
}

size_t
assay_source_passed_over(const AssaySource *self)
{
    return self->listing->passed_over;
}

void
assay_arrival_free(AssayArrival *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    assay_sample_free(self->sample);
    g_clear_error(&self->fault);
    assay_skip_free(self->upstream);
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    g_free(self->shown);
    g_free(self);
}

size_t
assay_arrival_bytes(const AssayArrival *self)
{
    size_t bytes = sizeof *self;

    if (self->sample != NULL)
        bytes += assay_sample_bytes(self->sample);
    if (self->bytes != NULL)
        bytes += g_bytes_get_size(self->bytes);
    return bytes;
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

/* Where a sample comes from, as its metadata say it. */
static void
set_source(AssaySample *sample, const char *path, const char *format, const char *sha256)
{
    AssayJson *source = assay_json_object();

    assay_json_set_string(source, "path", path);
    assay_json_set_string(source, "format", format);
    assay_json_set_string(source, "sha256", sha256);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
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

static gboolean
sha256_of_file(const char *path, char **digest, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(AssayInput) input = assay_input_open(path, error);
    const guint8 *data;
    size_t size;

    if (input == NULL)
        return FALSE;
    do {
        if (!assay_input_read(input, &data, &size, error))
            return FALSE;
        g_checksum_update(sum, data, (gssize)size);
    } while (size > 0);
    *digest = g_strdup(g_checksum_get_string(sum));
    return TRUE;
}

static gboolean
check_axes(const AssaySource *self, const char *name, const AssayNpyHeader *header, GError **error)
{
    size_t n = self->axes == NULL ? 0 : g_strv_length(self->axes);

    if (self->axes == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: is an array of %" G_GSIZE_FORMAT
                    " axes; %s", name, header->n_axes,
                    self->config.array_hint != NULL ? self->config.array_hint
                                                    : "this program does not read .npy");
        return FALSE;
    }
    if (n != header->n_axes) {
        g_autofree char *list = g_strjoinv(",", self->axes);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has %" G_GSIZE_FORMAT " axes, --axes names %" G_GSIZE_FORMAT " (%s)", name,
                    header->n_axes, n, list);
        return FALSE;
    }
    return TRUE;
}

/* @count entries of the first axis from the current place of the input; or all, without items. */
static AssaySample *
read_piece(AssaySource *self, size_t count, GError **error)
{
    Array *array = self->array;
    const char *name = assay_input_name(array->input);
    size_t shape[ASSAY_MAX_AXES], wanted, got;
    g_autoptr(AssaySample) sample = NULL;
    g_autofree guint8 *values = NULL;
    AssayArray *decoded;

    memcpy(shape, array->header.shape, sizeof shape);
    if (array->n_items != G_MAXSIZE)
        shape[0] = count;
    wanted = array->item_bytes * count;
    values = g_try_malloc(MAX(wanted, 1));
    if (values == NULL || !assay_input_read_into(array->input, values, wanted, &got, error)) {
        if (values == NULL)
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                        "%s: no memory for %" G_GSIZE_FORMAT " bytes", name, wanted);
        return NULL;
    }
    if (got < wanted) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: its header promises %" G_GSIZE_FORMAT
                    " bytes more than the file holds",
                    name, wanted - got);
        return NULL;
    }
    decoded = assay_npy_decode(&array->header, values, shape, self->config.max_bytes, error);
    if (decoded == NULL)
        return NULL;
    assay_array_name_axes(decoded, self->config.array_axes);
    sample = assay_sample_new(array->file->name);
    set_source(sample, array->file->shown, "npy", array->sha256);
    assay_sample_take_field(sample, "array", decoded, NULL);
    if (array->n_items != G_MAXSIZE)
        assay_sample_set_items(sample, array->next_item, count);
    return g_steal_pointer(&sample);
}

static gboolean
next_of_array(AssaySource *self, AssayArrival **arrival)
{
    Array *array = self->array;
    size_t step = MAX(ASSAY_STREAM_PIECE / MAX(array->item_bytes, 1), 1);
    gboolean has_items = array->n_items != G_MAXSIZE;
    size_t count = has_items ? MIN(step, array->n_items - array->next_item) : 1;

    *arrival = new_arrival(self, array->file, array->file->name);
    (*arrival)->sample = read_piece(self, count, &(*arrival)->fault);
    array->next_item += count;
    if ((*arrival)->fault != NULL || !has_items || array->next_item >= array->n_items)
        g_clear_pointer(&self->array, free_array);
    return TRUE;
}

/* Opens a .npy: one with an item axis first, in C order, comes in pieces, others whole. */
static gboolean
open_array(AssaySource *self, const AssayFile *file, AssayInput *input, GError **error)
{
    const char *name = assay_input_name(input);
    Array *array = g_new0(Array, 1);
    const guint8 *data;
    size_t size = ASSAY_NPY_MAX_HEADER, n, left;

    self->array = array;
    array->input = input;
    array->file = file;
    if (assay_input_is_regular(input)) {
        if (!sha256_of_file(file->path, &array->sha256, error))
            return FALSE;
    } else { /* a pipe cannot be read twice: once for the digest, once for the values */
        g_autoptr(GBytes) bytes = assay_input_read_all(input, self->config.max_bytes, error);

        if (bytes == NULL)
            return FALSE;
        array->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
        array->input = assay_input_from_bytes(name, bytes);
        assay_input_free(input);
        input = array->input;
        name = assay_input_name(input);
    }
    if (!assay_input_peek(input, &data, &size, error) ||
        !assay_npy_header_parse(data, size, name, &array->header, error) ||
        !check_axes(self, name, &array->header, error))
        return FALSE;
    for (left = array->header.data_offset; left > 0;) { /* step over the header */
        guint8 skipped[256];
        size_t got;

        if (!assay_input_read_into(input, skipped, MIN(left, sizeof skipped), &got, error))
            return FALSE;
        left -= MAX(got, 1);
    }
    if (!assay_shape_count(array->header.n_axes, array->header.shape, array->header.file_size,
                           G_MAXSSIZE, &n)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: its shape overflows", name);
        return FALSE;
    }
    array->n_items = G_MAXSIZE;
    array->item_bytes = n * array->header.file_size;
    if (array->header.n_axes > 0 && strcmp(self->axes[0], "item") == 0) {
        if (array->header.fortran && array->header.n_axes > 1) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                        "%s: is in Fortran order, so its items do not lie together; save it with "
                        "numpy.ascontiguousarray()",
                        name);
            return FALSE;
        }
        array->n_items = array->header.shape[0];
        array->item_bytes = array->n_items == 0 ? 0 : array->item_bytes / array->n_items;
    }
    if (array->item_bytes > self->config.max_bytes) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "%s: holds %" G_GSIZE_FORMAT " bytes a sample; --max-sample raises the limit",
                    name, array->item_bytes);
        return FALSE;
    }
    return TRUE;
}

static const AssayMedium *
find_medium(const AssaySource *self, const AssayFile *file, const guint8 *data, size_t size)
{
    for (size_t i = 0; self->config.media != NULL && self->config.media[i] != NULL; i++) {
        if (self->config.media[i]->sniff(data, size))
            return self->config.media[i];
    }
    for (size_t i = 0; self->config.media != NULL && self->config.media[i] != NULL; i++) {
        if (assay_has_suffix(file->path, self->config.media[i]->suffixes))
            return self->config.media[i];
    }
    return NULL;
}

static void
describe_wanted(const AssaySource *self, GString *text)
{
    const char *sep = "";

    for (size_t i = 0; self->config.media != NULL && self->config.media[i] != NULL; i++) {
        g_string_append_printf(text, "%s%s", sep, self->config.media[i]->name);
        sep = ", ";
    }
    if (self->axes != NULL) {
        g_string_append_printf(text, "%s.npy", sep);
        sep = ", ";
    }
    if (self->config.streams)
        g_string_append_printf(text, "%sa sample stream", sep);
}

static gboolean
refuse_kind(const AssaySource *self, const char *name, GError **error)
{
    g_autoptr(GString) wanted = g_string_new(NULL);

    describe_wanted(self, wanted);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: is neither of what is read here: %s",
                name, wanted->str);
    return FALSE;
}

/* Opens @file; what it turns out to be becomes self->reader, self->array or *arrival. */
static gboolean
open_file(AssaySource *self, const AssayFile *file, AssayArrival **arrival, gboolean *fatal,
          GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open(file->path, error);
    const AssayMedium *medium;
    g_autofree char *name = NULL;
    const guint8 *data;
    size_t size = 512;

    if (input == NULL || !assay_input_peek(input, &data, &size, error))
        return FALSE;
    name = g_strdup(assay_input_name(input));
    if (self->config.streams && assay_stream_sniff(data, size)) {
        *fatal = TRUE;
        self->reader = assay_reader_new(g_steal_pointer(&input), self->config.max_bytes, error);
        return self->reader != NULL;
    }
    if (size >= 6 && memcmp(data, "\x93NUMPY", 6) == 0) {
        gboolean opened = open_array(self, file, g_steal_pointer(&input), error);

        if (!opened)
            g_clear_pointer(&self->array, free_array);
        return opened;
    }
    medium = find_medium(self, file, data, size);
    if (size == 0 && medium == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "%s: is empty%s", name,
                    strcmp(file->path, "-") == 0
                        ? ": the program before it in the pipe may have failed"
                        : "");
        return FALSE;
    }
    if (medium == NULL)
        return refuse_kind(self, name, error);
    *arrival = new_arrival(self, file, strcmp(file->path, "-") == 0 ? "stdin" : file->name);
    (*arrival)->medium = medium;
    (*arrival)->shown = g_strdup(file->shown);
    (*arrival)->bytes = assay_input_read_all(input, self->config.max_bytes, error);
    if ((*arrival)->bytes == NULL) {
        g_clear_pointer(arrival, assay_arrival_free);
        return FALSE;
    }
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
        if (self->array != NULL)
            return next_of_array(self, arrival);
        if (self->reader != NULL) {
            if (!next_of_stream(self, arrival, error))
                return FALSE;
            continue;
        }
        if (self->next_file == self->listing->files->len)
            break;
        file = g_ptr_array_index(self->listing->files, self->next_file++);
        if (open_file(self, file, arrival, &fatal, &fault))
            continue;
        if (fatal) {
            g_propagate_error(error, g_steal_pointer(&fault));
            return FALSE;
        }
        *arrival = new_arrival(self, file, file->shown);
        (*arrival)->fault = g_steal_pointer(&fault);
    }
    return TRUE;
}

gboolean
assay_arrival_open(AssayArrival *self, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autofree char *sha256 = NULL;

    if (self->medium == NULL)
        return assay_sample_unpack(self->sample, self->max_bytes, error);
    sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, self->bytes);
    self->sample = assay_sample_new(self->name);
    set_source(self->sample, self->shown, self->medium->name, sha256);
    if (self->medium->decode(self->sample, self->bytes, &fault)) {
        g_clear_pointer(&self->bytes, g_bytes_unref);
        return TRUE;
    }
    g_set_error(error, fault->domain, fault->code, "%s: %s", self->shown, fault->message);
    g_clear_pointer(&self->sample, assay_sample_free);
    return FALSE;
}
