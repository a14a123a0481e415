/* tests/unit/roll-stage.h - the stage assay-roll, on one sample at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/signal/roll.h>

/* A stage of these options: key, value, key, value ... NULL. */
AssayStage *roll_stage_new(const char *key, ...);

/* The field "roll" that @stage adds to @sample. */
const AssayArray *roll_stage_apply(const AssayStage *stage, AssaySample *sample);

/* It refuses @sample, with this code and a message that says this. */
void roll_stage_refuses(const AssayStage *stage, AssaySample *sample, int code, const char *says);

/* A count in the metadata of the roll; 0 if it is not there. */
gint64 roll_stage_count(AssaySample *sample, const char *key);

/* Velocities in hexadecimal, steps parted by blanks. */
char *roll_stage_show(const AssayArray *roll);
