/* assay-detect - generated, or real? and how far the answer can be trusted.
 *
 * in:  reals and fakes: what assay-features reads, or its tables; a model; scores of any detector
 * out: a table, or a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "detect-verbs.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} verbs[] = {
    { "train", detect_train }, { "apply", detect_apply }, { "eval", detect_eval },
    { "try", detect_try },     { "curve", detect_curve },
};

/* Without a verb, reals and fakes are told apart at once. */
int
main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run(argc - 1, argv + 1);
    }
    return detect_cross(argc, argv);
}
