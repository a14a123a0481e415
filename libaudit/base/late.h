/* base/late.h - libraries that are loaded when they are first needed.
 *
 * To load libsndfile, libsoxr and FFTW with all that they stand on takes as long as the rest of a
 * program's start, and most runs need none of them. Their doors list the functions that are used of
 * them, and have them called through a structure of pointers:
 *
 *   #define FUNCTIONS(DO) DO(sf_, open_virtual) DO(sf_, close)
 *   ASSAY_LATE_DECLARE(AssaySndfile, assay_sndfile, FUNCTIONS);            in the header
 *   ASSAY_LATE_DEFINE(AssaySndfile, assay_sndfile, FUNCTIONS, "libsndfile.so.1")
 *   assay_sndfile()->close(file);
 *
 * Where the build does not know the name of a library's file (ASSAY_LATE is 0), it is linked as any
 * other, and the pointers are there from the start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "api.h"

G_BEGIN_DECLS

/**
 * AssayLate:
 * @file: of the library, as the dynamic linker knows it: libsndfile.so.1
 * @names: (array length=n_names): of functions
 * @is_loaded: 0 at first
 */
typedef struct {
    const char *file;
    const char *const *names;
    size_t n_names;
    gint is_loaded;
} AssayLate;

/**
 * assay_late_load:
 * @functions: (out): as many pointers to functions, in the order of their names
 *
 * Loads the library for good, once, whichever thread asks first. Where it is missing, or lacks a
 * function, the process ends as it does when the dynamic linker misses one at its start: with a
 * line on standard error, and status 127. Files that are being written are removed.
 */
ASSAY_API void assay_late_load(AssayLate *self, gpointer functions);

#define ASSAY_LATE_MEMBER(prefix, name) __typeof__(prefix##name) *name;
#define ASSAY_LATE_NAME(prefix, name) #prefix #name,
#define ASSAY_LATE_ADDRESS(prefix, name) prefix##name,

/* A structure of type @type, and the function @get() that returns it. */
#define ASSAY_LATE_DECLARE(type, get, list)                                                        \
    typedef struct {                                                                               \
        list(ASSAY_LATE_MEMBER)                                                                    \
    } type;                                                                                        \
    const type *get(void)

#if ASSAY_LATE
#define ASSAY_LATE_DEFINE(type, get, list, file)                                                   \
    const type *get(void)                                                                          \
    {                                                                                              \
        static const char *const names[] = { list(ASSAY_LATE_NAME) };                              \
        static AssayLate late = { file, names, G_N_ELEMENTS(names), 0 };                           \
        static type functions;                                                                     \
                                                                                                   \
        G_STATIC_ASSERT(sizeof functions == sizeof names);                                         \
        assay_late_load(&late, &functions);                                                        \
        return &functions;                                                                         \
    }
#else
#define ASSAY_LATE_DEFINE(type, get, list, file)                                                   \
    const type *get(void)                                                                          \
    {                                                                                              \
        static const type functions = { list(ASSAY_LATE_ADDRESS) };                                \
                                                                                                   \
        return &functions;                                                                         \
    }
#endif

G_END_DECLS
