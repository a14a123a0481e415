# Cases.pm - what the drivers of tests/cli share: finding cases, running one in a scratch folder,
# running many side by side.
#
# SPDX-License-Identifier: GPL-3.0-or-later
package Cases;
use strict;
use warnings;
use Cwd qw(realpath);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Path qw(remove_tree);
use File::Temp qw(tempdir);
use POSIX ();
use Storable qw(retrieve store);
use Time::HiRes qw(sleep time);

our @EXPORT = qw($source $cases $build use_build slurp spew find_cases run_case in_order);

our $source = realpath(dirname(realpath(__FILE__)) . '/..');
our $cases  = "$source/tests/cli";
our $build;

if (!$ENV{ASSAY_SHARED_DATA} && -d "$source/../shared/data") {
    $ENV{ASSAY_SHARED_DATA} = realpath("$source/../shared/data");
}

# Which programs are tried: those of a build folder.
sub use_build {
    my ($folder) = @_;
    $build = realpath($folder // $ENV{ASSAY_BUILD} // "$source/build")
        // die "no build folder: ./run build makes one\n";
    # Programs that crash, as they may be made to, shall leave no core files.
    system 'prlimit', '--core=0', '--pid', $$;
}

# A program under a sanitizer is slower.
my $patience_for_a_case = $ENV{ASSAY_SANITIZE} ? 240 : 60;

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or return '';
    local $/;
    my $bytes = <$file>;
    return $bytes // '';
}

sub spew {
    my ($path, $bytes) = @_;
    open my $file, '>:raw', $path or die "$path: $!\n";
    print $file $bytes or die "$path: $!\n";
    close $file or die "$path: $!\n";
}

# All cases that the operands name, sorted: TOOL/CASE.
sub find_cases {
    my @operands = @_;
    my @found = sort map { s{^\Q$cases\E/}{}r } grep { -d } glob("\Q$cases\E/*/*");
    return @found unless @operands;
    my %wanted;
    for my $operand (@operands) {
        my $name = $operand =~ s{/+$}{}r =~ s{^.*\btests/cli/}{}r;
        my @named = grep { $_ eq $name || index($_, "$name/") == 0 } @found;
        die "no case $operand under tests/cli\n" unless @named;
        @wanted{@named} = ();
    }
    return grep { exists $wanted{$_} } @found;
}

# In a process of its own, with a session of its own: never returns.
sub become_cmd {
    my ($case, $scratch, $logs, %env) = @_;
    my $cmd = "$cases/$case/cmd";
    my @shell = slurp($cmd) =~ /\A#!.*\bbash\b/ ? qw(bash -eu -o pipefail) : qw(sh -eu);

    POSIX::setsid();
    chdir $scratch or POSIX::_exit(126);
    delete @ENV{qw(ASSAY_JOBS ASSAY_SPECS COLUMNS LINES NO_COLOR MANPATH)};
    %ENV = (
        %ENV,
        CASE => "$cases/$case", DATA => "$source/tests/data", SRC => $source, SCRATCH => $scratch,
        ASSAY_BUILD => $build, PATH => "$build/bin:$ENV{PATH}", HOME => $scratch,
        TMPDIR => $scratch, LC_ALL => 'C.UTF-8', TZ => 'UTC0', TERM => 'dumb', %env,
    );
    # Where stderr is thrown away or joined, a sanitizer shall be heard all the same.
    for my $name (qw(ASAN UBSAN TSAN LSAN)) {
        $ENV{"${name}_OPTIONS"} = join ':', grep { length } $ENV{"${name}_OPTIONS"} // '',
            "log_path='$logs/log'";
    }
    $ENV{ASSAY_JOBS} //= 2 if $ENV{ASSAY_SANITIZE};
    $SIG{$_} = 'DEFAULT' for qw(PIPE INT TERM ALRM);
    umask 022;
    open STDIN,  '<', '/dev/null'        or POSIX::_exit(126);
    open STDOUT, '>', "$logs/stdout"     or POSIX::_exit(126);
    open STDERR, '>', "$logs/stderr"     or POSIX::_exit(126);
    exec(@shell, $cmd) or POSIX::_exit(127);
}

