/* spec/spec-distributions.c - the distributions of a spec, read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../distribution/distribution-json.h"
#include "../distribution/group-hash.h"
#include "spec-private.h"

const char *
assay_origin_name(AssayOrigin origin)
{
    static const char *const names[] = { "file", "windows", "array" };

    return names[origin];
}

/* The number of an item's group, as distribution/group-hash.h has it. @sources: of the sources. */
static guint64
hash_group(const AssaySpec *self, const AssayItem *item, const guint64 *sources)
{
    const AssaySpecSource *source = g_ptr_array_index(self->sources, item->source);

    if (item->group != NULL)
        return assay_group_hash_name(item->group);
    return source->origin == ASSAY_ORIGIN_ARRAY
               ? assay_group_hash_item(sources[item->source], (guint64)item->index)
               : sources[item->source];
}

static void
note_groups(AssayDistributions *distributions, const AssaySpec *self)
{
    g_autofree guint64 *sources = g_new(guint64, self->sources->len + 1);

    for (guint i = 0; i < self->sources->len; i++) {
        const AssaySpecSource *source = g_ptr_array_index(self->sources, i);

        sources[i] = assay_group_hash_source(source->name, source->sha256,
                                             assay_origin_name(source->origin));
    }
    for (guint i = 0; i < self->items->len; i++)
        assay_distributions_note_group(
            distributions, hash_group(self, g_ptr_array_index(self->items, i), sources), 1);
    distributions->n_items = self->items->len;
}

gboolean
assay_spec_read_distributions(AssaySpec *self, const AssayJsonAt *root, GError **error)
{
    AssayJsonAt at;

    if (!assay_json_at_find(root, "distributions", &at))
        return TRUE;
    self->distributions = assay_distributions_new();
    note_groups(self->distributions, self);
    return assay_distributions_read(self->distributions, &at, error);
}
