/** What a call waits for, by its name. */

import type { WhyBlocked } from '../../modelApi.js';

const waitCalls = /^(wait4|waitpid|waitid)$/;
export const readCalls = /^(p?readv?(64|2)?|recv(from|m?msg)?|recvmmsg_time64|mq_timedreceive(_time64)?)$/;
export const writeCalls = /^(p?writev?(64|2)?|vmsplice|sendm?msg|send(to)?|mq_timedsend(_time64)?)$/;
export const openCalls = /^(open(at2?)?|creat)$/;
export const multiplexers = /^(epoll_p?wait2?|p?poll|p?select6?|_newselect)$/;

export function reasonOf(name: string): WhyBlocked['reason'] {
  if (waitCalls.test(name)) return 'childExit';
  if (multiplexers.test(name)) return 'readiness';
  if (readCalls.test(name)) return 'data';
  if (writeCalls.test(name)) return 'space';
  return reasons[name] ?? 'unknown';
}

const reasons: Readonly<Record<string, WhyBlocked['reason']>> = {
  futex: 'futex',
  futex_time64: 'futex',
  flock: 'fileLock',
  fcntl: 'fileLock',
  fcntl64: 'fileLock',
  accept: 'connection',
  accept4: 'connection',
  connect: 'connection',
  open: 'peerOpen',
  openat: 'peerOpen',
  nanosleep: 'time',
  clock_nanosleep: 'time',
  pause: 'signal',
  rt_sigsuspend: 'signal',
  rt_sigtimedwait: 'signal',
  sigsuspend: 'signal',
  vfork: 'vforkChild',
  msgrcv: 'data',
  msgsnd: 'space',
  mq_timedreceive: 'data',
  mq_timedsend: 'space',
  semop: 'futex',
  semtimedop: 'futex',
};
