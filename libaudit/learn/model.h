/* learn/model.h - detectors: what is learnt from items whose label is known, and says of others how
 * much they look like a fake.
 *
 * A model is a scaling (learn/scaling.h) and a machine that makes a score of scaled features. A
 * score is larger for what looks more like a fake. To add a kind: a row in the table of
 * learn/machines.c.
 *
 * Stands on: learn/examples.h, learn/scaling.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "examples.h"

G_BEGIN_DECLS

/**
 * AssayModelKind:
 * @ASSAY_MODEL_RIDGE: Fisher's discriminant, the covariance shrunk: w = (S + I / C)^-1 (m1 - m0),
 *     with S the covariance of all items and m the means of fakes and of reals; the score is w x,
 *     less what it is half way between the means, so that classes of different size count alike.
 *     It does what regularised least squares does.
 * @ASSAY_MODEL_LOGISTIC: logistic regression, L2 (liblinear, L2R_LR, with a regularised bias)
 * @ASSAY_MODEL_LINEAR: linear support vector machine, squared hinge (liblinear, L2R_L2LOSS_SVC)
 * @ASSAY_MODEL_SVM, @ASSAY_MODEL_RBF, @ASSAY_MODEL_POLY: support vector machine (libsvm, C_SVC)
 *     of the kernel u v, exp(-gamma |u - v|^2), or (gamma u v)^3
 * @ASSAY_MODEL_KMEANS: k-means, which looks at labels only to say which clusters are those of
 *     fakes: the score is the squared distance from the nearest other cluster less that from the
 *     nearest of fakes
 * @ASSAY_MODEL_ONE_CLASS: how far from real, learnt from reals alone; see learn/one-class-private.h
 */
typedef enum {
    ASSAY_MODEL_RIDGE,
    ASSAY_MODEL_LOGISTIC,
    ASSAY_MODEL_LINEAR,
    ASSAY_MODEL_SVM,
    ASSAY_MODEL_RBF,
    ASSAY_MODEL_POLY,
    ASSAY_MODEL_KMEANS,
    ASSAY_MODEL_ONE_CLASS,
    ASSAY_N_MODELS,
} AssayModelKind;

/**
 * AssayModelConfig:
 * @c: what an error costs; 0: 10 of ASSAY_MODEL_RIDGE, 1 of others
 * @gamma: of kernels; 0: 1 / inputs
 * @clusters: of k-means, at least 2
 * @is_plain: features are used as they are, not scaled
 * @is_one_sided: linear rules see z alone, see learn/scaling.h. Other kinds always do.
 * @seed: of what is random: the first centres of k-means, the folds of ASSAY_MODEL_ONE_CLASS
 */
typedef struct {
    AssayModelKind kind;
    double c, gamma;
    guint clusters;
    gboolean is_plain, is_one_sided;
    guint64 seed;
} AssayModelConfig;

#define ASSAY_MODEL_CONFIG_DEFAULT                                                                 \
    {                                                                                              \
        .kind = ASSAY_MODEL_RIDGE, .clusters = 2                                                   \
    }

#define ASSAY_MODEL_MAX_CLUSTERS 1000
#define ASSAY_MODEL_RIDGE_C 10

/* "ridge"; which kind has a name: FALSE with %ASSAY_ERROR_USAGE that lists them. */
ASSAY_API const char *assay_model_kind_name(AssayModelKind kind);
ASSAY_API gboolean assay_model_kind_find(const char *name, AssayModelKind *kind,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether it learns from reals alone, and passes fakes by. */
ASSAY_API gboolean assay_model_kind_is_one_class(AssayModelKind kind);

typedef struct AssayModel AssayModel;

/**
 * assay_model_fit:
 * @rows: (array length=n_rows): which items are learnt from
 *
 * The result depends on the items, and hardly on their order; several threads may fit at a time.
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_RANGE: too few items, or none of a class that
 *     is needed; every feature constant; more than memory takes.
 */
ASSAY_API AssayModel *assay_model_fit(const AssayModelConfig *config, const AssayExamples *items,
                                      const size_t *rows, size_t n_rows,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_model_free(AssayModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayModel, assay_model_free)

ASSAY_API const AssayModelConfig *assay_model_config(const AssayModel *self);

/* The features it needs: those of the items it was fitted to; of one that was read, those that it
 * uses. (transfer none), ended by %NULL. */
ASSAY_API char *const *assay_model_columns(const AssayModel *self);
ASSAY_API size_t assay_model_n_columns(const AssayModel *self);

/* How many of these it passes by, since they were constant. */
ASSAY_API size_t assay_model_n_constant(const AssayModel *self);

/**
 * assay_model_score:
 * @row: (array): of the features that it needs
 *
 * Any thread.
 *
 * Returns: larger for what looks more like a fake. Finite.
 */
ASSAY_API double assay_model_score(const AssayModel *self, const double *row);

/**
 * assay_model_p:
 *
 * Of ASSAY_MODEL_ONE_CLASS: the conformal p of an item, see learn/one-class-private.h; NaN of
 * others.
 */
ASSAY_API double assay_model_p(const AssayModel *self, const double *row);

/* How many groups that p stands on. */
ASSAY_API size_t assay_model_n_reference(const AssayModel *self);

/* What it says of the items that it was fitted to, each by a part of the model that had not seen
 * its group: (array): a score for each of the rows of assay_model_fit() that it has learnt from, in
 * their order. Of ASSAY_MODEL_ONE_CLASS; else %NULL. */
ASSAY_API const double *assay_model_own_scores(const AssayModel *self, size_t *n);

/* As members of a document: (transfer full). */
ASSAY_API AssayJson *assay_model_to_json(const AssayModel *self);

/**
 * assay_model_from_json:
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_SPEC that names the place.
 */
ASSAY_API AssayModel *assay_model_from_json(const AssayJsonAt *at,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
