/* check/classes.h - a set parted into classes, a summary for each.
 *
 * An item's class is what AssayObserveConfig's @by says of it. Items of which it says nothing are a
 * class as well, whose name is empty; without a rule there is that class alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "summary.h"

G_BEGIN_DECLS

/* A set has at most this many. */
#define ASSAY_MAX_CLASSES 10000

typedef struct AssayClasses AssayClasses;

ASSAY_API AssayClasses *assay_classes_new(void);
ASSAY_API void assay_classes_free(AssayClasses *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayClasses, assay_classes_free)

/**
 * assay_classes_add:
 *
 * As assay_summary_add(), each item to its class.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE beyond ASSAY_MAX_CLASSES.
 */
ASSAY_API gboolean assay_classes_add(AssayClasses *self, const AssayVerdict *verdict,
                                     AssayGroups *groups, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_classes_names:
 *
 * Returns: (transfer container): those that have items, in byte order, ended by %NULL.
 */
ASSAY_API const char **assay_classes_names(const AssayClasses *self);

/* Of one of these names. */
ASSAY_API const AssaySummary *assay_classes_find(const AssayClasses *self, const char *name);

G_END_DECLS
