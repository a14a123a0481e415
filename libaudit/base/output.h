/* base/output.h - a checked output: every write and close is, and a file appears whole or not at
 * all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayOutput:
 *
 * Bytes on their way to standard output or a file, buffered. The first failure is kept: every later
 * call reports it again and writes nothing, so a caller may check at the close alone. Not for use
 * by two threads at once.
 */
typedef struct AssayOutput AssayOutput;

/**
 * assay_output_open:
 * @path: where to; "-" and /dev/stdout are standard output, /dev/fd/N an open descriptor
 * @error: return location for an error, or %NULL
 *
 * A @path that does not exist or is a regular file is written under a temporary name in the same
 * folder (.NAME.XXXXXX.part) and takes its name in a successful assay_output_close(); until then,
 * and if that never comes, what was there stays as it is. Symbolic links are followed, so a link
 * stays a link and its target is replaced. The mode is that of the file replaced, or that of a new
 * file under the umask; other hard links to a replaced file keep the old content.
 * Anything else (/dev/null, a fifo, a device) is opened and written in place.
 *
 * Returns: an output; %NULL with @error set: %ASSAY_ERROR_USAGE for a directory or a missing
 * folder, %ASSAY_ERROR_IO for what the system refuses
 */
ASSAY_API AssayOutput *assay_output_open(const char *path,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_output_free:
 * @self: (nullable): an output
 *
 * Without a successful close before, unwritten bytes are dropped and a file that was being written
 * is removed.
 */
ASSAY_API void assay_output_free(AssayOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayOutput, assay_output_free)

/**
 * assay_output_write:
 * @data: (array length=size): bytes; may be %NULL when @size is 0
 *
 * Returns: %TRUE; %FALSE with @error set (%ASSAY_ERROR_IO, e.g. `-: cannot write: No space left on
 *     device`), perhaps for bytes of an earlier call
 */
ASSAY_API gboolean assay_output_write(AssayOutput *self, const void *data, size_t size,
                                      GError **error);

/**
 * assay_output_puts:
 * @text: written without its final zero
 */
ASSAY_API gboolean assay_output_puts(AssayOutput *self, const char *text, GError **error);

/**
 * assay_output_printf:
 * @error: return location for an error, or %NULL
 * @format: as printf(3); what it makes of floating-point numbers depends on LC_NUMERIC, so those go
 *     through base/text.h first
 */
ASSAY_API gboolean assay_output_printf(AssayOutput *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/**
 * assay_output_flush:
 *
 * Hands all bytes so far to the system.
 */
ASSAY_API gboolean assay_output_flush(AssayOutput *self, GError **error);

/**
 * assay_output_close:
 *
 * Flushes, closes, and gives a temporary file its name. Nothing may be written afterwards; @self
 * is still to be freed. A second call returns what the first one did. Standard output itself stays
 * open, but what a close of it would report is reported.
 *
 * Returns: %TRUE if every byte was accepted; %FALSE with @error set, and then no file is left or
 *     changed
 */
ASSAY_API gboolean assay_output_close(AssayOutput *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_output_is_terminal:
 *
 * Returns: whether a person is to read this
 */
ASSAY_API gboolean assay_output_is_terminal(const AssayOutput *self);

/**
 * assay_output_peek_name:
 *
 * Returns: the @path it was opened with, escaped for messages; "standard output" of "-"
 */
ASSAY_API const char *assay_output_peek_name(const AssayOutput *self);

/**
 * assay_output_remove_unfinished:
 *
 * Removes the temporary files of all outputs that are open (of the first 64; more at once are not
 * known here). Async-signal-safe: a tool's handler of SIGINT, SIGTERM and SIGHUP calls this, then
 * restores the default action and raises the signal again. The library itself installs no handler.
 * Outputs that are closed afterwards fail, and no file is opened any more.
 */
ASSAY_API void assay_output_remove_unfinished(void);

G_END_DECLS
