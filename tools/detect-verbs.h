/* tools/detect-verbs.h - the verbs of assay-detect; argv[0] is the verb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli.h"

int detect_train(int argc, char **argv);
int detect_apply(int argc, char **argv);
int detect_eval(int argc, char **argv);
int detect_try(int argc, char **argv);
int detect_curve(int argc, char **argv);

/* Without a verb. */
int detect_cross(int argc, char **argv);
