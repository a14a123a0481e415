/* show/stream-view.c - a stream: what made it, a line a sample, how it ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "facts-private.h"
#include "list-private.h"
#include "views-private.h"

/* How long a line may wait for others before it goes out. */
#define MAX_WAIT (G_USEC_PER_SEC / 10)

/* A sample whose pieces are arriving. */
typedef struct {
    AssayShape *shape; /* of its first piece */
    char *name, *note;
    gint64 n_items;
    size_t bytes;
} Open;

typedef struct {
    AssayShow *show;
    const AssayPage *page;
    AssayReader *reader;
    AssayJson *stages; /* of the head shown last */
    guint64 n_streams, n_samples;
    Open open;
    AssayList *list;
    AssayFactSums *sums;
    gint64 flushed_at;
} View;

static void
clear_open(Open *self)
{
    g_clear_pointer(&self->shape, assay_shape_unref);
    g_clear_pointer(&self->name, g_free);
    g_clear_pointer(&self->note, g_free);
}

static void
clear_view(View *self)
{
    assay_reader_free(self->reader);
    assay_json_unref(self->stages);
    clear_open(&self->open);
    assay_list_free(self->list);
    assay_fact_sums_free(self->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(View, clear_view)

/* As they would be typed: "--pitches=0:127 --step=1/16"; what is "no" is not said. */
static char *
options_text(const AssayJson *options)
{
    GString *text = g_string_new(NULL);
    g_autofree const char **keys = NULL;

    if (options == NULL || assay_json_kind(options) != ASSAY_JSON_OBJECT)
        return g_string_free(text, FALSE);
    keys = assay_json_keys(options);
    for (size_t i = 0; keys[i] != NULL; i++) {
        const AssayJson *value = assay_json_get(options, keys[i]);
        const char *word = assay_json_peek_string(value);

        if (assay_json_kind(value) == ASSAY_JSON_FALSE || g_strcmp0(word, "no") == 0)
            continue;
        assay_text_join(text, " ", "--%s", keys[i]);
        if (assay_json_is_true(value) || g_strcmp0(word, "yes") == 0)
            continue;
        g_string_append_c(text, '=');
        if (word != NULL)
            g_string_append(text, word);
        else
            assay_json_print(text, value);
    }
    return g_string_free(text, FALSE);
}

static char *
stage_label(const AssayJson *stage)
{
    const char *tool = assay_json_peek_string(assay_json_get(stage, "tool"));
    const char *version = assay_json_peek_string(assay_json_get(stage, "version"));

    return g_strdup_printf("%s %s", tool != NULL ? tool : "?", version != NULL ? version : "");
}

/* What made the samples from here on, unless that was said already. */
static void
show_head(View *self, const AssayJson *stages)
{
    size_t width = 0;

    if (self->n_streams > 0 && stages == self->stages)
        return;
    self->n_streams++;
    if (self->n_streams == 1 || !assay_json_equal(stages, self->stages)) {
        assay_list_end(self->list);
        if (self->n_streams > 1)
            assay_page_printf(self->page, "\n");
        for (size_t i = 0; i < assay_json_size(stages); i++) {
            g_autofree char *label = stage_label(assay_json_nth(stages, i));

            width = MAX(width, assay_text_display_width(label));
        }
        for (size_t i = 0; i < assay_json_size(stages); i++) {
            const AssayJson *stage = assay_json_nth(stages, i);
            g_autofree char *label = stage_label(stage);
            g_autofree char *options = options_text(assay_json_get(stage, "options"));

            assay_page_entry(self->page, 2, label, width, options);
        }
        if (stages == NULL)
            assay_page_entry(self->page, 2, NULL, 0,
                             "a tar without a head: a WebDataset shard, or another program's");
    }
    assay_json_unref(self->stages);
    self->stages = stages == NULL ? NULL : assay_json_ref(stages);
}

static void
end_sample(View *self)
{
    Open *open = &self->open;

    if (open->name == NULL)
        return;
    self->n_samples++;
    if (self->page->config->is_long && open->n_items >= 0) {
        char number[ASSAY_TEXT_NUMBER_SIZE];

        assay_page_entry(self->page, 2, "items", 6,
                         assay_text_count(number, (guint64)open->n_items));
    } else if (!self->page->config->is_long)
        assay_list_add(self->list, g_steal_pointer(&open->shape), open->name, open->note,
                       open->n_items, open->bytes);
    clear_open(open);
}

static gboolean
continues(const Open *open, const AssaySample *sample)
{
    return open->name != NULL && open->n_items >= 0 && assay_sample_has_items(sample) &&
           assay_sample_item_start(sample) > 0 &&
           strcmp(open->name, assay_sample_name(sample)) == 0;
}

/* Where a sample comes from, where its name does not say so. */
static void
append_origin(GString *note, AssaySample *sample)
{
    const char *path = assay_json_peek_string(assay_json_get(assay_sample_source(sample), "path"));
    const char *name = assay_sample_name(sample);

    if (path != NULL && !(g_str_has_prefix(path, name) && path[strlen(name)] == '.'))
        assay_text_join(note, ", ", "from %s", path);
}

static void
show_long(View *self, AssaySample *sample)
{
    assay_page_printf(self->page, "\n");
    assay_page_text(self->page, self->open.name);
    assay_page_printf(self->page, "\n");
    assay_shape_print_long(self->page, self->open.shape, sample, 2);
}

static void
report_fault(View *self, const char *name, const GError *fault)
{
    g_autofree char *note = g_strdup_printf("cannot be read: %s", fault->message);

    end_sample(self);
    assay_list_end(self->list);
    assay_page_printf(self->page, "\n");
    assay_page_entry(self->page, 2, name, 0, note);
    if (self->show->fault != NULL)
        self->show->fault(self->show->fault_user, name, fault);
}

static gboolean
begin_sample(View *self, AssaySample *sample, GError **error)
{
    Open *open = &self->open;
    g_autofree char *facts = NULL;
    GString *note;

    show_head(self, assay_sample_stages(sample));
    open->shape = assay_shape_new(sample, error);
    if (open->shape == NULL)
        return FALSE;
    facts = assay_facts_of_sample(sample, self->sums);
    note = g_string_new(facts);
    append_origin(note, sample);
    open->note = g_string_free(note, FALSE);
    open->name = g_strdup(assay_sample_name(sample));
    open->n_items = assay_sample_has_items(sample) ? (gint64)assay_sample_n_items(sample) : -1;
    open->bytes = assay_sample_bytes(sample);
    if (self->page->config->is_long)
        show_long(self, sample);
    return TRUE;
}

/* FALSE where @sample is one too many. */
static gboolean
take_sample(View *self, AssaySample *sample)
{
    guint64 limit = self->page->config->limit;
    g_autofree char *record = g_strdup(assay_sample_name(sample));
    g_autoptr(GError) fault = NULL;

    if (!assay_sample_unpack(sample, self->page->config->max_bytes, &fault)) {
        report_fault(self, record, fault);
        return TRUE;
    }
    if (continues(&self->open, sample)) {
        self->open.n_items += (gint64)assay_sample_n_items(sample);
        self->open.bytes += assay_sample_bytes(sample);
        if (!self->page->config->is_long)
            assay_list_announce(self->list, self->open.shape, self->open.bytes);
        return TRUE;
    }
    end_sample(self);
    if (limit > 0 && self->n_samples >= limit)
        return FALSE;
    if (!begin_sample(self, sample, &fault))
        report_fault(self, record, fault);
    return TRUE;
}

static void
show_skips(View *self, const GPtrArray *skips)
{
    for (guint i = 0; i < skips->len; i++) {
        const AssaySkip *skip = g_ptr_array_index(skips, i);
        g_autofree char *line =
            g_strdup_printf("%s%s", skip->reason, skip->accepted ? " (accepted)" : "");

        self->show->left_out += !skip->accepted;
        assay_page_entry(self->page, 2, "left out", 8, line);
    }
}

/* Samples, and items of others: "; 2 left out, and 3 items of others; end record fine" */
static void
say_left_out(GString *text, const GPtrArray *skips)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];
    guint64 n_samples = 0, n_items = 0;

    for (guint i = 0; i < skips->len; i++) {
        const AssaySkip *skip = g_ptr_array_index(skips, i);

        n_samples += skip->n_items == 0 ? 1 : 0;
        n_items += skip->n_items;
    }
    if (n_samples > 0)
        g_string_append_printf(text, "; %s left out", assay_text_count(number, n_samples));
    if (n_items > 0) {
        g_autofree char *items = assay_count_of(n_items, "item", "items");

        g_string_append_printf(text, n_samples > 0 ? ", and %s of others" : "; %s left out", items);
    }
    g_string_append(text, "; end record fine");
}

