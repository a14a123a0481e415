/* learn/machines.c - the table of kinds of models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "machine-private.h"
#include "one-class-private.h"

#define LINEAR                                                                                     \
    assay_linear_machine_decide, assay_linear_machine_write, assay_linear_machine_read, g_free
#define KERNEL                                                                                     \
    assay_kernel_fit, assay_kernel_decide, assay_kernel_write, assay_kernel_read, assay_kernel_free

const AssayMachineType assay_machine_types[ASSAY_N_MODELS] = {
    [ASSAY_MODEL_RIDGE] = { "ridge", FALSE, TRUE, assay_ridge_fit, LINEAR },
    [ASSAY_MODEL_LOGISTIC] = { "logistic", FALSE, TRUE, assay_liblinear_fit, LINEAR },
    [ASSAY_MODEL_LINEAR] = { "linear", FALSE, TRUE, assay_liblinear_fit, LINEAR },
    [ASSAY_MODEL_SVM] = { "svm", FALSE, TRUE, KERNEL },
    [ASSAY_MODEL_RBF] = { "rbf", FALSE, FALSE, KERNEL },
    [ASSAY_MODEL_POLY] = { "poly", FALSE, FALSE, KERNEL },
    [ASSAY_MODEL_KMEANS] = { "kmeans", FALSE, FALSE, assay_kmeans_fit, assay_kmeans_decide,
                             assay_kmeans_write, assay_kmeans_read, assay_kmeans_free },
    [ASSAY_MODEL_ONE_CLASS] = { "one-class", TRUE, FALSE, assay_one_class_fit,
                                assay_one_class_decide, assay_one_class_write, assay_one_class_read,
                                assay_one_class_free },
};

const char *
assay_model_kind_name(AssayModelKind kind)
{
    return assay_machine_types[kind].name;
}

gboolean
assay_model_kind_is_one_class(AssayModelKind kind)
{
    return assay_machine_types[kind].is_one_class;
}

gboolean
assay_model_kind_find(const char *name, AssayModelKind *kind, GError **error)
{
    const char *all[ASSAY_N_MODELS + 1] = { NULL };
    g_autofree char *list = NULL;

    for (size_t k = 0; k < ASSAY_N_MODELS; k++) {
        all[k] = assay_machine_types[k].name;
        if (strcmp(name, all[k]) == 0) {
            *kind = (AssayModelKind)k;
            return TRUE;
        }
    }
    list = g_strjoinv(", ", (char **)all);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--model=%s: name one of %s", name, list);
    return FALSE;
}
