/** A call as strace prints it, cut into parts that can be coloured. The parts' texts joined are the call's text. */

import type { EventDetail } from '../trace/api.js';

export interface CallPart {
  text: string;
  role: 'name' | 'plain' | 'string' | 'number' | 'error';
}

const token = /("(?:[^"\\]|\\.)*"(?:\.\.\.)?)|((?<![\w.])-?(?:0x[0-9a-f]+|\d+)(?![\w.]))/g;

export function callParts(
  detail: Pick<EventDetail, 'kind' | 'name' | 'args' | 'returnText' | 'errno' | 'rawLines'>,
): CallPart[] {
  if (detail.kind !== 'call')
    return [{ text: detail.rawLines[0]?.text ?? detail.name, role: detail.kind === 'text' ? 'plain' : 'name' }];
  const parts: CallPart[] = [{ text: detail.name, role: 'name' }];
  push(parts, '(', 'plain');
  detail.args.forEach((arg, index) => {
    if (index > 0) push(parts, ', ', 'plain');
    // strace prints the names of some calls' arguments (clone's), and those of all with -N.
    const named = `${arg.name}=${arg.text}`;
    coloured(parts, arg.name !== null && detail.rawLines.some(line => line.text.includes(named)) ? named : arg.text);
  });
  push(parts, ')', 'plain');
  if (detail.returnText === '') return parts;
  push(parts, ' = ', 'plain');
  const errorAt = detail.errno === '' ? -1 : detail.returnText.indexOf(detail.errno);
  coloured(parts, errorAt < 0 ? detail.returnText : detail.returnText.slice(0, errorAt));
  if (errorAt >= 0) push(parts, detail.returnText.slice(errorAt), 'error');
  return parts;
}

function coloured(parts: CallPart[], text: string): void {
  let done = 0;
  for (const match of text.matchAll(token)) {
    push(parts, text.slice(done, match.index), 'plain');
    push(parts, match[0], match[1] === undefined ? 'number' : 'string');
    done = match.index + match[0].length;
  }
  push(parts, text.slice(done), 'plain');
}

function push(parts: CallPart[], text: string, role: CallPart['role']): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last && last.role === role) last.text += text;
  else parts.push({ text, role });
}
