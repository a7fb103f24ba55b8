/**
 * The truth about the system calls of a C source, read from the source itself: which line makes which.
 *
 * A line makes a call when it names the function of that name (`close(fd)`), or when a comment says so where the C library's function has
 * another name: `→ openat, write`. A `?` (`→ futex?`) means: not every time; the words “not reached”: never in this program. Beside what it
 * is asked for, the C library makes calls for itself (a buffer for printf, a stack for a thread): those of the functions below.
 */

/** Functions that glibc does by a call of another name, or by none: their own names say nothing. */
const otherwiseNamed = new Set(
  '_exit clone eventfd exit fork nice open ptrace recv select semop send setrlimit getrlimit sigaction signalfd signal sigpending sigprocmask sigsuspend stat fstat lstat time wait waitpid'.split(
    ' ',
  ),
);

/** One call under the names that it has on other processors and with other versions of glibc. */
const sameCalls = [
  ['fork', 'vfork', 'clone', 'clone3'],
  ['open', 'openat'],
  ['pipe', 'pipe2'],
  ['dup2', 'dup3'],
  ['poll', 'ppoll'],
  ['pause', 'ppoll'],
  ['select', '_newselect', 'pselect6'],
  ['epoll_wait', 'epoll_pwait'],
  ['accept', 'accept4'],
  ['nanosleep', 'clock_nanosleep'],
  ['semop', 'semtimedop'],
  ['unlink', 'unlinkat'],
  ['mkdir', 'mkdirat'],
  ['rmdir', 'unlinkat'],
  ['mknod', 'mknodat'],
  ['stat', 'fstat', 'newfstatat', 'statx'],
  ['exit', 'exit_group'],
  ['setpgid', 'setpgrp'],
  ['getrlimit', 'setrlimit', 'prlimit64'],
];

const memory = 'brk mmap munmap mremap mprotect madvise getrandom';
const stdio = `${memory} fstat lseek ioctl`;
const thread = `${memory} clone3 rt_sigprocmask rt_sigaction set_robust_list rseq futex sched_getparam sched_getscheduler`;

/** What the C library does for itself beside what a function is for. */
const alsoMade: Readonly<Record<string, string>> = {
  ...each('printf dprintf fprintf vprintf puts fputs putchar fflush fopen fdopen fclose fscanf getline fgets', stdio),
  ...each('perror', `${stdio} dup fcntl close`),
  ...each('warn warnx err errx tmpfile opendir popen', stdio),
  ...each('malloc calloc realloc free strdup strsignal strerror mkstemp mkdtemp getaddrinfo', memory),
  ...each('fork vfork', 'set_robust_list rt_sigprocmask getpid'),
  ...each('pthread_create pthread_join aio_read aio_write aio_suspend', thread),
  ...each('raise abort pthread_kill', 'gettid getpid tgkill rt_sigprocmask rt_sigaction'),
  ...each('sigqueue', 'getpid getuid'),
  ...each('posix_spawn posix_spawnp system', `${thread} clone vfork wait4`),
  ...each('exit', 'write'),
};

/** The kernel makes these go on after a signal, whatever line was interrupted. */
const afterSignals = new Set(['rt_sigreturn', 'restart_syscall']);

interface MarkedLine {
  /** Functions that are called there. */
  functions: ReadonlySet<string>;
  /** Calls named in comments, and whether they are made every time. */
  marks: ReadonlyMap<string, { always: boolean }>;
  reached: boolean;
  /** Name of the function it belongs to. */
  inside: string;
}

export class SourceMarks {
  private readonly lines: MarkedLine[];
  private readonly handlers: ReadonlySet<string>;

  /** `isSyscall`: whether a name is one of a system call. */
  constructor(
    source: string,
    private readonly isSyscall: (name: string) => boolean,
  ) {
    this.lines = readLines(source);
    const set = source.matchAll(/sa_(?:handler|sigaction) = (\w+)|\bsignal\(\w+, (\w+)\)/g);
    this.handlers = new Set([...set].map(match => match[1] ?? match[2] ?? ''));
  }

  /** Whether this line (from 1) makes this call. `tailCalls`: a function may have lent its frame to the one that it calls last. */
  makes(line: number, call: string, tailCalls: boolean): boolean {
    const here = this.lines[line - 1];
    if (!here) return false;
    if (afterSignals.has(call) || this.saysSo(here, call)) return true;
    if (!tailCalls) return false;
    // Called through a pointer, it may be any of them; a handler may have interrupted any line.
    const may = (name: string): boolean =>
      here.functions.has('') || here.functions.has(name) || this.handlers.has(name);
    return this.lines.some(each => may(each.inside) && this.saysSo(each, call));
  }

