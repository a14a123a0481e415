/* fuzz/fuzz-npz.c - bytes as an .npz: every array of it as a sample, and what assay-show says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/show/show.h>
#include <assay/stream/npz.h>
#include <stdint.h>

#include "array-source.h"

/* More arrays than this only take time. */
enum { MAX_ARRAYS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes one array through the source, its axes named by its header. */
static void
try_array(const char *path, const char *array, const AssayNpyHeader *header)
{
    static const char *const names[] = { "item", "b", "c", "d", "e", "f", "g", "h" };
    g_autoptr(AssayArrayConfig) config = assay_array_config_new();
    g_autoptr(GString) axes = g_string_new(NULL);

    for (size_t i = 0; i < header->n_axes; i++)
        g_string_append_printf(axes, "%s%s", i > 0 ? "," : "", names[i]);
    g_assert(assay_array_config_set(config, "axes", axes->str, NULL));
    if (assay_array_config_set(config, "member", array, NULL) &&
        assay_array_config_check(config, NULL))
        array_source_read(path, config, NULL);
}

static void
show(GBytes *bytes)
{
    const AssayShowConfig config = ASSAY_SHOW_CONFIG_DEFAULT;
    g_autoptr(AssayOutput) out = assay_output_open("/dev/null", NULL);
    g_autoptr(AssayShow) view = assay_show_new(out, &config);
    g_autoptr(GError) error = NULL;

    if (!assay_show_input(view, assay_input_from_bytes("x.npz", bytes), "x", FALSE, &error))
        g_assert(error != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayNpz) npz = NULL;
    const char *path;

    if (!assay_npz_sniff(data, size))
        return 0;
    show(bytes);
    npz = assay_npz_new(assay_input_from_bytes("x.npz", bytes), "x.npz", &error);
    if (npz == NULL)
        return 0;
    path = array_source_file(data, size);
    for (guint i = 0; i < MAX_ARRAYS; i++) {
        g_autoptr(AssayInput) input = NULL;
        AssayNpzMember member;
        AssayNpyHeader header;
        gboolean is_member;

        if (!assay_npz_next(npz, &member, &is_member, &error)) {
            g_assert(error != NULL);
            break;
        }
        if (!is_member)
            break;
        if (member.array == NULL)
            continue;
        input = assay_npz_open(npz);
        if (assay_npy_read_header(input, "x", &header, NULL))
            try_array(path, member.array, &header);
    }
    return 0;
}
