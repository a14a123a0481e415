/* tests/unit/test-split.c - items that are refused stand alone, found at little cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/split-private.h>
#include <string.h>

/* Items by what they are: '.' is good, 'a' is refused by a first stage, 'b' by a second, which sees
 * what came through the first; '?' is refused without a name, and 'X' ends everything. */
typedef struct {
    const char *items;
    size_t start;
    GString *log;
    size_t n_attempts, n_tried; /* how often, and how many items together */
} Items;

static GError *
look(const Items *self, size_t start, size_t count)
{
    const char *stages[] = { "aX", "b", "?" };

    for (size_t s = 0; s < G_N_ELEMENTS(stages); s++) {
        for (size_t i = start; i < start + count; i++) {
            char what = self->items[i - self->start];
            GError *fault = NULL;

            if (strchr(stages[s], what) == NULL)
                continue;
            g_set_error(&fault, ASSAY_ERROR, ASSAY_ERROR_RANGE, "%c", what);
            if (what != '?')
                assay_error_blame_item(&fault, i);
            return fault;
        }
    }
    return NULL;
}

static GError *
attempt(gpointer user, size_t start, size_t count)
{
    Items *self = user;
    GError *fault = look(self, start, count);

    g_assert_cmpuint(count, >, 0);
    self->n_attempts++;
    self->n_tried += count;
    if (fault == NULL)
        g_string_append_printf(self->log, "%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT " ", start, count);
    return fault;
}

static gboolean
refuse(gpointer user, size_t start, size_t count, GError *fault)
{
    Items *self = user;
    gboolean is_end = fault->message[0] == 'X';

    g_string_append_printf(self->log, "(%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT " %s) ", start, count,
                           fault->message);
    g_error_free(fault);
    return !is_end;
}

static const AssaySplit split = { attempt, refuse };

static char *
run(Items *self)
{
    size_t n = strlen(self->items);

    self->log = g_string_new(NULL);
    assay_split_items(&split, self, self->start, n, look(self, self->start, n));
    return g_string_free(self->log, FALSE);
}

static void
assert_split(const char *items, const char *expected, size_t n_attempts)
{
    Items self = { .items = items, .start = 100 };
    g_autofree char *found = run(&self);

    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpuint(self.n_attempts, ==, n_attempts);
}

static void
test_few(void)
{
    assert_split("a", "(100+1 a) ", 0);
    assert_split("a.....", "(100+1 a) 101+5 ", 1);
    assert_split(".....a", "100+5 (105+1 a) ", 1);
    assert_split("..a...", "100+2 (102+1 a) 103+3 ", 2);
    assert_split("..a.b.", "100+2 (102+1 a) 103+1 (104+1 b) 105+1 ", 4);
    assert_split(".b.a..", "100+1 (101+1 b) 102+1 (103+1 a) 104+2 ", 5);
    assert_split("b.a...", "(100+1 b) 101+1 (102+1 a) 103+3 ", 3);
    assert_split("aab", "(100+1 a) (101+1 a) (102+1 b) ", 2);
}

/* A fault without a name is of all that was tried. */
static void
test_nameless(void)
{
    assert_split("..a?..", "100+2 (102+1 a) (103+3 ?) ", 2);
    assert_split("?.a...", "(100+2 ?) (102+1 a) 103+3 ", 2);
}

static void
test_end(void)
{
    assert_split("..X...", "100+2 (102+1 X) ", 1);
    assert_split(".bX...", "100+1 (101+1 b) (102+1 X) ", 3);
}

/* However they lie, each item is in a run or refused, and little more is tried than there is. */
static void
assert_cost(const char *items, size_t most)
{
    size_t n = strlen(items), next = 0;
    Items self = { .items = items };
    g_autofree char *found = run(&self);
    g_auto(GStrv) parts = g_strsplit(found, " ", -1);

    for (size_t i = 0; parts[i] != NULL; i++) {
        gboolean is_refused = parts[i][0] == '(';
        char *end;
        guint64 start, count;

        if (!g_ascii_isdigit(parts[i][is_refused]))
            continue; /* the fault */
        start = g_ascii_strtoull(parts[i] + is_refused, &end, 10);
        count = g_ascii_strtoull(end + 1, NULL, 10);
        g_assert_cmpuint(start, ==, next);
        for (size_t k = 0; k < count; k++)
            g_assert_cmpint(items[start + k] != '.', ==, is_refused);
        next = start + count;
    }
    g_assert_cmpuint(next, ==, n);
    g_assert_cmpuint(self.n_tried, <=, most);
    g_assert_cmpuint(self.n_attempts, <=, 2 * n);
}

static void
test_cost(void)
{
    enum { N = 5000 };
    g_autofree char *items = g_new0(char, N + 1);

    memset(items, 'a', N);
    assert_cost(items, 20 * N);
    memset(items, 'b', N);
    assert_cost(items, 20 * N);
    for (size_t gap = 2; gap < 700; gap = gap * 3 / 2 + 1) {
        for (size_t i = 0; i < N; i++)
            items[i] = i % gap != gap - 1 ? '.' : i / gap % 3 == 0 ? 'b' : 'a';
        assert_cost(items, 24 * N);
    }
    for (size_t i = 0; i < N; i++) /* good ones in front, then nothing but bad ones */
        items[i] = i < N / 2 ? '.' : 'a';
    assert_cost(items, 20 * N);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/split/few", test_few);
    g_test_add_func("/split/nameless", test_nameless);
    g_test_add_func("/split/end", test_end);
    g_test_add_func("/split/cost", test_cost);
    return g_test_run();
}
