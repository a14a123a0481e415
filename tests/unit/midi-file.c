/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "midi-file.h"

#include <string.h>

void
midi_file_add(GByteArray *file, const char *notation)
{
    const char *p = notation;

    while (*p != '\0') {
        guint8 byte;

        if (*p == ' ') {
            p++;
        } else if (*p == '\'') {
            const char *end = strchr(p + 1, '\'');

            g_byte_array_append(file, (const guint8 *)p + 1, (guint)(end - p - 1));
            p = end + 1;
        } else {
            g_assert(g_ascii_isxdigit(p[0]) && g_ascii_isxdigit(p[1]));
            byte = (guint8)(g_ascii_xdigit_value(p[0]) << 4 | g_ascii_xdigit_value(p[1]));
            g_byte_array_append(file, &byte, 1);
            p += 2;
        }
    }
}

GByteArray *
midi_file_new(guint format, guint n_tracks, guint division)
{
    GByteArray *file = g_byte_array_new();
    g_autofree char *header =
        g_strdup_printf("'MThd' 00000006 %04x %04x %04x", format, n_tracks, division);

    midi_file_add(file, header);
    return file;
}

void
midi_file_add_track(GByteArray *file, const char *events)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autofree char *header = NULL;

    midi_file_add(bytes, events);
    header = g_strdup_printf("'MTrk' %08x", bytes->len);
    midi_file_add(file, header);
    g_byte_array_append(file, bytes->data, bytes->len);
}

GByteArray *
midi_file_simple(const char *events)
{
    GByteArray *file = midi_file_new(0, 1, 96);
    g_autofree char *all = g_strconcat(events, " 00 ff2f00", NULL);

    midi_file_add_track(file, all);
    return file;
}

/* One at a time, as the order in which arguments are made is the compiler's choice. */
static void
add_random_byte(GString *events, GRand *random, int low, int high)
{
    g_string_append_printf(events, "%02x", g_rand_int_range(random, low, high));
}

static void
add_random_delta(GString *events, GRand *random)
{
    const int kind = g_rand_int_range(random, 0, 12);

    if (kind == 0) { /* longer than it need be */
        g_string_append(events, "8080");
        add_random_byte(events, random, 0x80, 0x88);
    } else if (kind == 1) {
        add_random_byte(events, random, 0x80, 0x100);
    }
    if (kind < 5)
        add_random_byte(events, random, 0, 0x80);
    else
        g_string_append(events, "00");
}

static void
add_random_text(GString *events, GRand *random, const char *status)
{
    const gboolean is_long = g_rand_int_range(random, 0, 8) == 0;
    const int length = g_rand_int_range(random, is_long ? 128 : 0, is_long ? 300 : 20);
    int i;

    g_string_append_printf(events, "%s%02x%02x", status, 0x80 | length >> 7, length & 0x7f);
    for (i = 0; i < length; i++)
        add_random_byte(events, random, 0, i % 7 == 3 ? 0x100 : 0x7f);
}

/* Few keys, so that notes meet. @status is the running status, 0 for none. */
static void
add_random_message(GString *events, GRand *random, guint *status)
{
    static const guint8 kinds[] = { 0x80, 0x90, 0x90, 0x90, 0x90, 0xa0, 0xb0, 0xc0, 0xd0, 0xe0 };
    const guint kind = kinds[g_rand_int_range(random, 0, G_N_ELEMENTS(kinds))];

    if (*status == 0 || g_rand_boolean(random)) {
        *status = kind | (guint)g_rand_int_range(random, 0, 3);
        g_string_append_printf(events, "%02x", *status);
    }
    if ((*status & 0xe0) == 0xc0) {
        add_random_byte(events, random, 0, 0x80);
        return;
    }
    add_random_byte(events, random, 60, 66);
    if (g_rand_boolean(random))
        g_string_append(events, "00");
    else
        add_random_byte(events, random, 1, 0x80);
}

