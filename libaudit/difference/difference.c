/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "difference.h"

#include <string.h>

#include "../base/error.h"
#include "../stream/stream.h"
#include "difference-private.h"

enum {
    MAX_AHEAD = 16,
    MAX_AHEAD_BYTES = 64 << 20,
};

/* One of the two streams. */
typedef struct {
    char *name;
    AssayReader *reader;
    GQueue ahead; /* AssaySample, unpacked; the first one is being compared */
    size_t ahead_bytes;
    size_t max_bytes;
    gboolean ended;
    size_t at;         /* the item of the first one that comes next */
    AssayJson *stages; /* compared last */
} Side;

static void
free_sample(gpointer sample)
{
    assay_sample_free(sample);
}

static void
clear_side(Side *self)
{
    g_free(self->name);
    assay_reader_free(self->reader);
    g_queue_clear_full(&self->ahead, free_sample);
    assay_json_unref(self->stages);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, clear_side)

void
assay_difference_say(AssayDifference *self, const char *format, ...)
{
    g_autofree char *line = NULL;
    va_list args;

    if (self->is_over)
        return;
    va_start(args, format);
    line = g_strdup_vprintf(format, args);
    va_end(args);
    self->counts->differences++;
    self->is_over = !self->report(self->user, line);
}

static gboolean
open_side(Side *self, AssayInput *input, size_t max_bytes, GError **error)
{
    g_autoptr(AssayInput) own = input;
    const guint8 *data;
    size_t size = 512;

    self->name = g_strdup(assay_input_name(input));
    self->max_bytes = max_bytes;
    g_queue_init(&self->ahead);
    if (!assay_input_peek(own, &data, &size, error))
        return FALSE;
    if (size > 0 && !assay_stream_sniff(data, size)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: is no stream; assay-roll makes one of music, assay-array of arrays",
                    self->name);
        return FALSE;
    }
    self->reader = assay_reader_new(g_steal_pointer(&own), max_bytes, error);
    return self->reader != NULL;
}

static gboolean
read_one(Side *self, GError **error)
{
    g_autoptr(AssaySample) sample = NULL;

    if (self->ended)
        return TRUE;
    if (!assay_reader_next(self->reader, &sample, error))
        return FALSE;
    if (sample == NULL) {
        self->ended = TRUE;
        return TRUE;
    }
    if (!assay_sample_unpack(sample, self->max_bytes, error)) {
        g_prefix_error(error, "%s: ", self->name);
        return FALSE;
    }
    self->ahead_bytes += assay_sample_bytes(sample);
    g_queue_push_tail(&self->ahead, g_steal_pointer(&sample));
    return TRUE;
}

static AssaySample *
first_of(const Side *self)
{
    return self->ahead.head == NULL ? NULL : self->ahead.head->data;
}

static void
drop_first(Side *self)
{
    AssaySample *sample = g_queue_pop_head(&self->ahead);

    /* Decoding has made it larger than when it was counted. */
    self->ahead_bytes -= MIN(self->ahead_bytes, assay_sample_bytes(sample));
    if (g_queue_is_empty(&self->ahead))
        self->ahead_bytes = 0;
    assay_sample_free(sample);
    self->at = 0;
}

static gboolean
is_further_piece(const AssaySample *sample)
{
    return assay_sample_has_items(sample) && assay_sample_item_start(sample) > 0;
}

/* How many samples ahead one called as @wanted comes; 0 for none, the first being ruled out. */
static gboolean
look_ahead(Side *self, const AssaySample *wanted, guint *steps, GError **error)
{
    *steps = 0;
    for (guint i = 1; i <= MAX_AHEAD; i++) {
        const AssaySample *sample;

        while (self->ahead.length <= i && !self->ended && self->ahead_bytes < MAX_AHEAD_BYTES) {
            if (!read_one(self, error))
                return FALSE;
        }
        if (self->ahead.length <= i)
            return TRUE;
        sample = g_queue_peek_nth(&self->ahead, i);
        if (!is_further_piece(sample) &&
            strcmp(assay_sample_name(sample), assay_sample_name(wanted)) == 0) {
            *steps = i;
            return TRUE;
        }
    }
    return TRUE;
}

/* Says that the first sample of @self has no partner, and goes on behind it. */
static void
say_alone(AssayDifference *difference, Side *self, const Side *other)
{
    const AssaySample *sample = first_of(self);
    size_t from = assay_sample_item_start(sample) + self->at;

    if (from > 0)
        assay_difference_say(difference, "%s: items from %" G_GSIZE_FORMAT " on: not in %s",
                             assay_sample_name(sample), from, other->name);
    else
        assay_difference_say(difference, "%s: in %s, and not in this place in %s",
                             assay_sample_name(sample), self->name, other->name);
    drop_first(self);
}

