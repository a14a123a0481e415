/* tests/unit/test-json.c - values, their canonical form, and where a fault lies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/error.h>
#include <assay/base/json.h>
#include <math.h>
#include <string.h>

static AssayJson *
parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    AssayJson *value = assay_json_parse(text, strlen(text), "test", &error);

    g_assert_no_error(error);
    return value;
}

static char *
print(const AssayJson *value)
{
    GString *text = g_string_new(NULL);

    assay_json_print(text, value);
    return g_string_free(text, FALSE);
}

static void
assert_canonical(const char *text, const char *expected)
{
    g_autoptr(AssayJson) value = parse(text), again = NULL;
    g_autofree char *printed = print(value), *twice = NULL;

    g_assert_cmpstr(printed, ==, expected);
    again = parse(printed);
    twice = print(again);
    g_assert_cmpstr(twice, ==, expected);
    g_assert_true(assay_json_equal(value, again));
}

static void
test_canonical(void)
{
    assert_canonical("{}", "{}");
    assert_canonical(" [ ] \n", "[]");
    assert_canonical("{\"b\": 1, \"a\": [true, false, null], \"B\": {}}",
                     "{\"B\":{},\"a\":[true,false,null],\"b\":1}");
    /* Bytewise: a capital before a small letter, both before what is beyond ASCII. */
    assert_canonical("{\"\xc3\xa4\":1,\"z\":2,\"Z\":3,\"\":4}",
                     "{\"\":4,\"Z\":3,\"z\":2,\"\xc3\xa4\":1}");
    assert_canonical("[\"\\u00e4\\/\\\"\\\\\\n\\t\\r\\u0001\\u007f\"]",
                     "[\"\xc3\xa4/\\\"\\\\\\n\\t\\u000d\\u0001\\u007f\"]");
    assert_canonical("[1.0, 1e2, -0.0, 0.1, 1e-7, 123456789.125]",
                     "[1,100,0,0.1,1e-07,123456789.125]");
    assert_canonical("[9223372036854775807, -9223372036854775808]",
                     "[9223372036854775807,-9223372036854775808]");
}

/* In any number, and in any order that they came in. */
static void
test_members(void)
{
    for (guint n = 0; n < 50; n++) {
        g_autoptr(AssayJson) object = assay_json_object();
        g_autoptr(GString) expected = g_string_new("{");
        g_autofree char *text = NULL;

        for (guint i = 0; i < n; i++) {
            guint k = i * 53 % n; /* 53 is prime: each once */
            char key[8];

            g_snprintf(key, sizeof key, "k%02u", k);
            assay_json_set_integer(object, key, k);
            g_string_append_printf(expected, "%s\"k%02u\":%u", i > 0 ? "," : "", i, i);
        }
        g_string_append_c(expected, '}');
        text = print(object);
        g_assert_cmpstr(text, ==, expected->str);
    }
}

static void
test_reals(void)
{
    static const double values[] = { 0.1,        1.0 / 3, 2.0 / 3,
                                     1e300,      5e-324,  1.7976931348623157e308,
                                     123456.789, 0.25,    3.0000000000000004 };

    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autoptr(AssayJson) list = assay_json_array(), again = NULL;
        g_autofree char *text = NULL;

        assay_json_append_take(list, assay_json_real(values[i]));
        text = print(list);
        again = parse(text);
        g_assert_true(assay_json_peek_real(assay_json_nth(again, 0)) == values[i]);
    }
}

static void
test_not_finite(void)
{
    g_autoptr(AssayJson) list = assay_json_array();
    g_autofree char *text = NULL;

    assay_json_append_take(list, assay_json_real((double)NAN));
    assay_json_append_take(list, assay_json_real(-HUGE_VAL));
    text = print(list);
    g_assert_cmpstr(text, ==, "[null,null]");
}

static void
assert_refused(const char *text, size_t size, const char *place)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(AssayJson) value = assay_json_parse(text, size, "x.json", &error);

    g_assert_null(value);
    g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
    if (error == NULL)
        return;
    g_assert_true(g_str_has_prefix(error->message, "x.json: line "));
    g_assert_nonnull(strstr(error->message, place));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
}

