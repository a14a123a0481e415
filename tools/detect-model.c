/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect-model.h"

#include <assay/base/input.h>

AssayModelFile *
detect_model_read(const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(AssayInput) input = NULL;
    g_autoptr(GBytes) bytes = NULL;
    AssayModelFile *file;
    const void *data;
    size_t size;

    cli_claim_input(path, "-m");
    input = assay_input_open(path, error);
    bytes = input == NULL ? NULL : assay_input_read_all(input, cli.max_sample, error);
    if (bytes == NULL)
        return NULL;
    data = g_bytes_get_data(bytes, &size);
    file = assay_model_file_parse(data, size, shown, error);
    if (file == NULL)
        return NULL;
    g_free(detect_options.field);
    detect_options.field = g_strdup(file->field);
    return file;
}

void
detect_model_ask(const AssayModelFile *file, DetectData *data)
{
    AssayExamples *examples = data->collection->examples;
    char *const *names = assay_model_columns(file->model);
    size_t n = assay_model_n_columns(file->model);
    guint groups = 0;

    assay_examples_name_columns(examples, (const char *const *)names, n);
    examples->needed_by = "the model needs";
    for (size_t i = 0; i < n; i++) {
        guint group = assay_examples_feature_group(names[i]);

        groups |= group < ASSAY_N_FEATURE_GROUPS ? 1u << group : 0;
    }
    data->config.features.groups = groups;
}

void
detect_model_tell_unfamiliar(const AssayModelFile *file, const char *path,
                             const AssayCollection *items)
{
    g_autofree char *told = assay_familiar_tell(file->familiar, items->traits);
    g_autofree char *shown = g_filename_display_name(path);

    if (told != NULL)
        cli_warn("%s has learnt from other files than these: %s: what it says may come of that",
                 shown, told);
}
