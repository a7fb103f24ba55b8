/** `syscape check`: what it prints, its exit status, and SARIF that is valid by the schema of SARIF 2.1.0. Needs the built dist/cli.js. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { rules } from '../../src/trace/findings/rules.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const goldens = path.join(root, 'test', 'golden', 'findings');
const golden = (rule: string, which: 'bad' | 'good'): string => path.join(goldens, rule, `${which}.strace`);

interface Sarif {
  runs: {
    results: { ruleId: string; level: string; codeFlows: { threadFlows: { locations: unknown[] }[] }[] }[];
    tool: { driver: { rules: { id: string }[] } };
  }[];
}

describe('syscape check', function () {
  this.timeout(240_000);
  let folder: string;
  let output: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-check-'));
    output = path.join(folder, 'out.sarif');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function check(...args: string[]): Promise<{ stdout: string; exitCode: number | undefined }> {
    const command = [path.join(root, 'dist', 'cli.js'), 'check', ...args];
    const { stdout, exitCode } = await execa(process.execPath, command, { reject: false, cwd: root, stdin: 'ignore' });
    return { stdout, exitCode };
  }

  it('writes SARIF that its schema accepts, for a finding of every rule', async () => {
    const logs = readdirSync(goldens).map(rule => golden(rule, 'bad'));
    assert.equal((await check('--sarif', output, ...logs)).exitCode, 1);
    const sarif = validSarif(output);
    const found = new Set(sarif.runs[0]?.results.map(result => result.ruleId));
    assert.deepEqual(
      rules.map(rule => rule.id).filter(id => !found.has(id)),
      [],
    );
    assert.deepEqual(
      sarif.runs[0]?.tool.driver.rules.map(rule => rule.id),
      rules.map(rule => rule.id),
    );
    for (const result of sarif.runs[0]?.results ?? [])
      assert.ok((result.codeFlows[0]?.threadFlows[0]?.locations.length ?? 0) > 0, `${result.ruleId} has no evidence`);
  });

  it('has a schema that refuses what is not SARIF', () => {
    assert.equal(validator()({ version: '2.1.0', runs: [{ results: [{ level: 'info' }] }] }), false);
  });

  it('writes valid SARIF of a program whose log is not kept, and of nothing', async () => {
    const { stdout, exitCode } = await check('--sarif', output, '--', 'true');
    assert.deepEqual([stdout.trim(), exitCode], ['true: nothing found', 0]);
    assert.deepEqual(validSarif(output).runs[0]?.results, []);
    const script = 'exec 3</etc/passwd; sleep 0.2 & exit 0'; // an orphan
    await check('--sarif', output, '--', 'sh', '-c', script);
    assert.deepEqual(
      validSarif(output).runs[0]?.results.map(({ ruleId, level }) => `${level} ${ruleId}`),
      ['note orphan'],
    );
  });

  it('exits with 1 for what is as grave as --fail-on says, else with 0, and with 2 on misuse', async () => {
    const grave = golden('zombie', 'bad');
    assert.match((await check(grave)).stdout, /: warning: child \d+ was dead for .* \[zombie\]/);
    const status = async (...args: string[]): Promise<number | undefined> => (await check(...args)).exitCode;
    assert.deepEqual(
      await Promise.all([status(grave), status('--fail-on', 'error', grave), status(golden('zombie', 'good'))]),
      [1, 0, 0],
    );
    assert.deepEqual(
      await Promise.all([status('--fail-on', 'fatal', grave), status(), status(path.join(folder, 'none.strace'))]),
      [2, 2, 2],
    );
  });

  it('tells a rule as gravely as it is asked to, or not at all, and refuses rules that are not there', async () => {
    const zombie = golden('zombie', 'bad');
    assert.match((await check('--severity', 'zombie=error', '--fail-on', 'error', zombie)).stdout, /: error: child/);
    const off = await check('--severity', 'zombie=off', '--severity', 'orphan=off', zombie);
    assert.deepEqual([off.stdout.includes('[zombie]'), off.exitCode], [false, 0]);
    assert.equal((await check('--zombie-ms', '60000', zombie)).exitCode, 0);
    const misuse = ['--severity=zombi=off', '--severity=zombie=fatal', '--zombie-ms=soon'];
    for (const option of misuse) assert.equal((await check(option, zombie)).exitCode, 2, option);
  });

  it('leads from stacks to lines of C, and only counts what a comment there ignores', async () => {
    const run = async (name: string, remark: string) => {
      const [source, program, log] = ['.c', '', '.strace'].map(end => path.join(folder, name + end)) as [
        string,
        string,
        string,
      ];
      writeFileSync(source, `#include <sys/wait.h>\n#include <unistd.h>\nint main(void)\n{\n    pid_t child = fork();${remark}
    if (child == 0)\n        _exit(0);\n    usleep(700000);\n    return wait(NULL) != child;\n}\n`); // prettier-ignore
      await execa('gcc', ['-g', source, '-o', program]);
      await execa('strace', ['-f', '-k', '-ttt', '-T', '-o', log, program]);
      return check('--sarif', output, log);
    };
    const told = await run('told', '');
    assert.match(told.stdout, /\[zombie\]\n {2}at .*told\.c:5\n/);
    assert.match(JSON.stringify(validSarif(output).runs[0]?.results), /told\.c"},"region":{"startLine":5}/);
    const ignored = await run('ignored', ' // syscape-ignore: zombie (a lesson)');
    assert.match(ignored.stdout, /ignored\.strace: 1 ignored by comments in the source$/);
    assert.equal(ignored.exitCode, 0);
  });
});

function validSarif(file: string): Sarif {
  const sarif: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const validate = validator();
  assert.ok(validate(sarif), JSON.stringify(validate.errors, undefined, 1));
  return sarif as Sarif;
}

/** By the schema of SARIF 2.1.0 that Microsoft's SDK carries. */
function validator(): ReturnType<Ajv2020['compile']> {
  const require = createRequire(import.meta.url);
  const library = path.dirname(require.resolve('@microsoft/sarif-multitool-ts'));
  const schema = readFileSync(path.join(library, '..', 'assets', 'sarif-2.1.0.schema.json'), 'utf8');
  const ajv = new Ajv2020({ allErrors: true });
  (require('ajv-formats') as { default: (to: Ajv2020) => void }).default(ajv);
  return ajv.compile(JSON.parse(schema) as object);
}
