/**
 * Other forms of a call under a name of its own, as strace prints them for 32-bit programs and other processors. A form
 * takes everything from the call it is a form of, but for what `difference` says and, where they differ, its arguments.
 */

export interface VariantRow {
  of: string;
  difference: string;
  args?: string;
}

const bigTimes = 'It passes times with 64-bit seconds, for 32-bit programs.';
const bigOffsets = 'It passes file sizes and offsets in 64 bits, for 32-bit programs.';
const wideIds = 'It passes user and group ids in 32 bits, where the plain name has 16.';

/** Names that differ from their call only by what all of them share. */
function alike(difference: string, pairs: Record<string, string>): [string, VariantRow][] {
  return Object.entries(pairs).map(([name, of]) => [name, { of, difference }]);
}

export const variants: [string, VariantRow][] = [
  ...alike(bigTimes, {
    clock_adjtime64: 'clock_adjtime',
    clock_getres_time64: 'clock_getres',
    clock_gettime64: 'clock_gettime',
    clock_nanosleep_time64: 'clock_nanosleep',
    clock_settime64: 'clock_settime',
    futex_time64: 'futex',
    io_pgetevents_time64: 'io_pgetevents',
    mq_timedreceive_time64: 'mq_timedreceive',
    mq_timedsend_time64: 'mq_timedsend',
    ppoll_time64: 'ppoll',
    pselect6_time64: 'pselect6',
    recvmmsg_time64: 'recvmmsg',
    rt_sigtimedwait_time64: 'rt_sigtimedwait',
    sched_rr_get_interval_time64: 'sched_rr_get_interval',
    semtimedop_time64: 'semtimedop',
    timer_gettime64: 'timer_gettime',
    timer_settime64: 'timer_settime',
    timerfd_gettime64: 'timerfd_gettime',
    timerfd_settime64: 'timerfd_settime',
    utimensat_time64: 'utimensat',
  }),
  ...alike(bigOffsets, {
    fcntl64: 'fcntl',
    fstat64: 'fstat',
    fstatat64: 'newfstatat',
    ftruncate64: 'ftruncate',
    lstat64: 'lstat',
    sendfile64: 'sendfile',
    stat64: 'stat',
    truncate64: 'truncate',
  }),
  ...alike(wideIds, {
    chown32: 'chown',
    fchown32: 'fchown',
    getegid32: 'getegid',
    geteuid32: 'geteuid',
    getgid32: 'getgid',
    getgroups32: 'getgroups',
    getresgid32: 'getresgid',
    getresuid32: 'getresuid',
    getuid32: 'getuid',
    lchown32: 'lchown',
    setfsgid32: 'setfsgid',
    setfsuid32: 'setfsuid',
    setgid32: 'setgid',
    setgroups32: 'setgroups',
    setregid32: 'setregid',
    setresgid32: 'setresgid',
    setresuid32: 'setresuid',
    setreuid32: 'setreuid',
    setuid32: 'setuid',
  }),
  ...alike('It is the first form of the call, with smaller fields.', {
    oldfstat: 'fstat',
    oldlstat: 'lstat',
    oldolduname: 'uname',
    oldstat: 'stat',
    olduname: 'uname',
  }),
  [
    '_llseek',
    {
      of: 'lseek',
      difference: 'It passes the offset in two halves and stores the new one.',
      args: 'fd*, offset_high, offset_low, result, whence',
    },
  ],
  ['_newselect', { of: 'select', difference: 'It is the name of select where an older form had that number.' }],
  ['oldselect', { of: 'select', difference: 'It passes all its arguments in one structure.', args: 'args' }],
  ['old_select', { of: 'select', difference: 'It passes all its arguments in one structure.', args: 'args' }],
  [
    'mmap2',
    {
      of: 'mmap',
      difference: 'It counts the offset in units of 4096 bytes.',
      args: 'addr, length, prot, flags, fd*, pgoffset',
    },
  ],
  ['old_mmap', { of: 'mmap', difference: 'It passes all its arguments in one structure.' }],
  ['fstatat', { of: 'newfstatat', difference: 'It is the C function of the same job.' }],
  ['statfs64', { of: 'statfs', difference: bigOffsets, args: 'path, sz, buf' }],
  ['fstatfs64', { of: 'fstatfs', difference: bigOffsets, args: 'fd*, sz, buf' }],
  ['fadvise64_64', { of: 'fadvise64', difference: bigOffsets }],
  [
    'arm_fadvise64_64',
    {
      of: 'fadvise64',
      difference: 'It has the advice as its second argument, on ARM.',
      args: 'fd*, advice, offset, len',
    },
  ],
  [
    'sync_file_range2',
    {
      of: 'sync_file_range',
      difference: 'It has the flags as its second argument.',
      args: 'fd*, flags, offset, nbytes',
    },
  ],
  [
    'arm_sync_file_range',
    {
      of: 'sync_file_range',
      difference: 'It has the flags as its second argument, on ARM.',
      args: 'fd*, flags, offset, nbytes',
    },
  ],
  ['ugetrlimit', { of: 'getrlimit', difference: 'It can report limits above 2 GiB, for 32-bit programs.' }],
  ['old_getrlimit', { of: 'getrlimit', difference: 'It reports limits above 2 GiB as 2 GiB.' }],
  ['umount', { of: 'umount2', difference: 'It takes no flags.', args: 'target' }],
  ['oldumount', { of: 'umount2', difference: 'It takes no flags.', args: 'target' }],
  ['waitpid', { of: 'wait4', difference: 'It reports no resource use.', args: 'pid, wstatus, options' }],
  ['readdir', { of: 'getdents', difference: 'It reads one entry a call.', args: 'fd*, dirp, count' }],
  ['_exit', { of: 'exit', difference: 'It is how some strace versions name exit.' }],
];

/** Numbers that Linux keeps for calls that it does not have (unimplemented(2)); each fails with ENOSYS. */
export const unimplemented = [
  'afs_syscall',
  'bdflush',
  'break',
  'getpmsg',
  'gtty',
  'idle',
  'lock',
  'mpx',
  'prof',
  'profil',
  'putpmsg',
  'security',
  'stty',
  'tuxcall',
  'ulimit',
  'vserver',
];