static void
show_end(View *self, const GPtrArray *skips, gboolean stopped, const GError *fault)
{
    g_autofree char *samples = assay_count_of(self->n_samples, "sample", "samples");
    g_autoptr(GString) text = g_string_new(samples);
    char number[ASSAY_TEXT_NUMBER_SIZE];

    assay_page_printf(self->page, "\n");
    if (self->n_samples > 1)
        assay_fact_sums_print(self->sums, self->page, "sample");
    show_skips(self, skips);
    if (fault != NULL) {
        g_string_printf(text, "%s after %s",
                        g_error_matches(fault, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED) ? "TRUNCATED"
                                                                                   : "BROKEN",
                        samples);
        assay_page_entry(self->page, 2, NULL, 0, text->str);
        return;
    }
    if (self->n_streams > 1)
        g_string_append_printf(text, " of %s streams, one after the other",
                               assay_text_count(number, self->n_streams));
    if (stopped)
        g_string_append(text, " shown; what follows was not read");
    else if (self->stages == NULL && self->n_samples > 0)
        g_string_append(text, "; a foreign tar, so nothing says whether that is all");
    else if (skips->len == 0)
        g_string_append(text, "; none left out; end record fine");
    else
        say_left_out(text, skips);
    assay_page_entry(self->page, 2, NULL, 0, text->str);
}

