/* show/picture-view.c - a picture: its size, its kind, its values, and a sketch of it in letters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "../image/image.h"
#include "../image/pixels.h"
#include "../image/resize.h"
#include "../media/picture.h"
#include "views-private.h"

/* The sketch is at most so large; a letter is twice as high as wide. */
enum { LABEL_WIDTH = 8, SKETCH_WIDTH = 64, SKETCH_HEIGHT = 32 };

/* A picture that has been read, and what is said of it. */
typedef struct {
    AssaySample *sample;
    const AssayArray *pixels;
    AssayPixelLayout layout;
    const AssayJson *meta;
    const AssayMedium *medium;
    size_t bytes;
} Picture;

static void
clear_picture(Picture *self)
{
    assay_sample_free(self->sample);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, clear_picture)

static gboolean
read_picture(Picture *self, AssayInput *input, const AssayMedium *medium, const char *name,
             size_t max_bytes, GError **error)
{
    const AssayImageConfig config = ASSAY_IMAGE_CONFIG_DEFAULT;
    g_autoptr(AssayStage) stage = assay_image_stage(&config);
    g_autoptr(GBytes) bytes = assay_input_read_all(input, max_bytes, error);

    if (bytes == NULL)
        return FALSE;
    self->medium = medium;
    self->bytes = g_bytes_get_size(bytes);
    self->sample = assay_sample_new(name);
    if (!medium->decode(self->sample, bytes, max_bytes, error)) {
        g_prefix_error(error, "%s: ", name);
        return FALSE;
    }
    if (!stage->apply(stage, NULL, self->sample, error))
        return FALSE;
    self->pixels = assay_sample_field(self->sample, "pixels", error);
    self->meta = assay_sample_field_meta(self->sample, "pixels");
    return self->pixels != NULL && assay_pixel_layout(self->pixels, name, &self->layout, error);
}

static const char *
text_of(const Picture *self, const char *key)
{
    return assay_json_peek_string(assay_json_get(self->meta, key));
}

static gint64
number_of(const Picture *self, const char *key)
{
    return assay_json_peek_integer(assay_json_get(self->meta, key));
}

/* "rgb, 8 bits", "palette of 4 bits, interlaced", "ycbcr 4:2:0, 8 bits, quality 75". */
static char *
kind_text(const Picture *self)
{
    const char *subsampling = text_of(self, "jpeg_subsampling");
    GString *text = g_string_new(text_of(self, "colour"));
    gint64 depth = number_of(self, "bit_depth"), quality = number_of(self, "jpeg_quality");

    if (subsampling != NULL)
        g_string_append_printf(text, " %s", subsampling);
    g_string_append_printf(text, ", %" G_GINT64_FORMAT " bit%s", depth, depth == 1 ? "" : "s");
    if (quality > 0)
        g_string_append_printf(text, ", quality %" G_GINT64_FORMAT, quality);
    if (assay_json_is_true(assay_json_get(self->meta, "progressive")))
        g_string_append(text, ", progressive");
    if (assay_json_is_true(assay_json_get(self->meta, "interlaced")))
        g_string_append(text, ", interlaced");
    if (number_of(self, "orientation") > 0)
        g_string_append_printf(text, ", turned as EXIF says (%" G_GINT64_FORMAT ")",
                               number_of(self, "orientation"));
    if (number_of(self, "appended_bytes") > 0)
        g_string_append_printf(text, ", %" G_GINT64_FORMAT " bytes after its end",
                               number_of(self, "appended_bytes"));
    return g_string_free(text, FALSE);
}

static void
show_channels(const Picture *self, const AssayPage *page)
{
    static const char *const titles[] = { "channel", ">min",   ">max", ">mean",
                                          ">black",  ">white", NULL };
    size_t n = self->layout.n_channels, count = assay_array_count(self->pixels) / n;
    double full = assay_json_peek_real(assay_json_get(self->meta, "full_scale"));
    g_autoptr(AssayGrid) grid = assay_grid_new(titles);
    const AssayJson *names = assay_json_get(self->meta, "channels");

    for (size_t k = 0; k < n; k++) {
        const char *name = assay_json_peek_string(assay_json_nth(names, k));
        char text[ASSAY_TEXT_NUMBER_SIZE];
        double min = (double)INFINITY, max = -(double)INFINITY, sum = 0;
        guint64 black = 0, white = 0;

        for (size_t i = k; i < n * count; i += n) {
            double value = assay_array_value(self->pixels, i);

            min = MIN(min, value);
            max = MAX(max, value);
            sum += value;
            black += value <= 0;
            white += value >= full;
        }
        assay_grid_add(grid, name != NULL ? name : "grey");
        assay_grid_add(grid, assay_text_double_digits(text, min, 6));
        assay_grid_add(grid, assay_text_double_digits(text, max, 6));
        assay_grid_add(grid, assay_text_double_digits(text, sum / (double)count, 6));
        assay_grid_take(
            grid, g_strdup_printf("%s %%", assay_text_double_digits(
                                               text, 100 * (double)black / (double)count, 3)));
        assay_grid_take(
            grid, g_strdup_printf("%s %%", assay_text_double_digits(
                                               text, 100 * (double)white / (double)count, 3)));
    }
    assay_grid_print(grid, page, 2);
}

