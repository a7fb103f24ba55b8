#!/bin/sh
# Records golden traces again: test/golden/record.sh NAME… (needs gcc, strace ≥ 6.1 and, for the pid-* ones, root).
# A folder's file `options` replaces the options below. `-ff` sets become a folder `trace`; everything else is `trace.strace`.
# A file `example` names the program of examples/ that is recorded, in place of a program.c of the folder's own.
# Afterwards: UPDATE_GOLDEN=1 on test/unit/golden.test.ts, and read the difference.
set -eu
cd "$(dirname "$0")"
calls=execve,execveat,fork,vfork,clone,clone3,wait4,waitid,exit,exit_group,kill,tgkill,prctl,rt_sigaction,rt_sigreturn,pause,\
unshare,setns,setsid,getppid,getpid,gettid,set_tid_address,pipe2,dup2,close,openat,read,write,chdir,umask,futex,clock_nanosleep
standard="-f --seccomp-bpf -ttt -T -a1 -s 64 -e decode-fds=path,dev,pidfd -e quiet=attach -e trace=?$(echo "$calls" | sed 's/,/,?/g')"
for name in "$@"; do
    work=$(mktemp -d)
    source=$name/program.c
    [ ! -f "$name/example" ] || source=../../examples/$(cat "$name/example").c
    gcc -g -O0 -Wall -Wextra -pthread -static -o "$work/program" "$source"
    options=$standard
    [ ! -f "$name/options" ] || options=$(cat "$name/options")
    case " $options " in
    *" -ff "*)
        rm -rf "$name/trace"
        mkdir "$name/trace"
        (cd "$work" && strace $options -o log ./program >/dev/null) || true
        for file in "$work"/log.*; do cp "$file" "$name/trace/log.${file##*.}"; done
        ;;
    *" -p "*)
        (cd "$work" && ./program >ready & cd "$work" && sleep 0.2 && strace $options $(sed -n 's/^ready //p' ready) -o log 2>notes || true)
        cp "$work/log" "$name/trace.strace"
        ;;
    *" 2> "*)
        (cd "$work" && strace ${options%2>*} ./program 2>log || true)
        cp "$work/log" "$name/trace.strace"
        ;;
    *)
        (cd "$work" && strace $options -o log ./program >/dev/null) || true
        cp "$work/log" "$name/trace.strace"
        ;;
    esac
    rm -rf "$work"
    echo "recorded $name"
done
