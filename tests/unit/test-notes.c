/* tests/unit/test-notes.c - a piece as a table of notes, and back, to the last tick.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/notes.h>
#include <math.h>
#include <string.h>

#include "midi-file.h"
#include "stream-file.h"

static AssaySample *
to_sample(const AssayMidi *midi)
{
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;

    assay_json_set_take(assay_sample_meta(sample), "source", assay_json_object());
    if (!assay_notes_from_midi(sample, midi, &error))
        g_assert_no_error(error);
    return sample;
}

/* There and back, through the bytes of a stream. */
static void
assert_round_trip(const AssayMidi *midi, const char *name)
{
    g_autoptr(AssaySample) sample = to_sample(midi), read = NULL;
    g_autoptr(AssayReader) reader = NULL;
    g_autoptr(AssayMidi) back = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *difference = NULL;
    StreamFile *file = stream_file_new("a");

    if (!assay_writer_put(file->writer, sample, &error))
        g_assert_no_error(error);
    bytes = stream_file_finish(file);
    reader = stream_file_read(bytes, ASSAY_MAX_SAMPLE);
    read = stream_file_next(reader);
    back = assay_notes_to_midi(read, &error);
    g_assert_no_error(error);
    if (back == NULL)
        return;
    /* Where a track ends is not kept, only where the piece does. */
    for (size_t i = 0; i < MIN(back->n_tracks, midi->n_tracks); i++)
        back->tracks[i].end_tick = midi->tracks[i].end_tick;
    difference = assay_midi_difference(midi, back);
    if (difference != NULL)
        g_test_fail_printf("%s: %s", name, difference);
    g_assert_cmpint(midi->last_tick, ==, back->last_tick);
}

static void
test_random(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    for (int i = 0; i < 100; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayMidi) midi =
            midi_file_parse(midi_file_random(random), ASSAY_MIDI_OWN, &error);

        g_assert_no_error(error);
        assert_round_trip(midi, "random");
    }
}

/* Ticks that no power of two divides come back exactly. */
static void
test_divisions(void)
{
    static const guint32 divisions[] = { 1, 3, 7, 10, 96, 100, 480, 0x7ffe, 0x7fff };
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    for (size_t i = 0; i < G_N_ELEMENTS(divisions); i++) {
        AssayTrack track = { (char *)"t", ASSAY_TICK_MAX };
        g_autofree AssayNote *notes = g_new0(AssayNote, 500);
        AssayMidi midi = { .format = 1,
                           .division = divisions[i],
                           .last_tick = ASSAY_TICK_MAX,
                           .notes = notes,
                           .n_notes = 500,
                           .tracks = &track,
                           .n_tracks = 1 };

        for (size_t k = 0; k < midi.n_notes; k++) {
            gint64 length = g_rand_int_range(random, 0, 100000);

            notes[k] = (AssayNote){ .on_tick = g_rand_int_range(random, 0, G_MAXINT32 - 100000),
                                    .pitch = 60,
                                    .velocity = 1,
                                    .channel = 16 };
            notes[k].off_tick = notes[k].on_tick + (k % 7 == 0 ? 0 : length);
        }
        notes[0].off_tick = ASSAY_TICK_MAX;
        assert_round_trip(&midi, "division");
    }
}

static void
test_shared(void)
{
    g_autoptr(GPtrArray) paths = midi_file_find_shared("bach-kern");

    if (paths == NULL)
        return;
    for (guint i = 0; i < paths->len; i += 5) {
        const char *path = g_ptr_array_index(paths, i);
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayMidi) midi = midi_file_parse(midi_file_load(path), ASSAY_MIDI_OWN, &error);

        g_assert_no_error(error);
        if (midi != NULL)
            assert_round_trip(midi, path);
    }
}

