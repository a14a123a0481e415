/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus.h"

#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <assay/rule/chord.h>
#include <assay/spec/recipe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
set_source(AssaySample *sample, const char *content)
{
    AssayJson *source = assay_json_object();
    g_autofree char *path = g_strdup_printf("%s.mid", assay_sample_name(sample));
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, content, -1);

    assay_json_set_string(source, "path", path);
    assay_json_set_string(source, "sha256", digest);
    assay_json_set_take(assay_sample_meta(sample), "source", source);
}

/* Appends the steps of an item, 12 cells each. */
static size_t
append_steps(GByteArray *cells, const char *chords)
{
    g_auto(GStrv) words = g_strsplit(chords, " ", -1);
    size_t n = 0;

    for (size_t i = 0; words[i] != NULL; i++) {
        char *star = strchr(words[i], '*');
        guint state, times = star == NULL ? 1 : (guint)g_ascii_strtoull(star + 1, NULL, 10);

        if (words[i][0] == '\0')
            continue;
        if (star != NULL)
            *star = '\0';
        if (!assay_chord_parse(words[i], &state))
            g_error("\"%s\" is no chord", words[i]);
        for (guint k = 0; k < times; k++, n++) {
            for (guint c = 0; c < 12; c++)
                g_byte_array_append(cells, &(guint8){ state >> c & 1 }, 1);
        }
    }
    return n;
}

AssaySample *
corpus_chroma(const char *name, const char *chords)
{
    static const char *const axes[] = { "item", "time", "class", NULL };
    AssaySample *sample = assay_sample_new(name);
    AssayJson *meta = assay_json_object();
    g_auto(GStrv) items = g_strsplit(chords, "|", -1);
    size_t n_items = g_strv_length(items), n_steps = 0;
    gboolean has_items = n_items > 1;
    g_autoptr(GByteArray) cells = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    AssayArray *array;

    for (size_t i = 0; i < n_items; i++)
        n_steps = append_steps(cells, items[i]);
    g_assert_cmpuint(cells->len, ==, n_items * n_steps * 12); /* items are of one length */
    array = assay_array_new(ASSAY_U8, has_items ? 3 : 2,
                            (const size_t[]){ n_items, n_steps, 12 } + (has_items ? 0 : 1),
                            axes + (has_items ? 0 : 1), G_MAXSIZE, &error);
    g_assert_no_error(error);
    if (cells->len > 0)
        memcpy(array->data, cells->data, cells->len);
    assay_json_set_real(meta, "step_q", 0.25);
    assay_json_set_integer(meta, "pitch_low", 0);
    assay_json_set_integer(meta, "pitch_high", 127);
    assay_json_set_bool(meta, "drums", FALSE);
    assay_sample_take_field(sample, "chroma", array, meta);
    if (has_items)
        assay_sample_set_items(sample, 0, n_items);
    set_source(sample, name);
    return sample;
}

AssayMidi *
corpus_midi(guint division, const char *notes)
{
    g_auto(GStrv) words = g_strsplit(notes, " ", -1);
    AssayMidi *midi = g_new0(AssayMidi, 1);
    guint n = g_strv_length(words);

    midi->format = 1;
    midi->division = division;
    midi->notes = g_new0(AssayNote, n + 1);
    midi->n_tracks = 1;
    for (guint i = 0; i < n; i++) {
        const char *slash = strchr(words[i], '/'), *at = strchr(words[i], '@');
        AssayNote *note = &midi->notes[midi->n_notes];
        long on, off;
        unsigned pitch;

        if (sscanf(words[i], "%ld-%ld:%u", &on, &off, &pitch) != 3)
            continue;
        *note = (AssayNote){ .on_tick = on, .off_tick = off, .pitch = (guint8)pitch };
        note->velocity = 64;
        note->channel = at == NULL ? 1 : (guint8)atoi(at + 1);
        note->track = note->voice = slash == NULL ? 0 : (guint32)atoi(slash + 1);
        midi->n_tracks = MAX(midi->n_tracks, note->track + (gsize)1);
        midi->last_tick = MAX(midi->last_tick, off);
        midi->n_notes++;
    }
    midi->tracks = g_new0(AssayTrack, midi->n_tracks);
    for (gsize i = 0; i < midi->n_tracks; i++)
        midi->tracks[i] = (AssayTrack){ g_strdup(""), midi->last_tick };
    return midi;
}

AssaySample *
corpus_piece(const char *name, AssayMidi *midi, const char *recipe_text)
{
    g_autoptr(AssayMidi) own = midi;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) json =
        recipe_text == NULL ? assay_recipe_default()
                            : assay_json_parse(recipe_text, strlen(recipe_text), "recipe", &error);
    g_autoptr(AssayRecipe) recipe = assay_recipe_build(json, "recipe", &error);
    AssaySample *sample = assay_sample_new(name);
    g_autoptr(AssayJson) stages = assay_json_array();
    gboolean done;

    g_assert_no_error(error);
    set_source(sample, name);
    done = assay_notes_from_midi(sample, own, &error);
    g_assert_no_error(error);
    for (size_t i = 0; done && recipe->stages[i] != NULL; i++) {
        const AssayStage *stage = recipe->stages[i];
        gpointer state = stage->state_new != NULL ? stage->state_new(stage) : NULL;

        done = stage->apply(stage, state, sample, &error);
        g_assert_no_error(error);
        if (stage->state_free != NULL)
            stage->state_free(state);
        assay_json_append_take(stages, assay_stage_record(stage));
    }
    assay_sample_set_stages(sample, stages);
    return sample;
}

