/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-table.h"

#define COUNT(name)                                                                                \
    {                                                                                              \
        name, ASSAY_COLUMN_INTEGER                                                                 \
    }
#define REAL(name)                                                                                 \
    {                                                                                              \
        name, ASSAY_COLUMN_REAL                                                                    \
    }

static const AssayColumn columns[] = {
    { "set", ASSAY_COLUMN_TEXT },
    COUNT("reals"),
    COUNT("fakes"),
    COUNT("groups"),
    REAL("ap"),
    REAL("ap_low"),
    REAL("ap_high"),
    REAL("auc"),
    REAL("auc_low"),
    REAL("auc_high"),
    REAL("eer"),
    REAL("threshold"),
    REAL("accuracy"),
    REAL("real_accuracy"),
    REAL("fake_accuracy"),
    REAL("balanced"),
    REAL("held_out"),
    REAL("best"),
    REAL("best_threshold"),
    REAL("pd_far_10"),
    REAL("pd_far_5"),
    REAL("pd_far_1"),
    { "note", ASSAY_COLUMN_TEXT },
    { "learnt", ASSAY_COLUMN_TEXT },
    { "perturbed", ASSAY_COLUMN_TEXT },
};

AssayTable *
detect_table_new(AssayOutput *output)
{
    return assay_table_new(output, columns, G_N_ELEMENTS(columns),
                           assay_output_is_terminal(output));
}

static void
print_interval(AssayTable *table, const AssayEvaluation *row, AssayRocMeasure measure)
{
    assay_table_real(table, row->roc.values[measure]);
    assay_table_real(table, row->spread.intervals[measure].low);
    assay_table_real(table, row->spread.intervals[measure].high);
}

gboolean
detect_table_row(AssayTable *table, const AssayEvaluation *row, const char *learnt,
                 const char *perturbed, GError **error)
{
    const double *values = row->roc.values;

    assay_table_text(table, row->set);
    if (row->groups == 0 && row->fakes == 0) { /* a mean of sets */
        for (int i = 0; i < 3; i++)
            assay_table_na(table);
    } else {
        assay_table_int(table, (gint64)row->reals);
        assay_table_int(table, (gint64)row->fakes);
        assay_table_int(table, row->groups);
    }
    print_interval(table, row, ASSAY_ROC_AP);
    print_interval(table, row, ASSAY_ROC_AUC);
    assay_table_real(table, values[ASSAY_ROC_EER]);
    assay_table_real(table, row->threshold);
    for (AssayRocMeasure m = ASSAY_ROC_ACCURACY; m <= ASSAY_ROC_BALANCED; m++)
        assay_table_real(table, values[m]);
    assay_table_real(table, row->held_out);
    assay_table_real(table, values[ASSAY_ROC_BEST]);
    assay_table_real(table, row->roc.best_threshold);
    for (AssayRocMeasure m = ASSAY_ROC_PD_100; m <= ASSAY_ROC_PD_010; m++)
        assay_table_real(table, values[m]);
    assay_table_note(table, row->note->str);
    assay_table_text(table, learnt);
    assay_table_text(table, perturbed);
    return assay_table_row_end(table, error);
}
