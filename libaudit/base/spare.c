/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spare-private.h"

#include <pthread.h>

typedef struct {
    gpointer data;
    size_t size;
} Piece;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Piece pieces[ASSAY_SPARE_PIECES];
static size_t n_pieces, n_bytes;

static gboolean
is_kept(size_t size)
{
    return size >= ASSAY_SPARE_LEAST && size <= ASSAY_SPARE_MOST;
}

/* The one that came last: its pages are the likeliest to be in caches. */
static Piece
last_piece(void)
{
    Piece piece = { NULL, 0 };

    pthread_mutex_lock(&lock);
    if (n_pieces > 0) {
        piece = pieces[--n_pieces];
        n_bytes -= piece.size;
    }
    pthread_mutex_unlock(&lock);
    return piece;
}

/* Its pages stay; the system adds those that are lacking, or takes those that are too many. */
static gpointer
change_size(Piece piece, size_t size)
{
    gpointer data = g_try_realloc(piece.data, size);

    if (data == NULL)
        g_free(piece.data);
    return data;
}

gpointer
assay_spare_take_whole(size_t *size)
{
    Piece piece = { NULL, 0 };

    if (is_kept(*size))
        piece = last_piece();
    if (piece.data == NULL)
        return NULL;
    if (piece.size < *size)
        return change_size(piece, *size);
    *size = piece.size;
    return piece.data;
}

gpointer
assay_spare_take(size_t size)
{
    Piece piece = { NULL, size };

    piece.data = assay_spare_take_whole(&piece.size);
    return piece.data == NULL || piece.size == size ? piece.data : change_size(piece, size);
}

void
assay_spare_give(gpointer data, size_t size)
{
    gboolean kept = FALSE;

    if (data != NULL && is_kept(size)) {
        pthread_mutex_lock(&lock);
        kept = n_pieces < G_N_ELEMENTS(pieces) && size <= ASSAY_SPARE_TOTAL - n_bytes;
        if (kept) {
            pieces[n_pieces++] = (Piece){ data, size };
            n_bytes += size;
        }
        pthread_mutex_unlock(&lock);
    }
    if (!kept)
        g_free(data);
}
