#!/usr/bin/perl
# citation.t - what `assay --cite` prints is BibTeX, and CITATION.cff says the same of Assay.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

# Entries as [type, key, {field => value}]; dies where the text is no BibTeX. Strict: values in
# braces that are balanced, no field or key twice, a comma between fields and none after the last.
sub parse_bibtex {
    my ($text) = @_;
    my (@entries, %keys);
    my $at = sub { 'line ' . (1 + substr($text, 0, pos($text) // 0) =~ tr/\n//) };
    for ($text) {
        while (/\G\s*/gc && !/\G\z/gc) {
            /\G@([a-z]+)\{([a-z][a-z0-9]*),\s*/gc or die $at->(), ": no entry\n";
            my ($type, $key, %fields) = ($1, $2);
            die $at->(), ": $key is there twice\n" if $keys{$key}++;
            do {
                /\G([a-z]+)\s*=\s*(\{(?:[^{}\\]++|(?2))*+\})\s*/gc or die $at->(), ": no field\n";
                my ($name, $value) = ($1, $2);
                die $at->(), ": $key has $name twice\n" if exists $fields{$name};
                $fields{$name} = $value =~ s/^\{|\}$//gr =~ s/\s+/ /gr;
                die $at->(), ": $name is empty\n" unless $fields{$name} =~ /\S/;
            } while (/\G,\s*/gc);
            /\G\}/gc or die $at->(), ": $key does not end\n";
            push @entries, [ $type, $key, \%fields ];
        }
    }
    return @entries;
}

# The parser is none if it takes anything.
for my $bad ('@misc{a, b = {c}', '@misc{a, b = {c},}', '@misc{a, b = {{c}}', '@misc{a, b = c}',
    '@misc{a, b = {c} d = {e}}', 'x @misc{a, b = {c}}', '@misc{a, b = {c}, b = {d}}',
    '@misc{a, b = {c}} @misc{a, b = {c}}', '@misc{a, b = { }}', '@misc{a}') {
    ok(!eval { parse_bibtex($bad); 1 }, "refused: $bad");
}

my $text    = qx('$build/bin/assay' --cite);
my @entries = eval { parse_bibtex($text) };
is($@, '', 'assay --cite is BibTeX');
unlike($text, qr/[^\n\x20-\x7e]/, 'in ASCII');

my %required = (
    software      => [qw(author title version year)],
    misc          => [qw(author title year eprint)],
    inproceedings => [qw(author title booktitle year)],
);
for my $entry (@entries) {
    my ($type, $key, $fields) = @$entry;
    no_offenders("$key has what \@$type needs",
        map { "lacks $_" } grep { !defined $fields->{$_} } @{ $required{$type} // ['a known type'] });
    like($fields->{year}, qr/^20\d\d$/, "$key has a year");
}

my ($software) = grep { $_->[0] eq 'software' } @entries;
my $cff        = slurp('CITATION.cff');
my ($version)  = slurp('CMakeLists.txt') =~ /^project\(assay VERSION (\S+)/m;
is(($cff =~ /^version: (\S+)$/m)[0], $version, 'CITATION.cff has the version of CMakeLists.txt');
is($software->[2]{version}, $version, 'and so has the entry');
is(($cff =~ /^title: "(.*)"$/m)[0], $software->[2]{title} =~ s/[{}]//gr, 'the title is the same');
is(($cff =~ /^license: (\S+)$/m)[0], $software->[2]{license}, 'and so is the licence');
is(($cff =~ /^  - name: "(.*)"$/m)[0], $software->[2]{author} =~ s/[{}]//gr, 'and the authors');
done_testing();
