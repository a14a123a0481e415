#!/usr/bin/perl
# manual.t - manual pages are sound mdoc and name themselves; they, the documents and the sources
# refer to pages of ours that exist.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

plan skip_all => 'mandoc is not installed' unless have('mandoc');
my @pages = project_files(qr{^man/.*\.\d$});
plan skip_all => 'there are no manual pages' unless @pages;

# The sections a reader looks for, by the section of the manual.
my %wanted = (
    1 => ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'EXIT STATUS', 'EXAMPLES', 'SEE ALSO'],
    5 => ['NAME', 'DESCRIPTION', 'SEE ALSO'],
    7 => ['NAME', 'DESCRIPTION', 'SEE ALSO'],
);

my (@titles, @sections, @references);
for my $page (@pages) {
    my ($name, $number) = $page =~ m{^man/(.+)\.(\d)$};
    my $text = slurp($page);
    my $title = uc($name) . " $number";
    push @titles, "$page: .Dt is not $title" unless $text =~ /^\.Dt \Q$title\E$/m;
    push @titles, "$page: no .Nm is $name" unless $text =~ /^\.Nm "?\Q$name\E"?$/m;
    for my $title (@{ $wanted{$number} // ['NAME'] }) {
        push @sections, "$page: has no section $title" unless $text =~ /^\.Sh "?\Q$title\E"?$/m;
    }
    my $macros = join "\n", $text =~ /^(\..*)/mg;
    while ($macros =~ /\bXr (assay\S*) (\d)/g) {
        push @references, "$page: there is no page $1($2)" unless -f "man/$1.$2";
    }
    my @complaints = map { s/^mandoc: //r } split /\n/, qx(mandoc -T lint -W warning '$page' 2>&1);
    no_offenders("$page passes mandoc -T lint", @complaints);
}
for my $file (project_files(qr{^([A-Z]+\.md|man/.*|(tools|libaudit)/.*\.[ch])$})) {
    my $text = slurp($file);
    while ($text =~ /\b(assay(?:-[a-z-]+)?)\((\d)\)/g) {
        push @references, "$file: there is no page $1($2)" unless -f "man/$1.$2";
    }
}
no_offenders('pages name themselves', @titles);
no_offenders('pages have the sections of their kind', @sections);
no_offenders('pages, documents and sources refer to pages that exist', @references);
done_testing();
