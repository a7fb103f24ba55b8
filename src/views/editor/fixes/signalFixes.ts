/** What one disposition of a signal, or one more wait, puts right. */

import { findMain } from '../findFunctions.js';
import { findCall, indentUnit } from './callText.js';
import type { Fix, FixMaker, FixRequest } from './fix.js';

/** Writing to a peer that is gone fails with EPIPE instead of killing the process. */
export const ignoreSigpipe: FixMaker = request =>
  atTopOfMain(request, 'signal(SIGPIPE, SIG_IGN); /* writes to a peer that is gone fail with EPIPE */', [
    'Ignore SIGPIPE at the start of main',
  ]);

/** The same for one call. */
export const sendWithoutSignal: FixMaker = ({ source, code, lineStart, lineEnd }) => {
  const call = findCall(code, ['send', 'sendto', 'sendmsg'], lineStart, lineEnd);
  const flags = call?.arguments[call.name === 'sendmsg' ? 2 : 3];
  if (!flags || code.slice(flags.start, flags.end).includes('MSG_NOSIGNAL')) return undefined;
  const text = source.slice(flags.start, flags.end);
  const changed =
    text === '0' ? 'MSG_NOSIGNAL' : /^[\w\s|]+$/.test(text) ? `${text} | MSG_NOSIGNAL` : `(${text}) | MSG_NOSIGNAL`;
  return { title: ['Send with MSG_NOSIGNAL'], changes: [{ ...flags, text: changed }] };
};

/** Only where nobody waits: a wait for children that reap themselves fails with ECHILD (wait(2), "Notes"). */
export const reapedByKernel: FixMaker = request =>
  findCall(request.code, ['wait', 'waitpid', 'waitid', 'wait3', 'wait4'], 0, request.code.length)
    ? undefined
    : atTopOfMain(request, 'signal(SIGCHLD, SIG_IGN); /* nobody asks how children end: the kernel reaps them */', [
        'Let the kernel reap the children (ignore SIGCHLD)',
      ]);

/** `if (waitpid(…) > 0)` → `while`: until nobody is left who has ended. */
export const waitInLoop: FixMaker = ({ source, code, lineStart, lineEnd }) => {
  const call = findCall(code, ['waitpid'], lineStart, lineEnd);
  const options = call?.arguments[2];
  if (!call || !options) return undefined;
  const head = /\bif(\s*\(\s*)$/.exec(code.slice(0, call.start));
  if (!head || !/^\s*>\s*0\s*\)/.test(code.slice(call.end))) return undefined;
  const start = call.start - head[0].length;
  const flags = source.slice(options.start, options.end);
  const asks = flags.includes('WNOHANG')
    ? []
    : [{ ...options, text: flags === '0' ? 'WNOHANG' : `${flags} | WNOHANG` }];
  return {
    title: ['Reap all children that have ended'],
    changes: [{ start, end: start + 2, text: 'while' }, ...asks],
  };
};

/** vfork → fork, where the child does more than a vfork child may. The finding blames the child's line; the fork is above it. */
export const forkInstead: FixMaker = ({ code, lineEnd }) => {
  const start = [...code.slice(0, lineEnd).matchAll(/\bvfork(?=\s*\()/g)].at(-1)?.index;
  return start === undefined ? undefined : { title: ['Use fork'], changes: [{ start, end: start + 5, text: 'fork' }] };
};

function atTopOfMain({ source, code }: FixRequest, statement: string, title: Fix['title']): Fix | undefined {
  const [main, ...others] = findMain(source);
  if (main === undefined || others.length > 0) return undefined;
  const brace = code.indexOf('{', main);
  // Behind a comment on the brace's line.
  const end = source.indexOf('\n', brace);
  if (brace < 0 || end < 0 || code.slice(brace + 1, end).trim() !== '') return undefined;
  return { title, changes: [{ start: end + 1, end: end + 1, text: `${indentUnit(source)}${statement}\n` }] };
}
