/* tests/unit/test-npy.c - headers as NumPy writes them, and as nobody should.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/stream/npy.h>
#include <math.h>
#include <string.h>

#include "stream-file.h"

static AssayArray *
parse(GBytes *npy, GError **error)
{
    size_t size;
    const void *data = g_bytes_get_data(npy, &size);
    g_autofree void *exact = g_memdup2(data, size); /* a read past the end is then seen */

    return assay_npy_parse(exact, size, "x.npy", ASSAY_MAX_SAMPLE, error);
}

static AssayArray *
parse_good(const char *header, const void *values, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) npy = stream_file_npy(header, values, size);
    AssayArray *array = parse(npy, &error);

    g_assert_no_error(error);
    return array;
}

static void
assert_refused(const char *header, int code, const char *says)
{
    static const guint8 zeros[64];
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) npy = stream_file_npy(header, zeros, sizeof zeros);
    g_autoptr(AssayArray) array = parse(npy, &error);

    g_test_message("%s", header);
    g_assert_null(array);
    g_assert_error(error, ASSAY_ERROR, code);
    if (error == NULL)
        return;
    g_assert_true(g_str_has_prefix(error->message, "x.npy: "));
    g_assert_nonnull(strstr(error->message, says));
}

/* 1, 258 and -2 (or 254 ...) in each type and either byte order. */
static void
test_types(void)
{
    static const struct {
        const char *descr;
        AssayType type;
        const char *bytes;
        double first, second;
    } cases[] = {
        { "|u1", ASSAY_U8, "\x01\xfe", 1, 254 },
        { "<u1", ASSAY_U8, "\x01\xfe", 1, 254 },
        { ">u1", ASSAY_U8, "\x01\xfe", 1, 254 },
        { "|i1", ASSAY_I8, "\x01\xfe", 1, -2 },
        { "|b1", ASSAY_U8, "\x00\x05", 0, 1 },
        { "<u2", ASSAY_U16, "\x01\x02\xfe\xff", 513, 65534 },
        { ">u2", ASSAY_U16, "\x02\x01\xff\xfe", 513, 65534 },
        { "<i2", ASSAY_I16, "\x01\x02\xfe\xff", 513, -2 },
        { ">i2", ASSAY_I16, "\x02\x01\xff\xfe", 513, -2 },
        { "=i2", ASSAY_I16, "\x01\x02\xfe\xff", 513, -2 },
        { "<u4", ASSAY_U32, "\x01\x00\x00\x00\xfe\xff\xff\xff", 1, 4294967294 },
        { ">u4", ASSAY_U32, "\x00\x00\x00\x01\xff\xff\xff\xfe", 1, 4294967294 },
        { "<i4", ASSAY_I32, "\x01\x00\x00\x00\xfe\xff\xff\xff", 1, -2 },
        { ">i4", ASSAY_I32, "\x00\x00\x00\x01\xff\xff\xff\xfe", 1, -2 },
        { "<u8", ASSAY_U64, "\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80", 1, 9223372036854775808.0 },
        { ">u8", ASSAY_U64, "\0\0\0\0\0\0\0\x01\x80\0\0\0\0\0\0\0", 1, 9223372036854775808.0 },
        { "<i8", ASSAY_I64, "\x01\0\0\0\0\0\0\0\xfe\xff\xff\xff\xff\xff\xff\xff", 1, -2 },
        { ">i8", ASSAY_I64, "\0\0\0\0\0\0\0\x01\xff\xff\xff\xff\xff\xff\xff\xfe", 1, -2 },
        { "<f2", ASSAY_F32, "\x00\x3c\x00\xc1", 1, -2.5 },
        { ">f2", ASSAY_F32, "\x3c\x00\xc1\x00", 1, -2.5 },
        { "<f4", ASSAY_F32, "\0\0\x80\x3f\0\0\x20\xc0", 1, -2.5 },
        { ">f4", ASSAY_F32, "\x3f\x80\0\0\xc0\x20\0\0", 1, -2.5 },
        { "<f8", ASSAY_F64, "\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\x04\xc0", 1, -2.5 },
        { ">f8", ASSAY_F64, "\x3f\xf0\0\0\0\0\0\0\xc0\x04\0\0\0\0\0\0", 1, -2.5 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *header = g_strdup_printf(
            "{'descr': '%s', 'fortran_order': False, 'shape': (2,), }\n", cases[i].descr);
        size_t size = (size_t)(cases[i].descr[2] - '0');
        g_autoptr(AssayArray) array = parse_good(header, cases[i].bytes, 2 * size);

        g_test_message("%s", cases[i].descr);
        if (array == NULL)
            continue;
        g_assert_cmpint(array->type, ==, cases[i].type);
        g_assert_true(assay_array_value(array, 0) == cases[i].first);
        g_assert_true(assay_array_value(array, 1) == cases[i].second);
    }
}

/* Every pattern of 16 bits against the definition of binary16. */
static void
test_half(void)
{
    g_autofree guint8 *bytes = g_malloc(2 * 65536);
    g_autoptr(AssayArray) array = NULL;
    const float *value;

    for (guint i = 0; i < 65536; i++) {
        bytes[2 * i] = (guint8)(i & 0xff);
        bytes[2 * i + 1] = (guint8)(i >> 8);
    }
    array = parse_good("{'descr':'<f2','fortran_order':False,'shape':(65536,)}", bytes, 2 * 65536);
    value = array->data;
    for (int i = 0; i < 65536; i++) {
        int exponent = i >> 10 & 31, fraction = i & 1023;
        double size = exponent == 0    ? ldexp(fraction, -24)
                      : exponent == 31 ? (fraction == 0 ? HUGE_VAL : (double)NAN)
                                       : ldexp(1024 + fraction, exponent - 25);
        double expected = i & 0x8000 ? -size : size;

        if (isnan(expected)
                ? !isnan(value[i])
                : (double)value[i] != expected || !signbit(value[i]) != !signbit(expected)) {
            g_test_fail_printf("half %04x is %g, not %g", (guint)i, (double)value[i], expected);
            return;
        }
    }
}

static void
test_headers(void)
{
    static const guint8 values[] = { 0, 1, 2, 3, 4, 5 };
    static const char *const good[] = {
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }           \n",
        "{'descr':'|u1','fortran_order':False,'shape':(2,3)}",
        "{\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (2, 3)}\n",
        "{'shape': (2L, 3L), 'fortran_order': False, 'descr': '|u1'}\n", /* Python 2 */
        " {'shape' : ( 2 , 3 , ) , 'fortran_order' : False , 'descr' : '|u1' , } ",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autoptr(AssayArray) array = parse_good(good[i], values, sizeof values);

        g_test_message("%s", good[i]);
        if (array == NULL)
            continue;
        g_assert_cmpuint(array->n_axes, ==, 2);
        g_assert_cmpuint(array->shape[0], ==, 2);
        g_assert_cmpuint(array->shape[1], ==, 3);
        g_assert_cmpint(memcmp(array->data, values, 6), ==, 0);
    }
    {
        g_autoptr(AssayArray) scalar =
            parse_good("{'descr': '|u1', 'fortran_order': False, 'shape': (), }\n", "\x07", 1);
        g_autoptr(AssayArray) nothing = parse_good(
            "{'descr': '<f8', 'fortran_order': True, 'shape': (4611686018427387904, 0, 9), }\n", "",
            0);

        g_assert_cmpuint(scalar->n_axes, ==, 0);
        g_assert_true(assay_array_value(scalar, 0) == 7);
        g_assert_cmpuint(assay_array_count(nothing), ==, 0);
    }
}

