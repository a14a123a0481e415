/* bench/roll-chroma.c - MIDI files to rolls and pitch-class sets inside one process, on one thread,
 * nothing written: what a program that links libassay pays.
 *
 * usage: roll-chroma step|fps VALUE FILE...
 * Prints the number of files and the CPU seconds that they took.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/chroma.h>
#include <assay/media/notes.h>
#include <assay/signal/roll.h>
#include <assay/stream/pipeline.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static gboolean
count(gpointer user, AssaySample *sample, gpointer result, size_t operand, GError **error)
{
    (void)sample;
    (void)result;
    (void)operand;
    (void)error;
    ++*(size_t *)user;
    return TRUE;
}

static void
report_skip(gpointer user, const AssaySkip *skip, gboolean upstream, size_t operand)
{
    (void)user;
    (void)upstream;
    (void)operand;
    fprintf(stderr, "%s: %s\n", skip->name, skip->reason);
}

int
main(int argc, char **argv)
{
    static const AssayMedium *const media[] = { &assay_midi_medium, NULL };
    AssayRollConfig config = ASSAY_ROLL_CONFIG_DEFAULT;
    AssaySourceConfig files = { .media = media, .max_bytes = ASSAY_MAX_SAMPLE };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) roll = NULL, chroma = NULL;
    g_autoptr(AssaySource) source = NULL;
    double begin = cpu_seconds();
    size_t n = 0;

    if (argc < 4) {
        fprintf(stderr, "usage: roll-chroma step|fps VALUE FILE...\n");
        return 2;
    }
    if (!assay_roll_config_set(&config, argv[1], argv[2], &error)) {
        fprintf(stderr, "roll-chroma: %s\n", error->message);
        return 2;
    }
    roll = assay_roll_stage(&config);
    chroma = assay_chroma_stage();
    files.operands = (const char *const *)argv + 3;
    source = assay_source_new(&files);
    if (!assay_pipeline_run(
            &(AssayPipeline){ .source = source,
                              .stages = (const AssayStage *[]){ roll, chroma, NULL },
                              .n_workers = 1,
                              .max_bytes = ASSAY_PIPELINE_BYTES,
                              .consume = count,
                              .skipped = report_skip,
                              .user = &n },
            &error)) {
        fprintf(stderr, "roll-chroma: %s\n", error->message);
        return 1;
    }
    printf("%zu\t%.9f\n", n, cpu_seconds() - begin);
    return 0;
}
