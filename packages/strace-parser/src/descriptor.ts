/**
 * What stands in a descriptor's `<…>`: a path, a pipe, a socket with its endpoints, an anonymous inode.
 *
 * Formats differ by version: ≤5.10 prints `(null):[x->y]` for sockets, ≤5.16 ` (deleted)` inside, -xx escapes everything.
 */

import { unescape } from './escapes.js';
import { decode } from './utf8.js';
import type { DescriptorTarget } from './values.js';

const device = /^(.*)<(char|block) (\d+):(\d+)(?: @(.+))?>$/s;
const inode = /^(pipe|socket):\[(\d+)\]$/;
const unix = /^(UNIX[A-Z-]*|\(null\)):\[(\d+)(?:->(\d+))?(?:,(@?)"(.*)")?\]$/s;
const network = /^((?:TCP|UDP|UDPLITE|UDP-Lite|DCCP|SCTP|L2TP|L2TP\/IP|PING|RAW|ICMP|MPTCP)(?:v6)?):\[(.*)\]$/s;
const netlink = /^NETLINK:\[(.*)\]$/s;
const anonymous = /^anon_inode:\[?([^\]]*)\]?$/;
const eventfd = /^\{eventfd-count=(0x[0-9a-f]+|\d+).*\}$/s;
const signalfd = /^signalfd:\[(.*)\]$/s;
const pidfd = /^pid:(-?\d+)$/;

/**
 * @param annotation between `<` and `>`, as printed
 * @param deletedAfter `(deleted)` was printed after the `>`
 */
export function parseTarget(annotation: string, deletedAfter: boolean): DescriptorTarget {
  const text = annotation.startsWith('UNIX') ? annotation : plain(annotation);
  let match: RegExpExecArray | null;
  if ((match = inode.exec(text))) return { kind: match[1] as 'pipe' | 'socket', inode: Number(match[2]) };
  if ((match = unix.exec(text))) {
    return {
      kind: 'unix',
      type: match[1] as string,
      inode: Number(match[2]),
      ...(match[3] !== undefined && { peerInode: Number(match[3]) }),
      ...(match[5] !== undefined && { path: (match[4] as string) + plain(match[5]) }),
    };
  }
  if ((match = network.exec(text)))
    return { kind: 'inet', protocol: match[1] as string, ...endpoints(match[2] as string) };
  if ((match = netlink.exec(text))) return { kind: 'netlink', text: match[1] as string };
  if ((match = eventfd.exec(text))) return { kind: 'eventfd', text, count: Number(match[1]) };
  if ((match = signalfd.exec(text))) return { kind: 'signalfd', signals: signals(match[1] as string) };
  if ((match = pidfd.exec(text))) return { kind: 'pidfd', pid: Number(match[1]) };
  if ((match = anonymous.exec(text))) return { kind: 'anon', name: match[1] as string };
  return path(text, deletedAfter);
}

function plain(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = unescape(text);
  return decode(bytes, 0, bytes.length);
}

function path(text: string, deletedAfter: boolean): DescriptorTarget {
  const special = device.exec(text);
  const name = special ? (special[1] as string) : text;
  const deletedInside = name.endsWith(' (deleted)');
  if (!name.startsWith('/')) return { kind: 'other', text };
  return {
    kind: 'path',
    path: deletedInside ? name.slice(0, -' (deleted)'.length) : name,
    deleted: deletedAfter || deletedInside,
    ...(special && {
      device: {
        type: special[2] as 'char' | 'block',
        major: Number(special[3]),
        minor: Number(special[4]),
        ...(special[5] !== undefined && { tty: special[5] }),
      },
    }),
  };
}

/** `127.0.0.1:80->127.0.0.1:9`, `[::1]:80`, or the inode of a socket that has no address yet. */
function endpoints(text: string): { local: string; remote?: string; inode?: number } {
  if (/^\d+$/.test(text)) return { local: '', inode: Number(text) };
  const arrow = text.indexOf('->');
  return arrow < 0 ? { local: text } : { local: text.slice(0, arrow), remote: text.slice(arrow + 2) };
}

/** Members of a signal set; under -X verbose each is a number with its name in a comment. */
function signals(text: string): string[] {
  const named = [...text.matchAll(/\/\* (\S+) \*\//g)].map(match => match[1] as string);
  return named.length > 0 ? named : text.split(' ').filter(name => name !== '');
}
