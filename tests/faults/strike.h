/* tests/faults/strike.h - which call of a program fails: the one that the environment says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Programs that this is loaded into have names of their own. */
#pragma GCC visibility push(hidden)

typedef enum { NONE, ERROR, INTERRUPT, SHORT, FULL, MEMORY, EXHAUSTED } Kind;

/* Counts a call of @counted; whether it is to fail. */
bool strikes(Kind counted, const char *call);

/* The same, with errno set: of ERROR to @code. */
bool fails(const char *call, int code);
bool is_interrupted(const char *call);
bool lacks_memory(const char *call);

/* From now on calls of this thread are not counted, or are; returns whether they were. */
bool count_calls(bool counted);

/* Lines of the log: a file got the name @to; the program ends. */
void note_renamed(const char *to);
void note_end(int status, void *unused);

#pragma GCC visibility pop
