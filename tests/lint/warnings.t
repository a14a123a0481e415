#!/usr/bin/perl
# warnings.t - neither gcc 12 nor clang 14 has a word to say about the sources.
#
# Later compilers may warn of more: they are not asked, and a build never fails over a warning
# unless it is told to (the dev preset).
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

for my $known (['gcc-12', 'gcc', qr/\bgcc.* 12\./], ['clang-14', 'clang', qr/clang version 14\./]) {
    my ($name, $other, $version) = @$known;
    SKIP: {
        my ($compiler) = grep { have($_) && qx($_ --version) =~ $version } $name, $other;
        skip "$name is not installed", 1 unless $compiler;
        no_offenders("$name is content", map { warnings_of($compiler, $_) } @entries);
    }
}
done_testing();
