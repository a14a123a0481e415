/* tests/unit/file-tree.h - files that tests make, look into and remove.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* Removes @path: a file, a link, or a folder with all that is in it. */
void file_tree_remove(const char *path);

/* Writes @text to @path as programs do, from open to close. */
void file_tree_write(const char *path, const char *text);

/* The file has to have this content. */
void file_tree_assert(const char *path, const char *expected);
