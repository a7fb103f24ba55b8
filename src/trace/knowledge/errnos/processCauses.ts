/** Likely causes of errors about processes, rights, memory, System V objects and arguments (format: causeTable.ts). */

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
> malloc then tries mmap by itself; nothing to do unless that fails too.

ENOMEM: forks
The kernel has no memory for the new task; in a pid namespace: its first process has died.
> Free memory, or make a new pid namespace.

ENOMEM: execs shmget shmat
No memory is left for it.
> Free memory or ask for less.

ENOMEM: any
Memory for the request is not to be had.
> Free memory or ask for less; check the limits (ulimit -a) and the cgroup.

EFAULT: any
A pointer argument leads to memory that is not mapped or not writable: uninitialised, freed, NULL or too short.
> Check the pointers and lengths passed here; run with -fsanitize=address.

EFAULT: connect bind accepts getsockname getpeername
The address pointer or its length pointer is bad.
> Pass a real structure, and a socklen_t that is set to its size.

EINVAL: mmap
The length is 0, the offset is no multiple of the page size, or neither MAP_SHARED nor MAP_PRIVATE was given.
> Map at least one byte (not an empty file), round the offset down to a page, and name one of the two.

EINVAL: munmap
The address is not page-aligned or the length is 0.
> Pass exactly what mmap returned, with its length.

EINVAL: mprotect madvise msync mremap
The address is not page-aligned, or the flags do not go together.
> Round the address down to a page (sysconf(_SC_PAGESIZE)).

EINVAL: accepts
The socket does not listen.
> Call listen first, and accept on the listening descriptor.

EINVAL: bind
The socket is bound already, or the address length does not fit the family.
> Bind once, with the size of the real structure.

EINVAL: connect
The address length does not fit the address family.
> Pass the size of the real structure, such as sizeof(struct sockaddr_in).

EINVAL: shutdown
The second argument is none of SHUT_RD, SHUT_WR and SHUT_RDWR.
> Use one of these.

EINVAL: epoll_ctl
The first argument is no epoll, an epoll would watch itself, or EPOLLEXCLUSIVE is used with MOD or a wrong event.
> Check the order of the arguments; set EPOLLEXCLUSIVE only with EPOLL_CTL_ADD.

EINVAL: epoll_wait epoll_pwait epoll_pwait2
maxevents is not above 0, or the first argument is no epoll.
> Pass the number of elements of the array.

EINVAL: poll ppoll
More entries than RLIMIT_NOFILE were passed, or the time limit is not valid.
> Pass the true number of entries.

EINVAL: select pselect6
nfds is negative or above the limit, or the time limit is not valid.
> Pass the highest descriptor plus 1, and use poll for numbers from 1024 up.

EINVAL: reads
The descriptor cannot be read this way: O_DIRECT with an unaligned buffer, a timerfd or eventfd with under 8 bytes.
> Check what kind of descriptor it is, and read at least 8 bytes from event descriptors.

EINVAL: writes
The descriptor cannot be written this way: O_DIRECT with an unaligned buffer, or an eventfd with under 8 bytes.
> Check what kind of descriptor it is.

EINVAL: sendfile
The input is not like a file (it is a socket, say), or the output was opened with O_APPEND.
> Read from a file; between sockets and pipes use splice.

EINVAL: splice tee
Neither end is a pipe (for tee: not both), both are the same pipe, or the target was opened with O_APPEND.
> Put a pipe between the two descriptors.

EINVAL: lseek
whence is wrong, or the position would lie before the start of the file.
> Check the sign and origin of the offset.

EINVAL: opens
The flags do not go together, or the filesystem does not know one of them, such as O_DIRECT.
> Check the flags.

EINVAL: readlink readlinkat
The path is no symbolic link. Looking whether it is one is often the purpose.
> Treat it as "no link".

EINVAL: waits
The options hold an unknown bit; waitid needs one of WEXITED, WSTOPPED and WCONTINUED.
> Check the options.

EINVAL: kills
The signal number does not exist.
> Use a number from 1 to 64, or 0 to test.

EINVAL: rt_sigaction
The signal does not exist, or it is SIGKILL or SIGSTOP, which cannot be caught or ignored.
> Leave out SIGKILL and SIGSTOP.

EINVAL: clone clone3 unshare
Flags do not go together: CLONE_THREAD needs CLONE_SIGHAND, and that needs CLONE_VM.
> Check the flags against clone(2).

EINVAL: futex
The word is not aligned, the operation is unknown, or the state of the lock is not what it should be.
> Check that the lock was initialised and not overwritten.

EINVAL: shmat
The segment does not exist, or the address is not aligned.
> Let the kernel choose the address (NULL).

EINVAL: shmget
A new segment's size is out of bounds, or an existing one is smaller than asked.
> Remove the old segment with ipcrm, or ask for its size.

EINVAL: msgsnd msgrcv semop semtimedop msgctl semctl shmctl
The id is none that exists, or the type or size is out of bounds. Message types must be above 0.
> Check the id, which may have been removed, and the message's type.

EINVAL: sleeps
The nanoseconds are not between 0 and 999 999 999, or the seconds are negative.
> Carry over into the seconds.

EINVAL: setsockopt getsockopt
The option's length or value is not what it takes, or it comes too late for the socket's state.
> Pass a pointer to an int with its size for most options.

EINVAL: any
An argument has a value that this call does not take.
> Compare flags, sizes and alignment with the man page.

EINVAL: prctl
The option is unknown to this kernel, or an unused argument is not 0.
> Check the option and pass 0 for the rest.

ENODEV: mmap
The descriptor is of a kind that cannot be mapped: a pipe, socket, terminal or directory, or a filesystem without mmap.
> Read it into memory instead.

ENODEV: any
The device does not exist or cannot do this kind of work.
> Check that the device and its driver are there.

EOVERFLOW: any
A value does not fit its type; in a 32-bit program, a file is larger than 2 GiB.
> Compile with -D_FILE_OFFSET_BITS=64.

E2BIG: execs
Arguments and environment are longer than the limit (a quarter of the stack limit).
> Pass fewer arguments at a time, as xargs does.

E2BIG: semops
Too many operations in one call.
> Split them up.

E2BIG: msgrcv
The message is longer than the buffer and MSG_NOERROR was not given.
> Use a larger buffer.

ENOEXEC: execs
The file is no ELF program of this machine and does not start with #!.
> Check the architecture, or add a first line with the interpreter.

ENOSYS: any
This kernel does not have the call, or a sandbox (seccomp, an old container runtime) pretends so.
> Fall back to an older call; the C library often does so by itself.

EIDRM: any
The System V object was removed while the call waited or before it.
> Treat it as the end of the conversation; get a new id to go on.

ENOMSG: msgrcv
IPC_NOWAIT was given and the queue has no message of the wanted type.
> Try again later, or wait without IPC_NOWAIT.

ENOMSG: any
The queue has no message of the wanted type.
> Try again later.

ERANGE: getcwd
The buffer is too short for the path.
> Use a larger buffer.

ERANGE: semops semctl
The semaphore's value would pass its largest value.
> Look for a post too many.

ERANGE: any
The result does not fit into its place.
> Use a larger buffer or a smaller value.

ENODATA: getxattr lgetxattr fgetxattr
The file does not have this attribute. Tools such as ls ask for it to see.
> Usually nothing.

EOWNERDEAD: any
The thread that held a robust mutex died with it; the caller holds it now.
> Repair the data and call pthread_mutex_consistent.

ENOTBLK: any
A block device is needed here.
> Name a block device.
`;
