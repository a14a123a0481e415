/* tools/detect-verbs.h - the verbs of assay-detect; argv[0] is the verb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli.h"

int detect_eval(int argc, char **argv);
