/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-spec.h"

#include <assay/base/digest.h>
#include <assay/base/input.h>
#include <assay/base/near.h>
#include <assay/base/text.h>
#include <assay/spec/intersect.h>
#include <assay/values/kind.h>
#include <string.h>

#include "cli.h"

#define SUFFIX ".spec.json"

static GBytes *
read_file(const char *path, GError **error)
{
    g_autoptr(AssayInput) input = assay_input_open(path, error);

    return input == NULL ? NULL : assay_input_read_all(input, ASSAY_MAX_SAMPLE, error);
}

/* Where specs are looked for by name: the folders of $ASSAY_SPECS, those of the build and of the
 * installation. */
static char **
spec_folders(void)
{
    const char *own = g_getenv("ASSAY_SPECS");
    g_autofree char *folders = g_strjoin(":", own != NULL ? own : "", ASSAY_SPECS_DIRS, NULL);

    return g_strsplit(folders, ":", -1);
}

/* The file of the spec called @name, or NULL: a path is taken as it is. */
static char *
find_spec(const char *name)
{
    g_auto(GStrv) list = spec_folders();

    if (strcmp(name, "-") == 0 || g_file_test(name, G_FILE_TEST_EXISTS))
        return g_strdup(name);
    for (size_t i = 0; strchr(name, '/') == NULL && list[i] != NULL; i++) {
        g_autofree char *file = g_strconcat(name, SUFFIX, NULL);
        char *path = list[i][0] == '\0' ? NULL : g_build_filename(list[i], file, NULL);

        if (path != NULL && g_file_test(path, G_FILE_TEST_EXISTS))
            return path;
        g_free(path);
    }
    return NULL;
}

static gboolean
begins_as_json(const char *path)
{
    g_autoptr(AssayInput) input = assay_input_open(path, NULL);
    const guint8 *data;
    size_t size = ASSAY_KIND_SNIFFED;

    return input != NULL && assay_input_peek(input, &data, &size, NULL) &&
           assay_kind_sniff(data, size, path) == ASSAY_KIND_JSON;
}

gboolean
cli_is_spec(const char *operand)
{
    g_autofree char *found = NULL;

    if (g_file_test(operand, G_FILE_TEST_EXISTS))
        return g_file_test(operand, G_FILE_TEST_IS_REGULAR) && begins_as_json(operand);
    found = strcmp(operand, "-") == 0 ? NULL : find_spec(operand);
    return found != NULL;
}

/* Names of specs that are near @name, or NULL. */
static char *
near_specs(const char *name)
{
    g_auto(GStrv) list = spec_folders();
    g_autoptr(AssayNear) candidates = assay_near_new(name);

    for (size_t i = 0; list[i] != NULL; i++) {
        g_autoptr(GDir) folder = list[i][0] == '\0' ? NULL : g_dir_open(list[i], 0, NULL);
        const char *file;

        while (folder != NULL && (file = g_dir_read_name(folder)) != NULL) {
            g_autofree char *bare =
                g_strndup(file, strlen(file) - MIN(strlen(file), strlen(SUFFIX)));

            if (g_str_has_suffix(file, SUFFIX))
                assay_near_offer(candidates, bare);
        }
    }
    return assay_near_text(candidates);
}

AssaySpec *
cli_read_spec(const char *name, GError **error)
{
    return cli_read_spec_file(name, NULL, error);
}

AssaySpec *
cli_read_spec_file(const char *name, CliSpecFile *file, GError **error)
{
    g_autofree char *path = find_spec(name);
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
        g_autofree char *near = near_specs(name);

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

AssayGroups *
cli_read_groups(const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) fault = NULL;
    const void *data;
    AssayGroups *groups;
    size_t size;

    cli_claim_input(path, "--groups");
    bytes = read_file(path, error);
    if (bytes == NULL)
        return NULL;
    data = g_bytes_get_data(bytes, &size);
    groups = assay_groups_parse(data, size, shown, &fault);
    if (groups == NULL) /* a table that was typed in is the user's to mend, as an option is */
        g_set_error_literal(error, ASSAY_ERROR, ASSAY_ERROR_USAGE, fault->message);
    return groups;
}

void
cli_tell_unused_groups(const AssayGroups *groups, const char *path)
{
    if (groups != NULL && assay_groups_n_unused(groups) > 0)
        cli_note("lines of %s that name no item: %" G_GSIZE_FORMAT, path,
                 assay_groups_n_unused(groups));
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

void
cli_table_groups(AssayTable *table, guint groups)
{
    char number[ASSAY_TEXT_NUMBER_SIZE];

    g_snprintf(number, sizeof number, "%u", groups);
    assay_table_text(table, groups == ASSAY_MANY_GROUPS ? "many" : number);
}
