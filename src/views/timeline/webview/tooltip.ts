/** What lies under the pointer, in words: at once what is known, and the whole call a moment later. */

import {
  SliceFlag,
  syscallClasses,
  type EventWords,
  type HandlerMark,
  type Row,
  type WindowSlices,
} from '../protocol.js';
import type { Context } from './context.js';
import { callWords } from './drawer/callWords.js';
import { h, setHidden } from './dom.js';
import { formatCount, formatDuration } from './format.js';
import type { Hit } from './lanes/hitTest.js';
import { callHead, callResult } from './lanes/labels.js';
import { laneLabel } from './lanes/names.js';
import type { LaneList } from './lanes/laneList.js';
import type { WindowData } from './lanes/windowData.js';

/** The pointer rests this long before the host is asked for the whole call. */
const restMs = 90;

export class Tooltip {
  readonly element = h('div', { class: 'tooltip', attributes: { 'aria-hidden': 'true', hidden: '' } });
  #key = '';
  #timer = 0;

  constructor(
    private readonly context: Context,
    private readonly data: WindowData,
    private readonly lanes: LaneList,
  ) {}

  get shown(): boolean {
    return !this.element.hidden;
  }

  hide(): void {
    window.clearTimeout(this.#timer);
    this.#key = '';
    setHidden(this.element, true);
  }

  point(hit: Hit | undefined, clientX: number, clientY: number): void {
    const { slices } = this.data;
    if (!hit || hit.kind === 'lane' || !slices) return this.hide();
    const key = this.#keyOf(hit, slices);
    if (key !== this.#key) {
      this.#key = key;
      window.clearTimeout(this.#timer);
      this.#show(this.#lines(hit, slices), hit.lane.index);
      const row = singleRow(hit, slices);
      if (row !== undefined) this.#timer = window.setTimeout(() => void this.#complete(row, hit, slices, key), restMs);
    }
    this.#place(clientX, clientY);
  }

  #keyOf(hit: Exclude<Hit, { kind: 'lane' }>, slices: WindowSlices): string {
    switch (hit.kind) {
      case 'finding':
        return `finding ${hit.mark.finding.key} ${hit.mark.step}`;
      case 'slice':
        return `slice ${slices.sliceRow[hit.slice]} ${slices.sliceCount[hit.slice]} ${slices.sliceEndNs[hit.slice]}`;
      case 'signal':
        return `signal ${hit.signal.row}`;
      case 'arrow':
        return `arrow ${hit.arrow.kind} ${hit.arrow.row}`;
      case 'zombie':
        return `zombie ${hit.zombie.thread} ${hit.zombie.endNs}`;
      case 'handler':
        return `handler ${hit.handler.row} ${hit.handler.endNs}`;
    }
  }

  #show(lines: (string | Node)[], laneIndex: number): void {
    const lane = this.lanes.at(laneIndex);
    const name = lane ? `${laneLabel(lane, this.context.t('threadName'))} ${lane.thread.tid}` : '';
    this.element.replaceChildren(
      ...lines.map((line, i) => h('div', { class: i === 0 ? 'tip-call' : 'tip-line', children: [line] })),
      h('div', { class: 'tip-lane', text: name }),
    );
    this.element.hidden = false;
  }

