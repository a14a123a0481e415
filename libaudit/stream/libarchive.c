/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libarchive-private.h"

#include <errno.h>

#include "../base/foreign.h"

locale_t
assay_libarchive_locale(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

    if (locale == (locale_t)0)
        g_error("cannot make the locale C.UTF-8: %s", g_strerror(errno));
    return locale;
}

locale_t
assay_libarchive_enter(locale_t locale)
{
    assay_foreign_enter();
    errno = 0;
    return uselocale(locale);
}

void
assay_libarchive_leave(locale_t before)
{
    gboolean lacked_memory = errno == ENOMEM;

    uselocale(before);
    assay_foreign_leave();
    if (lacked_memory)
        g_error("libarchive failed to allocate");
}

gpointer
assay_libarchive_made(gpointer thing)
{
    if (thing == NULL)
        g_error("libarchive failed to allocate");
    return thing;
}
