/* spec/derived.c - specs made of other specs: what these were, in a document and in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "spec-private.h"

/* The one operation that there is so far. */
static const char intersect[] = "intersect";

/* So many specs are called by their names in a sentence. */
enum { NAMED_PARENTS = 3 };

gboolean
assay_spec_is_derived(const AssaySpec *self)
{
    return self->parents->len > 0;
}

void
assay_spec_add_parent(AssaySpec *self, const AssayParent *parent)
{
    AssayParent *copy = g_memdup2(parent, sizeof *parent);

    copy->name = g_strdup(parent->name);
    copy->edition = g_strdup(parent->edition);
    copy->sha256 = g_strdup(parent->sha256);
    g_ptr_array_add(self->parents, copy);
}

int
assay_parent_compare(const AssayParent *a, const AssayParent *b)
{
    int order = strcmp(a->name, b->name);

    if (order == 0)
        order = strcmp(a->edition, b->edition);
    return order != 0 ? order : strcmp(a->sha256, b->sha256);
}

AssayLimits
assay_spec_limits(const AssaySpec *self)
{
    AssayLimits limits = { G_MAXUINT64, G_MAXUINT64 };

    if (!assay_spec_is_derived(self))
        return (AssayLimits){ self->items->len, self->n_groups };
    for (guint i = 0; i < self->parents->len; i++) {
        const AssayParent *parent = g_ptr_array_index(self->parents, i);

        limits.items = MIN(limits.items, parent->items);
        limits.groups = MIN(limits.groups, parent->groups);
    }
    return limits;
}

static gboolean
read_member(const AssayJsonAt *at, const char *key, char **text, GError **error)
{
    AssayJsonAt member;
    const char *value;

    if (!assay_json_at_member(at, key, &member, error) ||
        !assay_json_at_string(&member, &value, error))
        return FALSE;
    *text = (char *)value; /* lent by the document */
    return TRUE;
}

static gboolean
read_parent(AssaySpec *self, const AssayJsonAt *at, GError **error)
{
    AssayParent parent;
    AssayJsonAt items, groups;

    if (!assay_json_at_kind(at, ASSAY_JSON_OBJECT, error) ||
        !read_member(at, "name", &parent.name, error) ||
        !read_member(at, "edition", &parent.edition, error) ||
        !read_member(at, "sha256", &parent.sha256, error) ||
        !assay_json_at_member(at, "items", &items, error) ||
        !assay_json_at_count(&items, &parent.items, error) ||
        !assay_json_at_member(at, "groups", &groups, error) ||
        !assay_json_at_count(&groups, &parent.groups, error))
        return FALSE;
    if (!assay_spec_is_digest(parent.sha256))
        return assay_json_at_error(at, error, "\"%s\" is not a SHA-256", parent.sha256);
    if (parent.groups > parent.items)
        return assay_json_at_error(&groups, error, "are more than there are items");
    if (self->parents->len > 0 &&
        assay_parent_compare(g_ptr_array_index(self->parents, self->parents->len - 1), &parent) >=
            0)
        return assay_json_at_error(at, error, "is out of order, or there twice");
    assay_spec_add_parent(self, &parent);
    return TRUE;
}

gboolean
assay_spec_read_parents(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    static const char *const unknown[] = { "distributions", "items", "sources" };
    AssayJsonAt derived, by, of, at;
    const char *operation;

    if (!assay_json_at_find(root, "derived", &derived))
        return TRUE;
    if (!assay_json_at_member(&derived, "by", &by, error) ||
        !assay_json_at_string(&by, &operation, error) ||
        !assay_json_at_member(&derived, "of", &of, error) ||
        !assay_json_at_kind(&of, ASSAY_JSON_ARRAY, error))
        return FALSE;
    if (strcmp(operation, intersect) != 0)
        return assay_json_at_error(&by, error, "is \"%s\", not \"%s\"", operation, intersect);
    if (assay_json_size(of.value) == 0)
        return assay_json_at_error(&of, error, "names no spec");
    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++) {
        if (assay_json_at_find(root, unknown[i], &at))
            return assay_json_at_error(&at, error, "is not known of a spec that was derived");
    }
    for (size_t i = 0; i < assay_json_size(of.value); i++) {
        if (!assay_json_at_element(&of, i, &at, error) || !read_parent(self, &at, error))
            return FALSE;
    }
    return TRUE;
}

