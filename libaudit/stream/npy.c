/* stream/npy.c - the header is a Python literal; a small reader for just that literal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "npy.h"

#include <string.h>

#include "../base/error.h"

static const char magic[] = "\x93NUMPY";

enum { MAGIC_SIZE = 6, ALIGNMENT = 64 };

gboolean
assay_npy_sniff(const guint8 *data, size_t size)
{
    return size >= MAGIC_SIZE && memcmp(data, magic, MAGIC_SIZE) == 0;
}

/* A cursor over the header's text: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), } */
typedef struct {
    const char *at, *end;
} Cursor;

static gboolean
next_is(Cursor *self, char wanted)
{
    while (self->at < self->end && (*self->at == ' ' || *self->at == '\n' || *self->at == '\t'))
        self->at++;
    if (self->at == self->end || *self->at != wanted)
        return FALSE;
    self->at++;
    return TRUE;
}

static gboolean
read_text(Cursor *self, char *text, size_t size)
{
    char quote = next_is(self, '\'') ? '\'' : '"';
    size_t n = 0;

    if (quote == '"' && !next_is(self, '"'))
        return FALSE;
    while (self->at < self->end && *self->at != quote) {
        if (n + 1 == size || *self->at == '\0')
            return FALSE;
        text[n++] = *self->at++;
    }
    text[n] = '\0';
    return next_is(self, quote);
}

static gboolean
read_word(Cursor *self, const char *word)
{
    size_t n = strlen(word);

    while (self->at < self->end && *self->at == ' ')
        self->at++;
    if ((size_t)(self->end - self->at) < n || memcmp(self->at, word, n) != 0)
        return FALSE;
    self->at += n;
    return TRUE;
}

static gboolean
read_shape(Cursor *self, AssayNpyHeader *header, const char **fault)
{
    if (!next_is(self, '('))
        return FALSE;
    while (!next_is(self, ')')) {
        size_t n = 0;
        const char *start;

        while (self->at < self->end && *self->at == ' ')
            self->at++;
        start = self->at;
        while (self->at < self->end && g_ascii_isdigit(*self->at)) {
            if (!g_size_checked_mul(&n, n, 10) ||
                !g_size_checked_add(&n, n, (size_t)(*self->at - '0')))
                return FALSE;
            self->at++;
        }
        if (self->at == start)
            return FALSE;
        if (header->n_axes == ASSAY_MAX_AXES) {
            *fault = "it has more than 8 axes";
            return FALSE;
        }
        header->shape[header->n_axes++] = n;
        if (self->at < self->end && *self->at == 'L') /* Python 2 wrote (3L, 4L) */
            self->at++;
        if (!next_is(self, ',')) {
            if (!next_is(self, ')'))
                return FALSE;
            break;
        }
    }
    return TRUE;
}

/* Byte order, kind and size: '<f4', '>i2', '|u1', '|b1'. */
static gboolean
read_descr(const char *descr, AssayNpyHeader *header)
{
    static const struct {
        char descr[4];
        AssayType type;
    } known[] = {
        { "u1", ASSAY_U8 },  { "i1", ASSAY_I8 },  { "b1", ASSAY_U8 },  { "u2", ASSAY_U16 },
        { "i2", ASSAY_I16 }, { "u4", ASSAY_U32 }, { "i4", ASSAY_I32 }, { "u8", ASSAY_U64 },
        { "i8", ASSAY_I64 }, { "f2", ASSAY_F32 }, { "f4", ASSAY_F32 }, { "f8", ASSAY_F64 },
    };

    if (descr[0] == '\0' || strchr("<>|=", descr[0]) == NULL)
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(descr + 1, known[i].descr) == 0) {
            header->type = known[i].type;
            header->file_size = (size_t)(descr[2] - '0');
            header->half = descr[1] == 'f' && descr[2] == '2';
            header->truth = descr[1] == 'b';
            header->swapped = descr[0] == '>' && header->file_size > 1;
            return TRUE;
        }
    }
    return FALSE;
}

static const char *
describe_type(const char *descr)
{
    if (strchr(descr, 'O') != NULL)
        return "Python objects";
    if (strchr(descr, 'c') != NULL)
        return "complex numbers";
    if (strchr(descr, 'U') != NULL || strchr(descr, 'S') != NULL)
        return "strings";
    if (strchr(descr, 'V') != NULL)
        return "structured records";
    return "a type that is not read";
}

