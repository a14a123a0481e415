/* tools/cli.h - what every program does the same way: options, inputs, messages, exit status.
 *
 * Messages go to standard error and begin with the program's name; standard output is data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <assay/base/error.h>
#include <assay/base/output.h>
#include <assay/base/table.h>
#include <assay/stream/pipeline.h>
#include <assay/stream/stream.h>
#include <glib.h>

/* Exit statuses. */
enum {
    CLI_DONE = 0,
    CLI_NO = 1,      /* the answer is no, where it was asked for */
    CLI_USAGE = 2,   /* wrong usage, or a spec that cannot be used */
    CLI_FAILED = 3,  /* input or output failed, or nothing came out */
    CLI_SKIPPED = 4, /* done, but some inputs were left out */
};

/* Which of the shared options a program has; --help and --version every one has, -q and -o every
 * one whose verbs do not have them instead. */
typedef enum {
    CLI_STREAM = 1,   /* it writes a stream, never to a terminal */
    CLI_FIELD = 16,   /* it adds a field to samples: --only, --replace */
    CLI_JOBS = 2,     /* -j */
    CLI_OPERANDS = 4, /* --skip-bad, --files0-from */
    CLI_LIMIT = 8,    /* --max-sample */
    CLI_VERBS = 32,   /* it only hands on to its verbs: no -q, no -o */
    CLI_READS = CLI_JOBS | CLI_OPERANDS | CLI_LIMIT,
} CliUses;

/**
 * CliTool:
 * @name: "assay-roll", or with a verb "assay-spec show"
 * @synopsis: what follows the name: "[OPTION]... [FILE]..."
 * @summary: a sentence or two, lines of at most 80 columns
 * @example: a command line that runs in a folder with bach/, generated/ and pictures/
 */
typedef struct {
    const char *name;
    const char *synopsis;
    const char *summary;
    const char *example;
    const GOptionEntry *options;
    CliUses uses;
} CliTool;

/* The shared options, as typed. */
typedef struct {
    const char *output; /* "-" by default */
    gboolean quiet;
    gboolean skip_bad;
    guint jobs;
    size_t max_sample;
    gboolean only;
    gboolean replace;
} CliOptions;

extern CliOptions cli;

/* Sets up the process and reads the options; --help, --version and wrong usage leave from here.
 * What remains in argv[1] ... are the operands. Nothing is allocated before: from here on a lack of
 * memory is reported, without a core and without a file half written. */
void cli_begin(const CliTool *tool, int *argc, char ***argv);

/* The example of the program's --help. */
const char *cli_example(void);

/* A message that asks for another command line; returns CLI_USAGE. */
int cli_usage(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Prints @error; CLI_USAGE for what the user typed or a spec, else CLI_FAILED. */
int cli_fail(const GError *error);

/* A remark on standard error, unless --quiet. */
void cli_note(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* A warning on standard error, in any case. */
void cli_warn(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Whether all that was printed on standard output is out: CLI_DONE; else CLI_FAILED, with a
 * message. */
int cli_flushed(void);

/* The operands of a program that reads: argv[1] ... or those of --files0-from, or "-". Leaves with
 * CLI_USAGE where that would wait for a terminal. Owned by cli. */
const char *const *cli_operands(int argc, char **argv);

/* To be called where @path is about to be read for @use ("-s", "a FILE"): standard input can be
 * read once. Leaves with CLI_USAGE where "-" stands for something else already, or @path would be
 * written over, unless by a stream that is made of it. */
void cli_claim_input(const char *path, const char *use);

/* To be called before cli_operands() by a program of CLI_STREAM that is to write a table this time:
 * it is written over nothing that is read, streams included. */
void cli_write_no_stream(void);

/* LABEL=FILE, or FILE, which labels itself; an operand that is a file by its whole name is that.
 * Returns the file, a part of @operand, or NULL where either is empty, which it says; @label is
 * safe to print (transfer full). */
const char *cli_split_label(const char *operand, char **label);

/* A share for people: 4.56 %; NA for NaN. (transfer full) */
char *cli_percent(double share);

/* What -o names, opened. Leaves with CLI_USAGE or CLI_FAILED where it cannot be written, or a
 * stream would go to a terminal. (transfer full) */
AssayOutput *cli_output(void);

/**
 * CliRun:
 * @writer: (nullable): told of skips
 * @before, @analyse, @consume: as AssayPipeline's
 *
 * One run over the operands: source, stages, consumer; skips are reported and counted, progress is
 * shown.
 */
typedef struct {
    AssaySourceConfig source;
    const AssayStage *before;
    const AssayStage *const *stages;
    gboolean missing_only;
    gpointer (*analyse)(gpointer user, AssaySample *sample, size_t operand, GError **error);
    GDestroyNotify free_result;
    gboolean (*consume)(gpointer user, AssaySample *sample, gpointer result, size_t operand,
                        GError **error);
    AssayWriter *writer;
    gpointer user;
} CliRun;

/* %FALSE where the run broke. */
gboolean cli_run(const CliRun *run, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A remark on what was passed over in folders. */
void cli_note_passed_over(const AssayListing *listing);

/* What was consumed and turns out to be of no use is left out after all: told and counted. */
void cli_leave_out(const GError *error);

/* Of how many inputs the runs so far have consumed something. */
guint64 cli_n_consumed(void);

/* The status so far: CLI_SKIPPED if inputs were left out and --skip-bad did not accept that;
 * CLI_FAILED, with a message, if there was no input that could be used. */
int cli_status(void);

/* What becomes of @status where, of what was asked for, something @lacks, which is told: of a set
 * there was nothing to read, say. CLI_SKIPPED if all else went well and --skip-bad did not accept
 * that. */
int cli_status_lacking(int status, gboolean lacks);

/* A program that writes a stream, from here to its end: reads @source, applies @stage, writes. A
 * stage without "apply" is what the source does. */
int cli_convert(const AssaySourceConfig *source, const AssayStage *stage);

/* The same, with @before (nullable), which makes of a medium what @stage reads, and notes itself
 * in the sample. */
int cli_convert_after(const AssaySourceConfig *source, const AssayStage *before,
                      const AssayStage *stage);
