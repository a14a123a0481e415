/* assay-image - pictures into pixels.
 *
 * in:  PNG, JPEG, PNM, IDX and CIFAR files, .npy and .npz, or a stream with pictures or "array"
 * out: samples with "pixels" [item,] row, column [, channel], uint8, uint16 or float32
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/image/image.h>
#include <assay/media/picture.h>
#include <assay/stream/array-config.h>
#include <assay/stream/idx.h>
#include <string.h>

#include "cli.h"

static AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
static gboolean grey;
static char *channels, *crop, *size, *full_scale, *quantise, *range, *axes, *from;
static char *member, *labels;
static gint64 take = G_MAXINT64;

#define TEXT 0, 0, G_OPTION_ARG_FILENAME

/* Those with a name in @config come first, and are handed to it. */
static const GOptionEntry options[] = {
    { "grey", 0, 0, G_OPTION_ARG_NONE, &grey, "make colours grey, by BT.601's weights", NULL },
    { "channels", TEXT, &channels, "pick channels: rgb, a, or 0,1,2 [all]", "LIST" },
    { "crop", TEXT, &crop, "keep so much of the centre, or as in 8x8+4+0", "WxH" },
    { "size", TEXT, &size, "bring to a size in pixels, by area average", "WxH" },
    { "quantise", TEXT, &quantise, "8: make uint8 of wider values", "BITS" },
    { "full-scale", TEXT, &full_scale, "what 1.0 is in uint8: 255 or 256 [255]", "N" },
    { "range", TEXT, &range, "of arrays: the values that mean 0 and 1", "LO:HI" },
    { "axes", TEXT, &axes, "of arrays: item,channel,row,column in their order", "NAMES" },
    { "from", TEXT, &from, "of foreign streams: the member that is meant", "SUFFIX" },
    { "member", TEXT, &member, "which array of an .npz", "NAME" },
    { "labels", TEXT, &labels, "an IDX file with a label for each item", "FILE" },
    { "take", 0, 0, G_OPTION_ARG_INT64, &take, "the first N items alone", "N" },
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-image",
    .synopsis = "[OPTION]... [FILE]...",
    .summary = "Turn pictures into arrays of pixels: PNG, JPEG, PNM, IDX, CIFAR, .npy, .npz, and\n"
               "streams with pictures in them.",
    .example = "assay-image --grey pictures/real | assay-show",
    .options = options,
    .uses = CLI_READS | CLI_STREAM | CLI_FIELD,
};

/* Hands every text that was typed to the one place that reads it. */
static gboolean
configure(GError **error)
{
    for (const GOptionEntry *entry = options; entry->arg_data != &member; entry++) {
        const char *text =
            entry->arg == G_OPTION_ARG_NONE ? (grey ? "yes" : NULL) : *(char **)entry->arg_data;

        if (text != NULL && !assay_image_config_set(&config, entry->long_name, text, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
configure_arrays(AssayArrayConfig *arrays, GError **error)
{
    return (axes == NULL || assay_array_config_set(arrays, "axes", axes, error)) &&
           (member == NULL || assay_array_config_set(arrays, "member", member, error)) &&
           assay_array_config_check(arrays, error);
}

static AssayJson *
read_labels(char **name, GError **error)
{
    g_autoptr(AssayInput) input = NULL;

    cli_claim_input(labels, "--labels");
    input = assay_input_open(labels, error);
    if (input == NULL)
        return NULL;
    *name = g_strdup(assay_input_name(input));
    return assay_idx_read_labels(input, error);
}

int
main(int argc, char **argv)
{
    AssayPictureArrays pictures = { 0 };
    AssaySourceConfig source = { .media = assay_image_media, .streams = TRUE };
    AssayCensus census = assay_image_census(&config);
    g_autoptr(AssayArrayConfig) arrays = NULL;
    g_autoptr(AssayJson) list = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;
    g_autofree char *labels_name = NULL;

    cli_begin(&tool, &argc, &argv);
    arrays = assay_array_config_new();
    if (!configure(&error) || !configure_arrays(arrays, &error))
        return cli_usage("%s", error->message);
    if (take < 1)
        return cli_usage("--take=%" G_GINT64_FORMAT ": give a number of items, from 1", take);
    source.operands = cli_operands(argc, argv);
    if (labels != NULL) {
        list = read_labels(&labels_name, &error);
        if (list == NULL)
            return cli_fail(error);
        pictures.labels = list;
        pictures.labels_name = labels_name;
    }
    config.max_bytes = cli.max_sample;
    assay_image_plan(&config, &pictures);
    pictures.census = &census;
    pictures.take = take == G_MAXINT64 ? 0 : (size_t)take;
    source.max_bytes = cli.max_sample;
    source.arrays = arrays;
    source.pictures = &pictures;
    stage = assay_image_stage(&config);
    return cli_convert(&source, stage);
}
