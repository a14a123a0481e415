/* show/page-private.h - text for people: lines, labels, small tables.
 *
 * Every view writes on a page. The output keeps its first failure, so that views look at it now and
 * then (assay_page_flush()) rather than after every line. What came from a file is escaped
 * here: controls and bytes that are not UTF-8 never reach a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/output.h"
#include "show.h"

typedef struct {
    AssayOutput *out; /* borrowed */
    const AssayShowConfig *config;
    gboolean has_parts; /* an empty line goes before the next one */
} AssayPage;

/* Columns of the widest page. */
enum { ASSAY_PAGE_WIDTH = 100 };

/* The sign between the sizes of an array. */
const char *assay_page_times(const AssayPage *self);

/* Writes as it is; nothing that came from a file. */
void assay_page_printf(const AssayPage *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Writes @text with controls escaped. */
void assay_page_text(const AssayPage *self, const char *text);

/**
 * assay_page_entry:
 * @indent: blanks before @label
 * @label: (nullable): printed in front, @label_width columns wide, then two blanks
 *
 * Breaks @text at blanks; further lines stand under the first. What is longer than a line stays
 * whole.
 */
void assay_page_entry(const AssayPage *self, size_t indent, const char *label, size_t label_width,
                      const char *text);

/* Parts what follows from what was shown before. */
void assay_page_part(AssayPage *self);

/* Blanks. */
void assay_page_pad(const AssayPage *self, size_t n);

/* Hands on what was written; %FALSE where the output failed. */
gboolean assay_page_flush(const AssayPage *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * AssayGrid:
 *
 * Cells that are laid out when all are known, for small tables. A column title that begins with ">"
 * has its column to the right; if none says more, there is no line of titles.
 */
typedef struct AssayGrid AssayGrid;

AssayGrid *assay_grid_new(const char *const *titles);
void assay_grid_take(AssayGrid *self, char *cell);
void assay_grid_add(AssayGrid *self, const char *cell);
void assay_grid_count(AssayGrid *self, guint64 count);
void assay_grid_print(const AssayGrid *self, const AssayPage *page, size_t indent);
void assay_grid_free(AssayGrid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AssayGrid, assay_grid_free)

/* "1 sample", "1,046 samples". (transfer full) */
char *assay_count_of(guint64 count, const char *one, const char *many);
