/** The same file is open many times at once in one process, and was closed less and less: each pass of some loop forgets one. */

import type { Descriptor } from '../model/descriptors/description.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

/** Nobody needs one file this often at a time. */
const leastOpen = 16;

export const fdLeak: Rule = {
  id: 'fd-leak',
  severity: 'warning',
  concept: 'descriptors',
  manPages: ['open(2)', 'close(2)', 'getrlimit(2)'],
  check: ({ processes, kernel, nowNs }) =>
    processes.flatMap(process => {
      if (process.calls < leastOpen) return [];
      const atNs = process.endNs === null ? nowNs : process.endNs - 1;
      const byPath = new Map<string, Descriptor[]>();
      for (const d of kernel.descriptorModel.openOf(process.id, atNs)) {
        if (d.birth !== 'open' || !d.description.name.startsWith('/')) continue;
        const same = byPath.get(d.description.name) ?? [];
        same.push(d);
        byPath.set(d.description.name, same);
      }
      return [...byPath].flatMap(([path, open]) => {
        const last = open.at(-1)!;
        if (open.length < leastOpen) return [];
        return {
          cause: path,
          process: process.id,
          thread: leaderOf(process),
          atNs: last.openNs,
          evidence: evidence(['first', open[0]!.birthRow], ['second', open[1]!.birthRow], ['last', last.birthRow]),
          values: { path, open: open.length, highest: last.fd },
        };
      });
    }),
};
