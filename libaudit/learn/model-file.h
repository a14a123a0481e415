/* learn/model-file.h - a model with all that is needed to use it, as a document: assay-detect(1)
 * says what is in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "familiar.h"
#include "gauge.h"
#include "model.h"

G_BEGIN_DECLS

/**
 * AssayModelInput:
 * @sha256: of the file, or "" where that is not known
 */
typedef struct {
    char *name, *sha256;
    gboolean is_fake;
} AssayModelInput;

/**
 * AssayModelFile:
 * @gauge: (nullable): where there are groups enough to find one
 * @field: (nullable): what features are made of, where that was asked for
 * @n_items, @n_groups: that were learnt from: reals, fakes
 * @inputs: of AssayModelInput: the files these were in
 * @familiar: what these files were like
 */
typedef struct {
    AssayModel *model;
    AssayGauge *gauge;
    char *field;
    guint64 n_items[2], n_groups[2];
    GPtrArray *inputs;
    AssayFamiliar *familiar;
} AssayModelFile;

/* Without @model and @familiar yet. */
ASSAY_API AssayModelFile *assay_model_file_new(void) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_model_file_free(AssayModelFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayModelFile, assay_model_file_free)

ASSAY_API void assay_model_file_add_input(AssayModelFile *self, const char *name,
                                          const char *sha256, gboolean is_fake);

/* Whether a file was learnt from: by what is in it. */
ASSAY_API gboolean assay_model_file_has_input(const AssayModelFile *self, const char *sha256);

/**
 * assay_model_file_print:
 *
 * Returns: (transfer full): JSON, sorted, a line for each member; the same for the same model.
 */
ASSAY_API GString *assay_model_file_print(const AssayModelFile *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_model_file_parse:
 * @name: what to call it in messages
 *
 * Returns: (transfer full): %NULL with %ASSAY_ERROR_SPEC that names the place.
 */
ASSAY_API AssayModelFile *assay_model_file_parse(const void *data, size_t size, const char *name,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
