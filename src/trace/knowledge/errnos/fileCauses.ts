/** Likely causes of errors on files and descriptors (format: causeTable.ts). */

export const fileCauses = `
EBADF: close
The number is not open: closed already, or never opened. Programs that close every number in a loop get it on purpose.
> Find the first close. In a threaded program a second close can hit a file that another thread has just opened.

EBADF: reads
The number is not open, or it is not open for reading, as with the write end of a pipe or O_WRONLY.
> Check the result of the call that opened it, and that it was not closed before.

EBADF: writes
The number is not open, or it is not open for writing, as with the read end of a pipe or O_RDONLY.
> Check the result of the call that opened it, and that it was not closed before.

EBADF: mmap
A file mapping was asked for with a number that is not open.
> Check what open returned; for plain memory use MAP_ANONYMOUS.

EBADF: epoll_ctl
The epoll number or the descriptor to watch is not open. A closed descriptor leaves the list by itself.
> Remove it before closing it, or skip the removal.

EBADF: dup2 dup3
The old number is not open, or the new one is past the limit.
> Check the old number and RLIMIT_NOFILE.

EBADF: openat newfstatat statx unlinkat mkdirat faccessat faccessat2 readlinkat
The path is relative and the directory number is not open.
> Check the directory's number, or use AT_FDCWD.

EBADF: any
The number is not an open descriptor: it was closed before, never opened, or an error value -1 was used.
> Check the result of the call that opened it, and look for an earlier close.

EMFILE: any
The process has as many descriptors open as RLIMIT_NOFILE allows; often because some are never closed.
> Look for descriptors that are opened again and again; raise the limit (ulimit -n) if all are needed.

EMFILE: accepts
The process has as many descriptors open as RLIMIT_NOFILE allows, and the connection keeps waiting in the queue.
> Close connections that are done or raise the limit; stop watching the listener meanwhile, or the loop will spin.

EMFILE: inotify_init inotify_init1
The user has too many inotify instances, or the process too many descriptors.
> Use one instance with many watches, or raise fs.inotify.max_user_instances.

ENFILE: any
The whole system has too many open files (fs.file-max).
> Find the process that leaks descriptors, or raise fs.file-max.

ENOENT: opens stats
No file has this name, or a directory in the path is missing; a relative path starts at the working directory.
> Check the path and the working directory. While a program or library is searched for, this is normal.

ENOENT: execs
The program does not exist, or the interpreter that its first line or ELF header names does not.
> Check the path. execvp tries each directory of PATH, so several of these are normal.

ENOENT: unlinks
The name is gone already or never existed.
> Usually harmless in clean-up; otherwise check the path.

ENOENT: connect
The UNIX socket's path does not exist: the server has not started or uses another path.
> Start the server first; check the path.

ENOENT: bind
A directory in the UNIX socket's path is missing.
> Create the directory first.

ENOENT: epoll_ctl
The descriptor is not in the interest list.
> Add it before changing or removing it; a number that was closed and opened again must be added anew.

ENOENT: msgget semget shmget
Nothing has this key and IPC_CREAT was not given.
> Create it first, or add IPC_CREAT.

ENOENT: mq_open
The queue does not exist and O_CREAT was not given.
> Create it first, or add O_CREAT; the name must begin with a slash.

ENOENT: any
No file or directory has this name, or a part of the path is missing.
> Check each part of the path and the working directory.

EEXIST: opens
O_CREAT with O_EXCL was given and the file exists.
> For a lock or temporary file this means that another one is first. Otherwise leave out O_EXCL.

EEXIST: mkdirs links
The name exists already.
> Treat it as success where any existing one will do; otherwise choose another name.

EEXIST: epoll_ctl
The descriptor is in this epoll's interest list already.
> Use EPOLL_CTL_MOD to change it.

EEXIST: msgget semget shmget
IPC_CREAT with IPC_EXCL was given and something with this key exists, perhaps left over from an earlier run.
> Use the existing one without IPC_EXCL, or remove the left-over with ipcrm.

EEXIST: mmap
MAP_FIXED_NOREPLACE was given and something is mapped there.
> Choose another address or let the kernel choose.

EEXIST: any
It exists already and was to be new.
> Use the existing one or another name.

EACCES: opens
The file's permissions forbid this use, or a directory on the way may not be searched by this user.
> Check mode and owner of the file and of each directory; don't open for writing what is only read.

EACCES: execs
The file has no execute permission, is no regular file, or is on a filesystem mounted noexec.
> Set the x bit (chmod +x) and check the mount.

EACCES: mmap
The file is not open for reading, or a shared writable mapping was asked for and it is not open for reading and writing.
> Open with O_RDWR for a writable MAP_SHARED; use MAP_PRIVATE for a copy. Every file mapping needs read access.

EACCES: mprotect
The memory maps a file that was not opened for writing.
> Open the file with O_RDWR, or map it privately.

EACCES: bind
The port is below 1024 and the user is not privileged; for a UNIX path, the directory is not writable.
> Use a higher port or give the program CAP_NET_BIND_SERVICE; check the directory.

EACCES: connect
The UNIX socket's file is not writable for this user, or a firewall or broadcast rule forbids it.
> Check the permissions of the path; set SO_BROADCAST for broadcasts.

EACCES: setpgid
The child has already run exec.
> Call setpgid in parent and child both, the parent before the exec can happen, and ignore this error in the parent.

EACCES: msgget semget shmget shmat msgsnd msgrcv semop semtimedop mq_open
The object exists, and its permissions do not give this user that access.
> Check its mode (ipcs shows it) and the mode that created it, umask included for POSIX queues.

EACCES: any
The permissions of the file or of a directory on the way forbid it.
> Check mode and owner along the whole path, and any security policy.

EROFS: any
The filesystem is mounted read-only.
> Write elsewhere, or remount it writable.

ENOSPC: writes fsync fdatasync fallocate copy_file_range sendfile opens mkdirs
The filesystem has no free blocks or no free inodes.
> Free space (df and df -i show it). Check each write and the final close or fsync: data may be incomplete.

ENOSPC: epoll_ctl
The user watches as many descriptors as fs.epoll.max_user_watches allows.
> Raise that limit or watch fewer.

ENOSPC: inotify_add_watch
The user has as many watches as fs.inotify.max_user_watches allows.
> Raise that limit or watch fewer directories.

ENOSPC: msgget semget shmget
The system has as many such objects as its limit allows; often left-overs of earlier runs.
> Remove left-overs (ipcs shows them, ipcrm removes them).

ENOSPC: mq_open
The system has as many POSIX queues as fs.mqueue.queues_max allows.
> Remove queues that nobody uses, with mq_unlink.

ENOSPC: unshare clone clone3
The limit on namespaces of this kind, or on their nesting, is reached.
> Check the limits in /proc/sys/user.

ENOSPC: any
No more of a bounded resource is left, usually disk space.
> Free some, or raise the limit.

ESPIPE: lseek
The descriptor is a pipe, FIFO, socket or terminal, which has no position.
> Read and write it in order; to test whether a descriptor can seek, this error is the normal answer.

ESPIPE: pread64 pwrite64 preadv pwritev preadv2 pwritev2 sendfile splice copy_file_range fadvise64 fallocate readahead
An offset was given for a pipe, FIFO or socket, which has no position.
> Leave the offset out (NULL, or plain read and write).

ESPIPE: any
A pipe, FIFO or socket has no position.
> Use it without offsets.

ENXIO: opens
A FIFO was opened for writing with O_NONBLOCK and nobody reads it; or the path is a socket or a device that is not there.
> Wait for a reader and try again, or open without O_NONBLOCK. A socket is reached with connect, not open.

ENXIO: lseek
SEEK_DATA or SEEK_HOLE found nothing from this offset to the end of the file.
> Treat it as the end of the search.

ENXIO: any
Nobody is at the other end of this device or address.
> Check that the device exists and its driver is loaded.

EISDIR: opens
A directory was opened for writing.
> Open it read-only with O_DIRECTORY, or name a file in it.

EISDIR: reads
The descriptor is a directory.
> Use getdents (readdir) to list it.

EISDIR: any
It is a directory, where a file was needed.
> Name a file, or use the call for directories.

ENOTDIR: any
A part of the path that should be a directory is a file, or the directory number is a file's.
> Check the path from the left.

ENOTEMPTY: unlinks links
The directory still has entries.
> Remove what is in it first.

EXDEV: copy_file_range
The two files are on different filesystems and the kernel does not copy between these.
> Fall back to sendfile or to read and write.

EXDEV: links
Both names must be on one mount, and they are not.
> Copy the file, then remove the old one.

ELOOP: epoll_ctl
Epoll instances would watch each other in a circle, or be nested too deep.
> Don't add an epoll instance to one that it watches.

ELOOP: any
The path has a circle or too many symbolic links; with O_NOFOLLOW, its last part is one.
> Look where the links point (readlink).

ENAMETOOLONG: any
The path is longer than 4095 bytes or a name in it longer than 255.
> Use a shorter path, or a directory descriptor and a relative one.

ENOTTY: ioctl
The descriptor is no terminal (or not the device that this ioctl is for). isatty asks on purpose, as stdio does.
> Usually nothing: that is how a program learns that its output is a file or pipe.

EFBIG: any
The file would grow past RLIMIT_FSIZE or the filesystem's largest size; SIGXFSZ comes with the limit.
> Raise the limit (ulimit -f) or split the file.

EDQUOT: any
The user's disk quota is used up.
> Remove files or ask for more.

ETXTBSY: opens
The file is a program that runs now, and may not be written.
> Write a new file and rename it over the old one.

ETXTBSY: execs
Some process has the program open for writing, perhaps a child that inherited the descriptor.
> Close it first, and open it close-on-exec.

EBUSY: any
The file, device or mount is in use.
> Find its user (fuser, lsof) and try again when it is free.

EIO: reads
The device failed; or a background process read from its controlling terminal, or the terminal's other side is gone.
> Check the disk's log; for terminals, treat it as the end of input.

EIO: any
The device or the filesystem failed to transfer the data.
> Check the kernel's log; don't trust data written since the last successful fsync.

ENOLCK: any
The system has no more locks, or the remote lock service failed.
> Release locks, or check the server.
`;
