#!/usr/bin/perl
# faults.t - lets the calls of programs fail, one after the other, and looks at what they make of it.
#
#   tests/faults.t [--build DIR] [--jobs N] [--all | --places N] [--kind KIND] [--at N]
#                  [TOOL | TOOL/CASE]...
#
# The golden cases of tests/cli run with tests/faults/faults.c loaded into our programs: first
# without a fault, to count the calls and see what comes out; then with call 1, 2, 3 ... failing.
# Of each program that met a fault is asked
#   - that it neither crashes nor hangs, and leaves no unfinished file behind;
#   - that it does not succeed falsely: either all that the case prints, writes and says with its
#     status is as it was, for the fault could be made good (EINTR, a short write), or the program
#     says on standard error what it could not do, and its status is 3, or 4 if it left an input out;
#   - that a file which got its final name is whole.
# Kinds of faults are described in faults.c. What golden cases say is not compared: a case may well
# be about something else.
#
# The suite tries, in some cases (@chosen), each place from which a call is made that can report an
# error, and of the other kinds (@few) fewer and fewer calls: a minute of two cores.
# --all tries all cases, all calls of the system and more of memory: many hours. --places N tries, of
# all cases, each place in each program from which a call is made, in the N cases that make the
# fewest calls: with 1, less than half an hour. --at N (or N@PLACE) tries one call alone and shows
# the log, with the stack of the call. Under the address sanitizer a few cases show
# that nothing is leaked or used after it was freed on the way out.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);
use File::Find qw(find);
use FindBin;
use Getopt::Long qw(GetOptions);
use lib $FindBin::RealBin;
use Cases;

use constant TIME_LIMIT => 20;

# Every program, what it reads and writes: files, folders, streams, specs, tables, -o. Of calls that
# report an error, each place in one of these cases is tried;
my @chosen = qw(
    assay-array/meta assay-array/shared-options assay-baseline/bernoulli
    assay-baseline/shuffle-items assay-baseline/walk-cut assay-centroid/window
    assay-check/methods-numbers assay-check/per-item assay-compare/rank assay-compare/spec
    assay-detect/to-file assay-diff/equal assay-features/media assay-image/kinds
    assay-mel/streamed-flac assay-mine/groups assay-mine/output assay-nearest/summary
    assay-notes/names assay-notes/options assay-perturb/draws assay-roll/files0-from
    assay-roll/output assay-roll/stream assay-roll/walk assay-show/midi assay-show/npz
    assay-show/several assay-show/values-npz assay-show/values-raw assay-spec/diff-min-groups
    assay-spec/dot-order assay-spec/intersect assay-spec/merge-is-the-whole assay-spec/show-chord
    assay-spec/show-text assay-spectrum/average assay/cite assay/help assay/start
    pipelines/mine-and-check
);

# of the other kinds, some calls in some of them.
my @few = qw(
    assay-array/meta assay-baseline/shuffle-items assay-check/per-item assay-diff/equal
    assay-mine/output assay-notes/names assay-roll/output assay-roll/stream assay-show/npz
    assay-show/values-raw assay-spec/merge-values assay/help
);

# Cases that end by the clock, by a signal or on a terminal, one of 400 files, one that waits for
# who has failed, and those that write the time.
my %unfit = map { $_ => 1 } qw(
    assay-chroma/foreign
    assay-check/closed-pipe assay-check/terminal assay-check/terminal-stdin assay-notes/terminal
    assay-roll/closed-pipe assay-roll/interrupted assay-roll/nohup assay-roll/replaced
    assay-roll/terminal assay-render/terminal
);

# FluidSynth crashes where it lacks memory for small things, whoever calls it.
sub fits {
    my ($case, $kind) = @_;
    return $kind !~ /^(memory|exhausted)$/ || slurp("$cases/$case/cmd") !~ /assay-render/;
}

# Of each kind: how many threads, how many of the first calls, and by which factor it goes on.
my %plan = (
    error     => { jobs => 2, first => 40, factor => 1.1 },
    interrupt => { jobs => 2, first => 15, factor => 1.3 },
    short     => { jobs => 2, first => 15, factor => 1.3 },
    full      => { jobs => 2, first => 40, factor => 1.3 },
    memory    => { jobs => 1, first => 6, factor => 1.3 },
    exhausted => { jobs => 2, first => 2, factor => 1.6 },
);
my @kinds = qw(error interrupt short full memory exhausted);

# The sanitizer itself needs memory in order to report, and is slow.
if ($ENV{ASSAY_SANITIZE}) {
    @chosen = @few = qw(assay-check/per-item assay-diff/equal assay-roll/stream);
    @kinds  = qw(error short memory);
    $plan{error}{first}   = 10;
    $plan{memory}{factor} = 1.5;
}

my ($all, $at, $only, $per_place, $is_suite);
my $jobs = `nproc`;
GetOptions(
    'build=s' => \my $folder, 'jobs=i' => \$jobs, 'all' => \$all, 'kind=s' => \$only,
    'at=s' => \$at, 'places=i' => \$per_place
) or die "usage: tests/faults.t [--build DIR] [--jobs N] [--all | --places N] [--kind KIND]"
    . " [--at N] [TOOL | TOOL/CASE]...\n";
