/* learn/liblinear.c - the door to liblinear: linear rules.
 *
 * R.-E. Fan, K.-W. Chang, C.-J. Hsieh, X.-R. Wang and C.-J. Lin, "LIBLINEAR: a library for large
 * linear classification", Journal of Machine Learning Research 9, 2008. Both solvers used here are
 * its primal ones (a trust region), which draw no random numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <linear.h>

#include "machine-private.h"

#define TOLERANCE 1e-4

static void
say_nothing(const char *text)
{
    (void)text;
}

static void
silence(void)
{
    static gsize once = 0;

    if (g_once_init_enter(&once)) {
        set_print_string_function(say_nothing);
        g_once_init_leave(&once, 1);
    }
}

/* A row an item: its inputs, the 1 that the bias weighs, and an end. */
static struct feature_node *
make_nodes(const AssayLesson *lesson, struct feature_node **rows, GError **error)
{
    size_t width = lesson->n_inputs + 2;
    struct feature_node *nodes = assay_lesson_new_nodes(lesson, width, sizeof *nodes, error);

    if (nodes == NULL)
        return NULL;
    for (size_t i = 0; i < lesson->n; i++) {
        struct feature_node *row = rows[i] = nodes + i * width;

        for (size_t k = 0; k < lesson->n_inputs; k++)
            row[k] = (struct feature_node){ (int)k + 1, lesson->inputs[i * lesson->n_inputs + k] };
        row[width - 2] = (struct feature_node){ (int)width - 1, 1 };
        row[width - 1] = (struct feature_node){ -1, 0 };
    }
    return nodes;
}

gpointer
assay_liblinear_fit(const AssayLesson *lesson, GError **error)
{
    g_autofree struct feature_node **rows = g_new(struct feature_node *, lesson->n + 1);
    g_autofree struct feature_node *nodes = make_nodes(lesson, rows, error);
    g_autofree double *labels = assay_lesson_new_labels(lesson);
    gboolean is_logistic = lesson->config->kind == ASSAY_MODEL_LOGISTIC;
    const struct parameter parameter = { .solver_type = is_logistic ? L2R_LR : L2R_L2LOSS_SVC,
                                         .eps = TOLERANCE,
                                         .C = lesson->config->c };
    struct problem problem = { .y = labels, .x = rows, .bias = 1 };
    AssayLinearMachine *machine;
    struct model *model;
    double sign;

    if (nodes == NULL)
        return NULL;
    problem.l = (int)lesson->n;
    problem.n = (int)lesson->n_inputs + 1;
    silence();
    model = train(&problem, &parameter);
    sign = model->label[0] == 1 ? 1 : -1; /* of the class that came first */
    machine = assay_linear_machine_new(lesson->n_inputs);
    for (size_t k = 0; k < lesson->n_inputs; k++)
        machine->weights[k] = sign * model->w[k];
    machine->bias = sign * model->w[lesson->n_inputs];
    free_and_destroy_model(&model);
    return machine;
}
