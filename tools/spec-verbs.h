/* tools/spec-verbs.h - the verbs of assay-spec; argv[0] is the verb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli-spec.h"
#include "cli.h"

int spec_show(int argc, char **argv);
int spec_merge(int argc, char **argv);
int spec_validate(int argc, char **argv);
