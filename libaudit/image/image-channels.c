/* image/image-channels.c - which channels, and grey.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "../base/error.h"
#include "grey.h"
#include "image-private.h"

/* What the channels of so many are, by letters; y is grey. */
static const char *
letters(size_t n)
{
    static const char *const known[] = { "y", "ya", "rgb", "rgba" };

    return n >= 1 && n <= 4 ? known[n - 1] : "";
}

static const char *
letter_name(char letter)
{
    return letter == 'r'   ? "red"
           : letter == 'g' ? "green"
           : letter == 'b' ? "blue"
           : letter == 'a' ? "alpha"
                           : "grey";
}

/* Where @pick is among @n channels, or -1. Of grey, red and green and blue are all the same. */
static int
find_channel(const AssayImageConfig *config, guint32 pick, size_t n)
{
    const char *at;

    if (g_ascii_isdigit(*config->channels))
        return pick < n ? (int)pick : -1;
    if (n <= 2 && pick != 'a')
        return n == 0 ? -1 : 0;
    at = strchr(letters(n), (int)pick);
    return at == NULL ? -1 : (int)(at - letters(n));
}

static void
name_picks(const AssayImageConfig *config, const int *from, size_t n, AssayJson *meta)
{
    g_autoptr(AssayJson) names = assay_json_array();
    const char *known = letters(n);

    for (size_t i = 0; i < config->n_picks && *known != '\0'; i++) {
        gboolean is_letter = !g_ascii_isdigit(*config->channels);
        char letter = is_letter ? (char)config->picks[i] : known[from[i]];

        assay_json_append_take(names, assay_json_string(letter_name(letter)));
    }
    assay_json_unset(meta, "channels");
    if (assay_json_size(names) > 1)
        assay_json_set_take(meta, "channels", assay_json_ref(names));
}

static void
copy_channels(const AssayArray *from, AssayArray *to, const int *picks, size_t n_from, size_t n_to)
{
    size_t size = assay_type_size(from->type), n = assay_array_count(to) / n_to;
    const guint8 *in = from->data;
    guint8 *out = to->data;

    for (size_t i = 0; i < n; i++, in += n_from * size) {
        for (size_t k = 0; k < n_to; k++, out += size)
            memcpy(out, in + (size_t)picks[k] * size, size);
    }
}

AssayArray *
assay_image_pick(const AssayImageConfig *config, AssayArray *pixels, const char *name,
                 AssayJson *meta, GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    AssayPixelLayout layout, wanted;
    int picks[ASSAY_IMAGE_MAX_PICKS];
    AssayArray *result;

    if (config->channels == NULL)
        return g_steal_pointer(&own);
    if (!assay_pixel_layout(own, name, &layout, error))
        return NULL;
    for (size_t i = 0; i < config->n_picks; i++) {
        picks[i] = find_channel(config, config->picks[i], layout.n_channels);
        if (picks[i] >= 0)
            continue;
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                    "%s: has %" G_GSIZE_FORMAT " channel%s%s%s, so nothing for --channels=%s", name,
                    layout.n_channels, layout.n_channels == 1 ? "" : "s",
                    *letters(layout.n_channels) != '\0' ? ", " : "", letters(layout.n_channels),
                    config->channels);
        return NULL;
    }
    wanted = layout;
    wanted.n_channels = config->n_picks;
    wanted.has_channels = wanted.n_channels > 1;
    result = assay_pixels_new(own->type, &wanted, config->max_bytes, error);
    if (result == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    copy_channels(own, result, picks, layout.n_channels, wanted.n_channels);
    name_picks(config, picks, layout.n_channels, meta);
    return result;
}

/* Whether the last channel is full_scale everywhere; of floats 1. */
static gboolean
is_opaque(const AssayArray *pixels, size_t n_channels, double full, size_t *item)
{
    size_t n = assay_array_count(pixels);

    for (size_t i = n_channels - 1; i < n; i += n_channels) {
        if (assay_array_value(pixels, i) < full) {
            *item = i / (n / pixels->shape[0]);
            return FALSE;
        }
    }
    return TRUE;
}

/* Says that there is no grey: of all items alike, or, where alpha is in the way, of one. */
static void
refuse_grey(const char *name, const AssayPixelLayout *layout, size_t item, GError **error)
{
    size_t n = layout->n_channels;
    gboolean is_even = n == 2 || n == 4;
    g_autofree char *identity = is_even && layout->has_items
                                    ? g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", name, item)
                                    : g_strdup(name);

    g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_FIELD,
                !is_even ? "%s: has %" G_GSIZE_FORMAT " channels, which have no grey; --channels=0 "
                           "picks the first"
                         : "%s: has %" G_GSIZE_FORMAT " channels, of which alpha is not opaque; "
                           "--channels=rgb leaves it out, as if there were nothing behind",
                identity, n);
    if (is_even && layout->has_items)
        assay_error_blame_item(error, item);
}

static void
mix(const AssayArray *from, AssayArray *to, size_t n_channels)
{
    size_t n = assay_array_count(to);

    for (size_t i = 0; i < n; i++) {
        size_t at = i * n_channels;

        if (from->type == ASSAY_U8) {
            const guint8 *rgb = (const guint8 *)from->data + at;

            ((guint8 *)to->data)[i] = (guint8)assay_grey_of_integers(rgb[0], rgb[1], rgb[2]);
        } else if (from->type == ASSAY_U16) {
            const guint16 *rgb = (const guint16 *)from->data + at;

            ((guint16 *)to->data)[i] = (guint16)assay_grey_of_integers(rgb[0], rgb[1], rgb[2]);
        } else {
            const float *rgb = (const float *)from->data + at;

            ((float *)to->data)[i] =
                (float)assay_grey_of_reals((double)rgb[0], (double)rgb[1], (double)rgb[2]);
        }
    }
}

AssayArray *
assay_image_grey(const AssayImageConfig *config, AssayArray *pixels, const char *name,
                 size_t item_start, AssayJson *meta, GError **error)
{
    g_autoptr(AssayArray) own = pixels;
    double full = assay_json_peek_real(assay_json_get(meta, "full_scale"));
    /* 1.0 may stand for one more than the largest value, which is opaque then. */
    double opaque = own->type == ASSAY_F32 || !config->wide_scale ? full : full - 1;
    AssayPixelLayout layout, wanted;
    AssayArray *result;
    size_t n, item = 0;

    if (!config->grey)
        return g_steal_pointer(&own);
    if (!assay_pixel_layout(own, name, &layout, error))
        return NULL;
    n = layout.n_channels;
    if (n == 1)
        return g_steal_pointer(&own);
    if (n > 4 || n == 0 || (n % 2 == 0 && !is_opaque(own, n, opaque, &item))) {
        refuse_grey(name, &layout, item_start + item, error);
        return NULL;
    }
    wanted = layout;
    wanted.n_channels = 1;
    wanted.has_channels = FALSE;
    result = assay_pixels_new(own->type, &wanted, config->max_bytes, error);
    if (result == NULL) {
        g_prefix_error(error, "%s: ", name);
        return NULL;
    }
    if (n == 2)
        copy_channels(own, result, (const int[]){ 0 }, 2, 1);
    else
        mix(own, result, n);
    assay_json_unset(meta, "channels");
    return result;
}