use_build($folder);
my $library = "$build/tests/libfaults.so";
die "no $library: ./run build makes it\n" unless -f $library;
if ($all) {
    $plan{$_}{first} = 1e9 for qw(error interrupt short full);
    @plan{qw(memory exhausted)} =
        ({ jobs => 1, first => 40, factor => 1.04 }, { jobs => 2, first => 20, factor => 1.15 });
}
if (defined $only) {
    die "no kind $only; there are: @kinds\n" unless $plan{$only};
    @kinds = ($only);
}

# What the scratch folder holds: a digest for each file, by name.
sub contents {
    my ($scratch) = @_;
    my %files;
    find(
        {
            no_chdir => 1,
            wanted   => sub {
                my $name = s{^\Q$scratch\E/?}{}r;
                $files{$name} = -l $_ ? readlink $_ : -f _ ? md5_hex(slurp($_)) : 'special';
            },
        },
        $scratch
    );
    return \%files;
}

# The log of faults.c: what became of each program, in the order in which they began.
sub programs {
    my ($scratch, $logs) = @_;
    my (%by_pid, @programs);
    for my $line (split /\n/, slurp("$logs/faults/log")) {
        my ($what, $pid, $text) = $line =~ /\A(begin|fault|renamed|end) (\d+) (.*)\z/ or next;
        my $program = $by_pid{$pid};
        if ($what eq 'begin' && $program && !defined $program->{end}) {
            $program->{name} .= "|$text";    # which it has become
        } elsif ($what eq 'begin') {
            push @programs,
                $by_pid{$pid} = { name => $text, pid => $pid, faults => [], renamed => [] };
        } elsif ($what eq 'fault') {
            push @{ $program->{faults} }, $text;
        } elsif ($what eq 'renamed') {
            push @{ $program->{renamed} }, $text =~ s{ \Q$scratch\E/}{ }r;    # DIGEST PATH
        } else {
            $program->{end} = $text;
        }
    }
    $_->{stderr} = slurp("$logs/faults/$_->{pid}.stderr") for @programs;
    return \@programs;
}

# Whether each place from which such a call is made is tried, and not one call after the other. To
# look at stacks loads a library, of which the loader leaves something: the sanitizer would say so.
sub goes_by_place {
    my ($kind) = @_;
    return defined $per_place || $is_suite && $kind eq 'error' && !$ENV{ASSAY_SANITIZE};
}

# Runs a case with call $n of a kind, or call N\@PLACE, failing.
sub try_case {
    my ($case, $kind, $n) = @_;
    my $sanitizer = join ':', grep { length } $ENV{ASAN_OPTIONS} // '', 'verify_asan_link_order=0';
    local $ENV{ASAN_OPTIONS} = $sanitizer;
    return run_case(
        $case,
        time_limit => TIME_LIMIT,
        env => {
            TAR_OPTIONS => '--mtime=1970-01-01\ 00:00:00',    # not the time of the run
            LD_PRELOAD => $library, ASSAY_FAULT => "$kind:$n", ASSAY_JOBS => $plan{$kind}{jobs},
            defined $at ? (ASSAY_FAULTS_TRACE => 1) : (),
            $n eq '0' && goes_by_place($kind) ? (ASSAY_FAULTS_PLACES => 1) : (),
        },
        prepare => sub {
            my ($scratch, $logs) = @_;
            mkdir "$logs/faults" or die "$logs/faults: $!\n";
            $ENV{ASSAY_FAULTS_DIR} = "$logs/faults";
        },
        inspect => sub {
            my ($result, $scratch, $logs) = @_;
            $result->{files}    = contents($scratch);
            $result->{programs} = programs($scratch, $logs);
            $result->{calls}    = unpack 'Q', slurp("$logs/faults/calls") || "\0" x 8;
            $result->{log}      = slurp("$logs/faults/log");
        }
    );
}

sub is_same {
    my ($a, $b) = @_;
    my $files = sub {
        my ($files) = @_;
        join "\n", map { "$_\t$files->{$_}" } sort keys %$files;
    };
    return $a->{status} == $b->{status} && $a->{stdout} eq $b->{stdout}
        && $files->($a->{files}) eq $files->($b->{files});
}

# What is wrong with one program that met a fault, where the case came out otherwise than it does.
sub judge_program {
    my ($program, $sound, $result, $case) = @_;
    my ($status, $name) = @$program{qw(end name)};
    my $says = $program->{stderr} =~ /^(?:$name)[: ]\s*\S/m;
    my @complaints;

    return 'crashed' unless defined $status;
    push @complaints, 'says nothing' if !$says;
    # With --skip-bad an input that could not be read is left out, and that is no failure.
    my $is_lenient = $says && slurp("$cases/$case/cmd") =~ /--skip-bad/;
    if ($status <= 2 && !($status < 2 && $is_lenient)) {
        push @complaints, $status == 0 ? 'false success' : "exit status $status";
    }
    # What a file held when it got its name, it has held in the run without a fault.
    my %whole = map { $_ => 1 } map { @{ $_->{renamed} } } @{ $sound->{programs} };
    push @complaints, map { "left a broken $_" } grep { $status == 3 && !$whole{$_} }
        @{ $program->{renamed} };
    return @complaints;
}

