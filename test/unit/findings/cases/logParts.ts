/** Lines that several rules' logs need. */

export const fork = 'clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x1)';
export const status = '[{WIFEXITED(s) && WEXITSTATUS(s) == 0}]';
export const handler = (signal: string, flags: string): string =>
  `rt_sigaction(${signal}, {sa_handler=0x1234, sa_mask=[], sa_flags=${flags}}, NULL, 8) = 0 <0.000010>`;
export const tcp = 'socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3 <0.000010>';
/** A connection, unlike what `tcp` makes. */
export const connection = 'accept4(9, NULL, NULL, SOCK_CLOEXEC) = 3 <0.000010>';
export const thread =
  'clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID, parent_tid=[11], tls=0x7f, child_tidptr=0x7f) = 11 <0.000010>';
export const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
