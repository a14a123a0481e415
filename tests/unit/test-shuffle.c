/* tests/unit/test-shuffle.c - what is there, in another order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/rule/rule.h>
#include <assay/transform/shuffle.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "stream-file.h"

/* Axes parted by commas. */
static AssayShuffle *
new_shuffle(const char *field, const char *axes, guint64 seed, size_t max_bytes)
{
    g_auto(GStrv) names = g_strsplit(axes, ",", -1);
    g_autoptr(GError) error = NULL;
    AssayShuffle *shuffle =
        assay_shuffle_new(field, (const char *const *)names, seed, max_bytes, &error);

    g_assert_no_error(error);
    return shuffle;
}

static AssaySample *
shuffled(AssaySample *sample, const char *field, const char *axes, guint64 seed)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayShuffle) shuffle = new_shuffle(field, axes, seed, G_MAXSIZE);
    g_autoptr(GError) error = NULL;
    AssaySample *made = assay_shuffle_make(shuffle, own, &error);

    g_assert_no_error(error);
    return made;
}

static const guint8 *
cells(AssaySample *sample, const char *field)
{
    return assay_sample_field(sample, field, NULL)->data;
}

/* An array that counts: [2, 5, 3]. The same order of the middle axis for both of the first, slabs
 * whole. */
static void
test_slabs(void)
{
    g_autoptr(AssaySample) made =
        shuffled(stream_file_sample("s", "x", stream_file_count("row,time,column", 2, 5, 3)), NULL,
                 "time", 0);
    const guint8 *value = cells(made, "x");
    gboolean seen[5] = { FALSE }, moved = FALSE;

    for (guint j = 0; j < 5; j++) {
        guint from = value[j * 3] / 3;

        g_assert_cmpuint(from, <, 5);
        g_assert_false(seen[from]);
        seen[from] = TRUE;
        moved = moved || from != j;
        for (guint i = 0; i < 2; i++) {
            for (guint k = 0; k < 3; k++)
                g_assert_cmpuint(value[i * 15 + j * 3 + k], ==, i * 15 + from * 3 + k);
        }
    }
    g_assert_true(moved);
}

/* Two axes: each cell is where both orders put it, which do not depend on each other. */
static void
test_two_axes(void)
{
    g_autoptr(AssaySample) both = shuffled(
        stream_file_sample("s", "x", stream_file_count("time,pitch", 6, 7)), "x", "time,pitch", 3);
    g_autoptr(AssaySample) other = shuffled(
        stream_file_sample("s", "x", stream_file_count("time,pitch", 6, 7)), "x", "pitch,time", 3);
    g_autoptr(AssaySample) time = shuffled(
        stream_file_sample("s", "x", stream_file_count("time,pitch", 6, 7)), "x", "time", 3);
    g_autoptr(AssaySample) pitch = shuffled(
        stream_file_sample("s", "x", stream_file_count("time,pitch", 6, 7)), "x", "pitch", 3);

    g_assert_true(memcmp(cells(both, "x"), cells(other, "x"), 42) == 0);
    for (guint i = 0; i < 6; i++) {
        for (guint j = 0; j < 7; j++) {
            guint row = cells(time, "x")[i * 7] / 7u, column = cells(pitch, "x")[j] % 7u;

            g_assert_cmpuint(cells(both, "x")[i * 7 + j], ==, row * 7 + column);
        }
    }
}

/* Axes joined are one: a pixel goes anywhere, its channels with it. */
static void
test_joined(void)
{
    g_autoptr(AssaySample) made =
        shuffled(stream_file_sample("s", "x", stream_file_count("row,column,channel", 4, 5, 3)),
                 NULL, "row+column", 0);
    const guint8 *value = cells(made, "x");
    gboolean seen[20] = { FALSE }, leaves_row = FALSE;

    for (guint i = 0; i < 20; i++) {
        guint from = value[i * 3] / 3;

        g_assert_cmpuint(from, <, 20);
        g_assert_false(seen[from]);
        seen[from] = TRUE;
        for (guint k = 0; k < 3; k++)
            g_assert_cmpuint(value[i * 3 + k], ==, from * 3 + k);
        /* Of one row, not all go to one row. */
        leaves_row = leaves_row || from / 5 != value[i / 5 * 15] / 15u;
    }
    g_assert_true(leaves_row);
}

