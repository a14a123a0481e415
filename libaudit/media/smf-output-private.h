/* media/smf-output-private.h - the bytes of a Standard MIDI File, event by event.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/error.h"

G_BEGIN_DECLS

/**
 * AssaySmfOutput:
 * @bytes: what is written so far
 * @track: where in @bytes the track began that is being written
 * @tick: of the last event of that track
 */
typedef struct {
    GByteArray *bytes;
    guint track;
    gint64 tick;
} AssaySmfOutput;

/**
 * AssaySmfMessage:
 * @n: bytes in use
 * @bytes: an event without its delta time
 */
typedef struct {
    guint8 n;
    guint8 bytes[9];
} AssaySmfMessage;

/* @status 0x80 .. 0xef; @data2 is left out where the status has one data byte. */
AssaySmfMessage assay_smf_message_channel(guint8 status, guint8 data1, guint8 data2);
AssaySmfMessage assay_smf_message_tempo(guint32 us_per_quarter);
AssaySmfMessage assay_smf_message_meter(guint8 numerator, guint8 denominator);
AssaySmfMessage assay_smf_message_key(gint8 sharps, guint8 is_minor);
AssaySmfMessage assay_smf_message_length(void); /* ASSAY_SMF_LENGTH_MARK */

/* The header chunk; first of all. @format 0 or 1, @n_tracks up to 0xffff, @division up to 0x7fff.
 */
void assay_smf_output_header(AssaySmfOutput *self, guint format, guint n_tracks, guint division);

void assay_smf_output_track_begin(AssaySmfOutput *self);

/* @tick counts from the start of the track and never falls. A delta time holds 28 bits: a longer
 * one is divided by empty text events. */
void assay_smf_output_event(AssaySmfOutput *self, gint64 tick, const guint8 *bytes, gsize n);

/* A text (@type 1 .. 7; 3 is a track name) of at most 127 bytes. */
void assay_smf_output_text(AssaySmfOutput *self, gint64 tick, guint8 type, const char *text);

/* End-Of-Track, and the length of the chunk. */
void assay_smf_output_track_end(AssaySmfOutput *self, gint64 tick);

G_END_DECLS
