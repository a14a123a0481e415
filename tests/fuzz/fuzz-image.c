/* fuzz/fuzz-image.c - bytes as a picture: PNG, JPEG, PNM; what is read becomes pixels, and is
 * shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/image.h>
#include <assay/media/picture.h>
#include <assay/show/show.h>
#include <stdint.h>

/* Enough for what fuzzers make. */
#define MAX_BYTES ((size_t)4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
show(GBytes *bytes)
{
    AssayShowConfig config = ASSAY_SHOW_CONFIG_DEFAULT;
    g_autoptr(AssayOutput) out = assay_output_open("/dev/null", NULL);
    g_autoptr(AssayShow) view = NULL;
    g_autoptr(GError) error = NULL;

    config.max_bytes = MAX_BYTES;
    view = assay_show_new(out, &config);
    if (!assay_show_input(view, assay_input_from_bytes("x.png", bytes), "x", FALSE, &error))
        g_assert(error != NULL);
}

/* Grey of 3 x 3, which any picture has whose alpha is opaque. */
static void
shape(AssaySample *sample)
{
    AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;
    g_autoptr(GError) error = NULL;

    config.grey = TRUE;
    config.width = config.height = 3;
    stage = assay_image_stage(&config);
    if (!stage->apply(stage, NULL, sample, &error)) {
        g_assert(error != NULL);
        return;
    }
    g_assert(assay_array_count(assay_sample_field(sample, "pixels", NULL)) == 9);
    g_assert(!assay_sample_has(sample, "array"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);

    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        g_autoptr(AssaySample) sample = assay_sample_new("x");
        g_autoptr(GError) error = NULL;

        if (!assay_image_media[i]->sniff(data, size))
            continue;
        if (!assay_image_media[i]->decode(sample, bytes, MAX_BYTES, &error)) {
            g_assert(error != NULL && !assay_sample_has(sample, "array"));
            continue;
        }
        shape(sample);
        show(bytes);
    }
    return 0;
}
