/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "show-values.h"

#include <assay/values/fields.h>

/* @take is given every file; FALSE ends all. @written says how many samples came of them: none is
 * fine where none was left out. */
static int
each_input(ShowRun *self,
           gboolean (*take)(gpointer user, AssayInput *input, const AssayFile *file,
                            GError **error),
           gboolean (*end)(gpointer user, GError **error), guint64 (*written)(gpointer user),
           gpointer user)
{
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < self->listing->files->len; i++) {
        const AssayFile *file = g_ptr_array_index(self->listing->files, i);
        AssayInput *input = assay_file_open(file, &error);

        if (input == NULL) {
            show_leave_out(self, error->message, FALSE);
            g_clear_error(&error);
            continue;
        }
        if (!take(user, input, file, &error))
            return cli_fail(error);
    }
    if (!end(user, &error)) {
        int status = cli_fail(error);

        return self->n_left_out > 0 ? CLI_FAILED
                                    : status; /* what it lacks may be in what was left out */
    }
    self->n_shown = written(user) + (self->n_faults == 0 ? self->listing->files->len : 0);
    return show_finish(self);
}

static gboolean
take_values(gpointer user, AssayInput *input, const AssayFile *file, GError **error)
{
    if (!assay_values_is_done(user))
        return assay_values_input(user, input, file->name, file->shown, error);
    assay_input_free(input);
    return TRUE;
}

static gboolean
end_values(gpointer user, GError **error)
{
    return assay_values_finish(user, error);
}

static guint64
count_values(gpointer user)
{
    return assay_values_written(user);
}

static gboolean
take_fields(gpointer user, AssayInput *input, const AssayFile *file, GError **error)
{
    return assay_fields_input(user, input, file->name, file->shown, error);
}

static gboolean
end_fields(gpointer user, GError **error)
{
    return assay_fields_finish(user, error);
}

static guint64
count_fields(gpointer user)
{
    return assay_fields_written(user);
}

int
show_fields(ShowRun *self, guint64 limit)
{
    g_autoptr(AssayFields) fields = assay_fields_new(self->out, assay_output_is_terminal(self->out),
                                                     limit, cli.max_sample, show_leave_out, self);

    return each_input(self, take_fields, end_fields, count_fields, fields);
}

int
show_values(ShowRun *self, const AssayValuesConfig *config)
{
    g_autoptr(AssayValues) values = assay_values_new(self->out, config, show_leave_out, self);

    return each_input(self, take_values, end_values, count_values, values);
}
