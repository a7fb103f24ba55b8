/** Frees the address before bind: SO_REUSEADDR for a port, unlink for the name of a UNIX socket. */

import { findCall, indentAt, indentUnit, statementStart } from './callText.js';
import type { FixMaker } from './fix.js';

export const bindFix: FixMaker = ({ source, code, language, lineStart, lineEnd, finding }) => {
  const call = findCall(code, ['bind'], lineStart, lineEnd);
  const [socket, address] = call?.arguments ?? [];
  if (!call || !socket || !address) return undefined;
  const start = statementStart(code, call.start);
  const indent = indentAt(source, start);
  // A branch of its own has no room for a statement before it.
  if (indent === undefined || /^else\b/.test(code.slice(start))) return undefined;
  const fd = source.slice(socket.start, socket.end);
  const before = (lines: string[]) => [{ start, end: start, text: lines.map(line => `${line}\n${indent}`).join('') }];

  if (finding.values['family'] === 'unix') {
    const path = unixPath(code, source.slice(address.start, address.end));
    if (path === undefined) return undefined;
    return { title: ['Remove the stale socket file before bind'], changes: before([`unlink(${path});`]) };
  }
  // A compound literal is C only; a statement with a declaration may follow no label.
  const [declaration, option, size] =
    language === 'c' ? [[], '&(int){1}', 'sizeof(int)'] : [['const int on = 1;'], '&on', 'sizeof on'];
  const set = [
    ...declaration,
    `if (setsockopt(${fd}, SOL_SOCKET, SO_REUSEADDR, ${option}, ${size}) == -1)`,
    `${indentUnit(source)}perror("SO_REUSEADDR");`,
  ];
  return { title: ['Set SO_REUSEADDR before bind'], changes: before(set) };
};

/** `addr.sun_path` for `(struct sockaddr *)&addr`; undefined when the argument is not a sockaddr_un's name. */
function unixPath(code: string, argument: string): string | undefined {
  const match = /^(?:\([^()]*\)\s*)?(&?)\s*([A-Za-z_]\w*)$/.exec(argument);
  const [, ampersand, name = ''] = match ?? [];
  const [dot, star] = ampersand === '&' ? ['.', ''] : ['->', String.raw`\*\s*(?:const\s+)?`];
  const declared = new RegExp(String.raw`\bsockaddr_un\s+(?:const\s+)?${star}${name}\b`).test(code);
  return name !== '' && declared ? `${name}${dot}sun_path` : undefined;
}
