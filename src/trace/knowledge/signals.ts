/**
 * The signals: number on x86-64 and arm64, what they do by default, and what they are for (signal(7)).
 *
 * Most numbers up to 15 are the same everywhere (not SIGBUS, SIGUSR1, SIGUSR2); MIPS, Alpha, SPARC and PA-RISC
 * number some differently, so a trace is read by names. Real-time signals: the kernel's first is 32, and strace counts
 * from there (`SIGRTMIN`, `SIGRT_1` …), while glibc keeps 32 and 33 for its threads, so a program's SIGRTMIN is 34.
 */

/** `term`: ends the process, `core`: ends it with a core dump, `stop`, `cont`: continues it when stopped, `ignore`. */
export type SignalAction = 'term' | 'core' | 'stop' | 'cont' | 'ignore';

export interface SignalInfo {
  name: string;
  number: number;
  action: SignalAction;
  /** One sentence. */
  meaning: string;
  /** It queues and carries a value; standard signals merge while one is pending. */
  realTime: boolean;
  /** What a C program calls it, where that is another name: `SIGRTMIN+2` for SIGRT_4; '' for the two that glibc keeps. */
  glibcName?: string;
}

const standard: Record<string, readonly [number: number, action: SignalAction, meaning: string]> = {
  SIGHUP: [1, 'term', 'Says that the terminal is gone; daemons take it as a wish to read their settings again.'],
  SIGINT: [2, 'term', 'Interrupts the program: Ctrl-C.'],
  SIGQUIT: [3, 'core', 'Quits the program with a core dump, as Ctrl-\\ does.'],
  SIGILL: [4, 'core', 'Says that an instruction is not valid.'],
  SIGTRAP: [5, 'core', 'Says that a breakpoint or a traced step was reached.'],
  SIGABRT: [6, 'core', 'Ends a program that gave up by itself with abort.'],
  SIGBUS: [7, 'core', 'Says that memory has nothing behind it, as past the end of a mapped file.'],
  SIGFPE: [8, 'core', 'Says that arithmetic failed, as in a division by zero.'],
  SIGKILL: [9, 'term', 'Kills; it cannot be caught, held back or ignored.'],
  SIGUSR1: [10, 'term', 'Means what the program chooses.'],
  SIGSEGV: [11, 'core', 'Says that memory was used that is not mapped or not allowed so.'],
  SIGUSR2: [12, 'term', 'Means what the program chooses, too.'],
  SIGPIPE: [13, 'term', 'Says that it wrote to a pipe or socket that nobody reads.'],
  SIGALRM: [14, 'term', 'Says that the timer of alarm or setitimer ran out.'],
  SIGTERM: [15, 'term', 'Asks the program to end.'],
  SIGSTKFLT: [16, 'term', 'Was for stack faults of a coprocessor and is not used.'],
  SIGCHLD: [17, 'ignore', 'Says that a child has ended, stopped or continued.'],
  SIGCONT: [18, 'cont', 'Continues the process if it is stopped.'],
  SIGSTOP: [19, 'stop', 'Stops the process; it cannot be caught, held back or ignored.'],
  SIGTSTP: [20, 'stop', 'Stops the program from the terminal: Ctrl-Z.'],
  SIGTTIN: [21, 'stop', 'Stops a background process that reads from the terminal.'],
  SIGTTOU: [22, 'stop', 'Stops a background process that writes to or sets up the terminal.'],
  SIGURG: [23, 'ignore', 'Says that urgent data reached a socket.'],
  SIGXCPU: [24, 'core', 'Says that the limit on processor time is reached.'],
  SIGXFSZ: [25, 'core', 'Says that a file would grow past the size limit.'],
  SIGVTALRM: [26, 'term', "Says that a timer of the process's own processor time ran out."],
  SIGPROF: [27, 'term', 'Says that a profiling timer ran out.'],
  SIGWINCH: [28, 'ignore', 'Says that the terminal window changed its size.'],
  SIGIO: [29, 'term', 'Says that input or output is possible.'],
  SIGPWR: [30, 'term', 'Says that the power fails.'],
  SIGSYS: [31, 'core', 'Says that a system call is not allowed, as by a seccomp filter.'],
};

const synonyms: Record<string, string> = { SIGPOLL: 'SIGIO', SIGIOT: 'SIGABRT', SIGCLD: 'SIGCHLD' };

const kernelFirst = 32;
const kernelLast = 64;
const glibcFirst = 34;

function realTime(name: string, number: number): SignalInfo {
  const reserved = number < glibcFirst;
  return {
    name,
    number,
    action: 'term',
    meaning: reserved
      ? 'Is kept by the C library for its threads: cancelling them and changing ids in all of them.'
      : 'Means what the program chooses; it queues and can carry a value.',
    realTime: true,
    glibcName: reserved
      ? ''
      : number === glibcFirst
        ? 'SIGRTMIN'
        : number === kernelLast
          ? 'SIGRTMAX'
          : `SIGRTMIN+${number - glibcFirst}`,
  };
}

/**
 * A signal by the name that strace prints (`SIGCHLD`, `SIGRTMIN` for 32, `SIGRT_2` for 34, `SIGRTMAX` for 64; in a set
 * without `SIG`: `CHLD`, `RT_2`); undefined when there is none.
 */
export function signalInfo(name: string): SignalInfo | undefined {
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  const known = synonyms[full] ?? full;
  const row = Object.hasOwn(standard, known) ? standard[known] : undefined;
  if (row !== undefined) return { name: known, number: row[0], action: row[1], meaning: row[2], realTime: false };
  const offset =
    full === 'SIGRTMIN'
      ? 0
      : full === 'SIGRTMAX'
        ? kernelLast - kernelFirst
        : Number(/^SIGRT_([1-9]\d?)$/.exec(full)?.[1] ?? NaN);
  const number = kernelFirst + offset;
  return number <= kernelLast ? realTime(full, number) : undefined;
}

/** Names of signals 1 to 31, in the order of their numbers. */
export function standardSignals(): string[] {
  return Object.keys(standard);
}