/* What was written goes out at once to a terminal, and soon into a pipe: a reader that has seen
 * enough of a long stream can then leave. */
static gboolean
hand_on(View *self, GError **error)
{
    gint64 now = g_get_monotonic_time();

    if (!assay_output_is_terminal(self->page->out) && now - self->flushed_at < MAX_WAIT)
        return TRUE;
    self->flushed_at = now;
    return assay_page_flush(self->page, error);
}

/* Reads to the end, the limit, or a fault. */
static gboolean
read_samples(View *self, gboolean *stopped, GError **error)
{
    for (;;) {
        g_autoptr(AssaySample) sample = NULL;

        if (!assay_reader_next(self->reader, &sample, error))
            return FALSE;
        if (sample == NULL)
            return TRUE;
        if (!take_sample(self, sample)) {
            *stopped = TRUE;
            return TRUE;
        }
        if (!hand_on(self, error))
            return FALSE;
    }
}

gboolean
assay_show_stream(AssayShow *self, AssayInput *input, const char *name, GError **error)
{
    g_auto(View) view = { .show = self, .page = &self->page };
    g_autoptr(GPtrArray) skips = NULL;
    g_autoptr(GError) fault = NULL;
    gboolean stopped = FALSE, done;

    view.list = assay_list_new(&self->page);
    view.sums = assay_fact_sums_new();
    view.reader = assay_reader_new(input, self->config.max_bytes, error);
    if (view.reader == NULL)
        return FALSE;
    assay_page_text(&self->page, name);
    assay_page_printf(&self->page, ": a sample stream\n");
    done = read_samples(&view, &stopped, &fault);
    end_sample(&view);
    assay_list_end(view.list);
    skips = assay_reader_take_skips(view.reader);
    show_end(&view, skips, stopped, fault);
    if (!done)
        g_propagate_error(error, g_steal_pointer(&fault));
    return done;
}