static char *
random_track(GRand *random)
{
    static const char *const signs[] = {
        "ff510307a120",
        "ff5103000001",
        "ff5103ffffff",
        "ff5103000000",
        "ff510207a1",
        "ff580404021808",
        "ff580403031808",
        "ff580401001808",
        "ff580400021808",
        "ff580404081808",
        "ff5802 0402",
        "ff59020000",
        "ff5902fd01",
        "ff59020800",
        "ff5900",
        "ff590105",
        "ff2001 02",
        "ff0002 0001",
        "ff7f06 7d6173736179",
    };
    GString *events = g_string_new(NULL);
    guint status = 0;
    int n = g_rand_int_range(random, 0, 60);

    while (n-- > 0) {
        add_random_delta(events, random);
        switch (g_rand_int_range(random, 0, 24)) {
        case 0:
        case 1:
            g_string_append(events, signs[g_rand_int_range(random, 0, G_N_ELEMENTS(signs))]);
            break;
        case 2:
            add_random_text(events, random, "ff03");
            break;
        case 3:
            add_random_text(events, random, g_rand_boolean(random) ? "ff01" : "ff02");
            break;
        case 4:
            add_random_text(events, random, g_rand_boolean(random) ? "f0" : "f7");
            break;
        default:
            add_random_message(events, random, &status);
            break;
        }
    }
    if (g_rand_int_range(random, 0, 5) > 0)
        g_string_append(events, " 00 ff2f00");
    return g_string_free(events, FALSE);
}

GByteArray *
midi_file_random(GRand *random)
{
    const guint n_tracks = (guint)g_rand_int_range(random, 1, 6);
    GByteArray *file =
        midi_file_new(n_tracks > 1 ? 1 : 0, n_tracks, (guint)g_rand_int_range(random, 1, 0x8000));
    guint i;

    for (i = 0; i < n_tracks; i++) {
        g_autofree char *events = random_track(random);

        if (g_rand_int_range(random, 0, 10) == 0)
            midi_file_add(file, "'XFIH' 00000003 616263");
        midi_file_add_track(file, events);
    }
    return file;
}

AssayMidi *
midi_file_parse(GByteArray *file, AssayMidiParser parser, GError **error)
{
    g_autofree guint8 *exact = g_memdup2(file->data, file->len);
    const gsize size = file->len;

    g_byte_array_unref(file);
    return assay_midi_parse(exact, size, parser, error);
}

void
midi_file_refused(GByteArray *file, int code, const char *pattern)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) witness_error = NULL;
    g_autoptr(AssayMidi) midi = NULL;
    g_autoptr(AssayMidi) witness = NULL;

    witness = midi_file_parse(g_byte_array_ref(file), ASSAY_MIDI_LIBSMF, &witness_error);
    midi = midi_file_parse(file, ASSAY_MIDI_OWN, &error);
    g_assert_null(midi);
    g_assert_null(witness);
    if (code < 0)
        g_assert_nonnull(error);
    else
        g_assert_error(error, ASSAY_ERROR, code);
    if (error == NULL || witness_error == NULL)
        return;
    g_assert_cmpstr(error->message, ==, witness_error->message);
    if (!g_pattern_match_simple(pattern, error->message))
        g_assert_cmpstr(error->message, ==, pattern);
}

static void
assert_same_facts(const AssayMidi *a, const AssayMidi *b)
{
    const char *name;
    guint32 m, n;
    guint i;

    for (i = 0; assay_midi_fact(a, i, &name, &m) && assay_midi_fact(b, i, &name, &n); i++)
        g_assert_cmpuint(m, ==, n);
}