/* In two letters a pixel, or as small as it has to be. Of colours green is shown, which grey has
 * the most of. */
static void
show_sketch(const Picture *self, const AssayPage *page)
{
    static const char ramp[] = " .:-=+*#%@";
    double full = assay_json_peek_real(assay_json_get(self->meta, "full_scale"));
    double width = (double)self->layout.width, height = (double)self->layout.height;
    double columns = MIN(2 * width, SKETCH_WIDTH), rows = columns * height / width / 2;
    size_t channel = self->layout.n_channels >= 3 ? 1 : 0, n_rows, n_columns;
    g_autoptr(AssayArray) small = NULL;

    if (rows > SKETCH_HEIGHT) {
        rows = SKETCH_HEIGHT;
        columns = 2 * rows * width / height;
    }
    n_columns = (size_t)MAX(1, round(columns));
    n_rows = (size_t)MAX(1, round(rows));
    small = assay_resize_area(self->pixels, "sketch", n_columns, n_rows, G_MAXSIZE, NULL);
    if (small == NULL)
        return;
    for (size_t i = 0; i < n_rows; i++) {
        g_autoptr(GString) line = g_string_new(NULL);

        for (size_t k = 0; k < n_columns; k++) {
            double value =
                assay_array_value(small, (i * n_columns + k) * self->layout.n_channels + channel);

            g_string_append_c(line, ramp[(size_t)CLAMP(value / full * 9.999, 0, 9)]);
        }
        g_strchomp(line->str);
        assay_page_printf(page, "%s%s\n", line->str[0] != '\0' ? "  " : "", line->str);
    }
}

static void
show_picture(const Picture *self, const AssayPage *page, const char *name)
{
    g_autofree char *kind = kind_text(self);
    g_autofree char *size = NULL;
    char bytes[ASSAY_TEXT_NUMBER_SIZE];

    assay_page_text(page, name);
    assay_page_printf(page, ": a %s picture\n", self->medium->name);
    size = g_strdup_printf("%" G_GSIZE_FORMAT " %s %" G_GSIZE_FORMAT " pixels, %s bytes",
                           self->layout.width, assay_page_times(page), self->layout.height,
                           assay_text_count(bytes, self->bytes));
    assay_page_entry(page, 2, "size", LABEL_WIDTH, size);
    assay_page_entry(page, 2, "stored", LABEL_WIDTH, kind);
    assay_page_printf(page, "\n");
    show_channels(self, page);
    assay_page_printf(page, "\n");
    show_sketch(self, page);
}

/* A line of the list of files. */
static void
list_picture(AssayShow *self, const Picture *picture, const char *name)
{
    static const char *const titles[] = { "size", "channels", "type", NULL };
    g_autofree char *kind = kind_text(picture);
    g_autofree char *size =
        g_strdup_printf("%" G_GSIZE_FORMAT " %s %" G_GSIZE_FORMAT, picture->layout.width,
                        assay_page_times(&self->page), picture->layout.height);
    char channels[ASSAY_TEXT_NUMBER_SIZE];

    if (self->picture_rows == NULL) {
        assay_page_part(&self->page);
        self->n_listed = self->n_picture_rows;
    }
    if (self->picture_rows == NULL)
        self->picture_rows = assay_rows_new(&self->page, titles, "file");
    assay_rows_add(self->picture_rows,
                   (const char *const[]){ size,
                                          assay_text_count(channels, picture->layout.n_channels),
                                          assay_type_name(picture->pixels->type), NULL },
                   name, kind);
    self->n_picture_rows++;
}

void
assay_show_picture_end(AssayShow *self)
{
    g_autofree char *files =
        assay_count_of(self->n_picture_rows - self->n_listed, "picture", "pictures");

    if (self->picture_rows == NULL)
        return;
    assay_rows_settle(self->picture_rows);
    g_clear_pointer(&self->picture_rows, assay_rows_free);
    assay_page_printf(
        &self->page, "\n  %s%s\n", files,
        self->config.limit > 0 && self->n_picture_rows >= self->config.limit ? " shown" : "");
}

gboolean
assay_show_picture(AssayShow *self, AssayInput *input, const AssayMedium *medium, const char *name,
                   gboolean is_brief, GError **error)
{
    g_autoptr(AssayInput) own = input;
    g_auto(Picture) picture = { 0 };

    if (is_brief && self->config.limit > 0 && self->n_picture_rows >= self->config.limit)
        return TRUE;
    if (!read_picture(&picture, own, medium, name, self->config.max_bytes, error))
        return FALSE;
    if (is_brief) {
        list_picture(self, &picture, name);
        return TRUE;
    }
    assay_page_part(&self->page);
    show_picture(&picture, &self->page, name);
    return TRUE;
}
