/** What a call's result means in words: by the kind of its return value, or why it failed. Right by the man pages. */

import type { EventDetail } from '../trace/api.js';
import type { SyscallInfo } from '../trace/knowledge/syscallInfo.js';
import { errnoInfo } from '../trace/knowledge/errnos.js';
import { bytesText, countText } from './quantities.js';
import type { Translate } from './translate.js';

const readers: ReadonlySet<string> = new Set(['read', 'pread64', 'readv', 'preadv', 'preadv2']);
const receivers: ReadonlySet<string> = new Set(['recv', 'recvfrom', 'recvmsg']);
const readiness: ReadonlySet<string> = new Set([
  'select',
  'pselect6',
  '_newselect',
  'poll',
  'ppoll',
  'epoll_wait',
  'epoll_pwait',
  'epoll_pwait2',
]);
const creators: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3']);
const waits: ReadonlySet<string> = new Set(['wait4', 'waitpid']);

/** '' when there is nothing to say beyond the value itself. */
export function resultWords(detail: EventDetail, info: SyscallInfo | undefined, t: Translate): string {
  const value = detail.returnValue;
  if (detail.facts.some(fact => fact.kind === 'neverReturned')) return t('it never returned');
  if (detail.endNs === null && detail.returnText === '') return t('it has not returned yet');
  const error = errnoInfo(detail.errno);
  if (error?.restart) return t(error.meaning);
  if (detail.errno !== '') return failureWords(detail, t);
  if (value === null) return '';
  if (creators.has(detail.name)) return value === 0 ? t('this is the child') : t('the child is {0}', value);
  if (waits.has(detail.name))
    return value === 0 ? t('no child has changed its state yet (WNOHANG)') : t('child {0}', value);
  if (readiness.has(detail.name)) return readinessWords(value, t);
  return valueWords(detail, value, info, t);
}

function readinessWords(value: number, t: Translate): string {
  if (value === 0) return t('nothing became ready before the timeout');
  return value === 1 ? t('1 descriptor is ready') : t('{0} descriptors are ready', countText(value));
}

function failureWords(detail: EventDetail, t: Translate): string {
  const text = /\(([^()]*)\)/.exec(detail.returnText.slice(detail.returnText.indexOf(detail.errno)))?.[1];
  const injected = detail.returnText.includes('(INJECTED') ? ` ${t('(made by strace, not by the kernel)')}` : '';
  return (text ? t('failed with {0}: {1}', detail.errno, text) : t('failed with {0}', detail.errno)) + injected;
}

function valueWords(detail: EventDetail, value: number, info: SyscallInfo | undefined, t: Translate): string {
  switch (info?.returns) {
    case 'zero':
      return value === 0 ? t('succeeded') : t('returned {0}', value);
    case 'fd':
      return t('descriptor {0}', value);
    case 'bytes':
      return bytesWords(detail, value, t);
    case 'pid':
      return t('number {0}', value);
    case 'count':
    case 'id':
    case 'value':
      return info.result === undefined ? countText(value) : t('{0}: {1}', countText(value), t(info.result));
    case 'address':
      return t('address {0}', detail.returnText.split(' ')[0] ?? '');
    case 'flags':
      return detail.returnText;
    case 'never':
    case undefined:
      return '';
  }
}

function bytesWords(detail: EventDetail, value: number, t: Translate): string {
  if (value === 0 && readers.has(detail.name)) return t('0 bytes: end of file');
  if (value === 0 && receivers.has(detail.name)) {
    return t('0 bytes: the peer has shut its side down, or sent an empty datagram');
  }
  const count = value === 1 ? t('1 byte') : t('{0} bytes', countText(value));
  const exact = value >= 1024 ? `${count} (${bytesText(value)})` : count;
  const asked = askedFor(detail);
  return asked !== null && value < asked ? t('{0} of the {1} asked for', exact, countText(asked)) : exact;
}

/** Size argument of the calls whose third argument is one. */
function askedFor(detail: EventDetail): number | null {
  if (!/^(?:p?read(?:64)?|p?write(?:64)?|recv|recvfrom|send|sendto)$/.test(detail.name)) return null;
  const text = detail.args[2]?.text ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}
