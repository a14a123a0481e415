/* spec/convention.c - whether two corpora were cut into cells in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "spec-private.h"

/* The member @key of a convention; an order that is absent is 1. */
static const AssayJson *
convention_member(const AssayJson *convention, const char *key, const AssayJson *first_order)
{
    const AssayJson *member = assay_json_get(convention, key);

    return member == NULL && strcmp(key, "order") == 0 ? first_order : member;
}

char *
assay_convention_difference(const AssayJson *a, const AssayJson *b)
{
    const AssayJson *const sides[] = { a, b };
    g_autoptr(AssayJson) one = assay_json_integer(1);

    for (size_t side = 0; side < 2; side++) {
        g_autofree const char **keys = assay_json_keys(sides[side]);

        for (size_t i = 0; keys[i] != NULL; i++) {
            const AssayJson *x = convention_member(a, keys[i], one);
            const AssayJson *y = convention_member(b, keys[i], one);
            g_autoptr(GString) left = g_string_new(NULL);
            g_autoptr(GString) right = g_string_new(NULL);

            if (assay_json_equal(x, y))
                continue;
            if (x != NULL && y != NULL && assay_json_is_number(x) && assay_json_is_number(y) &&
                assay_json_peek_real(x) == assay_json_peek_real(y))
                continue; /* 1 and 1.0 */
            if (x != NULL)
                assay_json_print(left, x);
            if (y != NULL)
                assay_json_print(right, y);
            if (x == NULL || y == NULL)
                return g_strdup_printf("%s is %s (%s)", keys[i],
                                       x == NULL ? "not given" : "given, which it is not elsewhere",
                                       x == NULL ? right->str : left->str);
            return g_strdup_printf("%s is %s, not %s", keys[i], left->str, right->str);
        }
    }
    return NULL;
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