static void
test_refused(void)
{
    static const struct {
        const char *text, *place;
    } bad[] = {
        { "", "line 1" },
        { "{\"a\":1,\"a\":2}", "duplicate" },
        { "[1,\n 2,\n oops]", "line 3, column 5" },
        { "{\"a\":NaN}", "line 1" },
        { "[1e999]", "line 1" },
        { "[92233720368547758080]", "line 1" },
        { "[1] x", "line 1" },
        { "[1", "line 1" },
        { "[\"\xff\xfe\"]", "byte 0xff" },
        { "[\"\xed\xa0\x80\"]", "byte 0xed" }, /* a surrogate */
        { "[\"a\\u0000b\"]", "line 1" },
        { "{\"a\\u0000b\":1}", "line 1" },
        { "[\"\\ud800\"]", "line 1" },
        { "[\"\n\"]", "newline" },
        { "[01]", "line 1" },
        { "{'a':1}", "line 1" },
        { "\"text\"", "line 1" }, /* a document is an object or an array */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_refused(bad[i].text, strlen(bad[i].text), bad[i].place);
    assert_refused("[1]\0[2]", 7, "line 1");
}

static void
test_deep(void)
{
    for (size_t depth = 2048; depth <= 2049; depth++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(AssayJson) value = NULL, copy = NULL;
        g_autofree char *text = g_malloc(2 * depth), *printed = NULL;

        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        value = assay_json_parse(text, 2 * depth, "deep", &error);
        if (depth == 2049) {
            g_assert_error(error, ASSAY_ERROR, ASSAY_ERROR_FORMAT);
            continue;
        }
        g_assert_no_error(error);
        copy = assay_json_copy(value);
        g_assert_true(assay_json_equal(value, copy));
        printed = print(copy);
        g_assert_cmpuint(strlen(printed), ==, 2 * depth);
        g_assert_true(strncmp(printed, text, 2 * depth) == 0);
    }
    { /* and much deeper, unended */
        g_autofree char *text = g_malloc(1 << 20);

        memset(text, '[', 1 << 20);
        assert_refused(text, 1 << 20, "depth");
    }
}

static void
test_looking(void)
{
    g_autoptr(AssayJson) value = parse("{\"n\":3,\"x\":2.5,\"s\":\"text\",\"t\":true,\"l\":[1,2]}");
    g_autofree const char **keys = assay_json_keys(value);

    g_assert_cmpint(assay_json_peek_integer(assay_json_get(value, "n")), ==, 3);
    g_assert_true(assay_json_peek_real(assay_json_get(value, "n")) == 3);
    g_assert_true(assay_json_peek_real(assay_json_get(value, "x")) == 2.5);
    g_assert_cmpstr(assay_json_peek_string(assay_json_get(value, "s")), ==, "text");
    g_assert_true(assay_json_is_true(assay_json_get(value, "t")));
    g_assert_cmpuint(assay_json_size(assay_json_get(value, "l")), ==, 2);
    g_assert_cmpuint(assay_json_size(value), ==, 5);
    g_assert_cmpstr(keys[0], ==, "l");
    g_assert_cmpstr(keys[4], ==, "x");
    g_assert_null(keys[5]);

    /* What is not there, and NULL itself. */
    g_assert_null(assay_json_get(value, "none"));
    g_assert_null(assay_json_get(NULL, "n"));
    g_assert_null(assay_json_get(assay_json_get(value, "l"), "n"));
    g_assert_null(assay_json_nth(assay_json_get(value, "l"), 2));
    g_assert_null(assay_json_nth(NULL, 0));
    g_assert_null(assay_json_peek_string(assay_json_get(value, "n")));
    g_assert_cmpint(assay_json_peek_integer(assay_json_get(value, "x")), ==, 0);
    g_assert_cmpint(assay_json_peek_integer(NULL), ==, 0);
    g_assert_cmpint(assay_json_kind(NULL), ==, ASSAY_JSON_NULL);
    g_assert_cmpuint(assay_json_size(NULL), ==, 0);
    g_assert_false(assay_json_is_true(NULL));
    g_assert_false(assay_json_is_number(NULL));
    g_assert_true(assay_json_equal(NULL, NULL));
    g_assert_false(assay_json_equal(value, NULL));
    g_assert_null(assay_json_copy(NULL));
}

static void
test_changing(void)
{
    g_autoptr(AssayJson) value = assay_json_object(), copy = NULL;
    g_autofree char *text = NULL, *other = NULL;

    assay_json_set_integer(value, "a", 1);
    assay_json_set_integer(value, "a", 2);
    assay_json_set_real(value, "r", 0.5);
    assay_json_set_bool(value, "b", FALSE);
    assay_json_set_string(value, "s", "");
    assay_json_set_take(value, "l", assay_json_array());
    assay_json_append_take(assay_json_get(value, "l"), assay_json_null());
    copy = assay_json_copy(value);
    assay_json_append_take(assay_json_get(value, "l"), assay_json_bool(TRUE));
    assay_json_unset(value, "r");
    assay_json_unset(value, "r");
    text = print(value);
    other = print(copy);
    g_assert_cmpstr(text, ==, "{\"a\":2,\"b\":false,\"l\":[null,true],\"s\":\"\"}");
    g_assert_cmpstr(other, ==, "{\"a\":2,\"b\":false,\"l\":[null],\"r\":0.5,\"s\":\"\"}");
}

/* What is escaped is found wherever it stands among what is not. */
static void
test_escapes(void)
{
    static const struct {
        char c;
        const char *printed;
    } cases[] = { { '"', "\\\"" },  { '\\', "\\\\" },  { '\n', "\\n" },    { '\t', "\\t" },
                  { 1, "\\u0001" }, { 31, "\\u001f" }, { 127, "\\u007f" }, { ' ', " " },
                  { '!', "!" },     { '~', "~" } };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t n = 1; n < 20; n++) {
            for (size_t at = 0; at < n; at++) {
                g_autofree char *text = g_strnfill(n, 'x'), *printed = NULL, *expected = NULL;
                g_autoptr(AssayJson) value = NULL;

                text[at] = cases[i].c;
                value = assay_json_string(text);
                printed = print(value);
                expected =
                    g_strdup_printf("\"%.*s%s%s\"", (int)at, text, cases[i].printed, text + at + 1);
                g_assert_cmpstr(printed, ==, expected);
            }
        }
    }
}

