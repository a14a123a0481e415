/* show/chord-view.h - one chord of a corpus, for people: how long it is heard, what follows and
 * what precedes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/output.h"
#include "../spec/spec.h"

G_BEGIN_DECLS

/**
 * AssayChordQuestion:
 * @chords: (array length=n_chords): states, the oldest first
 * @n_chords: 1 .. the order of the spec's transitions
 * @top: how many of each list to show
 * @min_groups: what counts as allowed, 1 .. ASSAY_OWNER_GROUPS; other chords are counted, not shown
 */
typedef struct {
    guint chords[ASSAY_MAX_ORDER];
    guint n_chords;
    guint top, min_groups;
} AssayChordQuestion;

/**
 * assay_chord_question_parse:
 * @text: chords apart by ",": "C-E-G", "C-E-G,rest"; notes in any order and spelling
 *
 * Returns: %FALSE with %ASSAY_ERROR_USAGE for what is no chord, or for more than a spec can know.
 */
ASSAY_API gboolean assay_chord_question_parse(AssayChordQuestion *self, const char *text,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_show_chord:
 * @output: neither flushed at the end nor closed
 * @spec: sorted
 *
 * A chord that never sounds is an answer too; then the nearest that do are listed.
 *
 * Returns: %FALSE with %ASSAY_ERROR_SPEC where @spec has no transitions, %ASSAY_ERROR_USAGE where
 *     its order is less than the chords that are asked for, or with the failure of @output.
 */
ASSAY_API gboolean assay_show_chord(AssayOutput *output, const AssaySpec *spec,
                                    const AssayChordQuestion *question,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
