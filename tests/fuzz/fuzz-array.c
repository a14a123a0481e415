/* fuzz/fuzz-array.c - options, an empty line, and a file: raw bytes, a table, or a .npy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>
#include <string.h>

#include "array-source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Sets what the line says; what is refused is left out. */
static void
set_option(AssayArrayConfig *config, const char *line)
{
    static const char *const keys[] = { "field", "axes", "member",  "type",  "shape", "big-endian",
                                        "unit",  "meta", "columns", "names", NULL };
    const char *equals = strchr(line, '=');
    g_autofree char *key = equals == NULL ? NULL : g_strndup(line, (size_t)(equals - line));
    g_autoptr(GError) error = NULL;

    if (key != NULL && g_strv_contains(keys, key))
        g_assert(assay_array_config_set(config, key, equals + 1, &error) == (error == NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(AssayArrayConfig) config = assay_array_config_new();
    g_autoptr(GError) error = NULL;

    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - data);
        g_autofree char *line = g_strndup((const char *)data, length);

        size -= MIN(length + 1, size);
        data += end == NULL ? length : length + 1;
        if (length == 0)
            break;
        set_option(config, line);
    }
    if (assay_array_config_check(config, &error))
        array_source_read(array_source_file(data, size), config, NULL);
    else
        g_assert(error != NULL);
    return 0;
}
