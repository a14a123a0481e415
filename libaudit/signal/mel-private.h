/* signal/mel-private.h - what the parts of mel share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/floats.h"
#include "listen.h"
#include "mel.h"
#include "resample.h"

/* (transfer full): the options that shape the result, as texts that assay_mel_config_set() reads.
 */
AssayJson *assay_mel_config_options(const AssayMelConfig *self);

/* Checks options against each other; with what may go wrong at any rate. */
gboolean assay_mel_config_check(const AssayMelConfig *self, GError **error);

const char *assay_mel_scale_name(AssayMelScale scale);

/* Whether a signal is held until its end, to be trimmed and levelled. */
static inline gboolean
assay_mel_levels(const AssayMelConfig *self)
{
    return self->trim_db > 0 || self->level_db > 0;
}

/* Trims and scales a whole signal in place; what is left begins at @samples and has @n. */
void assay_mel_level(const AssayMelConfig *config, float **samples, size_t *n);

/* What is written to ln, for people: "ln(1 + 1000 M)". (transfer full) */
char *assay_mel_config_unit(const AssayMelConfig *self);

/**
 * AssayMelAnalyser:
 *
 * From signals to rows of mel, and audio and spectra if they are wanted.
 */
typedef struct AssayMelAnalyser AssayMelAnalyser;

AssayMelAnalyser *assay_mel_analyser_new(const AssayMelConfig *config);
void assay_mel_analyser_free(AssayMelAnalyser *self);

/* The rows so far. */
typedef struct {
    AssayFloats mel, audio, stft;
    size_t n_bins, n_empty, hop; /* hop: in samples */
    guint rate_hz;               /* of the samples */
    double fmax_hz;
} AssayMelResult;

AssayMelResult *assay_mel_analyser_result(AssayMelAnalyser *self);

/* How an analyser hears a signal. */
extern const AssayListener assay_mel_listener;
