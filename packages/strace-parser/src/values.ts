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
  flags: string[];
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
}

/** `0x7ffec4945390`, `NULL`. */
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

/** `[INT TERM]`, `~[RTMIN RT_1]`, `[0 2 3]`: a set of signals or descriptors. */
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
}

export type DescriptorTarget =
  | { kind: 'path'; path: string; deleted: boolean; device?: { type: 'char' | 'block'; major: number; minor: number; tty?: string } }
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
  | { kind: 'other'; text: string };

/** `[0 => 5]`, `[16->0]`, `{…} => {…}`: a value before and after the call. */
export interface ChangeValue extends ValueBase {
  kind: 'change';
  /** `=>` or `->`, and whether the pair stands in brackets: needed to print it again. */
  before: Value | undefined;
  after: Value;
}

/** `makedev(0x1, 0x3)`, `htons(80)`, `inet_addr("127.0.0.1")`, `WIFEXITED(s) && WEXITSTATUS(s) == 3`. */
export interface MacroValue extends ValueBase {
  kind: 'macro';
  macro: string;
  args: Value[];
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
