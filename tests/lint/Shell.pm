# Shell.pm - the simple commands in a shell script, as words, to see what a golden case calls.
#
# Commands are found behind pipes and lists, in compound commands, in $(...), `...`, <(...), in
# double quotes, and in what is given to sh -c and script -c. The functions of the script are put in
# where they are called, with "$@" and "$1" ... filled in. Other expansions stay as they are written;
# so do globs.
#
# SPDX-License-Identifier: GPL-3.0-or-later
package Shell;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT = qw(commands);

my $reserved = qr/^(?:[{!]|if|then|elif|else|fi|while|until|do|done|esac|time)$/;
my $runner   = qr/^(?:exec|env|command|nohup|nice|timeout|stdbuf|xargs)$/;

# The simple commands of a script, each a list of words without their quotes.
sub commands {
    my ($text) = @_;
    my $script = { text => $text, functions => {}, pending => [] };
    my $found = $script->{commands} = [];
    pos($script->{text}) = 0;
    read_list($script, '');
    return map { calls($script, 0, @$_) } @$found;
}

# What a command comes to: without assignments and programs that start others, functions filled in.
sub calls {
    my ($script, $depth, @words) = @_;
    shift @words while @words && $words[0] =~ /^\w+=/;
    while (@words && $words[0] =~ $runner) {
        shift @words;
        shift @words while @words && $words[0] =~ /^-|^[\d.]+\w?$|^\w+=/;
    }
    return () unless @words && $depth < 5;
    my ($name, @given) = @words;
    if ($name =~ /^(?:sh|bash|script)$/) {
        for my $i (grep { $given[ $_ - 1 ] =~ /^-\w*c$/ } 1 .. $#given) {
            return ([@words], commands($given[$i]));
        }
    }
    my $body = $script->{functions}{$name} or return [@words];
    return map {
        calls($script, $depth + 1,
            map { /^\$[@*]$/ ? @given : /^\$([1-9])$/ ? $given[ $1 - 1 ] // '' : $_ } @$_)
    } @$body;
}

# Reads commands up to $end: the end of the text, a bracket, or a backquote.
sub read_list {
    my ($script, $end) = @_;
    my @words;
    my $flush = sub { push @{ $script->{commands} }, [@words] if @words; @words = () };
    for ($script->{text}) {
        while (pos() < length) {
            if (/\G(?:[ \t]+|\\\n|#[^\n]*)/gc) {
            } elsif (/\G\n/gc) {
                $flush->();
                for my $word (splice @{ $script->{pending} }) {
                    /\G.*?^\t*\Q$word\E\n/gcms or /\G.*/gcs;
                }
            } elsif (/\G\d*<<(?!<)-?[ \t]*/gc) {
                push @{ $script->{pending} }, read_word($script);
            } elsif (/\G(?:&>|\d*(?:<<<|<>|>>|>\||[<>]&|[<>](?!\()))[ \t]*/gc) {
                read_word($script);
            } elsif (@words == 1 && /\G\([ \t]*\)\s*/gc) {
                my ($name, $outer) = (pop @words, $script->{commands});
                $script->{commands} = $script->{functions}{$name} = [];
                read_list($script, /\G\{/gc ? '}' : /\G\(/gc ? ')' : "\n");
                $script->{commands} = $outer;
            } elsif (/\G(?:&&|\|\||;;|[;&|(])/gc) {
                $flush->();
                read_list($script, ')') if substr($_, pos() - 1, 1) eq '(';
            } elsif (/\G\)/gc || ($end eq '`' && /\G`/gc)) {
                $flush->();
                return if $end =~ /[)`]/;
            } else {
                my $word = read_word($script);
                if (!@words && $word eq '}') {
                    return if $end eq '}';
                } elsif (@words || $word !~ $reserved) {
                    push @words, $word;
                }
            }
        }
    }
    $flush->();
}

# Reads a word; the commands in it are commands of their own.
sub read_word {
    my ($script) = @_;
    my $word = '';
    for ($script->{text}) {
        while (pos() < length) {
            if (/\G'([^']*)'/gc) {
                $word .= $1;
            } elsif (/\G"/gc) {
                $word .= read_part($script) while !/\G"/gc && pos() < length;
            } elsif (/\G[<>]\(/gc) {
                read_list($script, ')');
                $word .= '/dev/fd';
            } elsif (/\G[\s;&|()<>]/ || ($script->{in_backquotes} && /\G`/)) {
                last;
            } else {
                $word .= read_part($script);
            }
        }
    }
    return $word;
}

# Reads a part of a word, in double quotes or without.
sub read_part {
    my ($script) = @_;
    for ($script->{text}) {
        return $1 if /\G\\(.)/gcs;
        return $1 if /\G(\$(?:[A-Za-z_]\w*|[0-9@*#?\$!-]|\{[^{}]*\}))/gc;
        return '$(())' if /\G\$\(\(.*?\)\)/gcs;
        if (/\G\$\(/gc) {
            read_list($script, ')');
            return '$()';
        }
        if (/\G`/gc) {
            local $script->{in_backquotes} = 1;
            read_list($script, '`');
            return '$()';
        }
        /\G./gcs;
        return $&;
    }
}

1;
