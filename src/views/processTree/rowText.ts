/** What a row shows: label, description and icon. What changes here while the trace grows is what the tree tells again. */

import { l10n } from 'vscode';
import type { ExitStatus, ProcessState } from '../../trace/api.js';
import { processName, processWords, stateWords } from '../../words/processWords.js';
import { countText } from '../../words/quantities.js';
import type { Translate } from '../../words/translate.js';
import type { TreeNode } from './treeNode.js';

export interface RowText {
  label: string;
  description: string;
  /** Codicon. */
  icon: string;
  /** Theme colour of the icon. */
  colour: string;
}

export const translate: Translate = (message, ...args) => l10n.t(message, ...args);

/** `nowNs`: end of the trace so far. */
export function rowText(node: TreeNode, nowNs: number): RowText {
  switch (node.kind) {
    case 'process': {
      const { info } = node;
      return {
        label: processName(info, translate),
        description: `${info.pid} · ${processWords(info, nowNs, translate)}`,
        ...stateIcon(info.state, info.exit),
      };
    }
    case 'thread': {
      const { name, tid, state } = node.info;
      return {
        label: name || l10n.t('thread'),
        description: `${tid} · ${stateWords({ state }, nowNs, translate)}`,
        ...stateIcon(state, null),
      };
    }
    case 'group': {
      const last = node.from + node.count - 1;
      return {
        label: node.range ? `${countText(node.from)} – ${countText(last)}` : node.name,
        description: node.range ? '' : l10n.t('{0} processes', countText(node.count)),
        icon: 'layers',
        colour: 'foreground',
      };
    }
  }
}

function stateIcon(state: ProcessState, exit: ExitStatus | null): Pick<RowText, 'icon' | 'colour'> {
  switch (state.kind) {
    case 'running':
      return { icon: 'play-circle', colour: 'charts.green' };
    case 'waiting':
      return { icon: 'watch', colour: 'charts.blue' };
    case 'stopped':
    case 'vforkSuspended':
      return { icon: 'debug-pause', colour: 'charts.yellow' };
    case 'zombie':
      return { icon: 'warning', colour: 'list.warningForeground' };
    case 'lost':
      return { icon: 'question', colour: 'disabledForeground' };
    case 'dead':
      if (exit === null) return { icon: 'circle-outline', colour: 'disabledForeground' };
      if ('signal' in exit) return { icon: 'zap', colour: 'list.errorForeground' };
      return exit.code === 0
        ? { icon: 'pass', colour: 'testing.iconPassed' }
        : { icon: 'error', colour: 'list.errorForeground' };
  }
}
