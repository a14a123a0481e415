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
#include "../stream/stream.h"

const AssayMedium *
assay_kind_picture(const guint8 *data, size_t size, const char *name)
{
    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        if (assay_image_media[i]->sniff(data, size))
            return assay_image_media[i];
    }
    for (size_t i = 0; assay_image_media[i] != NULL; i++) {
        if (assay_has_suffix(name, assay_image_media[i]->suffixes))
            return assay_image_media[i];
    }
    return NULL;
}

AssayKind
assay_kind_sniff(const guint8 *data, size_t size, const char *name)
{
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
    if (assay_midi_medium.sniff(data, size) || assay_has_suffix(name, assay_midi_medium.suffixes))
        return ASSAY_KIND_MIDI;
    if (assay_kind_picture(data, size, name) != NULL)
        return ASSAY_KIND_PICTURE;
    if (assay_sound_medium.sniff(data, size) || assay_has_suffix(name, assay_sound_medium.suffixes))
        return ASSAY_KIND_SOUND;
    if (!assay_text_sniff(data, size))
        return ASSAY_KIND_UNKNOWN;
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
assay_kind_refuse(AssayKind kind, const char *name, GError **error)
{
    if (kind == ASSAY_KIND_EMPTY) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "%s: is empty%s", name,
                    strcmp(name, "standard input") == 0
                        ? ": the program before it in the pipe may have failed"
                        : "");
        return FALSE;
    }
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: is no sample stream, MIDI file, picture, sound file, .npy, .npz or IDX "
                "array, JSON document or TSV table",
                name);
    return FALSE;
}
