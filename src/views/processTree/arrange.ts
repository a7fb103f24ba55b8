/**
 * Puts siblings in the order in which the tree lists them: by birth, but where more than `groupAbove` of them run the same image, those
 * become one group, cut into ranges, so that no list of rows is ever longer than a few hundred. Pure.
 */

import type { ProcessInfo } from '../../trace/api.js';

export const groupAbove = 200;

export type Arranged =
  | { kind: 'single'; index: number }
  /** `ranges` cut the members, in order of birth; a range is indices of the siblings. */
  | { kind: 'group'; name: string; ranges: number[][] };

export function arrange(siblings: readonly Pick<ProcessInfo, 'name'>[]): Arranged[] {
  const membersByName = new Map<string, number[]>();
  siblings.forEach(({ name }, index) => {
    const members = membersByName.get(name);
    if (members) members.push(index);
    else membersByName.set(name, [index]);
  });
  const arranged: Arranged[] = [];
  siblings.forEach(({ name }, index) => {
    const members = membersByName.get(name) ?? [];
    if (members.length <= groupAbove) arranged.push({ kind: 'single', index });
    else if (members[0] === index) arranged.push({ kind: 'group', name, ranges: chunks(members) }); // where its eldest would be
  });
  return arranged;
}

function chunks(members: readonly number[]): number[][] {
  const ranges: number[][] = [];
  for (let from = 0; from < members.length; from += groupAbove) ranges.push(members.slice(from, from + groupAbove));
  return ranges;
}
