/** Who a process is at a moment, how it spent its time, what limits it, and what signals mean to it. */

import type { ProcessInfo } from '../../trace/api.js';
import type { BlockedOn, EnvironmentInfo, LimitInfo, ProcessTime } from '../../trace/accountsApi.js';
import type { IdentityInfo, IdTriple, TracerOverhead } from '../../trace/modelApi.js';
import { processName, processWords } from '../processWords.js';
import { bytesText, countText, durationText, instantText } from '../quantities.js';
import { overheadText } from '../timeWords.js';
import { classifyTime, timeClassText, timeShares } from '../timeWords.js';
import type { Translate } from '../translate.js';
import { reasonText } from '../waitWords.js';
import { daemonSection } from './daemonSection.js';
import {
  cell,
  empty,
  linked,
  table,
  type Page,
  type PageCell,
  type PageQuery,
  type PageSection,
  type PageSource,
} from './page.js';
import { signalSections } from './signalSections.js';

export async function processPage(source: PageSource, query: PageQuery, t: Translate): Promise<Page> {
  const process = query.thread === null ? null : await source.processOf(query.thread);
  if (!process || query.thread === null) {
    return { lead: '', sections: [], empty: t('Select a lane or an event: this tab is about its process.') };
  }
  const { id, endNs } = process;
  const atNs = endNs === null ? query.atNs : Math.min(query.atNs ?? Infinity, endNs - 1);
  const range = { ...query.range, lanes: null, filter: null };
  const [identity, environment, steps, time, blocked, overhead, parent, signals] = await Promise.all([
    source.identity({ process: id, atNs }),
    source.environment({ process: id, atNs }),
    source.daemon({ process: id }),
    source.processTimes({ ...range, processes: [id] }),
    source.blockedOn({ ...range, process: id }),
    source.overhead(),
    process.parent === null ? null : source.process(process.parent),
    signalSections(source, { process, thread: query.thread, atNs, range }, t),
  ]);
  const when = query.atNs === null || atNs !== query.atNs ? t('at its end') : t('at {0}', instantText(query.atNs));
  return {
    lead: t('{0}, {1}, {2}', `${processName(process, t)} ${process.pid}`, processWords(process, endNs ?? 0, t), when),
    sections: [
      ...timeSections(process, time[0], blocked, overhead, t),
      {
        id: 'identity',
        kind: 'facts',
        title: t('Identity'),
        facts: identityFacts(process, parent, identity, environment, t),
      },
      ...daemonSection(steps, t),
      ...namesSection(identity, t),
      ...limitsSection(environment.limits, t),
      ...signals,
    ],
    empty: '',
  };
}

function identityFacts(
  process: ProcessInfo,
  parent: ProcessInfo | null,
  identity: IdentityInfo,
  environment: EnvironmentInfo,
  t: Translate,
): { label: string; cells: PageCell[] }[] {
  const lastChange = (what: IdentityInfo['changes'][number]['what']): number | null =>
    identity.changes.findLast(c => c.what === what)?.row ?? null;
  const parentText = parent ? `${processName(parent, t)} ${parent.pid}` : (process.parentPid ?? t('not known'));
  const number = (value: number | null): string => (value === null ? t('not known') : String(value));
  const credentials = lastChange('credentials');
  const facts: { label: string; cells: PageCell[] }[] = [
    { label: t('Parent'), cells: [linked(String(parentText), process.createdByRow)] },
    {
      label: t('Group'),
      cells: [linked(roleText(identity.pgid, process.pid, t('leads its group'), number), lastChange('group'))],
    },
    {
      label: t('Session'),
      cells: [linked(roleText(identity.sid, process.pid, t('leads its session'), number), lastChange('session'))],
    },
    { label: t('Terminal'), cells: [terminalCell(environment, t)] },
    { label: t('User'), cells: [linked(tripleText(identity.uid, t), credentials)] },
    { label: t('Group ids'), cells: [linked(tripleText(identity.gid, t), credentials)] },
  ];
  const own = (label: string, told: { value: string; row: number } | null): void => {
    if (told) facts.push({ label, cells: [cell(told.value, { row: told.row, code: true })] });
  };
  if (identity.groups) facts.push({ label: t('Other groups'), cells: [cell(identity.groups.join(' ') || t('none'))] });
  if (identity.capabilities !== null)
    facts.push({ label: t('Capabilities'), cells: [cell(identity.capabilities, { code: true })] });
  for (const thread of identity.threads)
    facts.push({
      label: t('Thread {0}', thread.tid),
      cells: [cell(t('user {0}; group {1}', tripleText(thread.uid, t), tripleText(thread.gid, t)))],
    });
  if (identity.namespaces.length > 0)
    facts.push({
      label: t('Namespaces'),
      cells: identity.namespaces.map(({ kind, row }) => linked(namespaceWords(kind, t), row)),
    });
  own(t('Directory'), environment.cwd);
  own(t('Root'), environment.root);
  own(t('umask'), environment.umask);
  return facts;
}

function roleText(value: number | null, pid: number, leads: string, number: (value: number | null) => string): string {
  return value === pid ? `${value}, ${leads}` : number(value);
}

