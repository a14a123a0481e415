/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "label.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* How many keys of the metadata a message lists, and the longest of them in bytes. */
enum { MAX_KEYS = 12, MAX_KEY = 100 };

struct AssayLabel {
    GRegex *regex; /* or */
    char *key;     /* or the folder */
};

/* What GLib says about a fault, without the expression itself, which is said already: "at char 2:
 * missing terminating )". */
static const char *
regex_fault(const char *message, const char *pattern)
{
    const char *after = strstr(message, pattern);

    if (after == NULL)
        return message;
    after += strlen(pattern);
    while (*after != '\0' && !g_ascii_isalpha(*after))
        after++;
    return after;
}

static AssayLabel *
new_regex(const char *pattern, GError **error)
{
    g_autofree char *bounded = g_strconcat("(*LIMIT_MATCH=" ASSAY_LABEL_STEPS ")", pattern, NULL);
    g_autoptr(GError) fault = NULL;
    /* Compiled by itself first, so that places in it are named as they were typed. */
    g_autoptr(GRegex) typed = g_regex_new(pattern, G_REGEX_DOLLAR_ENDONLY, 0, &fault);
    GRegex *regex = typed == NULL ? NULL : g_regex_new(bounded, G_REGEX_DOLLAR_ENDONLY, 0, &fault);
    AssayLabel *self;

    if (regex == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: is no regular expression: %s",
                    pattern, regex_fault(fault->message, pattern));
        return NULL;
    }
    self = g_new0(AssayLabel, 1);
    self->regex = regex;
    return self;
}

/* KEY of "meta:KEY"; NULL for anything else. */
static const char *
find_key(const char *text)
{
    return g_str_has_prefix(text, "meta:") ? text + strlen("meta:") : NULL;
}

static AssayLabel *
new_key(const char *text, const char *key, GError **error)
{
    AssayLabel *self;

    if (key[0] == '\0') {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s: name a member of the metadata, as in meta:source.path", text);
        return NULL;
    }
    self = g_new0(AssayLabel, 1);
    self->key = g_strdup(key);
    return self;
}

static gboolean
check_text(const char *text, GError **error)
{
    g_autofree char *shown = assay_text_escape_controls(text);

    if (text[0] != '\0' && g_utf8_validate(text, -1, NULL))
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: is %s", shown,
                text[0] == '\0' ? "empty" : "not UTF-8");
    return FALSE;
}

AssayLabel *
assay_label_new_group(const char *text, GError **error)
{
    const char *key = find_key(text);

    if (!check_text(text, error))
        return NULL;
    return key != NULL ? new_key(text, key, error) : new_regex(text, error);
}

AssayLabel *
assay_label_new_class(const char *text, GError **error)
{
    const char *key = find_key(text);

    if (!check_text(text, error))
        return NULL;
    if (key != NULL)
        return new_key(text, key, error);
    if (strcmp(text, "folder") == 0)
        return g_new0(AssayLabel, 1);
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "%s: give folder, or a member of the metadata, as in meta:source.format", text);
    return NULL;
}

void
assay_label_free(AssayLabel *self)
{
    if (self == NULL)
        return;
    if (self->regex != NULL)
        g_regex_unref(self->regex);
    g_free(self->key);
    g_free(self);
}

static gboolean
match(const AssayLabel *self, const char *identity, char **label, GError **error)
{
    g_autoptr(GMatchInfo) found = NULL;
    g_autoptr(GError) fault = NULL;

    if (g_regex_match_full(self->regex, identity, -1, 0, 0, &found, &fault)) {
        *label = g_match_info_fetch(found, g_regex_get_capture_count(self->regex) > 0 ? 1 : 0);
        return TRUE;
    }
    if (fault == NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                "the regular expression takes more than " ASSAY_LABEL_STEPS
                " steps for %s: it can match in too many ways; say once what repeats, [^/]+ "
                "rather than ([^/]+)+",
                identity);
    return FALSE;
}

/* The member KEY of an object, a dot going inside; names that have dots themselves are tried. */
static const AssayJson *
find_member(const AssayJson *object, const char *key)
{
    const AssayJson *found = assay_json_get(object, key);

    for (const char *dot = strchr(key, '.'); found == NULL && dot != NULL;
         dot = strchr(dot + 1, '.')) {
        g_autofree char *step = g_strndup(key, (size_t)(dot - key));
        const AssayJson *inside = assay_json_get(object, step);

        if (inside != NULL)
            found = find_member(inside, dot + 1);
    }
    return found;
}

