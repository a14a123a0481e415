/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "smf-wrapper-private.h"

#include <string.h>

#define MACBINARY_SIZE 128

static gboolean
begins_with(const guint8 *data, gsize size, const char *magic)
{
    const gsize length = strlen(magic);

    return size >= length && memcmp(data, magic, length) == 0;
}

static gboolean
is_rmid(const guint8 *data, gsize size)
{
    return size >= 12 && begins_with(data, 4, "RIFF") && begins_with(data + 8, 4, "RMID");
}

static gboolean
is_macbinary(const guint8 *data, gsize size)
{
    return size >= MACBINARY_SIZE + 4 && data[0] == 0 &&
           begins_with(data + MACBINARY_SIZE, 4, "MThd");
}

static guint32
read_u32_little(const guint8 *p)
{
    return (guint32)p[3] << 24 | (guint32)p[2] << 16 | (guint32)p[1] << 8 | p[0];
}

static gboolean
find_data_chunk(const guint8 *data, gsize size, gsize *begin, gsize *end, GError **error)
{
    gsize at = 12;

    while (size - at >= 8) {
        const guint32 length = read_u32_little(data + at + 4);

        if (length > size - at - 8) {
            g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                        "byte %zu: RIFF chunk of %u bytes goes beyond the end of the file, at "
                        "byte %zu",
                        at, length, size);
            return FALSE;
        }
        *begin = at + 8;
        *end = *begin + length;
        if (begins_with(data + at, 4, "data"))
            return TRUE;
        /* Chunks begin at even offsets. */
        at = *end + ((length & 1) != 0 && *end < size ? 1 : 0);
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "byte %zu: RIFF file of type RMID without a \"data\" chunk", at);
    return FALSE;
}

/* What a file that is not MIDI looks like, or NULL. */
static const char *
guess_kind(const guint8 *data, gsize size)
{
    /* clang-format off */
    static const struct {
        const char *magic;
        const char *kind;
    } kinds[] = {
        { "RIFF", "a RIFF file of another type than RMID" },
        { "MTrk", "a track without its header" },
        { "<", "HTML or XML" },
        { "**kern", "**kern" },
        { "!!!", "**kern" },
        { "PK\x03\x04", "a zip archive" },
        { "\x1f\x8b", "gzip" },
        { "\x93NUMPY", "a NumPy array" },
        { "\x89PNG", "a PNG picture" },
        { "\xff\xd8\xff", "a JPEG picture" },
        { "%PDF", "PDF" },
        { "ID3", "MP3 audio" },
        { "fLaC", "FLAC audio" },
        { "OggS", "Ogg audio" },
    };
    /* clang-format on */
    gsize i;

    for (i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (begins_with(data, size, kinds[i].magic))
            return kinds[i].kind;
    }
    for (i = 0; i < MIN(size, 64); i++) {
        if (!g_ascii_isprint((char)data[i]) && !g_ascii_isspace((char)data[i]))
            return NULL;
    }
    return "text";
}

gboolean
assay_smf_unwrap(const void *data, gsize size, gsize *begin, gsize *end, AssaySmfFacts *facts,
                 GError **error)
{
    const guint8 *bytes = data;
    const char *kind;

    *begin = 0;
    *end = size;
    if (size == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "the file is empty");
        return FALSE;
    }
    if (is_rmid(bytes, size)) {
        facts->riff_wrapper = 1;
        if (!find_data_chunk(bytes, size, begin, end, error))
            return FALSE;
    } else if (is_macbinary(bytes, size)) {
        facts->macbinary_header = 1;
        *begin = MACBINARY_SIZE;
    }
    if (memcmp(bytes + *begin, "MThd", MIN(*end - *begin, 4)) == 0)
        return TRUE;
    kind = guess_kind(bytes + *begin, *end - *begin);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "byte %zu: not a MIDI file: \"MThd\" is missing%s%s", *begin,
                kind != NULL ? "; it looks like " : "", kind != NULL ? kind : "");
    return FALSE;
}

gboolean
assay_smf_sniff(const void *data, gsize size)
{
    g_return_val_if_fail(data != NULL || size == 0, FALSE);

    return (size > 0 && begins_with(data, size, "MThd")) || is_rmid(data, size) ||
           is_macbinary(data, size);
}
