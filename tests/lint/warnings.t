#!/usr/bin/perl
# warnings.t - clang 14 has not a word to say about the sources.
#
# That gcc 12 has none either is shown by the build of the presets dev and asan. Later compilers may
# warn of more: they are not asked, and no other build fails over a warning.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use JSON::PP qw(decode_json);
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my $database = "$build/compile_commands.json";
plan skip_all => "$database is missing" unless -f $database;
my @entries = sort { $a->{file} cmp $b->{file} } @{ decode_json(slurp($database)) };

sub warnings_of {
    my ($compiler, $entry) = @_;
    my $command = $entry->{command} =~ s/^\S+/$compiler/r =~ s/ -o \S+ -c / -fsyntax-only -Werror /r;
    return map { s{\Q$root\E/}{}gr } grep { /: (error|warning): / }
        split /\n/, qx(cd '$entry->{directory}' && $command 2>&1);
}

SKIP: {
    my ($clang) = grep { have($_) && qx($_ --version) =~ /clang version 14\./ } qw(clang-14 clang);
    skip 'clang-14 is not installed', 1 unless $clang;
    no_offenders('clang-14 is content', map { warnings_of($clang, $_) } @entries);
}
done_testing();
