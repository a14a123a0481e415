/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "foreign.h"

static _Thread_local gboolean is_within;

void
assay_foreign_enter(void)
{
    is_within = TRUE;
}

void
assay_foreign_leave(void)
{
    is_within = FALSE;
}

gboolean
assay_foreign_is_within(void)
{
    return is_within;
}
