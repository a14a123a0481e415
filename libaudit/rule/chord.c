/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chord.h"

#include <string.h>

enum {
    CLASSES = 12,
    FARTHEST_KEY = 3, /* from which a spelling is borrowed */
    SCALE = 6,        /* the fifths of one diatonic scale, from F to B: only such are borrowed */
    LAST_FLAT = -8,   /* Fb and B# on the line of fifths: beyond lie double accidentals */
    LAST_SHARP = 12,
};

static const char letters[] = "FCGDAEB"; /* from -1 fifth on */
static const int letter_classes[] = { 5, 0, 7, 2, 9, 4, 11 };

/* How many fifths above C the name of @pitch_class lies. */
static int
fifths(int pitch_class, int sharps)
{
    int at = pitch_class * 7 % CLASSES; /* 7 is its own inverse mod 12 */

    while (at > sharps + 8)
        at -= CLASSES;
    while (at < sharps - 3)
        at += CLASSES;
    return at;
}

/* Letter and accidentals: 7 fifths are one sharp. Returns how many sharps, flats negative. */
static int
append_name(GString *out, int pitch_class, int sharps)
{
    int at = fifths(pitch_class, sharps) + 1 + 7 * 8; /* from F, and positive */
    int accidentals = at / 7 - 8;

    g_string_append_c(out, letters[at % 7]);
    for (int i = 0; i < accidentals; i++)
        g_string_append_c(out, '#');
    for (int i = 0; i > accidentals; i--)
        g_string_append_c(out, 'b');
    return accidentals;
}

/* Where the names of @state lie on the line of fifths under this key signature. */
static void
span(guint state, int sharps, int *low, int *high)
{
    *low = G_MAXINT;
    *high = G_MININT;
    for (int k = 0; k < CLASSES; k++) {
        if (state >> k & 1) {
            *low = MIN(*low, fifths(k, sharps));
            *high = MAX(*high, fifths(k, sharps));
        }
    }
}

int
assay_chord_key(guint state, int sharps)
{
    int best = sharps, low, high, best_width;

    if (state == 0)
        return sharps;
    span(state, sharps, &low, &high);
    best_width = high - low;
    for (int away = 1; away <= FARTHEST_KEY; away++) {
        for (int side = -1; side <= 1; side += 2) {
            span(state, sharps + side * away, &low, &high);
            if (high - low < best_width && high - low <= SCALE && low >= LAST_FLAT &&
                high <= LAST_SHARP) {
                best = sharps + side * away;
                best_width = high - low;
            }
        }
    }
    return best;
}

char *
assay_chord_name(guint state, int sharps)
{
    int classes[CLASSES], n = 0, best = 0, best_score = -1;
    GString *out;

    for (int k = 0; k < CLASSES; k++) {
        if (state >> k & 1)
            classes[n++] = k;
    }
    if (n == 0)
        return g_strdup(ASSAY_CHORD_REST);
    sharps = assay_chord_key(state, sharps);
    for (int start = 0; start < n; start++) {
        int thirds = 0, span = (classes[(start + n - 1) % n] - classes[start] + CLASSES) % CLASSES;
        int score;

        for (int i = 0; i + 1 < n; i++) {
            int step =
                (classes[(start + i + 1) % n] - classes[(start + i) % n] + CLASSES) % CLASSES;

            thirds += step == 3 || step == 4;
        }
        score = thirds * CLASSES + (CLASSES - 1 - span);
        if (score > best_score) {
            best_score = score;
            best = start;
        }
    }
    out = g_string_new(NULL);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(out, '-');
        append_name(out, classes[(best + i) % n], sharps);
    }
    return g_string_free(out, FALSE);
}

gboolean
assay_chord_parse(const char *text, guint *state)
{
    guint found = 0;

    if (strcmp(text, ASSAY_CHORD_REST) == 0) {
        *state = 0;
        return TRUE;
    }
    for (;;) {
        const char *letter = *text == '\0' ? NULL : strchr(letters, g_ascii_toupper(*text));
        int pitch_class;

        if (letter == NULL)
            return FALSE;
        pitch_class = letter_classes[letter - letters];
        for (text++; *text == '#' || *text == 'b'; text++)
            pitch_class = (pitch_class + (*text == '#' ? 1 : CLASSES - 1)) % CLASSES;
        found |= 1u << pitch_class;
        if (*text == '\0')
            break;
        if (*text++ != '-')
            return FALSE;
    }
    *state = found;
    return TRUE;
}

char *
assay_pitch_name(int pitch, int sharps)
{
    GString *out = g_string_new(NULL);
    int accidentals = append_name(out, pitch % CLASSES, sharps);

    g_string_append_printf(out, "%d", (pitch - accidentals + CLASSES) / CLASSES - 2);
    return g_string_free(out, FALSE);
}
