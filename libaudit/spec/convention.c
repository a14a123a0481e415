/* spec/convention.c - whether two corpora were cut into cells in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "spec-private.h"

/* What members are where they are absent. */
typedef struct {
    AssayJson *order, *origin;
} Defaults;

static const AssayJson *
convention_member(const AssayJson *convention, const char *key, const Defaults *defaults)
{
    const AssayJson *member = assay_json_get(convention, key);

    if (member == NULL && strcmp(key, "order") == 0)
        return defaults->order;
    return member == NULL && strcmp(key, "origin") == 0 ? defaults->origin : member;
}

/* Where member @key differs, in words; or NULL. */
static char *
member_difference(const AssayJson *a, const AssayJson *b, const char *key, const Defaults *defaults)
{
    const AssayJson *x = convention_member(a, key, defaults);
    const AssayJson *y = convention_member(b, key, defaults);
    g_autoptr(GString) left = g_string_new(NULL);
    g_autoptr(GString) right = g_string_new(NULL);

    if (assay_json_equal(x, y))
        return NULL;
    if (x != NULL && y != NULL && assay_json_is_number(x) && assay_json_is_number(y) &&
        assay_json_peek_real(x) == assay_json_peek_real(y))
        return NULL; /* 1 and 1.0 */
    if (x != NULL)
        assay_json_print(left, x);
    if (y != NULL)
        assay_json_print(right, y);
    if (x != NULL && y != NULL && assay_json_kind(x) == ASSAY_JSON_OBJECT &&
        assay_json_kind(y) == ASSAY_JSON_OBJECT) {
        g_autofree char *inside = assay_convention_difference(x, y);

        if (inside != NULL)
            return g_strdup_printf("%s: %s", key, inside);
    }
    if (x == NULL || y == NULL)
        return g_strdup_printf("%s is %s (%s)", key,
                               x == NULL ? "not given" : "given, which it is not elsewhere",
                               x == NULL ? right->str : left->str);
    return g_strdup_printf("%s is %s, not %s", key, left->str, right->str);
}

char *
assay_convention_difference(const AssayJson *a, const AssayJson *b)
{
    const AssayJson *const sides[] = { a, b };
    g_autoptr(AssayJson) order = assay_json_integer(1);
    g_autoptr(AssayJson) origin = assay_json_string("roll");
    const Defaults defaults = { order, origin };
    char *difference = member_difference(a, b, "origin", &defaults); /* it explains all others */

    for (size_t side = 0; side < 2; side++) {
        g_autofree const char **keys = assay_json_keys(sides[side]);

        for (size_t i = 0; difference == NULL && keys[i] != NULL; i++)
            difference = member_difference(a, b, keys[i], &defaults);
    }
    return difference;
}

gboolean
assay_rule_same_convention(const AssayRule *a, const AssayRule *b, size_t rule, GError **error)
{
    g_autofree char *difference = assay_convention_difference(b->convention, a->convention);

    if (difference == NULL)
        return TRUE;
    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC, "rule %s: %s", assay_rule_types[rule].name,
                difference);
    return FALSE;
}
