#!/usr/bin/perl
# mutation.t - breaks lines of the library, one after the other, and demands that a test notices.
#
#   tests/mutation.t [--build DIR] [--jobs N] [PATTERN]
#
# tests/mutation/mutants.txt has the breaks. Each is made in a copy of its file; that is compiled
# as the build compiles it and linked, before the library, into the unit tests that are named. One
# of them has to fail. PATTERN chooses breaks by what they say or by their file.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use FindBin;
use Getopt::Long qw(GetOptions);
use JSON::PP qw(decode_json);
use lib $FindBin::RealBin;
use Cases;

use constant TIME_LIMIT => 120;    # of one test; a break may well be an endless loop

my $jobs = `nproc`;
GetOptions('build=s' => \my $folder, 'jobs=i' => \$jobs)
    or die "usage: tests/mutation.t [--build DIR] [--jobs N] [PATTERN]\n";
use_build($folder);

# The breaks: {says, file, from, to, tests}.
sub read_mutants {
    my @mutants;
    my $says;
    for my $line (split /\n/, slurp("$source/tests/mutation/mutants.txt")) {
        if ($line =~ /\A# ?(.*)/) {
            $says = $1;
        } elsif ($line =~ /\Ain (\S+)\z/) {
            push @mutants, { says => $says, file => $1, from => '', to => '', tests => [] };
        } elsif ($line =~ /\A([-+]) (.*)/) {
            $mutants[-1]{ $1 eq '-' ? 'from' : 'to' } .= "$2\n";
        } elsif ($line =~ /\Aby (.*)/) {
            $mutants[-1]{tests} = [split ' ', $1];
        } elsif ($line =~ /\S/) {
            die "tests/mutation/mutants.txt: $line\n";
        }
    }
    return @mutants;
}

# The text of a file with a break in it, or undef and how often its place was found.
sub broken {
    my ($mutant) = @_;
    my $text    = slurp("$source/$mutant->{file}");
    my $pattern = join '\s+', map { quotemeta } split ' ', $mutant->{from};
    my $found   = () = $text =~ /$pattern/g;

    return (undef, $found) if $found != 1;
    $text =~ s/$pattern/$mutant->{to}/;
    return ($text, 1);
}

# How the build compiles each file, and how it links each test.
sub read_build {
    my (%compilation, %linkage);
    for my $entry (@{ decode_json(slurp("$build/compile_commands.json")) }) {
        $compilation{ $entry->{file} } = $entry->{command} if $entry->{command} =~ / -c /;
    }
    for my $command (qx(ninja -C '$build' -t commands)) {
        my ($test) = $command =~ m{ -o tests/(test-[\w-]+) } or next;
        $linkage{$test} = $command =~ s/\A: && //r =~ s/ && :\s*\z//r;
    }
    return (\%compilation, \%linkage);
}

my ($compilation, $linkage) = read_build();

# A break is to be noticed by everyone, with the reference data or without; and that takes its time.
delete $ENV{ASSAY_SHARED_DATA};

# As fast as it can be compiled.
my $unoptimised = '-O0 -g0 -w';

# Runs commands in the build folder; returns the status and what they print.
sub try {
    my ($command) = @_;
    my $output = qx(exec 2>&1; cd '$build' && ( $command ));
    return ($?, $output);
}

# The header that takes a compiler longer than a file of ours, read once for all breaks; a file that
# is compiled in another way than the first does not notice. What a file asks of the system's headers
# it says before it includes one: such a file is not to have any included before.
my $headers = tempdir(CLEANUP => 1);

sub precompile {
    my ($file) = @_;
    my $compile = $compilation->{"$source/$file"} // return;
    spew("$headers/shared.h", "#include <glib.h>\n");
    $compile =~ s/ -MD -MT \S+ -MF \S+//;
    $compile =~ s{ -o \S+ -c \S+}{ $unoptimised -x c-header -o $headers/shared.h.gch $headers/shared.h};
    try($compile);
}

# What is wrong, if no test notices a break.
sub survives {
    my ($mutant) = @_;
    my $scratch = tempdir(CLEANUP => 1);
    my ($text, $found) = broken($mutant);
    return "its line is found $found times in $mutant->{file}, not once" unless defined $text;
    spew("$scratch/broken.c", $text);

    # Headers are looked for beside the file that was copied.
    my $folder  = dirname("$source/$mutant->{file}");
    my $compile = $compilation->{"$source/$mutant->{file}"}
        // return "$mutant->{file} is not compiled in $build";
    $compile =~ s/ -MD -MT \S+ -MF \S+//;
    my $shared = $text =~ /^#define _/m ? '' : "-include $headers/shared.h";
    $compile =~ s{ -o \S+ -c \S+}{ $unoptimised $shared -iquote '$folder' -o $scratch/broken.o -c $scratch/broken.c};
    my ($status, $output) = try($compile);
    return "does not compile:\n$output" if $status != 0;

    for my $test (@{ $mutant->{tests} }) {
        my $link = $linkage->{$test} // return "$test is not in $build";
        $link =~ s{-o tests/\Q$test\E }{-s -o $scratch/$test };
        $link =~ s{ (\S*lib/libassay\.a)}{ $scratch/broken.o $1} or return "$test has no library";
        ($status, $output) = try($link);
        return "$test does not link:\n$output" if $status != 0;
        ($status, $output) = try("cd $scratch && timeout @{[TIME_LIMIT]} ./$test");
        return undef if $status != 0;
    }
    return "no test notices: @{ $mutant->{tests} }";
}

my $wanted  = $ARGV[0] // '';
my @mutants = grep { "$_->{says} $_->{file}" =~ /$wanted/ } read_mutants();
precompile($mutants[0]{file}) if @mutants;

# A test that fails anyhow would notice anything: each is tried once with a break that is none.
my %controls;
for my $mutant (@mutants) {
    for my $test (grep { !$controls{$_} } @{ $mutant->{tests} }) {
        $controls{$test} = {
            %$mutant, says => "$test, without a break", to => $mutant->{from}, tests => [$test],
            is_control => 1
        };
    }
}
unshift @mutants, map { $controls{$_} } sort keys %controls;

delete $ENV{ASSAY_SHARED_DATA};
$| = 1;
print '1..' . @mutants . "\n";
my $failed = 0;
in_order(
    $jobs,
    scalar @mutants,
    sub { { fault => survives($mutants[$_[0]]) } },
    sub {
        my ($number, $result) = @_;
        my $mutant = $mutants[$number];
        my $fault  = $result ? $result->{fault} : 'the runner died';

        if ($mutant->{is_control}) {
            $fault = ($fault // '') =~ /\Ano test notices/ ? undef : $fault // 'fails';
        }
        print defined $fault ? 'not ' : '', 'ok ', $number + 1, " - $mutant->{says}\n";
        return unless defined $fault;
        $failed++;
        print STDERR map { "# $_\n" } "$mutant->{file}: $mutant->{from}", split /\n/, $fault;
    }
);
exit($failed ? 1 : 0);
