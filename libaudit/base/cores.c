/* base/cores.c - how many cores this process may use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "parallel.h"

enum { MAX_CORES = 1 << 16 };

static guint
affinity_cores(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    /* The kernel refuses a set smaller than its own. */
    for (size_t n = CPU_SETSIZE; n <= MAX_CORES; n *= 2) {
        g_autofree cpu_set_t *set = g_malloc0(CPU_ALLOC_SIZE(n));

        if (sched_getaffinity(0, CPU_ALLOC_SIZE(n), set) == 0)
            return (guint)MAX(CPU_COUNT_S(CPU_ALLOC_SIZE(n), set), 1);
        if (errno != EINVAL)
            break;
    }
    return (guint)CLAMP(online, 1, MAX_CORES);
}

/* The quota in a file of the form "QUOTA PERIOD" or "max PERIOD", in cores; no limit: MAX_CORES. */
static guint
quota_cores(const char *path)
{
    g_autofree char *text = NULL;
    char *rest = NULL;
    guint64 quota, period;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return MAX_CORES;
    quota = g_ascii_strtoull(text, &rest, 10);
    period = g_ascii_strtoull(rest, NULL, 10);
    if (quota == 0 || period == 0)
        return MAX_CORES;
    return (guint)MIN((quota - 1) / period + 1, MAX_CORES);
}

guint
assay_parallel_cores(void)
{
    guint cores = affinity_cores();
    g_autofree char *groups = NULL;
    char *group;

    /* Version 2 has the line "0::/PATH"; every group above it may have a quota too. */
    if (!g_file_get_contents("/proc/self/cgroup", &groups, NULL, NULL))
        return cores;
    group = g_str_has_prefix(groups, "0::/") ? groups : strstr(groups, "\n0::/");
    if (group == NULL)
        return cores;
    group = strchr(group, '/');
    group[strcspn(group, "\n")] = '\0';
    for (;;) {
        g_autofree char *path = g_build_filename("/sys/fs/cgroup", group, "cpu.max", NULL);
        char *slash = strrchr(group, '/');

        cores = MIN(cores, quota_cores(path));
        if (slash == NULL)
            return cores;
        *slash = '\0';
    }
}
