/* base/text.h - the small rules by which names and numbers become text.
 *
 * None of them depends on the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stddef.h>

#include "api.h"

G_BEGIN_DECLS

/* Room for any number that the functions below write, with its final zero. */
#define ASSAY_TEXT_NUMBER_SIZE 32

/**
 * assay_text_escape_name:
 * @name: any bytes but zero, e.g. a path
 *
 * Controls (U+0000 to U+001F, U+007F to U+009F), '%', and bytes that are not UTF-8 become %XX, one
 * for each byte, upper-case hexadecimal; everything else stays. Different names stay different.
 *
 * Returns: (transfer full): valid UTF-8 that is safe on a terminal and in a line
 */
ASSAY_API char *assay_text_escape_name(const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_text_escape_controls:
 * @text: any bytes but zero
 *
 * As assay_text_escape_name(), but '%' stays: for showing a text that may already be escaped.
 *
 * Returns: (transfer full): valid UTF-8 that is safe on a terminal and in a line
 */
ASSAY_API char *assay_text_escape_controls(const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_text_escape_tsv:
 * @text: any text
 *
 * Returns: (transfer full): @text with tab, newline and backslash as \t, \n and \\
 */
ASSAY_API char *assay_text_escape_tsv(const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether there is none of these in it. */
ASSAY_API gboolean assay_text_is_plain_tsv(const char *text);

/**
 * assay_text_unescape_tsv:
 * @text: (inout): a cell; undoes assay_text_escape_tsv() in place
 *
 * Returns: %TRUE; %FALSE with @error set to %ASSAY_ERROR_FORMAT if a backslash is followed by
 *     anything else than t, n or a backslash; @text is then unspecified
 */
ASSAY_API gboolean assay_text_unescape_tsv(char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_text_display_width:
 * @text: valid UTF-8
 *
 * Returns: the columns of a terminal that @text takes: 2 for wide characters (East Asian), 0 for
 *     combining and zero-width ones, else 1
 */
ASSAY_API size_t assay_text_display_width(const char *text);

/**
 * assay_text_double:
 * @buffer: (out): ASSAY_TEXT_NUMBER_SIZE bytes
 * @value: any number
 *
 * The fewest significant digits that read back as @value. Whole numbers up to 2^53 have no exponent
 * and no point (1000000); "0" for either zero, "NA" for NaN, "inf" and "-inf".
 *
 * Returns: @buffer
 */
ASSAY_API char *assay_text_double(char *buffer, double value);

/* Room for the text of an index and its final zero. */
#define ASSAY_TEXT_INDEX_SIZE 24

/**
 * assay_text_put_index:
 * @buffer: (out): ASSAY_TEXT_INDEX_SIZE bytes
 *
 * An index behind the name of what is indexed: [12]. Returns: where the text ends, at its final
 *     zero
 */
ASSAY_API char *assay_text_put_index(char *buffer, size_t index);

/**
 * assay_text_put_doubles:
 * @buffer: (out): @n times ASSAY_TEXT_NUMBER_SIZE bytes
 * @separator: what stands between them
 *
 * The same of several, faster than one after the other. Returns: where the text ends, at its final
 *     zero; with no values it writes nothing
 */
ASSAY_API char *assay_text_put_doubles(char *buffer, const double *values, size_t n,
                                       char separator);

/**
 * assay_text_double_digits:
 * @buffer: (out): ASSAY_TEXT_NUMBER_SIZE bytes
 * @value: any number
 * @digits: significant digits, 1 to 15
 *
 * For people: rounded to @digits, without trailing zeros; digits before the point are never dropped
 * below 10^15 (58534.7 at four digits is 58535). Otherwise as assay_text_double().
 *
 * Returns: @buffer
 */
ASSAY_API char *assay_text_double_digits(char *buffer, double value, int digits);

/**
 * assay_text_count:
 * @buffer: (out): ASSAY_TEXT_NUMBER_SIZE bytes
 * @value: a count
 *
 * Returns: @buffer, with a comma between thousands: 58,534
 */
ASSAY_API char *assay_text_count(char *buffer, guint64 value);

/**
 * assay_text_ratio:
 * @text: "3/16", "3", and with @decimals "0.1875" too
 * @decimals: whether a decimal fraction, of at most six places, is a ratio
 * @max: the largest term
 * @num: (out): the numerator in lowest terms, from 1
 * @den: (out): the denominator in lowest terms, from 1
 *
 * Returns: %FALSE for any other text, a term of 0, and one that is larger than @max: as written, or
 *     of a decimal fraction in lowest terms
 */
ASSAY_API gboolean assay_text_ratio(const char *text, gboolean decimals, guint32 max, guint32 *num,
                                    guint32 *den);

/* Appends @sep, unless @text is empty, and then what the format says. */
ASSAY_API void assay_text_join(GString *text, const char *sep, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_END_DECLS
