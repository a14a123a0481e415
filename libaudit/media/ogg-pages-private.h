/* media/ogg-pages-private.h - whether the pages of an Ogg file are what was written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/content.h"

/**
 * assay_ogg_check:
 * @content: from its first byte on, pages of any codec
 *
 * Decoders pass over pages that fail their checksum, and files come out shorter without a word. So
 * each page is looked at: its mark, its checksum, and its number in its logical stream. What lies
 * behind the last page of all streams is no page, as a tag may.
 *
 * Returns: %FALSE with %ASSAY_ERROR_FORMAT: a damaged or a missing page, named by its offset;
 *     %ASSAY_ERROR_TRUNCATED: the last page breaks off, or is not there; %ASSAY_ERROR_IO.
 */
gboolean assay_ogg_check(AssayContent *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;
