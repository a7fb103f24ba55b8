/** Calls by source line or by function, added up from the stacks that they were made from. */

import type { CallSite, CallSites } from '../api.js';
import { functionName, ownFrame } from './ownFrame.js';
import type { SourceGroup } from './sourceApi.js';
import { functionWord, lineWord } from './sourceFilter.js';
import type { ResolvedStack, SourcePlace } from './stackResolver.js';

export type SourceGrouping = 'line' | 'function';

/** `names`: what a path is called. */
export function groupSites(
  { sites, omitted }: CallSites,
  stacks: readonly ResolvedStack[],
  by: SourceGrouping,
  names: ReadonlyMap<string, string>,
): SourceGroup[] {
  const groups = new Map<string, SourceGroup>();
  const heaviestNs = new Map<SourceGroup, number>();
  for (const site of sites) {
    const [key, head] = headOf(site, stacks[site.stack], by, names);
    let group = groups.get(key);
    if (!group) {
      const sums = { calls: 0, errors: 0, totalNs: 0, maxNs: 0, blockedNs: 0 };
      group = { ...head, ...sums, class: site.class, row: site.row };
      groups.set(key, group);
    }
    group.calls += site.calls;
    group.errors += site.errors;
    group.totalNs += site.totalNs;
    group.blockedNs += site.blockedNs;
    group.maxNs = Math.max(group.maxNs, site.maxNs);
    group.row = Math.min(group.row, site.row);
    if (site.totalNs > (heaviestNs.get(group) ?? -1)) {
      group.class = site.class;
      heaviestNs.set(group, site.totalNs);
    }
  }
  const listed = [...groups.values()];
  if (omitted.calls > 0) {
    const head = { kind: 'omitted', name: '', detail: '', words: null, opens: false } as const;
    listed.push({ ...head, ...omitted, class: 'other', maxNs: 0, row: 0 });
  }
  return listed.sort((a, b) => b.totalNs - a.totalNs || b.calls - a.calls);
}

type Head = Pick<SourceGroup, 'kind' | 'name' | 'detail' | 'words' | 'opens'>;

function headOf(
  site: CallSite,
  stack: ResolvedStack | undefined,
  by: SourceGrouping,
  names: ReadonlyMap<string, string>,
): [key: string, head: Head] {
  if (!stack) return ['-', { kind: 'noStack', name: '', detail: '', words: null, opens: false }];
  const own = stack.frames[ownFrame(stack.frames)];
  const called = own && functionName(own.symbol);
  const { place } = own ?? {};
  const file = place && fileName(place, names);
  if (by === 'function' && called !== undefined) {
    // Two files may each have a static function of this name.
    const words = file === undefined ? functionWord(called) : `${functionWord(called)} src:${file}`;
    const head = { kind: 'function', name: called, detail: file ?? '', words, opens: place !== undefined } as const;
    return [`${called} ${place?.path ?? own?.object ?? ''}`, head];
  }
  if (by === 'line' && place && file !== undefined) {
    const words = lineWord(file, { from: place.line, to: place.line });
    const head = { kind: 'line', name: `${file}:${place.line}`, detail: called ?? '', words, opens: true } as const;
    return [`${place.path}:${place.line}`, head];
  }
  return ['', { kind: 'noSource', name: '', detail: '', words: null, opens: false }];
}

function fileName(place: SourcePlace, names: ReadonlyMap<string, string>): string {
  return names.get(place.path) ?? place.path;
}
