/** The package in a place that has neither Node nor the DOM: its bundle for browsers runs in an empty context. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

describe('in a browser or a worker', () => {
  it('the bundle needs nothing but the language', async () => {
    const bundle = await build({
      entryPoints: [join(import.meta.dirname, '../src/index.ts')],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      globalName: 'straceParser',
      logLevel: 'silent',
    });
    const source = bundle.outputFiles[0]?.text ?? '';
    assert.ok(
      !/\b(?:require\(|process\.|Buffer\b|document\.|window\.|globalThis\.)/.test(
        source.replace(/^\s*(?:\/?\*|\/\/).*$/gm, ''),
      ),
    );
    const context = createContext(Object.create(null));
    const program = `
      ${source}
      const log = straceParser.parse('1 10.5 write(1, "caf\\\\303\\\\251", 5) = 5 <0.1>\\nhé☕😀\\n');
      const call = log.calls[0];
      const [value] = call.arguments().slice(1);
      [typeof TextDecoder, call.name, call.returnValue, [...value.bytes].join(), log.records[1].text(), straceParser.printLog(log)].join('|');
    `;
    assert.equal(
      runInContext(program, context),
      'undefined|write|5|99,97,102,195,169|hé☕😀|1 10.5 write(1, "caf\\303\\251", 5) = 5 <0.1>\nhé☕😀\n',
    );
  });
});
