/* fuzz-sound - any bytes as a sound file, through its blocks to the end, both ways with what breaks
 * off; and through a spectrogram.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/feature/chroma.h>
#include <assay/media/sound.h>
#include <assay/signal/mel.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How much sound is enough: a few bytes can stand for hours of it. */
enum { MAX_FRAMES = 1 << 18 };

static void
read_all(GBytes *bytes, gboolean keeps_truncated)
{
    g_autoptr(AssayContent) content = assay_content_from_bytes("fuzz", bytes);
    g_autoptr(AssaySound) sound = assay_sound_open(content, keeps_truncated, NULL);
    g_autoptr(AssayJson) source = assay_json_object();
    const float *frames;
    size_t n = 0, total = 0;

    if (sound == NULL)
        return;
    while (assay_sound_read(sound, &frames, &n, NULL) && n > 0 && total < MAX_FRAMES)
        total += n;
    assay_sound_put_facts(assay_sound_facts(sound), source);
}

/* What a stage refuses it leaves without its field. */
static void
apply(const AssayStage *stage, GBytes *bytes)
{
    g_autoptr(AssaySample) sample = assay_sample_new("fuzz");
    gpointer state = stage->state_new(stage);

    assay_sample_set_source(sample, "fuzz", "sound file", "");
    assay_sample_take_content(sample, assay_content_from_bytes("fuzz", bytes));
    if (!stage->apply(stage, state, sample, NULL))
        g_assert_false(assay_sample_has(sample, stage->field));
    stage->state_free(state);
}

static void
make_mel(GBytes *bytes)
{
    AssayMelConfig config = ASSAY_MEL_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;

    config.max_bytes = 1 << 20;
    config.window = (AssayLength){ 64, 0 };
    config.rate_hz = 0;
    stage = assay_mel_stage(&config, NULL);
    apply(stage, bytes);
}

static void
make_chroma(GBytes *bytes)
{
    AssayChromaConfig config = ASSAY_CHROMA_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = NULL;

    config.origin = ASSAY_CHROMA_AUDIO;
    config.max_bytes = 1 << 16;
    config.window = (AssayLength){ 64, 0 };
    config.pitches = (AssaySpan){ 40, 60 };
    config.rate_hz = 0;
    stage = assay_chroma_stage_of(&config);
    apply(stage, bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);

    read_all(bytes, FALSE);
    read_all(bytes, TRUE);
    make_mel(bytes);
    make_chroma(bytes);
    return 0;
}
