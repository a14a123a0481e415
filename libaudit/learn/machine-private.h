/* learn/machine-private.h - what makes a score of scaled features: the table of kinds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model.h"

G_BEGIN_DECLS

/**
 * AssayLesson:
 * @inputs: (array length=n * n_inputs): scaled, a row an item
 * @is_fake: (array length=n)
 * @groups: (array length=n)
 * @feature_groups: (array length=n_inputs): which group of features each is of
 */
typedef struct {
    const AssayModelConfig *config;
    const double *inputs;
    size_t n, n_inputs;
    const guint8 *is_fake;
    const guint64 *groups;
    const guint *feature_groups;
} AssayLesson;

/* Room for a row of @width nodes an item; a node, the index and value of an input, is of @node_size
 * in the library at hand. %NULL with %ASSAY_ERROR_RANGE where an int cannot count rows or nodes of
 * one, or there is no memory: (transfer full). */
gpointer assay_lesson_new_nodes(const AssayLesson *self, size_t width, size_t node_size,
                                GError **error);

/* 1 of each item that is a fake, 0 of the others: (transfer full). */
double *assay_lesson_new_labels(const AssayLesson *self);

/**
 * AssayMachineType:
 * @is_linear: so that it can be two-sided
 * @fit: %NULL with an error
 * @read: the other way than @write, of the kind at hand; @n_inputs is what it has to take
 */
typedef struct {
    const char *name;
    gboolean is_one_class, is_linear;
    gpointer (*fit)(const AssayLesson *lesson, GError **error);
    double (*decide)(gconstpointer machine, const double *inputs);
    void (*write)(gconstpointer machine, AssayJson *json);
    gpointer (*read)(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs, GError **error);
    void (*free)(gpointer machine);
} AssayMachineType;

extern const AssayMachineType assay_machine_types[ASSAY_N_MODELS];

/* A linear machine: bias + weights * inputs. */
typedef struct {
    size_t n;
    double bias, weights[];
} AssayLinearMachine;

AssayLinearMachine *assay_linear_machine_new(size_t n);
double assay_linear_machine_decide(gconstpointer machine, const double *inputs);
void assay_linear_machine_write(gconstpointer machine, AssayJson *json);
gpointer assay_linear_machine_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs,
                                   GError **error);

gpointer assay_ridge_fit(const AssayLesson *lesson, GError **error);
gpointer assay_liblinear_fit(const AssayLesson *lesson, GError **error);

gpointer assay_kernel_fit(const AssayLesson *lesson, GError **error);
double assay_kernel_decide(gconstpointer machine, const double *inputs);
void assay_kernel_write(gconstpointer machine, AssayJson *json);
gpointer assay_kernel_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs,
                           GError **error);
void assay_kernel_free(gpointer machine);

gpointer assay_kmeans_fit(const AssayLesson *lesson, GError **error);
double assay_kmeans_decide(gconstpointer machine, const double *inputs);
void assay_kmeans_write(gconstpointer machine, AssayJson *json);
gpointer assay_kmeans_read(const AssayJsonAt *at, AssayModelKind kind, size_t n_inputs,
                           GError **error);
void assay_kmeans_free(gpointer machine);

G_END_DECLS
