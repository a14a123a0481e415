/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "smf.h"

#include <string.h>

#include "smf-wrapper-private.h"

#define TICK_MAX G_GINT64_CONSTANT(0x7fffffff)

typedef struct {
    const guint8 *data;
    gsize end; /* of the MIDI file proper: a wrapper may go on behind it */
    guint32 track;
    const AssaySmfHandler *handler;
    gpointer user;
    AssaySmfFacts *facts;
    GError **error;
} Walk;

/* Where a track's reading stands. */
typedef struct {
    gsize at;
    gsize end; /* of the chunk */
    gint64 tick;
    guint8 status;           /* last channel status, 0 before the first */
    gboolean is_interrupted; /* a meta or SysEx event came since */
    gboolean has_ended;
} Cursor;

static void
count(guint32 *fact, gsize n)
{
    *fact = n < G_MAXUINT32 - *fact ? *fact + (guint32)n : G_MAXUINT32;
}

static guint32
read_u16(const guint8 *p)
{
    return (guint32)p[0] << 8 | p[1];
}

static guint32
read_u32(const guint8 *p)
{
    return read_u16(p) << 16 | read_u16(p + 2);
}

/* Always FALSE, so that a fault can be reported and left in one statement. */
G_GNUC_PRINTF(4, 5)
static gboolean
fail(Walk *w, AssayErrorCode code, gsize at, const char *format, ...)
{
    g_autofree char *what = NULL;
    va_list args;

    va_start(args, format);
    what = g_strdup_vprintf(format, args);
    va_end(args);

    if (w->track == 0)
        g_set_error(w->error, ASSAY_ERROR, (int)code, "byte %zu: %s", at, what);
    else
        g_set_error(w->error, ASSAY_ERROR, (int)code, "byte %zu, track %u: %s", at, w->track, what);
    return FALSE;
}

static gboolean
fail_inside_event(Walk *w, const Cursor *c, gsize at)
{
    return fail(w, ASSAY_ERROR_FORMAT, at, "event goes beyond the end of its track, at byte %zu",
                c->end);
}

static gboolean
read_quantity(Walk *w, Cursor *c, const char *what, guint32 *value)
{
    const gsize start = c->at;

    *value = 0;
    while (c->at < c->end) {
        const guint8 byte = w->data[c->at++];

        *value = *value << 7 | (byte & 0x7f);
        if (byte < 0x80)
            return TRUE;
        if (c->at - start == 4)
            return fail(w, ASSAY_ERROR_FORMAT, start, "%s is longer than 4 bytes", what);
    }
    return fail_inside_event(w, c, start);
}

/* The bytes that a length announces: from @from, @length of them, inside the track. */
static gboolean
read_block(Walk *w, Cursor *c, const char *what, gsize *from, guint32 *length)
{
    const gsize start = c->at;

    if (!read_quantity(w, c, what, length))
        return FALSE;
    if (*length > c->end - c->at)
        return fail(w, ASSAY_ERROR_FORMAT, start,
                    "%s of %u goes beyond the end of the track, at byte %zu", what, *length,
                    c->end);
    *from = c->at;
    c->at += *length;
    return TRUE;
}

static void
take_tempo(Walk *w, gint64 tick, const guint8 *bytes, gsize length)
{
    const guint32 us = length == 3 ? (guint32)bytes[0] << 16 | read_u16(bytes + 1) : 0;

    if (us == 0)
        count(&w->facts->bad_tempos, 1);
    else if (w->handler->tempo != NULL)
        w->handler->tempo(tick, us, w->user);
}

static void
take_meter(Walk *w, gint64 tick, const guint8 *bytes, gsize length)
{
    if (length != 4 || bytes[0] == 0 || bytes[1] > 7)
        count(&w->facts->bad_meters, 1);
    else if (w->handler->meter != NULL)
        w->handler->meter(tick, bytes[0], (guint8)(1u << bytes[1]), w->user);
}

static void
take_key(Walk *w, gint64 tick, const guint8 *bytes, gsize length)
{
    const int sharps = length == 2 ? (bytes[0] ^ 0x80) - 0x80 : G_MAXINT;

    if (sharps < -7 || sharps > 7 || bytes[1] > 1)
        count(&w->facts->bad_keys, 1);
    else if (w->handler->key != NULL)
        w->handler->key(tick, (gint8)sharps, bytes[1], w->user);
}

static void
take_own(Walk *w, gint64 tick, const guint8 *bytes, gsize length)
{
    if (w->handler->length != NULL && length == strlen(ASSAY_SMF_LENGTH_MARK) &&
        memcmp(bytes, ASSAY_SMF_LENGTH_MARK, length) == 0)
        w->handler->length(tick, w->user);
}