static void
assert_written_reads_back(const AssayMidi *midi)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = assay_midi_write(midi, &error);
    g_autoptr(AssayMidi) back = NULL;
    g_autofree char *difference = NULL;
    gsize size, i;
    const void *data;

    g_assert_no_error(error);
    if (bytes == NULL)
        return;
    data = g_bytes_get_data(bytes, &size);
    back = assay_midi_parse(data, size, ASSAY_MIDI_LIBSMF, &error);
    g_assert_no_error(error);
    if (back == NULL)
        return;
    /* The first track may have grown by the tempos of others. */
    for (i = 0; i < 1 && i < back->n_tracks; i++) {
        g_assert_cmpint(back->tracks[i].end_tick, >=, midi->tracks[i].end_tick);
        back->tracks[i].end_tick = midi->tracks[i].end_tick;
    }
    difference = assay_midi_difference(midi, back);
    g_assert_cmpstr(difference, ==, NULL);
}

AssayMidi *
midi_file_agreed(GByteArray *file)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) witness = NULL;
    g_autofree char *difference = NULL, *credits = NULL;
    AssayMidi *midi;

    witness = midi_file_parse(g_byte_array_ref(file), ASSAY_MIDI_LIBSMF, &error);
    g_assert_no_error(error);
    g_clear_error(&error);
    midi = midi_file_parse(file, ASSAY_MIDI_OWN, &error);
    g_assert_no_error(error);
    if (midi == NULL || witness == NULL)
        return midi != NULL ? midi : g_new0(AssayMidi, 1);
    difference = assay_midi_difference(midi, witness);
    g_assert_cmpstr(difference, ==, NULL);
    credits = assay_credits_difference(&midi->credits, &witness->credits);
    g_assert_cmpstr(credits, ==, NULL);
    assert_same_facts(midi, witness);
    assert_written_reads_back(midi);
    return midi;
}

GByteArray *
midi_file_load(const char *path)
{
    char *data;
    gsize size;

    if (!g_file_get_contents(path, &data, &size, NULL))
        return NULL;
    return g_byte_array_new_take((guint8 *)data, size);
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
find(GPtrArray *paths, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            find(paths, path);
        else if (g_str_has_suffix(name, ".mid"))
            g_ptr_array_add(paths, g_steal_pointer(&path));
    }
}

char *
midi_file_shared_folder(const char *name)
{
    const char *root = g_getenv("ASSAY_SHARED_DATA");
    g_autofree char *path = NULL;

    if (root != NULL)
        path = g_build_filename(root, name, NULL);
    else
        path = g_build_filename(ASSAY_SOURCE_DIR, "..", "shared", "data", name, NULL);
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_autofree char *reason = g_strdup_printf("the shared data are not here: no %s", path);

        g_test_skip(reason);
        return NULL;
    }
    return g_steal_pointer(&path);
}

GPtrArray *
midi_file_find_shared(const char *name)
{
    g_autofree char *folder = midi_file_shared_folder(name);
    GPtrArray *paths;

    if (folder == NULL)
        return NULL;
    paths = g_ptr_array_new_with_free_func(g_free);
    find(paths, folder);
    g_ptr_array_sort(paths, compare_paths);
    return paths;
}

static void
add_unless(GString *text, const char *name, guint value, guint unsaid)
{
    if (value != unsaid)
        g_string_append_printf(text, " %s%u", name, value);
}

char *
midi_file_notes(const AssayMidi *midi)
{
    GString *text = g_string_new(NULL);
    gsize i;

    for (i = 0; midi != NULL && i < midi->n_notes; i++) {
        const AssayNote *n = midi->notes + i;

        g_string_append_printf(text, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %u v%u",
                               i > 0 ? "; " : "", n->on_tick, n->off_tick, n->pitch, n->velocity);
        add_unless(text, "ch", n->channel, 1);
        add_unless(text, "pr", n->program, 0);
        add_unless(text, "tr", n->track, 0);
        add_unless(text, "vo", n->voice, 0);
    }
    return g_string_free(text, FALSE);
}

guint32
midi_file_fact(const AssayMidi *midi, const char *name)
{
    const char *each;
    guint32 count;
    guint i;

    for (i = 0; assay_midi_fact(midi, i, &each, &count); i++) {
        if (strcmp(each, name) == 0)
            return count;
    }
    g_assert_cmpstr(name, ==, "the name of a fact");
    return 0;
}
