/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ustar-private.h"

#include <string.h>

enum { NAME_SIZE = 100 };

/* Each field is octal digits, a blank or none, and a zero or none. */
typedef struct {
    char name[NAME_SIZE];
    char mode[8], uid[8], gid[8];
    char size[12], mtime[12];
    char checksum[8];
    char type;
    char link[NAME_SIZE];
    char magic[6], version[2];
    char user[32], group[32];
    char major[8], minor[8];
    char prefix[155];
    char rest[12];
} Header;

G_STATIC_ASSERT(sizeof(Header) == ASSAY_TAR_BLOCK);

static gboolean
is_plain(const char *path)
{
    size_t n = 0;

    for (; path[n] != '\0'; n++) {
        if (n == NAME_SIZE - 1 || path[n] < ' ' || path[n] > '~')
            return FALSE;
    }
    return n > 0;
}

/* The last @n octal digits of @value. */
static void
put_octal(char *field, size_t n, guint64 value)
{
    for (; n > 0; value >>= 3)
        field[--n] = (char)('0' + (value & 7));
}

static void
put_number(char *field, guint64 value)
{
    put_octal(field, 6, value);
    field[6] = ' ';
}

/* The sum of all bytes, its own field taken as blanks. */
static void
put_checksum(Header *header)
{
    const guint8 *bytes = (const guint8 *)header;
    guint64 sum = 0;

    memset(header->checksum, ' ', sizeof header->checksum);
    for (size_t i = 0; i < sizeof *header; i++)
        sum += bytes[i];
    put_octal(header->checksum, 6, sum);
    header->checksum[6] = '\0';
}

gboolean
assay_ustar_header(guint8 *block, const char *path, guint64 size)
{
    Header header = { .type = '0', .magic = "ustar", .version = { '0', '0' } };

    if (!is_plain(path) || size >> 33 != 0)
        return FALSE;
    memcpy(header.name, path, strlen(path));
    put_number(header.mode, 0644);
    put_number(header.uid, 0);
    put_number(header.gid, 0);
    put_octal(header.size, 11, size);
    header.size[11] = ' ';
    put_octal(header.mtime, 11, 0);
    header.mtime[11] = ' ';
    put_number(header.major, 0);
    put_number(header.minor, 0);
    put_checksum(&header);
    memcpy(block, &header, sizeof header);
    return TRUE;
}
