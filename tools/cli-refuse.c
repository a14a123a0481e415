/* tools/cli-refuse.c - what is said of options that are not as they should be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/near.h>
#include <assay/base/text.h>
#include <string.h>

#include "cli-private.h"
#include "cli.h"

static const GOptionEntry *
find_option(const GOptionEntry *const *lists, const char *option)
{
    for (; *lists != NULL; lists++) {
        for (const GOptionEntry *entry = *lists; entry->long_name != NULL; entry++) {
            const char letter[] = { '-', entry->short_name, '\0' };

            if ((entry->short_name != 0 && strcmp(option, letter) == 0) ||
                (g_str_has_prefix(option, "--") && strcmp(option + 2, entry->long_name) == 0))
                return entry;
        }
    }
    return NULL;
}

static char *
find_near(const GOptionEntry *const *lists, const char *option)
{
    g_autofree char *wanted = g_strconcat(g_str_has_prefix(option, "--") ? "" : "-", option, NULL);
    g_autoptr(AssayNear) candidates = assay_near_new(wanted);

    if (strlen(wanted) == strlen("--c")) /* a letter is near any other */
        return find_option(lists, wanted) != NULL ? g_steal_pointer(&wanted) : NULL;
    for (; *lists != NULL; lists++) {
        for (const GOptionEntry *entry = *lists; entry->long_name != NULL; entry++) {
            g_autofree char *name = g_strconcat("--", entry->long_name, NULL);

            assay_near_offer(candidates, name);
        }
    }
    return assay_near_text(candidates);
}

/* GLib's message ends in the option as it was typed. */
static int
refuse_unknown(const char *message, const GOptionEntry *const *lists)
{
    const char *space = strrchr(message, ' '), *typed = space == NULL ? message : space + 1;
    g_auto(GStrv) parts = g_strsplit(typed, "=", 2);
    g_autofree char *option = assay_text_escape_controls(parts[0]);
    g_autofree char *near = find_near(lists, option);

    if (g_file_test(typed, G_FILE_TEST_EXISTS)) {
        g_autofree char *file = assay_text_escape_controls(typed);

        return cli_usage("there is no option %s; the file is ./%s", option, file);
    }
    return near != NULL ? cli_usage("there is no option %s; near it is %s", option, near)
                        : cli_usage("there is no option %s", option);
}

/* The word of GLib's message that is an option. */
static const GOptionEntry *
find_meant(const char *message, const GOptionEntry *const *lists, char **option)
{
    g_auto(GStrv) words = g_strsplit(message, " ", -1);

    for (size_t i = 0; words[i] != NULL; i++) {
        const GOptionEntry *entry = words[i][0] == '-' ? find_option(lists, words[i]) : NULL;

        if (entry != NULL) {
            *option = g_strdup(words[i]);
            return entry;
        }
    }
    return NULL;
}

/* GLib's message has the value between quotation marks, or none. */
static int
refuse_value(const char *message, const GOptionEntry *const *lists)
{
    static const char from[] = "\xe2\x80\x9c", to[] = "\xe2\x80\x9d";
    const char *start = strstr(message, from), *end = g_strrstr(message, to);
    g_autofree char *option = NULL, *value = NULL, *shown = NULL;
    const GOptionEntry *entry = find_meant(end != NULL ? end : message, lists, &option);
    const char *between = option != NULL && g_str_has_prefix(option, "--") ? "=" : " ";

    if (entry == NULL)
        return cli_usage("%s", message);
    if (start == NULL || end == NULL)
        return cli_usage("%s: give a value, as in %s%s%s", option, option, between,
                         entry->arg_description);
    start += strlen(from);
    value = g_strndup(start, (size_t)(end - start));
    shown = assay_text_escape_controls(value);
    if (value[0] != '\0' && value[strspn(value, "-0123456789")] == '\0')
        return cli_usage("%s%s%s: give a number nearer to 0", option, between, shown);
    if (entry->arg != G_OPTION_ARG_DOUBLE)
        return cli_usage("%s%s%s: give a whole number", option, between, shown);
    return cli_usage("%s%s%s: give a number, as in 2 or 0.5", option, between, shown);
}

int
cli_refuse_option(const GError *error, const GOptionEntry *const *lists)
{
    g_autofree char *text = g_strdup(error->message);

    if (g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        return refuse_unknown(text, lists);
    text[0] = g_ascii_tolower(text[0]); /* GLib's begin with a capital */
    if (g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE))
        return refuse_value(text, lists);
    return cli_usage("%s", text);
}
