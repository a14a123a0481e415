/* signal/mel.h - log-mel spectrograms of sound files, and of samples with audio.
 *
 * Stands on: media/sound.h, signal/resample.h, signal/stft.h, signal/mel-bank.h.
 * Field "mel", [time, mel] or [item, time, mel], float32: ln(1 + C M) by default, M the bands of
 * |X|^2. Metadata: "rate_hz" (steps a second), "hop" (samples a step), "sample_rate_hz" (of the
 * sound that it was made of), "fmin_hz", "fmax_hz", "scale", "norm", "unit"; "empty_bands" where
 * there are any; "window_frames", "hop_frames" and "cut" where it was cut.
 *
 * A sound file is decoded, mixed, resampled and framed block by block; what grows with its length
 * is the result alone. NaN and infinite samples are refused.
 *
 * The defaults are those of the TequilaGAN paper (Valle, Cai, Doshi, 2018): 64 Slaney bands of
 * equal area, window 1024, hop 160, at 16 kHz, then log(1 + 1000 M).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/settings.h"
#include "../stream/stage.h"
#include "mel-bank.h"
#include "stft.h"

G_BEGIN_DECLS

/**
 * AssayMelLog:
 * @ASSAY_MEL_LOG1P: ln(1 + C M)
 * @ASSAY_MEL_LN: ln(max(floor, M))
 * @ASSAY_MEL_DB: 10 log10(max(floor, M)), 20 of magnitudes
 * @ASSAY_MEL_LINEAR: M
 */
typedef enum {
    ASSAY_MEL_LOG1P,
    ASSAY_MEL_LN,
    ASSAY_MEL_DB,
    ASSAY_MEL_LINEAR,
} AssayMelLog;

/**
 * AssayMelConfig:
 * @rate_hz: to which sound is resampled; 0: its own
 * @input_rate_hz: of audio whose metadata do not say; 0: it is refused
 * @channel: which is taken, from 1 on; 0: the mean of all
 * @window, @hop: of a frame
 * @fft: samples of a transform; 0: the window's; @is_fft_power_of_two: the next power of two
 * @fmax_hz: 0: half the rate
 * @gain_constant: C
 * @floor: of ln and dB, at least FLT_MIN
 * @top_db: how far below the largest value of a sample dB go, 0: as far as they do
 * @window_frames, @hop_frames: patches of so many steps, each an item; 0: the whole in one
 * @trim_db: leading and trailing samples that are further below the peak of a signal are left out;
 * 0: none
 * @level_db: the signal that is left is scaled to a root mean square so far below full scale; 0: it
 *     stays as it is. With either a signal is held in memory, at most @max_bytes of it
 * @keeps_audio: whether "audio", the sound that the spectrogram was made of, is added
 * @keeps_stft: whether "stft", [time, bin], is added: the spectra before the bands
 * @keeps_truncated: whether a file that breaks off is taken as far as it goes
 * @max_bytes: a limit for each field
 *
 * The other members are as in AssayStftConfig and AssayMelBankConfig.
 */
typedef struct {
    guint32 rate_hz, input_rate_hz, channel;
    guint32 n_mels, fft;
    AssayLength window, hop;
    gboolean is_fft_power_of_two;
    AssayWindowShape shape;
    gboolean is_centred, removes_mean, is_magnitude;
    double preemphasis, full_scale, trim_db, level_db;
    double fmin_hz, fmax_hz;
    AssayMelScale scale;
    gboolean is_area, is_straight_in_mel;
    AssayMelLog log;
    double gain_constant, floor, top_db;
    guint32 window_frames, hop_frames;
    gboolean keeps_audio, keeps_stft, keeps_truncated;
    size_t max_bytes;
} AssayMelConfig;

#define ASSAY_MEL_CONFIG_DEFAULT                                                                   \
    {                                                                                              \
        .rate_hz = 16000, .n_mels = 64, .window = { 1024, 0 }, .hop = { 160, 0 },                  \
        .is_centred = TRUE, .full_scale = 1, .is_area = TRUE, .gain_constant = 1000,               \
        .floor = 1e-10, .max_bytes = ASSAY_MAX_SAMPLE                                              \
    }

/**
 * assay_mel_config_set:
 * @key: a long option of assay-mel
 * @value: as typed
 *
 * "compat" sets many others at once, so it comes first.
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE that says what is allowed.
 */
ASSAY_API gboolean assay_mel_config_set(AssayMelConfig *self, const char *key, const char *value,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_mel_stage:
 *
 * Returns: (transfer full): the stage "assay-mel": adds "mel" to a sample that is a sound file or
 *     has "audio", [frame] or [frame, channel] or [item, frame], float32, with metadata "rate_hz".
 *     %NULL with %ASSAY_ERROR_USAGE for options that go together ill.
 */
ASSAY_API AssayStage *assay_mel_stage(const AssayMelConfig *config,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
