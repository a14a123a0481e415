/* fuzz/standalone.c - replays seeds through a fuzz target, without libFuzzer.
 *
 * `fuzz-NAME [FILE|FOLDER]...` (default: the target's seeds in tests/fuzz/corpus) hands each file
 * to LLVMFuzzerTestOneInput and prints TAP, a line a file. A fault ends the program, so the file
 * that caused it is named before it is tried.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
collect(GPtrArray *paths, const char *operand)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = NULL;
    const char *name;

    if (!g_file_test(operand, G_FILE_TEST_IS_DIR)) {
        g_ptr_array_add(paths, g_strdup(operand));
        return TRUE;
    }
    folder = g_dir_open(operand, 0, &error);
    if (folder == NULL) {
        fprintf(stderr, "# %s\n", error->message);
        return FALSE;
    }
    while ((name = g_dir_read_name(folder)) != NULL)
        if (name[0] != '.')
            g_ptr_array_add(paths, g_build_filename(operand, name, NULL));
    return TRUE;
}

static void
replay(unsigned number, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *bytes = NULL;
    g_autofree uint8_t *exact = NULL;
    size_t size = 0;

    printf("# %s\n", path);
    if (!g_file_get_contents(path, &bytes, &size, &error)) {
        printf("not ok %u - %s: %s\n", number, name, error->message);
        return;
    }
    /* GLib ends the bytes with a NUL, which would hide a read past the end from a sanitizer. */
    exact = g_malloc(size > 0 ? size : 1);
    memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    printf("ok %u - %s\n", number, name);
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    gboolean ok = TRUE;

    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++)
        ok = collect(paths, argv[i]) && ok;
    if (argc < 2)
        ok = collect(paths, ASSAY_FUZZ_SEEDS);
    if (!ok || paths->len == 0) {
        fprintf(stderr, "# no seeds to replay\n");
        return EXIT_FAILURE;
    }
    g_ptr_array_sort(paths, compare_paths);
    printf("1..%u\n", paths->len);
    for (unsigned i = 0; i < paths->len; i++)
        replay(i + 1, g_ptr_array_index(paths, i));
    return EXIT_SUCCESS;
}
