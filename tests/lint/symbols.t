#!/usr/bin/perl
# symbols.t - a shared library exports what its installed headers mark with ASSAY_API, no more: those
# of the room synth are of libassay-synth, all others of libassay.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

my @libraries = ('libassay.so', 'libassay-synth.so');
for my $library (@libraries) {
    plan skip_all => "$build/lib/$library is not built" unless -e "$build/lib/$library";
}

my (%declared, @unmarked, @foreign, @hidden);

for my $header (project_files(qr{^libaudit/.*\.h$})) {
    my $private = $header =~ /-private\.h$/;
    my $text = slurp($header);
    $text =~ s{/\*.*?\*/}{ }gs;
    $text =~ s{\\\n}{ }g;
    $text =~ s{^[ \t]*#.*}{}mg;
    $text =~ s{G_DEFINE_\w+\s*\([^()]*\)|G_(BEGIN|END)_DECLS}{;}g;
    # Bodies of types and of inline functions.
    1 while $text =~ s/\{[^{}]*\}/\x01/g;
    $text =~ s/\)\s*\x01/);/g;
    for my $statement (split /;/, $text) {
        next if $statement =~ /\b(typedef|static)\b/;
        my $marked = $statement =~ /\bASSAY_API\b/;
        # The name of a function is the last word before its parameters, that of an object the last.
        my ($name) = $statement =~ s/\bG_GNUC_\w+(\s*\([^()]*\))?//gr =~ /(\w+)\s*(?:\(|\[|$)/;
        next unless defined $name && ($marked || $statement =~ /\(/);
        if ($private) {
            push @hidden, "$header: $name is private and marked ASSAY_API" if $marked;
            next;
        }
        push @unmarked, "$header: $name is not marked ASSAY_API" unless $marked;
        push @foreign,  "$header: $name does not begin with assay_" unless $name =~ /^assay_/;
        $declared{$name} = $header if $marked;
    }
}

# What a library exports; the linker adds its own marks where another library asks for them.
sub exported_by {
    my ($library) = @_;
    return map { /^\S+ [TDBRVWi] (\S+?)(?:@.*)?$/ ? ($1 => 1) : () }
        grep { !/ (?:_end|_edata|__bss_start)$/ } qx(nm -D --defined-only '$build/lib/$library');
}

sub library_of {
    return $_[0] =~ m{^libaudit/synth/} ? 'libassay-synth.so' : 'libassay.so';
}

my %exported = map { ($_ => { exported_by($_) }) } @libraries;

no_offenders('every function of an installed header is marked ASSAY_API', @unmarked);
no_offenders('every function of an installed header begins with assay_', @foreign);
no_offenders('nothing in a private header is marked ASSAY_API', @hidden);
no_offenders('what is declared is exported',
    map { "$declared{$_}: $_ is not in " . library_of($declared{$_}) }
        grep { !$exported{ library_of($declared{$_}) }{$_} } sort keys %declared);
for my $library (@libraries) {
    no_offenders("what $library exports is declared",
        map { "$library: $_ is in no installed header of it" }
            grep { !$declared{$_} || library_of($declared{$_}) ne $library }
            sort keys %{ $exported{$library} });
}
done_testing();
