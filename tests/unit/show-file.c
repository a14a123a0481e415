/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "show-file.h"

#include <glib/gstdio.h>

ShowFile *
show_file_new(void)
{
    ShowFile *self = g_new0(ShowFile, 1);
    g_autoptr(GError) error = NULL;

    self->folder = g_dir_make_tmp("assay-show-XXXXXX", &error);
    g_assert_no_error(error);
    self->path = g_build_filename(self->folder, "text", NULL);
    self->out = assay_output_open(self->path, &error);
    g_assert_no_error(error);
    return self;
}

char *
show_file_finish(ShowFile *self, size_t *size)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    gboolean done = assay_output_close(self->out, &error);

    g_assert_no_error(error);
    g_assert_true(done);
    g_file_get_contents(self->path, &text, size, &error);
    g_assert_no_error(error);
    assay_output_free(self->out);
    g_unlink(self->path);
    g_rmdir(self->folder);
    g_free(self->path);
    g_free(self->folder);
    g_free(self);
    return text;
}
