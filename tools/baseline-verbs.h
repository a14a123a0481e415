/* tools/baseline-verbs.h - the kinds of assay-baseline; argv[0] is the kind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli.h"

int baseline_bernoulli(int argc, char **argv);
int baseline_shuffle(int argc, char **argv);
int baseline_walk(int argc, char **argv);

/* Where the samples of any kind go. */
typedef struct {
    AssayWriter *writer;
    AssayJson *stage; /* of the head, which is written with the first sample */
} BaselineOutput;

void baseline_open(BaselineOutput *self);

/* What the samples are made by: (transfer full). To be told before the first is put. */
void baseline_describe(BaselineOutput *self, AssayJson *options);

/* Each finished sample of every kind passes here; @output is a BaselineOutput. */
gboolean baseline_put(gpointer output, AssaySample *sample, GError **error);

gboolean baseline_close(BaselineOutput *self, GError **error);
void baseline_clear(BaselineOutput *self);