/* Versions 2 and 3 have four bytes of length. */
static void
test_versions(void)
{
    static const char header[] = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }\n";

    for (guint8 version = 0; version <= 4; version++) {
        GByteArray *npy = g_byte_array_new();
        const guint8 lead[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', version, 0, sizeof header - 1,
                                0,    0,   0 };
        g_autoptr(GBytes) bytes = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayArray) array = NULL;

        g_byte_array_append(npy, lead, version == 1 ? 10 : 12);
        g_byte_array_append(npy, (const guint8 *)header, sizeof header - 1);
        g_byte_array_append(npy, (const guint8 *)"abc", 3);
        bytes = g_byte_array_free_to_bytes(npy);
        array = parse(bytes, &error);
        if (version >= 1 && version <= 3) {
            g_assert_no_error(error);
            g_assert_cmpint(memcmp(array->data, "abc", 3), ==, 0);
        } else {
            g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
        }
    }
}

static void
test_fortran(void)
{
    /* a[i][j][k] = 100 i + 10 j + k of shape (2, 3, 4), the first index running fastest. */
    guint8 values[24], *at = values;
    g_autoptr(AssayArray) array = NULL;

    for (guint k = 0; k < 4; k++) {
        for (guint j = 0; j < 3; j++) {
            for (guint i = 0; i < 2; i++)
                *at++ = (guint8)(100 * i + 10 * j + k);
        }
    }
    array =
        parse_good("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }\n", values, 24);
    g_assert_cmpuint(array->shape[0], ==, 2);
    g_assert_cmpuint(array->shape[1], ==, 3);
    g_assert_cmpuint(array->shape[2], ==, 4);
    g_assert_cmpstr(array->axes[0], ==, "axis0");
    g_assert_cmpstr(array->axes[2], ==, "axis2");
    at = array->data;
    for (guint i = 0; i < 2; i++) {
        for (guint j = 0; j < 3; j++) {
            for (guint k = 0; k < 4; k++)
                g_assert_cmpuint(*at++, ==, 100 * i + 10 * j + k);
        }
    }
}

