/** One signal again and again, hundreds of times a second. Profilers, and runtimes that share out time by signals, mean it so: silent. */

import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

type Delivery = FindingContext['kernel']['signalModel']['deliveries'][number];

const windowNs = 1e9;
const manySignals = 200;
const meant = /^SIG(PROF|VTALRM|URG|TRAP|SEGV|CHLD|STOP|CONT)$/;

export const signalStorm: Rule = {
  id: 'signal-storm',
  severity: 'info',
  concept: 'signals',
  manPages: ['signal(7)', 'sigqueue(3)', 'eventfd(2)'],
  blames: 'sent',
  snippet: 'sys-signalfd',
  check: ({ kernel }) => {
    const { deliveries } = kernel.signalModel;
    if (deliveries.length < manySignals) return [];
    const groups = new Map<string, Delivery[]>();
    for (const delivery of deliveries) {
      if (meant.test(delivery.signal)) continue;
      const key = `${delivery.process} ${delivery.signal}`;
      const same = groups.get(key);
      if (same) same.push(delivery);
      else groups.set(key, [delivery]);
    }
    return [...groups.values()].flatMap(same => {
      const start = same.findIndex((d, i) => (same[i + manySignals - 1]?.atNs ?? Infinity) - d.atNs <= windowNs);
      const first = same[start];
      if (!first) return [];
      const last = same.findLast(d => d.atNs - first.atNs <= windowNs) ?? first;
      const times = same.indexOf(last) - start + 1;
      return {
        cause: first.signal,
        process: first.process,
        thread: first.thread,
        atNs: first.atNs,
        evidence: evidence(['sent', first.send?.row], ['first', first.row], ['last', last.row]),
        values: { signal: first.signal, times, all: same.length, lastedNs: last.atNs - first.atNs },
      };
    });
  },
};
