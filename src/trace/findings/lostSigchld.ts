/**
 * A SIGCHLD handler reaps one child a signal, and children that ended together are left as zombies (signal(7): standard signals do
 * not queue).
 */

import type { ProcessInfo } from '../api.js';
import type { FindingContext } from './context.js';
import { evidence, leaderOf } from './evidence.js';
import type { Found, Rule } from './rule.js';

export const lostSigchld: Rule = {
  id: 'lost-sigchld',
  severity: 'error',
  concept: 'sigchld',
  manPages: ['signal(7)', 'waitpid(2)'],
  blames: 'wait',
  snippet: 'sys-sigchld-handler',
  check: context => {
    const { kernel, nowNs } = context;
    const spans = kernel.signalModel.handlers(0, nowNs, null).filter(s => s.signal === 'SIGCHLD' && s.endNs !== null);
    if (spans.length === 0) return [];
    const handling = new Set(spans.map(s => s.thread));
    return context.processes
      .filter(p => p.threads.some(t => handling.has(t)))
      .flatMap(p =>
        lostOf(
          p,
          spans.filter(s => p.threads.includes(s.thread)),
          context,
        ),
      );
  },
};

function lostOf(
  parent: ProcessInfo,
  spans: ReturnType<FindingContext['kernel']['signalModel']['handlers']>,
  { process: byId, observed, family, settings }: FindingContext,
): Found[] {
  const waits = observed.waitCalls.of(parent.id);
  // In each handler exactly one wait, which found a child: nobody asked whether there are more.
  const single = spans.map(s => waits.filter(w => w.startNs >= s.startNs && w.startNs <= s.endNs!));
  if (!single.every(calls => calls.length === 1) || !single.some(calls => calls[0]!.result > 0)) return [];
  const lastEndNs = Math.max(...spans.map(s => s.endNs!));
  return parent.children.flatMap(id => {
    const child = byId(id);
    if (!child || child.endNs === null || child.endNs > lastEndNs || child.autoReaped) return [];
    if (child.zombieNs < settings.zombieMs * 1e6 || child.reapedBy?.process === parent.id) return [];
    const span = spans.findLast(s => s.startNs >= child.endNs!) ?? spans.at(-1)!;
    const wait = waits.find(w => w.startNs >= span.startNs && w.startNs <= span.endNs!);
    return {
      cause: 'lost',
      process: parent.id,
      thread: leaderOf(parent),
      atNs: child.endNs,
      evidence: evidence(
        ['exit', family.exitRow(child.id)],
        ['signal', span.deliveredRow],
        ['wait', wait?.row],
        ['handlerEnd', span.returnRow],
      ),
      values: { child: child.pid, signals: spans.length },
    };
  });
}
