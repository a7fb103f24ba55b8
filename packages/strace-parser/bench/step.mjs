/**
 * One way of reading one log, in a process of its own so that none warms up another:
 *
 *     node step.mjs STEP PACKAGE LOG     STEP: scan, regexp, headers, arguments; PACKAGE: folder of the bundle
 *
 * The log is in memory before the clock starts. Prints the milliseconds of each round as JSON, without a first one that warms up.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const rounds = 7;
const [step, bundle, log] = process.argv.slice(2);
const { StraceParser } = await import(pathToFileURL(path.join(bundle, 'index.js')).href);
const bytes = readFileSync(log);

/** Each returns a count that must not be 0, so that nothing measured is empty or thrown away. */
const steps = {
  scan() {
    let lines = 0;
    for (let lf = bytes.indexOf(10); lf >= 0; lf = bytes.indexOf(10, lf + 1)) lines++;
    return lines;
  },
  regexp() {
    const line = /^(\d+)\s+(\d+\.\d+) (?:<\.\.\. )?(\w+)(?:\(| resumed>).*?(?:= (\S+).*?)?(?:<([\d.]+)>)?$/;
    let understood = 0;
    for (const text of bytes.toString('latin1').split('\n')) if (line.exec(text)) understood++;
    return understood;
  },
  headers() {
    let calls = 0;
    return parse({ call: () => void calls++ }) && calls;
  },
  arguments() {
    let values = 0;
    return parse({ call: record => void (values += record.arguments().length) }) && values;
  },
};

function parse(sink) {
  const parser = new StraceParser(sink);
  parser.push(bytes);
  parser.end();
  return parser.lines;
}

const times = [];
for (let round = 0; round <= rounds; round++) {
  const begin = performance.now();
  const count = steps[step]();
  times.push(performance.now() - begin);
  if (!(count > 0)) throw new Error(`${step} understands nothing: the comparison is void`);
}
console.log(JSON.stringify(times.slice(1)));
