/** Signal names as strace writes them: `SIGCHLD` in lines and calls, `CHLD` in sets. */

/** Members of a printed set with the SIG prefix; `~[…]` is everything but these. */
export interface SignalSet {
  negated: boolean;
  members: Set<string>;
}

export function parseSignalSet(text: string): SignalSet | null {
  const match = /^(~?)\[([^\]]*)\]/.exec(text);
  if (!match) return null;
  const names = match[2] === '' ? [] : match[2]!.split(' ').map(n => (n.startsWith('SIG') ? n : `SIG${n}`));
  return { negated: match[1] === '~', members: new Set(names) };
}

export function contains(set: SignalSet, signal: string): boolean {
  return set.members.has(signal) !== set.negated;
}

const uncatchable: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSTOP']);

/** Union, as SIG_BLOCK does. */
export function union(a: SignalSet, b: SignalSet): SignalSet {
  if (!a.negated && !b.negated) return { negated: false, members: new Set([...a.members, ...b.members]) };
  if (a.negated && b.negated) return { negated: true, members: intersect(a.members, b.members) };
  const [all, some] = a.negated ? [a, b] : [b, a];
  return { negated: true, members: minus(all.members, some.members) };
}

/** What SIG_UNBLOCK leaves of `a`. */
export function without(a: SignalSet, b: SignalSet): SignalSet {
  if (!a.negated)
    return { negated: false, members: b.negated ? intersect(a.members, b.members) : minus(a.members, b.members) };
  if (b.negated) return { negated: false, members: minus(b.members, a.members) };
  return { negated: true, members: new Set([...a.members, ...b.members]) };
}

/** The blocked signals by name; a negated set is listed as `~SIGTERM …`. SIGKILL and SIGSTOP are never blocked. */
export function list(set: SignalSet): string[] {
  const names = [...set.members].filter(s => !uncatchable.has(s)).sort();
  return set.negated ? names.map(n => `~${n}`) : names;
}

/** Whether a thread can block it. */
export function isBlockable(signal: string): boolean {
  return !uncatchable.has(signal);
}

/** Ignored unless the program says something else (signal(7)). */
export const ignoredByDefault: ReadonlySet<string> = new Set(['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT']);

const numbered =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ ' +
  'VTALRM PROF WINCH IO PWR SYS';
const names = numbered.split(' ').map(name => `SIG${name}`);

/** Name of a signal's number on x86, Arm and RISC-V. */
export function signalNamed(number: number): string {
  if (number <= names.length) return names[number - 1] ?? '';
  return number === 32 ? 'SIGRTMIN' : `SIGRT_${number - 32}`;
}

function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter(x => b.has(x)));
}

function minus(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter(x => !b.has(x)));
}
