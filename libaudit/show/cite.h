/* show/cite.h - what to cite, as BibTeX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "../base/api.h"

G_BEGIN_DECLS

/* Entries, an empty line between them: Assay itself, and the papers that its methods are from. */
ASSAY_API const char *assay_cite_bibtex(void);

G_END_DECLS
