/** Lines for a trace without any: by the mouse, from a finding and from an event, by running the program once more. */

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execaSync } from 'execa';
import { readElf } from '../../../src/trace/source/elf.js';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { traceToEnd } from '../support/traceRun.js';

const sleeper = '#include <unistd.h>\n\nint main(void)\n{\n    return usleep(300000);\n}\n';
const sleepLine = 5;

/** A trace that another window recorded, with what was noted beside it. */
function recordSleeper(folder: string): void {
  const [program, log] = [path.join(folder, 'asleep'), path.join(folder, 'zz-sleep.strace')];
  execaSync('gcc', ['-g', '-o', program, path.join(folder, 'sleeper.c')]);
  execaSync('strace', ['-f', '-ttt', '-T', '-o', log, program, 'two words'], { cwd: folder });
  const objects = { [realpathSync(program)]: readElf(program) };
  const started = { path: program, args: ['two words'], cwd: folder, environment: { LANG: 'C' }, stringLimit: 32 };
  writeFileSync(`${log}.json`, JSON.stringify({ started, objects }));
  const changed = {
    'zz-stale.strace': { started, objects: { [realpathSync(program)]: { buildId: 'ab', modifiedMs: 0 } } },
    'zz-gone.strace': { started: { ...started, path: `${program}-gone` }, objects },
  };
  for (const [name, facts] of Object.entries(changed)) {
    copyFileSync(log, path.join(folder, name));
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(facts));
  }
}

describe('Locate in Source', () => {
  const window = inWindow({
    openFile: 'zombie.c',
    settings: { 'syscape.sourceLines': 'off' },
    prepare: folder => {
      writeFileSync(path.join(folder, 'sleeper.c'), sleeper);
      recordSleeper(folder);
    },
  });

  /** The call that takes the time of a saved trace. */
  const selectSleep = async (log: string): Promise<void> => {
    await window().openLog(log);
    await window().timeline.waitForEnd();
    const [lane] = await eventually(
      'the lane',
      () => window().timeline.lanes(),
      lanes => lanes.length === 1,
    );
    await window().timeline.select(lane?.pid ?? 0, /^clock_nanosleep\(/);
  };

  it('works for a saved trace, after the user has seen the command', async () => {
    await selectSleep('zz-sleep.strace');
    await window().timeline.frame.getByRole('button', { name: 'Locate in Source' }).click();
    const dialog = window().page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: 'asleep "two words"' }).waitFor();
    await window().screenshot('locate-saved-confirm');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await window().statusSays(`Ln ${sleepLine}, Col 1`);
    await window().screenshot('locate-saved-found');
  });

  it('says why not when the program of a saved trace was built again, or is gone', async () => {
    for (const [log, reason] of [
      ['zz-stale.strace', 'was rebuilt after this trace'],
      ['zz-gone.strace', 'There is no program'],
    ] as const) {
      await selectSleep(log);
      await window().timeline.frame.getByRole('button', { name: 'Locate in Source' }).click();
      await window().notifications.filter({ hasText: reason }).waitFor();
    }
    await window().screenshot('locate-saved-refused');
  });

  it('comes with Trace Again for a saved trace', async () => {
    await window().openLog('zz-sleep.strace');
    await window().timeline.frame.getByRole('button', { name: 'Trace again' }).click();
    const dialog = window().page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: 'asleep "two words"' }).getByRole('button', { name: 'Run', exact: true }).click();
    await window().statusSays('asleep exited with 0');
  });

  it('opens the line of a finding, which keeps it', async () => {
    await window().openFile('zombie.c');
    await window().processes.open();
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    const finding = window().processes.findings.filter({ hasText: 'before anybody waited for it' }).first();
    await finding.hover();
    await finding.locator('.action-label[aria-label="Locate in Source"]').click();
    const lines = readFileSync(path.join(window().folder, 'zombie.c'), 'utf8').split('\n');
    const line = lines.findIndex(text => text.includes('= fork()')) + 1;
    await window().statusSays(`Ln ${line}, Col 1`);
    await finding.filter({ hasText: `zombie.c:${line}` }).waitFor();
    await window().screenshot('locate-finding');
  });

  it('opens the line of an event, which keeps it', async () => {
    await window().openFile('sleeper.c');
    const { pid } = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await window().runCommand('View: Toggle Maximized Panel');
    const details = await window().timeline.select(pid, /^clock_nanosleep\(/);
    assert.match(details['Source'] ?? '', /Locate in Source\s+runs the program again/);
    await window().screenshot('locate-event-offer');
    await window().timeline.frame.getByRole('button', { name: 'Locate in Source' }).click();
    await window().statusSays(`Ln ${sleepLine}, Col 1`);
    await eventually(
      'the line in the details',
      async () => (await window().timeline.details())['Source'] ?? '',
      source => new RegExp(`^\\s*sleeper\\.c:${sleepLine}\\s+main\\s*$`).test(source),
    );
    await window().screenshot('locate-event-found');
  });
});
