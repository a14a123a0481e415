/* media/jpeglib-private.h - the door to libjpeg.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stddef.h>
#include <stdio.h> /* jpeglib.h asks for it */

#include <jpeglib.h>

#include <jerror.h>
