/* tools/check-conclude.h - what becomes of the rows of assay-check's summary: printed, put into
 * sentences, told in words, held against --fail-on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/show/methods.h>

#include "check-tables.h"

/**
 * CheckConclusion:
 * @methods: (nullable): what --methods tells of all sets
 * @has_table, @has_findings: whether the table is that of sets, or of findings
 * @by: (nullable): the text of --by
 * @criteria: of @fail_on, the texts of --fail-on, in its order
 * @met: (out): whether a row meets one of them
 * @lacks: (out): whether nothing could be read of a set
 * @n_classes: (out): of all sets together
 */
typedef struct {
    Check *check;
    const AssayMethods *methods;
    gboolean has_table, has_findings;
    const char *by;
    char **fail_on;
    const GPtrArray *criteria;
    guint64 seed;
    gboolean met, lacks;
    guint64 n_classes;
} CheckConclusion;

/* The conditions of --fail-on, each of which can be read and could be met. */
GPtrArray *check_read_criteria(char **texts, const AssaySpec *spec, GError **error);

/* Every set, class by class; the sentences of --methods are appended to @text. */
gboolean check_conclude(CheckConclusion *self, GString *text, GError **error);
