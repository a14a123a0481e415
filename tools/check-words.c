/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check-words.h"

#include <assay/base/text.h>

void
check_tell(const Check *self, const char *set, size_t rule, const AssaySummaryRow *row,
           gboolean is_first, gboolean in_full)
{
    const AssayRuleType *type = &assay_rule_types[rule];
    gboolean is_derived = assay_spec_is_derived(self->spec);
    char some[ASSAY_TEXT_NUMBER_SIZE], all[ASSAY_TEXT_NUMBER_SIZE];
    g_autofree char *corpus = assay_spec_describe(self->spec);
    g_autofree char *rate = cli_percent(row->rate), *expected = cli_percent(row->expected);

    if (row->unjudged > 0)
        cli_note("%s: rule %s could not judge %s of %s items: their stream has no field for it, or "
                 "lengths from a roll where the spec has notes",
                 set, type->name, assay_text_count(some, row->unjudged),
                 assay_text_count(all, row->items));
    if (in_full && row->events > 0)
        cli_note("%s: %s of %s %s (%s) are not in %s%s%s", set,
                 assay_text_count(some, row->violations), assay_text_count(all, row->events),
                 type->events, rate, corpus, is_derived ? "" : "; of real unseen ones it would be ",
                 is_derived ? "" : expected);
    if (is_first && row->in_corpus > 0)
        cli_note(
            "%s: of %s item%s, %s %s in the corpus of the spec itself: rates and p of such say "
            "nothing",
            set, assay_text_count(all, row->items), row->items == 1 ? "" : "s",
            assay_text_count(some, row->in_corpus), row->in_corpus == 1 ? "is" : "are");
}

void
check_tell_reach(const Check *self, const char *spec_name)
{
    if (assay_spec_is_derived(self->spec))
        cli_note("%s knows no items, so what real unseen ones would break, and p, are NA: for "
                 "these, check against the specs it was made of",
                 spec_name);
    else if (!assay_summary_can_flag(self->spec))
        cli_note("no item can reach p <= %g: the spec has %u group%s, and no p is below 1/%u",
                 ASSAY_SUMMARY_ALPHA, self->spec->n_groups, self->spec->n_groups == 1 ? "" : "s",
                 self->spec->n_groups + 1);
}
