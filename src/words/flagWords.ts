/** Flags and signals one by one, and what a clone's flags mean for the child. */

import type { EventDetail } from '../trace/api.js';
import { cloneSharing, flagMeaning, type CloneSharing } from '../trace/knowledge/flags.js';
import { signalInfo, type SignalAction } from '../trace/knowledge/signals.js';
import type { WordRow } from './factWords.js';
import type { Translate } from './translate.js';

/** Strings and annotations hold words that only look like flags. */
const quoted = /"(?:[^"\\]|\\.)*"|<[^<>]*>/g;
const flagLike = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\bSIG[A-Z0-9]+\b/g;
const mostFlags = 16;

/** A row for each flag of an argument that something is known of, in the order in which strace prints them. */
export function flagRows(syscall: string, argument: string, t: Translate): WordRow[] {
  const names = new Set([...argument.replace(quoted, '').matchAll(flagLike)].map(match => match[0]));
  const rows: WordRow[] = [];
  for (const name of names) {
    const meaning = flagMeaning(syscall, name);
    if (meaning !== undefined && rows.length < mostFlags) rows.push({ label: name, text: t(meaning) });
  }
  return rows;
}

const parts: Record<CloneSharing['part'], (t: Translate) => string> = {
  memory: t => t('memory'),
  files: t => t('descriptors'),
  fs: t => t('working directory and umask'),
  signalHandlers: t => t('signal handlers'),
  threadGroup: t => t('thread group'),
  semaphoreUndo: t => t('semaphore undo list'),
  ioContext: t => t('I/O context'),
};

/** What a new process or thread shares with its creator and what it has of its own; [] for other calls. */
export function sharingRows(detail: EventDetail, t: Translate): WordRow[] {
  if (!/^(?:fork|vfork|clone3?)$/.test(detail.name) || detail.errno !== '') return [];
  const told = detail.facts.find(fact => fact.kind === 'cloneFlags')?.flags ?? [];
  if (told.length === 0 && detail.name.startsWith('clone')) return [];
  const flags = detail.name === 'vfork' ? ['CLONE_VM', 'CLONE_VFORK', ...told] : told;
  const sharing = cloneSharing(flags);
  const list = (child: CloneSharing['child']): string =>
    sharing
      .filter(part => part.child === child)
      .map(part => parts[part.part](t))
      .join(', ');
  return [
    { label: t('Shared'), text: list('shared') },
    { label: t('Copied'), text: list('copied') },
  ].filter(row => row.text !== '');
}

const actions: Record<SignalAction, (t: Translate) => string> = {
  term: t => t('By default it ends the process.'),
  core: t => t('By default it ends the process with a core dump.'),
  stop: t => t('By default it stops the process.'),
  cont: t => t('By default it continues a stopped process.'),
  ignore: t => t('By default it is ignored.'),
};

export function signalRows(detail: EventDetail, t: Translate): WordRow[] {
  const info = detail.kind === 'signal' ? signalInfo(detail.name) : undefined;
  return info ? [{ label: t('Meaning'), text: `${t(info.meaning)} ${actions[info.action](t)}` }] : [];
}
