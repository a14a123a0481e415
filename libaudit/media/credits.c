/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "credits.h"

#include <string.h>

#include "../base/text.h"

#define NUMBER "([0-9]{1,4}[a-z]?(?:-[0-9]{1,4})?)"

/* A pattern, compiled when it is first needed. */
typedef struct {
    const char *pattern;
    const char *form; /* of a number of this catalogue; \1 and \2 are the parts of the pattern */
    GOnce once;
} Pattern;

/* Abbreviations of one letter, which mean many things, need their full stop and two digits. */
static Pattern catalogues[] = {
    { "BWV\\.? ?Anh(?:ang|\\.)? ?" NUMBER, "BWV Anh. \\1", G_ONCE_INIT },
    { "BWV\\.? ?" NUMBER, "BWV \\1", G_ONCE_INIT },
    { "BuxWV\\.? ?" NUMBER, "BuxWV \\1", G_ONCE_INIT },
    { "HWV\\.? ?" NUMBER, "HWV \\1", G_ONCE_INIT },
    { "SWV\\.? ?" NUMBER, "SWV \\1", G_ONCE_INIT },
    { "TWV\\.? ?([0-9]{1,2}:[A-Za-z]?[0-9]{1,3}[a-z]?)", "TWV \\1", G_ONCE_INIT },
    { "RV\\.? ?" NUMBER, "RV \\1", G_ONCE_INIT },
    { "KV\\.? ?" NUMBER, "KV \\1", G_ONCE_INIT },
    { "K\\. ?([0-9]{2,3}[a-z]?)", "K. \\1", G_ONCE_INIT },
    { "D\\. ?([0-9]{2,3}[a-z]?)", "D. \\1", G_ONCE_INIT },
    { "Hob\\.? ?([IVX]{1,6}[a-z]?)[:/] ?([0-9]{1,3}[a-z]?)", "Hob. \\1:\\2", G_ONCE_INIT },
    { "WoO\\.? ?([0-9]{1,3}[a-z]?)", "WoO \\1", G_ONCE_INIT },
    { "(?:[Oo]p\\.|OP\\.|Op|[Oo]pus) ?([0-9]{1,3}[a-z]?)"
      "(?:(?:,? ?[Nn](?:o|r)\\.? ?|/|-)([0-9]{1,3}[a-z]?))?",
      "Op. \\1 No. \\2", G_ONCE_INIT },
};

static Pattern composer = {
    "^ *(?:(?i:composer *:|composed by:?|music by:?)) *(\\S.*)$",
    "\\1",
    G_ONCE_INIT,
};
static Pattern author = { "^ *By (\\p{Lu}.*)$", "\\1", G_ONCE_INIT };
static Pattern filler = {
    "^(?i:track ?[0-9]*|control track|untitled|.*unregistered user|.*<[a-z]+>.*)$",
    NULL,
    G_ONCE_INIT,
};

static gpointer
compile(gpointer data)
{
    const Pattern *self = data;
    /* A number stands between what is neither letter nor digit. */
    g_autofree char *bounded =
        self->pattern[0] == '^' ? g_strdup(self->pattern)
                                : g_strdup_printf("(?<![\\pL\\pN])%s(?![\\pL\\pN])", self->pattern);
    g_autoptr(GError) error = NULL;
    GRegex *regex = g_regex_new(bounded, G_REGEX_OPTIMIZE, 0, &error);

    if (regex == NULL)
        g_error("%s: %s", bounded, error->message);
    return regex;
}

static GRegex *
regex_of(Pattern *self)
{
    return g_once(&self->once, compile, self);
}

/* White space as single blanks, none at the ends; other controls as %XX. */
static char *
tidy(const char *text)
{
    GString *line = g_string_new(NULL);
    g_autofree char *own = NULL;

    for (; *text != '\0'; text++) {
        if (!g_ascii_isspace(*text))
            g_string_append_c(line, *text);
        else if (line->len > 0 && line->str[line->len - 1] != ' ')
            g_string_append_c(line, ' ');
    }
    own = g_strchomp(g_string_free(line, FALSE));
    return assay_text_escape_controls(own);
}

