/* assay-perturb - pictures, sounds and music changed as they are on their way through the world.
 *
 * in:  pictures, sound files, MIDI files, or a stream with "pixels", "audio", "notes", "roll" or
 *      "chroma"
 * out: the same samples, these changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/image.h>
#include <assay/media/notes.h>
#include <assay/media/picture.h>
#include <assay/media/sound.h>
#include <assay/transform/perturb.h>

#include "cli.h"

static AssayPerturbConfig config = ASSAY_PERTURB_CONFIG_DEFAULT;

/* What was typed, in the order of the options. */
static char *typed[16];

#define TEXT(i) 0, 0, G_OPTION_ARG_FILENAME, &typed[i]

static const GOptionEntry options[] = {
    { "augment", TEXT(0), "blur and JPEG as published: cnn-detection[@P]", "NAME" },
    { "compat", TEXT(1), "blur as a published program does: cnn-detection", "NAME" },
    { "resize", TEXT(2), "pictures: to F of their size and back", "F" },
    { "blur", TEXT(3), "pictures: Gaussian of SIGMA pixels", "SIGMA" },
    { "gamma", TEXT(4), "pictures: brightness to the power of G", "G" },
    { "gain", TEXT(5), "sound: louder by DB decibels", "DB" },
    { "noise", TEXT(6), "both: normal noise of SIGMA full scales", "SIGMA" },
    { "quantise", TEXT(7), "pictures: to one of N values", "N" },
    { "stretch", TEXT(8), "sound: F times as long, and as much lower", "F" },
    { "resample", TEXT(9), "sound: to a rate of HZ and back", "HZ" },
    { "mu-law", TEXT(10), "sound: coded in so many BITS", "BITS" },
    { "jpeg", TEXT(11), "pictures: coded with QUALITY", "QUALITY" },
    { "crop", TEXT(12), "pictures: a part anywhere in them", "WxH" },
    { "flip", TEXT(13), "pictures: horizontal or vertical", "WHICH" },
    { "transpose", TEXT(15), "music: by N semitones", "N" },
    { "seed", TEXT(14), "of the random numbers [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-perturb",
    .synopsis = "[OPTION]... [FILE]...",
    .summary =
        "Change pictures and sounds as they are on their way through the world: blurred, coded\n"
        "as JPEG, noisy, resized; transpose music. A value can be a range, from which each\n"
        "item's is drawn, with a probability: --blur=0:3@.5. All is done in the order of the\n"
        "list below.",
    .example = "assay-perturb --blur=0:3@.5 --jpeg=30:100@.5 pictures/real | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->long_name != NULL; entry++) {
        const char *text = *(char **)entry->arg_data;

        if (text != NULL && !assay_perturb_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

int
main(int argc, char **argv)
{
    const AssayMedium *const media[] = { &assay_png_medium,   &assay_jpeg_medium, &assay_pnm_medium,
                                         &assay_sound_medium, &assay_midi_medium, NULL };
    AssaySourceConfig source = { .media = media,
                                 .streams = TRUE,
                                 .pictures = &assay_image_arrays,
                                 .array_hint = "assay-image --axes=... FILE makes a stream of it" };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;

    cli_begin(&tool, &argc, &argv);
    if (!configure(&error))
        return cli_usage("%s", error->message);
    config.max_bytes = cli.max_sample;
    stage = assay_perturb_stage(&config, &error);
    if (stage == NULL)
        return cli_usage("%s", error->message);
    source.operands = cli_operands(argc, argv);
    source.max_bytes = cli.max_sample;
    cli.replace = TRUE; /* what is changed takes its own place */
    return cli_convert(&source, stage);
}
