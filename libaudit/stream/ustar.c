/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ustar-private.h"

#include <stddef.h>
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
    char magic[8]; /* and the version */
    char user[32], group[32];
    char major[8], minor[8];
    char prefix[155];
    char rest[12];
} Header;

G_STATIC_ASSERT(sizeof(Header) == ASSAY_TAR_BLOCK);

/* How long @path is, or 0 where it is not plain. */
static size_t
plain_length(const char *path)
{
    size_t n = 0;

    for (; path[n] != '\0'; n++) {
        if (n == NAME_SIZE - 1 || path[n] < ' ' || path[n] > '~')
            return 0;
    }
    return n;
}

gboolean
assay_ustar_is_plain(const char *path)
{
    return plain_length(path) > 0;
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

static guint64
sum_of(const char *bytes, size_t n)
{
    guint64 sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (guint8)bytes[i];
    return sum;
}

/* The sum of all bytes, its own field taken as blanks. What is not added here is zeros. */
static void
put_checksum(Header *header, size_t name_length)
{
    guint64 sum;

    memset(header->checksum, ' ', sizeof header->checksum);
    sum = sum_of(header->name, name_length) +
          sum_of(header->mode, offsetof(Header, link) - offsetof(Header, mode)) +
          sum_of(header->magic, offsetof(Header, user) - offsetof(Header, magic)) +
          sum_of(header->major, offsetof(Header, prefix) - offsetof(Header, major));
    put_octal(header->checksum, 6, sum);
    header->checksum[6] = '\0';
}

gboolean
assay_ustar_header(guint8 *block, const char *path, guint64 size)
{
    Header *header = (Header *)block;
    size_t length = plain_length(path);

    if (length == 0 || size >> 33 != 0)
        return FALSE;
    memset(header, 0, sizeof *header);
    memcpy(header->name, path, length);
    put_number(header->mode, 0644);
    put_number(header->uid, 0);
    put_number(header->gid, 0);
    put_octal(header->size, 11, size);
    header->size[11] = ' ';
    put_octal(header->mtime, 11, 0);
    header->mtime[11] = ' ';
    header->type = '0';
    memcpy(header->magic,
           "ustar\0"
           "00",
           8);
    put_number(header->major, 0);
    put_number(header->minor, 0);
    put_checksum(header, length);
    return TRUE;
}
