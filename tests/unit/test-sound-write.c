/* tests/unit/test-sound-write.c - floats as WAV and FLAC files, down to the bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/sound-write.h>
#include <math.h>
#include <string.h>

#include "corpus.h"

static const float values[] = { 0, 1, -1, 0.5f, 1.5f / 32768, 2.5f / 32768, 2, -3, 1e-9f, -0.5f };

static GBytes *
write_values(guint bits, gboolean is_flac, guint64 *n_clipped)
{
    const AssaySoundFormat format = { 8000, 2, bits, is_flac };
    g_autoptr(GError) error = NULL;
    GBytes *file = assay_sound_write(&format, values, G_N_ELEMENTS(values) / 2, n_clipped, &error);

    g_assert_no_error(error);
    return file;
}

/* What comes last in @file: @size bytes. */
static const guint8 *
end_of(GBytes *file, gsize size)
{
    gsize all;
    const guint8 *data = g_bytes_get_data(file, &all);

    g_assert_cmpuint(all, >=, 44 + size);
    return data + all - size;
}

static void
test_16(void)
{
    static const gint16 expected[] = { 0, 32767, -32768, 16384, 2, 2, 32767, -32768, 0, -16384 };
    guint64 n_clipped;
    g_autoptr(GBytes) file = write_values(16, FALSE, &n_clipped);
    const guint8 *data = end_of(file, 2 * G_N_ELEMENTS(expected));

    g_assert_cmpuint(g_bytes_get_size(file), ==, 44 + 2 * G_N_ELEMENTS(expected));
    g_assert_cmpuint(n_clipped, ==, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_cmpint((gint16)(data[2 * i] | data[2 * i + 1] << 8), ==, expected[i]);
}

static void
test_24(void)
{
    static const gint32 expected[] = { 0,   8388607, -8388608, 4194304, 384,
                                       640, 8388607, -8388608, 0,       -4194304 };
    guint64 n_clipped;
    g_autoptr(GBytes) file = write_values(24, FALSE, &n_clipped);
    const guint8 *data = end_of(file, 3 * G_N_ELEMENTS(expected));

    g_assert_cmpuint(n_clipped, ==, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        guint32 word = (guint32)data[3 * i] << 8 | (guint32)data[3 * i + 1] << 16 |
                       (guint32)data[3 * i + 2] << 24;

        g_assert_cmpint((gint32)word / 256, ==, expected[i]);
    }
}

static void
test_float(void)
{
    guint64 n_clipped;
    g_autoptr(GBytes) file = write_values(32, FALSE, &n_clipped);
    const guint8 *data = end_of(file, sizeof values);

    g_assert_cmpuint(n_clipped, ==, 0);
    g_assert_true(memcmp(data, values, sizeof values) == 0);
}

/* Nothing of the time of day, nor of what was written before. */
static void
test_again(void)
{
    static const guint bits[] = { 16, 24, 32 };

    for (gsize i = 0; i < 2 * G_N_ELEMENTS(bits) - 1; i++) {
        guint b = bits[i % 3];
        gboolean is_flac = i >= 3;
        g_autoptr(GBytes) first = write_values(b, is_flac, NULL);
        g_autoptr(GBytes) second = NULL;

        if (b == 32)
            g_usleep(1100000);
        second = write_values(b, is_flac, NULL);
        g_assert_true(g_bytes_equal(first, second));
        g_assert_true(memcmp(g_bytes_get_data(first, NULL), is_flac ? "fLaC" : "RIFF", 4) == 0);
    }
}

static void
test_empty(void)
{
    const AssaySoundFormat wav = { 44100, 1, 16, FALSE };
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) file = assay_sound_write(&wav, values, 0, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpuint(g_bytes_get_size(file), ==, 44);
}

static void
test_refused(void)
{
    const AssaySoundFormat wav = { 44100, 2, 32, FALSE }, fast = { 1 << 20, 1, 16, TRUE };
    const float bad[] = { 0, 0, 0, (float)NAN }, loud[] = { 0, (float)INFINITY };
    g_autoptr(GError) error = NULL;

    g_assert_null(assay_sound_write(&wav, bad, 2, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "frame 1 is not finite, and no sound");
    g_assert_null(assay_sound_write(&wav, loud, 1, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "frame 0 is not finite");
    g_assert_null(assay_sound_write(&wav, values, 1 << 29, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE,
                   "536870912 frames are more than the 4 GiB that a WAV file holds; write FLAC");
    g_assert_null(assay_sound_write(&fast, values, 1, NULL, &error));
    corpus_refused(&error, ASSAY_ERROR_RANGE, "cannot make a sound file of it: ");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/sound-write/16", test_16);
    g_test_add_func("/sound-write/24", test_24);
    g_test_add_func("/sound-write/float", test_float);
    g_test_add_func("/sound-write/again", test_again);
    g_test_add_func("/sound-write/empty", test_empty);
    g_test_add_func("/sound-write/refused", test_refused);
    return g_test_run();
}
