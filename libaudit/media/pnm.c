/* media/pnm.c - PBM, PGM, PPM and PAM files as pictures.
 *
 * Values stay as they are, "full_scale" is the file's maximum; bits become 0 (black) and 255.
 * Source: the pages pbm(5), pgm(5), ppm(5) and pam(5) of netpbm.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "picture-private.h"

enum { MAX_NUMBER = 1 << 30, MAX_VALUE = 65535, MAX_HEADER_LINE = 200 };

typedef struct {
    const guint8 *data;
    size_t size, at;
    char kind; /* '1' .. '7' */
    size_t width, height, n_channels;
    guint max;
} Pnm;

static gboolean
is_blank(guint8 byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* "P5", a blank, and a number or a comment: tables may begin with P5 too. */
static gboolean
sniff(const void *data, size_t size)
{
    const guint8 *bytes = data;
    size_t at = 2;

    if (size < 4 || bytes[0] != 'P' || bytes[1] < '1' || bytes[1] > '7' || !is_blank(bytes[2]))
        return FALSE;
    while (at < size && is_blank(bytes[at]))
        at++;
    if (at < size && bytes[1] == '7')
        return g_ascii_isupper(bytes[at]) || bytes[at] == '#';
    return at < size && (g_ascii_isdigit(bytes[at]) || bytes[at] == '#');
}

static gboolean
cut_off(const Pnm *self, const char *where, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                "the PNM is cut off: its %" G_GSIZE_FORMAT " bytes end within %s", self->size,
                where);
    return FALSE;
}

static void
skip_blanks(Pnm *self)
{
    while (self->at < self->size) {
        if (self->data[self->at] == '#') {
            while (self->at < self->size && self->data[self->at] != '\n')
                self->at++;
        } else if (is_blank(self->data[self->at])) {
            self->at++;
        } else {
            return;
        }
    }
}

static gboolean
read_number(Pnm *self, const char *where, guint *number, GError **error)
{
    guint64 n = 0;
    size_t start;

    skip_blanks(self);
    start = self->at;
    while (self->at < self->size && g_ascii_isdigit(self->data[self->at]) && n <= MAX_NUMBER)
        n = n * 10 + (guint64)(self->data[self->at++] - '0');
    if (self->at == self->size && start == self->at)
        return cut_off(self, where, error);
    if (start == self->at || n > MAX_NUMBER) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "byte %" G_GSIZE_FORMAT ": no number from 0 to %d, in %s", start, MAX_NUMBER,
                    where);
        return FALSE;
    }
    *number = (guint)n;
    return TRUE;
}

/* A line of a PAM's header: "WIDTH 16". */
static gboolean
read_pam_line(Pnm *self, gboolean *is_end, GError **error)
{
    const guint8 *line, *end;
    g_autofree char *text = NULL;
    guint number = 0;
    size_t start;

    skip_blanks(self);
    start = self->at;
    line = self->data + self->at;
    end = memchr(line, '\n', MIN(self->size - self->at, MAX_HEADER_LINE));
    if (end == NULL)
        return cut_off(self, "the header", error);
    text = g_strndup((const char *)line, (size_t)(end - line));
    g_strchomp(text);
    self->at += (size_t)(end - line) + 1;
    *is_end = strcmp(text, "ENDHDR") == 0;
    if (*is_end || g_str_has_prefix(text, "TUPLTYPE"))
        return TRUE;
    self->at = start + strcspn(text, " \t");
    if (!read_number(self, "the header", &number, error))
        return FALSE;
    if (g_str_has_prefix(text, "WIDTH ")) {
        self->width = number;
    } else if (g_str_has_prefix(text, "HEIGHT ")) {
        self->height = number;
    } else if (g_str_has_prefix(text, "DEPTH ")) {
        self->n_channels = number;
    } else if (g_str_has_prefix(text, "MAXVAL ")) {
        self->max = number;
    } else {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "byte %" G_GSIZE_FORMAT ": no line of a PAM's header begins so", start);
        return FALSE;
    }
    return TRUE;
}

static gboolean
read_pam(Pnm *self, GError **error)
{
    gboolean is_end = FALSE;

    while (!is_end) {
        if (!read_pam_line(self, &is_end, error))
            return FALSE;
    }
    if (self->n_channels >= 1 && self->n_channels <= 4)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "is a PAM of depth %" G_GSIZE_FORMAT "; pictures have 1 to 4 channels",
                self->n_channels);
    return FALSE;
}

static gboolean
read_header(Pnm *self, GError **error)
{
    guint width, height;

    self->kind = (char)self->data[1];
    self->at = 2;
    self->max = 1;
    self->n_channels = self->kind == '3' || self->kind == '6' ? 3 : 1;
    if (self->kind == '7') {
        if (!read_pam(self, error))
            return FALSE;
    } else {
        if (!read_number(self, "the header", &width, error) ||
            !read_number(self, "the header", &height, error))
            return FALSE;
        self->width = width;
        self->height = height;
        if (self->kind != '1' && self->kind != '4' &&
            !read_number(self, "the header", &self->max, error))
            return FALSE;
        if (self->kind >= '4')
            self->at++; /* one blank, and then bytes */
    }
    if (self->max >= 1 && self->max <= MAX_VALUE)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "its largest value is said to be %u; in PNM it is 1 to %d", self->max, MAX_VALUE);
    return FALSE;
}

/* Whether its bytes can hold all values: of texts, a digit each, and a blank where there may be
 * more than one digit. */
