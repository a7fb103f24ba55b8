/**
 * Asks every rule and puts the answers together. Findings are never stored: what later events disprove is not found again.
 * One answer is kept for as long as neither the trace nor what is asked for changes.
 */

import type { ProcessId, ProcessInfo } from '../api.js';
import type { EventLookup, ProcessLookup } from '../model/causality/lookup.js';
import type { KernelModels } from '../model/kernelModels.js';
import type { FollowedThreads } from '../model/followedThreads.js';
import type { Model } from '../model/model.js';
import { defaultSettings, type FindingContext } from './context.js';
import { severities, type Finding, type FindingChoice, type Severity } from './finding.js';
import { Observers } from './observers/observers.js';
import type { Rule } from './rule.js';
import { rules } from './rules.js';

/** Where a trace stands when rules are asked. */
export interface Moment {
  revision: number;
  nowNs: number;
  complete: boolean;
}

export class FindingQuery {
  private readonly observed: Observers;
  private answer: { key: string; findings: Finding[] } | undefined;

  constructor(
    private readonly kernel: KernelModels,
    private readonly events: EventLookup,
    private readonly family: ProcessLookup,
    followed: FollowedThreads,
  ) {
    this.observed = new Observers(kernel, followed);
  }

  /** To be told of every record after the kernel's models. */
  get models(): readonly Model[] {
    return this.observed.models;
  }

  at(moment: Moment, processes: () => readonly ProcessInfo[], choice: FindingChoice = {}): Finding[] {
    const key = JSON.stringify([moment.revision, choice]);
    if (this.answer?.key === key) return this.answer.findings;
    const { severities: chosen = {}, ...times } = choice;
    const all = processes();
    const byId = new Map<ProcessId, ProcessInfo>(all.map(process => [process.id, process]));
    const wanted = rules.flatMap(rule => {
      const severity = chosen[rule.id];
      return severity === 'off' ? [] : { rule, severity };
    });
    const findings = findAll(wanted, {
      processes: all,
      process: id => byId.get(id),
      kernel: this.kernel,
      events: this.events,
      family: this.family,
      observed: this.observed,
      nowNs: moment.nowNs,
      complete: moment.complete,
      settings: { ...defaultSettings, ...times },
    });
    this.answer = { key, findings };
    return findings;
  }
}

interface AskedRule {
  rule: Rule;
  /** Somebody's choice for all that it finds. */
  severity: Severity | undefined;
}

function findAll(asked: readonly AskedRule[], context: FindingContext): Finding[] {
  return asked
    .flatMap(each => grouped(each, context))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.atNs - b.atNs);
}

/** One finding for each cause in a process, with the earliest as its evidence. */
function grouped({ rule, severity: chosen }: AskedRule, context: FindingContext): Finding[] {
  const found = rule.check(context);
  const groups = new Map<string, Finding>();
  for (const { cause, severity, ...rest } of [...found].sort((a, b) => a.atNs - b.atNs)) {
    const key = `${rest.process} ${cause}`;
    const known = groups.get(key);
    if (known) known.count++;
    else {
      const pid = context.process(rest.process)?.pid ?? -1;
      groups.set(key, { rule: rule.id, severity: chosen ?? severity ?? rule.severity, pid, count: 1, ...rest });
    }
  }
  return [...groups.values()];
}
