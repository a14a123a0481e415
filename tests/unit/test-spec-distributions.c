/* tests/unit/test-spec-distributions.c - specs that know how values are distributed: written, read
 * back, added up, and what is wrong with those that are not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/distribution/distribution-json.h>
#include <assay/spec/intersect.h>
#include <assay/spec/yield.h>
#include <math.h>
#include <string.h>

#include "corpus.h"
#include "set-of-values.h"

static gboolean
add(AssaySpec *spec, AssaySample *sample, AssayGroups *groups, GError **error)
{
    const AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayYield) yield = assay_yield_new(own, &config, FALSE, error);

    return yield != NULL && assay_spec_add(spec, yield->observation, yield->spread, groups, error);
}

/* A spec of these samples, sorted, which it frees. Ended by NULL. */
static AssaySpec *G_GNUC_NULL_TERMINATED
mine(AssayGroups *groups, AssaySample *first, ...)
{
    AssaySpec *spec = assay_spec_new();
    g_autoptr(GError) error = NULL;
    va_list samples;

    va_start(samples, first);
    for (AssaySample *sample = first; sample != NULL; sample = va_arg(samples, AssaySample *)) {
        if (!add(spec, sample, groups, &error))
            g_assert_no_error(error);
    }
    va_end(samples);
    assay_spec_sort(spec);
    return spec;
}

#define PIXELS "{\"full_scale\":255}"

/* Two pictures of two pixels as an array, from its item @start on. */
static AssaySample *
pictures(const char *name, size_t start, double a, double b, double c, double d)
{
    const double values[] = { a, b, c, d };
    AssaySample *sample = values_new(name, "pixels", ASSAY_U8, 2, 2, values, PIXELS);

    assay_sample_set_items(sample, start, 2);
    return sample;
}

/* A group each, by hand: of 0 and 51/255, the mean is 0.1, 109951162777.6 units of 2^-40. */
static const char sound[] =
    "{\n"
    "\"distributions\":{\n"
    "\"pixels\":{\"bins\":null,\"cells\":{\"columns\":[\"cell\",\"count\"],\"rows\":["
    "\n"
    "[0,1],\n"
    "[51,1],\n"
    "[255,2]\n"
    "]},\"dropped_from\":null,\"groups\":{\"columns\":[\"hash\",\"items\",\"moments\""
    ",\"cells\"],\"rows\":[\n"
    "[\"4b776210d45f2101\",1,\"109951162778/1 10995116278/1 0/1 1099511627776/1\",\"0"
    ":1 51:1\"],\n"
    "[\"a12b782936cfa79d\",1,\"1099511627776/1 0/1 0/0 0/0\",\"255:2\"]\n"
    "]},\"moments\":\"1209462790554/2 10995116278/2 0/1 1099511627776/1\",\"non_finit"
    "e\":0,\"scale\":{\"divisor\":255,\"integer\":true,\"offset\":0,\"range\":[0,1]}}"
    "\n"
    "},\n"
    "\"edition\":\"\",\n"
    "\"format\":\"assay-spec\",\n"
    "\"items\":{\"columns\":[\"source\",\"item\",\"group\"],\"rows\":[\n"
    "[0,0,null],\n"
    "[0,1,null]\n"
    "]},\n"
    "\"name\":\"\",\n"
    "\"noun\":\"items\",\n"
    "\"provenance\":{\"licence\":\"\",\"source\":\"\",\"tool_versions\":[\"0.1.0\"]},"
    "\n"
    "\"recipe\":[\n"
    "],\n"
    "\"rules\":{\n"
    "},\n"
    "\"sources\":{\"columns\":[\"name\",\"sha256\",\"origin\"],\"rows\":[\n"
    "[\"a\",\"\",\"array\"]\n"
    "]},\n"
    "\"version\":1\n"
    "}\n";

static void
test_text(void)
{
    g_autoptr(AssaySpec) spec = mine(NULL, pictures("a", 0, 0, 51, 255, 255), NULL);
    g_autofree char *text = corpus_print(spec);

    g_assert_cmpstr(text, ==, sound);
}

