#!/usr/bin/perl
# cli.t - runs the golden cases of the command line.
#
#   tests/cli.t [--build DIR] [--jobs N] [--redo] [TOOL | TOOL/CASE]...
#
# A case is a folder tests/cli/TOOL/CASE/ with a script `cmd` and what it must print:
#   stdout, stderr      byte for byte; absent: nothing may be printed there
#   stdout.glob, stderr.glob   instead: `*` stands for any text in a line, a line `...` for any
#                       number of lines
#   status              the exit status; absent: 0
# `cmd` runs under sh -eu (under bash -eu -o pipefail if its first line says bash) in an empty
# scratch folder, with
#   $CASE    the case's folder              $DATA    tests/data
#   $SRC     the source tree                $SCRATCH the scratch folder
#   $ASSAY_SHARED_DATA   the reference data, if this machine has it
# In what it prints those folders are replaced by their names. Status 77 skips the case; its last
# line on stderr says why. No case may leave a temporary file or a process behind, or take longer
# than 60 seconds.
#
# --redo rewrites stdout, stderr and status (not the globs); read `git diff` afterwards.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Getopt::Long qw(GetOptions);
use lib $FindBin::RealBin;
use Cases;
use Threaded;

use constant SKIPPED => 77;

my $jobs = `nproc`;
my $redo = 0;
GetOptions('build=s' => \my $folder, 'jobs=i' => \$jobs, 'redo' => \$redo)
    or die "usage: tests/cli.t [--build DIR] [--jobs N] [--redo] [TOOL | TOOL/CASE]...\n";
use_build($folder);

# Pattern of a .glob file as a regular expression.
sub glob_pattern {
    my ($text) = @_;
    my $pattern = '';
    for my $line (split /^/, $text) {
        if ($line eq "...\n") {
            $pattern .= '(?:.*\n)*?';
        } else {
            $pattern .= join '.*', map { quotemeta } split /\*/, $line, -1;
        }
    }
    return qr/\A$pattern\z/;
}

# How two texts differ, as lines of diagnostics.
sub difference {
    my ($name, $expected, $actual) = @_;
    my $dir = tempdir(CLEANUP => 1);
    spew("$dir/expected", $expected);
    spew("$dir/actual",   $actual);
    my @lines = qx(cd '$dir' &&
        diff -a -u --label 'expected $name' --label 'actual $name' expected actual);
    splice @lines, 60, @lines, "... and so on\n" if @lines > 60;
    return @lines;
}

# Compares a result with what the folder of the case says; returns complaints.
sub judge {
    my ($case, $result) = @_;
    my $folder = "$cases/$case";
    my @complaints = @{ $result->{complaints} };

    for my $name (qw(stdout stderr)) {
        if (-e "$folder/$name.glob") {
            my $glob = slurp("$folder/$name.glob");
            next if $result->{$name} =~ glob_pattern($glob);
            push @complaints, difference("$name.glob", $glob, $result->{$name});
        } elsif ((my $expected = slurp("$folder/$name")) ne $result->{$name}) {
            push @complaints, difference($name, $expected, $result->{$name});
        }
    }
    my $expected = -e "$folder/status" ? 0 + (slurp("$folder/status") =~ s/\s+//gr) : 0;
    push @complaints, "exit status $result->{status}, expected $expected"
        if $result->{status} != $expected;
    return @complaints;
}

# Writes down a result as what is expected from now on; returns what was rewritten.
sub rewrite {
    my ($case, $result) = @_;
    my $folder = "$cases/$case";
    my %golden = (
        stdout => $result->{stdout},
        stderr => $result->{stderr},
        status => $result->{status} ? "$result->{status}\n" : '',
    );
    my @changed;
    for my $name (sort keys %golden) {
        next if -e "$folder/$name.glob" || slurp("$folder/$name") eq $golden{$name};
        push @changed, $name;
        if (length $golden{$name}) {
            spew("$folder/$name", $golden{$name});
        } else {
            unlink "$folder/$name";
        }
    }
    return @changed;
}

# The TAP of one case; returns true if it is as it should be.
sub report {
    my ($number, $case, $result) = @_;

    if ($result->{status} == SKIPPED && !@{ $result->{complaints} }) {
        my ($reason) = $result->{stderr} =~ /([^\n]*)\n*\z/;
        print "ok $number - $case # SKIP $reason\n";
        return 1;
    }
    if ($redo && !@{ $result->{complaints} }) {
        my @changed = rewrite($case, $result);
        print "# $case: rewrote @changed\n" if @changed;
    }
    my @complaints = judge($case, $result);
    print @complaints ? 'not ' : '', "ok $number - $case\n";
    print STDERR "# $case:\n" if @complaints;
    for my $line (map { split /\n/ } @complaints) {
        $line =~ s/([\x00-\x08\x0b-\x1f\x7f])/sprintf '\\x%02x', ord $1/ge;
        print STDERR "# $line\n";
    }
    return !@complaints;
}

# Pipelines of many programs first: no other case takes as long.
my @todo = find_cases(@ARGV);
@todo = ((grep { m{^pipelines/} } @todo), (grep { !m{^pipelines/} } @todo));
@todo = with_threads(@todo) if ($ENV{ASSAY_SANITIZE} // '') eq 'thread' && !@ARGV;
if (!@todo) {
    print "1..0 # SKIP no cases in tests/cli\n";
    exit 0;
}

$| = 1;
print '1..' . @todo . "\n";
my $failed = 0;
in_order(
    $jobs,
    scalar @todo,
    sub {
        my ($number) = @_;
        return run_case($todo[$number]) if -f "$cases/$todo[$number]/cmd";
        return { status => 0, stdout => '', stderr => '', complaints => ['has no cmd'] };
    },
    sub {
        my ($number, $result) = @_;
        $result //= { status => 0, stdout => '', stderr => '', complaints => ['the runner died'] };
        $failed++ unless report($number + 1, $todo[$number], $result);
    }
);
exit($failed ? 1 : 0);
