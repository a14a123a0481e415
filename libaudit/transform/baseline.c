/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "baseline.h"

#include "../base/parallel.h"

/* What may be in flight while samples are made. */
#define FLIGHT_BYTES ((size_t)256 << 20)

void
assay_baseline_set_source(AssaySample *sample, const char *kind, const AssayJson *options,
                          const char *of)
{
    g_autoptr(GString) text = g_string_new(assay_sample_name(sample));
    g_autofree char *digest = NULL;
    AssayJson *source = assay_json_object();

    g_string_append_c(text, '\n');
    assay_json_print(text, options);
    if (of != NULL)
        g_string_append_printf(text, "\n%s", of);
    digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
    assay_json_set_string(source, "format", kind);
    assay_json_set_string(source, "sha256", digest);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
}

typedef struct {
    const AssayBaselineRun *config;
    size_t next;
} Run;

/* Jobs are numbers from 1 on, as pointers. */
static gboolean
produce(gpointer user, gpointer *job, size_t *bytes, GError **error)
{
    Run *run = user;

    (void)bytes;
    (void)error;
    if (run->next < run->config->n_samples)
        *job = GSIZE_TO_POINTER(++run->next);
    return TRUE;
}

static gpointer
make(gpointer worker, gpointer user, gpointer job, size_t *bytes, GError **error)
{
    const AssayBaselineRun *config = ((const Run *)user)->config;
    AssaySample *sample = config->make(config->baseline, GPOINTER_TO_SIZE(job) - 1, error);

    (void)worker;
    *bytes = sample == NULL ? 0 : assay_sample_bytes(sample);
    return sample;
}

static gboolean
put(gpointer user, gpointer result, GError **error)
{
    const AssayBaselineRun *config = ((const Run *)user)->config;

    return config->put(config->user, result, error);
}

static void
free_sample(gpointer sample)
{
    assay_sample_free(sample);
}

gboolean
assay_baseline_run(const AssayBaselineRun *config, guint n_workers, GError **error)
{
    const AssayParallel parallel = { .n_workers = n_workers,
                                     .max_bytes = FLIGHT_BYTES,
                                     .produce = produce,
                                     .work = make,
                                     .consume = put,
                                     .free_result = free_sample };
    Run run = { config, 0 };

    return assay_parallel_run(&parallel, &run, error);
}
