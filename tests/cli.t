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
use Cwd qw(realpath);
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use Getopt::Long qw(GetOptions);
use POSIX ();
use Storable qw(retrieve store);
use Time::HiRes qw(sleep time);

use constant SKIPPED => 77;

my $source = realpath(dirname(realpath($0)) . '/..');
my $cases  = "$source/tests/cli";
my $build  = $ENV{ASSAY_BUILD} || "$source/build";
my $jobs   = `nproc`;
my $redo   = 0;
GetOptions('build=s' => \$build, 'jobs=i' => \$jobs, 'redo' => \$redo)
    or die "usage: tests/cli.t [--build DIR] [--jobs N] [--redo] [TOOL | TOOL/CASE]...\n";
$build = realpath($build) // die "no build folder: ./run build makes one\n";

if (!$ENV{ASSAY_SHARED_DATA} && -d "$source/../shared/data") {
    $ENV{ASSAY_SHARED_DATA} = realpath("$source/../shared/data");
}

# A program under a sanitizer is slower.
my $time_limit = $ENV{ASSAY_SANITIZE} ? 240 : 60;

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or return '';
    local $/;
    my $bytes = <$file>;
    return $bytes // '';
}

sub spew {
    my ($path, $bytes) = @_;
    open my $file, '>:raw', $path or die "$path: $!\n";
    print $file $bytes or die "$path: $!\n";
    close $file or die "$path: $!\n";
}

# All cases that the operands name, sorted: TOOL/CASE.
sub find_cases {
    my @operands = @_;
    my @found = sort map { s{^\Q$cases\E/}{}r } grep { -d } glob("\Q$cases\E/*/*");
    return @found unless @operands;
    my %wanted;
    for my $operand (@operands) {
        my $name = $operand =~ s{/+$}{}r =~ s{^.*\btests/cli/}{}r;
        my @named = grep { $_ eq $name || index($_, "$name/") == 0 } @found;
        die "no case $operand under tests/cli\n" unless @named;
        @wanted{@named} = ();
    }
    return grep { exists $wanted{$_} } @found;
}

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

# In a process of its own, with a session of its own: never returns.
sub become_cmd {
    my ($case, $scratch, $logs) = @_;
    my $cmd = "$cases/$case/cmd";
    my @shell = slurp($cmd) =~ /\A#!.*\bbash\b/ ? qw(bash -eu -o pipefail) : qw(sh -eu);

    POSIX::setsid();
    chdir $scratch or POSIX::_exit(126);
    delete @ENV{qw(ASSAY_JOBS ASSAY_SPECS COLUMNS LINES NO_COLOR MANPATH)};
    %ENV = (
        %ENV,
        CASE => "$cases/$case", DATA => "$source/tests/data", SRC => $source, SCRATCH => $scratch,
        ASSAY_BUILD => $build, PATH => "$build/bin:$ENV{PATH}", HOME => $scratch,
        TMPDIR => $scratch, LC_ALL => 'C.UTF-8', TZ => 'UTC0', TERM => 'dumb',
    );
    # Where stderr is thrown away or joined, a sanitizer shall be heard all the same.
    for my $name (qw(ASAN UBSAN TSAN LSAN)) {
        $ENV{"${name}_OPTIONS"} = join ':', grep { length } $ENV{"${name}_OPTIONS"} // '',
            "log_path='$logs/log'";
    }
    $ENV{ASSAY_JOBS} = 2 if $ENV{ASSAY_SANITIZE};
    $SIG{$_} = 'DEFAULT' for qw(PIPE INT TERM ALRM);
    umask 022;
    open STDIN,  '<', '/dev/null'        or POSIX::_exit(126);
    open STDOUT, '>', "$logs/stdout"     or POSIX::_exit(126);
    open STDERR, '>', "$logs/stderr"     or POSIX::_exit(126);
    exec('sh', '-c', 'ulimit -c 0; exec "$@"', 'sh', @shell, $cmd) or POSIX::_exit(127);
}

# Runs one case; returns {status, stdout, stderr, complaints}.
sub run_case {
    my ($case) = @_;
    my $scratch = realpath(tempdir('assay-cli-XXXXXXXX', TMPDIR => 1));
    my $logs    = realpath(tempdir('assay-log-XXXXXXXX', TMPDIR => 1));
    my @complaints;
    my $timed_out = 0;

    my $pid = fork() // die "fork: $!\n";
    become_cmd($case, $scratch, $logs) if $pid == 0;
    {
        local $SIG{ALRM} = sub { $timed_out = 1; kill 'KILL', -$pid, $pid };
        alarm $time_limit;
        1 while waitpid($pid, 0) == -1 && $!{EINTR};
        alarm 0;
    }
    my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    push @complaints, "took longer than $time_limit seconds" if $timed_out;

    # A writer whose reader has gone may need a moment to die.
    my $patience = time() + 5;
    sleep 0.01 while kill(0, -$pid) && time() < $patience;
    push @complaints, 'left a process running' if kill 'KILL', -$pid;

    find(
        {
            no_chdir => 1,
            wanted   => sub {
                my $name = s{^\Q$scratch\E/?}{}r;
                push @complaints, "left $name behind"
                    if $name =~ m{(^|/)\.assay-[^/]*$|\.tmp[^/]*$};
            },
        },
        $scratch
    );
    my %result = (status => $status, map { $_ => slurp("$logs/$_") } qw(stdout stderr));
    push @complaints, map { "sanitizer: $_" } map { split /\n/, slurp($_) } glob "\Q$logs\E/log*";
    system 'chmod', '-R', 'u+rwx', $scratch;
    remove_tree($scratch, $logs);

    my @names = (
        ["$cases/$case", '$CASE'], ["$source/tests/data", '$DATA'], [$scratch, '$SCRATCH'],
        [$ENV{ASSAY_SHARED_DATA}, '$ASSAY_SHARED_DATA'], [$build, '$BUILD'], [$source, '$SRC'],
    );
    for my $name (grep { defined $_->[0] } @names) {
        s/\Q$name->[0]\E(?![\w.-])/$name->[1]/g for @result{qw(stdout stderr)};
    }
    $result{complaints} = \@complaints;
    return \%result;
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

my @todo = find_cases(@ARGV);
if (!@todo) {
    print "1..0 # SKIP no cases in tests/cli\n";
    exit 0;
}

$| = 1;
print '1..' . @todo . "\n";
my $results = tempdir(CLEANUP => 1);
my $parent  = $$;
my (%running, %done);
my ($started, $printed, $failed) = (0, 0, 0);
$SIG{INT} = $SIG{TERM} = sub { kill 'TERM', keys %running; exit 130 };
while ($printed < @todo) {
    while ($started < @todo && keys(%running) < $jobs) {
        my $number = $started++;
        my $pid = fork() // die "fork: $!\n";
        if ($pid == 0) {
            my $result;
            if (-f "$cases/$todo[$number]/cmd") {
                $result = run_case($todo[$number]);
            } else {
                $result = { status => 0, stdout => '', stderr => '', complaints => ['has no cmd'] };
            }
            store($result, "$results/$number");
            POSIX::_exit(0);
        }
        $running{$pid} = $number;
    }
    my $pid = wait();
    next unless exists $running{$pid};
    $done{ delete $running{$pid} } = 1;
    while ($done{$printed}) {
        my $file = "$results/$printed";
        my $result = -e $file ? retrieve($file)
            : { status => 0, stdout => '', stderr => '', complaints => ['the runner died'] };
        $failed++ unless report($printed + 1, $todo[$printed], $result);
        $printed++;
    }
}
exit($failed ? 1 : 0);
