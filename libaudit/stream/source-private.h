/* stream/source-private.h - a .npy file as samples, for source.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "source.h"

/* A .npy that is being read: whole, or piece by piece where its first axis is "item". */
typedef struct AssayArrayReader AssayArrayReader;

/* @input: (transfer full), also on failure; @file and the strings of @config are borrowed. */
AssayArrayReader *assay_array_reader_new(AssayInput *input, const AssayFile *file,
                                         const AssaySourceConfig *config, GError **error);
void assay_array_reader_free(AssayArrayReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayArrayReader, assay_array_reader_free)

/* The next sample or piece; *is_last says that nothing comes after it. */
AssaySample *assay_array_reader_next(AssayArrayReader *self, gboolean *is_last, GError **error);
