/** What a trace says of surroundings, daemons, sockets and ways of waiting, a line each: part of the goldens' `models.txt`. */

import type { ProcessInfo } from '../../../src/trace/api.js';
import type { Trace } from '../../../src/trace/trace.js';

type LineName = (row: number | null) => string;

/** Titles and lines of the sections. */
export function dumpAccounts(trace: Trace, processes: readonly ProcessInfo[], line: LineName): [string, string[]][] {
  const { accounts } = trace;
  const whole = { startNs: 0, endNs: Number.POSITIVE_INFINITY, lanes: null, filter: null };
  const lastMoment = (p: ProcessInfo): number => (p.endNs ?? trace.summary().endNs) - 1;
  return [
    ['environment', processes.flatMap(p => environment(trace, p, line))],
    [
      'daemons',
      processes.flatMap(p => {
        const steps = accounts.daemon({ process: p.id });
        return steps ? [`${p.pid}: ${steps.map(s => `${s.step} ${line(s.row)}`).join(', ')}`] : [];
      }),
    ],
    [
      'sockets',
      processes.flatMap(p =>
        accounts
          .sockets({ process: p.id, atNs: lastMoment(p) })
          .map(
            s =>
              `${s.pid}:${s.fd} ${s.state} '${s.local}' '${s.remote}' in ${s.bytesIn} out ${s.bytesOut} unread ${s.receiveQueue ?? '?'}`,
          ),
      ),
    ],
    [
      'multiplexing',
      accounts
        .multiplexing()
        .map(
          m =>
            `${m.pid} ${m.kind}: calls ${m.calls} passed ${m.passed} reported ${m.reported} timeouts ${m.timeouts} interrupted ${m.interrupted} controls ${m.controls}`,
        ),
    ],
    [
      'wake-ups',
      accounts
        .wakeUps(whole)
        .flatMap(target =>
          target.workers.map(w => `${target.name} ${w.tid}: woken ${w.woken} won ${w.won} in vain ${w.vain}`),
        ),
    ],
    [
      'i/o models',
      processes.flatMap(p =>
        accounts
          .descriptorUse({ process: p.id, atNs: lastMoment(p) })
          .filter(use => use.model !== null)
          .map(use => `${p.pid}:${use.fd} ${use.model}${use.notReady > 0 ? `, not ready ${use.notReady}` : ''}`),
      ),
    ],
    [
      'arrivals',
      accounts
        .deliveries({ ...whole, process: null })
        .map(
          d =>
            `${line(d.row)} from ${d.senderPid} ${line(d.sentRow)}${d.handler ? ` handled until ${line(d.handler.returnRow)}` : ''}${d.fatal ? ' fatal' : ''}`,
        ),
    ],
  ];
}

function environment({ accounts }: Trace, p: ProcessInfo, line: LineName): string[] {
  const e = accounts.environment({ process: p.id, atNs: null });
  const told = (name: string, one: { value: string | null; row: number } | null): string[] =>
    one ? [`${name} ${one.value ?? 'none'} ${line(one.row)}`] : [];
  const facts = [
    ...told('directory', e.cwd),
    ...told('root', e.root),
    ...told('umask', e.umask),
    ...told('terminal', e.terminal),
    ...e.limits.map(l => `${l.resource} ${l.soft ?? 'unlimited'}/${l.hard ?? 'unlimited'} ${line(l.row)}`),
  ];
  return facts.length === 0 ? [] : [`${p.pid}: ${facts.join(', ')}`];
}