static gboolean
is_held(const Pnm *self, size_t *n_values)
{
    size_t left = self->size - MIN(self->at, self->size), row = self->width * self->n_channels;
    size_t bytes;

    if (self->width == 0 || self->height == 0)
        return FALSE;
    if (self->kind == '4')
        row = (row + 7) / 8;
    else if (self->kind >= '5' && self->max > 255)
        row *= 2;
    if (!g_size_checked_mul(&bytes, row, self->height))
        return FALSE;
    *n_values = self->width * self->n_channels * self->height;
    if (self->kind == '2' || self->kind == '3')
        return bytes <= left / 2 + 1;
    return bytes <= left;
}

static gboolean
check_value(const Pnm *self, size_t at, guint value, GError **error)
{
    if (value <= self->max)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "byte %" G_GSIZE_FORMAT ": value %u, where %u is said to be the largest", at, value,
                self->max);
    return FALSE;
}

static void
put_value(AssayArray *pixels, size_t index, guint value)
{
    if (pixels->type == ASSAY_U16)
        ((guint16 *)pixels->data)[index] = (guint16)value;
    else
        ((guint8 *)pixels->data)[index] = (guint8)value;
}

static gboolean
read_text(Pnm *self, AssayArray *pixels, size_t n, GError **error)
{
    for (size_t i = 0; i < n; i++) {
        guint value;

        if (self->kind == '1') { /* bits need no blank between them */
            skip_blanks(self);
            if (self->at == self->size)
                return cut_off(self, "the picture", error);
            value = self->data[self->at++] - (guint)'0';
            if (value > 1) {
                g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                            "byte %" G_GSIZE_FORMAT ": neither 0 nor 1", self->at - 1);
                return FALSE;
            }
            value = value == 0 ? 255 : 0;
        } else if (!read_number(self, "the picture", &value, error) ||
                   !check_value(self, self->at, value, error)) {
            return FALSE;
        }
        put_value(pixels, i, value);
    }
    return TRUE;
}

static void
read_bits(Pnm *self, AssayArray *pixels)
{
    size_t row_bytes = (self->width + 7) / 8;
    guint8 *out = pixels->data;

    for (size_t i = 0; i < self->height; i++, self->at += row_bytes) {
        for (size_t k = 0; k < self->width; k++)
            *out++ = self->data[self->at + k / 8] >> (7 - k % 8) & 1 ? 0 : 255;
    }
}

static gboolean
read_bytes(Pnm *self, AssayArray *pixels, size_t n, GError **error)
{
    gboolean is_wide = self->max > 255;

    for (size_t i = 0; i < n; i++) {
        const guint8 *at = self->data + self->at;
        guint value = is_wide ? (guint)at[0] << 8 | at[1] : at[0];

        if (!check_value(self, self->at, value, error))
            return FALSE;
        put_value(pixels, i, value);
        self->at += is_wide ? 2 : 1;
    }
    return TRUE;
}

static gboolean
read_pixels(Pnm *self, AssayArray *pixels, size_t n, GError **error)
{
    if (self->kind <= '3')
        return read_text(self, pixels, n, error);
    if (self->kind != '4')
        return read_bytes(self, pixels, n, error);
    read_bits(self, pixels);
    return TRUE;
}

/* Files of several pictures are allowed, and of such the first would be taken for all. */
static gboolean
check_end(Pnm *self, GError **error)
{
    size_t at = self->at;

    while (at < self->size && is_blank(self->data[at]))
        at++;
    if (!sniff(self->data + at, self->size - at))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "a second picture begins at byte %" G_GSIZE_FORMAT "; pamsplit(1) makes a file of "
                "each",
                at);
    return FALSE;
}

static AssayJson *
describe(const Pnm *self)
{
    static const char *const colours[] = { "grey", "grey-alpha", "rgb", "rgb-alpha" };
    gboolean is_bits = self->kind == '1' || self->kind == '4';
    guint depth = 1;
    AssayJson *meta;

    while (self->max >> depth != 0)
        depth++;
    meta = assay_picture_meta(is_bits ? 255 : self->max, depth, colours[self->n_channels - 1]);
    if (self->kind > '3' && self->at < self->size)
        assay_json_set_integer(meta, "appended_bytes", (gint64)(self->size - self->at));
    return meta;
}

static gboolean
decode(AssaySample *sample, GBytes *bytes, size_t max_bytes, GError **error)
{
    g_autoptr(AssayArray) pixels = NULL;
    Pnm self = { 0 };
    size_t n = 0;

    self.data = g_bytes_get_data(bytes, &self.size);
    if (!sniff(self.data, self.size))
        return assay_picture_refuse_start("PNM", self.size, error);
    if (!read_header(&self, error))
        return FALSE;
    if (!is_held(&self, &n))
        return assay_picture_refuse_size(self.width, self.height, self.size, error);
    pixels = assay_picture_new(self.max > 255 ? ASSAY_U16 : ASSAY_U8, self.width, self.height,
                               self.n_channels, max_bytes, error);
    if (pixels == NULL || !read_pixels(&self, pixels, n, error) || !check_end(&self, error))
        return FALSE;
    return assay_picture_take(sample, g_steal_pointer(&pixels), describe(&self), 1, error);
}

static const char *const suffixes[] = { ".pnm", ".pbm", ".pgm", ".ppm", ".pam", NULL };

const AssayMedium assay_pnm_medium = { "PNM", suffixes, sniff, decode };
