/* show/show.h - what is in a file, for people: streams, MIDI files, pictures, arrays, tables,
 * JSON documents.
 *
 * Stands on: base/, stream/, media/midi.h. A file is known by its first bytes. What is written is
 * text to be read, not to be parsed; for that there are the tables of values/values.h. It goes out
 * as it is read: of a stream at most a few dozen descriptions and one sample are in memory, of an
 * array a block, of a table a row and the values of columns that have few.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/input.h"
#include "../base/output.h"

G_BEGIN_DECLS

/**
 * AssayShowConfig:
 * @utf8: whether signs beyond ASCII can be shown
 * @width: columns that lines are broken to; 0: 100, which is also the most
 * @is_long: all metadata of every sample, and all entries of a spec
 * @limit: how many samples of a stream, or MIDI files of a folder, are shown; 0: all
 * @max_bytes: a limit for each sample, and for files that are read whole
 */
typedef struct {
    gboolean utf8;
    size_t width;
    gboolean is_long;
    guint64 limit;
    size_t max_bytes;
} AssayShowConfig;

#define ASSAY_SHOW_CONFIG_DEFAULT                                                                  \
    {                                                                                              \
        .utf8 = TRUE, .max_bytes = (size_t)2 << 30                                                 \
    }

typedef struct AssayShow AssayShow;

/**
 * assay_show_new:
 * @output: borrowed; neither flushed at the end nor closed
 * @config: copied
 */
ASSAY_API AssayShow *assay_show_new(AssayOutput *output, const AssayShowConfig *config);
ASSAY_API void assay_show_free(AssayShow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayShow, assay_show_free)

/**
 * assay_show_input:
 * @input: (transfer full): what to show
 * @name: (nullable): what to call it, if not as assay_input_name() does
 * @is_brief: whether it is one of many: a MIDI file or a picture then gets one line of a list,
 * unless everything is asked for
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT (none of the kinds above, or broken),
 *     %ASSAY_ERROR_TRUNCATED, %ASSAY_ERROR_RANGE or %ASSAY_ERROR_IO; what was read before the fault
 *     has been shown, and other inputs can follow.
 */
ASSAY_API gboolean assay_show_input(AssayShow *self, AssayInput *input, const char *name,
                                    gboolean is_brief, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_show_finish:
 *
 * Ends a list of brief lines. To be called once, after the last input.
 */
ASSAY_API gboolean assay_show_finish(AssayShow *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayShowFault:
 * @user: as given
 * @name: of the sample
 * @error: why it cannot be shown; the text says so too
 */
typedef void (*AssayShowFault)(gpointer user, const char *name, const GError *error);

/* Calls @fault for each sample of a stream that cannot be shown, which ends nothing. */
ASSAY_API void assay_show_on_fault(AssayShow *self, AssayShowFault fault, gpointer user);

/**
 * assay_show_left_out:
 *
 * Returns: how many inputs the streams' end records say were left out and not accepted.
 */
ASSAY_API guint64 assay_show_left_out(const AssayShow *self);

/* Whether a stream broke off or was corrupt. */
ASSAY_API gboolean assay_show_has_broken(const AssayShow *self);

G_END_DECLS