static void
test_floats(void)
{
    const double values[] = { 0, (double)NAN, 0.3, 2, -1e-9, 0.5 };
    g_autoptr(AssaySpec) spec =
        mine(NULL, values_new("a", "x", ASSAY_F64, 0, 6, values, "{\"range\":[0,1]}"),
             values_new("b", "x", ASSAY_F64, 0, 3, values, "{\"range\":[0,1]}"), NULL);
    g_autofree char *text = corpus_print(spec);
    g_autoptr(AssaySpec) back = corpus_parse(text, NULL);
    g_autofree char *before = set_text(spec->distributions);
    g_autofree char *after = set_text(back->distributions);

    g_assert_cmpstr(before, ==, after);
}

/* Rules and values of pieces side by side, in named groups. */
static void
test_pieces(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a=one c=one");
    g_autoptr(AssaySpec) spec =
        mine(groups, corpus_piece("a", corpus_midi(24, "0-24:60 24-36:62"), NULL),
             corpus_piece("b", corpus_midi(24, "0-24:65"), NULL),
             corpus_piece("c", corpus_midi(24, "0-48:65 0-24:36@10"), NULL), NULL);
    g_autofree char *text = corpus_print(spec);
    g_autoptr(AssaySpec) back = corpus_parse(text, NULL);
    const AssayDistribution *lengths =
        assay_distributions_find(back->distributions, "notes.duration_q");

    g_assert_true(back->rules[ASSAY_RULE_DURATION].present);
    g_assert_cmpuint(lengths->n_values, ==, 4);
    g_assert_cmpuint(lengths->n_groups, ==, 2);
    g_assert_cmpuint(lengths->groups->len, ==, 2);
}

static void
merge(AssaySpec *into, const AssaySpec *from)
{
    g_autoptr(GError) error = NULL;

    if (!assay_spec_merge(into, from, &error))
        g_assert_no_error(error);
    assay_spec_sort(into);
}

/* Items of one array and of one group are torn apart. */
static void
test_merge(void)
{
    g_autoptr(AssayGroups) groups = corpus_groups("a[1]=g b[0]=g b[3]=g");
    g_autoptr(AssaySpec) whole =
        mine(groups, pictures("a", 0, 0, 51, 255, 255), pictures("b", 0, 1, 2, 3, 4),
             pictures("b", 2, 1, 2, 5, 6), NULL);
    g_autoptr(AssaySpec) left = mine(groups, pictures("b", 2, 1, 2, 5, 6), NULL);
    g_autoptr(AssaySpec) right =
        mine(groups, pictures("a", 0, 0, 51, 255, 255), pictures("b", 0, 1, 2, 3, 4), NULL);
    g_autofree char *text = corpus_print(whole);
    g_autofree char *printed = corpus_print(right);
    g_autoptr(AssaySpec) reread = corpus_parse(printed, NULL);
    g_autofree char *sum = NULL;

    merge(left, reread);
    sum = corpus_print(left);
    g_assert_cmpstr(sum, ==, text);
}