static char *
scalar_text(const AssayJson *value)
{
    double real;
    char number[ASSAY_TEXT_NUMBER_SIZE];

    switch (assay_json_kind(value)) {
    case ASSAY_JSON_STRING:
        return g_strdup(assay_json_peek_string(value));
    case ASSAY_JSON_INTEGER:
        return g_strdup_printf("%" G_GINT64_FORMAT, assay_json_peek_integer(value));
    case ASSAY_JSON_TRUE:
        return g_strdup("true");
    case ASSAY_JSON_FALSE:
        return g_strdup("false");
    case ASSAY_JSON_REAL: /* 1.0 is the 1 that a stream writes for it */
        real = assay_json_peek_real(value);
        if (fabs(real) > 9007199254740992.0 || floor(real) < real)
            return NULL;
        return g_strdup(assay_text_double(number, real));
    case ASSAY_JSON_OBJECT:
    case ASSAY_JSON_ARRAY:
    case ASSAY_JSON_NULL:
        break;
    }
    return NULL;
}

/* Of an array, the element of the item; it must have one for each item that is here. */
static char *
value_text(const AssayJson *value, AssaySample *sample, size_t item)
{
    if (assay_json_kind(value) != ASSAY_JSON_ARRAY)
        return scalar_text(value);
    if (!assay_sample_has_items(sample) || assay_json_size(value) <= item)
        return NULL;
    return scalar_text(assay_json_nth(value, item));
}

static char *
folder(const AssaySample *sample)
{
    const char *name = assay_sample_name(sample), *slash = strrchr(name, '/');

    return slash == NULL ? NULL : g_strndup(name, (size_t)(slash - name));
}

/* What is empty or too long is no label. */
static void
drop_unfit(char **label)
{
    if (*label != NULL && (**label == '\0' || strlen(*label) > ASSAY_LABEL_MAX))
        g_clear_pointer(label, g_free);
}

gboolean
assay_label_read(const AssayLabel *self, AssaySample *sample, size_t item, char **label,
                 GError **error)
{
    *label = NULL;
    if (self->regex != NULL) {
        g_autofree char *identity = assay_sample_identity(sample, item);

        if (!match(self, identity, label, error))
            return FALSE;
    } else if (self->key != NULL) {
        *label = value_text(find_member(assay_sample_meta(sample), self->key), sample, item);
    } else {
        *label = folder(sample);
    }
    drop_unfit(label);
    return TRUE;
}

gboolean
assay_label_read_name(const AssayLabel *self, const char *name, char **label, GError **error)
{
    *label = NULL;
    if (self->regex == NULL) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
                    "%s has a name alone: give a regular expression that matches it", name);
        return FALSE;
    }
    if (!match(self, name, label, error))
        return FALSE;
    drop_unfit(label);
    return TRUE;
}

/* Keys of @object that could be a label, as they are typed after meta: ; those of the metadata of
 * fields, which seldom are meant, are for another call. */
static void
list_keys(const AssayJson *object, const char *before, gboolean in_fields, AssaySample *sample,
          GPtrArray *list)
{
    g_autofree const char **keys = assay_json_keys(object);

    for (size_t i = 0; keys[i] != NULL && list->len <= MAX_KEYS; i++) {
        const AssayJson *value = assay_json_get(object, keys[i]);
        g_autofree char *key = g_strconcat(before, keys[i], NULL);
        g_autofree char *text = value_text(value, sample, assay_sample_item_start(sample));
        gboolean is_deep = strlen(key) > MAX_KEY;

        if (assay_json_kind(value) == ASSAY_JSON_OBJECT && !is_deep &&
            (in_fields || strcmp(key, "fields") != 0)) {
            g_autofree char *inside = g_strconcat(key, ".", NULL);

            list_keys(value, inside, TRUE, sample, list);
        } else if (text != NULL && !is_deep) {
            g_ptr_array_add(list, assay_text_escape_controls(key));
        }
    }
}

char *
assay_label_explain(const AssayLabel *self, AssaySample *sample)
{
    g_autofree char *identity = assay_sample_identity(sample, assay_sample_item_start(sample));
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *keys = NULL;

    if (self->regex != NULL)
        return g_strdup_printf("it matches no item; the first is called %s", identity);
    if (self->key == NULL)
        return g_strdup_printf("no name has a folder in it; the first is %s", identity);
    list_keys(assay_sample_meta(sample), "", FALSE, sample, list);
    list_keys(assay_json_get(assay_sample_meta(sample), "fields"), "fields.", TRUE, sample, list);
    if (list->len == 0)
        return g_strdup_printf("no item has it, and the metadata of %s have no other that would "
                               "do: a string, an integer, or true or false",
                               identity);
    if (list->len > MAX_KEYS) {
        g_ptr_array_set_size(list, MAX_KEYS);
        g_ptr_array_add(list, g_strdup("..."));
    }
    g_ptr_array_add(list, NULL);
    keys = g_strjoinv(", ", (char **)list->pdata);
    return g_strdup_printf("no item has it; %s has %s", identity, keys);
}
