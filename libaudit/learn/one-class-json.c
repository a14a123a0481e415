/* learn/one-class-json.c - a one-class machine as members of a model, there and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "numbers-private.h"
#include "one-class-parts-private.h"

static AssayJson *
write_fold(const AssayOneClass *self, guint fold)
{
    AssayJson *json = assay_json_array();

    for (size_t b = 0; b < self->n_blocks; b++) {
        const AssayBall *ball = &self->balls[fold * self->n_blocks + b];
        size_t d = self->first[b + 1] - self->first[b];
        AssayJson *block = assay_json_object();

        assay_json_set_take(block, "centre", assay_numbers_to_json(ball->centre, d));
        assay_json_set_take(block, "inverse", assay_numbers_to_json(ball->inverse, d * d));
        assay_json_append_take(json, block);
    }
    return json;
}

void
assay_one_class_write(gconstpointer machine, AssayJson *json)
{
    const AssayOneClass *self = machine;
    AssayJson *sizes = assay_json_array(), *folds = assay_json_array();
    AssayJson *reference = assay_json_array();

    for (size_t b = 0; b < self->n_blocks; b++)
        assay_json_append_take(sizes,
                               assay_json_integer((gint64)(self->first[b + 1] - self->first[b])));
    for (guint fold = 0; fold < self->n_folds; fold++)
        assay_json_append_take(folds, write_fold(self, fold));
    for (size_t i = 0; i < self->n_reference; i++) {
        AssayJson *real = assay_json_object();

        assay_json_set_integer(real, "fold", self->fold_of[i]);
        assay_json_set_take(
            real, "squares",
            assay_numbers_to_json(self->distances + i * self->n_blocks, self->n_blocks));
        assay_json_append_take(reference, real);
    }
    assay_json_set_take(json, "blocks", sizes);
    assay_json_set_real(json, "offset", self->offset);
    assay_json_set_take(json, "folds", folds);
    assay_json_set_take(json, "reference", reference);
}

static gboolean
read_list(const AssayJsonAt *at, const char *key, size_t least, size_t most, AssayJsonAt *list,
          GError **error)
{
    size_t n;

    if (!assay_json_at_member(at, key, list, error) ||
        !assay_json_at_kind(list, ASSAY_JSON_ARRAY, error))
        return FALSE;
    n = assay_json_size(list->value);
    if (n >= least && n <= most)
        return TRUE;
    return assay_json_at_error(list, error,
                               "has %" G_GSIZE_FORMAT " elements, not %" G_GSIZE_FORMAT
                               " to %" G_GSIZE_FORMAT,
                               n, least, most);
}

static gboolean
read_blocks(AssayOneClass *self, const AssayJsonAt *at, GError **error)
{
    AssayJsonAt list;
    size_t n;

    if (!read_list(at, "blocks", 1, self->n_inputs, &list, error))
        return FALSE;
    n = assay_json_size(list.value);
    for (size_t b = 0; b < n; b++) {
        AssayJsonAt element;
        guint64 size;

        if (!assay_json_at_element(&list, b, &element, error) ||
            !assay_json_at_count(&element, &size, error))
            return FALSE;
        if (size < 1 || size > ASSAY_ONE_CLASS_BLOCK || size > self->n_inputs - self->first[b])
            return assay_json_at_error(&element, error, "is no size of a block");
        self->first[b + 1] = self->first[b] + (size_t)size;
    }
    self->n_blocks = n;
    if (self->first[n] == self->n_inputs)
        return TRUE;
    return assay_json_at_error(&list, error,
                               "has %" G_GSIZE_FORMAT " features where the model has "
                               "%" G_GSIZE_FORMAT,
                               self->first[n], self->n_inputs);
}

static gboolean
read_ball(AssayBall *ball, size_t d, const AssayJsonAt *at, GError **error)
{
    return (ball->centre = assay_numbers_member(at, "centre", d, error)) != NULL &&
           (ball->inverse = assay_numbers_member(at, "inverse", d * d, error)) != NULL;
}

static gboolean
read_folds(AssayOneClass *self, const AssayJsonAt *at, GError **error)
{
    AssayJsonAt list;

    if (!read_list(at, "folds", 2, ASSAY_ONE_CLASS_FOLDS, &list, error))
        return FALSE;
    self->n_folds = (guint)assay_json_size(list.value);
    self->balls = g_new0(AssayBall, self->n_folds * self->n_blocks);
    for (guint fold = 0; fold < self->n_folds; fold++) {
        AssayJsonAt blocks, block;

        if (!assay_json_at_element(&list, fold, &blocks, error))
            return FALSE;
        for (size_t b = 0; b < self->n_blocks; b++) {
            if (!assay_json_at_element(&blocks, b, &block, error) ||
                !read_ball(&self->balls[fold * self->n_blocks + b],
                           self->first[b + 1] - self->first[b], &block, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
read_reference(AssayOneClass *self, const AssayJsonAt *at, GError **error)
{
    AssayJsonAt list;

    if (!read_list(at, "reference", ASSAY_ONE_CLASS_LEAST, ASSAY_ONE_CLASS_GROUPS, &list, error))
        return FALSE;
    self->n_reference = assay_json_size(list.value);
    self->fold_of = g_new0(guint, self->n_reference);
    self->distances = g_new0(double, self->n_reference * self->n_blocks);
    for (size_t i = 0; i < self->n_reference; i++) {
        AssayJsonAt element, member;
        g_autofree double *squares = NULL;
        guint64 fold;

        if (!assay_json_at_element(&list, i, &element, error) ||
            !assay_json_at_member(&element, "fold", &member, error) ||
            !assay_json_at_count(&member, &fold, error))
            return FALSE;
        if (fold >= self->n_folds)
            return assay_json_at_error(&member, error, "is a fold that there is not");
        squares = assay_numbers_member(&element, "squares", self->n_blocks, error);
        if (squares == NULL)
            return FALSE;
        self->fold_of[i] = (guint)fold;
        for (size_t b = 0; b < self->n_blocks; b++)
            self->distances[i * self->n_blocks + b] = squares[b];
    }
    return TRUE;
}

gpointer
assay_one_class_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs, GError **error)
{
    AssayOneClass *self = assay_one_class_new(n_inputs);

    (void)kind;
    if (read_blocks(self, at, error) && read_folds(self, at, error) &&
        read_reference(self, at, error) && assay_number_member(at, "offset", &self->offset, error))
        return self;
    assay_one_class_free(self);
    return NULL;
}
