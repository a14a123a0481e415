/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cifar.h"

#include <string.h>

#include "../base/error.h"
#include "idx.h"

enum { PICTURE = ASSAY_CIFAR_PLANES * ASSAY_CIFAR_SIZE * ASSAY_CIFAR_SIZE, KINDS = 2 };

/* What the file may be, as long as no label speaks against it. */
typedef struct {
    guint n_labels;
    guint8 below[2];
    gboolean is_possible;
    guint64 next; /* where the next label is */
    GByteArray *labels;
} Kind;

void
assay_cifar_clear(AssayCifar *self)
{
    if (self->labels != NULL)
        g_byte_array_unref(self->labels);
    self->labels = NULL;
}

/* Looks at the labels among @size bytes that lie at @offset. */
static void
look(Kind *kind, const guint8 *data, size_t size, guint64 offset)
{
    while (kind->is_possible && kind->next < offset + size) {
        const guint8 *label = data + (kind->next - offset);
        guint which = kind->labels->len % kind->n_labels;

        kind->is_possible =
            *label < kind->below[which] && kind->labels->len < ASSAY_MAX_LABELS * kind->n_labels;
        g_byte_array_append(kind->labels, label, 1);
        kind->next += which + 1 < kind->n_labels ? 1 : 1 + PICTURE;
    }
}

static gboolean
refuse(const Kind *kinds, guint64 size, const char *name, GError **error)
{
    for (size_t i = 0; i < KINDS; i++) {
        guint64 record = kinds[i].n_labels + PICTURE;

        if (!kinds[i].is_possible || size < record)
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: is no CIFAR file: %" G_GUINT64_FORMAT " bytes are %" G_GUINT64_FORMAT
                    " records of %" G_GUINT64_FORMAT ", and %" G_GUINT64_FORMAT " left over",
                    name, size, size / record, record, size % record);
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: is no CIFAR file: its %" G_GUINT64_FORMAT
                " bytes are no records of %d with labels below 10, nor of %d with labels below 20 "
                "and 100; of other bytes assay-array --type --shape makes arrays",
                name, size, PICTURE + 1, PICTURE + 2);
    return FALSE;
}

static gboolean
choose(AssayCifar *self, Kind *kinds, guint64 size, const char *name, GError **error)
{
    for (size_t i = 0; i < KINDS; i++) {
        guint record = kinds[i].n_labels + PICTURE;

        if (!kinds[i].is_possible || size == 0 || size % record != 0)
            continue;
        self->n_labels = kinds[i].n_labels;
        self->n_items = (size_t)(size / record);
        self->labels = g_steal_pointer(&kinds[i].labels);
        return TRUE;
    }
    return refuse(kinds, size, name, error);
}

gboolean
assay_cifar_scan(AssayCifar *self, AssayInput *input, const char *name, GError **error)
{
    Kind kinds[KINDS] = { { 1, { 10, 0 }, TRUE, 0, g_byte_array_new() },
                          { 2, { 20, 100 }, TRUE, 0, g_byte_array_new() } };
    guint64 offset = 0;
    gboolean is_read = TRUE, is_known;
    size_t size = 1;

    memset(self, 0, sizeof *self);
    while (is_read && size > 0) {
        const guint8 *data;

        is_read = assay_input_read(input, &data, &size, error);
        for (size_t i = 0; is_read && i < KINDS; i++)
            look(&kinds[i], data, size, offset);
        offset += is_read ? size : 0;
    }
    is_known = is_read && choose(self, kinds, offset, name, error);
    for (size_t i = 0; i < KINDS; i++) {
        if (kinds[i].labels != NULL)
            g_byte_array_unref(kinds[i].labels);
    }
    return is_known;
}

AssayJson *
assay_cifar_labels(const AssayCifar *self, guint which, size_t n)
{
    AssayJson *list = assay_json_array();

    for (size_t i = 0; i < MIN(n, self->n_items); i++)
        assay_json_append_take(list,
                               assay_json_integer(self->labels->data[i * self->n_labels + which]));
    return list;
}

typedef struct {
    AssayInput *input;
    guint n_labels;
    size_t left; /* of the picture */
} Values;

static void
free_values(gpointer data)
{
    Values *self = data;

    assay_input_free(self->input);
    g_free(self);
}

static gboolean
read_planes(gpointer user, void *data, size_t size, size_t *got, GError **error)
{
    Values *self = user;
    guint8 labels[2];

    if (self->left == 0) {
        if (!assay_input_read_into(self->input, labels, self->n_labels, got, error))
            return FALSE;
        if (*got < self->n_labels) {
            *got = 0;
            return TRUE;
        }
        self->left = PICTURE;
    }
    if (!assay_input_read_into(self->input, data, MIN(size, self->left), got, error))
        return FALSE;
    self->left -= *got;
    return TRUE;
}

AssayInput *
assay_cifar_values(AssayInput *input, guint n_labels)
{
    Values *self = g_new0(Values, 1);

    self->input = input;
    self->n_labels = n_labels;
    return assay_input_from_reader(assay_input_name(input), read_planes, self, free_values);
}