# Runs one case; returns {status, stdout, stderr, complaints}.
#   env         => what to add to its environment
#   time_limit  => in seconds
#   prepare     => is called with the scratch folder and that of the logs, in the process of the case
#   inspect     => is called with the result, the scratch folder and that of the logs before they go
sub run_case {
    my ($case, %how) = @_;
    my $time_limit = $how{time_limit} // $patience_for_a_case;
    my $scratch = realpath(tempdir('assay-cli-XXXXXXXX', TMPDIR => 1));
    my $logs    = realpath(tempdir('assay-log-XXXXXXXX', TMPDIR => 1));
    my @complaints;
    my $timed_out = 0;

    my $pid = fork() // die "fork: $!\n";
    $how{prepare}->($scratch, $logs) if $pid == 0 && $how{prepare};
    become_cmd($case, $scratch, $logs, %{ $how{env} // {} }) if $pid == 0;
    {
        local $SIG{ALRM} = sub { $timed_out = 1; kill 'KILL', -$pid, $pid };
        alarm $time_limit;
        1 while waitpid($pid, 0) == -1 && $!{EINTR};
        alarm 0;
    }
    my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    push @complaints, "took longer than $time_limit seconds" if $timed_out;

    # A writer whose reader has gone may need a moment to die.
    my $patience = time() + 5;
    sleep 0.01 while kill(0, -$pid) && time() < $patience;
    push @complaints, 'left a process running' if kill 'KILL', -$pid;

    find(
        {
            no_chdir => 1,
            wanted   => sub {
                my $name = s{^\Q$scratch\E/?}{}r;
                push @complaints, "left $name behind"
                    if $name =~ m{(^|/)\.[^/]*\.[0-9a-f]{6}\.part$};
            },
        },
        $scratch
    );
    my %result = (status => $status, map { $_ => slurp("$logs/$_") } qw(stdout stderr));
    push @complaints, map { "sanitizer: $_" } map { split /\n/, slurp($_) } glob "\Q$logs\E/log*";
    $how{inspect}->(\%result, $scratch, $logs) if $how{inspect};
    remove_tree($scratch, $logs, { error => \my $left });
    if (@$left) {    # a folder that nobody may write
        system 'chmod', '-R', 'u+rwx', $scratch;
        remove_tree($scratch, $logs);
    }

    my @names = (
        ["$cases/$case", '$CASE'], ["$source/tests/data", '$DATA'], [$scratch, '$SCRATCH'],
        [$ENV{ASSAY_SHARED_DATA}, '$ASSAY_SHARED_DATA'], [$build, '$BUILD'], [$source, '$SRC'],
    );
    for my $name (grep { defined $_->[0] } @names) {
        s/\Q$name->[0]\E(?![\w.-])/$name->[1]/g for @result{qw(stdout stderr)};
    }
    $result{complaints} = \@complaints;
    return \%result;
}

# Calls $work with 0 to $n - 1, $jobs at a time, each in a process of its own, and $report with the
# number and what $work returned (undef where the process died), in order.
sub in_order {
    my ($jobs, $n, $work, $report) = @_;
    my $results = tempdir(CLEANUP => 1);
    my (%running, %done);
    my ($started, $reported) = (0, 0);

    local $SIG{INT} = local $SIG{TERM} = sub { kill 'TERM', keys %running; exit 130 };
    while ($reported < $n) {
        while ($started < $n && keys(%running) < $jobs) {
            my $number = $started++;
            my $pid = fork() // die "fork: $!\n";
            if ($pid == 0) {
                store($work->($number), "$results/$number");
                POSIX::_exit(0);
            }
            $running{$pid} = $number;
        }
        my $pid = wait();
        next unless exists $running{$pid};
        $done{ delete $running{$pid} } = 1;
        while ($done{$reported}) {
            my $file = "$results/$reported";
            $report->($reported++, -e $file ? retrieve($file) : undef);
        }
    }
}

1;
