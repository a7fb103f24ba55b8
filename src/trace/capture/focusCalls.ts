/**
 * The calls recorded by default: those that create, wait, communicate, map memory or touch descriptors. Everything else runs at nearly
 * full speed under seccomp-bpf. Names, not strace's classes: `kill` moved between them, and futex, nanosleep, pipe pairs are split over
 * several. rt_sigaction is noisy (a glibc posix_spawn makes some 128 of them) but only it tells who ignores SIGCHLD.
 */
export const focusCalls: readonly string[] = [
  // processes and threads
  ...['clone', 'clone3', 'fork', 'vfork', 'execve', 'execveat', 'exit', 'exit_group'],
  ...['wait4', 'waitid', 'waitpid', 'prctl', 'setsid', 'setpgid', 'unshare', 'setns', 'ptrace', 'restart_syscall'],
  // what a process is: groups, sessions, credentials, limits, place in the file system
  ...['setuid', 'setgid', 'setreuid', 'setregid', 'setresuid', 'setresgid', 'setfsuid', 'setfsgid', 'setgroups'],
  ...['setuid32', 'setgid32', 'setreuid32', 'setregid32', 'setresuid32', 'setresgid32', 'setgroups32'],
  ...['capset', 'prlimit64', 'setrlimit', 'chdir', 'fchdir', 'umask', 'chroot', 'pivot_root'],
  ...['pidfd_open', 'pidfd_getfd', 'pidfd_send_signal'],
  // descriptors: birth, copies, death
  ...['open', 'openat', 'openat2', 'creat', 'close', 'close_range', 'dup', 'dup2', 'dup3', 'fcntl', 'fcntl64', 'ioctl'],
  // tells a stream of stdio by its first use (newfstatat would, too, but is mostly for paths)
  ...['fstat', 'fstat64'],
  ...['pipe', 'pipe2', 'memfd_create', 'eventfd', 'eventfd2', 'signalfd', 'signalfd4'],
  ...['timerfd_create', 'timerfd_settime', 'timerfd_gettime', 'timerfd_settime64', 'timerfd_gettime64'],
  ...['memfd_secret', 'open_by_handle_at', 'open_tree', 'fsopen', 'fspick', 'fsmount', 'perf_event_open'],
  ...['bpf', 'seccomp', 'landlock_create_ruleset'],
  ...['inotify_init', 'inotify_init1', 'inotify_add_watch', 'inotify_rm_watch', 'fanotify_init', 'fanotify_mark'],
  // data
  ...['read', 'write', 'readv', 'writev', 'pread64', 'pwrite64', 'preadv', 'pwritev', 'preadv2', 'pwritev2'],
  ...['lseek', '_llseek', 'sendfile', 'sendfile64', 'splice', 'tee', 'vmsplice', 'copy_file_range'],
  ...[
    'truncate',
    'truncate64',
    'ftruncate',
    'ftruncate64',
    'fallocate',
    'fsync',
    'fdatasync',
    'sync_file_range',
    'flock',
  ],
  ...['unlink', 'unlinkat', 'rename', 'renameat', 'renameat2', 'mknod', 'mknodat'],
  ...['link', 'linkat', 'symlink', 'symlinkat', 'getdents64'],
  // waiting on descriptors
  ...['poll', 'ppoll', 'ppoll_time64', 'select', '_newselect', 'pselect6', 'pselect6_time64'],
  ...['epoll_create', 'epoll_create1', 'epoll_ctl', 'epoll_wait', 'epoll_pwait', 'epoll_pwait2'],
  ...['io_uring_setup', 'io_uring_enter', 'io_uring_register', 'io_setup', 'io_submit', 'io_getevents', 'io_destroy'],
  // network
  ...['socket', 'socketpair', 'bind', 'listen', 'accept', 'accept4', 'connect', 'shutdown', 'socketcall'],
  ...['send', 'sendto', 'sendmsg', 'sendmmsg', 'recv', 'recvfrom', 'recvmsg', 'recvmmsg', 'recvmmsg_time64'],
  ...['setsockopt', 'getsockopt', 'getsockname', 'getpeername'],
  // memory
  ...['mmap', 'mmap2', 'munmap', 'mremap', 'mprotect', 'madvise', 'msync', 'brk'],
  ...['mlock', 'mlock2', 'munlock', 'mlockall', 'munlockall', 'userfaultfd'],
  // signals and timers
  ...['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'rt_sigaction', 'sigaction', 'signal'],
  ...['rt_sigprocmask', 'sigprocmask', 'rt_sigreturn', 'sigreturn', 'rt_sigsuspend', 'sigsuspend', 'sigaltstack'],
  ...['rt_sigpending', 'rt_sigtimedwait', 'rt_sigtimedwait_time64', 'pause', 'alarm', 'setitimer'],
  ...['timer_create', 'timer_settime', 'timer_settime64', 'timer_delete'],
  ...['nanosleep', 'clock_nanosleep', 'clock_nanosleep_time64'],
  // locks
  ...['futex', 'futex_time64', 'futex_waitv', 'futex_wait', 'futex_wake', 'futex_requeue'],
  // System V and POSIX interprocess communication
  ...['ipc', 'shmget', 'shmat', 'shmdt', 'shmctl', 'semget', 'semop', 'semtimedop', 'semtimedop_time64', 'semctl'],
  ...['msgget', 'msgsnd', 'msgrcv', 'msgctl', 'mq_open', 'mq_unlink', 'mq_timedsend', 'mq_timedsend_time64'],
  ...['mq_timedreceive', 'mq_timedreceive_time64', 'mq_notify', 'mq_getsetattr'],
];
