# CSource.pm - what the lint tests read of C: tokens, calls, functions, texts.
#
# SPDX-License-Identifier: GPL-3.0-or-later
package CSource;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(tokens arguments texts functions);

my %escapes = (n => "\n", t => "\t", r => "\r", 0 => "\0", a => "\a", e => "\e");

# The tokens of a C source: [kind, text, line]; a string has its escapes resolved.
sub tokens {
    my ($text) = @_;
    my ($line, @tokens) = (1);
    my @parts = $text =~ m{(\s+|//[^\n]*|/\*.*?\*/|\#\s*include[^\n]*|\\\n|"(?:[^"\\]|\\.)*"
        |'(?:[^'\\]|\\.)+'|\d[\w.]*|->|[A-Za-z_]\w*|.)}gsx;
    for my $part (@parts) {
        if ($part =~ /^"(.*)"$/s) {
            push @tokens, ['string', $1 =~ s/\\(.)/$escapes{$1} \/\/ $1/gesr, $line];
        } elsif ($part =~ /^[A-Za-z_]/) {
            push @tokens, ['name', $part, $line];
        } elsif ($part !~ m{^(\s|//|/\*|\#\s*i|\\\n)}) {
            push @tokens, ['other', $part, $line];
        }
        $line += $part =~ tr/\n//;
    }
    return @tokens;
}

# Index of the bracket that closes the one at $at.
sub closing {
    my ($tokens, $at) = @_;
    my $depth = 0;
    for (my $i = $at; $i < @$tokens; $i++) {
        next unless $tokens->[$i][0] eq 'other';
        $depth++ if $tokens->[$i][1] =~ /^[({[]$/;
        $depth-- if $tokens->[$i][1] =~ /^[])}]$/;
        return $i if $depth == 0;
    }
    return $#$tokens;
}

# The arguments (or parameters) in the brackets at $at, each a list of tokens.
sub arguments {
    my ($tokens, $at) = @_;
    my ($end, @arguments) = (closing($tokens, $at), []);
    for (my $i = $at + 1; $i < $end; $i++) {
        if ($tokens->[$i][1] eq ',' && $tokens->[$i][0] eq 'other') {
            push @arguments, [];
            next;
        }
        my $to = $tokens->[$i][0] eq 'other' && $tokens->[$i][1] =~ /^[({[]$/ ? closing($tokens, $i) : $i;
        push @{ $arguments[-1] }, @$tokens[$i .. $to];
        $i = $to;
    }
    return @arguments;
}

# The texts in tokens, [text, line]: adjacent strings joined, a macro between them being a conversion.
sub texts {
    my (@texts, $open);
    for my $token (@_) {
        if ($token->[0] eq 'string') {
            push @texts, ['', $token->[2]] unless $open;
            $texts[-1][0] .= $token->[1];
            $open = 1;
        } elsif ($open && $token->[0] eq 'name' && $token->[1] =~ /^[A-Z][A-Z0-9_]+$/) {
            $texts[-1][0] .= $texts[-1][0] =~ /%[-+ #0-9.*]*$/ ? 'lu' : '%s';
        } else {
            $open = 0;
        }
    }
    return @texts;
}

# {name, file, parameters => [names], variadic, body => [tokens]} of the functions of a file.
sub functions {
    my ($file, @tokens) = @_;
    my @functions;
    for (my $i = 0; $i + 1 < @tokens; $i++) {
        if ($tokens[$i][0] eq 'name' && $tokens[ $i + 1 ][1] eq '(') {
            my $end = closing(\@tokens, $i + 1);
            if ($end + 1 < @tokens && $tokens[ $end + 1 ][1] eq '{') {
                my $last = closing(\@tokens, $end + 1);
                my @names = map { ($$_[-1] // ['', ''])->[1] } arguments(\@tokens, $i + 1);
                push @functions, {
                    name => $tokens[$i][1], file => $file, parameters => \@names,
                    variadic => @names && $names[-1] eq '.', body => [@tokens[$end + 1 .. $last]],
                };
                $i = $last;
            } else {
                $i = $end;
            }
        } elsif ($tokens[$i][1] =~ /^[{(]$/ && $tokens[$i][0] eq 'other') {
            $i = closing(\@tokens, $i);
        }
    }
    return @functions;
}

1;
