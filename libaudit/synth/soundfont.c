/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soundfont.h"

#include <string.h>

#include "../base/error.h"
#include "../base/input.h"
#include "../base/text.h"

/* "RIFF", the size of what follows, "sfbk". */
enum { HEAD = 12 };

/* The most that a 32-bit size can say. */
#define MAX_BYTES ((size_t)G_MAXUINT32 + 8)

static guint64
size_in(const guint8 *head)
{
    return 8 + ((guint64)head[4] | (guint64)head[5] << 8 | (guint64)head[6] << 16 |
                (guint64)head[7] << 24);
}

static gboolean
read_file(AssaySoundfont *self, AssayInput *input, GError **error)
{
    const guint8 *head;
    size_t n = HEAD;
    guint64 size, said;

    assay_input_digest(input);
    if (!assay_input_peek(input, &head, &n, error))
        return FALSE;
    if (n < HEAD || memcmp(head, "RIFF", 4) != 0 || memcmp(head + 8, "sfbk", 4) != 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: is not a SoundFont: name an .sf2 or .sf3 file", assay_input_name(input));
        return FALSE;
    }
    said = size_in(head);
    self->bytes = assay_input_read_all(input, MAX_BYTES, error);
    if (self->bytes == NULL || (self->sha256 = assay_input_finish(input, &size, error)) == NULL)
        return FALSE;
    if (size < said) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: the SoundFont breaks off after %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                    " bytes: get it anew",
                    assay_input_name(input), size, said);
        return FALSE;
    }
    return TRUE;
}

AssaySoundfont *
assay_soundfont_open(const char *path, GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open(path, error);
    g_autoptr(AssaySoundfont) self = g_new0(AssaySoundfont, 1);
    g_autofree char *base = g_path_get_basename(path);

    if (input == NULL)
        return NULL;
    self->name = assay_text_escape_name(base);
    return read_file(self, input, error) ? g_steal_pointer(&self) : NULL;
}

void
assay_soundfont_free(AssaySoundfont *self)
{
    if (self == NULL)
        return;
    g_free(self->name);
    g_free(self->sha256);
    if (self->bytes != NULL)
        g_bytes_unref(self->bytes);
    g_free(self);
}
