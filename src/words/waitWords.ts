/** What a call waits for, in words. */

import type { WhyBlocked } from '../trace/modelApi.js';
import type { Translate } from './translate.js';

export function reasonText({ reason, fd }: Pick<WhyBlocked, 'reason' | 'fd'>, t: Translate): string {
  const on = fd ?? -1;
  switch (reason) {
    case 'childExit':
      return t('for a child to change state');
    case 'data':
      return on < 0 ? t('for data') : t('for data on {0}', on);
    case 'space':
      return on < 0 ? t('for room to write') : t('for room to write to {0}', on);
    case 'peerOpen':
      return t('for the file to open');
    case 'connection':
      return on < 0 ? t('for a connection') : t('for a connection on {0}', on);
    case 'readiness':
      return t('for a descriptor to become ready');
    case 'futex':
      return t('to be woken');
    case 'fileLock':
      return t('for a file lock');
    case 'signal':
      return t('for a signal');
    case 'time':
      return t('for time to pass');
    case 'vforkChild':
      return t('for its vfork child to exec or exit');
    case 'unknown':
      return '';
  }
}
