/* learn/libsvm.c - the door to libsvm: support vector machines.
 *
 * C.-C. Chang and C.-J. Lin, "LIBSVM: a library for support vector machines", ACM Transactions on
 * Intelligent Systems and Technology 2(3), 2011. Without estimates of probabilities it draws no
 * random numbers. Decisions are made here, so that a model that is read needs no library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libsvm/svm.h>
#include <math.h>
#include <string.h>

#include "machine-private.h"
#include "numbers-private.h"

#define TOLERANCE 1e-3
#define CACHE_MIB 64
#define DEGREE 3

/* @vectors: a row each of n_inputs; @coefficients: one each; fakes are on the positive side */
typedef struct {
    AssayModelKind kind;
    size_t n, n_inputs;
    double gamma, bias, *coefficients, *vectors;
} KernelMachine;

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
        svm_set_print_string_function(say_nothing);
        g_once_init_leave(&once, 1);
    }
}

static struct svm_node *
make_nodes(const AssayLesson *lesson, struct svm_node **rows, GError **error)
{
    size_t width = lesson->n_inputs + 1;
    struct svm_node *nodes = assay_lesson_new_nodes(lesson, width, sizeof *nodes, error);

    if (nodes == NULL)
        return NULL;
    for (size_t i = 0; i < lesson->n; i++) {
        struct svm_node *row = rows[i] = nodes + i * width;

        for (size_t k = 0; k < lesson->n_inputs; k++)
            row[k] = (struct svm_node){ (int)k + 1, lesson->inputs[i * lesson->n_inputs + k] };
        row[width - 1] = (struct svm_node){ -1, 0 };
    }
    return nodes;
}

static KernelMachine *
new_machine(AssayModelKind kind, size_t n, size_t n_inputs)
{
    KernelMachine *self = g_new0(KernelMachine, 1);

    self->kind = kind;
    self->n = n;
    self->n_inputs = n_inputs;
    self->coefficients = g_new0(double, n + 1);
    self->vectors = g_new0(double, n *n_inputs + 1);
    return self;
}

static KernelMachine *
take_model(const struct svm_model *model, const AssayLesson *lesson, double gamma)
{
    KernelMachine *self = new_machine(lesson->config->kind, (size_t)model->l, lesson->n_inputs);
    double sign = model->label[0] == 1 ? 1 : -1; /* of the class that came first */

    self->gamma = gamma;
    self->bias = -sign * model->rho[0];
    for (size_t i = 0; i < self->n; i++) {
        size_t item = (size_t)model->sv_indices[i] - 1;

        self->coefficients[i] = sign * model->sv_coef[0][i];
        memcpy(self->vectors + i * self->n_inputs, lesson->inputs + item * self->n_inputs,
               self->n_inputs * sizeof *self->vectors);
    }
    return self;
}

static int
kernel_type(AssayModelKind kind)
{
    return kind == ASSAY_MODEL_RBF ? RBF : kind == ASSAY_MODEL_POLY ? POLY : LINEAR;
}

gpointer
assay_kernel_fit(const AssayLesson *lesson, GError **error)
{
    g_autofree struct svm_node **rows = g_new(struct svm_node *, lesson->n + 1);
    g_autofree struct svm_node *nodes = make_nodes(lesson, rows, error);
    g_autofree double *labels = assay_lesson_new_labels(lesson);
    struct svm_parameter parameter = { .svm_type = C_SVC,
                                       .kernel_type = kernel_type(lesson->config->kind),
                                       .degree = DEGREE,
                                       .gamma = lesson->config->gamma,
                                       .cache_size = CACHE_MIB,
                                       .eps = TOLERANCE,
                                       .C = lesson->config->c,
                                       .shrinking = 1 };
    struct svm_problem problem = { .y = labels, .x = rows };
    struct svm_model *model;
    KernelMachine *machine;

    if (nodes == NULL)
        return NULL;
    if (parameter.gamma <= 0)
        parameter.gamma = 1 / (double)lesson->n_inputs;
    problem.l = (int)lesson->n;
    silence();
    model = svm_train(&problem, &parameter);
    machine = take_model(model, lesson, parameter.gamma);
    svm_free_and_destroy_model(&model);
    return machine;
}

static double
kernel(const KernelMachine *self, const double *u, const double *v)
{
    double sum = 0;

    if (self->kind == ASSAY_MODEL_RBF) {
        for (size_t k = 0; k < self->n_inputs; k++)
            sum += (u[k] - v[k]) * (u[k] - v[k]);
        return exp(-self->gamma * sum);
    }
    for (size_t k = 0; k < self->n_inputs; k++)
        sum += u[k] * v[k];
    if (self->kind == ASSAY_MODEL_SVM)
        return sum;
    sum *= self->gamma;
    return sum * sum * sum;
}

double
assay_kernel_decide(gconstpointer machine, const double *inputs)
{
    const KernelMachine *self = machine;
    double sum = self->bias;

    for (size_t i = 0; i < self->n; i++)
        sum += self->coefficients[i] * kernel(self, self->vectors + i * self->n_inputs, inputs);
    return sum;
}

void
assay_kernel_write(gconstpointer machine, AssayJson *json)
{
    const KernelMachine *self = machine;
    AssayJson *vectors = assay_json_array();

    for (size_t i = 0; i < self->n; i++)
        assay_json_append_take(
            vectors, assay_numbers_to_json(self->vectors + i * self->n_inputs, self->n_inputs));
    assay_json_set_real(json, "bias", self->bias);
    assay_json_set_real(json, "gamma", self->gamma);
    assay_json_set_take(json, "coefficients", assay_numbers_to_json(self->coefficients, self->n));
    assay_json_set_take(json, "vectors", vectors);
}

gpointer
assay_kernel_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs, GError **error)
{
    g_autofree double *coefficients = NULL;
    KernelMachine *self;
    AssayJsonAt vectors;
    double bias, gamma;
    size_t n;

    if (!assay_number_member(at, "bias", &bias, error) ||
        !assay_number_member(at, "gamma", &gamma, error) ||
        !assay_json_at_member(at, "vectors", &vectors, error) ||
        !assay_json_at_kind(&vectors, ASSAY_JSON_ARRAY, error))
        return NULL;
    n = assay_json_size(vectors.value);
    coefficients = assay_numbers_member(at, "coefficients", n, error);
    if (coefficients == NULL)
        return NULL;
    self = g_new0(KernelMachine, 1);
    *self =
        (KernelMachine){ .kind = kind, .n = n, .n_inputs = n_inputs, .gamma = gamma, .bias = bias };
    self->coefficients = g_steal_pointer(&coefficients);
    self->vectors = assay_numbers_rows(&vectors, n_inputs, error);
    if (self->vectors != NULL)
        return self;
    assay_kernel_free(self);
    return NULL;
}

void
assay_kernel_free(gpointer machine)
{
    KernelMachine *self = machine;

    if (self == NULL)
        return;
    g_free(self->coefficients);
    g_free(self->vectors);
    g_free(self);
}
