/* stream/record-private.h - the record of a sample in a stream: its metadata, then its members.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sample.h"

G_BEGIN_DECLS

/* Whether @member is written; @only: (nullable): the fields that are, ended by %NULL. */
gboolean assay_record_wants(const char *const *only, const AssayMember *member);

/* (transfer full): the metadata, without the fields that @only leaves out; not to be changed. */
AssayJson *assay_record_meta(AssaySample *sample, const char *const *only);

/**
 * assay_record_prepare:
 *
 * Prints all of the record as it stands in a tar, and keeps that in the place of the metadata and
 * members of @sample. Nothing happens where a record is better written in parts: of a sample with
 * an item axis, or a large one, or where a name takes more than a plain header.
 */
void assay_record_prepare(AssaySample *sample, const char *const *only);

G_END_DECLS
