/* transform/upconv-config.c - the options of upconv, read and written as text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "upconv.h"

enum { MAX_FACTOR = 64, MAX_KERNEL = 63 };

static const char *const methods[] = {
    [ASSAY_UPCONV_NAILS] = "bed-of-nails",
    [ASSAY_UPCONV_NEAREST] = "nearest",
    [ASSAY_UPCONV_BILINEAR] = "bilinear",
};

static gboolean
refuse(const char *key, const char *value, const char *advice, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "--%s=%s: %s", key, value, advice);
    return FALSE;
}

static gboolean
set_method(AssayUpconvConfig *self, const char *value, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (strcmp(value, methods[i]) == 0) {
            self->method = (AssayUpconvMethod)i;
            return TRUE;
        }
    }
    return refuse("method", value, "it can be bed-of-nails, nearest or bilinear", error);
}

gboolean
assay_upconv_config_set(AssayUpconvConfig *self, const char *key, const char *value, GError **error)
{
    guint64 n;

    if (strcmp(key, "method") == 0)
        return set_method(self, value, error);
    if (strcmp(key, "factor") == 0) {
        if (!g_ascii_string_to_unsigned(value, 10, 2, MAX_FACTOR, &n, NULL))
            return refuse(key, value, "give a whole number from 2 to 64", error);
        self->factor = (guint)n;
        return TRUE;
    }
    if (strcmp(key, "kernel") == 0) {
        if (!g_ascii_string_to_unsigned(value, 10, 1, MAX_KERNEL, &n, NULL) || n % 2 == 0)
            return refuse(key, value, "give an odd number of pixels from 1 to 63, as in 3", error);
        self->kernel = (guint)n;
        return TRUE;
    }
    g_return_val_if_fail(strcmp(key, "field") == 0, FALSE);
    g_free(self->field);
    self->field = g_strdup(value);
    return TRUE;
}

void
assay_upconv_config_clear(AssayUpconvConfig *self)
{
    g_clear_pointer(&self->field, g_free);
}

AssayJson *
assay_upconv_options(const AssayUpconvConfig *self)
{
    AssayJson *options = assay_json_object();
    g_autofree char *factor = g_strdup_printf("%u", self->factor);
    g_autofree char *kernel = g_strdup_printf("%u", self->kernel);

    assay_json_set_string(options, "kind", "upconv");
    assay_json_set_string(options, "field", self->field != NULL ? self->field : "pixels");
    assay_json_set_string(options, "method", methods[self->method]);
    assay_json_set_string(options, "factor", factor);
    if (self->method == ASSAY_UPCONV_NAILS)
        assay_json_set_string(options, "kernel", kernel);
    return options;
}