function terminalCell({ terminal }: EnvironmentInfo, t: Translate): PageCell {
  if (!terminal) return cell(t('not known'), { tone: 'dim' });
  if (terminal.value === null) return linked(t('none: setsid left it'), terminal.row);
  return linked(terminal.value === '' ? t('has one') : terminal.value, terminal.row, { code: true });
}

/** `1000` when all three are the same; `real 1000, effective 0, saved 0` otherwise. */
function tripleText({ real, effective, saved }: IdTriple, t: Translate): string {
  if (real === null && effective === null && saved === null) return t('not known');
  if (real === effective && effective === saved) return String(real);
  const one = (value: number | null): string | number => value ?? '?';
  return t('real {0}, effective {1}, saved {2}', one(real), one(effective), one(saved));
}

function namespaceWords(kind: IdentityInfo['namespaces'][number]['kind'], t: Translate): string {
  switch (kind) {
    case 'pid':
      return t('pids of its own');
    case 'mount':
      return t('mounts of its own');
    case 'network':
      return t('network of its own');
    case 'uts':
      return t('host name of its own');
    case 'ipc':
      return t('System V objects and POSIX queues of its own');
    case 'user':
      return t('users of its own');
    case 'cgroup':
      return t('cgroup root of its own');
    case 'time':
      return t('clocks of its own');
  }
}

function timeSections(
  process: ProcessInfo,
  time: ProcessTime | undefined,
  blocked: readonly BlockedOn[],
  overhead: TracerOverhead,
  t: Translate,
): PageSection[] {
  if (!time) return [];
  const shares = timeShares(time.split, t);
  const notes = [timeClassText(classifyTime(time.split, time.blockedFor), t), overheadText(overhead, process.calls, t)];
  return [
    { id: 'time', kind: 'shares', title: t('Time'), note: notes.filter(text => text !== '').join(' '), parts: shares },
    ...table(
      { id: 'blocked', title: t('Blocked on') },
      [
        { key: 'call', heading: t('Call'), code: true },
        { key: 'on', heading: t('On'), wide: true },
        { key: 'calls', heading: t('Calls'), numeric: true },
        { key: 'total', heading: t('Total'), numeric: true },
        { key: 'longest', heading: t('Longest'), numeric: true },
        { key: 'ended', heading: t('Longest ended by') },
      ],
      blocked.map(b => [
        cell(b.fd === null ? b.name : `${b.name}(${b.fd})`),
        cell(b.fdName === '' ? reasonText(b, t) : `${reasonText(b, t)}: ${b.fdName}`),
        cell(countText(b.calls)),
        cell(durationText(b.totalNs)),
        linked(durationText(b.longestNs), b.longestRow),
        b.endedBy ? linked(t('{0} in {1}', b.endedBy.name, b.endedBy.pid), b.endedBy.row) : empty,
      ]),
    ),
  ];
}

function namesSection({ names }: IdentityInfo, t: Translate): PageSection[] {
  return table(
    { id: 'names', title: t('Names over time') },
    [
      { key: 'time', heading: t('Time'), numeric: true },
      { key: 'name', heading: t('Name'), code: true, wide: true },
      { key: 'how', heading: t('By') },
    ],
    names.map(n => [
      linked(instantText(n.atNs), n.row),
      cell(n.name),
      cell(n.how === 'exec' ? t('exec') : t('PR_SET_NAME of a thread')),
    ]),
  );
}

function limitsSection(limits: readonly LimitInfo[], t: Translate): PageSection[] {
  const value = (resource: string, number: number | null): string => {
    if (number === null) return t('unlimited');
    return inBytes.has(resource) ? bytesText(number) : countText(number);
  };
  return table(
    { id: 'limits', title: t('Limits'), note: t('Those that a call told or set; the others are not known.') },
    [
      { key: 'resource', heading: t('Resource'), code: true, wide: true },
      { key: 'soft', heading: t('Soft'), numeric: true },
      { key: 'hard', heading: t('Hard'), numeric: true },
    ],
    limits.map(l => [
      linked(l.resource, l.row, { title: limitMeaning(l.resource, t) }),
      cell(value(l.resource, l.soft)),
      cell(value(l.resource, l.hard)),
    ]),
  );
}

const inBytes: ReadonlySet<string> = new Set(
  ['AS', 'CORE', 'DATA', 'FSIZE', 'MEMLOCK', 'MSGQUEUE', 'RSS', 'STACK'].map(name => `RLIMIT_${name}`),
);

function limitMeaning(resource: string, t: Translate): string {
  switch (resource) {
    case 'RLIMIT_NOFILE':
      return t('One more than the highest descriptor number.');
    case 'RLIMIT_NPROC':
      return t('Processes and threads of the real user.');
    case 'RLIMIT_STACK':
      return t('Size of the main thread\u2019s stack.');
    case 'RLIMIT_CORE':
      return t('Size of a core dump.');
    case 'RLIMIT_FSIZE':
      return t('Size of a file the process may write; beyond it SIGXFSZ comes.');
    case 'RLIMIT_CPU':
      return t('Seconds of processor time; then SIGXCPU comes.');
    case 'RLIMIT_AS':
      return t('Size of the address space.');
    case 'RLIMIT_DATA':
      return t('Size of data, heap and private writable mappings.');
    case 'RLIMIT_MEMLOCK':
      return t('Memory that may be locked.');
    default:
      return '';
  }
}
