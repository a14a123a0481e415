/* tests/unit/test-sound.c - sound files: what they declare, what they show, what is refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/media/sound.h>
#include <string.h>

static void
append_number(GByteArray *out, guint32 value, guint size)
{
    for (guint i = 0; i < size; i++) {
        guint8 byte = (guint8)(value >> 8 * i);

        g_byte_array_append(out, &byte, 1);
    }
}

/* A WAV file of 16 bits whose header declares @declared bytes of sound. */
static GBytes *
make_wav(guint n_channels, guint rate_hz, const gint16 *samples, size_t n, guint32 declared)
{
    GByteArray *out = g_byte_array_new();

    g_byte_array_append(out, (const guint8 *)"RIFF", 4);
    append_number(out, 36 + declared, 4);
    g_byte_array_append(out, (const guint8 *)"WAVEfmt ", 8);
    append_number(out, 16, 4);
    append_number(out, 1, 2);
    append_number(out, n_channels, 2);
    append_number(out, rate_hz, 4);
    append_number(out, rate_hz * n_channels * 2, 4);
    append_number(out, n_channels * 2, 2);
    append_number(out, 16, 2);
    g_byte_array_append(out, (const guint8 *)"data", 4);
    append_number(out, declared, 4);
    for (size_t i = 0; i < n; i++)
        append_number(out, (guint16)samples[i], 2);
    return g_byte_array_free_to_bytes(out);
}

/* All frames of a file; its facts are copied out. */
static gboolean
read_all(GBytes *bytes, gboolean keeps_truncated, GArray *values, AssaySoundFacts *facts,
         GError **error)
{
    g_autoptr(AssayContent) content = assay_content_from_bytes("x", bytes);
    g_autoptr(AssaySound) sound = assay_sound_open(content, keeps_truncated, error);
    const float *frames;
    size_t n;

    if (sound == NULL)
        return FALSE;
    do {
        if (!assay_sound_read(sound, &frames, &n, error))
            return FALSE;
        g_array_append_vals(values, frames, (guint)(n * assay_sound_facts(sound)->n_channels));
    } while (n > 0);
    *facts = *assay_sound_facts(sound);
    return TRUE;
}

static void
test_values(void)
{
    const gint16 samples[] = { 0, 0, 16384, -32768, 0, 32767, -1, 0 };
    g_autoptr(GBytes) bytes = make_wav(2, 8000, samples, 8, 16);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GError) error = NULL;
    AssaySoundFacts facts;

    g_assert_true(read_all(bytes, FALSE, values, &facts, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(values->len, ==, 8);
    for (guint i = 0; i < 8; i++)
        g_assert_cmpfloat(g_array_index(values, float, i), ==, samples[i] / 32768.0F);
    g_assert_cmpstr(facts.format, ==, "WAV");
    g_assert_cmpstr(facts.encoding, ==, "PCM");
    g_assert_cmpuint(facts.bits, ==, 16);
    g_assert_cmpuint(facts.rate_hz, ==, 8000);
    g_assert_cmpuint(facts.n_frames, ==, 4);
    g_assert_cmpfloat(facts.peak, ==, 1);
    /* left: 0, 16384, 0, -1; right: 0, -32768, 32767, 0 */
    g_assert_cmpfloat(facts.offset, ==, 16383 / 4.0 / 32768);
    g_assert_cmpuint(facts.silent_lead, ==, 1);
    g_assert_cmpuint(facts.silent_tail, ==, 0);
    g_assert_cmpuint(facts.clipped, ==, 0);
}

/* Runs of full scale and of silence that go over the ends of blocks. */
static void
test_runs(void)
{
    enum { N = 40000 };
    g_autofree gint16 *samples = g_new(gint16, N);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GBytes) bytes = NULL;
    AssaySoundFacts facts;

    for (size_t i = 0; i < N; i++)
        samples[i] = 100;
    memset(samples, 0, 700 * sizeof samples[0]);
    memset(samples + 16000, 0, 1000 * sizeof samples[0]); /* 16384 is within */
    memset(samples + N - 300, 0, 300 * sizeof samples[0]);
    for (size_t i = 32766; i < 32771; i++) /* 32768 is within */
        samples[i] = i % 2 ? 32767 : -32768;
    samples[20000] = samples[20001] = 32767; /* two are no run */
    bytes = make_wav(1, 16000, samples, N, 2 * N);
    g_assert_true(read_all(bytes, FALSE, values, &facts, NULL));
    g_assert_cmpuint(facts.n_frames, ==, N);
    g_assert_cmpuint(facts.silent_lead, ==, 700);
    g_assert_cmpuint(facts.silent_longest, ==, 1000);
    g_assert_cmpuint(facts.silent_tail, ==, 300);
    g_assert_cmpuint(facts.clipped, ==, 5);
}

