/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kind.h"

#include <string.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "../media/picture.h"
#include "../media/sound.h"
#include "../stream/idx.h"
#include "../stream/npy.h"
#include "../stream/npz.h"
#include "../stream/other-kinds.h"
#include "../stream/stream.h"

static const AssayMedium *
sniff_picture(const guint8 *data, size_t size)
{
    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        if (assay_image_media[i]->sniff(data, size))
            return assay_image_media[i];
    }
    return NULL;
}

const AssayMedium *
assay_kind_picture(const guint8 *data, size_t size, const char *name)
{
    const AssayMedium *sniffed = sniff_picture(data, size);

    if (sniffed != NULL)
        return sniffed;
    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        if (assay_has_suffix(name, assay_image_media[i]->suffixes))
            return assay_image_media[i];
    }
    return NULL;
}

/* Of music, pictures and sound; what is known for something else is not taken for what it is
 * called. */
static AssayKind
sniff_medium(const guint8 *data, size_t size, const char *name)
{
    if (assay_midi_medium.sniff(data, size))
        return ASSAY_KIND_MIDI;
    if (sniff_picture(data, size) != NULL)
        return ASSAY_KIND_PICTURE;
    if (assay_sound_medium.sniff(data, size))
        return ASSAY_KIND_SOUND;
    if (assay_other_kind(data, size) != NULL)
        return ASSAY_KIND_UNKNOWN;
    if (assay_has_suffix(name, assay_midi_medium.suffixes))
        return ASSAY_KIND_MIDI;
    if (assay_kind_picture(data, size, name) != NULL)
        return ASSAY_KIND_PICTURE;
    return assay_has_suffix(name, assay_sound_medium.suffixes) ? ASSAY_KIND_SOUND
                                                               : ASSAY_KIND_UNKNOWN;
}

AssayKind
assay_kind_sniff(const guint8 *data, size_t size, const char *name)
{
    AssayKind medium;
    gboolean is_gzip;
    size_t at = 0;

    size = MIN(size, ASSAY_KIND_SNIFFED);
    if (size == 0)
        return ASSAY_KIND_EMPTY;
    if (assay_idx_sniff(data, size, &is_gzip))
        return ASSAY_KIND_IDX;
    if (assay_stream_sniff(data, size))
        return ASSAY_KIND_STREAM;
    if (assay_npy_sniff(data, size))
        return ASSAY_KIND_NPY;
    if (assay_npz_sniff(data, size))
        return ASSAY_KIND_NPZ;
    medium = sniff_medium(data, size, name);
    if (medium != ASSAY_KIND_UNKNOWN || assay_other_kind(data, size) != NULL ||
        !assay_text_sniff(data, size))
        return medium;
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size && strchr(" \t\r\n", data[at]) != NULL)
        at++;
    if (at < size && (data[at] == '{' || data[at] == '['))
        return ASSAY_KIND_JSON;
    return assay_table_sniff(data, size) ? ASSAY_KIND_TABLE : ASSAY_KIND_UNKNOWN;
}

const char *const *
assay_kind_suffixes(void)
{
    static const char *const suffixes[] = {
        ".tar",          ".mid",       ".midi",         ".kar",  ".rmi",    ".smf",  ".npy",
        ".npz",          ".tsv",       ".json",         ".png",  ".jpg",    ".jpeg", ".jpe",
        ".jfif",         ".pnm",       ".pbm",          ".pgm",  ".ppm",    ".pam",  "idx3-ubyte",
        "idx3-ubyte.gz", "idx4-ubyte", "idx4-ubyte.gz", ".idx",  ".idx.gz", ".wav",  ".wave",
        ".flac",         ".ogg",       ".oga",          ".opus", ".mp3",    ".aif",  ".aiff",
        ".aifc",         ".au",        ".snd",          ".caf",  ".w64",    ".rf64", NULL,
    };

    return suffixes;
}

gboolean
assay_kind_refuse(const guint8 *data, size_t size, const char *name, GError **error)
{
    const char *other = assay_other_kind(data, size);

    if (size == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "%s: is empty%s", name,
                    strcmp(name, "standard input") == 0
                        ? ": the program before it in the pipe may have failed"
                        : "");
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: is no sample stream, MIDI file, picture, sound file, .npy, .npz or IDX "
                "array, JSON document or TSV table%s%s",
                name, other != NULL ? " but " : "", other != NULL ? other : "");
    return FALSE;
}