/* A row of the table, and all that metadata say of the piece. */
static void
test_table(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = midi_file_parse(
        midi_file_simple("00 ff5902 fd01  00 ff5804 03021808  00 ff5103 07a120  00 c14c "
                         "18 91 3c50  48 81 3c40  00 91 3e40"),
        ASSAY_MIDI_OWN, &error);
    g_autoptr(AssaySample) sample = NULL;
    g_autoptr(GString) meta = g_string_new(NULL), source = g_string_new(NULL);
    const AssayArray *notes;
    const double *row;

    g_assert_no_error(error);
    sample = to_sample(midi);
    notes = assay_sample_field(sample, "notes", &error);
    g_assert_no_error(error);
    g_assert_cmpint(notes->type, ==, ASSAY_F64);
    g_assert_cmpuint(notes->shape[0], ==, 2);
    g_assert_cmpuint(notes->shape[1], ==, ASSAY_NOTES_COLUMNS);
    row = notes->data;
    g_assert_true(row[ASSAY_NOTES_ONSET_Q] == 0.25 && row[ASSAY_NOTES_DURATION_Q] == 0.75 &&
                  row[ASSAY_NOTES_PITCH] == 60 && row[ASSAY_NOTES_VELOCITY] == 80 &&
                  row[ASSAY_NOTES_CHANNEL] == 2 && row[ASSAY_NOTES_PROGRAM] == 0x4c &&
                  row[ASSAY_NOTES_TRACK] == 0 && row[ASSAY_NOTES_VOICE] == 0);
    assay_json_print(meta, assay_sample_field_meta(sample, "notes"));
    g_assert_cmpstr(meta->str, ==,
                    "{\"axes\":[\"note\",\"column\"],\"columns\":[\"onset_q\",\"duration_q\","
                    "\"pitch\",\"velocity\",\"channel\",\"program\",\"track\",\"voice\"],"
                    "\"division\":96,\"keys\":[[0,-3,\"minor\"]],\"last_tick\":96,"
                    "\"meters\":[[0,3,4]],\"tempos\":[[0,500000]],\"tracks\":[\"\"],"
                    "\"unit\":\"quarter notes\"}");
    /* Audit facts, where there are any: the second note never ends. */
    assay_json_print(source, assay_sample_source(sample));
    g_assert_cmpstr(source->str, ==, "{\"smf_format\":0,\"unended\":1,\"zero_length\":1}");
}

/* A stream may come from anyone: each of these metadata or rows is refused by name. */
static AssaySample *
foreign(const char *meta, const double *row)
{
    const size_t shape[] = { row == NULL ? 0 : 1, ASSAY_NOTES_COLUMNS };
    static const char *const axes[] = { "note", "column", NULL };
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    AssayArray *array = assay_array_new(ASSAY_F64, 2, shape, axes, G_MAXSIZE, &error);

    if (row != NULL)
        memcpy(array->data, row, ASSAY_NOTES_COLUMNS * sizeof *row);
    assay_sample_take_field(sample, "notes", array,
                            assay_json_parse(meta, strlen(meta), "meta", &error));
    g_assert_no_error(error);
    return sample;
}

static void
assert_bad_meta(const char *meta, const char *key)
{
    g_autoptr(AssaySample) sample = foreign(meta, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi = assay_notes_to_midi(sample, &error);

    g_assert_null(midi);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_META);
    if (error != NULL && strstr(error->message, key) == NULL)
        g_test_fail_printf("%s: %s", meta, error->message);
}

#define REST "\"tempos\":[],\"meters\":[],\"keys\":[]}"

static void
test_bad_meta(void)
{
    assert_bad_meta("{}", "division");
    assert_bad_meta("{\"division\":0," REST, "division");
    assert_bad_meta("{\"division\":32768," REST, "division");
    assert_bad_meta("{\"division\":\"96\"," REST, "division");
    assert_bad_meta("{\"division\":96.5," REST, "division");
    assert_bad_meta("{\"division\":96,\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"keys\":[]}", "meters");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[]}", "keys");
    assert_bad_meta("{\"division\":96,\"tempos\":[[0,0]],\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[0,16777216]],\"meters\":[],\"keys\":[]}",
                    "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[-1,1]],\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[5,1],[5,2]],\"meters\":[],\"keys\":[]}",
                    "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[2147483648,1]],\"meters\":[],\"keys\":[]}",
                    "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[0,1.5]],\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[[0]],\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[7],\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":{},\"meters\":[],\"keys\":[]}", "tempos");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[[0,0,4]],\"keys\":[]}", "meters");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[[0,4,3]],\"keys\":[]}", "meters");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[[0,4,256]],\"keys\":[]}", "meters");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[[0,\"minor\",4]],\"keys\":[]}",
                    "meters");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[],\"keys\":[[0,8,\"major\"]]}",
                    "keys");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[],\"keys\":[[0,1,\"dorian\"]]}",
                    "keys");
    assert_bad_meta("{\"division\":96,\"tempos\":[],\"meters\":[],\"keys\":[[0,1,1]]}", "keys");
}