static void
test_silence(void)
{
    const gint16 samples[1000] = { 0 };
    g_autoptr(GBytes) bytes = make_wav(1, 16000, samples, 1000, 2000);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    AssaySoundFacts facts;

    g_assert_true(read_all(bytes, FALSE, values, &facts, NULL));
    g_assert_cmpuint(facts.silent_lead, ==, 1000);
    g_assert_cmpuint(facts.silent_tail, ==, 1000);
    g_assert_cmpuint(facts.silent_longest, ==, 1000);
    g_assert_cmpfloat(facts.peak, ==, 0);
}

/* What the header declares, and what of it is there. */
static void
test_declared(void)
{
    static const struct {
        guint32 declared;
        gboolean is_taken, is_unstated;
        guint64 missing;
    } cases[] = {
        { 20, TRUE, FALSE, 0 },        { 10, TRUE, FALSE, 0 },
        { 22, FALSE, FALSE, 2 },       { 0x80000000, FALSE, FALSE, 0x80000000 - 20 },
        { 0xffffffff, TRUE, TRUE, 0 }, { 0x7ffff000, TRUE, TRUE, 0 },
    };
    const gint16 samples[10] = { 5 };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bytes = make_wav(1, 8000, samples, 10, cases[i].declared);
        g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
        g_autoptr(GError) error = NULL;
        AssaySoundFacts facts = { 0 };

        g_assert_true(read_all(bytes, FALSE, values, &facts, &error) == cases[i].is_taken);
        if (!cases[i].is_taken)
            g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED);
        g_array_set_size(values, 0);
        g_assert_true(read_all(bytes, TRUE, values, &facts, NULL));
        g_assert_cmpuint(facts.missing_bytes, ==, cases[i].missing);
        g_assert_true(facts.is_unstated == cases[i].is_unstated);
        g_assert_cmpuint(values->len, ==, MIN(cases[i].declared, 20) / 2);
    }
}

static void
test_sniff(void)
{
    static const struct {
        const char *head;
        gboolean is_sound;
    } cases[] = {
        { "RIFF\1\1\1\1WAVE", TRUE },
        { "RIFF\1\1\1\1RMID", FALSE },
        { "FORM\1\1\1\1AIFC", TRUE },
        { "FORM\1\1\1\1ILBM", FALSE },
        { "fLaC", TRUE },
        { "OggS", TRUE },
        { "ID3", TRUE },
        { "\xff\xfb\x90\x44", TRUE },
        { "\xff\xff\xff\xff", FALSE },
        { "\xff\xd8\xff\xe0", FALSE },
        { "MThd", FALSE },
        { "", FALSE },
        { "RIFF", FALSE },
        { ".snd", TRUE },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_true(assay_sound_sniff(cases[i].head, strlen(cases[i].head)) == cases[i].is_sound);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/sound/values", test_values);
    g_test_add_func("/sound/runs", test_runs);
    g_test_add_func("/sound/silence", test_silence);
    g_test_add_func("/sound/declared", test_declared);
    g_test_add_func("/sound/sniff", test_sniff);
    return g_test_run();
}