/* Sets *@place to @text, if it is the first that says something. */
static void
settle(char **place, const char *text)
{
    g_autofree char *line = *place == NULL ? tidy(text) : NULL;

    if (line != NULL && line[0] != '\0' && !g_regex_match(regex_of(&filler), line, 0, NULL))
        *place = g_steal_pointer(&line);
}

static void
settle_match(char **place, Pattern *pattern, const char *line)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *found = NULL;

    if (*place != NULL || !g_regex_match(regex_of(pattern), line, 0, &match))
        return;
    found = g_match_info_fetch(match, 1);
    settle(place, found);
}

static void
read_composer(AssayCredits *self, AssayTextType type, const char *text)
{
    g_auto(GStrv) lines = NULL;

    if (self->composer != NULL || type == ASSAY_TEXT_LYRIC || type == ASSAY_TEXT_INSTRUMENT)
        return;
    lines = g_strsplit_set(text, "\r\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        settle_match(&self->composer, &composer, lines[i]);
        if (type == ASSAY_TEXT_ANY)
            settle_match(&self->composer, &author, lines[i]);
    }
}

static void
add_number(AssayCredits *self, char *number)
{
    for (guint i = 0; i < self->n_numbers; i++) {
        if (strcmp(self->numbers[i], number) == 0) {
            g_free(number);
            return;
        }
    }
    if (self->n_numbers < ASSAY_CREDITS_MAX_NUMBERS)
        self->numbers[self->n_numbers++] = number;
    else
        g_free(number);
}

/* Of an opus without a number in it, the end of the form is left out. */
static char *
expand(const GMatchInfo *match, const char *form)
{
    char *number = g_match_info_expand_references(match, form, NULL);

    if (number != NULL && g_str_has_suffix(number, " No. "))
        number[strlen(number) - strlen(" No. ")] = '\0';
    return number;
}

static void
read_numbers(AssayCredits *self, const char *text)
{
    if (strpbrk(text, "0123456789") == NULL)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(catalogues); i++) {
        g_autoptr(GMatchInfo) match = NULL;

        g_regex_match(regex_of(&catalogues[i]), text, 0, &match);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
            char *number = expand(match, catalogues[i].form);

            if (number != NULL)
                add_number(self, number);
        }
    }
}

void
assay_credits_read(AssayCredits *self, AssayTextType type, gboolean is_first, const char *text)
{
    if (text[0] == '\0')
        return;
    if (type == ASSAY_TEXT_NAME && is_first)
        settle(&self->title, text);
    else if (type == ASSAY_TEXT_COPYRIGHT)
        settle(&self->copyright, text);
    read_composer(self, type, text);
    read_numbers(self, text);
}

static char *
describe(const char *what, const char *a, const char *b)
{
    if (g_strcmp0(a, b) == 0)
        return NULL;
    return g_strdup_printf("%s \"%s\" and \"%s\"", what, a != NULL ? a : "none",
                           b != NULL ? b : "none");
}

char *
assay_credits_difference(const AssayCredits *a, const AssayCredits *b)
{
    char *difference = describe("title", a->title, b->title);

    if (difference == NULL)
        difference = describe("composer", a->composer, b->composer);
    if (difference == NULL)
        difference = describe("copyright", a->copyright, b->copyright);
    for (size_t i = 0; difference == NULL && i < ASSAY_CREDITS_MAX_NUMBERS; i++)
        difference = describe("number", a->numbers[i], b->numbers[i]);
    return difference;
}

void
assay_credits_clear(AssayCredits *self)
{
    g_free(self->title);
    g_free(self->composer);
    g_free(self->copyright);
    for (guint i = 0; i < self->n_numbers; i++)
        g_free(self->numbers[i]);
    memset(self, 0, sizeof *self);
}