# Complaints about a run with a fault, beside the run without; and whether it met one at all.
sub judge {
    my ($sound, $result, $case) = @_;
    my @met = grep { @{ $_->{faults} } } @{ $result->{programs} };
    # Who waits in the case for a program that has failed is not at fault.
    my @complaints = grep { $_ ne 'left a process running' } @{ $result->{complaints} };
    my $is_same = is_same($sound, $result);

    for my $program ($is_same ? () : @met) {
        push @complaints, map { "$program->{name}: $program->{faults}[0]: $_" }
            judge_program($program, $sound, $result, $case);
    }
    if ($is_same) {
        my $crashed = sub { scalar grep { !defined $_->{end} } @{ $_[0]{programs} } };
        push @complaints, 'a program crashed unnoticed' if $crashed->($result) > $crashed->($sound);
    }
    return (\@complaints, scalar @met, $is_same);
}

# The calls that are to fail, of so many.
sub chosen_calls {
    my ($plan, $n) = @_;
    my @calls;
    for (my $at = 1; $at <= $n; ) {
        push @calls, $at;
        my $next = int($at * ($plan->{factor} // 1));
        $at = @calls < $plan->{first} || $next <= $at ? $at + 1 : $next;
    }
    return @calls;
}

# All faults of one kind in one case, or those of @calls.
sub sweep {
    my ($case, $kind, @calls) = @_;
    my $sound = try_case($case, $kind, 0);
    my %found = (complaints => [], met => 0, same => 0, calls => $sound->{calls}, says => {});

    return { %found, complaints => $sound->{complaints} } if @{ $sound->{complaints} };
    return { %found, complaints => ['no calls are counted'] } if !@{ $sound->{programs} };
    @calls = defined $at ? $at : chosen_calls($plan{$kind}, $sound->{calls}) if !@calls;
    for my $n (@calls) {
        my $result = try_case($case, $kind, $n);
        my ($complaints, $met, $is_same) = judge($sound, $result, $case);

        $found{met}  += $met > 0;
        $found{same} += $met > 0 && $is_same;
        my @says = map { $_->{stderr} } grep { @{ $_->{faults} } } @{ $result->{programs} };
        push @$complaints, 'no call failed' if !$met && $result->{calls} >= $n =~ s/\@.*//r;
        push @{ $found{complaints} }, map { "$kind $n: $_" } @$complaints, @$complaints ? @says : ();
        $found{log} = join '', $result->{log}, @says, "status $result->{status}\n" if defined $at;
    }
    return \%found;
}

# Gives each place of one kind to $per_place cases (else to 1), first to those that make few calls.
sub share_places {
    my ($kind, @cases) = @_;
    my (@seen, %given, @todo);

    in_order(
        $jobs,
        scalar @cases,
        sub { try_case($cases[$_[0]], $kind, 0) },
        sub {
            my ($number, $sound) = @_;
            my %places = map { $_ => 1 } ($sound->{log} // '') =~ /^place \d+ (\w+)$/mg;
            push @seen, [$cases[$number], $sound->{calls} // 0, sort keys %places];
        }
    );
    for my $seen (sort { $a->[1] <=> $b->[1] || $a->[0] cmp $b->[0] } @seen) {
        my ($case, undef, @places) = @$seen;
        my @own = grep { $given{$_}++ < ($per_place // 1) } @places;
        push @todo, [$case, $kind, map { "1\@$_" } @own] if @own;
    }
    return @todo;
}

$is_suite = !@ARGV && !$all && !$per_place && !defined $at;
my @todo;
for my $kind (@kinds) {
    my @cases = $is_suite ? ($kind eq 'error' ? @chosen : @few) : find_cases(@ARGV);
    @cases = grep { !$unfit{$_} && fits($_, $kind) } @cases;
    push @todo, goes_by_place($kind) ? share_places($kind, @cases) : map { [$_, $kind] } @cases;
}

$| = 1;
print '1..' . @todo . "\n";
my $failed = 0;
in_order(
    $jobs,
    scalar @todo,
    sub { sweep(@{ $todo[$_[0]] }) },
    sub {
        my ($number, $found) = @_;
        my ($case, $kind) = @{ $todo[$number] };
        my @complaints = $found ? @{ $found->{complaints} } : ('the runner died');
        my $counts = $found
            ? "$found->{met} faults in $found->{calls} calls, $found->{same} made good" : '';

        print @complaints ? 'not ' : '', 'ok ', $number + 1, " - $case, $kind: $counts\n";
        print map { "# $_\n" } map { split /\n/ } $found->{log} if defined $at && $found->{log};
        $failed++ if @complaints;
        print STDERR map { "# $_\n" } map { split /\n/ } @complaints;
    }
);
exit($failed ? 1 : 0);
