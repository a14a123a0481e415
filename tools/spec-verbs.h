/* tools/spec-verbs.h - the verbs of assay-spec; argv[0] is the verb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli-spec.h"
#include "cli.h"

/* The options that name a spec which is written; @name_text says what without --name. */
#define SPEC_NAME_OPTIONS(name_text)                                                               \
    SPEC_TEXT_OPTION("name", &name, name_text, "NAME"),                                            \
        SPEC_TEXT_OPTION("edition", &edition, "which edition of the spec, as in 1.0", "TEXT"),     \
        SPEC_TEXT_OPTION("noun", &noun, "what its items are called, as in chorales", "WORD"),      \
        SPEC_TEXT_OPTION("source", &source, "where the corpus comes from", "TEXT"),                \
        SPEC_TEXT_OPTION("licence", &licence, "its licence", "TEXT")

#define SPEC_TEXT_OPTION(option, variable, text, value)                                            \
    {                                                                                              \
        option, 0, 0, G_OPTION_ARG_FILENAME, variable, text, value                                 \
    }

/* Whether --top and --min-groups are what they can be; says so where not. */
gboolean spec_check_top(int top);
gboolean spec_check_min_groups(int min_groups);

int spec_diff(int argc, char **argv);
int spec_dot(int argc, char **argv);
int spec_intersect(int argc, char **argv);
int spec_merge(int argc, char **argv);
int spec_show(int argc, char **argv);
int spec_validate(int argc, char **argv);
