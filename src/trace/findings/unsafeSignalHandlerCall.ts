/**
 * A signal handler called what is not async-signal-safe. Warning when the signal may have come anywhere in the program. Information
 * when it cut a system call short, was sent by the thread to itself, or tells of a fault: then it is known what was interrupted, or
 * nothing is left to lose. Error when the handler waits for a lock for ever.
 */

import type { Severity } from './finding.js';
import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { HandlerCall } from './observers/handlerCalls.js';
import type { Rule } from './rule.js';

const faults = /^SIG(SEGV|BUS|FPE|ILL|ABRT|SYS|TRAP)$/;
const sending = /^(kill|tkill|tgkill|rt_sigqueueinfo|rt_tgsigqueueinfo)$/;

export const unsafeSignalHandlerCall: Rule = {
  id: 'unsafe-signal-handler-call',
  severity: 'warning',
  concept: 'signals',
  manPages: ['signal-safety(7)', 'sigaction(2)'],
  blames: 'unsafe',
  snippet: 'sys-self-pipe',
  check: context => [
    ...context.observed.handlerCalls.all.map(call => foundAt(call, severityOf(call, context))),
    ...context.observed.handlerCalls
      .waiting()
      .filter(call => isStuck(call, context))
      .map(call => foundAt(call, 'error')),
  ],
};

function foundAt(call: HandlerCall, severity: Severity): ReturnType<Rule['check']>[number] {
  const { span, kind } = call;
  return {
    cause: `${span.signal} ${kind}`,
    severity,
    process: call.process,
    thread: call.thread,
    atNs: call.atNs,
    evidence: evidence(['signal', span.deliveredRow], ['unsafe', call.row], ['handlerEnd', span.returnRow]),
    values: { case: kind, signal: span.signal },
  };
}

function severityOf({ span }: HandlerCall, { events }: FindingContext): Severity {
  const before = events.previous(span.deliveredRow);
  const raised = before !== null && sending.test(events.name(before));
  return raised || span.interruptedRow !== null || faults.test(span.signal) ? 'info' : 'warning';
}

function isStuck({ row, thread, process, atNs }: HandlerCall, context: FindingContext): boolean {
  const { events, nowNs, settings, process: byId } = context;
  const untilNs = byId(process)?.endNs ?? nowNs;
  return events.lastCallOf(thread) === row && untilNs - atNs >= settings.stuckMs * 1e6;
}
