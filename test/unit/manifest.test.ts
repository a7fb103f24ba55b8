/**
 * package.json and the code name the same things, both ways: a command nobody registers, a setting nobody reads or a text nobody
 * shows is as wrong as one that is missing. (That commands are registered is tested in a real VS Code: test/extension.)
 */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  commandIds,
  contextKeys,
  customEditorIds,
  settingIds,
  taskType,
  viewIds,
} from '../../src/session/contributions.js';
import { severities } from '../../src/trace/findings/finding.js';
import { rules } from '../../src/trace/findings/rules.js';

const root = path.resolve(import.meta.dirname, '..', '..');
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const manifest = readJson('package.json');
const texts: Record<string, string> = readJson('package.nls.json');
const { contributes } = manifest;

interface Command {
  command: string;
  title: string;
  category?: string;
}
interface Setting {
  description?: string;
  markdownDescription?: string;
  type: string;
  default?: unknown;
  enum?: string[];
  enumDescriptions?: string[];
}
const commands: Command[] = contributes.commands;
const settings: Record<string, Setting> = contributes.configuration.properties;
const views: string[] = Object.values<{ id: string }[]>(contributes.views).flatMap(list => list.map(({ id }) => id));

/** Every string in a piece of the manifest. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** Values of a property wherever it is in the manifest. */
function valuesOf(property: string, value: unknown = contributes): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === property && typeof inner === 'string' ? [inner] : valuesOf(property, inner),
  );
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

describe('the manifest', () => {
  it('declares the commands of the code and no others', () => {
    assert.deepEqual(sorted(commands.map(({ command }) => command)), sorted(commandIds));
  });

  it('declares the settings of the code and no others', () => {
    assert.deepEqual(sorted(Object.keys(settings)), sorted(settingIds));
  });

  it('declares the views and editors of the code and no others', () => {
    assert.deepEqual(sorted(views), sorted(viewIds));
    assert.deepEqual(sorted(valuesOf('viewType')), sorted(customEditorIds));
  });

  it('declares the task type of the code', () => {
    const declared: { type: string }[] = contributes.taskDefinitions ?? [];
    assert.deepEqual(
      declared.map(({ type }) => type),
      [taskType],
    );
  });

  it('uses the context keys that the code sets and no others', () => {
    const clauses = [...valuesOf('when'), ...valuesOf('enablement')].join(' ');
    const named = clauses.match(/syscape\.\w+/g) ?? [];
    assert.deepEqual(sorted(named.filter(name => !views.includes(name))), sorted(contextKeys));
  });

  it('puts only declared commands into menus, keys and welcome texts', () => {
    const used = [
      ...valuesOf('command', contributes.menus),
      ...valuesOf('command', contributes.keybindings),
      ...[
        ...Object.values(texts)
          .join(' ')
          .matchAll(/command:(syscape\.[\w.]+)/g),
      ].map(match => match[1] ?? ''),
    ];
    assert.deepEqual(
      // VS Code makes a command of its own for each view.
      used.filter(
        command =>
          !commands.some(declared => declared.command === command) && !views.some(view => command === `${view}.focus`),
      ),
      [],
    );
  });

  it('shows every text of package.nls.json and misses none', () => {
    const shown = strings(manifest).flatMap(text => /^%(.+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual(sorted(shown), sorted(Object.keys(texts)));
  });

  it('leaves no text that a person reads outside package.nls.json', () => {
    const readable = [
      ...commands.map(({ title }) => title),
      ...Object.values(settings).flatMap(setting => [setting.markdownDescription ?? setting.description ?? '']),
      ...Object.values(settings).flatMap(setting => setting.enumDescriptions ?? []),
      ...valuesOf('contents', contributes.viewsWelcome),
    ];
    assert.deepEqual(
      readable.filter(text => !/^%.+%$/.test(text)),
      [],
    );
  });

  it('gives every command the category under which the palette lists it', () => {
    assert.deepEqual(
      commands.filter(({ category }) => category !== manifest.displayName),
      [],
    );
  });

  it('explains every choice of a setting and gives each setting a default', () => {
    for (const [id, setting] of Object.entries(settings)) {
      assert.ok('default' in setting, `${id} has no default`);
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, `${id} explains its choices`);
    }
  });

  it('lets every rule be made as grave as somebody wants it, or switched off (UPDATE_GOLDEN=1 rewrites the list)', () => {
    const id = 'syscape.findings.severity';
    const choice = `{ "type": "string", "enum": ${JSON.stringify([...severities, 'off']).replaceAll(',', ', ')} }`;
    const lines = sorted(rules.map(rule => rule.id)).map(rule => `            "${rule}": ${choice}`);
    if (process.env.UPDATE_GOLDEN === '1') {
      const file = path.join(root, 'package.json');
      const list = new RegExp(`("${id}": \\{[^]*?"properties": \\{\\n)[^]*?(\\n {10}\\})`);
      writeFileSync(file, readFileSync(file, 'utf8').replace(list, `$1${lines.join(',\n')}$2`));
    }
    const declared = readJson('package.json').contributes.configuration.properties[id];
    assert.deepEqual(declared.properties, JSON.parse(`{${lines.join(',')}}`));
    assert.equal(declared.additionalProperties, false);
  });

  it('lets an untrusted workspace change nothing that decides what is run', () => {
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      restricted.filter(id => !(id in settings)),
      [],
    );
    for (const id of ['syscape.stracePath', 'syscape.compilerPath', 'syscape.environment'])
      assert.ok(restricted.includes(id), id);
  });

  it('names only files that exist', () => {
    const files = strings(manifest).filter(text => /^(\.\/)?(media|snippets|l10n|docs|examples)(\/|$)/.test(text));
    assert.ok(files.length > 0);
    assert.deepEqual(
      files.filter(file => !existsSync(path.join(root, file))),
      [],
    );
  });
});
