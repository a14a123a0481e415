/* tools/nearest-options.c - what is asked of assay-nearest, and what cannot be asked together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "nearest-options.h"

#include "cli.h"

NearestOptions nearest_options = {
    .config = ASSAY_VECTOR_CONFIG_DEFAULT,
    .group_by = CLI_LABEL_GROUP_BY,
    .calibrate = 4096,
};

static NearestOptions *const self = &nearest_options;
static char *field;
static gboolean cosine;
static int size = 16;
static gint64 top = -1;

const GOptionEntry nearest_option_entries[] = {
    { "summary", 0, 0, G_OPTION_ARG_NONE, &nearest_options.summary, "a row a set", NULL },
    { "top", 0, 0, G_OPTION_ARG_INT64, &top, "the N nearest alone, nearest first", "N" },
    { "self", 0, 0, G_OPTION_ARG_NONE, &nearest_options.self_mode,
      "the nearest of another group in the set itself, held against the reference's own", NULL },
    { "field", 0, 0, G_OPTION_ARG_FILENAME, &field, "which field [pixels, mel, or the only one]",
      "NAME" },
    { "size", 0, 0, G_OPTION_ARG_INT, &size, "pictures and sounds are reduced to N by N [16]",
      "N" },
    { "no-flip", 0, 0, G_OPTION_ARG_NONE, &nearest_options.no_flip,
      "do not try pictures left to right", NULL },
    { "cosine", 0, 0, G_OPTION_ARG_NONE, &cosine, "of vectors: 1 - cos [Euclidean]", NULL },
    { "calibrate", 0, 0, G_OPTION_ARG_INT64, &nearest_options.calibrate,
      "reference items that tell what is usual [4096]; 0: all", "N" },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &nearest_options.groups_file,
      "TSV of item and group: what stands or falls together", "FILE" },
    { "group-by", 0, 0, G_OPTION_ARG_FILENAME, &nearest_options.group_by.text,
      "the same by what a name matches, or a member of the metadata", "REGEX|meta:KEY" },
    { "fail-on", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &nearest_options.fail_on,
      "exit 1 where a row of the summary meets this: copies>0; may be given again", "EXPR" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &nearest_options.seed, "of the permutations [0]", "N" },
    G_OPTION_ENTRY_NULL,
};

gboolean
nearest_options_read(void)
{
    if (!cli_label_parse_groups(&self->group_by, self->groups_file))
        return FALSE;
    if (size < 1 || size > ASSAY_VECTORS_MAX_SIZE)
        return cli_usage("--size=%d: give a number from 1 to %d", size, ASSAY_VECTORS_MAX_SIZE),
               FALSE;
    if (self->calibrate < 0)
        return cli_usage("--calibrate=%" G_GINT64_FORMAT ": give a number from 0 on",
                         self->calibrate),
               FALSE;
    if (top != -1 && (top < 1 || top > 1000000))
        return cli_usage("--top=%" G_GINT64_FORMAT ": give a number from 1 to 1000000", top), FALSE;
    if (top != -1 && self->summary)
        return cli_usage("--summary has a row a set, --top rows of items: give one of them"), FALSE;
    self->config.field = field;
    self->config.size = (size_t)size;
    self->config.cosine = cosine;
    self->config.group_by = self->group_by.label;
    self->top = top == -1 ? 0 : top;
    return TRUE;
}
