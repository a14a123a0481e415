/* base/settings.h - the options of a struct, read and written as text by a table.
 *
 * A converter's options are texts twice: as typed, and in the head of a stream, from where a recipe
 * reads them again. A table says which member each is, and what is allowed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssaySettingKind:
 * @ASSAY_SETTING_NUMBER: a guint32
 * @ASSAY_SETTING_REAL: a double, from 0 on
 * @ASSAY_SETTING_CHOICE: of words, an int
 * @ASSAY_SETTING_YES_NO: a gboolean
 * @ASSAY_SETTING_LENGTH: an AssayLength
 * @ASSAY_SETTING_SPAN: an AssaySpan
 */
typedef enum {
    ASSAY_SETTING_NUMBER,
    ASSAY_SETTING_REAL,
    ASSAY_SETTING_CHOICE,
    ASSAY_SETTING_YES_NO,
    ASSAY_SETTING_LENGTH,
    ASSAY_SETTING_SPAN,
} AssaySettingKind;

/**
 * AssayLength:
 * @n: samples, or 0
 * @ms: milliseconds, where @n is 0
 */
typedef struct {
    guint32 n;
    double ms;
} AssayLength;

/* From @low to @high, both included: "28:96". */
typedef struct {
    guint32 low, high;
} AssaySpan;

/* @length in samples at @rate_hz; down to whole ones, as in Kaldi. */
ASSAY_API size_t assay_length_at(const AssayLength *length, guint rate_hz);

/**
 * AssaySetting:
 * @at: where in the struct
 * @low, @high: of a number, a length in samples or the ends of a span, both included
 * @zero: (nullable): the word that stands for 0
 * @words: of a choice, by "|"
 * @advice: what is allowed
 */
typedef struct {
    const char *key;
    AssaySettingKind kind;
    size_t at;
    double low, high;
    const char *zero, *words, *advice;
} AssaySetting;

/* (nullable): the one of @n settings that is called so. */
ASSAY_API const AssaySetting *assay_setting_find(const AssaySetting *settings, size_t n,
                                                 const char *key);

/* Says that "--@key=@value" is not allowed, and @advice; returns %FALSE with %ASSAY_ERROR_USAGE. */
ASSAY_API gboolean assay_setting_refuse(const char *key, const char *value, const char *advice,
                                        GError **error);

/* Sets the member of @config. %FALSE with %ASSAY_ERROR_USAGE that says what is allowed. */
ASSAY_API gboolean assay_setting_read(const AssaySetting *self, gpointer config, const char *value,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) (nullable): what assay_setting_read() reads back; %NULL for a number that is 0
 * and has no word for that. */
ASSAY_API char *assay_setting_print(const AssaySetting *self, gconstpointer config);

G_END_DECLS
