/** Likely causes of errors about processes, rights, memory and System V objects (format: causeTable.ts). */

export const processCauses = `
EPERM: kills
The process belongs to another user, and the caller has no CAP_KILL.
> Send it as that user, or with privilege. The process does exist.

EPERM: setids
The caller is not privileged and the id is none of its own ids.
> Run it as root or give it CAP_SETUID or CAP_SETGID. Check the result always: going on would keep the old ids.

EPERM: mounts unshare clone clone3
Making or entering a namespace, or changing mounts, needs CAP_SYS_ADMIN.
> Run it with privilege, or make a user namespace (CLONE_NEWUSER) first, if the system allows it.

EPERM: setsid
The caller is the leader of a process group.
> Fork, and call setsid in the child.

EPERM: setpgid
The process is a session leader, or the process or the group belongs to another session.
> Move only processes of this session, and never a session leader.

EPERM: ptrace
The target may not be traced: it has another user, is traced already, or Yama's ptrace_scope forbids it.
> Trace a child of this process, or lower kernel.yama.ptrace_scope; a container needs CAP_SYS_PTRACE.

EPERM: epoll_ctl
The descriptor cannot be watched: regular files and directories are always ready and not taken by epoll.
> Read and write files directly, or in a thread of their own.

EPERM: setpriority nice sched_setscheduler sched_setattr
Raising a priority needs CAP_SYS_NICE or a suitable limit.
> Ask for a lower priority, or raise RLIMIT_NICE or RLIMIT_RTPRIO.

EPERM: setrlimit prlimit64
The hard limit would be raised, or the process belongs to another user.
> Stay within the hard limit, or run with CAP_SYS_RESOURCE.

EPERM: unlinks links
The directory has the sticky bit and the file is another user's, the file is immutable, or a directory was to be hard-linked.
> Do it as the file's owner; directories take no hard links.

EPERM: chmod fchmod fchmodat chown fchown lchown fchownat utimensat
Only the owner may change mode and times, and only a privileged process the owner.
> Run it as the owner, or with privilege.

EPERM: mmap mprotect mremap
A seal of the memory file, or of the mapping (mseal), or the noexec mount of the file forbids it.
> Look at the seals (F_GET_SEALS) and the mount.

EPERM: mlock mlock2 mlockall
The process may not lock memory: RLIMIT_MEMLOCK is 0.
> Raise the limit or give it CAP_IPC_LOCK.

EPERM: msgctl semctl shmctl
Only the owner or creator of the object, or a privileged process, may change or remove it.
> Do it as its owner.

EPERM: any
The caller lacks the right or the capability for this; a container or a sandbox may also forbid it.
> Find which capability the man page names, and whether a seccomp filter is at work.

ESRCH: kills
No such process or thread exists any more (a zombie still does); it was reaped, or the id is wrong.
> Treat it as gone. A number can be reused: pidfd_send_signal is safe from that.

ESRCH: setpgid getpgid getsid sched_setaffinity sched_getaffinity prlimit64
No such process exists, or it is no child of the caller (for setpgid).
> Check that the process still lives.

ESRCH: ptrace
The process does not exist, is not traced by the caller, or is not stopped.
> Wait for its stop before each request.

ESRCH: futex
The thread that should hold the lock no longer exists.
> Use robust mutexes where a holder may die.

ESRCH: any
No process or thread has this id any more.
> Check that it still lives.

ENOMEM: maps
No address space is left below the limit (RLIMIT_AS), there are too many mappings, or overcommit is refused.
> Check for MAP_FAILED, not NULL. Free memory, map less, or look at RLIMIT_AS and vm.max_map_count.

ENOMEM: munmap
Cutting a hole would split a mapping, and the process has too many mappings already.
> Unmap whole mappings, or raise vm.max_map_count.

ENOMEM: mprotect madvise msync mincore mlock mlock2
A part of the range is not mapped; for mprotect and mlock a limit may also be reached.
> Check address and length against what was mapped, and RLIMIT_MEMLOCK for locks.

ENOMEM: brk
The heap cannot grow: RLIMIT_DATA is reached or other mappings are in the way.
> Nothing, unless the mmap that malloc tries next fails too.

ENOMEM: forks
The kernel has no memory for the new task; in a pid namespace: its first process has died.
> Free memory, or make a new pid namespace.

ENOMEM: execs shmget shmat
No memory is left for it.
> Free memory or ask for less.

ENOMEM: any
Memory for the request is not to be had.
> Free memory or ask for less; check the limits (ulimit -a) and the cgroup.

ENOEXEC: execs
The file is no ELF program of this machine and has no "#!" line.
> Check the architecture, or add a first line with the interpreter.

EIDRM: any
The System V object was removed while the call waited or before it.
> Treat it as the end of the conversation; get a new id to go on.

ENOMSG: msgrcv
IPC_NOWAIT was given and the queue has no message of the wanted type.
> Try again later, or wait without IPC_NOWAIT.

ENOMSG: any
The queue has no message of the wanted type.
> Try again later.

EOWNERDEAD: any
The thread that held a robust mutex died with it; the caller holds it now.
> Repair the data and call pthread_mutex_consistent.
`;