static int
compare_rows(const void *a, const void *b)
{
    return memcmp(a, b, 12);
}

/* The steps are those there were; how they follow each other is not. */
static void
test_steps(void)
{
    AssaySample *sample = corpus_chroma("a", "C-E-G*9 F-A-C*8 G-B-D*7 C-E-G*6 rest*5");
    g_autofree guint8 *before = g_memdup2(cells(sample, "chroma"), 35 * 12);
    g_autofree guint8 *after = NULL;
    g_autofree char *sha256 =
        g_strdup(assay_json_peek_string(assay_json_get(assay_sample_source(sample), "sha256")));
    g_autoptr(AssaySample) made = shuffled(sample, NULL, "time", 0);
    g_autoptr(AssaySample) again =
        shuffled(corpus_chroma("a", "C-E-G*9 F-A-C*8 G-B-D*7 C-E-G*6 rest*5"), NULL, "time", 0);
    g_autoptr(AssaySample) seeded =
        shuffled(corpus_chroma("a", "C-E-G*9 F-A-C*8 G-B-D*7 C-E-G*6 rest*5"), NULL, "time", 1);
    const AssayObserveConfig config = ASSAY_OBSERVE_CONFIG_DEFAULT;
    g_autoptr(AssayObservation) observation = assay_observe(made, &config, NULL);
    const AssayJson *source = assay_sample_source(made);

    after = g_memdup2(cells(made, "chroma"), 35 * 12);
    g_assert_true(memcmp(before, after, 35 * 12) != 0);
    g_assert_cmpuint(observation->tallies[ASSAY_RULE_TRANSITION].changes, >, 10); /* there were 4 */
    qsort(before, 35, 12, compare_rows);
    qsort(after, 35, 12, compare_rows);
    g_assert_true(memcmp(before, after, 35 * 12) == 0);
    g_assert_true(memcmp(cells(made, "chroma"), cells(again, "chroma"), 35 * 12) == 0);
    g_assert_true(memcmp(cells(made, "chroma"), cells(seeded, "chroma"), 35 * 12) != 0);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(source, "format")), ==, "shuffle");
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(source, "sha256")), !=, sha256);
    g_assert_cmpfloat(
        assay_json_peek_real(assay_json_get(assay_sample_field_meta(made, "chroma"), "step_q")), ==,
        0.25);
}

/* Nothing passes from item to item; each has an order of its own, whichever piece it is in. */
static void
test_items(void)
{
    const char *chords = "C D E F G A B C# D# F# G# A#|C D E F G A B C# D# F# G# A#|"
                         "C D E F G A B C# D# F# G# A#";
    AssaySample *piece =
        corpus_chroma("a", "C D E F G A B C# D# F# G# A#|C D E F G A B C# D# F# G# A#");
    g_autoptr(AssaySample) whole = shuffled(corpus_chroma("a", chords), NULL, "time", 0);
    g_autoptr(AssaySample) rest = NULL;

    assay_sample_set_items(piece, 1, 2);
    rest = shuffled(piece, NULL, "time", 0);
    g_assert_cmpuint(assay_sample_item_start(rest), ==, 1);
    g_assert_cmpuint(assay_sample_n_items(whole), ==, 3);
    g_assert_true(memcmp(cells(whole, "chroma"), cells(whole, "chroma") + 144, 144) != 0);
    g_assert_true(memcmp(cells(whole, "chroma") + 144, cells(rest, "chroma"), 288) == 0);
    for (guint i = 0; i < 36; i++) { /* each item has each class once */
        guint sum = 0;

        for (guint t = 0; t < 12; t++)
            sum += cells(whole, "chroma")[i / 12 * 144 + t * 12 + i % 12];
        g_assert_cmpuint(sum, ==, 1);
    }
}

/* What was put. */
static gboolean
keep(gpointer list, AssaySample *sample, GError **error)
{
    g_autofree char *text = g_strdup_printf("%s %u+%u:", assay_sample_name(sample),
                                            (guint)assay_sample_item_start(sample),
                                            (guint)assay_sample_n_items(sample));
    GString *line = g_string_new(text);

    (void)error;
    for (size_t i = 0; i < assay_array_count(assay_sample_field(sample, "x", NULL)); i++)
        g_string_append_printf(line, " %u", cells(sample, "x")[i]);
    g_ptr_array_add(list, g_string_free(line, FALSE));
    return TRUE;
}

