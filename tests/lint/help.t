#!/usr/bin/perl
# help.t - a tool's --help and its manual page agree: the forms of use, and every option.
#
# --help begins with "Usage:" and the forms of use, each beginning with the tool's name; indented
# lines continue, or are a further form. Later lines that begin with an option describe it. In the
# page the forms are the SYNOPSIS, and options are .It lines with Fl. Where a form of the page has a
# verb (assay-spec show), the help of that verb counts, and that without one where there is a form
# without one.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use Lint;
use Test::More;

plan skip_all => 'mandoc is not installed' unless have('mandoc');
my @tools = grep { -x "$build/bin/$_" && -f "man/$_.1" } tools();
plan skip_all => 'no tool has a page' unless @tools;

# One form a line, blanks single; lines that do not begin with the tool's name continue.
sub forms {
    my ($tool, @lines) = @_;
    my @forms;
    for my $line (@lines) {
        my @words = split ' ', $line =~ s/\xe2\x80\xa6/.../gr;
        shift @words if @words && $words[0] eq 'or:';
        next unless @words;
        if ($words[0] eq $tool || !@forms) {
            push @forms, "@words";
        } else {
            $forms[-1] .= " @words";
        }
    }
    return map { s/ ([],|])/$1/gr =~ s/([[|]) /$1/gr =~ s/ \.\.\./.../gr } @forms;
}

sub help_forms {
    my ($tool, $help) = @_;
    my ($usage) = $help =~ /\AUsage:(.*\n(?:[ \t]+\S.*\n)*)/;
    return forms($tool, split /\n/, $usage // '');
}

# The options of a page's source, as help_options gives those of a help.
sub page_options {
    my ($page) = @_;
    my %options;
    while ($page =~ /^\.It (.*\bFl\b.*)$/mg) {
        for my $option (split / , | ,$/, $1) {
            my ($dashes, $name, $argument) = $option =~ /^Fl (Fl |-)?([\w-]+)(.*)$/ or next;
            $argument =~ s/\b(Ns|Ar|No|Cm)\b|[=\s]|\\&//g;
            $options{ ($dashes ? '--' : '-') . $name } = $argument;
        }
    }
    # A short and a long name of one option take the same argument; it is enough to give it once.
    while ($page =~ /^\.It Fl (\w) , Fl (?:Fl |-)([\w-]+)/mg) {
        $options{"-$1"} ||= $options{"--$2"};
        $options{"--$2"} ||= $options{"-$1"};
    }
    return %options;
}

sub help_of {
    my ($tool, @verb) = @_;
    my $help = qx('$build/bin/$tool' @verb --help </dev/null 2>&1);
    is($?, 0, "@{[$tool, @verb]} --help succeeds");
    return $help;
}

for my $tool (@tools) {
    my @synopsis = forms($tool, section(render_page("man/$tool.1"), 'SYNOPSIS'));
    my %verbs = map { /^\Q$tool\E ([a-z][a-z-]*)(?: |$)/ ? ($1 => 1) : () } @synopsis;
    my (@usage, %helped);
    # A tool may be used with and without a verb; the help without one then lists them: a|b|c.
    my $is_plain = grep { !/^\Q$tool\E [a-z][a-z-]*(?: |$)/ } @synopsis;
    my @helps = map { help_of($tool, $_) } sort keys %verbs;
    push @helps, help_of($tool) if $is_plain;
    my %shown;
    for my $help (@helps) {
        push @usage, grep { !$shown{$_}++ && (!/^\Q$tool\E [a-z-]+\|/ || !%verbs) }
            help_forms($tool, $help);
        %helped = (%helped, help_options($help));
    }
    is(join("\n", sort @synopsis), join("\n", sort @usage),
        "$tool: SYNOPSIS is the usage of --help");

    my %paged = page_options(slurp("man/$tool.1"));
    delete @$_{qw(-h --help)} for \(%helped, %paged);
    no_offenders("$tool: every option of --help is in the page",
        map { "man/$tool.1: lacks $_" } grep { !exists $paged{$_} } sort keys %helped);
    no_offenders("$tool: every option of the page is in --help",
        map { "$tool --help: lacks $_" } grep { !exists $helped{$_} } sort keys %paged);
    no_offenders("$tool: their arguments have the same names",
        map { "$_: \"$helped{$_}\" in --help, \"$paged{$_}\" in man/$tool.1" }
            grep { exists $paged{$_} && $paged{$_} ne $helped{$_} } sort keys %helped);
}
done_testing();
