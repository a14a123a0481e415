/* bench/stopwatch.c - runs pipelines in turn, A B A B ..., and says what each run cost.
 *
 * usage: stopwatch [-r FILE]... ROUNDS PROGRAM [ARG]... [ '|' PROGRAM... ]... [ ':' PROGRAM... ]...
 *
 * -r removes a file before each run, so that each makes it anew and none pays for the removal of
 * what the one before has written. ':' begins the next pipeline. Prints a line a run: the
 * pipeline's number from 0, wall and CPU seconds, and the peak memory of each of its programs in
 * KiB, between tabs. What the last program of a pipeline prints is thrown away.
 *
 * A small program does this because a child's peak memory is never less than its parent's at the
 * fork, and because an interpreter's own pace would blur times of a millisecond.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _DEFAULT_SOURCE /* for wait4 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_PROGRAMS = 8, MAX_PIPELINES = 64 };

typedef struct {
    char **programs[MAX_PROGRAMS]; /* argument vectors, each ended by NULL */
    int n;
} Pipeline;

static void
die(const char *what)
{
    fprintf(stderr, "stopwatch: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double
seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static double
wall_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static pid_t
start(char **program, int in, int out, int unused)
{
    const pid_t child = fork();

    if (child < 0)
        die("fork");
    if (child > 0)
        return child;
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    close(in);
    close(out);
    if (unused >= 0)
        close(unused);
    execvp(program[0], program);
    fprintf(stderr, "stopwatch: %s: %s\n", program[0], strerror(errno));
    _exit(127);
}

static void
run(const Pipeline *pipeline, int number)
{
    pid_t children[MAX_PROGRAMS];
    long peaks[MAX_PROGRAMS];
    double begin = wall_seconds(), cpu = 0;
    int in = open("/dev/null", O_RDONLY);

    for (int i = 0; i < pipeline->n; i++) {
        int ends[2] = { -1, -1 };

        if (i + 1 < pipeline->n && pipe(ends) != 0)
            die("pipe");
        if (i + 1 == pipeline->n)
            ends[1] = open("/dev/null", O_WRONLY);
        if (in < 0 || ends[1] < 0)
            die("/dev/null");
        children[i] = start(pipeline->programs[i], in, ends[1], ends[0]);
        close(in);
        close(ends[1]);
        in = ends[0];
    }
    for (int i = 0; i < pipeline->n; i++) {
        struct rusage usage;
        int status;

        if (wait4(children[i], &status, 0, &usage) < 0)
            die("wait4");
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fprintf(stderr, "stopwatch: %s failed\n", pipeline->programs[i][0]);
            exit(1);
        }
        cpu += seconds(usage.ru_utime) + seconds(usage.ru_stime);
        peaks[i] = usage.ru_maxrss;
    }
    printf("%d\t%.9f\t%.9f", number, wall_seconds() - begin, cpu);
    for (int i = 0; i < pipeline->n; i++)
        printf("\t%ld", peaks[i]);
    printf("\n");
}

int
main(int argc, char **argv)
{
    static Pipeline pipelines[MAX_PIPELINES];
    char **removed = argv + 1;
    int n = 1, n_removed = 0, rounds;

    while (argc > 2 && strcmp(argv[1], "-r") == 0) {
        removed[n_removed++] = argv[2];
        argv += 2;
        argc -= 2;
    }
    rounds = argc < 3 ? 0 : atoi(argv[1]);
    if (rounds < 1) {
        fprintf(stderr, "usage: stopwatch [-r FILE]... ROUNDS PROGRAM [ARG]... ['|' PROGRAM...] "
                        "[':' ...]\n");
        return 2;
    }
    pipelines[0].programs[pipelines[0].n++] = argv + 2;
    for (int i = 2; i < argc; i++) {
        const int is_next = strcmp(argv[i], ":") == 0;

        if (!is_next && strcmp(argv[i], "|") != 0)
            continue;
        n += is_next;
        if (n > MAX_PIPELINES || pipelines[n - 1].n == MAX_PROGRAMS || i + 1 == argc) {
            fprintf(stderr, "stopwatch: too many programs, or none at the end\n");
            return 2;
        }
        argv[i] = NULL;
        pipelines[n - 1].programs[pipelines[n - 1].n++] = argv + i + 1;
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n_removed; k++)
                unlink(removed[k]);
            run(&pipelines[i], i);
        }
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
