/** Likely causes of errors about what was passed to a call (format: causeTable.ts). */

export const argumentCauses = `
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
The number of events (maxevents) is not above 0, or the first argument is no epoll.
> Pass the number of elements of the array.

EINVAL: poll ppoll
More entries than RLIMIT_NOFILE were passed, or the time limit is not valid.
> Pass the true number of entries.

EINVAL: select pselect6
The first argument (nfds) is negative or above the limit, or the time limit is not valid.
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
The origin (whence) is wrong, or the position would lie before the start of the file.
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
The descriptor is of a kind that cannot be mapped: a pipe, terminal or directory, or a file on a filesystem without mmap.
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

ENOSYS: any
This kernel does not have the call, or a sandbox (seccomp, an old container runtime) pretends so.
> Fall back to an older call; the C library often does so by itself.

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

ENOTBLK: any
A block device is needed here.
> Name a block device.
`;
