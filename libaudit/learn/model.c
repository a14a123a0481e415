/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

#include <float.h>
#include <math.h>

#include "../base/error.h"
#include "machine-private.h"
#include "one-class-private.h"
#include "scaling.h"

/* @columns: of the items that it was fitted to, or those that it uses */
struct AssayModel {
    AssayModelConfig config;
    const AssayMachineType *type;
    char **columns;
    AssayScaling *scaling;
    gpointer machine;
};

void
assay_model_free(AssayModel *self)
{
    if (self == NULL)
        return;
    if (self->machine != NULL)
        self->type->free(self->machine);
    g_strfreev(self->columns);
    assay_scaling_free(self->scaling);
    g_free(self);
}

/* The rows that are learnt from: all, or the reals. */
static size_t *
choose_rows(const AssayMachineType *type, const AssayExamples *items, const size_t *rows,
            size_t n_rows, size_t *n)
{
    size_t *chosen = g_new(size_t, n_rows + 1);

    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        if (!type->is_one_class || !assay_examples_at(items, rows[i])->is_fake)
            chosen[(*n)++] = rows[i];
    }
    return chosen;
}

static gboolean
check_classes(const AssayMachineType *type, const AssayExamples *items, const size_t *rows,
              size_t n, GError **error)
{
    size_t n_fake = 0;

    for (size_t i = 0; i < n; i++)
        n_fake += assay_examples_at(items, rows[i])->is_fake ? 1 : 0;
    if (n > n_fake && (n_fake > 0 || type->is_one_class))
        return TRUE;
    if (n_fake == n)
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "there is no real item among the %" G_GSIZE_FORMAT " to learn from", n);
    else
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "there is no fake among the %" G_GSIZE_FORMAT
                    " items to learn from: --model=one-class learns from reals alone",
                    n);
    return FALSE;
}

/* A lesson's vectors, one for each item or input. */
typedef struct {
    double *inputs;
    guint8 *is_fake;
    guint64 *groups;
    guint *feature_groups;
} Vectors;

static gboolean
make_vectors(Vectors *self, const AssayExamples *items, const size_t *rows, size_t n,
             const AssayScaling *scaling, GError **error)
{
    size_t d = assay_scaling_n_inputs(scaling);

    self->inputs = n <= G_MAXSIZE / sizeof(double) / d - 1 ? g_try_new(double, n *d + 1) : NULL;
    if (self->inputs == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                    "no memory for %" G_GSIZE_FORMAT " items of %" G_GSIZE_FORMAT " inputs", n, d);
        return FALSE;
    }
    self->is_fake = g_new(guint8, n + 1);
    self->groups = g_new(guint64, n + 1);
    self->feature_groups = g_new(guint, d + 1);
    for (size_t i = 0; i < n; i++) {
        assay_scaling_apply(scaling, assay_examples_row(items, rows[i]), self->inputs + i * d);
        self->is_fake[i] = assay_examples_at(items, rows[i])->is_fake ? 1 : 0;
        self->groups[i] = assay_examples_at(items, rows[i])->group;
    }
    for (size_t k = 0; k < d; k++)
        self->feature_groups[k] =
            assay_examples_feature_group(items->columns[scaling->kept[k % scaling->n_kept]]);
    return TRUE;
}

static void
clear_vectors(Vectors *self)
{
    g_free(self->inputs);
    g_free(self->is_fake);
    g_free(self->groups);
    g_free(self->feature_groups);
}

static AssayModel *
new_model(const AssayModelConfig *config)
{
    AssayModel *self = g_new0(AssayModel, 1);

    self->config = *config;
    self->type = &assay_machine_types[config->kind];
    if (self->config.c <= 0)
        self->config.c = config->kind == ASSAY_MODEL_RIDGE ? ASSAY_MODEL_RIDGE_C : 1;
    return self;
}

