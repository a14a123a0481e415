/* media/sound-chunks.c - the way through the chunks of a file to its samples.
 *
 * Each kind of file is a header and then chunks of an identifier, a size, and so many bytes.
 *
 * WAV: Microsoft, Multimedia Programming Interface and Data Specifications 1.0. RF64: EBU Tech
 * 3306. AIFF: Apple, Audio Interchange File Format 1.3. CAF: Apple, Core Audio Format
 * Specification 1.0. W64: Sony Sound Forge. AU: Sun, audio(5).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sound-chunks-private.h"

#include <string.h>

/* More chunks than that before the samples, and nobody looks further. */
enum { MAX_CHUNKS = 10000 };

/* What programs write that cannot go back to put in the size: all ones, or the largest that a
 * signed number holds, less a page. */
static const guint64 unstated = G_MAXUINT32, nearly_unstated = 0x7ffff000;

/**
 * Kind:
 * @magic, @form: the first bytes, and those from @form_at on
 * @start: where the first chunk begins
 * @id_size, @size_size: bytes of the identifier and of the size that follows it
 * @overhead: how many bytes of a chunk's head its size counts
 * @align: chunks begin at multiples of this
 * @id: of the chunk of samples
 * @skip: bytes of that chunk before the samples
 */
typedef struct {
    const char *magic, *form;
    size_t form_at, start, id_size, size_size, overhead, align;
    gboolean is_big_endian;
    const char *id;
} Kind;

static const Kind kinds[] = {
    { "RIFF", "WAVE", 8, 12, 4, 4, 0, 2, FALSE, "data" },
    { "RF64", "WAVE", 8, 12, 4, 4, 0, 2, FALSE, "data" },
    { "RIFX", "WAVE", 8, 12, 4, 4, 0, 2, TRUE, "data" },
    { "FORM", "AIF", 8, 12, 4, 4, 0, 2, TRUE, "SSND" },
    { "caff", "", 0, 8, 4, 8, 0, 1, TRUE, "data" },
    { "riff\x2e\x91\xcf\x11", "wave", 24, 40, 16, 8, 24, 8, FALSE, "data" },
};

static guint64
number(const guint8 *bytes, size_t size, gboolean is_big_endian)
{
    guint64 value = 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | bytes[is_big_endian ? i : size - 1 - i];
    return value;
}

static void
settle(AssaySoundChunk *chunk, guint64 declared, guint64 there, gboolean is_unstated)
{
    chunk->is_found = TRUE;
    chunk->is_unstated = is_unstated && declared > there;
    chunk->there = MIN(declared, there);
    chunk->declared = chunk->is_unstated ? there : declared;
}

static gboolean
walk(AssayContent *content, const Kind *kind, guint64 file_size, AssaySoundChunk *chunk,
     GError **error)
{
    size_t head = kind->id_size + kind->size_size, got;
    guint64 at = kind->start, wide_size = 0;

    for (size_t n = 0; n < MAX_CHUNKS && at < file_size; n++) {
        guint8 bytes[24], more[16];
        guint64 size, body = at + head;

        if (!assay_content_read(content, at, bytes, head, &got, error))
            return FALSE;
        if (got < head)
            return TRUE;
        size = number(bytes + kind->id_size, kind->size_size, kind->is_big_endian);
        if (memcmp(bytes, kind->id, 4) == 0) {
            gboolean is_unstated =
                kind->size_size == 8
                    ? size == G_MAXUINT64
                    : size == unstated || (size >= nearly_unstated && size <= G_MAXINT32);

            if (kind->size_size == 4 && size == unstated && wide_size > 0) {
                size = wide_size;
                is_unstated = FALSE;
            }
            settle(chunk, size - MIN(size, kind->overhead), file_size - MIN(body, file_size),
                   is_unstated);
            return TRUE;
        }
        if (memcmp(bytes, "ds64", 4) == 0) { /* of RF64: the size of all, then that of the data */
            if (!assay_content_read(content, body, more, sizeof more, &got, error))
                return FALSE;
            wide_size = got == sizeof more ? number(more + 8, 8, FALSE) : 0;
        }
        size = MAX(size, kind->overhead) - kind->overhead;
        if (size > file_size) /* nor can there be anything behind it */
            return TRUE;
        at = body + size;
        at += (kind->align - at % kind->align) % kind->align;
    }
    return TRUE;
}

gboolean
assay_sound_chunk_find(AssayContent *content, AssaySoundChunk *chunk, GError **error)
{
    guint8 head[40] = { 0 };
    guint64 file_size;
    size_t got;

    *chunk = (AssaySoundChunk){ 0 };
    if (!assay_content_size(content, &file_size, error) ||
        !assay_content_read(content, 0, head, sizeof head, &got, error))
        return FALSE;
    if (got >= 12 && memcmp(head, ".snd", 4) == 0) {
        guint64 start = number(head + 4, 4, TRUE), size = number(head + 8, 4, TRUE);

        settle(chunk, size, file_size - MIN(start, file_size), size == unstated);
        return TRUE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const Kind *kind = &kinds[i];

        if (memcmp(head, kind->magic, strlen(kind->magic)) == 0 &&
            memcmp(head + kind->form_at, kind->form, strlen(kind->form)) == 0)
            return walk(content, kind, file_size, chunk, error);
    }
    return TRUE;
}
