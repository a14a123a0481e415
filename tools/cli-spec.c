/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-spec.h"

#include <assay/base/digest.h>
#include <assay/base/input.h>
#include <assay/spec/intersect.h>
#include <string.h>

#include "cli-spec-find.h"
#include "cli.h"

static GBytes *
read_file(const char *path, GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open(path, error);

    return input == NULL ? NULL : assay_input_read_all(input, ASSAY_MAX_SAMPLE, error);
}

AssaySpec *
cli_read_spec(const char *name, GError **error)
{
    return cli_read_spec_file(name, NULL, error);
}

AssaySpec *
cli_read_spec_file(const char *name, CliSpecFile *file, GError **error)
{
    g_autofree char *path = cli_find_spec(name);
    g_autofree char *shown = strcmp(name, "-") == 0
                                 ? g_strdup("standard input")
                                 : g_filename_display_name(path != NULL ? path : name);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(AssaySpec) spec = NULL;
    g_autoptr(GString) text = NULL;
    g_autofree char *digest = NULL;
    const void *data;
    size_t size;

    if (path == NULL) {
        g_autofree char *near = cli_near_specs(name);

        g_set_error(
            error, ASSAY_ERROR, ASSAY_ERROR_USAGE,
            "%s: no such spec: neither a file, nor the name of one in $ASSAY_SPECS or among "
            "those installed%s%s",
            shown, near != NULL ? "; near it is " : "", near != NULL ? near : "");
        return NULL;
    }
    if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, "%s: is a folder, not a spec", shown);
        return NULL;
    }
    bytes = read_file(path, error);
    if (bytes == NULL)
        return NULL;
    data = g_bytes_get_data(bytes, &size);
    if (size == 0) {
        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_SPEC,
                    "%s: is empty: the assay-mine that was to write it may have failed", shown);
        return NULL;
    }
    spec = assay_spec_parse(data, size, shown, error);
    if (spec == NULL)
        return NULL;
    if (file == NULL)
        return g_steal_pointer(&spec);
    text = assay_spec_print(spec);
    file->is_canonical = text->len == size && memcmp(text->str, data, size) == 0;
    digest = assay_digest_bytes(bytes);
    g_strlcpy(file->sha256, digest, sizeof file->sha256);
    return g_steal_pointer(&spec);
}

AssaySpec *
cli_read_spec_derived(const char *name, GError **error)
{
    CliSpecFile file;
    AssaySpec *spec = cli_read_spec_file(name, &file, error);

    if (spec != NULL)
        assay_spec_derive(spec, file.sha256);
    return spec;
}

gboolean
cli_write_spec(AssaySpec *spec, GError **error)
{
    g_autoptr(AssayOutput) output = assay_output_open(cli.output, error);
    g_autoptr(GString) text = NULL;

    if (output == NULL)
        return FALSE;
    assay_spec_sort(spec);
    text = assay_spec_print(spec);
    return assay_output_write(output, text->str, text->len, error) &&
           assay_output_close(output, error);
}

gboolean
cli_spec_name(AssaySpec *spec, const char *name, const char *edition, const char *noun,
              const char *source, const char *licence)
{
    const struct {
        const char *option, *text;
        char **member;
    } texts[] = {
        { "name", name, &spec->name },          { "edition", edition, &spec->edition },
        { "noun", noun, &spec->noun },          { "source", source, &spec->corpus_source },
        { "licence", licence, &spec->licence },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (texts[i].text == NULL)
            continue;
        if (!g_utf8_validate(texts[i].text, -1, NULL)) {
            cli_usage("--%s: the text is not UTF-8", texts[i].option);
            return FALSE;
        }
        g_free(*texts[i].member);
        *texts[i].member = g_strdup(texts[i].text);
    }
    return TRUE;
}
