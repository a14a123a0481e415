/* media/jpeg-describe.c - how a JPEG was made: colours, tables, subsampling.
 *
 * To say so takes as long as to decode a small picture, and most files of a folder were made alike:
 * what a thread has said last is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "jpeg-describe-private.h"

#include <string.h>

#include "../base/digest.h"
#include "jpeg-quality-private.h"
#include "picture-private.h"

enum { N_COMPONENTS = 3 };

/* All that the description depends on; without padding, so that bytes can be compared. */
typedef struct {
    gint32 colours, n_components, has_scans, luminance;
    gint32 h[N_COMPONENTS], v[N_COMPONENTS];
    gint32 has_table[NUM_QUANT_TBLS];
    UINT16 tables[NUM_QUANT_TBLS][DCTSIZE2];
} Traits;

typedef struct {
    Traits traits;
    AssayJson *meta;
} Described;

static void
free_described(gpointer data)
{
    Described *self = data;

    assay_json_unref(self->meta);
    g_free(self);
}

static GPrivate last = G_PRIVATE_INIT(free_described);

static void
find_traits(const struct jpeg_decompress_struct *jpeg, Traits *traits)
{
    memset(traits, 0, sizeof *traits);
    traits->colours = (gint32)jpeg->jpeg_color_space;
    traits->n_components = jpeg->num_components;
    traits->has_scans = jpeg_has_multiple_scans((j_decompress_ptr)jpeg);
    traits->luminance = jpeg->comp_info[0].quant_tbl_no;
    for (int i = 0; i < MIN(jpeg->num_components, N_COMPONENTS); i++) {
        traits->h[i] = jpeg->comp_info[i].h_samp_factor;
        traits->v[i] = jpeg->comp_info[i].v_samp_factor;
    }
    for (int i = 0; i < NUM_QUANT_TBLS; i++) {
        const JQUANT_TBL *table = jpeg->quant_tbl_ptrs[i];

        traits->has_table[i] = table != NULL;
        if (table != NULL)
            memcpy(traits->tables[i], table->quantval, sizeof traits->tables[i]);
    }
}

static void
describe_tables(const Traits *traits, AssayJson *meta)
{
    g_autoptr(AssayDigest) digest = assay_digest_new();
    g_autofree char *tables = NULL;
    int luminance = traits->luminance;

    for (int i = 0; i < NUM_QUANT_TBLS; i++) {
        guint8 values[2 * DCTSIZE2];

        if (!traits->has_table[i])
            continue;
        for (size_t k = 0; k < DCTSIZE2; k++) {
            values[2 * k] = (guint8)(traits->tables[i][k] >> 8);
            values[2 * k + 1] = (guint8)(traits->tables[i][k] & 0xff);
        }
        assay_digest_update(digest, values, sizeof values);
    }
    tables = assay_digest_finish(digest);
    tables[16] = '\0';
    assay_json_set_string(meta, "jpeg_tables", tables);
    if (luminance >= 0 && luminance < NUM_QUANT_TBLS && traits->has_table[luminance])
        assay_json_set_integer(meta, "jpeg_quality", assay_jpeg_quality(traits->tables[luminance]));
}

/* "4:2:0", or "2x2,1x1,1x1" where it has no such name. */
static char *
subsampling(const Traits *traits)
{
    static const struct {
        int h, v;
        const char *name;
    } known[] = { { 1, 1, "4:4:4" },
                  { 2, 1, "4:2:2" },
                  { 2, 2, "4:2:0" },
                  { 1, 2, "4:4:0" },
                  { 4, 1, "4:1:1" } };
    gboolean is_plain = TRUE;
    GString *list;

    for (int i = 1; i < traits->n_components; i++)
        is_plain = is_plain && traits->h[i] == 1 && traits->v[i] == 1;
    for (size_t i = 0; is_plain && i < G_N_ELEMENTS(known); i++) {
        if (known[i].h == traits->h[0] && known[i].v == traits->v[0])
            return g_strdup(known[i].name);
    }
    list = g_string_new(NULL);
    for (int i = 0; i < traits->n_components; i++)
        g_string_append_printf(list, "%s%dx%d", i > 0 ? "," : "", traits->h[i], traits->v[i]);
    return g_string_free(list, FALSE);
}

static AssayJson *
describe(const Traits *traits)
{
    static const char *const colours[] = {
        [JCS_GRAYSCALE] = "grey", [JCS_RGB] = "rgb", [JCS_YCbCr] = "ycbcr"
    };
    AssayJson *meta = assay_picture_meta(255, 8, colours[traits->colours]);

    describe_tables(traits, meta);
    if (traits->n_components > 1) {
        g_autofree char *name = subsampling(traits);

        assay_json_set_string(meta, "jpeg_subsampling", name);
    }
    if (traits->has_scans)
        assay_json_set_bool(meta, "progressive", TRUE);
    assay_picture_name_axes(meta, traits->colours == JCS_GRAYSCALE ? 1 : 3);
    return meta;
}

AssayJson *
assay_jpeg_describe(const struct jpeg_decompress_struct *jpeg)
{
    Described *self = g_private_get(&last);
    Traits traits;

    find_traits(jpeg, &traits);
    if (self == NULL) {
        self = g_new0(Described, 1);
        g_private_set(&last, self);
    }
    if (self->meta == NULL || memcmp(&traits, &self->traits, sizeof traits) != 0) {
        assay_json_unref(self->meta);
        self->traits = traits;
        self->meta = describe(&traits);
    }
    return assay_json_ref(self->meta);
}
