/* signal/roll-private.h - what the two halves of roll share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "roll.h"

/* (transfer full): the options that shape the result, as texts that assay_roll_config_set() reads.
 */
AssayJson *assay_roll_config_options(const AssayRollConfig *self);
