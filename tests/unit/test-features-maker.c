/* tests/unit/test-features-maker.c - which fields are made of a sample, so that it has features.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/features-maker.h>
#include <assay/media/notes.h>
#include <assay/media/sound-write.h>
#include <string.h>

#include "any-field.h"
#include "midi-file.h"

enum { RATE = 16000, FRAMES = 4096 };

static AssaySample *
with_field(const char *field, const char *axes, const size_t *shape)
{
    AssaySample *sample = assay_sample_new("x");

    any_field_add(sample, field, ASSAY_U8, axes, shape, NULL);
    return sample;
}

static AssaySample *
with_notes(void)
{
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayMidi) midi =
        midi_file_parse(midi_file_simple("00 903c50 60 803c00"), ASSAY_MIDI_OWN, &error);

    g_assert_no_error(error);
    if (!assay_notes_from_midi(sample, midi, &error))
        g_assert_no_error(error);
    return sample;
}

/* Noise, or the beginning of it. */
static float
frame_of(size_t i)
{
    return (float)((double)(i * 7919 % 1009) / 2018 - 0.25);
}

/* A file of sound that is still to be decoded. */
static AssaySample *
with_file(void)
{
    const AssaySoundFormat format = { .rate_hz = RATE, .n_channels = 1, .bits = 16 };
    AssaySample *sample = assay_sample_new("x");
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = NULL;
    float frames[FRAMES];

    for (size_t i = 0; i < FRAMES; i++)
        frames[i] = frame_of(i);
    file = assay_sound_write(&format, frames, FRAMES, NULL, &error);
    g_assert_no_error(error);
    assay_sample_set_source(sample, "x.wav", "sound", "");
    assay_sample_take_content(sample, assay_content_from_bytes("x.wav", file));
    return sample;
}

/* Takes a sample, and adds sound to it. */
static AssaySample *
add_audio(AssaySample *sample)
{
    AssayArray *array = any_field_add(sample, "audio", ASSAY_F32, "frame",
                                      (const size_t[]){ FRAMES }, "{\"rate_hz\":16000}");

    for (size_t i = 0; i < FRAMES; i++)
        any_field_put(array, i, (double)frame_of(i));
    return sample;
}

/* The fields that a sample has afterwards, in their order; @options as "features=comb field=x".
 * Takes it. */
static char *
fields_after(AssaySample *taken, const char *options)
{
    g_autoptr(AssaySample) sample = taken;
    AssayFeaturesConfig config = ASSAY_FEATURES_CONFIG_DEFAULT;
    g_auto(GStrv) words = g_strsplit(options, " ", -1);
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayStage) stage = NULL;
    g_autofree const char **fields = NULL;
    gpointer state;

    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) pair = g_strsplit(*word, "=", 2);

        if (!assay_features_config_set(&config, pair[0], pair[1], &error))
            g_assert_no_error(error);
    }
    stage = assay_features_maker(&config);
    state = stage->state_new(stage);
    if (!stage->apply(stage, state, sample, &error))
        g_assert_no_error(error);
    stage->state_free(state);
    assay_features_config_clear(&config);
    fields = assay_sample_fields(sample);
    return g_strjoinv(" ", (char **)fields);
}

static void
assert_fields(AssaySample *sample, const char *options, const char *expected)
{
    g_autofree char *found = fields_after(sample, options);

    g_assert_cmpstr(found, ==, expected);
}

static void
test_made(void)
{
    const size_t plane[] = { 4, 4 };

    assert_fields(with_field("array", "row,column", plane), "", "pixels");
    assert_fields(with_notes(), "", "notes roll");
    assert_fields(with_field("pixels", "row,column", plane), "", "pixels");
    assert_fields(with_field("other", "row,column", plane), "", "other");
    assert_fields(with_field("other", "row,column", plane), "field=other", "other");
}

/* What features can be made of already is all that is needed. */
static void
test_left(void)
{
    const size_t plane[] = { 4, 4 };
    AssaySample *both = with_field("pixels", "row,column", plane), *music = with_notes();

    any_field_add(both, "array", ASSAY_U8, "row,column", plane, NULL);
    assert_fields(both, "", "pixels array");
    any_field_add(music, "roll", ASSAY_U8, "time,pitch", (const size_t[]){ 2, 128 }, NULL);
    assert_fields(music, "", "notes roll");
}

/* A file of sound is heard for combs, and seen as a spectrogram, as is asked. */
static void
test_file(void)
{
    assert_fields(with_file(), "", "log_spectrum mel");
    assert_fields(with_file(), "features=comb", "log_spectrum");
    assert_fields(with_file(), "features=comb,moments", "log_spectrum mel");
    assert_fields(with_file(), "features=moments", "mel");
    assert_fields(with_file(), "field=mel", "mel");
}

/* Audio is heard where it is no music that was rendered; or where combs are asked for. */
static void
test_audio(void)
{
    assert_fields(add_audio(assay_sample_new("x")), "", "audio log_spectrum");
    assert_fields(add_audio(assay_sample_new("x")), "features=comb", "audio log_spectrum");
    assert_fields(add_audio(assay_sample_new("x")), "features=moments", "audio");
    assert_fields(add_audio(with_notes()), "", "notes audio roll");
    assert_fields(add_audio(with_notes()), "features=comb", "notes audio log_spectrum");
    assert_fields(add_audio(with_field("roll", "time,pitch", (const size_t[]){ 2, 128 })), "",
                  "roll audio");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/features-maker/made", test_made);
    g_test_add_func("/features-maker/left", test_left);
    g_test_add_func("/features-maker/file", test_file);
    g_test_add_func("/features-maker/audio", test_audio);
    return g_test_run();
}
