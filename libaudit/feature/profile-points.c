/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profile-points.h"

#include <math.h>

#include "../image/profile.h"
#include "pixel-rows-private.h"

static const AssayProfileConfig config = { .points = ASSAY_PROFILE_POINTS };

static void
free_profile(gpointer data)
{
    assay_profile_free(data);
}

/* Tables and plans of the last size: making them takes longer than the profile of a small picture,
 * and nothing of a picture stays in them. */
static GPrivate last = G_PRIVATE_INIT(free_profile);

/* For planes of this size: (transfer none). */
static AssayProfile *
find_profile(size_t width, size_t height, size_t max_bytes, GError **error)
{
    AssayProfile *profile = g_private_get(&last);

    if (profile != NULL && assay_profile_is_for(profile, &config, width, height))
        return profile;
    g_private_replace(&last, NULL); /* before another takes its room */
    profile = assay_profile_new(&config, width, height, max_bytes, error);
    g_private_set(&last, profile);
    return profile;
}

static void
read_row(gpointer data, size_t y, double *row)
{
    const AssayPixelRows *rows = data;

    assay_pixel_rows_read(rows, y, 0, rows->n_columns, row);
}

gboolean
assay_profile_points_of(const AssayPlanes *planes, size_t item, size_t max_bytes, double *values,
                        GError **error)
{
    AssayPixelRows rows = assay_pixel_rows(planes->array, item);
    AssayProfile *profile = NULL;

    if (MAX(rows.n_columns, rows.n_rows) > ASSAY_PLANE_FFT_MAX_SIDE) {
        for (size_t k = 0; k < ASSAY_PROFILE_POINTS; k++)
            values[k] = (double)NAN;
        return TRUE;
    }
    profile = find_profile(rows.n_columns, rows.n_rows, max_bytes, error);
    if (profile == NULL) {
        g_prefix_error(error, "%s: ", planes->sample);
        return FALSE;
    }
    (void)!assay_profile_of(profile, read_row, &rows, planes->full_scale, values);
    return TRUE;
}