  /** All that every run makes. */
  certain(): { name: string; line: number }[] {
    return this.lines.flatMap(({ functions, marks, reached }, i) => {
      if (!reached) return [];
      const own = [...functions].filter(name => this.isSyscall(name) && !otherwiseNamed.has(name) && !marks.has(name));
      const marked = [...marks].flatMap(([name, { always }]) => (always ? [name] : []));
      return [...own, ...marked].map(name => ({ name, line: i + 1 }));
    });
  }

  private saysSo({ functions, marks }: MarkedLine, call: string): boolean {
    const names = [call, ...sameCalls.filter(group => group.includes(call)).flat()];
    return (
      names.some(name => marks.has(name) || (functions.has(name) && !otherwiseNamed.has(name))) ||
      [...functions].some(name => alsoMade[name]?.split(' ').some(made => names.includes(made)))
    );
  }
}

/** Whether two names are of one call. */
export function isSameCall(a: string, b: string): boolean {
  return a === b || sameCalls.some(group => group.includes(a) && group.includes(b));
}

function readLines(source: string): MarkedLine[] {
  const code = withoutCommentsAndTexts(source).split('\n');
  const comments = commentsOf(source).split('\n');
  const macros = new Map<string, { functions: Set<string>; marks: Map<string, { always: boolean }> }>();
  let inside = '';
  let macro = '';
  return code.map((text, i) => {
    const head = /^(?:[a-z_][\w ]*[ *])?\**(\w+)\(/.exec(text);
    if (head?.[1] !== undefined && !text.trimEnd().endsWith(';')) inside = head[1];
    const functions = new Set([...text.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map(match => match[1] ?? ''));
    if (/(?:\]|[.>]\s*\w+)\s*\(/.test(text)) functions.add('');
    for (const [, name = ''] of text.matchAll(/\bSYS_(\w+)/g)) functions.add(name);
    // An arrow in prose marks nothing.
    const marks = marksOf(text.trim() === '' ? '' : (comments[i] ?? ''));
    const defined = /^#define (\w+)\(/.exec(text)?.[1];
    if (defined !== undefined) macro = defined;
    if (macro !== '') {
      const known = macros.get(macro) ?? { functions: new Set(), marks: new Map() };
      functions.forEach(name => known.functions.add(name));
      marks.forEach((mark, name) => known.marks.set(name, mark));
      macros.set(macro, known);
      if (!text.trimEnd().endsWith('\\')) macro = '';
      return { functions: new Set<string>(), marks: new Map<string, { always: boolean }>(), reached: true, inside: '' };
    }
    for (const name of [...functions]) {
      macros.get(name)?.functions.forEach(used => functions.add(used));
      macros.get(name)?.marks.forEach((mark, call) => marks.set(call, mark));
    }
    const line = { functions, marks, reached: !/not reached/.test(comments[i] ?? ''), inside };
    if (text.startsWith('}') || / \{.*\}$/.test(text.trimEnd())) inside = text.startsWith(' ') ? inside : '';
    return line;
  });
}

function marksOf(comment: string): Map<string, { always: boolean }> {
  const marks = new Map<string, { always: boolean }>();
  for (const [, names = ''] of comment.matchAll(/→ (\w+\??(?:, \w+\??)*)/g))
    for (const name of names.split(', ')) marks.set(name.replace('?', ''), { always: !name.endsWith('?') });
  return marks;
}

const notCode = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[^]*?\*\/|\/\/[^\n]*/g;

function withoutCommentsAndTexts(source: string): string {
  return source.replace(notCode, text => text.replace(/[^\n]/g, ' '));
}

function commentsOf(source: string): string {
  let comments = '';
  let at = 0;
  for (const match of source.matchAll(notCode)) {
    comments += source.slice(at, match.index).replace(/[^\n]/g, ' ');
    comments += match[0].startsWith('/') ? match[0] : match[0].replace(/[^\n]/g, ' ');
    at = match.index + match[0].length;
  }
  return comments + source.slice(at).replace(/[^\n]/g, ' ');
}

function each(functions: string, calls: string): Record<string, string> {
  return Object.fromEntries(functions.split(' ').map(name => [name, calls]));
}