#define HEADER(descr, shape) "{'descr': " descr ", 'fortran_order': False, 'shape': " shape ", }\n"

static void
test_refused(void)
{
    /* Types, each by its name. */
    assert_refused(HEADER("'|O'", "(1,)"), ASSAY_ERROR_FORMAT, "Python objects");
    assert_refused(HEADER("'<c8'", "(1,)"), ASSAY_ERROR_FORMAT, "complex numbers");
    assert_refused(HEADER("'<c16'", "(1,)"), ASSAY_ERROR_FORMAT, "complex numbers");
    assert_refused(HEADER("'<U5'", "(1,)"), ASSAY_ERROR_FORMAT, "strings");
    assert_refused(HEADER("'|S5'", "(1,)"), ASSAY_ERROR_FORMAT, "strings");
    assert_refused(HEADER("'|V8'", "(1,)"), ASSAY_ERROR_FORMAT, "structured records");
    assert_refused(HEADER("[('a', '<f4'), ('b', '|O')]", "(1,)"), ASSAY_ERROR_FORMAT,
                   "structured records");
    assert_refused(HEADER("'<M8[ns]'", "(1,)"), ASSAY_ERROR_FORMAT, "\"float32\"");
    assert_refused(HEADER("'<f16'", "(1,)"), ASSAY_ERROR_FORMAT, "not read");
    assert_refused(HEADER("'<f3'", "(1,)"), ASSAY_ERROR_FORMAT, "not read");
    assert_refused(HEADER("''", "(1,)"), ASSAY_ERROR_FORMAT, "not read");
    assert_refused(HEADER("'f4'", "(1,)"), ASSAY_ERROR_FORMAT, "not read");
    /* Shapes. */
    assert_refused(HEADER("'|u1'", "(1,1,1,1,1,1,1,1,1)"), ASSAY_ERROR_FORMAT, "8 axes");
    assert_refused(HEADER("'|u1'", "(-1,)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "(1.0,)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "(,)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "(1 2)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "(0x1,)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "[1]"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'|u1'", "(18446744073709551616,)"), ASSAY_ERROR_FORMAT, "header");
    assert_refused(HEADER("'<f8'", "(4294967296, 4294967296)"), ASSAY_ERROR_FORMAT, "overflows");
    assert_refused(HEADER("'<f8'", "(2305843009213693952,)"), ASSAY_ERROR_FORMAT, "overflows");
    /* Dictionaries. */
    assert_refused("", ASSAY_ERROR_FORMAT, "header");
    assert_refused("{}", ASSAY_ERROR_FORMAT, "lacks");
    assert_refused("{'descr': '|u1'}", ASSAY_ERROR_FORMAT, "lacks");
    assert_refused("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (64,)}",
                   ASSAY_ERROR_FORMAT, "header");
    assert_refused("{'descr': '|u1', 'fortran_order': Maybe, 'shape': (64,)}", ASSAY_ERROR_FORMAT,
                   "header");
    assert_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (64,), 'more': 1}",
                   ASSAY_ERROR_FORMAT, "header");
    assert_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (64,)} import os",
                   ASSAY_ERROR_FORMAT, "header");
    assert_refused("{'descr': '|u1', 'fortran_order': False, 'shape': (64,)", ASSAY_ERROR_FORMAT,
                   "header");
    assert_refused("{'descr: '|u1', 'fortran_order': False, 'shape': (64,)}", ASSAY_ERROR_FORMAT,
                   "header");
    assert_refused("['descr']", ASSAY_ERROR_FORMAT, "header");
    /* Sizes. */
    assert_refused(HEADER("'|u1'", "(63,)"), ASSAY_ERROR_FORMAT,
                   "bytes follow its last value, from byte");
    assert_refused(HEADER("'|u1'", "(65,)"), ASSAY_ERROR_TRUNCATED, "65 bytes");
    assert_refused(HEADER("'<f8'", "(1000000000, 1000000)"), ASSAY_ERROR_TRUNCATED,
                   "8000000000000000 bytes");
}

