/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "other-kinds.h"

#include <string.h>

/* The bytes at @at, and those at 0 that have to come before; letters count in either case. */
static const struct {
    size_t at;
    const char *magic;
    const char *before;
    const char *kind;
} kinds[] = {
    { 0, "\x89PNG", "", "a PNG" },
    { 0, "\xff\xd8\xff", "", "a JPEG" },
    { 0, "GIF8", "", "a GIF" },
    { 8, "WEBP", "RIFF", "a WebP picture" },
    { 0, "II*", "", "a TIFF" },
    { 0, "MThd", "", "a MIDI file" },
    { 8, "WAVE", "RIFF", "a WAV file" },
    { 0, "fLaC", "", "a FLAC file" },
    { 0, "OggS", "", "an Ogg file" },
    { 4, "ftyp", "", "an MP4, AVIF or HEIF file" },
    { 0, "\x1a\x45\xdf\xa3", "", "a Matroska or WebM file" },
    { 0, "%PDF-", "", "a PDF" },
    { 0, "\x89HDF", "", "an HDF5 file" },
    { 0, "\x80\x04\x95", "", "a Python pickle" },
    { 0, "7z\xbc\xaf", "", "a 7z archive" },
    { 0, "Rar!", "", "a RAR archive" },
    { 0, "<!doctype html", "", "a page of the web, as a failed download leaves one" },
    { 0, "<html", "", "a page of the web, as a failed download leaves one" },
    { 0, "<?xml", "", "XML" },
    { 0, "version https://git-lfs", "", "a Git LFS pointer: git lfs pull fetches the file" },
};

static gboolean
is_at(const guint8 *data, size_t size, size_t at, const char *magic)
{
    size_t n = strlen(magic);

    return size >= at + n && g_ascii_strncasecmp((const char *)data + at, magic, n) == 0;
}

const char *
assay_other_kind(const guint8 *data, size_t size)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (is_at(data, size, 0, kinds[i].before) && is_at(data, size, kinds[i].at, kinds[i].magic))
            return kinds[i].kind;
    }
    return NULL;
}