static gboolean
bad_header(const char *name, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT, "%s: cannot be read as .npy: %s", name,
                what);
    return FALSE;
}

static gboolean
refuse_type(const char *name, const char *what, GError **error)
{
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                "%s: holds %s; save it as numbers, as in numpy.save(f, a.astype(\"float32\"))",
                name, what);
    return FALSE;
}

static gboolean
read_dict(Cursor *text, const char *name, AssayNpyHeader *header, GError **error)
{
    gboolean have_descr = FALSE, have_order = FALSE, have_shape = FALSE;
    const char *fault = "its header is not the usual dictionary";
    char key[32], descr[32];

    if (!next_is(text, '{'))
        return bad_header(name, fault, error);
    while (!next_is(text, '}')) {
        if (!read_text(text, key, sizeof key) || !next_is(text, ':'))
            return bad_header(name, fault, error);
        if (strcmp(key, "descr") == 0 && !have_descr) {
            if (next_is(text, '['))
                return refuse_type(name, "structured records", error);
            if (!read_text(text, descr, sizeof descr))
                return bad_header(name, fault, error);
            if (!read_descr(descr, header))
                return refuse_type(name, describe_type(descr), error);
            have_descr = TRUE;
        } else if (strcmp(key, "fortran_order") == 0 && !have_order) {
            header->fortran = read_word(text, "True");
            if (!header->fortran && !read_word(text, "False"))
                return bad_header(name, fault, error);
            have_order = TRUE;
        } else if (strcmp(key, "shape") == 0 && !have_shape) {
            if (!read_shape(text, header, &fault))
                return bad_header(name, fault, error);
            have_shape = TRUE;
        } else {
            return bad_header(name, fault, error);
        }
        if (!next_is(text, ',')) {
            if (!next_is(text, '}'))
                return bad_header(name, fault, error);
            break;
        }
    }
    while (text->at < text->end && g_ascii_isspace(*text->at))
        text->at++;
    if (text->at < text->end)
        return bad_header(name, fault, error);
    if (!have_descr || !have_order || !have_shape)
        return bad_header(name, "its header lacks descr, fortran_order or shape", error);
    return TRUE;
}

gboolean
assay_npy_header_parse(const void *data, size_t size, const char *name, AssayNpyHeader *header,
                       GError **error)
{
    const guint8 *bytes = data;
    size_t start, length;
    Cursor text;

    memset(header, 0, sizeof *header);
    if (!assay_npy_sniff(data, size))
        return bad_header(name, "it does not begin with \\x93NUMPY", error);
    if (size < 12) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: ends inside its header, after %" G_GSIZE_FORMAT " bytes", name, size);
        return FALSE;
    }
    if (bytes[6] < 1 || bytes[6] > 3)
        return bad_header(name, "its version is not 1, 2 or 3", error);
    if (bytes[6] == 1) {
        start = 10;
        length = (size_t)bytes[8] | (size_t)bytes[9] << 8;
    } else {
        start = 12;
        length = (size_t)bytes[8] | (size_t)bytes[9] << 8 | (size_t)bytes[10] << 16 |
                 (size_t)bytes[11] << 24;
    }
    if (length > ASSAY_NPY_MAX_HEADER - 12)
        return bad_header(name, "its header claims more than 64 KiB", error);
    if (size - start < length) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: ends inside its header, after %" G_GSIZE_FORMAT " bytes", name, size);
        return FALSE;
    }
    header->data_offset = start + length;
    text = (Cursor){ (const char *)bytes + start, (const char *)bytes + start + length };
    return read_dict(&text, name, header, error);
}

gboolean
assay_npy_check_size(const AssayNpyHeader *header, size_t size, const char *name, size_t *n_values,
                     GError **error)
{
    size_t here = size - header->data_offset, wanted;

    /* Twice as much, for float16, must not overflow either. */
    if (!assay_shape_count(header->n_axes, header->shape, header->file_size, G_MAXSSIZE / 2,
                           n_values))
        return bad_header(name, "its shape overflows", error);
    wanted = *n_values * header->file_size;
    if (here < wanted) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_TRUNCATED,
                    "%s: its header promises %" G_GSIZE_FORMAT " bytes of values, %" G_GSIZE_FORMAT
                    " are there",
                    name, wanted, here);
        return FALSE;
    }
    if (here > wanted) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT,
                    "%s: bytes follow its last value, from byte %" G_GSIZE_FORMAT " on", name,
                    header->data_offset + wanted);
        return FALSE;
    }
    return TRUE;
}