static void
add_to(AssaySpec *spec, guint order, AssayGroups *groups, AssaySample *sample)
{
    const AssayObserveConfig config = { .order = order };
    g_autoptr(AssaySample) own = sample;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayObservation) observation = assay_observe(own, &config, &error);

    g_assert_no_error(error);
    if (!assay_spec_add(spec, observation, NULL, groups, &error))
        g_assert_no_error(error);
}

AssaySpec *
corpus_mine(AssayGroups *groups, AssaySample *first, ...)
{
    AssaySpec *spec = assay_spec_new();
    va_list samples;

    va_start(samples, first);
    for (AssaySample *sample = first; sample != NULL; sample = va_arg(samples, AssaySample *))
        add_to(spec, 1, groups, sample);
    va_end(samples);
    assay_spec_sort(spec);
    return spec;
}

AssaySpec *
corpus_mine_order(guint order, AssaySample *first, ...)
{
    AssaySpec *spec = assay_spec_new();
    va_list samples;

    va_start(samples, first);
    for (AssaySample *sample = first; sample != NULL; sample = va_arg(samples, AssaySample *))
        add_to(spec, order, NULL, sample);
    va_end(samples);
    assay_spec_sort(spec);
    return spec;
}

char *
corpus_print(const AssaySpec *spec)
{
    g_autoptr(GString) text = assay_spec_print(spec);
    g_autoptr(GString) again = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(AssaySpec) back = assay_spec_parse(text->str, text->len, "printed", &error);

    g_assert_no_error(error);
    if (back == NULL)
        return g_strdup("");
    again = assay_spec_print(back);
    g_assert_cmpstr(again->str, ==, text->str);
    return g_strdup(text->str);
}

guint64
corpus_key(size_t rule, const char *key)
{
    g_auto(GStrv) words = g_strsplit(key, " ", -1);
    g_auto(GStrv) parts = g_strsplit(key, "/", 2);
    guint64 states = 0;

    for (size_t i = 0; rule == ASSAY_RULE_TRANSITION && words[i] != NULL; i++) {
        guint state;

        if (!assay_chord_parse(words[i], &state))
            g_error("\"%s\" is no transition", key);
        states = states << ASSAY_STATE_BITS | state;
    }
    if (rule == ASSAY_RULE_TRANSITION)
        return states;
    return assay_duration_key(g_ascii_strtod(parts[0], NULL) /
                              (parts[1] != NULL ? g_ascii_strtod(parts[1], NULL) : 1));
}

char *
corpus_entry(const AssaySpec *spec, size_t rule, const char *key)
{
    const AssayEntry *entry = assay_rule_entry(&spec->rules[rule], corpus_key(rule, key));
    GString *text = g_string_new(NULL);

    if (entry == NULL)
        return g_string_free(g_string_append(text, "none"), FALSE);
    g_string_printf(text, "n=%" G_GUINT64_FORMAT " items=%" G_GUINT64_FORMAT " groups=%u owners=",
                    entry->n, entry->items, entry->groups);
    for (guint32 i = 0; i < entry->n_owners; i++)
        g_string_append_printf(text, "%s%u:%" G_GUINT64_FORMAT, i > 0 ? "," : "",
                               entry->owners[i].item, entry->owners[i].count);
    return g_string_free(text, FALSE);
}

AssayGroups *
corpus_groups(const char *lines)
{
    g_auto(GStrv) words = g_strsplit(lines, " ", -1);
    g_autoptr(GString) table = g_string_new("item\tgroup\n");
    g_autoptr(GError) error = NULL;
    AssayGroups *groups;

    for (size_t i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0')
            g_string_append_printf(table, "%s\n", g_strdelimit(words[i], "=", '\t'));
    }
    groups = assay_groups_parse(table->str, table->len, "groups.tsv", &error);
    g_assert_no_error(error);
    return groups;
}

void
corpus_refused(GError **error, int code, const char *says)
{
    g_assert_error(*error, ASSAY_ERROR, code);
    if (*error != NULL && strstr((*error)->message, says) == NULL)
        g_test_fail_printf("\"%s\" does not say \"%s\"", (*error)->message, says);
    g_clear_error(error);
}

AssaySpec *
corpus_parse(const char *text, GError **error)
{
    return assay_spec_parse(text, strlen(text), "demo.json", error);
}

char *
corpus_changed(const char *text, const char *find, const char *replace)
{
    const char *at = strstr(text, find);

    if (at == NULL)
        g_error("nothing to replace: %s", find);
    return g_strdup_printf("%.*s%s%s", (int)(at - text), text, replace, at + strlen(find));
}

void
corpus_check_faults(const char *sound, const CorpusFault *faults, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *text = corpus_changed(sound, faults[i].find, faults[i].replace);
        g_autoptr(GError) error = NULL;
        g_autoptr(AssaySpec) spec = corpus_parse(text, &error);
        g_autofree char *says = g_strdup_printf("demo.json: %s", faults[i].says);

        if (spec != NULL)
            g_test_fail_printf("\"%s\" for \"%s\" is read", faults[i].replace, faults[i].find);
        else
            corpus_refused(&error, ASSAY_ERROR_SPEC, says);
    }
}
