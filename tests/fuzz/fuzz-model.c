/* fuzz/fuzz-model.c - bytes as a model; what is read is printed, read again as the same, and used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/learn/model-file.h>
#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_printed(const AssayModelFile *file)
{
    g_autoptr(GString) text = assay_model_file_print(file), text_again = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayModelFile) again =
        assay_model_file_parse(text->str, text->len, "printed", &error);

    g_assert_no_error(error);
    text_again = assay_model_file_print(again);
    g_assert_cmpstr(text->str, ==, text_again->str);
}

/* Rows with numbers of all sizes, and with none. */
static void
use(const AssayModelFile *file)
{
    static const double values[] = { 0, -1, 1e300, -1e-300, 12.5 };
    size_t n = assay_model_n_columns(file->model);
    g_autofree double *row = g_new(double, n);

    for (size_t k = 0; k <= G_N_ELEMENTS(values); k++) {
        double score, p;

        for (size_t i = 0; i < n; i++)
            row[i] =
                k == G_N_ELEMENTS(values) ? (double)NAN : values[(i + k) % G_N_ELEMENTS(values)];
        score = assay_model_score(file->model, row);
        g_assert(isfinite(score));
        p = assay_model_p(file->model, row);
        g_assert(assay_model_n_reference(file->model) == 0 ? isnan(p) : p > 0 && p <= 1);
        if (file->gauge == NULL)
            continue;
        p = assay_gauge_p(file->gauge, score);
        g_assert(p > 0 && p <= 1);
        p = assay_gauge_probability(file->gauge, score);
        g_assert(isnan(p) || (p >= 0 && p <= 1));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayModelFile) file = assay_model_file_parse(data, size, "fuzz", &error);

    if (file == NULL) {
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
        g_assert(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    check_printed(file);
    use(file);
    return 0;
}
