/* tests/unit/test-model-file.c - a model as a document, there and back, and documents that are
 * none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/learn/example-rows.h>
#include <assay/learn/model-learn.h>
#include <assay/learn/traits-private.h>
#include <string.h>

#include "corpus.h"

enum { COLUMNS = 2, EACH = 20 };

/* Reals and fakes that lie apart in the first column. */
static AssayExamples *
make_items(void)
{
    static const char *const columns[COLUMNS] = { "a", "b" };
    static const size_t from[COLUMNS] = { 0, 1 };
    AssayExamples *items = assay_examples_new(1 << 20);

    assay_examples_name_columns(items, columns, COLUMNS);
    for (guint i = 0; i < 2 * EACH; i++) {
        const AssayExample item = { (char *)"x", i, i, i / EACH, i >= EACH };
        const double row[COLUMNS] = { i % 10 / 3.0 + (item.is_fake ? 30 : 0), i % 7 };

        g_assert_true(assay_examples_add(items, &item, row, from, NULL));
    }
    return items;
}

/* Of pictures that were PNG, or of fakes JPEG, in two files. */
static AssayModelFile *
make_file(const AssayExamples *items)
{
    const AssayModelConfig config = ASSAY_MODEL_CONFIG_DEFAULT;
    AssayModelFile *file = assay_model_file_new();
    g_autoptr(AssayTraits) traits = assay_traits_new();
    g_autoptr(GError) error = NULL;
    size_t n;
    g_autofree size_t *rows = assay_examples_rows(items, G_MAXUINT32, &n);

    g_assert_true(assay_model_file_learn(file, &config, items, rows, n, 5, 1, &error));
    for (gboolean is_fake = FALSE; is_fake <= TRUE; is_fake++) {
        char *values[ASSAY_N_TRAITS] = { NULL };

        values[1] = (char *)(is_fake ? "JPEG" : "PNG");
        assay_traits_count(traits, values, 0, is_fake, EACH);
        assay_traits_count(traits, values, 0, is_fake, EACH);
    }
    file->familiar = assay_familiar_new(traits);
    file->field = g_strdup("pixels");
    assay_model_file_add_input(file, "real/\"1\"", "ab12", FALSE);
    assay_model_file_add_input(file, "table", "", TRUE);
    return file;
}

static AssayModelFile *
parse(const char *text, GError **error)
{
    return assay_model_file_parse(text, strlen(text), "demo.model", error);
}

/* It says the same to the bit, and prints the same bytes. */
static void
test_round_trip(void)
{
    g_autoptr(AssayExamples) items = make_items();
    g_autoptr(AssayModelFile) file = make_file(items), copy = NULL;
    g_autoptr(GString) text = assay_model_file_print(file), again = NULL;
    g_autoptr(GError) error = NULL;
    const AssayModelInput *input;

    copy = parse(text->str, &error);
    g_assert_no_error(error);
    again = assay_model_file_print(copy);
    g_assert_cmpstr(again->str, ==, text->str);
    g_assert_cmpstr(copy->field, ==, "pixels");
    g_assert_cmpfloat(copy->gauge->threshold, ==, file->gauge->threshold);
    g_assert_cmpuint(copy->gauge->n_reals, ==, EACH);
    for (size_t k = 0; k < 2; k++) {
        g_assert_cmpuint(copy->n_items[k], ==, EACH);
        g_assert_cmpuint(copy->n_groups[k], ==, EACH);
    }
    g_assert_cmpuint(copy->inputs->len, ==, 2);
    input = g_ptr_array_index(copy->inputs, 0);
    g_assert_cmpstr(input->name, ==, "real/\"1\"");
    g_assert_false(input->is_fake);
    for (size_t i = 0; i < 2 * EACH; i++)
        g_assert_cmpfloat(assay_model_score(copy->model, assay_examples_row(items, i)), ==,
                          assay_model_score(file->model, assay_examples_row(items, i)));
}

/* A file is known by what is in it; of a table of which nothing is known nobody can say. */
static void
test_inputs(void)
{
    g_autoptr(AssayExamples) items = make_items();
    g_autoptr(AssayModelFile) file = make_file(items);

    g_assert_true(assay_model_file_has_input(file, "ab12"));
    g_assert_false(assay_model_file_has_input(file, "ab1"));
    g_assert_false(assay_model_file_has_input(file, "real/\"1\""));
    g_assert_false(assay_model_file_has_input(file, ""));
}

/* What need not be there. */
static void
test_bare(void)
{
    g_autoptr(AssayExamples) items = make_items();
    g_autoptr(AssayModelFile) file = make_file(items), copy = NULL;
    g_autoptr(GString) text = NULL;
    g_autoptr(GError) error = NULL;

    g_clear_pointer(&file->gauge, assay_gauge_free);
    g_clear_pointer(&file->field, g_free);
    text = assay_model_file_print(file);
    copy = parse(text->str, &error);
    g_assert_no_error(error);
    g_assert_null(copy->gauge);
    g_assert_null(copy->field);
}

static void
test_refused(void)
{
    static const CorpusFault faults[] = {
        { "\"assay-model\"", "\"assay-spec\"", "/format: is \"assay-spec\", not \"assay-model\"" },
        { "\"version\":1", "\"version\":2", "/version: is 2, this program reads 1" },
        { "\"format\":", "\"farmat\":", "/format: is missing" },
        { "\"inputs\":[", "\"inputs\":{},\"x\":[", "/inputs: " },
        { "\"fake\":false", "\"fake\":0", "/inputs/0/fake: " },
        { ",\"sha256\":\"ab12\"", "", "/inputs/0/sha256: is missing" },
        { "\"sha256\":\"ab12\"", "\"sha256\":7", "/inputs/0/sha256: " },
        { "\"items\":20", "\"items\":-1", "/learnt/" },
        { "\"groups\":20", "\"groups\":1.5", "/learnt/" },
        { "\"traits\":{", "\"traits\":[],\"x\":{", "/traits: " },
        { "\"field\":\"pixels\"", "\"field\":[]", "/field: " },
        { "\"gauge\":{", "\"gauge\":{},\"x\":{", "/gauge" },
        { "\"weights\":[", "\"weights\":[0,", "/weights: " },
        { "\"weights\":[", "\"weights\":[1e300,", "/weights" },
        { "\n}", "", "demo.model" },
    };
    g_autoptr(AssayExamples) items = make_items();
    g_autoptr(AssayModelFile) file = make_file(items);
    g_autoptr(GString) text = assay_model_file_print(file);

    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        g_autofree char *broken = corpus_changed(text->str, faults[i].find, faults[i].replace);
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayModelFile) read = parse(broken, &error);

        if (read != NULL)
            g_test_fail_printf("\"%s\" is read", faults[i].replace);
        else
            corpus_refused(&error, ASSAY_ERROR_SPEC, faults[i].says);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model-file/round-trip", test_round_trip);
    g_test_add_func("/model-file/inputs", test_inputs);
    g_test_add_func("/model-file/bare", test_bare);
    g_test_add_func("/model-file/refused", test_refused);
    return g_test_run();
}
