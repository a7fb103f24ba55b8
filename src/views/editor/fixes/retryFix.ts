/** Makes an interrupted call again for as long as errno is EINTR. */

import { findCall, indentAt, indentUnit, statementStart } from './callText.js';
import type { FixMaker } from './fix.js';

/** Functions of the C library by the system call that they make, where the names differ. */
const libraryNames: Readonly<Record<string, readonly string[]>> = {
  wait4: ['wait', 'waitpid', 'wait3', 'wait4'],
  recvfrom: ['recv', 'recvfrom'],
  sendto: ['send', 'sendto'],
  accept: ['accept'],
  openat: ['open', 'openat'],
  epoll_wait: ['epoll_wait'],
  select: ['select'],
  pselect6: ['pselect', 'select'],
  ppoll: ['ppoll', 'poll'],
  clock_nanosleep: ['clock_nanosleep', 'nanosleep'],
};

export const retryFix: FixMaker = ({ source, code, lineStart, lineEnd, finding }) => {
  const syscall = String(finding.values['call'] ?? '');
  if (!/^\w+$/.test(syscall)) return undefined;
  const call = findCall(code, libraryNames[syscall] ?? [syscall], lineStart, lineEnd);
  if (!call || /TEMP_FAILURE_RETRY\s*\(\s*$/.test(code.slice(0, call.start))) return undefined;
  const text = source.slice(call.start, call.end);
  const start = statementStart(code, call.start);
  const indent = indentAt(source, start);
  // `n = read(…);` or `ssize_t n = read(…);`
  const before = /^((?:[A-Za-z_]\w*[\s*]+)*)([A-Za-z_]\w*)\s*=\s*$/.exec(code.slice(start, call.start));
  const semicolon = /^\s*;/.exec(code.slice(call.end));
  const [, type = '', variable = ''] = before ?? [];
  const mayAssignLater = !/\b(const|static|return|goto|else)\b/.test(type);
  if (indent === undefined || variable === '' || !semicolon || !mayAssignLater) {
    const retried = { start: call.start, end: call.end, text: `TEMP_FAILURE_RETRY(${text})` };
    return { title: ['Make the call again after EINTR'], changes: [retried] };
  }
  const declaration =
    type === '' ? '' : `${type.trimEnd()}${type.trimEnd().endsWith('*') ? '' : ' '}${variable};\n${indent}`;
  const loop =
    `${declaration}do\n${indent}${indentUnit(source)}${variable} = ${text};\n` +
    `${indent}while (${variable} == -1 && errno == EINTR);`;
  const end = call.end + semicolon[0].length;
  return { title: ['Make the call again after EINTR'], changes: [{ start, end, text: loop }] };
};
