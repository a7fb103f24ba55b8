/**
 * Reads the cause tables: paragraphs of three lines,
 *
 *     EAGAIN: fork clone clone3 vfork
 *     why this error most likely came from these calls
 *     > what to do about it
 *
 * where a name in `callGroups` stands for all its calls and `any` for every call that has no paragraph of its own.
 * Invariant: a paragraph that does not read so, or a call that is named twice for one error, throws while it loads.
 */

export interface LikelyCause {
  /** One or two sentences: why this error most likely came. */
  cause: string;
  /** One or two sentences: what the program should do about it. */
  whatToDo: string;
}

/** Calls that fail alike. */
const callGroups: Record<string, readonly string[]> = {
  reads: ['read', 'readv', 'pread64', 'preadv', 'preadv2'],
  writes: ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2'],
  opens: ['open', 'openat', 'openat2', 'creat'],
  receives: ['recv', 'recvfrom', 'recvmsg', 'recvmmsg'],
  sends: ['send', 'sendto', 'sendmsg', 'sendmmsg'],
  accepts: ['accept', 'accept4'],
  copies: ['sendfile', 'splice', 'tee', 'vmsplice', 'copy_file_range'],
  forks: ['fork', 'vfork', 'clone', 'clone3'],
  execs: ['execve', 'execveat'],
  waits: ['wait4', 'waitid'],
  polls: ['poll', 'ppoll', 'select', 'pselect6', 'epoll_wait', 'epoll_pwait', 'epoll_pwait2'],
  sleeps: ['nanosleep', 'clock_nanosleep'],
  kills: ['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo', 'pidfd_send_signal'],
  futexes: ['futex', 'futex_wait', 'futex_waitv'],
  semops: ['semop', 'semtimedop'],
  maps: ['mmap', 'mremap'],
  links: ['link', 'linkat', 'rename', 'renameat', 'renameat2'],
  mkdirs: ['mkdir', 'mkdirat', 'mknod', 'mknodat', 'symlink', 'symlinkat'],
  unlinks: ['unlink', 'unlinkat', 'rmdir'],
  stats: ['stat', 'lstat', 'newfstatat', 'statx', 'access', 'faccessat', 'faccessat2', 'readlink', 'readlinkat'],
  mounts: ['mount', 'umount2', 'chroot', 'pivot_root', 'setns', 'sethostname'],
  setids: ['setuid', 'setgid', 'setreuid', 'setregid', 'setresuid', 'setresgid', 'setgroups'],
  newFds: [
    'pipe',
    'pipe2',
    'socket',
    'socketpair',
    'dup',
    'epoll_create',
    'epoll_create1',
    'eventfd2',
    'timerfd_create',
  ],
};

/** By error, then by call (or `any`). Throws on text that is no such table. */
export function readCauseTable(text: string, into: Map<string, Map<string, LikelyCause>>): void {
  for (const paragraph of text.trim().split(/\n\n+/)) {
    const [head, cause, advice, ...rest] = paragraph.split('\n');
    const [errno, names] = head?.split(': ') ?? [];
    if (
      errno === undefined ||
      names === undefined ||
      cause === undefined ||
      !advice?.startsWith('> ') ||
      rest.length > 0
    ) {
      throw new Error(`cause table: cannot read "${paragraph}"`);
    }
    const byCall = into.get(errno) ?? new Map<string, LikelyCause>();
    into.set(errno, byCall);
    for (const call of names.split(' ').flatMap(name => callGroups[name] ?? [name])) {
      if (byCall.has(call)) throw new Error(`cause table: ${errno} has ${call} twice`);
      byCall.set(call, { cause, whatToDo: advice.slice(2) });
    }
  }
}
