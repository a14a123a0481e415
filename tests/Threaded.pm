# Threaded.pm - which golden cases the thread sanitizer is shown.
#
# It takes its time, and finds nothing where no thread is started, nor where the same threads do the
# same again. So, of the cases of programs that have threads, as many run as it takes for each
# program (each verb of it) to meet whatever it meets in any case: each option, with each word that
# is given to it; each kind of file, by its suffix; each exit status but that of wrong usage, which
# is found before a thread is started.
#
# SPDX-License-Identifier: GPL-3.0-or-later
package Threaded;
use strict;
use warnings;
use feature qw(state);
use Exporter qw(import);
use File::Basename qw(dirname);
use lib dirname(__FILE__) . '/lint';
use Cases;
use Shell;

our @EXPORT = qw(with_threads met_by);

# The programs that have threads, as their sources say: NAME or NAME VERB.
sub threaded_programs {
    my %threaded;
    for my $text (map { slurp($_) } glob "'$source'/tools/*.c") {
        next unless $text =~ /\bCLI_(?:READS|JOBS)\b/;
        $threaded{$_} = 1 for $text =~ /^    \.name = "(assay-[a-z ]+)"/mg;
    }
    return \%threaded;
}

# What one of them meets, by the words of a call.
sub meets {
    my ($program, @words) = @_;
    my @met = $program;
    for my $word (@words) {
        if ($word =~ /^(--?[A-Za-z][\w-]*(?:=[a-z-]+$)?)/) {
            push @met, "$program $1";
        } elsif ($word =~ /(\.[a-z0-9]+)$/) {
            push @met, "$program $1";
        }
    }
    return @met;
}

# How many programs a case calls, at least, and what those that have threads meet.
sub look_at {
    my ($case, $threaded) = @_;
    my ($status) = slurp("$cases/$case/status") =~ /(\d+)/;
    my ($calls, %met) = (0);
    return (0) if ($status // 0) == 2;
    for my $call (commands(slurp("$cases/$case/cmd"))) {
        my ($program, @words) = @$call;
        $calls++ if $program =~ /^assay/;
        $program .= ' ' . shift @words if @words && $threaded->{"$program $words[0]"};
        next unless $threaded->{$program};
        $met{$_} = 1 for meets($program, @words);
        $met{"$program, status $status"} = 1 if $status;
    }
    return ($calls, keys %met);
}

# What the programs of a case meet that have threads.
sub met_by {
    my ($case) = @_;
    state $threaded = threaded_programs();
    my (undef, @met) = look_at($case, $threaded);
    return @met;
}

# Leaves out of the chosen cases, the longest first, those all of which others that are chosen meet.
sub leave_out {
    my ($chosen, $calls, $met) = @_;
    my %times;
    $times{$_}++ for map { @{ $met->{$_} } } keys %$chosen;
    for my $case (sort { $calls->{$b} <=> $calls->{$a} || $a cmp $b } keys %$chosen) {
        next if grep { $times{$_} < 2 } @{ $met->{$case} };
        $times{$_}-- for @{ $met->{$case} };
        delete $chosen->{$case};
    }
}

# Those of the cases that are to run, in their order: again and again that which brings the most for
# each program that it calls; then those are left out that later ones have made needless.
sub with_threads {
    my @all = @_;
    my $threaded = threaded_programs();
    my (%calls, %met, %left, %chosen);
    for my $case (@all) {
        ($calls{$case}, my @met) = look_at($case, $threaded);
        $met{$case} = \@met;
        @left{@met} = ();
    }
    while (%left) {
        my ($best, $most) = ('', 0);
        for my $case (grep { !$chosen{$_} && @{ $met{$_} } } @all) {
            my $brings = grep { exists $left{$_} } @{ $met{$case} };
            ($best, $most) = ($case, $brings / $calls{$case}) if $brings > $most * $calls{$case};
        }
        $chosen{$best} = 1;
        delete @left{ @{ $met{$best} } };
    }
    leave_out(\%chosen, \%calls, \%met);
    return grep { $chosen{$_} } @all;
}

1;