static void
test_limit(void)
{
    g_autoptr(GBytes) npy = stream_file_npy(HEADER("'<f2'", "(2,)"), "abcd", 4);
    size_t size;
    const void *data = g_bytes_get_data(npy, &size);
    g_autoptr(GError) error = NULL;

    /* What counts is what it takes in memory: two values of four bytes. */
    g_assert_null(assay_npy_parse(data, size, "x.npy", 7, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_RANGE);
}

/* Cut anywhere, it is never whole; cut in its header or its values, it is called truncated. */
static void
test_truncated(void)
{
    g_autoptr(GBytes) npy = stream_file_npy(HEADER("'<i4'", "(3,)"), "123456789012", 12);
    size_t size = g_bytes_get_size(npy);

    for (size_t cut = 0; cut < size; cut++) {
        g_autoptr(GBytes) part = g_bytes_new_from_bytes(npy, 0, cut);
        g_autoptr(GError) error = NULL;

        int code = cut < 6 ? ASSAY_ERROR_FORMAT : ASSAY_ERROR_TRUNCATED;

        g_assert_null(parse(part, &error));
        g_assert_error(error, ASSAY_ERROR, code);
    }
}

static void
test_long_header(void)
{
    GByteArray *npy = g_byte_array_new();
    const guint8 lead[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xff, 0xff, 0xff, 0xff };
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;

    g_byte_array_append(npy, lead, sizeof lead);
    bytes = g_byte_array_free_to_bytes(npy);
    g_assert_null(parse(bytes, &error));
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
    g_assert_nonnull(strstr(error->message, "64 KiB"));
}

/* What is written reads back, and is aligned as NumPy has it. */
static void
test_written(void)
{
    for (guint t = ASSAY_U8; t <= ASSAY_F64; t++) {
        for (size_t n_axes = 0; n_axes <= ASSAY_MAX_AXES; n_axes++) {
            const size_t shape[] = { 2, 1, 3, 1, 1, 2, 1, 1 };
            g_autoptr(GByteArray) npy = g_byte_array_new();
            g_autoptr(AssayArray) array = NULL;
            g_autoptr(GError) error = NULL;
            guint8 values[96];
            size_t n = 0;

            for (guint i = 0; i < sizeof values; i++)
                values[i] = (guint8)(i * 3); /* no NaN, which would not equal itself */
            assay_npy_append_header(npy, (AssayType)t, n_axes, shape);
            g_assert_cmpuint(npy->len % 64, ==, 0);
            g_assert_cmpuint(npy->data[npy->len - 1], ==, '\n');
            g_assert_true(assay_shape_count(n_axes, shape, 1, G_MAXSIZE, &n));
            n *= assay_type_size((AssayType)t);
            g_byte_array_append(npy, values, (guint)n);
            array = assay_npy_parse(npy->data, npy->len, "x.npy", G_MAXSIZE, &error);
            g_assert_no_error(error);
            if (array == NULL)
                continue;
            g_assert_cmpint(array->type, ==, t);
            g_assert_cmpuint(array->n_axes, ==, n_axes);
            g_assert_true(n_axes == 0 || memcmp(array->shape, shape, n_axes * sizeof *shape) == 0);
            g_assert_cmpint(memcmp(array->data, values, n), ==, 0);
        }
    }
    {
        const size_t shape[] = { 64, 128 };
        g_autoptr(GByteArray) npy = g_byte_array_new();

        /* Byte for byte what numpy.save() writes. */
        assay_npy_append_header(npy, ASSAY_U8, 2, shape);
        g_assert_cmpuint(npy->len, ==, 128);
        g_assert_cmpint(memcmp(npy->data,
                               "\x93NUMPY\x01\0v\0{'descr': '|u1', 'fortran_order': False, "
                               "'shape': (64, 128), }  ",
                               74),
                        ==, 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/npy/types", test_types);
    g_test_add_func("/npy/half", test_half);
    g_test_add_func("/npy/headers", test_headers);
    g_test_add_func("/npy/versions", test_versions);
    g_test_add_func("/npy/fortran", test_fortran);
    g_test_add_func("/npy/refused", test_refused);
    g_test_add_func("/npy/limit", test_limit);
    g_test_add_func("/npy/truncated", test_truncated);
    g_test_add_func("/npy/long-header", test_long_header);
    g_test_add_func("/npy/written", test_written);
    return g_test_run();
}
