/**
 * The findings of one session, while it runs and afterwards: asked at most once a second and never for more than a tenth of the time, with
 * their words, their events' places, and what comments in the sources hide. Views hold no findings of their own.
 */

import { EventEmitter, l10n, workspace } from 'vscode';
import type { Row, ThreadId } from '../../trace/api.js';
import type { Finding } from '../../trace/findings/finding.js';
import type { Logger } from '../../trace/logger.js';
import type { FindingWords } from '../../words/findingWords.js';
import type { TraceSession } from '../session.js';
import type { EventPlace, FindingPlaces } from './findingPlaces.js';
import { findingChoice } from './findingSettings.js';
import { codeColumns, sourceText, type SourceAnchor, type SourceText } from './sourceAnchor.js';

const leastIntervalMs = 1000;
/** Events whose places are looked up; a trace with more to say than this has said enough. */
const mostPlacedEvents = 1000;

interface FindingStep {
  row: Row;
  text: string;
  thread: ThreadId | undefined;
  atNs: number | undefined;
  place: SourceAnchor | undefined;
}

export interface ShownFinding {
  /** The same while the finding stays. */
  key: string;
  finding: Finding;
  words: FindingWords;
  steps: readonly FindingStep[];
  /** The step whose line is to be changed. */
  main: FindingStep | undefined;
  /** Prefix of the snippet that does it right. */
  snippet: string | undefined;
  /** A comment in the source says not to tell. */
  hidden: boolean;
  /** Line of `main` in its file as it is now, from 0; undefined: not known, or edited since. */
  line: number | undefined;
  /** Columns of that line's code, without the blanks before it and the comment behind. */
  columns: readonly [start: number, end: number];
}

interface Answer {
  findings: Omit<ShownFinding, 'hidden' | 'line' | 'columns'>[];
  /** Rules that the settings have switched off. */
  off: string[];
}

const nothing: Answer = { findings: [], off: [] };

export class SessionFindings {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #unsubscribe: () => void;
  #answer = nothing;
  #told = '';
  #all: readonly ShownFinding[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextAskAtMs = 0;
  #askAgain = false;
  #closed = false;

  constructor(
    readonly session: TraceSession,
    private readonly places: FindingPlaces,
    private readonly log: Logger,
  ) {
    this.#unsubscribe = session.trace?.onChange(() => this.ask()) ?? (() => {});
    this.ask();
  }

  /** The gravest first, then by time. */
  get shown(): readonly ShownFinding[] {
    return this.#all.filter(({ hidden }) => !hidden);
  }

  /** Those that comments in the sources hide. */
  get hidden(): readonly ShownFinding[] {
    return this.#all.filter(({ hidden }) => hidden);
  }

  get switchedOff(): readonly string[] {
    return this.#answer.off;
  }

  find(key: string): ShownFinding | undefined {
    return this.#all.find(each => each.key === key);
  }

  /** The trace has grown, the settings have changed, or lines became known: asks soon. */
  ask(): void {
    this.#askAgain = true;
    if (this.#timer || this.#closed || !this.session.trace) return;
    this.#timer = setTimeout(() => void this.#ask(), Math.max(0, this.#nextAskAtMs - performance.now()));
  }

  /** One of them blames a line of this file. */
  concern(path: string): boolean {
    return this.#answer.findings.some(({ main }) => main?.place?.path === path);
  }

  /** A source was edited: looks again at what its comments say and where its lines are. */
  reread(): void {
    const texts = new Map<string, SourceText>();
    const textOf = (path: string): SourceText => {
      const text = texts.get(path) ?? sourceText(path, workspace.textDocuments);
      texts.set(path, text);
      return text;
    };
    this.#all = this.#answer.findings.map(each => {
      const anchor = each.main?.place;
      const text = anchor && textOf(anchor.path);
      const line = text && anchor.lineIn(text.lines);
      const hidden = line !== undefined && text?.ignored.get(line + 1)?.has(each.finding.rule) === true;
      return { ...each, line, hidden, columns: codeColumns(text?.lines[line ?? -1] ?? '') };
    });
    const tells = JSON.stringify([
      this.#all.map(({ finding, hidden, line, steps }) => [finding, hidden, line, steps.map(({ place }) => !!place)]),
      this.#answer.off,
    ]);
    if (tells === this.#told) return;
    this.#told = tells;
    this.#changed.fire();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#unsubscribe();
    this.#changed.dispose();
  }

  async #ask(): Promise<void> {
    const startMs = performance.now();
    const { trace } = this.session;
    this.#askAgain = false;
    try {
      const choice = findingChoice(this.session);
      const findings = (await trace?.findings(choice)) ?? [];
      const off = Object.keys(choice.severities).filter(rule => choice.severities[rule] === 'off');
      this.#answer = { findings: await this.#described(findings), off: off.sort() };
      if (!this.#closed) this.reread();
    } catch (error) {
      if (!this.#closed) this.log.error('Could not look for findings', error);
    } finally {
      this.#nextAskAtMs = startMs + Math.max(leastIntervalMs, 10 * (performance.now() - startMs));
      this.#timer = undefined;
      if (this.#askAgain) this.ask();
    }
  }

  async #described(findings: readonly Finding[]): Promise<Answer['findings']> {
    if (findings.length === 0) return [];
    // Texts and rules are loaded when there is something to say.
    const [{ findingWords }, { rules }, { blamedStep }] = await Promise.all([
      import('../../words/findingWords.js'),
      import('../../trace/findings/rules.js'),
      import('../../trace/findings/blamedStep.js'),
    ]);
    let looked = 0;
    return Promise.all(
      findings.map(async finding => {
        const words = findingWords(finding, (text, ...args) => l10n.t(text, ...args));
        const places = await Promise.all(
          finding.evidence.map(({ row }) =>
            looked++ < mostPlacedEvents ? this.places.of(this.session, row) : undefined,
          ),
        );
        const steps = finding.evidence.map(({ row }, i) => step(row, words.steps[i] ?? '', places[i]));
        const main = steps[blamedStep(finding, i => steps[i]?.place !== undefined)];
        const rule = rules.find(({ id }) => id === finding.rule);
        const key = `${finding.rule}/${finding.process}/${finding.evidence[0]?.row ?? ''}`;
        return { key, finding, words, steps, main, snippet: rule?.snippet };
      }),
    );
  }
}

function step(row: Row, text: string, place: EventPlace | undefined): FindingStep {
  return { row, text, thread: place?.thread, atNs: place?.atNs, place: place?.place };
}
