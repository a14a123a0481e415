/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "error.h"

/* What an error of this domain says beside its message. */
typedef struct {
    gboolean has_item;
    size_t item;
} AssayErrorPrivate;

static void
assay_error_private_init(AssayErrorPrivate *self)
{
    *self = (AssayErrorPrivate){ FALSE, 0 };
}

static void
assay_error_private_copy(const AssayErrorPrivate *self, AssayErrorPrivate *copy)
{
    *copy = *self;
}

static void
assay_error_private_clear(AssayErrorPrivate *self)
{
    (void)self; /* owns nothing */
}

G_DEFINE_EXTENDED_ERROR(AssayError, assay_error)

void
assay_error_blame_item(GError **error, size_t item)
{
    if (error != NULL && *error != NULL && (*error)->domain == ASSAY_ERROR)
        *assay_error_get_private(*error) = (AssayErrorPrivate){ TRUE, item };
}

gboolean
assay_error_item(const GError *error, size_t *item)
{
    const AssayErrorPrivate *blame;

    if (error == NULL || error->domain != ASSAY_ERROR)
        return FALSE;
    blame = assay_error_get_private(error);
    *item = blame->item;
    return blame->has_item;
}
