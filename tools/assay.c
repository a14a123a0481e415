/* assay - the front door: which programs there are, their manuals, and a way to start them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <assay/base/near.h>
#include <assay/show/cite.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

/* Every program, in the order of a pipeline. A row without a name is the title of a group. */
static const struct {
    const char *name;
    const char *summary;
} table[] = {
    { NULL, "make arrays" },
    { "notes", "MIDI files, notes or rolls into notes or MIDI files; cut, transpose" },
    { "roll", "MIDI files, .npy rolls or notes into piano rolls" },
    { "render", "MIDI files or notes into sound: audio, WAV or FLAC files" },
    { "chroma", "the pitch-class set of every time step" },
    { "image", "PNG, JPEG, PNM, IDX, CIFAR and arrays of pictures into pixels" },
    { "centroid", "where the light of each column of a picture lies, and its slope" },
    { "spectrum", "how strong each spatial frequency of a picture is" },
    { "features", "a table of what items can be told apart by, a row an item" },
    { "mel", "sound files, or audio, into log-mel spectrograms" },
    { "array", ".npy, .npz, tables and raw bytes of other programs into samples" },
    { "baseline", "noise and walks, which an audit must tell from music" },
    { "perturb", "pictures and sounds blurred, coded, resized, with noise" },
    { NULL, "mine" },
    { "mine", "what a corpus allows, and how often, into a spec" },
    { "spec", "show, merge, compare, draw and validate specs" },
    { NULL, "judge" },
    { "check", "what files break of a spec, where, and whether real ones would have" },
    { "compare", "how far values stand off, beside how far real samples would" },
    { "nearest", "the nearest item of a reference, and whether anything is a copy" },
    { "detect", "generated, or real, and how far the answer can be trusted" },
    { NULL, "look" },
    { "show", "what is in a stream, a MIDI file, a picture, an array, a table or a spec" },
    { "diff", "whether two streams are equal, and where not" },
};

/* Pages of the manual that are no program's. */
static const char *const topics[] = { "pipelines", "python", "stream", NULL };

static const CliTool tool = {
    .name = "assay",
    .synopsis = "NAME [ARG]...\n       assay help [NAME]\n       assay --cite",
    .summary = "Audit a generated corpus against the real one it imitates. Start assay-NAME, list "
               "all\nprograms, or show their manuals.",
    .example = "assay roll bach/ | assay show",
};

static int
print_table(void)
{
    printf("Assay audits a generated corpus against the real one it imitates.\n");
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].name == NULL)
            printf("\n%s\n", table[i].summary);
        else
            printf("  %-10s  %s\n", table[i].name, table[i].summary);
    }
    printf("\n'assay help NAME' shows the manual of one, 'assay NAME --help' its options.\n"
           "assay(7) is the overview, assay-pipelines(7) shows them at work together;\n"
           "assay-stream(5) and assay-spec(5) are the formats.\n");
    return cli_flushed();
}

static int
print_usage(void)
{
    printf("Usage: assay %s\n%s\n\n"
           "Options:\n"
           "      --cite                what to cite, as BibTeX\n"
           "  -h, --help                show this and leave\n"
           "      --version             show the version and leave\n"
           "\nExample:\n  %s\n",
           tool.synopsis, tool.summary, tool.example);
    return cli_flushed();
}

/* "roll" of "roll" or "assay-roll". */
static const char *
short_name(const char *name)
{
    return g_str_has_prefix(name, "assay-") ? name + strlen("assay-") : name;
}

static gboolean
is_program(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].name != NULL && strcmp(table[i].name, name) == 0)
            return TRUE;
    }
    return FALSE;
}

static int
refuse(const char *name)
{
    g_autoptr(AssayNear) candidates = assay_near_new(name);
    g_autofree char *near = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        if (table[i].name != NULL)
            assay_near_offer(candidates, table[i].name);
    }
    near = assay_near_text(candidates);
    if (near != NULL)
        cli_warn("there is no program \"%s\"; near it is %s", name, near);
    else
        cli_warn("there is no program \"%s\"", name);
    fprintf(stderr, "'assay help' lists them all.\n");
    return CLI_USAGE;
}

/* Becomes assay-NAME, the one beside this program or one on the PATH. */
static int
start(const char *name, char **argv)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname(self);
    g_autofree char *program = g_strconcat("assay-", name, NULL);
    g_autofree char *beside = folder == NULL ? NULL : g_build_filename(folder, program, NULL);

    argv[0] = program;
    if (beside != NULL && access(beside, X_OK) == 0)
        execv(beside, argv);
    else
        execvp(program, argv);
    if (errno == ENOENT && !is_program(name))
        return refuse(name);
    cli_warn("%s: cannot start: %s", program, g_strerror(errno));
    return CLI_FAILED;
}

/* Where there is no man(1), there is no page; where it cannot be asked, %FALSE and an error. */
static gboolean
has_page(const char *page, GError **error)
{
    const char *const argv[] = { "man", "-w", page, NULL };
    g_autoptr(GError) fault = NULL;
    int status;

    if (g_spawn_sync(NULL, (char **)argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, &fault))
        return status == 0;
    if (!g_error_matches(fault, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
        g_propagate_prefixed_error(error, g_steal_pointer(&fault), "man: cannot start: ");
    return FALSE;
}

static int
help_on(const char *name)
{
    gboolean is_self = strcmp(name, "assay") == 0;
    g_autofree char *page = is_self ? g_strdup(name) : g_strconcat("assay-", name, NULL);
    char *options[] = { NULL, (char *)"--help", NULL };
    g_autoptr(GError) error = NULL;

    if (!is_self && !is_program(name) && !g_strv_contains(topics, name))
        return refuse(name);
    if (has_page(page, &error)) {
        execlp("man", "man", page, NULL);
        cli_warn("man: cannot start: %s", g_strerror(errno));
        return CLI_FAILED;
    }
    if (error != NULL)
        return cli_fail(error);
    if (is_self)
        return print_usage();
    if (is_program(name))
        return start(name, options);
    cli_warn("%s: the page is not installed, or there is no man(1)", page);
    return CLI_FAILED;
}

int
main(int argc, char **argv)
{
    char *own[] = { argv[0], NULL }, **rest = own;
    int n = 1;

    cli_begin(&tool, &n, &rest); /* what follows NAME is for that program to read */
    if (argc < 2)
        return print_table();
    if (strcmp(argv[1], "--version") == 0) {
        printf("assay %s\n", ASSAY_VERSION);
        return cli_flushed();
    }
    if (strcmp(argv[1], "--cite") == 0) {
        printf("%s", assay_cite_bibtex());
        return cli_flushed();
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_usage();
    if (strcmp(argv[1], "help") == 0) {
        if (argc == 2)
            return print_table();
        if (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)
            return print_usage();
        return argc == 3 ? help_on(short_name(argv[2]))
                         : cli_usage("help: name one program at a time");
    }
    if (argv[1][0] == '-' || strchr(argv[1], '/') != NULL || argv[1][0] == '\0')
        return cli_usage("%s: name a program first, as in 'assay show'", argv[1]);
    return start(short_name(argv[1]), argv + 1);
}
