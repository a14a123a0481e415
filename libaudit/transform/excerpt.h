/* transform/excerpt.h - one sample into several: the windows of a piece, the items of a roll.
 *
 * Items: each item of a sample whose "roll" or "chroma" has an item axis is a piece of its own,
 * NAME/i000017, counted over the whole sample.
 * Of metadata with an element for each item it has its own.
 *
 * Windows of Q quarter notes, H from one to the next: window k of a piece is called NAME/w000017
 * for k = 17. It has what sounds between tick k H and k H + Q, clipped at both ends, with onsets
 * from 0; a note of no length belongs to the window in which it stands. Of tempos, meters and keys
 * it has those that begin inside, and at tick 0 those in force by then. Programs and tracks stay;
 * voices are ranked anew, among those that have notes in the window. It lasts Q, silence included.
 * There are as many windows as fit whole between the start and the end of the last note (or the
 * length that the piece has of its own); the ticks after the last one are counted, "cut_ticks" in
 * the metadata of the last window's notes.
 *
 * A roll of window k, of steps that divide Q and H, is item k of the roll of the piece, cut by
 * steps (signal/roll.h). Their number is the same where the last note ends with a step. Where it
 * ends earlier, a roll may have one item more, since its last step is a whole one; where drums go
 * on for longer and the roll leaves them out, it has fewer.
 *
 * The metadata of a window or of an item that is one have the member "cut": "from", the name of the
 * whole; "start_q" and "window_q", where it begins and how long it is, in quarter notes of the
 * whole; "index", k. Of a window of a window they tell of the first whole, and "index" is that of
 * the last cut. An item of a roll that was not cut from longer ones has no such member.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "arrange.h"

G_BEGIN_DECLS

typedef struct AssayExcerpts AssayExcerpts;

/**
 * assay_excerpts_new:
 * @arrangement: borrowed until the last excerpt
 * @sample: likewise; as the stage of assay_arrange_stage() left it, and one that
 *     assay_arrangement_expands()
 *
 * Memory holds one item's notes and one window at a time.
 */
ASSAY_API AssayExcerpts *assay_excerpts_new(const AssayArrangement *arrangement,
                                            AssaySample *sample);
ASSAY_API void assay_excerpts_free(AssayExcerpts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayExcerpts, assay_excerpts_free)

/**
 * assay_excerpts_next:
 * @excerpt: (out) (transfer full): the next sample, with "notes" alone, or %NULL after the last
 *
 * Returns: %FALSE with the error of assay_arranged_notes(), or with %ASSAY_ERROR_META where a
 * window or a hop is no whole number of the piece's ticks.
 */
ASSAY_API gboolean assay_excerpts_next(AssayExcerpts *self, AssaySample **excerpt,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_excerpts_each:
 * @arrangement: what is asked for
 * @sample: likewise
 * @each: gets every excerpt; %FALSE ends it
 *
 * All excerpts of @sample, one after the other.
 */
ASSAY_API gboolean assay_excerpts_each(const AssayArrangement *arrangement, AssaySample *sample,
                                       gboolean (*each)(gpointer user, AssaySample *excerpt,
                                                        GError **error),
                                       gpointer user, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * assay_excerpts_check:
 * @accept: (nullable): gets what is looked at; %FALSE refuses it
 *
 * Whether all excerpts of @sample can be made, and be accepted, without the work of it all: of
 * items each is looked at. Of windows the first tells of all, and so does the whole: @accept gets
 * both.
 *
 * Returns: %FALSE with the error of assay_excerpts_next() or of @accept.
 */
ASSAY_API gboolean assay_excerpts_check(const AssayArrangement *arrangement, AssaySample *sample,
                                        gboolean (*accept)(gpointer user, AssaySample *excerpt,
                                                           GError **error),
                                        gpointer user, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
