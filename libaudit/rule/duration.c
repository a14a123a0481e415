/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "duration.h"

#include <string.h>

guint64
assay_duration_key(double quarters)
{
    guint64 key;

    memcpy(&key, &quarters, sizeof key); /* not negative, so keys order as values do */
    return key;
}

double
assay_duration_value(guint64 key)
{
    double value;

    memcpy(&value, &key, sizeof value);
    return value;
}
