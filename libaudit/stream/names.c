/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE 1 /* for realpath, and the types of what is in a folder */
#include "names.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/error.h"
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
    g_clear_error(&file->fault);
    g_free(file);
}

void
assay_listing_free(AssayListing *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref(self->files);
    g_free(self->first_passed_over);
    g_free(self);
}

AssayInput *
assay_file_open(const AssayFile *file, GError **error)
{
    if (file->fault == NULL)
        return assay_input_open(file->path, error);
    g_propagate_error(error, g_error_copy(file->fault));
    return NULL;
}

gboolean
assay_has_suffix(const char *path, const char *const *suffixes)
{
    size_t length = strlen(path);
    char last = length > 0 ? g_ascii_tolower(path[length - 1]) : '\0';

    for (size_t i = 0; suffixes != NULL && suffixes[i] != NULL; i++) {
        size_t n = strlen(suffixes[i]);

        if (length > n && g_ascii_tolower(suffixes[i][n - 1]) == last &&
            g_ascii_strcasecmp(path + length - n, suffixes[i]) == 0)
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

static AssayFile *
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
    return file;
}

/* As assay_input_open() would say it, of what might be a folder as well as a file. */
static GError *
fault_of(const char *path, const char *what, int code)
{
    g_autofree char *shown = assay_text_escape_controls(path);

    return g_error_new(ASSAY_ERROR, ASSAY_ERROR_IO, "%s: cannot %s: %s", shown, what,
                       g_strerror(code));
}

/* What a folder says of something in it. */
typedef struct {
    gboolean is_file; /* a regular one; if not it has to be looked at */
    char name[];
} Entry;

static Entry *
entry_new(const struct dirent *found)
{
    size_t size = strlen(found->d_name) + 1;
    Entry *self = g_malloc(sizeof *self + size);

    self->is_file = found->d_type == DT_REG;
    memcpy(self->name, found->d_name, size);
    return self;
}

static int
compare_entries(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Entry *const *)a)->name, (*(const Entry *const *)b)->name);
}

/* What is in a folder, dot-files left out, in byte order; NULL with @fault if it cannot be read,
 * to its end: GDir would take a failure for the end. */
static GPtrArray *
list_folder(const char *path, GError **fault)
{
    DIR *folder = opendir(path);
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *found;
    int code;

    if (folder == NULL) {
        *fault = fault_of(path, "open", errno);
        return NULL;
    }
    while (errno = 0, (found = readdir(folder)) != NULL) {
        if (found->d_name[0] != '.')
            g_ptr_array_add(entries, entry_new(found));
    }
    code = errno;
    closedir(folder);
    if (code != 0) {
        *fault = fault_of(path, "read", code);
        return NULL;
    }
    g_ptr_array_sort(entries, compare_entries);
    return g_steal_pointer(&entries);
}

static void
pass_over(const Walk *walk, const char *path)
{
    AssayListing *listing = walk->listing;

    if (listing->passed_over++ == 0)
        listing->first_passed_over = assay_text_escape_name(path + walk->parent_length);
}

static char *
path_in(const char *folder, const char *name)
{
    size_t n = strlen(folder), size = strlen(name) + 1;
    char *path = g_malloc(n + 1 + size);

    memcpy(path, folder, n);
    if (n > 0 && folder[n - 1] != '/') /* the root ends so */
        path[n++] = '/';
    memcpy(path + n, name, size);
    return path;
}

static void walk_folder(Walk *walk, const char *path, const struct stat *status,
                        const Folder *parent);

static void
walk_entry(Walk *walk, const char *path, const Entry *entry, const Folder *folder)
{
    g_autofree char *full = path_in(path, entry->name);
    gboolean is_wanted = assay_has_suffix(full, walk->suffixes), exists;
    struct stat found = { 0 };

    if (is_wanted && entry->is_file) { /* opening it will say what more there is to be said */
        add_file(walk, full);
        return;
    }
    exists = stat(full, &found) == 0;
    if (!exists && errno != ENOENT && errno != ELOOP) /* those are broken links */
        add_file(walk, full)->fault = fault_of(full, "open", errno);
    else if (exists && S_ISDIR(found.st_mode))
        walk_folder(walk, full, &found, folder);
    else if (is_wanted && (!exists || S_ISREG(found.st_mode)))
        add_file(walk, full); /* a broken link too: opening it will say so */
    else
        pass_over(walk, full); /* a fifo too, which would keep us waiting */
}

static void
walk_folder(Walk *walk, const char *path, const struct stat *status, const Folder *parent)
{
    const Folder self = { parent, status->st_dev, status->st_ino };
    g_autoptr(GPtrArray) entries = NULL;
    GError *fault = NULL;

    for (; parent != NULL; parent = parent->parent) {
        if (parent->device == self.device && parent->inode == self.inode)
            return; /* a link led back */
    }
    entries = list_folder(path, &fault);
    if (entries == NULL) {
        add_file(walk, path)->fault = fault;
        return;
    }
    for (guint i = 0; i < entries->len; i++)
        walk_entry(walk, path, g_ptr_array_index(entries, i), &self);
}

/* An operand without its trailing slashes; "." and ".." by their real names, which samples bear. */
static char *
plain_operand(const char *operand, GError **fault)
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

        if (real == NULL)
            *fault = fault_of(path, "open", errno);
        free(real);
        if (copy != NULL)
            return copy;
    }
    return g_steal_pointer(&path);
}

static void
add_operand(Walk *walk, const char *operand)
{
    GError *fault = NULL;
    g_autofree char *path = plain_operand(operand, &fault);
    const char *slash = strrchr(path, '/');
    struct stat status;
    gboolean exists;

    walk->parent_length = slash == NULL ? 0 : (size_t)(slash + 1 - path);
    if (fault != NULL || strcmp(path, "-") == 0) {
        walk->listing->waits = walk->listing->waits || fault == NULL;
        add_file(walk, path)->fault = fault;
        return;
    }
    exists = stat(path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        walk_folder(walk, path, &status, NULL);
        return;
    }
    if (!exists && errno != ENOENT)
        fault = fault_of(path, "open", errno);
    walk->listing->waits = walk->listing->waits || (exists && !S_ISREG(status.st_mode));
    add_file(walk, path)->fault = fault;
}

AssayListing *
assay_listing_new(const char *const *operands, const char *const *suffixes, gboolean names_repeat)
{
    AssayListing *self = g_new0(AssayListing, 1);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    Walk walk = { .listing = self, .taken = taken, .suffixes = suffixes };

    self->files = g_ptr_array_new_with_free_func(free_file);
    for (; operands[walk.operand] != NULL; walk.operand++) {
        if (names_repeat)
            g_hash_table_remove_all(taken);
        add_operand(&walk, operands[walk.operand]);
    }
    return self;
}
