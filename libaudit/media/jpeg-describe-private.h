/* media/jpeg-describe-private.h - the metadata of pixels that were a JPEG.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "../base/json.h"
#include "jpeglib-private.h"

/**
 * assay_jpeg_describe:
 * @jpeg: one that is grey or in colour, with its picture read
 *
 * Returns: (transfer full): what is to be known of it; not to be changed, since files of one folder
 *     have mostly the same: see assay_json_own()
 */
AssayJson *assay_jpeg_describe(const struct jpeg_decompress_struct *jpeg);
