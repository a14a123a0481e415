#!/usr/bin/perl
# messages.t - every message that a program can print is shown by a test.
#
#   tests/lint/messages.t [--list]
#
# Messages are the texts handed to what reports (g_set_error, cli_usage, ...), and to our own
# functions that hand a parameter on to these. A text in one of the other arguments counts as well
# if it has three words or more. Each must be shown by
#   - a golden case: a line of its stderr, or one of its stdout that begins with a program's name, or
#   - a unit test that holds the text, for what the command line cannot bring about, or
#   - a line of messages.txt, with the reason why neither can be: FILE, TEXT, REASON, tabs between.
# A line of messages.txt whose text is shown, or is gone, is an offence too.
#
# --list prints where each message stands, and what shows it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
use strict;
use warnings;
use FindBin;
use lib $FindBin::RealBin;
use CSource;
use Lint;
use Test::More;

# What reports: in which argument, from 0, the text stands; and what comes before and after that in
# a line that is printed. A fragment may stand anywhere.
my %ends = (
    line     => ['\Aassay[\w -]*: ', '\z'],
    message  => ['\Aassay[\w -]*: (?:.*: )?', '(?:\z|[;:,]| \()'],
    prefix   => ['\Aassay[\w -]*: (?:.*: )?', ''],
    fragment => ['', ''],
);
my %reporters = (
    g_set_error         => [3, 'message'],
    g_set_error_literal => [3, 'message'],
    g_error_new         => [2, 'message'],
    g_error_new_literal => [2, 'message'],
    g_prefix_error      => [1, 'prefix'],
    cli_usage           => [0, 'line'],
    cli_warn            => [0, 'line'],
    cli_note            => [0, 'line'],
);

# What a parameter, a variable or a member is called that holds a message or a part of one.
my $parts = qr/(?:format|what|advice|hint|fault|reason)/;

# [reporter, arguments] of the calls in a function that report.
sub reports {
    my ($function) = @_;
    my ($body, @reports) = ($function->{body});
    for my $i (0 .. $#$body - 1) {
        next unless $body->[$i][0] eq 'name' && $body->[ $i + 1 ][1] eq '(';
        my $reporter = $reporters{"$function->{file}:$body->[$i][1]"} // $reporters{ $body->[$i][1] };
        push @reports, [$reporter, arguments($body, $i + 1)] if $reporter;
    }
    return @reports;
}