AssayModel *
assay_model_fit(const AssayModelConfig *config, const AssayExamples *items, const size_t *rows,
                size_t n_rows, GError **error)
{
    g_autoptr(AssayModel) self = new_model(config);
    size_t n;
    g_autofree size_t *chosen = choose_rows(self->type, items, rows, n_rows, &n);
    Vectors vectors = { 0 };

    if (n == 0) {
        g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_RANGE,
                            "there is no real item to learn from");
        return NULL;
    }
    if (!check_classes(self->type, items, chosen, n, error))
        return NULL;
    self->columns = g_strdupv(items->columns);
    self->scaling = assay_scaling_new(items, chosen, n, !config->is_plain,
                                      self->type->is_linear && !config->is_one_sided, error);
    if (self->scaling == NULL)
        return NULL;
    if (make_vectors(&vectors, items, chosen, n, self->scaling, error)) {
        const AssayLesson lesson = { .config = &self->config,
                                     .inputs = vectors.inputs,
                                     .n = n,
                                     .n_inputs = assay_scaling_n_inputs(self->scaling),
                                     .is_fake = vectors.is_fake,
                                     .groups = vectors.groups,
                                     .feature_groups = vectors.feature_groups };

        self->machine = self->type->fit(&lesson, error);
    }
    clear_vectors(&vectors);
    return self->machine == NULL ? NULL : g_steal_pointer(&self);
}

const AssayModelConfig *
assay_model_config(const AssayModel *self)
{
    return &self->config;
}

char *const *
assay_model_columns(const AssayModel *self)
{
    return self->columns;
}

size_t
assay_model_n_columns(const AssayModel *self)
{
    return self->scaling->n_columns;
}

size_t
assay_model_n_constant(const AssayModel *self)
{
    return self->scaling->n_columns - self->scaling->n_kept;
}

static double *
scale(const AssayModel *self, const double *row)
{
    double *inputs = g_new(double, assay_scaling_n_inputs(self->scaling) + 1);

    assay_scaling_apply(self->scaling, row, inputs);
    return inputs;
}

double
assay_model_score(const AssayModel *self, const double *row)
{
    g_autofree double *inputs = scale(self, row);
    double score = self->type->decide(self->machine, inputs);

    return isnan(score) ? 0 : CLAMP(score, -DBL_MAX, DBL_MAX);
}

double
assay_model_p(const AssayModel *self, const double *row)
{
    g_autofree double *inputs = NULL;

    if (!self->type->is_one_class)
        return (double)NAN;
    inputs = scale(self, row);
    return assay_one_class_p(self->machine, inputs);
}

size_t
assay_model_n_reference(const AssayModel *self)
{
    return self->type->is_one_class ? assay_one_class_n_groups(self->machine) : 0;
}

const double *
assay_model_own_scores(const AssayModel *self, size_t *n)
{
    *n = 0;
    return self->type->is_one_class ? assay_one_class_own(self->machine, n) : NULL;
}

AssayJson *
assay_model_to_json(const AssayModel *self)
{
    AssayJson *json = assay_json_object(), *machine = assay_json_object();

    assay_json_set_string(json, "kind", self->type->name);
    assay_json_set_take(json, "features", assay_scaling_to_json(self->scaling, self->columns));
    self->type->write(self->machine, machine);
    assay_json_set_take(json, "machine", machine);
    return json;
}

static gboolean
read_kind(const AssayJsonAt *at, AssayModelKind *kind, GError **error)
{
    AssayJsonAt member;
    const char *name;

    if (!assay_json_at_member(at, "kind", &member, error) ||
        !assay_json_at_string(&member, &name, error))
        return FALSE;
    if (assay_model_kind_find(name, kind, NULL))
        return TRUE;
    return assay_json_at_error(&member, error, "is \"%s\", which this version does not know", name);
}

AssayModel *
assay_model_from_json(const AssayJsonAt *at, GError **error)
{
    g_autoptr(AssayModel) self = NULL;
    AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    AssayJsonAt features, machine;

    if (!read_kind(at, &config.kind, error) ||
        !assay_json_at_member(at, "features", &features, error) ||
        !assay_json_at_member(at, "machine", &machine, error) ||
        !assay_json_at_kind(&machine, ASSAY_JSON_OBJECT, error))
        return NULL;
    self = new_model(&config);
    self->scaling = assay_scaling_from_json(&features, &self->columns, error);
    if (self->scaling == NULL)
        return NULL;
    self->machine =
        self->type->read(&machine, config.kind, assay_scaling_n_inputs(self->scaling), error);
    return self->machine == NULL ? NULL : g_steal_pointer(&self);
}
