/* show/show.c - what a file is, and who shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "show.h"

#include <string.h>

#include "../base/error.h"
#include "../media/notes.h"
#include "../stream/npy.h"
#include "views-private.h"

enum { SNIFFED = 4096, MIN_WIDTH = 40 };

/* Text, as far as it can be seen: valid UTF-8 but for a character that is cut off, and no controls
 * that a table or a document has not. */
static gboolean
is_text(const guint8 *data, size_t size)
{
    const char *end;

    for (size_t i = 0; i < size; i++) {
        if (data[i] < 0x20 && data[i] != '\t' && data[i] != '\n' && data[i] != '\r')
            return FALSE;
    }
    return g_utf8_validate((const char *)data, (gssize)size, &end) ||
           (size == SNIFFED && (size_t)((const guint8 *)end - data) + 4 > size);
}

/* A table's first line has a tab; that of a table of one column has no blank either. */
static gboolean
is_table(const guint8 *data, size_t size)
{
    const guint8 *end = memchr(data, '\n', size);
    size_t line = end == NULL ? size : (size_t)(end - data);

    return memchr(data, '\t', line) != NULL || memchr(data, ' ', line) == NULL;
}

AssayKind
assay_kind_sniff(const guint8 *data, size_t size, const char *name)
{
    size_t at = 0;

    size = MIN(size, SNIFFED);
    if (size == 0)
        return ASSAY_KIND_EMPTY;
    if (assay_stream_sniff(data, size))
        return ASSAY_KIND_STREAM;
    if (assay_npy_sniff(data, size))
        return ASSAY_KIND_NPY;
    if (assay_midi_medium.sniff(data, size) || assay_has_suffix(name, assay_midi_medium.suffixes))
        return ASSAY_KIND_MIDI;
    if (!is_text(data, size))
        return ASSAY_KIND_UNKNOWN;
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size && strchr(" \t\r\n", data[at]) != NULL)
        at++;
    if (at < size && (data[at] == '{' || data[at] == '['))
        return ASSAY_KIND_JSON;
    return is_table(data, size) ? ASSAY_KIND_TABLE : ASSAY_KIND_UNKNOWN;
}

const char *const *
assay_kind_suffixes(void)
{
    static const char *const suffixes[] = { ".tar", ".mid", ".midi", ".kar",  ".rmi",
                                            ".smf", ".npy", ".tsv",  ".json", NULL };

    return suffixes;
}

AssayShow *
assay_show_new(AssayOutput *output, const AssayShowConfig *config)
{
    AssayShow *self = g_new0(AssayShow, 1);

    self->config = *config;
    self->config.width =
        config->width == 0 ? ASSAY_PAGE_WIDTH : CLAMP(config->width, MIN_WIDTH, ASSAY_PAGE_WIDTH);
    self->page = (AssayPage){ output, &self->config };
    return self;
}

void
assay_show_free(AssayShow *self)
{
    if (self == NULL)
        return;
    assay_rows_free(self->midi_rows);
    assay_fact_sums_free(self->midi_sums);
    g_free(self);
}

void
assay_show_on_fault(AssayShow *self, AssayShowFault fault, gpointer user)
{
    self->fault = fault;
    self->fault_user = user;
}

guint64
assay_show_left_out(const AssayShow *self)
{
    return self->left_out;
}

gboolean
assay_show_has_broken(const AssayShow *self)
{
    return self->has_broken;
}

gboolean
assay_kind_refuse(AssayKind kind, const guint8 *data, size_t size, const char *name, GError **error)
{
    const char *advice = "is no sample stream, MIDI file, .npy array, JSON document or TSV table";

    if (kind == ASSAY_KIND_EMPTY) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED, "%s: is empty%s", name,
                    strcmp(name, "standard input") == 0
                        ? ": the program before it in the pipe may have failed"
                        : "");
        return FALSE;
    }
    if (size >= 4 && memcmp(data, "PK\3\4", 4) == 0)
        advice = "is a zip archive; if its suffix is .npz, unzip(1) takes .npy arrays out of it";
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: %s", name, advice);
    return FALSE;
}

gboolean
assay_show_input(AssayShow *self, AssayInput *input, const char *name, gboolean is_brief,
                 GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_autofree char *own_name = g_strdup(name != NULL ? name : assay_input_name(input));
    const guint8 *data;
    size_t size = SNIFFED;
    AssayKind kind;

    name = own_name;
    if (!assay_input_peek(own, &data, &size, error))
        return FALSE;
    kind = assay_kind_sniff(data, size, assay_input_name(own));
    if (kind == ASSAY_KIND_UNKNOWN || kind == ASSAY_KIND_EMPTY)
        return assay_kind_refuse(kind, data, size, name, error);
    is_brief = is_brief && kind == ASSAY_KIND_MIDI && !self->config.is_long;
    if (!is_brief)
        assay_show_midi_end(self);
    if (!is_brief || self->midi_rows == NULL) {
        if (self->has_shown)
            assay_page_printf(&self->page, "\n");
        self->has_shown = TRUE;
    }
    g_steal_pointer(&own);
    switch (kind) {
    case ASSAY_KIND_STREAM:
        if (assay_show_stream(self, input, name, error))
            return TRUE;
        self->has_broken = TRUE;
        return FALSE;
    case ASSAY_KIND_NPY:
        return assay_show_npy(self, input, name, error);
    case ASSAY_KIND_MIDI:
        return assay_show_midi(self, input, name, is_brief, error);
    case ASSAY_KIND_JSON:
        return assay_show_json(self, input, name, error);
    default:
        return assay_show_table(self, input, name, error);
    }
}

gboolean
assay_show_finish(AssayShow *self, GError **error)
{
    assay_show_midi_end(self);
    return assay_page_flush(&self->page, error);
}
