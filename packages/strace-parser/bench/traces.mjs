/** The two traces that are measured, recorded here and now: two processes that play ping-pong over pipes, and a compiler at work. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** About eight lines each: four calls, nearly all printed in two parts. */
const roundTrips = 38_000;
const compilations = 40;

const pingPong = `
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int there[2], back[2];
  char byte = 'x';
  if (pipe(there) != 0 || pipe(back) != 0) return 1;
  if (fork() == 0) {
    for (int i = 0; i < ${roundTrips}; i++)
      if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) return 1;
    return 0;
  }
  for (int i = 0; i < ${roundTrips}; i++)
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) return 1;
  return wait(NULL) < 0;
}
`;

function record(log, command) {
  execFileSync('strace', ['-f', '-ttt', '-T', '-y', '-o', log, ...command], { stdio: 'ignore' });
  const text = readFileSync(log, 'latin1');
  const lines = text.split('\n').length - 1;
  const parts = text.match(/<unfinished \.\.\.>$|^\d+ +[\d.]+ <\.\.\. /gm)?.length ?? 0;
  return { log, lines, inParts: parts / lines };
}

/** Each as { name, log, lines, inParts }, with inParts the share of lines that hold one part of a call. */
export function recordTraces(folder) {
  const source = path.join(folder, 'pingPong.c');
  const program = path.join(folder, 'pingPong');
  writeFileSync(source, pingPong);
  execFileSync('gcc', ['-O1', '-o', program, source]);
  const compile = `i=0; while [ $i -lt ${compilations} ]; do gcc -O1 -o '${program}' '${source}'; i=$((i+1)); done`;
  return [
    { name: 'pipe ping-pong', ...record(path.join(folder, 'pingPong.strace'), [program]) },
    { name: 'compiler runs', ...record(path.join(folder, 'compiler.strace'), ['sh', '-c', compile]) },
  ];
}
