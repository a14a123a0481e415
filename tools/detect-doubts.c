/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-doubts.h"

#include "cli.h"

static gboolean
tell_traits(const AssayCollection *items, guint32 set, const char *label)
{
    g_autofree char *traits = assay_traits_tell(items->traits, set);

    if (traits == NULL)
        return FALSE;
    cli_warn("%s%s%s: this alone tells them apart, whatever made the fakes", label,
             label[0] == '\0' ? "" : ": ", traits);
    return TRUE;
}

void
detect_tell_doubts(const AssayCollection *items, const CliSets *sets)
{
    size_t n_shared = assay_collection_n_shared(items, G_MAXUINT32);
    size_t n_repeated = assay_collection_n_repeated(items, G_MAXUINT32);

    if (!tell_traits(items, G_MAXUINT32, "")) {
        for (size_t set = 0; set < sets->n; set++)
            (void)tell_traits(items, (guint32)set, sets->labels[set]);
    }
    if (n_shared > 0)
        cli_warn("%" G_GSIZE_FORMAT " of the fakes are among the reals too", n_shared);
    if (n_repeated > 0)
        cli_warn("items that are the same as others of their set: %" G_GSIZE_FORMAT
                 "; p and intervals take them for independent: leave them out, or group them",
                 n_repeated);
}
