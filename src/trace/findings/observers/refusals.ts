/** Calls that were refused because the process lacks a privilege: those where EPERM or EACCES means just that (capabilities(7)). */

import type { CallRecord } from 'strace-parser';
import type { EventPlace, Model } from '../../model/model.js';

export interface Refusal extends EventPlace {
  atNs: number;
  call: string;
  capability: string;
}

const capabilities: readonly [calls: RegExp, capability: string][] = [
  [/^set(re|res|fs)?uid(32)?$/, 'CAP_SETUID'],
  [/^set((re|res|fs)?gid|groups)(32)?$/, 'CAP_SETGID'],
  [/^(unshare|setns|pivot_root|fanotify_init)$/, 'CAP_SYS_ADMIN'],
  [/^chroot$/, 'CAP_SYS_CHROOT'],
  [/^mknod(at)?$/, 'CAP_MKNOD'],
  [/^(prlimit64|setrlimit)$/, 'CAP_SYS_RESOURCE'],
];
/** Ports below are the system's: ip_unprivileged_port_start is 1024 unless somebody set it. */
const firstFreePort = 1024;

export class Refusals implements Model {
  readonly all: Refusal[] = [];

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EPERM' || (errno === 'EACCES' && syscall === 'bind');
  }

  failed(record: CallRecord, place: EventPlace): void {
    const capability = record.errno === 'EPERM' ? neededFor(record) : neededToBind(record);
    if (capability !== null) this.all.push({ ...place, atNs: record.startNs, call: record.name, capability });
  }
}

function neededFor(record: CallRecord): string | null {
  const { name } = record;
  if (name === 'socket')
    return /SOCK_RAW|AF_PACKET/.test(record.argumentText(0) + record.argumentText(1)) ? 'CAP_NET_RAW' : null;
  if (name.startsWith('clone')) return 'CAP_SYS_ADMIN'; // for a namespace: other clones are never refused so
  return capabilities.find(([calls]) => calls.test(name))?.[1] ?? null;
}

function neededToBind(record: CallRecord): string | null {
  const port = Number(/sin6?_port=htons\((\d+)\)/.exec(record.argumentText(1))?.[1]);
  return port > 0 && port < firstFreePort ? 'CAP_NET_BIND_SERVICE' : null;
}