  #lines(hit: Exclude<Hit, { kind: 'lane' }>, slices: WindowSlices): string[] {
    const { t } = this.context;
    switch (hit.kind) {
      case 'finding': {
        const { finding, step } = hit.mark;
        const head = `${finding.severityText}: ${finding.title}`;
        const text = finding.steps[step ?? -1]?.text;
        return [head, text === undefined ? finding.message : t('findingStep', (step ?? 0) + 1, text)];
      }
      case 'slice':
        return this.#sliceLines(hit.slice, slices);
      case 'signal': {
        const { signal, count, fatal } = hit.signal;
        const arrived = t(fatal ? 'tipSignalFatal' : 'tipSignal', signal);
        return [count > 1 ? t('tipSignals', arrived, formatCount(count - 1)) : arrived];
      }
      case 'arrow': {
        const { kind, fromThread, toThread } = hit.arrow;
        const name = (thread: number) => {
          const lane = this.lanes.at(this.lanes.indexOf(thread));
          return lane ? `${laneLabel(lane, t('threadName'))} ${lane.thread.tid}` : '?';
        };
        return [kind === 'reap' ? t('tipReap', name(toThread)) : t('tipFork', name(fromThread))];
      }
      case 'zombie': {
        const { startNs, endNs, reapedByPid } = hit.zombie;
        const duration = formatDuration(endNs - startNs);
        return [reapedByPid === null ? t('tipZombie', duration) : t('tipZombieReaped', duration, reapedByPid)];
      }
      case 'handler':
        return this.#handlerLines(hit.handler);
    }
  }

  #handlerLines({ signal, startNs, endNs, running, count, interrupted }: HandlerMark): string[] {
    const { t } = this.context;
    const duration = formatDuration(endNs - startNs);
    if (count > 1) return [t('tipHandlers', signal, formatCount(count), duration)];
    const ran = t(running ? 'tipHandlerRuns' : 'tipHandler', signal, duration);
    if (interrupted === null) return [ran];
    return [ran, t(interrupted === 'restarted' ? 'tipHandlerRestarted' : 'tipHandlerFailed')];
  }

  #sliceLines(i: number, slices: WindowSlices): string[] {
    const { t } = this.context;
    const flags = slices.sliceFlags[i] ?? 0;
    const duration = formatDuration((slices.sliceEndNs[i] ?? 0) - (slices.sliceStartNs[i] ?? 0));
    if ((flags & SliceFlag.Merged) !== 0) {
      const name = syscallClasses[slices.sliceClass[i] ?? 0] ?? 'other';
      const merged = t('tipMerged', formatCount(slices.sliceCount[i] ?? 0), duration, t(`class.${name}`));
      return (flags & SliceFlag.Failed) !== 0 ? [merged, t('tipFailed')] : [merged];
    }
    return [callHead(slices, i) + callResult(slices, i), this.#timing(flags, duration)];
  }

  #timing(flags: number, duration: string): string {
    const { t } = this.context;
    if ((flags & SliceFlag.NoReturn) !== 0) return t('tipNoReturn');
    if ((flags & SliceFlag.Open) !== 0) return t('tipOpen', duration);
    return t((flags & SliceFlag.Blocked) !== 0 ? 'tipWaited' : 'tipTook', duration);
  }

  async #complete(row: Row, hit: Exclude<Hit, { kind: 'lane' }>, slices: WindowSlices, key: string): Promise<void> {
    try {
      const event = await this.context.host.latest('tooltip', 'event', { row });
      if (!event || key !== this.#key) return;
      const { call }: EventWords = event.words;
      this.#show([callWords(call), ...this.#lines(hit, slices).slice(1)], hit.lane.index);
    } catch {
      // The short form stays: a tooltip is not worth an error message.
    }
  }

  /** Beside the pointer, flipped at the borders. */
  #place(clientX: number, clientY: number): void {
    const { offsetWidth, offsetHeight } = this.element;
    const x = Math.max(4, Math.min(clientX + 14, innerWidth - offsetWidth - 6));
    const below = clientY + 18;
    const y = below + offsetHeight + 4 > innerHeight ? Math.max(4, clientY - offsetHeight - 10) : below;
    this.element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}

function singleRow(hit: Hit, slices: WindowSlices): Row | undefined {
  if (hit.kind === 'slice' && ((slices.sliceFlags[hit.slice] ?? 0) & SliceFlag.Merged) === 0)
    return slices.sliceRow[hit.slice];
  return hit.kind === 'signal' ? hit.signal.row : undefined;
}
