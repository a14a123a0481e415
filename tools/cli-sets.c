/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-sets.h"

#include <assay/base/text.h>
#include <string.h>

#include "cli.h"

gboolean
cli_sets_read(CliSets *self, const char *const *operands)
{
    g_autoptr(GHashTable) by_label = g_hash_table_new(g_str_hash, g_str_equal); /* of LABEL= */
    size_t n = g_strv_length((char **)operands);

    self->labels = g_new0(char *, n + 1);
    self->operands = g_new0(char *, n + 1);
    self->set_of = g_new0(size_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *label = NULL;
        const char *file = cli_split_label(operands[i], &label);
        gboolean is_labelled = file != operands[i];
        gpointer set;

        if (file == NULL) {
            cli_sets_clear(self);
            return FALSE;
        }
        self->operands[i] = g_strdup(file);
        if (is_labelled)
            cli_claim_input(file, "a FILE");
        if (is_labelled && g_hash_table_lookup_extended(by_label, label, NULL, &set)) {
            self->set_of[i] = GPOINTER_TO_SIZE(set);
            continue;
        }
        if (is_labelled)
            g_hash_table_insert(by_label, label, GSIZE_TO_POINTER(self->n));
        self->set_of[i] = self->n;
        self->labels[self->n++] = g_steal_pointer(&label);
    }
    return TRUE;
}

void
cli_sets_clear(CliSets *self)
{
    for (size_t i = 0; i < self->n; i++)
        g_free(self->labels[i]);
    g_free(self->labels);
    g_free(self->set_of);
    g_strfreev(self->operands);
    *self = (CliSets){ 0 };
}

char *
cli_sets_name(const char *label, const char *by, const char *class_name)
{
    g_autofree char *escaped = NULL;

    if (by == NULL)
        return g_strdup(label);
    if (strcmp(by, "folder") != 0) /* whose names are escaped already */
        escaped = assay_text_escape_name(class_name);
    return g_strdup_printf("%s:%s", label, escaped != NULL ? escaped : class_name);
}
