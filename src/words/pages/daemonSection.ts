/** The checklist of becoming a daemon, each step ticked at the call that took it (daemon(7)). */

import type { DaemonStep } from '../../trace/accountsApi.js';
import type { Translate } from '../translate.js';
import { cell, linked, type PageSection } from './page.js';

export function daemonSection(steps: readonly DaemonStep[] | null, t: Translate): PageSection[] {
  if (!steps) return [];
  return [
    {
      id: 'daemon',
      kind: 'steps',
      title: t('Steps of a daemon'),
      steps: steps.map(({ step, row }) => ({
        done: row !== null,
        cell: row === null ? cell(stepText(step, t), { tone: 'dim' }) : linked(stepText(step, t), row),
      })),
    },
  ];
}

function stepText(step: DaemonStep['step'], t: Translate): string {
  switch (step) {
    case 'fork':
      return t('fork, and the parent exits: the shell goes on, and the child leads no group');
    case 'session':
      return t('setsid: a session of its own, without a terminal');
    case 'secondFork':
      return t('fork again, and the leader exits: no terminal can be acquired any more');
    case 'folder':
      return t('chdir: keep no file system busy');
    case 'umask':
      return t('umask: the modes of new files are its own');
    case 'descriptors':
      return t('0, 1 and 2 closed or sent elsewhere');
  }
}
