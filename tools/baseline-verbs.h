/* tools/baseline-verbs.h - the kinds of assay-baseline; argv[0] is the kind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli-midi.h"

int baseline_bernoulli(int argc, char **argv);
int baseline_exponential(int argc, char **argv);
int baseline_shuffle(int argc, char **argv);
int baseline_upconv(int argc, char **argv);
int baseline_walk(int argc, char **argv);

/* Where the samples of any kind go. */
typedef struct {
    AssayWriter *writer;
    AssayJson *stage; /* of the head, which is written with the first sample */
    /* or */
    CliFiles *midi;
    AssayStage *notes; /* what makes them of rolls and chroma */
    guint64 n_files;
} BaselineOutput;

/* --midi, of every kind. */
#define BASELINE_MIDI_OPTION(midi)                                                                 \
    {                                                                                              \
        "midi", 0, 0, G_OPTION_ARG_NONE, midi, "write MIDI files: -o DIR, or one to -o FILE.mid",  \
            NULL                                                                                   \
    }

/* A stream, or MIDI files; @field is that of --field, NULL where it was not given. Leaves with
 * CLI_USAGE or CLI_FAILED where the output cannot be written, or @field is no music. */
void baseline_open(BaselineOutput *self, gboolean midi, const char *field);

/* What the samples are made by: (transfer full). To be told before the first is put. */
void baseline_describe(BaselineOutput *self, AssayJson *options);

/* Each finished sample of every kind passes here; @output is a BaselineOutput. What came from a
 * stream and cannot be written as MIDI is left out. */
gboolean baseline_put(gpointer output, AssaySample *sample, GError **error);

/* What was read and has no such field is left out after all; takes @fault, which is propagated if
 * it is another. */
gboolean baseline_leave_out(BaselineOutput *self, const AssaySample *sample, GError *fault,
                            GError **error);

/* %FALSE as well where no MIDI file came out. */
gboolean baseline_close(BaselineOutput *self, GError **error);
void baseline_clear(BaselineOutput *self);
