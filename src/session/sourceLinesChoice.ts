/**
 * Whether a run is recorded with stacks. The setting decides; `auto` weighs: a C file that is compiled here is recorded with them until
 * a run has shown that they cost too much; a ready-made program, which may be big and without debug information, once somebody asked.
 * What somebody asked for or a run has shown is remembered for that target.
 */

import { Uri, type Memento } from 'vscode';
import { pathOf, type LaunchTarget } from './launchTarget.js';
import { readSettings } from './settings.js';

const memoryKey = 'syscape.sourceLinesOfTargets';
const rememberedTargets = 100;

/** `wanted`: by somebody, who is told when it can't be; `if-possible`: nobody asked. */
export type StackWish = 'no' | 'if-possible' | 'wanted';

/** Target (as JSON) and choice, the newest last. */
type Choice = [target: string, sourceLines: boolean];

export class SourceLinesChoice {
  constructor(private readonly memory: Memento) {}

  of(target: LaunchTarget): StackWish {
    const { sourceLines } = readSettings(Uri.file(pathOf(target)));
    if (sourceLines !== 'auto') return wish(sourceLines === 'on');
    const key = JSON.stringify(target);
    const [, chosen] = this.#choices.find(([known]) => known === key) ?? [];
    if (chosen !== undefined) return wish(chosen);
    return target.kind === 'source' ? 'if-possible' : 'no';
  }

  async remember(target: LaunchTarget, sourceLines: boolean): Promise<void> {
    const key = JSON.stringify(target);
    const others = this.#choices.filter(([known]) => known !== key);
    await this.memory.update(memoryKey, [...others, [key, sourceLines] satisfies Choice].slice(-rememberedTargets));
  }

  get #choices(): Choice[] {
    return this.memory.get<Choice[]>(memoryKey, []);
  }
}

function wish(wanted: boolean): StackWish {
  return wanted ? 'wanted' : 'no';
}
