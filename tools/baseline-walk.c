/* assay-baseline walk - random walks in the transitions of a spec.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/text.h>
#include <assay/spec/walk.h>
#include <assay/transform/baseline.h>

#include "baseline-verbs.h"
#include "cli-spec.h"

/* What no one types. */
#define NOT_GIVEN G_MININT64

static char *spec_name;
static gint64 n_items = NOT_GIVEN, max_steps = NOT_GIVEN, seed;
static gboolean midi;

static const GOptionEntry options[] = {
    { "spec", 's', 0, G_OPTION_ARG_FILENAME, &spec_name, "the spec: a file, or a name", "SPEC" },
    { "items", 'n', 0, G_OPTION_ARG_INT64, &n_items, "how many walks [as the spec has starts]",
      "N" },
    { "max-steps", 0, 0, G_OPTION_ARG_INT64, &max_steps,
      "cut walks that do not end by then [65536, or more]", "M" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the random numbers [0]", "N" },
    BASELINE_MIDI_OPTION(&midi),
    G_OPTION_ENTRY_NULL,
};

static const CliTool tool = {
    .name = "assay-baseline walk",
    .synopsis = "-s SPEC [OPTION]...",
    .summary = "Make random walks in the transitions of a spec, which start, go on and end as its\n"
               "corpus does. They break no rule of its chords: what tells them from real music\n"
               "is not in its transitions.",
    .example = "assay-baseline walk -s bach-chorales | assay-show",
    .options = options,
    .uses = CLI_STREAM | CLI_JOBS,
};

typedef struct {
    BaselineOutput output;
    guint64 n_cut;
} Walks;

static gboolean
put(gpointer user, AssaySample *sample, GError **error)
{
    Walks *self = user;

    self->n_cut += assay_walk_is_cut(sample) ? 1 : 0;
    return baseline_put(&self->output, sample, error);
}

static int
run(Walks *self, const AssayWalk *walk)
{
    const AssayBaselineRun make = { assay_walk_n_items(walk), assay_walk_make, walk, put, self };
    g_autoptr(GError) error = NULL;
    char cut[ASSAY_TEXT_NUMBER_SIZE], all[ASSAY_TEXT_NUMBER_SIZE];

    baseline_open(&self->output, midi, NULL);
    baseline_describe(&self->output, assay_walk_options(walk));
    if (!assay_baseline_run(&make, cli.jobs, &error) || !baseline_close(&self->output, &error))
        return cli_fail(error);
    if (self->n_cut > 0)
        cli_warn("cut %s of %s walks, which had not ended by --max-steps",
                 assay_text_count(cut, self->n_cut),
                 assay_text_count(all, assay_walk_n_items(walk)));
    return CLI_DONE;
}

/* A number of @option, 0 where it was not given. */
static gboolean
take_number(const char *option, gint64 typed, guint64 most, guint64 *value)
{
    *value = typed == NOT_GIVEN ? 0 : (guint64)typed;
    if (typed == NOT_GIVEN || (typed > 0 && (guint64)typed <= most))
        return TRUE;
    cli_usage("--%s=%" G_GINT64_FORMAT ": give a number from 1 to %" G_GUINT64_FORMAT, option,
              typed, most);
    return FALSE;
}

int
baseline_walk(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = NULL;
    g_autoptr(AssayWalk) walk = NULL;
    AssayWalkConfig config = { 0 };
    Walks self = { 0 };
    int status;

    cli_begin(&tool, &argc, &argv);
    if (argc > 1)
        return cli_usage("%s: walk reads no streams: it walks in a spec, which -s names", argv[1]);
    if (spec_name == NULL)
        return cli_usage("no spec: name one with -s, as in -s bach-chorales");
    if (!take_number("items", n_items, ASSAY_WALK_MAX_ITEMS, &config.n_items) ||
        !take_number("max-steps", max_steps, ASSAY_WALK_MAX_STEPS, &config.max_steps))
        return CLI_USAGE;
    config.seed = (guint64)seed;
    if ((spec = cli_read_spec(spec_name, &error)) == NULL)
        return cli_fail(error);
    walk = assay_walk_new(spec, &config, &error);
    if (walk == NULL) {
        g_prefix_error(&error, "%s: ", spec_name);
        return cli_fail(error);
    }
    status = run(&self, walk);
    baseline_clear(&self.output);
    return status;
}
