/** A short log that has something of everything the timeline draws: two processes, a thread, waits, failures, a signal, a zombie. */

export const sampleLog = `\
100 1700000000.000000 execve("./server", ["./server", "-v"], 0x7ffd1 /* 3 vars */) = 0 <0.000400>
100 1700000000.001000 openat(AT_FDCWD</home/u>, "/etc/missing.conf", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000100>
100 1700000000.002000 pipe2([3<pipe:[7]>, 4<pipe:[7]>], 0) = 0 <0.000050>
100 1700000000.003000 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f1) = 101 <0.000200>
101 1700000000.003500 close(3<pipe:[7]>) = 0 <0.000040>
100 1700000000.004000 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID, child_tid=0x7f2, parent_tid=0x7f2, exit_signal=0, stack=0x7f3, stack_size=0x7fff00, tls=0x7f4} => {parent_tid=[102]}, 88) = 102 <0.000150>
102 1700000000.004500 futex(0x7f5, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>
100 1700000000.005000 read(3<pipe:[7]>,  <unfinished ...>
101 1700000000.045000 write(4<pipe:[7]>, "result\\n", 7) = 7 <0.000060>
100 1700000000.045100 <... read resumed>"result\\n", 4096) = 7 <0.040100>
101 1700000000.050000 exit_group(3) = ?
101 1700000000.050200 +++ exited with 3 +++
100 1700000000.050300 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=101, si_uid=0, si_status=3, si_utime=0, si_stime=0} ---
100 1700000000.090000 wait4(101, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 101 <0.000080>
100 1700000000.095000 futex(0x7f5, FUTEX_WAKE_PRIVATE, 1) = 1 <0.000030>
102 1700000000.095050 <... futex resumed>) = 0 <0.090550>
102 1700000000.096000 exit(0) = ?
102 1700000000.096100 +++ exited with 0 +++
100 1700000000.099000 exit_group(0) = ?
100 1700000000.099200 +++ exited with 0 +++
`;
