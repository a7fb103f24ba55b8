/**
 * `node scripts/lockFile.mjs`: completes package-lock.json after `npm install`. A registry mirror that carries only some systems'
 * prebuilt packages makes npm leave the others out of the lock, and `npm ci` then refuses it everywhere. The entries need a version and
 * the systems they are for, so that npm passes over them elsewhere; both are known from the package that wants them.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * @param {Record<string, { version?: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }>} packages
 *   the lock's, by place
 * @returns {{ name: string, version: string, optional: boolean }[]} what packages want and the lock does not hold
 */
export function missingFromLock(packages) {
  const missing = new Map();
  for (const [place, { dependencies, optionalDependencies }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      if (!placesToLook(place).some(folder => `${folder}node_modules/${name}` in packages)) {
        missing.set(name, { name, version, optional: name in (optionalDependencies ?? {}) });
      }
    }
  }
  return [...missing.values()];
}

/** Folders whose node_modules Node searches for what a package imports, innermost first; each '' or with a slash at its end. */
function placesToLook(place) {
  const folders = [place === '' ? '' : `${place}/`];
  for (let at = place.lastIndexOf('node_modules/'); at >= 0; at = place.lastIndexOf('node_modules/', at - 1)) {
    folders.push(place.slice(0, at));
    if (at === 0) break;
  }
  return [...new Set([...folders, ''])];
}

/** `@scope/binding-linux-arm-musleabihf` → os linux, cpu arm, libc musl: how prebuilt packages are named. */
function systemOf(name) {
  const words = name.split('/').at(-1).split('-');
  const find = known => words.find(word => known.includes(word));
  const os = find([
    'aix',
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
    'sunos',
    'win32',
  ]);
  const cpu = find(['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);
  const libc = words.some(word => word.startsWith('musl'))
    ? 'musl'
    : words.some(word => word.startsWith('gnu'))
      ? 'glibc'
      : '';
  if (os === undefined || cpu === undefined) throw new Error(`Cannot tell which system ${name} is for`);
  return { cpu: [cpu], ...(libc && os === 'linux' ? { libc: [libc] } : {}), os: [os] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  for (const { name, version, optional } of missingFromLock(lock.packages)) {
    if (!optional) throw new Error(`${name} is missing and not optional: run npm install`);
    lock.packages[`node_modules/${name}`] = { version, ...systemOf(name), dev: true, optional: true };
    console.log(`lockFile: added ${name}@${version}`);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
}
