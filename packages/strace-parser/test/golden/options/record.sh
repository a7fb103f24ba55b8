#!/bin/sh
# Records this folder's traces again: sh record.sh (strace 6.1 and gcc needed). Their dumps follow with UPDATE_GOLDEN=1 npm test.
set -e
# Nothing of the recorder's environment belongs into a trace.
[ "$1" = clean ] || exec env -i PATH="$PATH" sh "$0" clean
cd "$(dirname "$0")"
gcc -O0 -pthread -o /tmp/strace-parser-program program.c
run() {
  name=$1
  shift
  strace -o "$name.strace" "$@" /tmp/strace-parser-program >/dev/null || true
}
run follow -f
run follow-align0 -f -a 0
run alone
run times-t -f -t
run times-tt -f -tt
run times-ttt -f -ttt -T
run times-ns -f --absolute-timestamps=format:unix,precision:ns --syscall-times=ns
run times-unix-s -f --absolute-timestamps=format:unix,precision:s
run relative -r
run relative-follow -f -r -T
run relative-tt -f -tt -r
run pointer -f -i -ttt
run number -f -n -tt
run pointer-number -i -n -r
run stacks -f -k -ttt -e trace=openat,write,exit_group,clone3
run hex -f -x -y
run hex-all -f -xx -y
run decoded -f -ttt -T -yy
run decoded-pids -f -ttt -Y -yy
run raw-constants -f -X raw -y
run verbose-constants -f -X verbose -yy
run unabbreviated -f -v -s 8
run table -f -C -T
run table-only -c
run table-columns -c -f -U name,calls,errors,time-total,time-max
run dumps -f -e read=all -e write=all -e trace=read,write,writev
run injected -f -ttt -T -e inject=epoll_ctl:error=EPERM -e inject=getpid:retval=5 -e inject=close:delay_exit=10:when=3
run successful -f -z -ttt
run failed -f -Z -ttt
run quiet-signals -f -qq -e signal=none
strace -f -ff -ttt -T -o set /tmp/strace-parser-program >/dev/null || true
mkdir -p set-ff && rm -f set-ff/*
for file in set.[0-9]*; do mv "$file" "set-ff/$file"; done
strace -f /tmp/strace-parser-program >terminal-follow.strace 2>&1 || true
strace -f -tt -T /tmp/strace-parser-program >terminal-times.strace 2>&1 || true
strace /tmp/strace-parser-program >terminal-alone.strace 2>&1 || true
strace -f -ttt -Y -k -e trace=write,clone,clone3,exit_group /tmp/strace-parser-program >terminal-pids.strace 2>&1 || true
rm -f twice.strace
strace -f -tt -o twice.strace /tmp/strace-parser-program >/dev/null || true
strace -A -o twice.strace /tmp/strace-parser-program >/dev/null || true
rm -f /tmp/strace-parser-program