static gboolean
walk_meta(Walk *w, Cursor *c)
{
    guint8 type;
    gsize from;
    guint32 length;

    if (c->at == c->end)
        return fail_inside_event(w, c, c->at - 1);
    type = w->data[c->at++];
    if (type >= 0x80)
        return fail(w, ASSAY_ERROR_FORMAT, c->at - 1, "meta event of type 0x%02x, above 0x7f",
                    type);
    if (!read_block(w, c, "length of a meta event", &from, &length))
        return FALSE;

    if (length >= 128)
        count(&w->facts->long_metas, 1);
    switch (type) {
    case 0x01:
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x07:
        if (w->handler->text != NULL)
            w->handler->text(c->tick, type, w->data + from, length, w->user);
        break;
    case 0x51:
        take_tempo(w, c->tick, w->data + from, length);
        break;
    case 0x58:
        take_meter(w, c->tick, w->data + from, length);
        break;
    case 0x59:
        take_key(w, c->tick, w->data + from, length);
        break;
    case 0x7f:
        take_own(w, c->tick, w->data + from, length);
        break;
    case 0x2f: /* End-Of-Track */
        c->has_ended = TRUE;
        break;
    }
    c->is_interrupted = TRUE;
    return TRUE;
}

static gboolean
walk_channel(Walk *w, Cursor *c)
{
    const guint8 *p = w->data + c->at;
    const gsize n = (c->status & 0xe0) == 0xc0 ? 1 : 2;
    guint8 second;

    if (c->end - c->at < n)
        return fail_inside_event(w, c, c->at);
    second = n == 2 ? p[1] : 0;
    if ((p[0] | second) & 0x80)
        return fail(w, ASSAY_ERROR_FORMAT, c->at + (p[0] < 0x80),
                    "data byte 0x%02x of status 0x%02x, above 0x7f", p[0] < 0x80 ? second : p[0],
                    c->status);
    c->at += n;
    if (w->handler->channel != NULL)
        w->handler->channel(c->tick, c->status, p[0], second, w->user);
    return TRUE;
}

static gboolean
walk_event(Walk *w, Cursor *c)
{
    guint32 delta = w->data[c->at], length;
    gsize from;
    guint8 status;

    if (delta < 0x80)
        c->at++;
    else if (!read_quantity(w, c, "delta time", &delta))
        return FALSE;
    c->tick += delta;
    if (c->tick > TICK_MAX)
        return fail(w, ASSAY_ERROR_FORMAT, c->at, "delta times add up to more than 2^31 - 1 ticks");
    if (c->at == c->end)
        return fail_inside_event(w, c, c->at - 1);

    status = w->data[c->at];
    if (status < 0x80 && c->status == 0)
        return fail(w, ASSAY_ERROR_FORMAT, c->at, "data byte 0x%02x before the first status byte",
                    status);
    if (status < 0x80) {
        count(&w->facts->running_after_meta, c->is_interrupted ? 1 : 0);
        c->is_interrupted = FALSE;
        return walk_channel(w, c);
    }
    c->at++;
    if (status < 0xf0) {
        c->status = status;
        c->is_interrupted = FALSE;
        return walk_channel(w, c);
    }
    if (status == 0xff)
        return walk_meta(w, c);
    if (status == 0xf0 || status == 0xf7) {
        count(status == 0xf0 ? &w->facts->sysex : &w->facts->escapes, 1);
        c->is_interrupted = TRUE;
        return read_block(w, c, "length of a SysEx event", &from, &length);
    }
    return fail(w, ASSAY_ERROR_FORMAT, c->at - 1, "status byte 0x%02x has no place in a file",
                status);
}