/* IEEE 754 binary16 to binary32; exact. */
static float
half_to_float(guint16 half)
{
    guint32 sign = (guint32)(half & 0x8000) << 16, exponent = (half >> 10) & 31;
    guint32 fraction = half & 1023, bits;
    float value;

    if (exponent == 31) {
        bits = sign | 0x7f800000 | fraction << 13;
    } else if (exponent > 0) {
        bits = sign | (exponent + 112) << 23 | fraction << 13;
    } else if (fraction == 0) {
        bits = sign;
    } else { /* subnormal: shift until the leading one is implicit */
        exponent = 113;
        while ((fraction & 1024) == 0) {
            fraction <<= 1;
            exponent--;
        }
        bits = sign | exponent << 23 | (fraction & 1023) << 13;
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void
decode_values(const AssayNpyHeader *header, const guint8 *from, void *to, size_t n)
{
    size_t size = header->file_size;

    if (header->half) {
        for (size_t i = 0; i < n; i++, from += 2) {
            int half = header->swapped ? from[0] << 8 | from[1] : from[1] << 8 | from[0];

            ((float *)to)[i] = half_to_float((guint16)half);
        }
    } else if (header->truth) {
        for (size_t i = 0; i < n; i++)
            ((guint8 *)to)[i] = from[i] != 0;
    } else if (header->swapped) {
        guint8 *out = to;

        for (size_t i = 0; i < n; i++, from += size, out += size) {
            for (size_t k = 0; k < size; k++)
                out[k] = from[size - 1 - k];
        }
    } else {
        memcpy(to, from, n * size);
    }
}

gboolean
assay_npy_is_plain(const AssayNpyHeader *header)
{
    return !header->half && !header->truth && !header->swapped &&
           !(header->fortran && header->n_axes > 1);
}

AssayArray *
assay_npy_decode(const AssayNpyHeader *header, const void *values, const size_t *shape,
                 size_t max_bytes, GError **error)
{
    size_t order[ASSAY_MAX_AXES] = { 0 }, reversed[ASSAY_MAX_AXES] = { 0 };
    g_autoptr(AssayArray) array = NULL;

    for (size_t i = 0; i < header->n_axes; i++) {
        order[i] = header->n_axes - 1 - i;
        reversed[i] = shape[header->n_axes - 1 - i];
    }
    array = assay_array_new_unset(header->type, header->n_axes, header->fortran ? reversed : shape,
                                  NULL, max_bytes, error);
    if (array == NULL)
        return NULL;
    decode_values(header, values, array->data, assay_array_count(array));
    if (header->fortran && header->n_axes > 1) {
        AssayArray *turned = assay_array_transpose(array, order, error);

        if (turned != NULL) /* axis0 comes first, as of any array without names */
            assay_array_name_axes(turned, (const char *const *)array->axes);
        return turned;
    }
    return g_steal_pointer(&array);
}

AssayArray *
assay_npy_parse(const void *data, size_t size, const char *name, size_t max_bytes, GError **error)
{
    AssayNpyHeader header;
    size_t n_values;

    if (!assay_npy_header_parse(data, size, name, &header, error) ||
        !assay_npy_check_size(&header, size, name, &n_values, error))
        return NULL;
    return assay_npy_decode(&header, (const guint8 *)data + header.data_offset, header.shape,
                            max_bytes, error);
}

AssayArray *
assay_npy_parse_bytes(GBytes *bytes, const char *name, size_t max_bytes, GError **error)
{
    size_t size, n_values;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    AssayNpyHeader header;

    if (!assay_npy_header_parse(data, size, name, &header, error) ||
        !assay_npy_check_size(&header, size, name, &n_values, error))
        return NULL;
    if (!assay_npy_is_plain(&header) ||
        (guintptr)(data + header.data_offset) % header.file_size != 0)
        return assay_npy_decode(&header, data + header.data_offset, header.shape, max_bytes, error);
    return assay_array_new_lent(header.type, header.n_axes, header.shape, bytes, header.data_offset,
                                max_bytes, error);
}