/* Items @start to @start + @n - 1, of one value each, which is their number. */
static AssaySample *
piece(const char *name, guint start, guint n)
{
    AssayArray *array = stream_file_count("item,column", (int)n, 1);
    AssaySample *sample;

    for (guint i = 0; i < n; i++)
        ((guint8 *)array->data)[i] = (guint8)(start + i);
    sample = stream_file_sample(name, "x", array);
    assay_sample_set_items(sample, start, n);
    return sample;
}

static gboolean
take(AssayShuffle *shuffle, AssaySample *sample, GPtrArray *list, GError **error)
{
    g_autoptr(AssaySample) own = sample;
    AssaySample *made = own == NULL ? NULL : assay_shuffle_make(shuffle, own, error);

    return (own == NULL || made != NULL) && assay_shuffle_take(shuffle, made, keep, list, error);
}

/* The items of a sample, across its pieces: as if it had come as one. */
static void
test_pieces(void)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(AssayShuffle) a = new_shuffle(NULL, "item", 0, 100);
    g_autoptr(AssayShuffle) b = new_shuffle("x", "item", 0, 100);
    guint8 seen[9] = { 0 };
    g_auto(GStrv) words = NULL;

    g_assert_true(take(a, piece("s", 0, 4), parts, NULL));
    g_assert_true(take(a, piece("s", 4, 3), parts, NULL));
    g_assert_true(take(a, piece("s", 7, 2), parts, NULL));
    g_assert_cmpuint(parts->len, ==, 0);
    g_assert_true(take(a, piece("t", 0, 2), parts, NULL));
    g_assert_true(take(a, piece("t", 0, 2), parts, NULL)); /* another of that name */
    g_assert_cmpuint(parts->len, ==, 2);
    g_assert_true(take(a, NULL, parts, NULL));
    g_assert_cmpuint(parts->len, ==, 3);
    g_assert_true(take(b, piece("s", 0, 9), whole, NULL));
    g_assert_true(take(b, NULL, whole, NULL));
    g_assert_cmpstr(parts->pdata[0], ==, whole->pdata[0]);
    g_assert_cmpstr(parts->pdata[0], !=, "s 0+9: 0 1 2 3 4 5 6 7 8");
    g_assert_true(g_str_has_prefix(parts->pdata[0], "s 0+9: "));
    words = g_strsplit((const char *)parts->pdata[0] + 7, " ", -1);
    for (guint i = 0; i < 9; i++)
        seen[atoi(words[i])]++;
    for (guint i = 0; i < 9; i++)
        g_assert_cmpuint(seen[i], ==, 1);
}

static void
test_limits(void)
{
    static const char *const axes[] = { "item", "column", NULL };
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(AssayShuffle) small = new_shuffle(NULL, "item", 0, 5);
    g_autoptr(AssayShuffle) hollow = new_shuffle(NULL, "item,column", 0, 5);
    g_autoptr(AssayShuffle) other = new_shuffle(NULL, "item", 0, 100);
    g_autoptr(AssaySample) sample = assay_sample_new("h");
    AssaySample *wide = stream_file_sample("s", "x", stream_file_count("item,column", 1, 2));
    g_autoptr(GError) error = NULL;

    g_assert_true(take(small, piece("s", 0, 3), list, NULL));
    g_assert_false(take(small, piece("s", 3, 3), list, &error));
    corpus_refused(
        &error, ASSAY_ERROR_RANGE,
        "s: field \"x\" has more than 5 bytes; items are permuted in memory, --max-sample "
        "raises the limit");
    /* A number of items that nothing backs costs nothing. */
    assay_sample_take_field(
        sample, "x",
        assay_array_new(ASSAY_U8, 2, (const size_t[]){ (size_t)1 << 40, 0 }, axes, G_MAXSIZE, NULL),
        NULL);
    g_assert_true(take(hollow, g_steal_pointer(&sample), list, NULL));
    g_assert_true(take(hollow, NULL, list, NULL));
    g_assert_cmpstr(list->pdata[0], ==, "h 0+0:");
    /* Pieces that do not fit together. */
    g_assert_true(take(other, piece("s", 0, 3), list, NULL));
    assay_sample_set_items(wide, 3, 1);
    g_assert_false(take(other, wide, list, &error));
    corpus_refused(&error, ASSAY_ERROR_FIELD,
                   "s: field \"x\" is of another type or shape from item 3 on");
}

