/** Events as comma-separated values (RFC 4180), a line each under one line of names. */

import type { EventWriter, ExportedEvent } from './exportedEvent.js';

const columns: readonly [string, (event: ExportedEvent) => string | number][] = [
  ['row', event => event.row],
  ['kind', event => event.kind],
  ['start_ns', event => event.startNs],
  ['duration_ns', event => event.durationNs ?? ''],
  ['pid', event => event.thread?.pid ?? ''],
  ['tid', event => event.thread?.tid ?? ''],
  ['process', event => asText(event.thread?.process ?? '')],
  ['thread', event => asText(event.thread?.name ?? '')],
  ['name', event => event.name],
  ['class', event => event.class],
  ['errno', event => event.errno],
  ['text', event => (event.kind === 'text' ? asText(event.text) : event.text)],
];

/** What a program says, and what it calls itself, may begin as a formula of a spreadsheet; a quote in front says that it is text. */
const asText = (text: string): string => (/^[=@+\-\t\r]/.test(text) ? `'${text}` : text);

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

export const csvWriter: EventWriter = {
  head: () => line(columns.map(([name]) => name)),
  event: event => line(columns.map(([, of]) => cell(of(event)))),
  tail: () => '',
};
