/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "average-sample.h"

static const char *const kinds[] = {
    [ASSAY_AVERAGE_INCOHERENT] = "incoherent",
    [ASSAY_AVERAGE_COHERENT] = "coherent",
    [ASSAY_AVERAGE_COSINE] = "cosine",
};

static gboolean
is_sound(const AssayAverageSum *sum)
{
    return sum->axes[1] == NULL;
}

AssayJson *
assay_average_record(const AssayAverageConfig *config, const char *tool)
{
    AssayJson *record = assay_json_object(), *options = assay_json_object();

    assay_json_set_string(options, config->kind == ASSAY_AVERAGE_COSINE ? "dct" : "average", "yes");
    if (config->kind == ASSAY_AVERAGE_COHERENT)
        assay_json_set_string(options, "coherent", "yes");
    if (config->field != NULL)
        assay_json_set_string(options, "field", config->field);
    assay_json_set_string(record, "tool", tool);
    assay_json_set_string(record, "version", ASSAY_VERSION);
    assay_json_set_take(record, "options", options);
    return record;
}

/* What the numbers of a field are. */
static AssayJson *
new_meta(const AssayAverageSum *sum)
{
    AssayJson *meta = assay_json_object();

    assay_json_set_string(meta, "average", is_sound(sum) ? "sound" : kinds[sum->kind]);
    assay_json_set_integer(meta, "n", (gint64)sum->moments->n);
    assay_json_set_string(meta, "unit", "nats");
    if (sum->rate_hz > 0)
        assay_json_set_integer(meta, "rate_hz", sum->rate_hz);
    return meta;
}

/* Adds @array as a field, unless it could not be made. */
static gboolean
take(AssaySample *sample, const char *field, AssayArray *array, const AssayAverageSum *sum)
{
    if (array == NULL)
        return FALSE;
    assay_sample_take_field(sample, field, array, new_meta(sum));
    return TRUE;
}

static gboolean
take_cosine(AssaySample *sample, const AssayAverageSum *sum, const AssayAverageSum *first,
            size_t max_bytes, GError **error)
{
    const char *name = assay_sample_name(sample);

    return take(sample, "dct_mean", assay_average_sum_finish(sum, max_bytes, error), sum) &&
           take(sample, "dct_deviation", assay_average_sum_deviation(sum, max_bytes, error), sum) &&
           (first == NULL ||
            take(sample, "dct_difference",
                 assay_average_sum_difference(sum, first, name, max_bytes, error), sum));
}

AssaySample *
assay_average_sample(const char *name, const AssayAverageSum *sum, const AssayAverageSum *first,
                     size_t max_bytes, GError **error)
{
    g_autoptr(AssaySample) sample = assay_sample_new(name);
    gboolean is_done = sum->kind == ASSAY_AVERAGE_COSINE
                           ? take_cosine(sample, sum, first, max_bytes, error)
                           : take(sample, is_sound(sum) ? "log_spectrum" : "spectrum",
                                  assay_average_sum_finish(sum, max_bytes, error), sum);

    return is_done ? g_steal_pointer(&sample) : NULL;
}
