/** Facts of the process model about an event, a line each. */

import type { EventDetail, EventFact, EventLink } from '../trace/api.js';
import { exitWords } from './processWords.js';
import { durationText } from './quantities.js';
import type { Translate } from './translate.js';

export interface WordRow {
  label: string;
  text: string;
  row?: number;
  code?: boolean;
}

/** null when another row says it already. */
export function factRow(fact: EventFact, detail: EventDetail, t: Translate): WordRow | null {
  switch (fact.kind) {
    case 'createdProcess':
      return { label: t('New process'), text: String(fact.pid) };
    case 'createdThread':
      return { label: t('New thread'), text: t('{0}, in the same process', fact.tid) };
    case 'reaped':
      return { label: t('Reaped'), text: reapedText(fact, t) };
    case 'waitStatus':
      return { label: t('Status'), text: fact.text, code: true };
    case 'exec':
      return { label: t('Runs'), text: fact.image === '' ? t('another program') : fact.image, code: fact.image !== '' };
    case 'exited':
      return { label: detail.tid === detail.pid ? t('Process') : t('Thread'), text: exitWords(fact.status, t) };
    case 'signal':
      return {
        label: t('Signal details'),
        text: fact.fields.map(field => `${field.name}=${field.text}`).join(', '),
        code: true,
      };
    case 'resumed':
      return { label: t('Goes on'), text: t('with the call that a signal had interrupted (restart_syscall)') };
    case 'cloneFlags':
    case 'neverReturned':
    case 'restarts':
      return null;
  }
}

function reapedText(fact: Extract<EventFact, { kind: 'reaped' }>, t: Translate): string {
  const who = fact.status ? t('{0}: {1}', fact.pid, exitWords(fact.status, t)) : String(fact.pid);
  return fact.zombieNs > 0 ? t('{0}, a zombie for {1}', who, durationText(fact.zombieNs)) : who;
}

const kinds: Record<EventLink['kind'], (t: Translate) => string> = {
  fork: t => t('creation'),
  reap: t => t('reap'),
  exit: t => t('exit'),
  signal: t => t('signal'),
  wake: t => t('wake-up'),
  data: t => t('data'),
  eof: t => t('end of file'),
  ready: t => t('readiness'),
  connect: t => t('connection'),
  pass: t => t('descriptor passed'),
  lock: t => t('lock'),
};

/** A cause or effect as a link: `Caused by: write in 2010 (data), 35 µs before`. */
export function linkRow(link: EventLink, detail: EventDetail, t: Translate): WordRow {
  const gapNs = link.relation === 'cause' ? detail.startNs - link.atNs : link.atNs - detail.startNs;
  const what = kinds[link.kind](t);
  const text =
    gapNs <= 0
      ? t('{0} in {1} ({2})', link.name, link.pid, what)
      : link.relation === 'cause'
        ? t('{0} in {1} ({2}), {3} before', link.name, link.pid, what, durationText(gapNs))
        : t('{0} in {1} ({2}), {3} after', link.name, link.pid, what, durationText(gapNs));
  return { label: link.relation === 'cause' ? t('Caused by') : t('Leads to'), text, row: link.row };
}
