/**
 * Names of system calls by number, for those that an old strace prints as `syscall_0x1b3(0x7ffc…, …)` (since 4.16 or so:
 * `syscall_` and the number in hex, on the processor of the trace).
 *
 * From 424 on the numbers are the same on every architecture but Alpha (which adds 110). Below that, x86-64 has its own.
 */

const everywhereFrom424: readonly string[] = [
  'pidfd_send_signal',
  'io_uring_setup',
  'io_uring_enter',
  'io_uring_register',
  'open_tree',
  'move_mount',
  'fsopen',
  'fsconfig',
  'fsmount',
  'fspick',
  'pidfd_open',
  'clone3',
  'close_range',
  'openat2',
  'pidfd_getfd',
  'faccessat2',
  'process_madvise',
  'epoll_pwait2',
  'mount_setattr',
  'quotactl_fd',
  'landlock_create_ruleset',
  'landlock_add_rule',
  'landlock_restrict_self',
  'memfd_secret',
  'process_mrelease',
  'futex_waitv',
  'set_mempolicy_home_node',
  'cachestat',
  'fchmodat2',
  'map_shadow_stack',
  'futex_wake',
  'futex_wait',
  'futex_requeue',
  'statmount',
  'listmount',
  'lsm_get_self_attr',
  'lsm_set_self_attr',
  'lsm_list_modules',
  'mseal',
  'setxattrat',
  'getxattrat',
  'listxattrat',
  'removexattrat',
  'open_tree_attr',
  'file_getattr',
  'file_setattr',
  'listns',
  'rseq_slice_yield',
];

/** Last numbers that x86-64 has below the common ones. */
const x8664: Record<number, string> = {
  313: 'finit_module',
  314: 'sched_setattr',
  315: 'sched_getattr',
  316: 'renameat2',
  317: 'seccomp',
  318: 'getrandom',
  319: 'memfd_create',
  320: 'kexec_file_load',
  321: 'bpf',
  322: 'execveat',
  323: 'userfaultfd',
  324: 'membarrier',
  325: 'mlock2',
  326: 'copy_file_range',
  327: 'preadv2',
  328: 'pwritev2',
  329: 'pkey_mprotect',
  330: 'pkey_alloc',
  331: 'pkey_free',
  332: 'statx',
  333: 'io_pgetevents',
  334: 'rseq',
  335: 'uretprobe',
  336: 'uprobe',
};

const arm64: Record<number, string> = {
  273: 'finit_module',
  274: 'sched_setattr',
  275: 'sched_getattr',
  276: 'renameat2',
  277: 'seccomp',
  278: 'getrandom',
  279: 'memfd_create',
  280: 'bpf',
  281: 'execveat',
  282: 'userfaultfd',
  283: 'membarrier',
  284: 'mlock2',
  285: 'copy_file_range',
  286: 'preadv2',
  287: 'pwritev2',
  288: 'pkey_mprotect',
  289: 'pkey_alloc',
  290: 'pkey_free',
  291: 'statx',
  292: 'io_pgetevents',
  293: 'rseq',
  294: 'kexec_file_load',
};

export type Architecture = 'x86-64' | 'arm64';

/** Name of a call by its number; undefined when it is old enough for every strace, or too new for this table. */
export function syscallByNumber(number: number, architecture: Architecture = 'x86-64'): string | undefined {
  return everywhereFrom424[number - 424] ?? (architecture === 'x86-64' ? x8664 : arm64)[number];
}

/** The real name of `syscall_0x1b3`; any other name, and a number that is not known, comes back as it is. */
export function syscallName(printed: string, architecture: Architecture = 'x86-64'): string {
  const hex = /^syscall_0x([0-9a-f]{1,4})$/.exec(printed)?.[1];
  return (hex === undefined ? undefined : syscallByNumber(parseInt(hex, 16), architecture)) ?? printed;
}