/* What nobody else has is handed on, of what others have a copy. */
static void
test_own(void)
{
    g_autoptr(AssayJson) value = parse("{\"a\":[1]}"), other = NULL;
    AssayJson *own = assay_json_own(value);

    g_assert_true(own == value);
    g_assert_null(assay_json_own(NULL));
    other = assay_json_own(assay_json_ref(value));
    g_assert_true(other != value);
    assay_json_append_take(assay_json_get(other, "a"), assay_json_integer(2));
    g_assert_cmpuint(assay_json_size(assay_json_get(value, "a")), ==, 1);
    g_assert_cmpuint(assay_json_size(assay_json_get(other, "a")), ==, 2);
}

static void
assert_message(GError **error, const char *expected)
{
    g_assert_error(*error, ASSAY_ERROR, ASSAY_ERROR_SPEC);
    if (*error != NULL)
        g_assert_cmpstr((*error)->message, ==, expected);
    g_clear_error(error);
}

static void
test_pointer(void)
{
    g_autoptr(AssayJson) value =
        parse("{\"a/b\":{\"c~d\":[10,{\"e\":\"x\"}]},\"n\":-1,\"r\":1.5,\"i\":7}");
    g_autoptr(GError) error = NULL;
    AssayJsonAt root = { NULL, "x.json", 0, value }, ab, cd, element, e, at;
    const char *text = NULL;
    guint64 count = 0;
    double real = 0;

    g_assert_true(assay_json_at_member(&root, "a/b", &ab, &error));
    g_assert_true(assay_json_at_member(&ab, "c~d", &cd, &error));
    g_assert_true(assay_json_at_element(&cd, 1, &element, &error));
    g_assert_true(assay_json_at_member(&element, "e", &e, &error));
    g_assert_true(assay_json_at_string(&e, &text, &error));
    g_assert_cmpstr(text, ==, "x");

    g_assert_false(assay_json_at_count(&e, &count, &error));
    assert_message(&error, "x.json: /a~1b/c~0d/1/e: is a string, not an integer");
    g_assert_false(assay_json_at_element(&cd, 2, &at, &error));
    assert_message(&error, "x.json: /a~1b/c~0d/2: is missing");
    g_assert_false(assay_json_at_member(&ab, "z", &at, &error));
    assert_message(&error, "x.json: /a~1b/z: is missing");
    g_assert_false(assay_json_at_member(&cd, "z", &at, &error));
    assert_message(&error, "x.json: /a~1b/c~0d: is an array, not an object");
    g_assert_false(assay_json_at_element(&ab, 0, &at, &error));
    assert_message(&error, "x.json: /a~1b: is an object, not an array");
    g_assert_false(assay_json_at_kind(&root, ASSAY_JSON_ARRAY, &error));
    assert_message(&error, "x.json: is an object, not an array");
    g_assert_false(assay_json_at_find(&root, "z", &at));

    g_assert_true(assay_json_at_find(&root, "n", &at));
    g_assert_false(assay_json_at_count(&at, &count, &error));
    assert_message(&error, "x.json: /n: is -1, a count cannot be negative");
    g_assert_true(assay_json_at_real(&at, &real, &error));
    g_assert_true(real == -1);
    g_assert_true(assay_json_at_find(&root, "r", &at));
    g_assert_true(assay_json_at_real(&at, &real, &error));
    g_assert_true(real == 1.5);
    g_assert_false(assay_json_at_count(&at, &count, &error));
    assert_message(&error, "x.json: /r: is a number, not an integer");
    g_assert_false(assay_json_at_real(&ab, &real, &error));
    assert_message(&error, "x.json: /a~1b: is an object, not a number");
    g_assert_true(assay_json_at_find(&root, "i", &at));
    g_assert_true(assay_json_at_count(&at, &count, &error));
    g_assert_cmpuint(count, ==, 7);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR | G_LOG_FLAG_RECURSION);
    g_test_add_func("/json/canonical", test_canonical);
    g_test_add_func("/json/escapes", test_escapes);
    g_test_add_func("/json/own", test_own);
    g_test_add_func("/json/members", test_members);
    g_test_add_func("/json/reals", test_reals);
    g_test_add_func("/json/not-finite", test_not_finite);
    g_test_add_func("/json/refused", test_refused);
    g_test_add_func("/json/deep", test_deep);
    g_test_add_func("/json/looking", test_looking);
    g_test_add_func("/json/changing", test_changing);
    g_test_add_func("/json/pointer", test_pointer);
    return g_test_run();
}