/* Whether items of its first sample have gone before. */
static gboolean
is_under_way(const Side *self)
{
    return self->at > 0 || is_further_piece(first_of(self));
}

static size_t
position(const Side *self)
{
    return assay_sample_item_start(first_of(self)) + self->at;
}

/* Whether the items of the first sample of @self go on with the one that both had. */
static gboolean
goes_on(const AssayDifference *difference, const Side *self)
{
    return assay_pieces_go_on(difference->met, assay_sample_name(first_of(self)), TRUE,
                              position(self));
}

/* Whether both are at one sample, at different items of it: one lacks what the other is at. */
static gboolean
is_gap(const AssayDifference *difference, const Side *a, const Side *b)
{
    const AssaySample *of_a = first_of(a), *of_b = first_of(b);

    return of_a != NULL && of_b != NULL && assay_sample_has_items(of_a) &&
           assay_sample_has_items(of_b) &&
           strcmp(assay_sample_name(of_a), assay_sample_name(of_b)) == 0 &&
           goes_on(difference, a) == goes_on(difference, b);
}

/* Says which items of @self come before the next of @other, and goes on behind them. */
static void
say_gap(AssayDifference *difference, Side *self, const Side *other)
{
    size_t from = position(self), left = assay_sample_n_items(first_of(self)) - self->at;
    size_t n = MIN(left, position(other) - from);

    if (n == 1)
        assay_difference_say(difference, "%s: item %" G_GSIZE_FORMAT ": not in %s",
                             assay_sample_name(first_of(self)), from, other->name);
    else if (n > 0)
        assay_difference_say(difference,
                             "%s: items %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT ": not in %s",
                             assay_sample_name(first_of(self)), from, from + n - 1, other->name);
    self->at += n;
    if (n == left)
        drop_first(self);
}

/* The names do not agree: finds where they do again. */
static gboolean
find_way(AssayDifference *difference, Side *a, Side *b, GError **error)
{
    AssaySample *of_a = first_of(a), *of_b = first_of(b);
    guint steps_a = 0, steps_b = 0;

    if (is_gap(difference, a, b)) {
        if (position(a) < position(b))
            say_gap(difference, a, b);
        else
            say_gap(difference, b, a);
        return TRUE;
    }
    if (of_a == NULL || (of_b != NULL && is_under_way(b))) {
        say_alone(difference, b, a);
        return TRUE;
    }
    if (of_b == NULL || is_under_way(a)) {
        say_alone(difference, a, b);
        return TRUE;
    }
    if (!look_ahead(a, of_b, &steps_a, error) || !look_ahead(b, of_a, &steps_b, error))
        return FALSE;
    if (steps_b > 0 && (steps_a == 0 || steps_b <= steps_a)) {
        while (steps_b-- > 0)
            say_alone(difference, b, a);
    } else if (steps_a > 0) {
        while (steps_a-- > 0)
            say_alone(difference, a, b);
    } else {
        say_alone(difference, a, b);
        say_alone(difference, b, a);
    }
    return TRUE;
}

/* What made the two, but for the versions of the programs. */
static void
compare_stages(AssayDifference *self, Side *a, Side *b)
{
    const AssayJson *of_a = assay_sample_stages(first_of(a));
    const AssayJson *of_b = assay_sample_stages(first_of(b));

    if (self->counts->samples > 0 && of_a == a->stages && of_b == b->stages)
        return;
    assay_json_unref(a->stages);
    assay_json_unref(b->stages);
    a->stages = of_a == NULL ? NULL : assay_json_ref(of_a);
    b->stages = of_b == NULL ? NULL : assay_json_ref(of_b);
    if (of_a == NULL || of_b == NULL) {
        if (of_a != of_b)
            assay_difference_say(self, "head: %s has none", of_a == NULL ? a->name : b->name);
        return;
    }
    if (assay_json_size(of_a) != assay_json_size(of_b)) {
        assay_difference_say(self,
                             "head: number of stages: %" G_GSIZE_FORMAT " against %" G_GSIZE_FORMAT,
                             assay_json_size(of_a), assay_json_size(of_b));
        return;
    }
    for (size_t i = 0; i < assay_json_size(of_a); i++) {
        g_autofree char *where = g_strdup_printf("head: /stages/%" G_GSIZE_FORMAT, i);

        assay_difference_json(self, where, assay_json_nth(of_a, i), assay_json_nth(of_b, i),
                              "version");
    }
}

