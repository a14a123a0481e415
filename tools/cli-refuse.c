/* tools/cli-refuse.c - what is said of options that are not as they should be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/near.h>
#include <assay/base/text.h>
#include <string.h>

#include "cli-private.h"
#include "cli.h"

/* GLib's message ends in the option as it was typed. */
static int
refuse_unknown(const char *message, const GOptionEntry *const *lists)
{
    const char *space = strrchr(message, ' ');
    g_auto(GStrv) parts = g_strsplit(space == NULL ? message : space + 1, "=", 2);
    g_autofree char *option = assay_text_escape_controls(parts[0]);
    g_autoptr(AssayNear) candidates = assay_near_new(option);
    g_autofree char *near = NULL;

    for (; g_str_has_prefix(option, "--") && *lists != NULL; lists++) {
        for (const GOptionEntry *entry = *lists; entry->long_name != NULL; entry++) {
            g_autofree char *name = g_strconcat("--", entry->long_name, NULL);

            assay_near_offer(candidates, name);
        }
    }
    near = assay_near_text(candidates);
    return near != NULL ? cli_usage("there is no option %s; near it is %s", option, near)
                        : cli_usage("there is no option %s", option);
}

int
cli_refuse_option(const GError *error, const GOptionEntry *const *lists)
{
    g_autofree char *text = g_strdup(error->message);

    if (g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        return refuse_unknown(text, lists);
    text[0] = g_ascii_tolower(text[0]); /* GLib's begin with a capital */
    return cli_usage("%s", text);
}