static void
test_bad_rows(void)
{
    static const double good[] = { 0.5, 1, 60, 64, 1, 0, 0, 0 };
    static const struct {
        size_t column;
        double value;
    } bad[] = {
        { 0, -0.1 },       { 0, 1e300 },       { 0, (double)NAN }, { 0, HUGE_VAL },    { 1, -1e-9 },
        { 1, 22369621.5 }, { 1, (double)NAN }, { 2, -1 },          { 2, 128 },         { 2, 60.5 },
        { 3, 0 },          { 3, 128 },         { 4, 0 },           { 4, 17 },          { 5, 128 },
        { 6, 65536 },      { 6, -1 },          { 7, 1e9 },         { 7, (double)NAN },
    };
    g_autoptr(GError) error = NULL;

    {
        g_autoptr(AssaySample) sample = foreign("{\"division\":96," REST, good);
        g_autoptr(AssayMidi) midi = assay_notes_to_midi(sample, &error);

        g_assert_no_error(error);
        g_assert_cmpint(midi->notes[0].on_tick, ==, 48);
        g_assert_cmpint(midi->last_tick, ==, 144);
        g_assert_cmpuint(midi->n_tracks, ==, 1);
    }
    {
        /* Each in its range, and together beyond the last tick. */
        const double late[] = { 22369620, 100, 60, 64, 1, 0, 0, 0 };
        g_autoptr(AssaySample) sample = foreign("{\"division\":96," REST, late);

        g_assert_null(assay_notes_to_midi(sample, &error));
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
        g_clear_error(&error);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        double row[ASSAY_NOTES_COLUMNS];
        g_autoptr(AssaySample) sample = NULL;
        g_autoptr(AssayMidi) midi = NULL;

        memcpy(row, good, sizeof row);
        row[bad[i].column] = bad[i].value;
        sample = foreign("{\"division\":96," REST, row);
        midi = assay_notes_to_midi(sample, &error);
        if (midi != NULL)
            g_test_fail_printf("column %" G_GSIZE_FORMAT " may be %g", bad[i].column, bad[i].value);
        g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
        g_assert_nonnull(strstr(error->message, "x: field \"notes\": note 0: "));
        g_clear_error(&error);
    }
}

static void
test_bad_field(void)
{
    g_autoptr(AssaySample) none = assay_sample_new("x");
    g_autoptr(AssaySample) type =
        stream_file_sample("x", "notes", stream_file_count("note,column", 1, 8));
    g_autoptr(AssaySample) width = NULL;
    g_autoptr(GError) error = NULL;
    static const char *const axes[] = { "note", "column", NULL };
    const size_t shape[] = { 1, 7 };
    AssayJson *meta = assay_json_object();

    g_assert_null(assay_notes_to_midi(none, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_clear_error(&error);
    g_assert_null(assay_notes_to_midi(type, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD);
    g_clear_error(&error);
    width = assay_sample_new("x");
    assay_json_set_integer(meta, "division", 96);
    assay_sample_take_field(width, "notes",
                            assay_array_new(ASSAY_F64, 2, shape, axes, G_MAXSIZE, &error), meta);
    g_assert_null(assay_notes_to_midi(width, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_META);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/notes/random", test_random);
    g_test_add_func("/notes/divisions", test_divisions);
    g_test_add_func("/notes/shared", test_shared);
    g_test_add_func("/notes/table", test_table);
    g_test_add_func("/notes/bad-meta", test_bad_meta);
    g_test_add_func("/notes/bad-rows", test_bad_rows);
    g_test_add_func("/notes/bad-field", test_bad_field);
    return g_test_run();
}
