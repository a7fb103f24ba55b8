/** Where a process's time went, in words, and what of it is the tracer's. */

import type { ProcessTime } from '../trace/accountsApi.js';
import type { TimeSplit, TracerOverhead } from '../trace/modelApi.js';
import { countText, durationText } from './quantities.js';
import type { Translate } from './translate.js';

export interface TimeShare {
  state: keyof typeof stateOfShare;
  label: string;
  text: string;
  share: number;
}

/** Parts of the timeline's state strip, by the field of a split. */
const stateOfShare = {
  running: 'runningNs',
  inCall: 'inCallNs',
  blocked: 'blockedNs',
  stopped: 'stoppedNs',
  vforkSuspended: 'vforkSuspendedNs',
  zombie: 'zombieNs',
} as const satisfies Record<string, keyof TimeSplit>;

/** What took time, in the order of the strip's states; empty when nothing did. */
export function timeShares(time: TimeSplit, t: Translate): TimeShare[] {
  const labels: Record<TimeShare['state'], string> = {
    running: t('outside calls (running or ready)'),
    inCall: t('in calls'),
    blocked: t('blocked'),
    stopped: t('stopped'),
    vforkSuspended: t('suspended by vfork'),
    zombie: t('zombie'),
  };
  const states = Object.keys(stateOfShare) as TimeShare['state'][];
  const total = states.reduce((sum, state) => sum + time[stateOfShare[state]], 0);
  return states.flatMap(state => {
    const ns = time[stateOfShare[state]];
    return ns > 0 ? [{ state, label: labels[state], text: durationText(ns), share: ns / total }] : [];
  });
}

/** `others`: it waits for children, locks, signals or a clock. */
export type TimeClass = 'cpu' | 'io' | 'others' | 'calls' | 'mixed' | 'unknown';

const dominantShare = 0.6;

/** By where most of the time of its threads went; stops and being a zombie do not count. */
export function classifyTime(time: TimeSplit, blockedFor: ProcessTime['blockedFor']): TimeClass {
  const total = time.runningNs + time.inCallNs + time.blockedNs + time.vforkSuspendedNs;
  if (total <= 0) return 'unknown';
  const most = (ns: number): boolean => ns / total >= dominantShare;
  if (most(time.runningNs)) return 'cpu';
  if (most(time.inCallNs)) return 'calls';
  if (!blockedFor) return 'unknown';
  const waited = blockedFor.io + blockedFor.others;
  const ioNs = waited > 0 ? (time.blockedNs * blockedFor.io) / waited : 0;
  if (most(ioNs) || (ioNs > 0 && most(ioNs + time.inCallNs))) return 'io';
  return most(time.blockedNs - ioNs + time.vforkSuspendedNs) ? 'others' : 'mixed';
}

/** One or two words, for tables. */
export function timeClassWord(timeClass: TimeClass, t: Translate): string {
  switch (timeClass) {
    case 'cpu':
      return t('CPU-bound');
    case 'io':
      return t('I/O-bound');
    case 'others':
      return t('waits for others');
    case 'calls':
      return t('busy in calls');
    case 'mixed':
      return t('mixed');
    case 'unknown':
      return '';
  }
}

export function timeClassText(timeClass: TimeClass, t: Translate): string {
  switch (timeClass) {
    case 'cpu':
      return t('CPU-bound: most of its time passes outside calls.');
    case 'io':
      return t('I/O-bound: most of its time passes in input and output, or waiting for it.');
    case 'others':
      return t('Waits for others: most of its time passes until a child, a lock, a signal or a clock lets it go on.');
    case 'calls':
      return t('Busy in the kernel: most of its time passes in calls that do not wait.');
    case 'mixed':
      return t('No single thing takes most of its time.');
    case 'unknown':
      return '';
  }
}

/** What tracing took, as an estimate and said to be one; nothing is ever subtracted. '' when nothing is known. */
export function overheadText(overhead: TracerOverhead, calls: number, t: Translate): string {
  const { perCallNs, wholeNs } = overhead;
  if (perCallNs === null) return '';
  const inside = durationText(perCallNs);
  if (wholeNs === null) {
    const all = durationText(perCallNs * calls);
    return t(
      'Tracing takes about {0} of each call\u2019s time, {1} of all {2} (the fastest calls of this log).',
      inside,
      all,
      countText(calls),
    );
  }
  const all = durationText(wholeNs * calls);
  return t(
    'Tracing takes about {0} with each call, {1} with all {2}; {3} of it is inside the call\u2019s own time (measured with a known loop).',
    durationText(wholeNs),
    all,
    countText(calls),
    inside,
  );
}
