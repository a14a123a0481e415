/* stream/sample-folder.h - samples as files in a folder, each called as its sample.
 *
 * Sample NAME becomes FOLDER/NAME and a suffix; folders that NAME asks for are made, and FOLDER
 * itself. A file appears whole or not at all, and replaces the one that was there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/api.h"
#include <glib.h>

G_BEGIN_DECLS

typedef struct AssaySampleFolder AssaySampleFolder;

/* @suffix with its dot: ".mid". Nothing is made before the first file. */
ASSAY_API AssaySampleFolder *assay_sample_folder_new(const char *path, const char *suffix);
ASSAY_API void assay_sample_folder_free(AssaySampleFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssaySampleFolder, assay_sample_folder_free)

/**
 * assay_sample_folder_accepts:
 * @name: of a sample
 *
 * Whether @name can be that of a file inside the folder: components that are not empty, "." or
 * "..", of at most 255 bytes with the suffix, in a path that the system takes. Any thread.
 *
 * Returns: %FALSE with %ASSAY_ERROR_RANGE that says why not.
 */
ASSAY_API gboolean assay_sample_folder_accepts(const AssaySampleFolder *self, const char *name,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_sample_folder_put:
 * @name: of the sample
 * @bytes: the file
 *
 * Returns: %FALSE with what assay_sample_folder_accepts() reports, %ASSAY_ERROR_RANGE for a name
 *     that was put before, whose file would be lost, or %ASSAY_ERROR_IO.
 */
ASSAY_API gboolean assay_sample_folder_put(AssaySampleFolder *self, const char *name, GBytes *bytes,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
