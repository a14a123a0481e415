/* fuzz/fuzz-check.c - bytes as samples of all shapes, right and wrong, which are observed, mined
 * and checked: no array is read beyond its end, and what is counted is what is listed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/check/check.h>
#include <assay/spec/spec.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes that are left. */
typedef struct {
    const uint8_t *data;
    size_t size;
} Bytes;

static guint
take(Bytes *bytes)
{
    if (bytes->size == 0)
        return 0;
    bytes->size--;
    return *bytes->data++;
}

static double
take_number(Bytes *bytes)
{
    static const double odd[] = { 0, -0.0, -1, 1e300, 5e-324, 0.1, 2147483648.0, 4294967296.0 };
    guint byte = take(bytes);

    if (byte >= 0xf8)
        return odd[byte & 7];
    return byte / 4.0;
}

/* Metadata that may be what they should be. */
static AssayJson *
take_meta(Bytes *bytes)
{
    static const char *const keys[] = { "step_q",   "rate_hz", "pitch_low", "hop", "window",
                                        "division", "tempos",  "meters",    "keys" };
    static const char *const maps[] = { "[]", "[[0,500000],[4,250000]]",
                                        "[[0,1,4],[1,4,4],[9,3,8]]",
                                        "[[0,-3,\"major\"],[7,4,\"minor\"]]" };
    AssayJson *meta = assay_json_object();
    guint given = take(bytes) | take(bytes) << 8;

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *map = maps[take(bytes) % G_N_ELEMENTS(maps)];

        if (!(given >> i & 1))
            continue;
        if (i >= 6)
            assay_json_set_take(meta, keys[i], assay_json_parse(map, strlen(map), "map", NULL));
        else if (i >= 2)
            assay_json_set_integer(meta, keys[i], (gint64)take(bytes) - 2);
        else
            assay_json_set_real(meta, keys[i], take_number(bytes));
    }
    return meta;
}

static void
take_field(Bytes *bytes, AssaySample *sample, const char *field, const char *const *axes,
           size_t width, AssayType type)
{
    static const char *const names[] = { "item", "time", "class", "pitch", "note", "column" };
    guint kind = take(bytes);
    gboolean has_items = (kind & 1) != 0;
    size_t n_axes = has_items ? 3 : 2, n;
    size_t shape[4] = { take(bytes) % 5, take(bytes) % 9, width, 1 };
    const char *own[5] = { "item", axes[0], axes[1], NULL };
    AssayArray *array;

    if ((kind & 3) == 2)
        return;
    if (kind >= 0xe0) { /* none of what it should be */
        n_axes = 1 + kind % 4;
        for (size_t i = 0; i < n_axes; i++) {
            shape[i] = take(bytes) % 13;
            own[i] = names[take(bytes) % G_N_ELEMENTS(names)];
        }
        own[n_axes] = NULL;
        type = kind & 8 ? ASSAY_F64 : ASSAY_U8;
        array = assay_array_new(type, n_axes, shape, own, 1 << 20, NULL);
    } else {
        array = assay_array_new(type, n_axes, shape + !has_items, own + !has_items, 1 << 20, NULL);
    }
    n = assay_array_count(array);
    for (size_t i = 0; i < n; i++) {
        if (type == ASSAY_U8)
            ((guint8 *)array->data)[i] = (guint8)(take(bytes) % 3 == 1);
        else
            ((double *)array->data)[i] = take_number(bytes);
    }
    assay_sample_take_field(sample, field, array, take_meta(bytes));
}

static AssaySample *
take_sample(Bytes *bytes, guint index)
{
    static const char *const chroma[] = { "time", "class" }, *const roll[] = { "time", "pitch" },
                             *const notes[] = { "note", "column" };
    g_autofree char *name = g_strdup_printf("s%u", index);
    AssaySample *sample = assay_sample_new(name);
    guint flags = take(bytes);

    if (flags & 1)
        assay_sample_set_items(sample, take(bytes), take(bytes) % 5);
    take_field(bytes, sample, "chroma", chroma, 12, ASSAY_U8);
    take_field(bytes, sample, "roll", roll, 3, ASSAY_U8);
    take_field(bytes, sample, "notes", notes, 8, ASSAY_F64);
    return sample;
}

static void
check_sample(const AssayChecker *checker, AssaySample *sample, gboolean every_step)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayVerdict) verdict = assay_checker_check(checker, sample, &error);
    guint64 violations = 0;

    g_assert((verdict == NULL) == (error != NULL));
    if (verdict == NULL)
        return;
    for (size_t i = 0; i < verdict->observation->n_items * ASSAY_N_RULES; i++) {
        const AssayScore *score = &verdict->scores[i];

        g_assert_cmpuint(score->violations, <=, score->events);
        g_assert(score->events == 0 ? isnan(score->p) : score->p > 0 && score->p <= 1);
        violations += score->violations;
    }
    if (every_step)
        g_assert_cmpuint(verdict->findings->len, ==, violations);
}

static void
check_printed(const AssaySpec *spec)
{
    g_autoptr(GString) text = assay_spec_print(spec);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) again = assay_spec_parse(text->str, text->len, "printed", &error);

    g_assert(again != NULL || spec->items->len == 0); /* of nothing there is no spec */
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Bytes bytes = { data, size };
    g_autoptr(GPtrArray) samples =
        g_ptr_array_new_with_free_func((GDestroyNotify)assay_sample_free);
    g_autoptr(AssaySpec) spec = assay_spec_new();
    const AssayObserveConfig observe = { .order = 1 + (guint)(size / 2) % ASSAY_MAX_ORDER };

    while (bytes.size > 0 && samples->len < 20)
        g_ptr_array_add(samples, take_sample(&bytes, samples->len));
    for (guint i = 0; i < samples->len; i += 2) { /* half of them are the corpus */
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayObservation) observation =
            assay_observe(samples->pdata[i], &observe, &error);

        if (observation != NULL && !assay_spec_add(spec, observation, NULL, NULL, &error))
            g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
    }
    assay_spec_sort(spec);
    check_printed(spec);
    for (int every_step = 0; every_step < 2; every_step++) {
        AssayCheckConfig config = { .min_groups = 1 + (guint)size % 2,
                                    .want_findings = TRUE,
                                    .every_step = every_step,
                                    .context = 2 };
        g_autoptr(AssayChecker) checker = assay_checker_new(spec, &config, NULL);

        for (guint i = 0; i < samples->len; i++)
            check_sample(checker, samples->pdata[i], every_step);
    }
    return 0;
}
