/* tools/detect-model.h - a model from its file, and the features that it needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "detect-data.h"

/* Reads it, and sets the option of its field. */
AssayModelFile *detect_model_read(const char *path, GError **error);

/* Asks for the features of the model, and no others: of what is read next. */
void detect_model_ask(const AssayModelFile *file, DetectData *data);

/* Warns where the files of @items are unlike those that the model has learnt from. */
void detect_model_tell_unfamiliar(const AssayModelFile *file, const char *path,
                                  const AssayCollection *items);