static void
test_merge_refused(void)
{
    const double values[] = { 1, 2 };
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = mine(NULL, pictures("a", 0, 1, 2, 3, 4), NULL);
    g_autoptr(AssaySpec) scaled =
        mine(NULL, values_new("b", "pixels", ASSAY_U8, 1, 2, values, "{\"full_scale\":256}"), NULL);
    g_autoptr(AssaySpec) other =
        mine(NULL, values_new("c", "x", ASSAY_U8, 1, 2, values, NULL), NULL);
    g_autoptr(AssaySpec) bare = assay_spec_new();

    g_assert_false(assay_spec_merge(spec, scaled, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "the other: values \"pixels\": full scale 256, not 255 as in the first");
    g_assert_false(assay_spec_merge(spec, other, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "the other: has no values \"pixels\", which the first had");
    bare->recipe = assay_json_array();
    g_assert_false(assay_spec_merge(spec, bare, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "one spec has distributions, the other has not; mine both in one way, with "
                   "--rules-only or without it");
}

/* Sums past 2^63 cannot be written down. */
static void
test_sums(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) spec = mine(NULL, pictures("a", 0, 1, 2, 3, 4), NULL);
    g_autoptr(AssaySpec) more = mine(NULL, pictures("b", 0, 1, 2, 3, 4), NULL);
    AssayDistribution *pixels = assay_distributions_find(more->distributions, "pixels");

    pixels->n_values = G_MAXINT64;
    g_assert_false(assay_spec_merge(spec, more, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "values \"pixels\": the counts add up to more than 2^63");
}

static void
test_derived(void)
{
    g_autoptr(AssaySpec) spec = mine(NULL, pictures("a", 0, 1, 2, 3, 4), NULL);
    g_autofree char *text = NULL;

    assay_spec_derive(spec, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    g_assert_false(assay_spec_has_distributions(spec));
    text = corpus_print(spec);
    g_assert_null(strstr(text, "distributions"));
}

static void
test_faults(void)
{
    static const CorpusFault faults[] = {
        { "\"distributions\":{\n", "\"distributions\":3,\"x\":{\n", "/distributions: " },
        { "\"bins\":null", "\"bins\":[]", "/distributions/pixels/bins: " },
        { "[\"cell\",\"count\"]", "[\"cell\",\"n\"]",
          "/distributions/pixels/cells/columns: is [\"cell\",\"n\"], not [\"cell\",\"count\"]" },
        { "[0,1],\n[51", "[0],\n[51", "/distributions/pixels/cells/rows/0: has 1 cells, not 2" },
        { "[0,1],\n[51", "[65536,1],\n[51",
          "/distributions/pixels/cells/rows/0: no value is in the cell 65536" },
        { "[0,1],\n[51", "[51,1],\n[51",
          "/distributions/pixels/cells/rows/1: is out of order, or there twice" },
        { "[0,1],\n[51", "[0,0],\n[51",
          "/distributions/pixels/cells/rows/0: its counts cannot be" },
        { "[51,1]", "[51,9223372036854775807]",
          "/distributions/pixels/cells/rows/1: its counts cannot be" },
        { "[51,1]", "[51,-1]", "/distributions/pixels/cells/rows/1/1: " },
        { "[51,1]", "[51,2]", "/distributions/pixels/groups/rows: do not add up to the whole" },
        { "[255,2]", "[255,1]",
          "/distributions/pixels/groups/rows/1/3: has more in cell 255 than the whole has left" },
        { "\"dropped_from\":null", "\"dropped_from\":\"4b776210d45f2100\"",
          "/distributions/pixels/dropped_from: \"4b776210d45f2100\" is the number of no group of "
          "the corpus" },
        { "\"dropped_from\":null", "\"dropped_from\":\"4b776210d45f2101\"",
          "/distributions/pixels/groups/rows/0/0: is out of order, or there twice" },
        { "\"dropped_from\":null", "\"dropped_from\":\"a12b782936cfa79d\"",
          "/distributions/pixels/groups/rows/1/0: is out of order, or there twice" },
        { "\"4b776210d45f2101\",1", "\"4b776210d45f21\",1",
          "/distributions/pixels/groups/rows/0/0: \"4b776210d45f21\" is not a number of 16 "
          "digits" },
        { "\"4b776210d45f2101\",1", "\"4b776210d45f2100\",1",
          "/distributions/pixels/groups/rows/0: no group of the corpus has this number and as many "
          "items" },
        { "\"4b776210d45f2101\",1", "\"4b776210d45f2101\",2",
          "/distributions/pixels/groups/rows/0: no group of the corpus has this number and as many "
          "items" },
        { "\"0:1 51:1\"],\n[\"a12b782936cfa79d\",1,\"1099511627776/1 0/1 0/0 0/0\",\"255:2\"]",
          "\"0:1 51:1\"]",
          "/distributions/pixels/groups/rows: are 1, and 2 of the corpus are not dropped" },
        { "\"4b776210d45f2101\",1,", "\"4b776210d45f2101\",",
          "/distributions/pixels/groups/rows/0: has 3 cells, not 4" },
        { "109951162778/1 1", "0109951162778/1 1",
          "/distributions/pixels/groups/rows/0/2: is not four of SUM/ITEMS, apart by blanks" },
        { "109951162778/1 1", "-0/1 1",
          "/distributions/pixels/groups/rows/0/2: is not four of SUM/ITEMS, apart by blanks" },
        { "109951162778/1 1", "100000000000000000000000000000000000000/1 1",
          "/distributions/pixels/groups/rows/0/2: is not four of SUM/ITEMS, apart by blanks" },
        { "109951162778/1 1", "109951162778/2 1",
          "/distributions/pixels/groups/rows/0/2: no 1 items have such a mean" },
        { "109951162778/1 1", "9903520314283042199192993793/1 1",
          "/distributions/pixels/groups/rows/0/2: no 1 items have such a mean" },
        { "1 10995116278/1", "1 -1/1",
          "/distributions/pixels/groups/rows/0/2: no 1 items have such a variance" },
        { "109951162778/1 1", "109951162777/1 1",
          "/distributions/pixels/groups/rows: do not add up to the whole" },
        { "\"255:2\"", "\"255:2 \"",
          "/distributions/pixels/groups/rows/1/3: is not CELL:COUNT, apart by blanks, in order" },
        { "\"255:2\"", "\"255:2:1\"",
          "/distributions/pixels/groups/rows/1/3: is not CELL:COUNT, apart by blanks, in order" },
        { "\"0:1 51:1\"", "\"51:1 0:1\"",
          "/distributions/pixels/groups/rows/0/3: is not CELL:COUNT, apart by blanks, in order" },
        { "\"0:1 51:1\"", "\"0:1 51:01\"",
          "/distributions/pixels/groups/rows/0/3: is not CELL:COUNT, apart by blanks, in order" },
        { "\"0:1 51:1\"", "\"0:0 51:1\"",
          "/distributions/pixels/groups/rows/0/3: is not CELL:COUNT, apart by blanks, in order" },
        { "\"moments\":\"1209462790554/2", "\"moments\":\"1209462790554/3",
          "/distributions/pixels/moments: no 2 items have such a mean" },
        { "0/1 1099511627776/1\",\"non", "0/0 1099511627776/1\",\"non",
          "/distributions/pixels/groups/rows: have more moments than the whole" },
        { "\"non_finite\":0", "\"non_finite\":1",
          "/distributions/pixels/non_finite: is more than there can be" },
        { "\"divisor\":255", "\"divisor\":0",
          "/distributions/pixels/scale/divisor: is not more than 0" },
        { "\"integer\":true", "\"integer\":1",
          "/distributions/pixels/scale/integer: is neither true nor false" },
        { "\"offset\":0", "\"offset\":1",
          "/distributions/pixels/scale/offset: is none of 0, -128, -32768" },
        { "\"range\":[0,1]", "\"range\":[1,0]",
          "/distributions/pixels/scale/range: is not a lower and a higher number" },
        { "\"range\":[0,1]", "\"range\":[0,1,2]",
          "/distributions/pixels/scale/range: is not a lower and a higher number" },
        { "[0,1,null]", "[0,2,null]",
          "/distributions/pixels/groups/rows/1: no group of the corpus has this number and as many "
          "items" },
    };

    corpus_check_faults(sound, faults, G_N_ELEMENTS(faults));
}

/* Of fractions: what only they have. */
static void
test_float_faults(void)
{
    static const CorpusFault faults[] = {
        { "\"above\":1", "\"above\":5",
          "/distributions/x/bins/above: is more than there are values" },
        { "\"above\":1", "\"above\":0", "/distributions/x/bins: are fewer than there are values" },
        { "\"counts\":[1,", "\"counts\":[", "/distributions/x/bins/counts: has 99 bins, not 100" },
        { "[32768,1,1]", "[32768,1,2]", "/distributions/x/cells/rows/1: its counts cannot be" },
        { "[32768,1,1]", "[32768,1]", "/distributions/x/cells/rows/1: has 2 cells, not 3" },
        { "[32768,1,1]", "[32768,1,0]",
          "/distributions/x/groups/rows/0/3: has more in cell 32768 than the whole has left" },
        { "[49152,1,1]", "[65408,1,1]",
          "/distributions/x/cells/rows/4: no value is in the cell 65408" },
        { "32768:1:1", "32768:1:0",
          "/distributions/x/groups/rows/0/3: is not CELL:COUNT or CELL:COUNT:EXACT, apart by "
          "blanks, in order" },
        { "32768:1:1", "32768:1", "/distributions/x/groups/rows: do not add up to the whole" },
        { "\"offset\":0", "\"offset\":-128",
          "/distributions/x/scale/offset: is none of 0, -128, -32768" },
        { "\"non_finite\":1", "\"non_finite\":9223372036854775807",
          "/distributions/x/non_finite: is more than there can be" },
    };
    const double values[] = { 0, (double)NAN, 0.3, 2, -1e-9, 0.5 };
    g_autoptr(AssaySpec) spec =
        mine(NULL, values_new("a", "x", ASSAY_F64, 0, 6, values, "{\"range\":[0,1]}"), NULL);
    g_autofree char *text = corpus_print(spec);

    corpus_check_faults(text, faults, G_N_ELEMENTS(faults));
}

/* More groups, or more cells of groups, than are ever kept. */
static void
test_budgets(void)
{
    g_autoptr(GString) rows = g_string_new("\"moments\",\"cells\"],\"rows\":[");
    g_autoptr(GString) text = g_string_new("{\"x\":{\"bins\":null,\"cells\":{\"columns\":"
                                           "[\"cell\",\"count\"],\"rows\":[");
    g_autoptr(GString) cells = g_string_new(NULL);
    g_autoptr(AssayDistributions) set = assay_distributions_new();
    g_autoptr(AssayJson) json = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *many = NULL;

    for (int i = 0; i < 4097; i++)
        g_string_append(rows, "[],");
    many = corpus_changed(sound, "\"moments\",\"cells\"],\"rows\":[", rows->str);
    g_assert_null(corpus_parse(many, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "/distributions/pixels/groups/rows: are more than the 4096 kept");
    for (int i = 0; i < 65536; i++) {
        g_string_append_printf(text, "%s[%d,17]", i > 0 ? "," : "", i);
        g_string_append_printf(cells, "%s%d:1", i > 0 ? " " : "", i);
    }
    g_string_append(text, "]},\"dropped_from\":null,\"groups\":{\"columns\":[\"hash\",\"items\","
                          "\"moments\",\"cells\"],\"rows\":[");
    for (guint64 i = 0; i < 17; i++) {
        g_string_append_printf(text, "%s[\"%016x\",1,\"0/0 0/0 0/0 0/0\",\"%s\"]", i > 0 ? "," : "",
                               (guint)i, cells->str);
        assay_distributions_note_group(set, i, 1);
    }
    g_string_append(text, "]},\"moments\":\"0/0 0/0 0/0 0/0\",\"non_finite\":0,\"scale\":{"
                          "\"divisor\":1,\"integer\":true,\"offset\":0,\"range\":null}}}");
    json = assay_json_parse(text->str, text->len, "set", &error);
    set->n_items = 17;
    g_assert_false(
        assay_distributions_read(set, &(AssayJsonAt){ .key = "set", .value = json }, &error));
    corpus_refused(&error, ASSAY_ERROR_SPEC,
                   "set: /x/groups/rows/16/3: are more cells than the 1048576 kept");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/spec-distributions/text", test_text);
    g_test_add_func("/spec-distributions/floats", test_floats);
    g_test_add_func("/spec-distributions/pieces", test_pieces);
    g_test_add_func("/spec-distributions/merge", test_merge);
    g_test_add_func("/spec-distributions/merge-refused", test_merge_refused);
    g_test_add_func("/spec-distributions/sums", test_sums);
    g_test_add_func("/spec-distributions/derived", test_derived);
    g_test_add_func("/spec-distributions/faults", test_faults);
    g_test_add_func("/spec-distributions/float-faults", test_float_faults);
    g_test_add_func("/spec-distributions/budgets", test_budgets);
    return g_test_run();
}
