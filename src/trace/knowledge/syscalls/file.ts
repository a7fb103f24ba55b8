/**
 * Calls that work on open files: open, read, write, copy, lock-free control of descriptors (format: syscallTable.ts).
 * Calls on paths, metadata and mounts are in fileSystem.ts; both have the class "file". Locks are in sync.ts.
 */

export const fileTable = `
# Opening and closing
open(pathname, flags, mode) = fd, waits: Opens a file, and creates it when asked to.
openat(dirfd, pathname, flags, mode) = fd, waits: Opens a file whose path starts at a directory descriptor.
openat2(dirfd, pathname, how, size) = fd, waits: Opens a file under rules for how its path may be resolved.
creat(pathname, mode) = fd, waits, man open(2): Creates a file, or empties it, and opens it for writing.
close(fd*) = zero: Gives a descriptor back; the last one to a pipe end or socket tells the peer.
close_range(first, last, flags) = zero: Closes a whole range of descriptors, or marks them close-on-exec.
open_by_handle_at(mount_fd, handle, flags) = fd: Opens the file that a handle stands for.
name_to_handle_at(dirfd, pathname, handle, mount_id, flags) = zero, man open_by_handle_at(2): Makes a lasting handle for a file.

# Reading and writing
read(fd*, buf, count) = bytes, waits: Reads bytes from a descriptor into memory; 0 means end of file.
write(fd*, buf, count) = bytes, waits: Writes bytes from memory to a descriptor, maybe fewer than asked.
pread64(fd*, buf, count, offset) = bytes, waits, man pread(2): Reads at a given offset and leaves the file position alone.
pwrite64(fd*, buf, count, offset) = bytes, waits, man pwrite(2): Writes at a given offset and leaves the file position alone.
readv(fd*, iov, iovcnt) = bytes, waits: Reads into several buffers with one call.
writev(fd*, iov, iovcnt) = bytes, waits, man readv(2): Writes several buffers with one call.
preadv(fd*, iov, iovcnt, offset) = bytes, waits, man readv(2): Reads at an offset into several buffers.
pwritev(fd*, iov, iovcnt, offset) = bytes, waits, man readv(2): Writes several buffers at an offset.
preadv2(fd*, iov, iovcnt, offset, flags) = bytes, waits, man readv(2): Reads into several buffers with flags for this call only.
pwritev2(fd*, iov, iovcnt, offset, flags) = bytes, waits, man readv(2): Writes several buffers with flags for this call only.
lseek(fd*, offset, whence) = value "the new offset from the start of the file": Moves the file position, which dup and fork share.
readahead(fd*, offset, count) = zero: Starts to load a part of a file into the page cache.
getdents(fd*, dirp, count) = bytes: Lists the next entries of an open directory in the old record format.
getdents64(fd*, dirp, count) = bytes, man getdents(2): Lists the next entries of an open directory.

# Copies inside the kernel
sendfile(out_fd*, in_fd, offset, count) = bytes, waits: Sends a file's bytes to another descriptor inside the kernel.
splice(fd_in*, off_in, fd_out, off_out, len, flags) = bytes, waits: Moves bytes between a pipe and a descriptor inside the kernel.
tee(fd_in*, fd_out, len, flags) = bytes, waits: Duplicates a pipe's bytes into another pipe and leaves them readable.
vmsplice(fd*, iov, nr_segs, flags) = bytes, waits: Puts pages of memory into a pipe, or takes a pipe's bytes out.
copy_file_range(fd_in*, off_in, fd_out, off_out, len, flags) = bytes, waits: Copies a part of one file to another inside the kernel.

# Descriptors
dup(oldfd*) = fd: Makes a second descriptor for the same open file, with the lowest free number.
dup2(oldfd*, newfd) = fd, man dup(2): Makes a given number a second descriptor for the same open file.
dup3(oldfd*, newfd, flags) = fd, man dup(2): Makes a given number a second descriptor, close-on-exec if asked.
fcntl(fd*, cmd, arg) = value "what the operation gives: a descriptor, flags, an owner, a size or 0", waits: Asks or changes something about a descriptor: its flags, a lock, a copy.
ioctl(fd*, request, argp) = value "usually 0; some devices give a number": Sends a device or socket a command of its own.
kcmp(pid1, pid2, type, idx1, idx2) = value "0 when both are the same, else how they sort": Tells whether two processes share a kernel resource.

# Size, space and reaching the disk
truncate(path, length) = zero: Sets the size of a file named by its path.
ftruncate(fd*, length) = zero, man truncate(2): Sets the size of an open file; a grown part reads as zeros.
fallocate(fd*, mode, offset, len) = zero: Reserves, frees or zeroes space inside a file.
fadvise64(fd*, offset, len, advice) = zero, man posix_fadvise(2): Tells the kernel how a part of a file will be used.
fsync(fd*) = zero, waits: Waits until a file's data and metadata are on the device.
fdatasync(fd*) = zero, waits, man fsync(2): Waits until a file's data is on the device.
sync() = zero, waits: Writes every changed page of all filesystems to the devices.
syncfs(fd*) = zero, waits, man sync(2): Writes every changed page of one filesystem to its device.
sync_file_range(fd*, offset, nbytes, flags) = zero, waits: Starts or awaits the writing of a part of a file.
cachestat(fd*, cstat_range, cstat, flags) = zero: Counts the pages of a file that are cached, dirty or evicted.

# Asynchronous I/O
io_setup(nr_events, ctx_idp) = zero: Creates a context for native asynchronous I/O.
io_submit(ctx_id, nr, iocbpp) = count "the number of requests queued", waits: Queues asynchronous I/O requests.
io_getevents(ctx_id, min_nr, nr, events, timeout) = count "the number of finished requests", waits: Collects finished asynchronous requests.
io_pgetevents(ctx_id, min_nr, nr, events, timeout, usig) = count "the number of finished requests", waits, man io_getevents(2): Collects finished asynchronous requests under a temporary signal mask.
io_cancel(ctx_id, iocb, result) = zero: Tries to cancel an asynchronous request.
io_destroy(ctx_id) = zero, waits: Ends a native asynchronous I/O context and waits for its requests.
io_uring_setup(entries, p) = fd, man io_uring_setup(2): Creates a pair of submission and completion rings.
io_uring_enter(fd*, to_submit, min_complete, flags, sig, sz) = count "the number of requests taken", waits, man io_uring_enter(2): Submits queued requests of a ring and may wait for completions.
io_uring_register(fd*, opcode, arg, nr_args) = value "usually 0; some operations give a number", man io_uring_register(2): Registers buffers, files or settings with a ring.
`;