# Our own functions that hand a parameter on to what reports report as well.
sub add_reporters {
    my @functions = @_;
    my $found = 1;
    while ($found) {
        $found = 0;
        for my $function (@functions) {
            my ($names, $name) = ($function->{parameters}, $function->{name});
            $name = "$function->{file}:$name" unless $name =~ /^(assay|cli)_/;
            my @reports = $reporters{$name} ? () : reports($function);
            my %said = map { ($_->[1] => 1) } map { @$_ } map { @$_[1 .. $#$_] } @reports;
            my ($at) = grep { @reports && $names->[$_] =~ /^$parts$/
                && ($said{ $names->[$_] } || $function->{variadic}) } 0 .. $#$names;
            next unless defined $at;
            $reporters{$name} = [$at, $function->{variadic} ? 'message' : 'fragment'];
            $found = 1;
        }
    }
}

# The messages of a function, [text, line, kind].
sub messages_of {
    my ($function) = @_;
    my @messages;
    for my $report (reports($function)) {
        my ($reporter, @arguments) = @$report;
        my ($at, $kind) = @$reporter;
        for my $k (0 .. $#arguments) {
            my @texts = texts(@{ $arguments[$k] });
            push @messages, map { [@$_, $k == $at ? $kind : 'fragment'] }
                grep { $k == $at || $_->[0] =~ /\w+ \S+ \S/ } @texts;
        }
    }
    return @messages;
}

# The texts that such variables and members are given as are called like what they are for.
sub given {
    my (@tokens, @given) = @_;
    for my $i (grep { $tokens[$_][1] =~ /(^|_)$parts$/ && $tokens[ $_ + 1 ][1] eq '=' } 0 .. $#tokens - 1) {
        my @value;
        push @value, $tokens[$i++] until $tokens[$i][1] eq ';' || $i == $#tokens;
        push @given, map { [@$_, 'fragment'] } grep { $_->[0] =~ / / } texts(@value);
    }
    return @given;
}

my $conversion = qr/%(?:%|[-+ #0-9.*]*(?:hh?|ll?|z)?[a-zA-Z])/;

# A pattern of what a text can look like when it is printed.
sub pattern {
    my ($text, $kind) = @_;
    my $pattern = join '', map {
        !/^%/ ? quotemeta($_) : $_ eq '%%' ? '%' : /[sc]$/ ? '.*?' : /[gef]$/ ? '[-+.\w]+' : '[-\w]+'
    } grep { length } split /($conversion)/, $text;
    my ($before, $after) = @{ $ends{$kind} };
    return qr/$before$pattern$after/s;
}

# {file, line, text, kind, literal, pattern} of all messages that have words of their own.
sub all_messages {
    my %tokens = map { ($_ => [tokens(slurp($_))]) } project_files(qr{^(libaudit|tools)/.*\.c$});
    my @functions = map { functions($_, @{ $tokens{$_} }) } sort keys %tokens;
    add_reporters(@functions);
    my @found = map { my $f = $_; map { [$f->{file}, @$_] } messages_of($f) } @functions;
    push @found, map { my $f = $_; map { [$f, @$_] } given(@{ $tokens{$f} }) } sort keys %tokens;
    my %messages;
    for my $message (@found) {
        my ($file, $text, $line, $kind) = @$message;
        my $literal = $text =~ s/$conversion//gr;
        next unless $literal =~ /[A-Za-z]{2}/;
        $messages{"$file\t$text"} //= {
            file => $file, line => $line, text => $text, kind => $kind,
            literal => length $literal, pattern => pattern($text, $kind),
            is_whole => $kind =~ /line|message/ && $text !~ /%s$/,
        };
    }
    return sort { $a->{file} cmp $b->{file} || $a->{line} <=> $b->{line} || $a->{text} cmp $b->{text} }
        values %messages;
}

# Of the whole messages that a line fits, those that say most of it; and all parts of messages.
sub said_in {
    my ($line, @messages) = @_;
    my @fit = grep { $line =~ $_->{pattern} } @messages;
    my ($most) = sort { $b <=> $a } map { $_->{literal} } grep { $_->{is_whole} } @fit;
    return grep { !$_->{is_whole} || $_->{literal} == $most } @fit;
}

sub show_by_cases {
    my @messages = @_;
    for my $file (project_files(qr{^tests/cli/[^/]+/[^/]+/std(err|out)(\.glob)?$})) {
        my ($case) = $file =~ m{^tests/cli/(.*)/};
        for my $line (grep { /^assay[\w -]*: / } split /\r?\n/, slurp($file)) {
            $_->{shown} //= $case for said_in($line, @messages);
        }
    }
}

# A unit test may hold a part of the text, if that is long and is part of no other text.
sub show_by_units {
    my @messages = @_;
    for my $file (project_files(qr{^tests/unit/.*\.c$})) {
        for my $text (map { $_->[0] } texts(tokens(slurp($file)))) {
            next unless $text =~ / /;
            my @fit = said_in("assay: $text" =~ s/\*//gr, @messages);
            if (!grep { $_->{kind} ne 'prefix' } @fit) {
                my ($part) = sort { length $b <=> length $a } split /\*/, $text;
                next if length $part < 12;
                @fit = grep { index($_->{text}, $part) >= 0 } @messages;
                my %texts = map { ($_->{text} => 1) } @fit;
                next if keys %texts > 1;
            }
            $_->{shown} //= $file for @fit;
        }
    }
}

my @messages = all_messages();
show_by_cases(@messages);
show_by_units(@messages);
s/\n/\\n/g, s/\t/\\t/g for map { $_->{text} } @messages;

my %known = map { ("$_->{file}\t$_->{text}" => $_) } @messages;
my @idle;
for my $line (grep { /^[^#]/ } split /\n/, slurp('tests/lint/messages.txt')) {
    my ($file, $text, $reason) = split /\t+/, $line;
    my $message = $known{"$file\t$text"};
    push @idle, "$file: \"$text\" has no reason"                         unless length($reason // '');
    push @idle, "$file: \"$text\" is no message there"                   unless $message;
    push @idle, "$file: \"$text\" is shown after all by $message->{shown}" if $message && $message->{shown};
    $message->{reason} = $reason if $message;
}
if (grep { $_ eq '--list' } @ARGV) {
    printf "%s\t%s:%d\t%s\n", $_->{text}, $_->{file}, $_->{line}, $_->{shown} // $_->{reason} // '-'
        for @messages;
    exit 0;
}
cmp_ok(scalar @messages, '>', 100, 'messages are found in the sources');
no_offenders('every message is shown by a test', map { "$_->{file}:$_->{line}: \"$_->{text}\"" }
    grep { !$_->{shown} && !$_->{reason} } @messages);
no_offenders('every line of messages.txt is needed', @idle);
done_testing();
