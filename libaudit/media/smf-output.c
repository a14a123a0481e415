/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "smf-output-private.h"

#include <string.h>

#include "smf.h"

#define DELTA_MAX 0x0fffffff
#define CHUNK_HEADER 8

AssaySmfMessage
assay_smf_message_channel(guint8 status, guint8 data1, guint8 data2)
{
    const guint8 n = (status & 0xe0) == 0xc0 ? 2 : 3;

    return (AssaySmfMessage){ n, { status, data1, data2 } };
}

AssaySmfMessage
assay_smf_message_tempo(guint32 us_per_quarter)
{
    return (AssaySmfMessage){ 6,
                              { 0xff, 0x51, 3, (guint8)(us_per_quarter >> 16),
                                (guint8)(us_per_quarter >> 8), (guint8)us_per_quarter } };
}

AssaySmfMessage
assay_smf_message_meter(guint8 numerator, guint8 denominator)
{
    const guint8 exponent = (guint8)(g_bit_storage(denominator) - 1);

    /* A click each quarter note, and quarter notes of eight 32nds: what a reader expects. */
    return (AssaySmfMessage){ 7, { 0xff, 0x58, 4, numerator, exponent, 24, 8 } };
}

AssaySmfMessage
assay_smf_message_key(gint8 sharps, guint8 is_minor)
{
    return (AssaySmfMessage){ 5, { 0xff, 0x59, 2, (guint8)sharps, is_minor } };
}

AssaySmfMessage
assay_smf_message_length(void)
{
    const guint8 n = (guint8)strlen(ASSAY_SMF_LENGTH_MARK);
    AssaySmfMessage message = { (guint8)(n + 3), { 0xff, 0x7f, n } };

    memcpy(message.bytes + 3, ASSAY_SMF_LENGTH_MARK, n);
    return message;
}

static void
put(AssaySmfOutput *self, const void *bytes, gsize n)
{
    g_byte_array_append(self->bytes, bytes, (guint)n);
}

void
assay_smf_output_header(AssaySmfOutput *self, guint format, guint n_tracks, guint division)
{
    const guint16 fields[] = { GUINT16_TO_BE((guint16)format), GUINT16_TO_BE((guint16)n_tracks),
                               GUINT16_TO_BE((guint16)division) };

    put(self, "MThd\0\0\0\6", CHUNK_HEADER);
    put(self, fields, sizeof fields);
}

void
assay_smf_output_track_begin(AssaySmfOutput *self)
{
    self->track = self->bytes->len;
    self->tick = 0;
    put(self, "MTrk\0\0\0", CHUNK_HEADER);
}

static void
put_delta(AssaySmfOutput *self, guint32 delta)
{
    guint8 bytes[4];
    guint i = sizeof bytes;

    bytes[--i] = delta & 0x7f;
    while ((delta >>= 7) != 0)
        bytes[--i] = (guint8)((delta & 0x7f) | 0x80);
    put(self, bytes + i, sizeof bytes - i);
}

void
assay_smf_output_event(AssaySmfOutput *self, gint64 tick, const guint8 *bytes, gsize n)
{
    static const guint8 empty_text[] = { 0xff, 0x01, 0 };

    g_return_if_fail(tick >= self->tick);

    for (; tick - self->tick > DELTA_MAX; self->tick += DELTA_MAX) {
        put_delta(self, DELTA_MAX);
        put(self, empty_text, sizeof empty_text);
    }
    put_delta(self, (guint32)(tick - self->tick));
    put(self, bytes, n);
    self->tick = tick;
}

void
assay_smf_output_text(AssaySmfOutput *self, gint64 tick, guint8 type, const char *text)
{
    const gsize length = strlen(text);
    const guint8 head[] = { 0xff, type, (guint8)length };

    g_return_if_fail(length < 128);

    assay_smf_output_event(self, tick, head, sizeof head);
    put(self, text, length);
}

void
assay_smf_output_track_end(AssaySmfOutput *self, gint64 tick)
{
    static const guint8 end[] = { 0xff, 0x2f, 0 };
    guint32 length;

    assay_smf_output_event(self, tick, end, sizeof end);
    length = GUINT32_TO_BE(self->bytes->len - self->track - CHUNK_HEADER);
    memcpy(self->bytes->data + self->track + 4, &length, sizeof length);
}