static void
refused(AssaySample *sample, const char *field, const char *axes, int code, const char *says)
{
    g_autoptr(AssaySample) own = sample;
    g_autoptr(AssayShuffle) shuffle = new_shuffle(field, axes, 0, G_MAXSIZE);
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_shuffle_make(shuffle, own, &error));
    corpus_refused(&error, code, says);
}

static AssaySample *
a_piece(void)
{
    return corpus_piece("a", corpus_midi(96, "0-96:60"), NULL);
}

static void
test_refused(void)
{
    static const char *const twice[] = { "time", "item", "time", NULL };
    static const char *const items[] = { "item", "item", NULL };
    static const char *const none[] = { "time", "", NULL };
    static const char *const half[] = { "row+", NULL };
    static const char *const again[] = { "row+column", "row", NULL };
    static const char *const across[] = { "item+row", NULL };
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(AssayShuffle) any = new_shuffle(NULL, "column", 0, 100);
    g_autoptr(GError) error = NULL;

    refused(a_piece(), NULL, "time", ASSAY_ERROR_USAGE,
            "a: which field? name one with --field: roll, chroma have an axis time");
    refused(a_piece(), NULL, "tme", ASSAY_ERROR_USAGE,
            "a: no field has an axis tme; it has notes [note, column], roll [time, pitch], chroma "
            "[time, class]");
    refused(a_piece(), "roll", "time,class", ASSAY_ERROR_USAGE,
            "a: no axis \"class\" in field roll [time, pitch]");
    refused(a_piece(), "roll", "item", ASSAY_ERROR_USAGE,
            "a: no axis \"item\" in field roll [time, pitch]");
    refused(a_piece(), "mel", "time", ASSAY_ERROR_FIELD, "a: no field \"mel\"; it has notes");
    refused(assay_sample_new("e"), NULL, "time,item", ASSAY_ERROR_USAGE,
            "e: no field has an axis item,time; it has none");
    g_assert_null(assay_shuffle_new(NULL, twice, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "axis \"time\" is named twice");
    g_assert_null(assay_shuffle_new(NULL, items, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "axis \"item\" is named twice");
    g_assert_null(assay_shuffle_new(NULL, none, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "an axis without a name");
    g_assert_null(assay_shuffle_new(NULL, half, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "an axis without a name");
    g_assert_null(assay_shuffle_new(NULL, again, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE, "axis \"row\" is named twice");
    g_assert_null(assay_shuffle_new(NULL, across, 0, 0, &error));
    corpus_refused(&error, ASSAY_ERROR_USAGE,
                   "\"item+row\": items can be permuted, not joined with another axis");
    refused(a_piece(), "roll", "pitch+time", ASSAY_ERROR_USAGE,
            "a: no axis \"pitch+time\" in field roll [time, pitch]");
    /* One field for all. */
    g_assert_true(take(any, piece("s", 0, 3), list, NULL));
    g_assert_false(
        take(any, stream_file_sample("t", "y", stream_file_count("column", 3)), list, &error));
    corpus_refused(
        &error, ASSAY_ERROR_USAGE,
        "t: field \"y\" has the axes, in the samples before it \"x\": name one with --field");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);

    g_test_add_func("/shuffle/slabs", test_slabs);
    g_test_add_func("/shuffle/two-axes", test_two_axes);
    g_test_add_func("/shuffle/joined", test_joined);
    g_test_add_func("/shuffle/steps", test_steps);
    g_test_add_func("/shuffle/items", test_items);
    g_test_add_func("/shuffle/pieces", test_pieces);
    g_test_add_func("/shuffle/limits", test_limits);
    g_test_add_func("/shuffle/refused", test_refused);
    return g_test_run();
}
