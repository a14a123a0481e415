/* values/values.c - which samples' values are written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "values.h"

#include <string.h>

#include "../base/error.h"
#include "feed-private.h"
#include "selection-private.h"
#include "value-writer-private.h"

struct AssayValues {
    const AssayValuesConfig *config;
    AssayValuesFault fault;
    gpointer user;
    AssaySelection *selection;
    AssayValueWriter *writer;
    guint64 n_samples;  /* written */
    char *last;         /* the sample written last */
    char *fields;       /* of a sample that lacks the field, in words */
    GPtrArray *lacking; /* the first messages about samples that do */
    gboolean is_file;   /* whether the only input is one */
    gboolean is_done;
};

AssayValues *
assay_values_new(AssayOutput *output, const AssayValuesConfig *config, AssayValuesFault fault,
                 gpointer user)
{
    AssayValues *self = g_new0(AssayValues, 1);

    self->config = config;
    self->fault = fault;
    self->user = user;
    self->selection = assay_selection_new(config->names);
    self->writer = assay_value_writer_new(output, config);
    self->lacking = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void
assay_values_free(AssayValues *self)
{
    if (self == NULL)
        return;
    assay_selection_free(self->selection);
    assay_value_writer_free(self->writer);
    g_free(self->last);
    g_free(self->fields);
    g_ptr_array_unref(self->lacking);
    g_free(self);
}

guint64
assay_values_written(const AssayValues *self)
{
    return self->n_samples;
}

gboolean
assay_values_is_done(const AssayValues *self)
{
    return self->is_done;
}

/* A sample without the field is a fault where others have it; the first ones wait until one does.
 */
static void
note_lack(AssayValues *self, AssaySample *sample, const GError *error)
{
    if (self->n_samples > 0) {
        self->fault(self->user, error->message, FALSE);
        return;
    }
    if (self->fields == NULL) {
        g_autofree const char **fields = assay_sample_fields(sample);

        self->fields = g_strjoinv(", ", (char **)fields);
    }
    if (self->lacking->len < 10)
        g_ptr_array_add(self->lacking, g_strdup(error->message));
}

/* Whether @sample can be the further piece of the one written last. */
static gboolean
is_continuation(const AssayValues *self, const AssaySample *sample)
{
    return assay_sample_has_items(sample) && assay_sample_item_start(sample) > 0 &&
           g_strcmp0(self->last, assay_sample_name(sample)) == 0;
}

static gboolean
write_sample(AssayValues *self, AssaySample *sample, gboolean whole, const GArray *items,
             GError **error)
{
    const char *field = self->config->field;
    g_autoptr(GError) fault = NULL;
    const AssayArray *array;
    gboolean has_items, single;

    if (!assay_sample_has(sample, field)) {
        array = assay_sample_field(sample, field, &fault);
        note_lack(self, sample, fault);
        return array == NULL;
    }
    array = assay_sample_field(sample, field, &fault);
    if (array == NULL) {
        self->fault(self->user, fault->message, FALSE);
        return TRUE;
    }
    has_items = array->n_axes > 0 && strcmp(array->axes[0], "item") == 0;
    if (!whole && !has_items) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: field \"%s\" belongs to the sample, not to its items; ask for %s",
                    assay_sample_name(sample), field, assay_sample_name(sample));
        return FALSE;
    }
    /* What has no item axis travels with every piece. */
    if (!has_items && is_continuation(self, sample))
        return TRUE;
    for (guint i = 0; i < self->lacking->len; i++)
        self->fault(self->user, self->lacking->pdata[i], FALSE);
    g_ptr_array_set_size(self->lacking, 0);
    if (g_strcmp0(self->last, assay_sample_name(sample)) != 0) {
        self->n_samples++;
        g_free(self->last);
        self->last = g_strdup(assay_sample_name(sample));
    }
    single =
        (self->is_file || assay_selection_is_single(self->selection)) && (!whole || !has_items);
    return assay_value_writer_put(self->writer, sample, array, whole ? NULL : items, single, error);
}

static gboolean
take_sample(AssayValues *self, AssaySample *sample, GError **error)
{
    g_autoptr(GArray) items = NULL;
    gboolean whole;

    if (!is_continuation(self, sample) &&
        (assay_selection_is_complete(self->selection) ||
         (self->config->limit > 0 && self->n_samples >= self->config->limit))) {
        self->is_done = TRUE;
        return TRUE;
    }
    if (!assay_selection_match(self->selection, sample, &whole, &items))
        return TRUE;
    if (!write_sample(self, sample, whole, items, error))
        return FALSE;
    /* Without items there is no further piece to wait for. */
    if (!assay_sample_has_items(sample) && assay_selection_is_complete(self->selection))
        self->is_done = TRUE;
    return TRUE;
}

gboolean
assay_values_input(AssayValues *self, AssayInput *input, const char *name, const char *shown,
                   GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(AssayFeed) feed =
        assay_feed_new(input, name, shown, self->config->field, self->config->max_bytes, &fault);

    if (feed == NULL)
        return assay_feed_fault(fault, self->fault, self->user, error);
    self->is_file = self->config->is_only && assay_feed_is_file(feed);
    while (!self->is_done) {
        g_autoptr(AssaySample) sample = NULL;

        g_clear_error(&fault);
        if (!assay_feed_next(feed, &sample, &fault, error))
            return FALSE;
        if (sample == NULL && fault == NULL)
            break;
        if (fault != NULL)
            self->fault(self->user, fault->message, FALSE);
        else if (!take_sample(self, sample, error))
            return FALSE;
    }
    assay_feed_tell_skips(feed, self->fault, self->user);
    return TRUE;
}

gboolean
assay_values_finish(AssayValues *self, GError **error)
{
    if (!assay_selection_check(self->selection, error))
        return FALSE;
    if (self->n_samples == 0 && self->fields != NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "no field \"%s\"; there %s %s",
                    self->config->field, strchr(self->fields, ',') != NULL ? "are" : "is",
                    self->fields[0] != '\0' ? self->fields : "none");
        return FALSE;
    }
    return assay_value_writer_finish(self->writer, error);
}
