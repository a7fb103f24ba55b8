/**
 * Pages about a part of the kernel's state, as data: sections of facts, tables, steps and shares with every text ready to be shown. A
 * view draws them without knowing what they are about; a row number makes a cell a link to that event.
 */

import type { RangeQuery, ThreadId, TraceQueries } from '../../trace/api.js';
import type { AccountQueries } from '../../trace/accountsApi.js';
import type { ModelQueries } from '../../trace/modelApi.js';

export type PageId = 'process' | 'channels' | 'waiting' | 'time';

export interface PageQuery {
  page: PageId;
  /** The selected lane; null: none. */
  thread: ThreadId | null;
  /** Moment the state is asked of; null: the end. */
  atNs: number | null;
  /** What is counted over a time: the selected range, or everything. */
  range: RangeQuery;
  /** Only what the process of `thread` has to do with. */
  onlyProcess: boolean;
}

export interface PageCell {
  text: string;
  /** Explains it when the pointer rests on it. */
  title?: string;
  /** Event that the text leads to. */
  row?: number;
  tone?: 'dim' | 'good' | 'bad' | 'warn';
  code?: boolean;
}

export interface PageColumn {
  key: string;
  heading: string;
  numeric?: boolean;
  code?: boolean;
  /** Takes the room that is left. */
  wide?: boolean;
}

interface SectionHead {
  id: string;
  title: string;
  /** A sentence under the title. */
  note?: string;
}

export type PageSection = SectionHead &
  (
    | { kind: 'facts'; facts: { label: string; cells: PageCell[] }[] }
    | { kind: 'table'; columns: PageColumn[]; rows: PageCell[][]; /** Rows left out. */ more: number }
    | { kind: 'steps'; steps: { done: boolean; cell: PageCell }[] }
    /** Parts of a whole, each with its share from 0 to 1. */
    | { kind: 'shares'; parts: { state: string; label: string; text: string; share: number }[] }
  );

export interface Page {
  lead: string;
  sections: PageSection[];
  /** What to say when there is no section. */
  empty: string;
}

type Asked = TraceQueries & ModelQueries & AccountQueries;
type Answering<T> = {
  [K in keyof T]: T[K] extends (...a: infer A) => infer R ? (...a: A) => R | Promise<R> : never;
};

/** The part of a trace that pages are made from; its answers may come later. */
export type PageSource = Answering<
  Pick<
    Asked,
    | 'processOf'
    | 'process'
    | 'lanes'
    | 'identity'
    | 'environment'
    | 'daemon'
    | 'time'
    | 'processTimes'
    | 'summary'
    | 'blockedOn'
    | 'overhead'
    | 'signals'
    | 'deliveries'
    | 'channels'
    | 'sockets'
    | 'waitingAt'
    | 'locks'
    | 'futexes'
    | 'interest'
    | 'readiness'
    | 'multiplexing'
    | 'wakeUps'
  >
>;

/** Longer tables are cut: the Events tab lists everything. */
export const mostRows = 200;

/** A table with the first rows, or nothing when there are none. */
export function table(head: SectionHead, columns: PageColumn[], rows: readonly PageCell[][]): PageSection[] {
  if (rows.length === 0) return [];
  return [
    { ...head, kind: 'table', columns, rows: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) },
  ];
}

export function cell(text: string, more: Omit<PageCell, 'text'> = {}): PageCell {
  return { text, ...more };
}

/** A cell that leads to an event when there is one. */
export function linked(text: string, row: number | null, more: Omit<PageCell, 'text' | 'row'> = {}): PageCell {
  return row === null ? { text, ...more } : { text, row, ...more };
}

export const empty: PageCell = { text: '' };
