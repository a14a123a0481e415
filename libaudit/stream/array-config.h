/* stream/array-config.h - how arrays of other programs become samples: what assay-array asks.
 *
 * Options are set as texts, by their long names, as they are typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "npy.h"
#include "source.h"

G_BEGIN_DECLS

/**
 * AssayArrayConfig:
 * @field: what the array becomes; of several members of an .npz each is called as it is
 * @axes: (element-type GStrv): of all arrays, or as many as there are members; none: those of a
 *     table are item and column, others are refused
 * @members: (element-type utf8): which arrays of an .npz
 * @is_raw: whether files are the bytes of values, as @layout describes them
 * @layout: type and shape; its entry @star, if that is not negative, is for as many as there are
 * @columns: (nullable): of a table: which, ended by %NULL; %NULL: all that are not @names
 * @names: (nullable): the column of a table that names its rows
 * @finds_names: whether a column called "item" names the rows of a table, where @names is %NULL
 * @meta: for the metadata of the field
 */
struct AssayArrayConfig {
    char *field;
    GPtrArray *axes;
    GPtrArray *members;
    gboolean is_raw;
    AssayNpyHeader layout;
    int star;
    char **columns;
    char *names;
    gboolean finds_names;
    AssayJson *meta;
    /* as typed */
    char *type, *shape, *unit;
    GString *typed_meta;
    gboolean is_big_endian;
};

ASSAY_API AssayArrayConfig *assay_array_config_new(void);
ASSAY_API void assay_array_config_free(AssayArrayConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayConfig, assay_array_config_free)

/**
 * assay_array_config_set:
 * @key: field, axes, member, type, shape, big-endian, unit, meta, columns or names; axes, member
 * and meta are added to those that were set before
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE.
 */
ASSAY_API gboolean assay_array_config_set(AssayArrayConfig *self, const char *key,
                                          const char *value,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_array_config_check:
 *
 * To be called once, after all options. Returns: %FALSE with %ASSAY_ERROR_USAGE for options that do
 *     not go together.
 */
ASSAY_API gboolean assay_array_config_check(AssayArrayConfig *self,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_array_config_options:
 *
 * Returns: (transfer full): the options, as a stream's head records them.
 */
ASSAY_API AssayJson *assay_array_config_options(const AssayArrayConfig *self);

/**
 * assay_array_config_axes:
 * @index: of the array among @members
 *
 * Returns: (transfer none) (nullable): its axes, ended by %NULL.
 */
ASSAY_API const char *const *assay_array_config_axes(const AssayArrayConfig *self, size_t index);

G_END_DECLS
