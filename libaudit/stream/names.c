/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/error.h"
#include "../base/text.h"

/* Folders nested deeper than this are a loop that links hide, or no corpus. */
#define MAX_DEPTH 64

typedef struct {
    AssayListing *listing;
    GHashTable *taken; /* the names given so far */
    const char *const *suffixes;
    size_t operand;
    size_t parent_length; /* how much of a path is the operand's parent */
    struct {
        dev_t device;
        ino_t inode;
    } open[MAX_DEPTH]; /* the folders we are in */
} Walk;

static void
free_file(gpointer data)
{
    AssayFile *file = data;

    g_free(file->path);
    g_free(file->shown);
    g_free(file->name);
    g_free(file);
}

void
assay_listing_free(AssayListing *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->files);
    g_free(self);
}

gboolean
assay_has_suffix(const char *path, const char *const *suffixes)
{
    size_t length = strlen(path);

    for (size_t i = 0; suffixes != NULL && suffixes[i] != NULL; i++) {
        size_t n = strlen(suffixes[i]);

        if (length > n && g_ascii_strcasecmp(path + length - n, suffixes[i]) == 0)
            return TRUE;
    }
    return FALSE;
}

static void
replace_dots(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '.')
            *text = '_';
    }
}

/* The name of a file whose path, from the operand's parent on, is @shown. */
static char *
make_name(Walk *walk, const char *shown)
{
    g_autofree char *stem = g_strdup(shown);
    char *base = strrchr(stem, '/'), *dot, *name;

    base = base == NULL ? stem : base + 1;
    dot = strrchr(base, '.');
    if (dot != NULL && dot != base)
        *dot = '\0';
    replace_dots(base);
    if (g_str_has_prefix(stem, "__"))
        name = g_strdup_printf("%%5F%s", stem + 1);
    else
        name = g_steal_pointer(&stem);
    if (g_hash_table_contains(walk->taken, name)) {
        g_autofree char *full = g_strdup(shown);
        char *last = strrchr(full, '/');

        replace_dots(last == NULL ? full : last + 1);
        g_free(name);
        name = g_strdup(full);
        for (unsigned int i = 2; g_hash_table_contains(walk->taken, name); i++) {
            g_free(name);
            name = g_strdup_printf("%s_%u", full, i);
        }
    }
    return name;
}

static void
add_file(Walk *walk, const char *path, gboolean walked)
{
    AssayFile *file = g_new0(AssayFile, 1);

    file->path = g_strdup(path);
    file->shown = assay_text_escape_name(path + walk->parent_length);
    file->operand = walk->operand;
    file->walked = walked;
    file->name = make_name(walk, file->shown);
    g_hash_table_add(walk->taken, file->name);
    g_ptr_array_add(walk->listing->files, file);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean walk_folder(Walk *walk, const char *path, const struct stat *status, size_t depth,
                            GError **error);

static gboolean
walk_entry(Walk *walk, const char *path, size_t depth, GError **error)
{
    struct stat status;

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return walk_folder(walk, path, &status, depth, error);
    if (assay_has_suffix(path, walk->suffixes))
        add_file(walk, path, TRUE); /* a broken link too: opening it will say so */
    else
        walk->listing->passed_over++;
    return TRUE;
}

static gboolean
walk_folder(Walk *walk, const char *path, const struct stat *status, size_t depth, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) fault = NULL;
    g_autoptr(GDir) folder = NULL;
    const char *name;

    for (size_t i = 0; i < depth; i++) {
        if (walk->open[i].device == status->st_dev && walk->open[i].inode == status->st_ino)
            return TRUE;
    }
    if (depth == MAX_DEPTH)
        return TRUE;
    walk->open[depth].device = status->st_dev;
    walk->open[depth].inode = status->st_ino;
    folder = g_dir_open(path, 0, &fault);
    if (folder == NULL) {
        g_autofree char *shown = g_filename_display_name(path);

        g_set_error(error, ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot read the folder: %s", shown,
                    g_strerror(errno));
        return FALSE;
    }
    while ((name = g_dir_read_name(folder)) != NULL) {
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *full = g_build_filename(path, g_ptr_array_index(names, i), NULL);

        if (!walk_entry(walk, full, depth + 1, error))
            return FALSE;
    }
    return TRUE;
}

/* An operand without its trailing slashes; "." and ".." by their real names, which samples bear. */
static char *
plain_operand(const char *operand)
{
    g_autofree char *path = g_strdup(operand);
    size_t length = strlen(path);
    g_autofree char *base = NULL;

    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
    base = g_path_get_basename(path);
    if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0) {
        char *real = g_canonicalize_filename(path, NULL);

        return real;
    }
    return g_steal_pointer(&path);
}

AssayListing *
assay_listing_new(const char *const *operands, const char *const *suffixes, GError **error)
{
    g_autoptr(AssayListing) self = g_new0(AssayListing, 1);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree Walk *walk = g_new0(Walk, 1);

    self->files = g_ptr_array_new_with_free_func(free_file);
    walk->listing = self;
    walk->taken = taken;
    walk->suffixes = suffixes;
    for (size_t i = 0; operands[i] != NULL; i++) {
        g_autofree char *path = plain_operand(operands[i]);
        const char *slash = strrchr(path, '/');
        struct stat status;

        walk->operand = i;
        walk->parent_length = slash == NULL || slash[1] == '\0' ? 0 : (size_t)(slash + 1 - path);
        if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            if (!walk_folder(walk, path, &status, 0, error))
                return NULL;
        } else {
            add_file(walk, path, FALSE);
        }
    }
    return g_steal_pointer(&self);
}
