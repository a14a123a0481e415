/* image/spectral-loss.h - how far the profiles of pictures are from what they should be, and which
 * way each pixel would have to go.
 *
 * The reference is the mean profile of some pictures; the loss of a picture is a mean over rings k,
 * that of a batch the mean of its pictures'.
 *
 * By default: (p[k] - r[k])^2, in dB^2, p and r being profiles in dB (image/profile.h): mean
 * power of each ring, then its logarithm.
 *
 * As UpConv trains with it (Ricard Durall, Margret Keuper, Janis Keuper, "Watch your
 * Up-Convolution", CVPR 2020): the binary cross-entropy -r[k] ln p[k] - (1 - r[k]) ln(1 - p[k]),
 * p and r being published profiles, each picture's brought to the range from 0 to 1; logarithms
 * are at least -100, as in PyTorch. UpConv multiplies the generator's loss by 1 + 10^-5 times that,
 * and lets no gradient through; here it has one.
 *
 * The gradient is exact: through logarithm, sums of rings and, by the adjoint transform, to the
 * pixels; where profiles are brought to a range, through its ends too. Where a logarithm is held,
 * at -100 or at ASSAY_PROFILE_FLOOR_DB, nothing changes with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/array.h"
#include "profile.h"

G_BEGIN_DECLS

typedef struct AssaySpectralLoss AssaySpectralLoss;

/**
 * assay_spectral_loss_new:
 * @upconv: whether it is done as there
 *
 * Returns: (transfer full): for one thread at a time; %NULL with %ASSAY_ERROR_RANGE for a size that
 *     has no profile.
 */
ASSAY_API AssaySpectralLoss *assay_spectral_loss_new(size_t width, size_t height, gboolean upconv,
                                                     size_t max_bytes,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_spectral_loss_free(AssaySpectralLoss *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySpectralLoss, assay_spectral_loss_free)

/**
 * assay_spectral_loss_refer:
 * @type: %ASSAY_F32 or %ASSAY_F64
 * @pictures: @n of them, grey, row after row, in units of full scale; as UpConv has it, as they are
 *
 * Adds pictures to the reference.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE where a value is not finite; those before it are added.
 */
ASSAY_API gboolean assay_spectral_loss_refer(AssaySpectralLoss *self, AssayType type,
                                             gconstpointer pictures, size_t n,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

ASSAY_API size_t assay_spectral_loss_n_rings(const AssaySpectralLoss *self);

/* The reference: a value a ring; %NULL before there is one. (transfer none) */
ASSAY_API const double *assay_spectral_loss_reference(const AssaySpectralLoss *self);

/**
 * assay_spectral_loss_of:
 * @pictures: as above, at least one
 * @loss: (out): of the batch
 * @gradient: (out) (nullable): of the same type and shape as @pictures: what the loss gains where
 *     a pixel gains 1
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE without a reference, without pictures, and where a value
 *     is not finite.
 */
ASSAY_API gboolean assay_spectral_loss_of(AssaySpectralLoss *self, AssayType type,
                                          gconstpointer pictures, size_t n, double *loss,
                                          gpointer gradient,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssaySpectralSum:
 * @n: profiles
 * @n_left_out: those that held what is not finite, and are in no sum
 * @mean: of the profiles, a value a ring, as all of these
 * @spread: the mean of squared differences from @mean
 * @log, @log_rest: as UpConv has it: the means of ln p and of ln(1 - p)
 *
 * Profiles of a set, added up, so that the loss of the set is known once the reference is.
 */
typedef struct {
    gboolean upconv;
    size_t n_rings;
    guint64 n, n_left_out;
    double *mean, *spread, *log, *log_rest;
} AssaySpectralSum;

ASSAY_API AssaySpectralSum *assay_spectral_sum_new(gboolean upconv, size_t n_rings);
ASSAY_API void assay_spectral_sum_free(AssaySpectralSum *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySpectralSum, assay_spectral_sum_free)

/* @profile: as the loss has it: in dB, or as UpConv has it and from 0 to 1; left out where a value
 * is not finite. */
ASSAY_API void assay_spectral_sum_add(AssaySpectralSum *self, const double *profile);

/* The mean loss of the profiles of @self, held against the mean of @reference's, of as many rings;
 * NaN where either has none. */
ASSAY_API double assay_spectral_sum_loss(const AssaySpectralSum *self,
                                         const AssaySpectralSum *reference);

G_END_DECLS
