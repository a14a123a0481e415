/* stream/names.h - from operands to files, and from files to the names of samples.
 *
 * NAME is the path relative to the operand's parent, the suffix dropped; dots in its last component
 * become "_"; controls, "%" and bytes that are not UTF-8 are percent-escaped, and so is the first
 * byte of a name that begins with "__", which streams keep for their records. On a clash the later
 * one keeps its suffix (x_jpg), and gets a number where that clashes too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"
#include "../base/input.h"

G_BEGIN_DECLS

/**
 * AssayFile:
 * @path: as it is opened; "-" is standard input, whose sample is called stdin
 * @shown: relative to the operand's parent, escaped: what metadata record
 * @name: of the sample
 * @operand: the index of the operand it comes from
 * @fault: (nullable): why it could not be looked at; it may be a folder
 */
typedef struct {
    char *path;
    char *shown;
    char *name;
    size_t operand;
    GError *fault;
} AssayFile;

/**
 * AssayListing:
 * @files: (element-type AssayFile): in the order of the operands, folders in byte order
 * @passed_over: how many files of walked folders were of another kind
 * @first_passed_over: (nullable): which was the first, as AssayFile @shown
 * @waits: whether reading may have to wait for another program: of standard input, a pipe, a device
 */
typedef struct {
    GPtrArray *files;
    size_t passed_over;
    char *first_passed_over;
    gboolean waits;
} AssayListing;

/**
 * assay_listing_new:
 * @operands: files, folders and "-", ended by %NULL; what does not exist or cannot be read is
 * listed as it is, so that its opening fails where its turn comes
 * @suffixes: (nullable): the suffixes (".mid"), compared without case, of files that are wanted
 *     from folders, ended by %NULL
 * @names_repeat: whether operands are sets, each with names of its own
 *
 * Links are followed; a folder that contains itself through one is entered once. Dot-files in
 * folders are passed over without being counted.
 *
 * Returns: (transfer full): the listing.
 */
ASSAY_API AssayListing *assay_listing_new(const char *const *operands, const char *const *suffixes,
                                          gboolean names_repeat) G_GNUC_WARN_UNUSED_RESULT;
ASSAY_API void assay_listing_free(AssayListing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayListing, assay_listing_free)

/**
 * assay_name_from_text:
 * @text: as somebody typed it
 *
 * Returns: (transfer full): the name of a sample, made of @text as of a path without a suffix;
 *     empty, "." and ".." components go. Empty where nothing is left.
 */
ASSAY_API char *assay_name_from_text(const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Opens @file, or says what kept it from being looked at: %ASSAY_ERROR_IO. */
ASSAY_API AssayInput *assay_file_open(const AssayFile *file,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @path ends in one of @suffixes, in any case. */
ASSAY_API gboolean assay_has_suffix(const char *path, const char *const *suffixes);

G_END_DECLS
