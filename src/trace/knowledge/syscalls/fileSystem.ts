/**
 * Calls on paths, metadata, extended attributes, watches and mounts (format: syscallTable.ts). Their class is "file".
 */

export const fileSystemTable = `
# What a file is
stat(pathname, statbuf) = zero: Describes a file by its path: type, size, owner, times.
fstat(fd*, statbuf) = zero, man stat(2): Describes the file behind a descriptor.
lstat(pathname, statbuf) = zero, man stat(2): Describes a file by its path without following a final symbolic link.
newfstatat(dirfd, pathname, statbuf, flags) = zero, man stat(2): Describes a file whose path starts at a directory descriptor.
statx(dirfd, pathname, flags, mask, statxbuf) = zero: Describes a file with chosen details, its birth time among them.
access(pathname, mode) = zero: Checks what the real user may do with a file.
faccessat(dirfd, pathname, mode) = zero, man access(2): Checks access to a path that starts at a directory descriptor.
faccessat2(dirfd, pathname, mode, flags) = zero, man access(2): Checks access to a path, for the effective user when asked to.
readlink(pathname, buf, bufsiz) = bytes: Reads where a symbolic link points.
readlinkat(dirfd, pathname, buf, bufsiz) = bytes, man readlink(2): Reads a symbolic link whose path starts at a directory descriptor.
statfs(path, buf) = zero: Describes the filesystem that a path is on.
fstatfs(fd*, buf) = zero, man statfs(2): Describes the filesystem behind a descriptor.
ustat(dev, ubuf) = zero: Reports the free space of a mounted device; statfs replaced it.
sysfs(option, arg1, arg2) = value "a filesystem type's index, their number, or 0": Looks up filesystem types by name or number.
file_getattr(dfd, filename, ufattr, usize, at_flags) = zero, man ioctl_xfs_fsgetxattr(2): Reads a file's inode flags, extent hint and project id.
file_setattr(dfd, filename, ufattr, usize, at_flags) = zero, man ioctl_xfs_fsgetxattr(2): Sets a file's inode flags, extent hint and project id.

# Names and directories
link(oldpath, newpath) = zero: Gives a file one more name (a hard link).
linkat(olddirfd, oldpath, newdirfd, newpath, flags) = zero, man link(2): Adds a hard link with paths that start at directory descriptors.
symlink(target, linkpath) = zero: Creates a symbolic link.
symlinkat(target, newdirfd, linkpath) = zero, man symlink(2): Creates a symbolic link at a path that starts at a directory descriptor.
unlink(pathname) = zero: Removes a name; the file itself goes when no name and no descriptor is left.
unlinkat(dirfd, pathname, flags) = zero, man unlink(2): Removes a name or an empty directory below a directory descriptor.
rename(oldpath, newpath) = zero: Renames a file, and replaces the target in one step.
renameat(olddirfd, oldpath, newdirfd, newpath) = zero, man rename(2): Renames with paths that start at directory descriptors.
renameat2(olddirfd, oldpath, newdirfd, newpath, flags) = zero, man rename(2): Renames with rules: don't replace, swap both, or leave a whiteout.
mkdir(pathname, mode) = zero: Creates a directory.
mkdirat(dirfd, pathname, mode) = zero, man mkdir(2): Creates a directory at a path that starts at a directory descriptor.
rmdir(pathname) = zero: Removes an empty directory.
mknod(pathname, mode, dev) = zero: Creates a device node, a FIFO, a socket name or a plain file.
mknodat(dirfd, pathname, mode, dev) = zero, man mknod(2): Creates a node or FIFO at a path that starts at a directory descriptor.
chdir(path) = zero: Changes the working directory of the process.
fchdir(fd*) = zero, man chdir(2): Changes the working directory to an open directory.
getcwd(buf, size) = bytes: Tells the path of the working directory.
chroot(path) = zero: Changes where paths that begin with a slash start for this process.
umask(mask) = value "the previous mask": Sets which permission bits new files must not get.

# Owner, permissions and times
chmod(pathname, mode) = zero: Changes a file's permission bits.
fchmod(fd*, mode) = zero, man chmod(2): Changes the permission bits of an open file.
fchmodat(dirfd, pathname, mode) = zero, man chmod(2): Changes permission bits of a path that starts at a directory descriptor.
fchmodat2(dirfd, pathname, mode, flags) = zero, man chmod(2): Changes permission bits with flags for links and empty paths.
chown(pathname, owner, group) = zero: Changes a file's owner and group.
fchown(fd*, owner, group) = zero, man chown(2): Changes owner and group of an open file.
lchown(pathname, owner, group) = zero, man chown(2): Changes owner and group without following a final symbolic link.
fchownat(dirfd, pathname, owner, group, flags) = zero, man chown(2): Changes owner and group of a path that starts at a directory descriptor.
utime(filename, times) = zero: Sets a file's access and modification times in seconds.
utimes(filename, times) = zero, man utime(2): Sets a file's access and modification times in microseconds.
futimesat(dirfd, pathname, times) = zero: Sets times of a path that starts at a directory descriptor; utimensat replaced it.
utimensat(dirfd, pathname, times, flags) = zero: Sets a file's access and modification times in nanoseconds.

# Extended attributes
getxattr(path, name, value, size) = bytes: Reads one extended attribute of a file.
lgetxattr(path, name, value, size) = bytes, man getxattr(2): Reads an extended attribute without following a final symbolic link.
fgetxattr(fd*, name, value, size) = bytes, man getxattr(2): Reads an extended attribute of an open file.
getxattrat(dirfd, pathname, at_flags, name, args, size) = bytes, man getxattr(2): Reads an extended attribute of a path below a directory descriptor.
setxattr(path, name, value, size, flags) = zero: Sets one extended attribute of a file.
lsetxattr(path, name, value, size, flags) = zero, man setxattr(2): Sets an extended attribute without following a final symbolic link.
fsetxattr(fd*, name, value, size, flags) = zero, man setxattr(2): Sets an extended attribute of an open file.
setxattrat(dirfd, pathname, at_flags, name, args, size) = zero, man setxattr(2): Sets an extended attribute of a path below a directory descriptor.
listxattr(path, list, size) = bytes: Lists the names of a file's extended attributes.
llistxattr(path, list, size) = bytes, man listxattr(2): Lists attribute names without following a final symbolic link.
flistxattr(fd*, list, size) = bytes, man listxattr(2): Lists the attribute names of an open file.
listxattrat(dirfd, pathname, at_flags, list, size) = bytes, man listxattr(2): Lists the attribute names of a path below a directory descriptor.
removexattr(path, name) = zero: Removes one extended attribute of a file.
lremovexattr(path, name) = zero, man removexattr(2): Removes an extended attribute without following a final symbolic link.
fremovexattr(fd*, name) = zero, man removexattr(2): Removes an extended attribute of an open file.
removexattrat(dirfd, pathname, at_flags, name) = zero, man removexattr(2): Removes an extended attribute of a path below a directory descriptor.

# Watching for changes
inotify_init() = fd: Creates a descriptor that reports changes to watched files.
inotify_init1(flags) = fd, man inotify_init(2): Creates an inotify descriptor with flags such as non-blocking.
inotify_add_watch(fd*, pathname, mask) = id "a watch descriptor, the number that events carry": Watches a file or directory for chosen changes.
inotify_rm_watch(fd*, wd) = zero: Ends a watch of an inotify descriptor.
fanotify_init(flags, event_f_flags) = fd: Creates a descriptor that reports, or decides on, access to files.
fanotify_mark(fanotify_fd*, flags, mask, dirfd, pathname) = zero: Adds or removes files, mounts or filesystems to watch.

# Mounts
mount(source, target, filesystemtype, mountflags, data) = zero: Attaches a filesystem, or changes or moves a mount.
umount2(target, flags) = zero, man umount(2): Detaches a filesystem, forced or lazily when asked to.
pivot_root(new_root, put_old) = zero: Swaps the root mount and puts the old one aside.
open_tree(dfd, filename, flags) = fd: Opens a mount, or a private copy of it, as a descriptor.
open_tree_attr(dfd, filename, flags, uattr, usize) = fd, man open_tree(2): Opens a copy of a mount and changes its properties at once.
move_mount(from_dfd, from_pathname, to_dfd, to_pathname, flags) = zero: Attaches or moves a mount held by a descriptor.
fsopen(fs_name, flags) = fd: Starts to set up a new filesystem instance.
fsconfig(fd*, cmd, key, value, aux) = zero: Sets an option of a filesystem that is being set up, or creates it.
fsmount(fs_fd*, flags, attr_flags) = fd: Makes a mount from a filesystem that was set up.
fspick(dfd, path, flags) = fd: Picks a mounted filesystem to change its options.
mount_setattr(dirfd, pathname, flags, attr, size) = zero: Changes the properties of a mount or of a tree of mounts.
statmount(req, buf, bufsize, flags) = zero: Describes one mount by its id.
listmount(req, mnt_ids, nr_mnt_ids, flags) = count "the number of mount ids stored": Lists the ids of the mounts below a mount.
quotactl(cmd, special, id, addr) = zero: Reads or changes disk quotas of a device.
quotactl_fd(fd*, cmd, id, addr) = zero, man quotactl(2): Reads or changes disk quotas of the filesystem behind a descriptor.
lookup_dcookie(cookie, buffer, len) = bytes: Turns a profiler's cookie into a path; removed in Linux 6.7.
nfsservctl(cmd, argp, resp) = zero: Controls the old kernel NFS server; removed in Linux 3.1.
`;
