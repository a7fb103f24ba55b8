/**
 * Values: what strace prints for an argument or a result, as a tree that keeps enough to print the same text again.
 */

export type Value =
  | IntValue
  | FlagsValue
  | BytesValue
  | AddressValue
  | StructValue
  | ListValue
  | SetValue
  | DescriptorValue
  | ChangeValue
  | MacroValue
  | ElidedValue
  | RawValue;

interface ValueBase {
  /** Argument or field name, when printed (`fd=3` under -N, `st_mode=…` in structs). */
  name?: string;
  /** Text of a comment that follows, without its delimiters. */
  comment?: string;
}

/** `3`, `-1`, `0644`, `8192*1024`, `32<<26`. */
export interface IntValue extends ValueBase {
  kind: 'int';
  /** Exact: bigint only beyond 2^53. */
  value: number | bigint;
  /** As printed. */
  text: string;
}

/** `O_RDWR|O_CLOEXEC|0x8`, `AF_UNIX`, `SIGCHLD`: one or more symbols or numbers joined by `|`. */
export interface FlagsValue extends ValueBase {
  kind: 'flags';
  /** Each as printed, without its comment. */
  flags: string[];
  // Under -X verbose each number has a comment of its own (`0x1 /* SOCK_STREAM */|0x80000 /* SOCK_CLOEXEC */`): by index.
  comments?: (string | undefined)[];
}

/** `"GET /"...` */
export interface BytesValue extends ValueBase {
  kind: 'bytes';
  /** The true bytes, unescaped. */
  bytes: Uint8Array;
  /** True when strace cut it (`...`). */
  cut: boolean;
  /** Between the quotes, as printed. */
  text: string;
  /** `@"…"`: an address in the abstract namespace of Unix sockets. */
  abstract?: boolean;
}

/** `0x7ffec4945390`, `NULL`. A hexadecimal number below 0x10000 is an `int`: no address is so small. */
export interface AddressValue extends ValueBase {
  kind: 'address';
  value: bigint;
  text: string;
}

/** `{st_mode=S_IFREG|0644, ...}` */
export interface StructValue extends ValueBase {
  kind: 'struct';
  fields: Value[];
  /** True when the struct ends in `...`. */
  cut: boolean;
}

/** `[1, 2, ...]`, `[{fd=3, events=POLLIN}]` */
export interface ListValue extends ValueBase {
  kind: 'list';
  items: Value[];
  cut: boolean;
}

/**
 * `[INT TERM]`, `~[RTMIN RT_1]`, `[0 2 3]`, `[10 15]`: a set of signals or descriptors, each as printed.
 * `[]` and `[3]` could be either: they are lists.
 */
export interface SetValue extends ValueBase {
  kind: 'set';
  negated: boolean;
  members: string[];
}

/** `3</etc/passwd>`, `AT_FDCWD</home/u>`, `5<TCP:[127.0.0.1:80->127.0.0.1:9]>` */
export interface DescriptorValue extends ValueBase {
  kind: 'descriptor';
  /** The number; -100 for AT_FDCWD. */
  fd: number;
  /** Number as printed: `3` or `AT_FDCWD`. */
  text: string;
  target: DescriptorTarget;
  /** Between `<` and `>`, as printed (escapes kept). */
  annotation: string;
  /** `(deleted)` stands after the annotation (since strace 5.17; before, inside). */
  deletedAfter?: true;
  /** Comment between the number and its annotation (-X verbose: AT_FDCWD after -100), without delimiters. */
  numberComment?: string;
}

export type DescriptorTarget =
  | {
      kind: 'path';
      path: string;
      deleted: boolean;
      device?: { type: 'char' | 'block'; major: number; minor: number; tty?: string };
    }
  | { kind: 'pipe' | 'socket'; inode: number }
  | {
      kind: 'inet';
      protocol: string /* TCP, TCPv6, UDP, UDPv6, … */;
      local: string;
      remote?: string;
      inode?: number;
    }
  | { kind: 'unix'; type: string /* UNIX-STREAM … */; inode: number; peerInode?: number; path?: string }
  | { kind: 'netlink'; text: string }
  | { kind: 'anon'; name: string /* eventpoll, timerfd, inotify … */ }
  | { kind: 'eventfd'; text: string; count: number }
  | { kind: 'signalfd'; signals: string[] }
  | { kind: 'pidfd'; pid: number }
  /** With -Y a pid is printed like a descriptor, with its comm: `23616<sh>`; strace's text does not tell which it is. */
  | { kind: 'other'; text: string };

/**
 * `0 => 5`, `16->0`, `{…} => {…}`: a value before and after the call. In `[16 => 0]` it is the one item of a list, because
 * strace prints what a pointer points to as a list.
 */
export interface ChangeValue extends ValueBase {
  kind: 'change';
  /** As printed, with its spaces: ` => `, or `->` before strace 5.11. */
  arrow: string;
  /** Undefined when only the new value was printed (` => {parent_tid=[7]}` of a call whose entry was not seen). */
  before: Value | undefined;
  after: Value;
}

/** `makedev(0x1, 0x3)`, `htons(80)`, `inet_addr("127.0.0.1")`, `WIFEXITED(s) && WEXITSTATUS(s) == 3`. */
export interface MacroValue extends ValueBase {
  kind: 'macro';
  /** Name before the first parenthesis. */
  macro: string;
  /** Arguments of that first macro. */
  args: Value[];
  /** The whole expression, as printed. */
  text: string;
}

/** `...` */
export interface ElidedValue extends ValueBase {
  kind: 'elided';
}

/** Anything else, as printed. */
export interface RawValue extends ValueBase {
  kind: 'raw';
  text: string;
}
