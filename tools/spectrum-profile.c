/* assay-spectrum - the azimuthal profile of every item, as a field.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/planes-maker.h>
#include <assay/image/image.h>
#include <assay/media/picture.h>
#include <assay/media/sound.h>

#include "spectrum-modes.h"

const AssayMedium *const spectrum_media[] = { &assay_png_medium, &assay_jpeg_medium,
                                              &assay_pnm_medium, &assay_sound_medium, NULL };

AssaySourceConfig
spectrum_source(const char *const *operands)
{
    return (AssaySourceConfig){ .operands = operands,
                                .streams = TRUE,
                                .media = spectrum_media,
                                .pictures = &assay_image_arrays,
                                .array_hint = "assay-image --axes=... FILE makes a stream of it",
                                .max_bytes = cli.max_sample };
}

int
spectrum_profile(const AssaySpectrumConfig *config, const char *const *operands)
{
    AssaySourceConfig source = spectrum_source(operands);
    g_autoptr(AssayStage) maker = assay_planes_maker(cli.max_sample);
    g_autoptr(AssayStage) stage = assay_spectrum_stage(config);

    return cli_convert_after(&source, maker, stage);
}
