/* compare/null-private.h - a run of draws: null.c has their way, null-draw.c makes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "matrix.h"
#include "null.h"

/**
 * AssayNullRun:
 * @matrix: (nullable): of the groups, where they are added up for many samples
 * @stride: of weights: ASSAY_LANES with a @matrix, else 1
 */
typedef struct {
    const AssayTrials *trials;
    const AssayKeptGroups *groups;
    const AssayMatrix *matrix;
    size_t stride;
    size_t n_trials;
    const AssayNullConfig *config;
    size_t n_chosen;      /* groups of the smaller set */
    gboolean has_real;    /* whether there is a source to draw from */
    gboolean has_labels;  /* whether there are labels to permute */
    guint64 n_all;        /* labellings, where all are looked at; else 0 */
    size_t *all;          /* which groups are chosen in each: n_all * n_chosen */
    AssayTrialSide total; /* of all groups; its counts are owned */
    size_t next;          /* of the reader: which draw begins the next job */
    size_t n_to_come;     /* draws, labellings, whichever are more */
    double *real;         /* n_draws a trial */
    guint64 *n_above;     /* a trial: labellings at least as far apart as the observed one */
    double *observed;     /* a trial */
} AssayNullRun;

/* Draws @first to @first + @n, and what was measured of each. */
typedef struct {
    size_t first, n;
    double *real, *labels; /* lane by lane, n_trials each */
} AssayNullBlock;

/* What a worker needs to draw; @user: the run. */
gpointer assay_null_worker_new(gpointer user, GError **error);
void assay_null_worker_free(gpointer worker);

/* Two samples of the reference, for each draw of the block. */
void assay_null_draw_real(const AssayNullRun *run, gpointer worker, AssayNullBlock *block);

/* Two sets by other labels, for each draw of the block. */
void assay_null_draw_labels(const AssayNullRun *run, gpointer worker, AssayNullBlock *block);

/* All groups together, and what the labels as they are give: the groups of either set. */
void assay_null_observe(AssayNullRun *run);
