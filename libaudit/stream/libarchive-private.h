/* stream/libarchive-private.h - the door to libarchive.
 *
 * Names are UTF-8 whatever the locale: each call runs under the thread's own C.UTF-8 (uselocale),
 * since libarchive converts names by the locale it finds. Where it has no memory, it leaves by
 * exit(3), or writes a long name in part and says that all is well; only errno tells. What is asked
 * of it stands between assay_libarchive_enter() and assay_libarchive_leave().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <locale.h>

/* The locale of names, for any user's; what cannot be made for want of memory ends all, as in GLib.
 */
locale_t assay_libarchive_locale(void);

/* The locale to go back to by assay_libarchive_leave(), which ends all where memory was lacking. */
locale_t assay_libarchive_enter(locale_t locale);
void assay_libarchive_leave(locale_t before);

/* What libarchive gave; ends all where that is nothing. */
gpointer assay_libarchive_made(gpointer thing);