/* Four printable letters and a length: what every chunk has, and garbage seldom. */
static gboolean
is_chunk_header(const Walk *w, gsize at)
{
    gsize i;

    for (i = 0; i < 4; i++) {
        if (w->end - at < 8 || !g_ascii_isprint((char)w->data[at + i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean
is_whole_chunk(const Walk *w, gsize at)
{
    return is_chunk_header(w, at) && read_u32(w->data + at + 4) <= w->end - at - 8;
}

static gboolean
walk_track(Walk *w, Cursor *c)
{
    w->track = ++w->facts->tracks;
    if (w->handler->track_begin != NULL)
        w->handler->track_begin(w->track - 1, w->user);
    while (c->at < c->end && !c->has_ended) {
        if (!walk_event(w, c))
            return FALSE;
    }
    if (!c->has_ended) {
        if (c->end != w->end && !is_whole_chunk(w, c->end))
            return fail(
                w, ASSAY_ERROR_FORMAT, c->end,
                "the track ends here without End-Of-Track, but what follows is not a chunk; "
                "its length is probably too small");
        count(&w->facts->missing_ends, 1);
    }
    count(&w->facts->bytes_after_end, c->end - c->at);
    if (w->handler->track_end != NULL)
        w->handler->track_end(c->tick, w->user);
    w->track = 0;
    return TRUE;
}

/* The chunk at @at, which has a whole header; moves @at behind it. */
static gboolean
walk_chunk(Walk *w, gsize *at, gboolean *has_end)
{
    const guint8 *header = w->data + *at;
    const guint32 length = read_u32(header + 4);
    Cursor c = { .at = *at + 8 };

    if (length > w->end - c.at)
        return fail(w, ASSAY_ERROR_TRUNCATED, *at,
                    "chunk \"%.4s\" of %u bytes goes beyond the end of the file, at byte %zu",
                    (const char *)header, length, w->end);
    c.end = c.at + length;
    if (memcmp(header, "MThd", 4) == 0)
        return fail(w, ASSAY_ERROR_FORMAT, *at, "a second MIDI file begins here; split them");
    if (memcmp(header, "MTrk", 4) != 0) {
        count(&w->facts->alien_chunks, 1);
    } else {
        if (!walk_track(w, &c))
            return FALSE;
        *has_end = c.has_ended;
    }
    *at = c.end;
    return TRUE;
}

static gboolean
walk_tracks(Walk *w, gsize at)
{
    AssaySmfFacts *facts = w->facts;
    gboolean has_end = FALSE;

    while (facts->tracks < facts->declared_tracks) {
        if (w->end - at < 8)
            return fail(w, ASSAY_ERROR_TRUNCATED, at,
                        "the file ends after %u of the %u tracks that its header announces",
                        facts->tracks, facts->declared_tracks);
        if (!is_chunk_header(w, at))
            return fail(w, ASSAY_ERROR_FORMAT, at,
                        "0x%08x where track %u of %u should begin with \"MTrk\"",
                        read_u32(w->data + at), facts->tracks + 1, facts->declared_tracks);
        if (!walk_chunk(w, &at, &has_end))
            return FALSE;
    }
    /* A piece of a track is a loss and worth an error; anything else is padding. */
    while (is_whole_chunk(w, at) ||
           (is_chunk_header(w, at) && memcmp(w->data + at, "MTrk", 4) == 0)) {
        if (!walk_chunk(w, &at, &has_end))
            return FALSE;
    }
    if (facts->tracks == 0)
        return fail(w, ASSAY_ERROR_FORMAT, at, "the file has no tracks");
    if (at < w->end && !has_end)
        return fail(w, ASSAY_ERROR_FORMAT, at,
                    "no chunk here, and the last track has no End-Of-Track");
    count(&facts->trailing_bytes, w->end - at);
    count(&facts->undeclared_tracks, facts->tracks - facts->declared_tracks);
    if (facts->format == 0)
        facts->format0_tracks = facts->tracks - 1;
    return TRUE;
}

static gboolean
walk_header(Walk *w, gsize at)
{
    const guint8 *p = w->data + at;
    AssaySmfFacts *facts = w->facts;
    guint32 length;

    if (w->end - at < 14)
        return fail(w, ASSAY_ERROR_TRUNCATED, w->end,
                    "the file ends inside its header, after %zu of 14 bytes", w->end - at);
    length = read_u32(p + 4);
    if (length < 6)
        return fail(w, ASSAY_ERROR_FORMAT, at + 4, "header of %u bytes, shorter than 6", length);
    if (length > w->end - at - 8)
        return fail(w, ASSAY_ERROR_TRUNCATED, at + 4,
                    "header of %u bytes goes beyond the end of the file, at byte %zu", length,
                    w->end);
    facts->long_header = length - 6;
    facts->format = read_u16(p + 8);
    facts->declared_tracks = read_u16(p + 10);
    facts->division = read_u16(p + 12);
    if (facts->format == 2)
        return fail(w, ASSAY_ERROR_FORMAT, at + 8,
                    "format 2 (independent patterns) has no common time; save each pattern as a "
                    "file of format 0 or 1");
    if (facts->format > 2)
        return fail(w, ASSAY_ERROR_FORMAT, at + 8, "format %u is unknown", facts->format);
    if (facts->division >= 0x8000)
        return fail(w, ASSAY_ERROR_FORMAT, at + 12,
                    "division 0x%04x counts time in SMPTE frames, not in quarter notes; save the "
                    "file with ticks to a quarter note",
                    facts->division);
    if (facts->division == 0)
        return fail(w, ASSAY_ERROR_FORMAT, at + 12,
                    "division of 0 ticks to a quarter note, by which nothing has a time");
    return walk_tracks(w, at + 8 + length);
}

gboolean
assay_smf_walk(const void *data, gsize size, const AssaySmfHandler *handler, gpointer user,
               AssaySmfFacts *facts, GError **error)
{
    static const AssaySmfHandler nobody = { 0 };
    Walk w = { .data = data, .user = user, .facts = facts, .error = error };
    gsize begin;

    g_return_val_if_fail((data != NULL || size == 0) && facts != NULL, FALSE);

    w.handler = handler != NULL ? handler : &nobody;
    memset(facts, 0, sizeof *facts);
    return assay_smf_unwrap(data, size, &begin, &w.end, facts, error) && walk_header(&w, begin);
}