void
assay_spec_print_parents(GString *out, const AssaySpec *self)
{
    g_string_append_printf(out, "\"derived\":{\"by\":\"%s\",\"of\":[", intersect);
    for (guint i = 0; i < self->parents->len; i++) {
        const AssayParent *parent = g_ptr_array_index(self->parents, i);
        g_autoptr(AssayJson) row = assay_json_object();

        assay_json_set_string(row, "name", parent->name);
        assay_json_set_string(row, "edition", parent->edition);
        assay_json_set_string(row, "sha256", parent->sha256);
        assay_json_set_integer(row, "items", (gint64)parent->items);
        assay_json_set_integer(row, "groups", (gint64)parent->groups);
        g_string_append(out, i > 0 ? ",\n" : "\n");
        assay_json_print(out, row);
    }
    g_string_append(out, "\n]},\n");
}

/* "bach-chorales 1.0 and songs", or "12 specs". */
static char *
name_parents(const AssaySpec *self)
{
    GString *text = g_string_new(NULL);
    char count[ASSAY_TEXT_NUMBER_SIZE];
    guint n = self->parents->len;
    gboolean named = n <= NAMED_PARENTS;

    for (guint i = 0; i < n && named; i++)
        named = ((const AssayParent *)g_ptr_array_index(self->parents, i))->name[0] != '\0';
    if (!named) {
        g_string_append_printf(text, "%s specs", assay_text_count(count, n));
        return g_string_free(text, FALSE);
    }
    for (guint i = 0; i < n; i++) {
        const AssayParent *parent = g_ptr_array_index(self->parents, i);

        g_string_append_printf(text, "%s%s%s%s",
                               i == 0       ? ""
                               : i + 1 == n ? " and "
                                            : ", ",
                               parent->name, parent->edition[0] != '\0' ? " " : "",
                               parent->edition);
    }
    return g_string_free(text, FALSE);
}

static char *
describe_derived(const AssaySpec *self)
{
    g_autofree char *parents = name_parents(self);
    const char *blank = self->edition[0] != '\0' ? " " : "";

    if (self->parents->len == 1)
        return g_strdup_printf("%s%s%s without its items",
                               self->name[0] != '\0' ? self->name : "the spec", blank,
                               self->edition);
    if (self->name[0] == '\0')
        return g_strdup_printf("the intersection of %s", parents);
    return g_strdup_printf("%s%s%s, the intersection of %s", self->name, blank, self->edition,
                           parents);
}

char *
assay_spec_describe(const AssaySpec *self)
{
    g_autofree char *groups = assay_spec_is_ungrouped(self) ? g_strdup(" (ungrouped)")
                              : self->n_groups == self->items->len
                                  ? g_strdup("")
                                  : g_strdup_printf(" (%u groups)", self->n_groups);
    char count[ASSAY_TEXT_NUMBER_SIZE];

    if (assay_spec_is_derived(self))
        return describe_derived(self);

    if (self->items->len == 1) /* a noun that was given is in the plural */
        return g_strdup_printf("the one item of %s%s%s",
                               self->name[0] != '\0' ? self->name : "the spec",
                               self->edition[0] != '\0' ? " " : "", self->edition);
    return g_strdup_printf("the %s %s%s of %s%s%s", assay_text_count(count, self->items->len),
                           self->noun, groups, self->name[0] != '\0' ? self->name : "the spec",
                           self->edition[0] != '\0' ? " " : "", self->edition);
}
