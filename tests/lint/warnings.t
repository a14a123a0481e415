#!/usr/bin/perl
# warnings.t - clang 14 has not a word to say about the sources.
#
# That gcc 12 has none either is shown by the build of the presets dev and asan. Later compilers may
# warn of more: they are not asked, and no other build fails over a warning.
#
# Each file is read as the build compiles it. Most of the time would go into GLib's headers: files
# that are compiled alike have them from one precompiled header.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use JSON::PP qw(decode_json);
use lib $FindBin::RealBin;
use Lint;
use Test::More;

use constant ALIKE => 4;    # so few files are not worth a precompiled header

my $database = "$build/compile_commands.json";
plan skip_all => "$database is missing" unless -f $database;
my $scratch = tempdir(CLEANUP => 1);

# How clang looks at a file that the build compiles by this command; the file is to be added.
sub looking {
    my ($compiler, $command) = @_;
    return $command =~ s/^\S+/$compiler/r =~ s/ -o \S+ -c \S+/ -fsyntax-only -Werror/r;
}

# Runs clang in a folder; returns what it says.
sub output_of {
    my ($folder, $command) = @_;
    return split /\n/, qx(cd '$folder' && $command 2>&1);
}

# A precompiled header for files that are looked at in one way, as the option that asks for it.
sub share_header {
    my ($folder, $look) = @_;
    open my $file, '>', "$scratch/shared.h" or die "$scratch: $!\n";
    print $file "#include <glib.h>\n";
    close $file or die "$scratch: $!\n";
    my $make = $look =~ s/ -fsyntax-only//r;
    output_of($folder, "$make -x c-header $scratch/shared.h -o $scratch/shared.pch");
    return "-include-pch $scratch/shared.pch";
}

# What clang says of files that are looked at in one way. It would start itself anew for each: what
# it would call for the first is called for all.
sub complaints {
    my ($folder, $look, @files) = @_;
    return () unless @files;
    my ($call) = reverse output_of($folder, "$look '$files[0]' -###");
    $call =~ s/ "-main-file-name" "[^"]*"// && $call =~ s/ "\Q$files[0]\E"\z//
        or return "$files[0]: error: clang has nothing to call: $call";
    my @says = output_of($folder, join ' ', $call, map { "'$_'" } @files);
    push @says, "$files[0]: error: clang fails" if $? != 0;
    return map { s{\Q$root\E/}{}gr } grep { /: (error|warning): / } @says;
}

# The same with the header that is shared, where the files are many. What a file asks of the
# system's headers it says before it includes one: such a file shares none.
sub complaints_about {
    my ($folder, $look, @files) = @_;
    my @sharing = grep { slurp($_) !~ /^#define _/m } @files;
    @sharing = () if @sharing < ALIKE;
    my %is_sharing = map { $_ => 1 } @sharing;
    my $header = @sharing ? share_header($folder, $look) : '';
    return (complaints($folder, "$look $header", @sharing),
        complaints($folder, $look, grep { !$is_sharing{$_} } @files));
}

# Files that are left over from an earlier build are none of ours.
my @entries = grep { -f $_->{file} } @{ decode_json(slurp($database)) };
my %compiled = map { $_->{file} => 1 } @entries;
my @sources = project_files(qr{^(libaudit|tools|tests|bench)/.*\.c$});
no_offenders('the build compiles every source',
    map { $compiled{"$root/$_"} ? () : "$_ is not compiled in $build: build it" } @sources);

SKIP: {
    my ($clang) = grep { have($_) && qx($_ --version) =~ /clang version 14\./ } qw(clang-14 clang);
    skip 'clang-14 is not installed', 1 unless $clang;
    my %alike;
    push @{ $alike{ $_->{directory} }{ looking($clang, $_->{command}) } }, $_->{file} for @entries;
    my @says;
    for my $folder (sort keys %alike) {
        my $by_look = $alike{$folder};
        push @says, complaints_about($folder, $_, sort @{ $by_look->{$_} }) for sort keys %$by_look;
    }
    no_offenders('clang-14 is content', @says);
}
done_testing();