static gboolean
compare_pair(AssayDifference *self, Side *a, Side *b, GError **error)
{
    AssaySample *of_a = first_of(a), *of_b = first_of(b);
    size_t n_a = assay_sample_n_items(of_a), n_b = assay_sample_n_items(of_b);
    size_t n = MIN(n_a - a->at, n_b - b->at);
    gboolean is_first = !assay_pieces_add(self->met, assay_sample_name(of_a),
                                          assay_sample_has_items(of_a), position(a), n);

    if (is_first && !self->config->ignore_meta) {
        compare_stages(self, a, b);
        assay_difference_meta(self, of_a, of_b);
    }
    self->counts->samples += is_first ? 1 : 0;
    if (assay_sample_has_items(of_a) != assay_sample_has_items(of_b)) {
        assay_difference_say(self, "%s: has items in %s alone", assay_sample_name(of_a),
                             assay_sample_has_items(of_a) ? a->name : b->name);
        drop_first(a);
        drop_first(b);
        return TRUE;
    }
    if (!assay_difference_fields(self, of_a, a->at, of_b, b->at, n, error))
        return FALSE;
    if (n == 0 && n_a != n_b)
        assay_difference_say(self, "%s: %" G_GSIZE_FORMAT " items against %" G_GSIZE_FORMAT,
                             assay_sample_name(of_a), n_a, n_b);
    a->at += n;
    b->at += n;
    if (a->at >= n_a || n == 0)
        drop_first(a);
    if (b->at >= n_b || n == 0)
        drop_first(b);
    return TRUE;
}

/* Whether the first samples are the same one, at the same item. */
static gboolean
is_pair(const Side *a, const Side *b)
{
    const AssaySample *of_a = first_of(a), *of_b = first_of(b);

    return of_a != NULL && of_b != NULL &&
           strcmp(assay_sample_name(of_a), assay_sample_name(of_b)) == 0 &&
           assay_sample_item_start(of_a) + a->at == assay_sample_item_start(of_b) + b->at;
}

static void
compare_ends(AssayDifference *self, Side *a, Side *b)
{
    g_autoptr(GPtrArray) of_a = assay_reader_take_skips(a->reader);
    g_autoptr(GPtrArray) of_b = assay_reader_take_skips(b->reader);

    for (guint i = 0; i < MAX(of_a->len, of_b->len); i++) {
        const AssaySkip *skip_a = i < of_a->len ? of_a->pdata[i] : NULL;
        const AssaySkip *skip_b = i < of_b->len ? of_b->pdata[i] : NULL;

        if (skip_a != NULL && skip_b != NULL && strcmp(skip_a->name, skip_b->name) == 0 &&
            strcmp(skip_a->reason, skip_b->reason) == 0)
            continue;
        assay_difference_say(self, "end: left out: %s against %s",
                             skip_a != NULL ? skip_a->reason : "nothing",
                             skip_b != NULL ? skip_b->reason : "nothing");
    }
}

gboolean
assay_difference_run(AssayInput *a, AssayInput *b, const AssayDifferenceConfig *config,
                     AssayDifferenceReport report, gpointer user, AssayDifferenceCounts *counts,
                     GError **error)
{
    g_auto(Side) side_a = { .at = 0 }, side_b = { .at = 0 };
    g_autoptr(AssayInput) rest = b;
    g_auto(AssayPieces) met = { .name = NULL };
    AssayDifference self = {
        .config = config, .report = report, .user = user, .counts = counts, .met = &met
    };

    memset(counts, 0, sizeof *counts);
    if (!open_side(&side_a, a, config->max_bytes, error) ||
        !open_side(&side_b, g_steal_pointer(&rest), config->max_bytes, error))
        return FALSE;
    self.name_a = side_a.name;
    self.name_b = side_b.name;
    while (!self.is_over) {
        if ((first_of(&side_a) == NULL && !read_one(&side_a, error)) ||
            (first_of(&side_b) == NULL && !read_one(&side_b, error)))
            return FALSE;
        if (first_of(&side_a) == NULL && first_of(&side_b) == NULL)
            break;
        if (is_pair(&side_a, &side_b) ? !compare_pair(&self, &side_a, &side_b, error)
                                      : !find_way(&self, &side_a, &side_b, error))
            return FALSE;
    }
    if (!self.is_over && !config->ignore_meta)
        compare_ends(&self, &side_a, &side_b);
    return TRUE;
}
