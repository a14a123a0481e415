/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* for realpath */
#include "names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/text.h"

typedef struct {
    AssayListing *listing;
    GHashTable *taken; /* the names given so far, each with the next number for one like it */
    const char *const *suffixes;
    size_t operand;
    size_t parent_length; /* how much of a path is the operand's parent */
} Walk;

/* A folder we are in, and those it is in. */
typedef struct Folder {
    const struct Folder *parent;
    dev_t device;
    ino_t inode;
} Folder;

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

/* Dots in the last component of @path become "_"; a first "__" becomes "%5F_". */
static char *
as_name(const char *path)
{
    g_autofree char *name = g_strdup(path);
    char *last = strrchr(name, '/');

    for (char *at = last == NULL ? name : last + 1; *at != '\0'; at++) {
        if (*at == '.')
            *at = '_';
    }
    if (g_str_has_prefix(name, "__"))
        return g_strdup_printf("%%5F%s", name + 1);
    return g_steal_pointer(&name);
}

char *
assay_name_from_text(const char *text)
{
    g_auto(GStrv) steps = g_strsplit(text, "/", -1);
    g_autoptr(GString) path = g_string_new(NULL);
    g_autofree char *escaped = NULL;

    for (size_t i = 0; steps[i] != NULL; i++) {
        if (steps[i][0] != '\0' && strcmp(steps[i], ".") != 0 && strcmp(steps[i], "..") != 0)
            g_string_append_printf(path, "%s%s", path->len > 0 ? "/" : "", steps[i]);
    }
    escaped = assay_text_escape_name(path->str);
    return as_name(escaped);
}

/* The name of a file whose path, from the operand's parent on, is @shown. */
static char *
make_name(Walk *walk, const char *shown)
{
    g_autofree char *stem = g_strdup(shown);
    char *base = strrchr(stem, '/'), *dot, *name;
    g_autofree char *full = NULL;
    guint number;

    base = base == NULL ? stem : base + 1;
    dot = strrchr(base, '.');
    if (dot != NULL && dot != base)
        *dot = '\0';
    name = as_name(stem);
    if (!g_hash_table_contains(walk->taken, name))
        return name;
    g_free(name);
    full = as_name(shown);
    if (!g_hash_table_contains(walk->taken, full))
        return g_steal_pointer(&full);
    number = MAX(GPOINTER_TO_UINT(g_hash_table_lookup(walk->taken, full)), 2);
    name = g_strdup_printf("%s_%u", full, number++);
    while (g_hash_table_contains(walk->taken, name)) {
        g_free(name);
        name = g_strdup_printf("%s_%u", full, number++);
    }
    g_hash_table_insert(walk->taken, full, GUINT_TO_POINTER(number)); /* the key is there */
    return name;
}

static void
add_file(Walk *walk, const char *path)
{
    AssayFile *file = g_new0(AssayFile, 1);

    file->path = g_strdup(path);
    file->operand = walk->operand;
    if (strcmp(path, "-") == 0) {
        file->shown = g_strdup("standard input");
        file->name = make_name(walk, "stdin");
    } else {
        file->shown = assay_text_escape_name(path + walk->parent_length);
        file->name = make_name(walk, file->shown);
    }
    g_hash_table_insert(walk->taken, file->name, NULL);
    g_ptr_array_add(walk->listing->files, file);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, dot-files left out, in byte order; NULL if it cannot be read. */
static GPtrArray *
list_folder(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    GPtrArray *names;
    const char *name;

    if (folder == NULL)
        return NULL;
    names = g_ptr_array_new_with_free_func(g_free);
    while ((name = g_dir_read_name(folder)) != NULL) {
        if (name[0] != '.')
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void
walk_folder(Walk *walk, const char *path, const struct stat *status, const Folder *parent)
{
    const Folder self = { parent, status->st_dev, status->st_ino };
    g_autoptr(GPtrArray) names = NULL;

    for (; parent != NULL; parent = parent->parent) {
        if (parent->device == self.device && parent->inode == self.inode)
            return; /* a link led back */
    }
    names = list_folder(path);
    if (names == NULL) {
        add_file(walk, path); /* opening it will say why */
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *full = g_build_filename(path, g_ptr_array_index(names, i), NULL);
        struct stat found = { 0 };
        gboolean exists = stat(full, &found) == 0;

        if (exists && S_ISDIR(found.st_mode))
            walk_folder(walk, full, &found, &self);
        else if (assay_has_suffix(full, walk->suffixes) && (!exists || S_ISREG(found.st_mode)))
            add_file(walk, full); /* a broken link too: opening it will say so */
        else
            walk->listing->passed_over++; /* a fifo too, which would keep us waiting */
    }
}

/* An operand without its trailing slashes; "." and ".." by their real names, which samples bear. */
static char *
plain_operand(const char *operand)
{
    g_autofree char *path = g_strdup(operand);
    size_t length = strlen(path);
    const char *base;

    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
    base = strrchr(path, '/');
    base = base == NULL ? path : base + 1;
    if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0) {
        char *real = realpath(path, NULL);
        char *copy = g_strdup(real);

        free(real);
        if (copy != NULL)
            return copy;
    }
    return g_steal_pointer(&path);
}

AssayListing *
assay_listing_new(const char *const *operands, const char *const *suffixes)
{
    AssayListing *self = g_new0(AssayListing, 1);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    Walk walk = { .listing = self, .taken = taken, .suffixes = suffixes };

    self->files = g_ptr_array_new_with_free_func(free_file);
    for (size_t i = 0; operands[i] != NULL; i++) {
        g_autofree char *path = plain_operand(operands[i]);
        const char *slash = strrchr(path, '/');
        struct stat status;

        walk.operand = i;
        walk.parent_length = slash == NULL ? 0 : (size_t)(slash + 1 - path);
        if (strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
            walk_folder(&walk, path, &status, NULL);
        else
            add_file(&walk, path);
    }
    return self;
}
