/** Programs that are not npm packages: by which commands they are found, and what the system's package manager calls them. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const chromiums = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const systemTools = {
  strace: { isPresent: () => findCommand('strace') !== undefined, packages: { default: ['strace'] } },
  gcc: {
    // A compiler without the C library's headers compiles nothing.
    isPresent: () =>
      spawnSync('gcc', ['-fsyntax-only', '-x', 'c', '-'], { input: '#include <stdio.h>\n', stdio: 'pipe' }).status ===
      0,
    packages: { default: ['gcc'], 'apt-get': ['gcc', 'libc6-dev'], apk: ['gcc', 'musl-dev'] },
  },
  'g++': {
    isPresent: () => findCommand('g++') !== undefined,
    packages: { default: ['g++'], dnf: ['gcc-c++'], zypper: ['gcc-c++'], pacman: ['gcc'] },
  },
  clang: { isPresent: () => findCommand('clang') !== undefined, packages: { default: ['clang'] } },
  addr2line: { isPresent: () => findCommand('addr2line') !== undefined, packages: { default: ['binutils'] } },
  chromium: { isPresent: () => findChromium() !== undefined, packages: { default: ['chromium'] } },
};

/** Keys of the tools that test/real traces, by the Debian package that each comes from (elsewhere named alike). */
export const tracedPrograms = [
  ...['nginx', 'redis-server', 'redis-benchmark', 'sqlite3', 'make', 'python3', 'git', 'gzip', 'tar', 'memcached'],
];
const debianPackages = { nginx: 'nginx-light', 'redis-benchmark': 'redis-tools' };
for (const name of tracedPrograms) {
  systemTools[name] = {
    isPresent: () => findCommand(name) !== undefined || findCommand(`/usr/sbin/${name}`) !== undefined,
    packages: { default: [name], 'apt-get': [debianPackages[name] ?? name] },
  };
}
tracedPrograms.push('postgresql');
systemTools.postgresql = {
  isPresent: () => findPostgres() !== undefined,
  packages: { default: ['postgresql'], dnf: ['postgresql-server'] },
};

/** @returns {string | undefined} folder of PostgreSQL's commands; Debian keeps one for each version, outside the PATH. */
export function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const initdb = [...versions.map(version => `${debian}/${version}/bin/initdb`), 'initdb']
    .map(findCommand)
    .find(Boolean);
  return initdb === undefined ? undefined : path.dirname(initdb);
}

/** @returns {string | undefined} path of the Chromium to use: $CHROMIUM_PATH, else the first one on the PATH. */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  return CHROMIUM_PATH ? findCommand(CHROMIUM_PATH) : chromiums.map(findCommand).find(found => found !== undefined);
}

/** @returns {string | undefined} path of an executable, given by name or path. */
export function findCommand(command) {
  const candidates = command.includes('/')
    ? [command]
    : (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, command));
  return candidates.find(candidate => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const managers = [
  { manager: 'apt-get', args: ['install', '-y', '--no-install-recommends'] },
  { manager: 'dnf', args: ['install', '-y'] },
  { manager: 'pacman', args: ['-S', '--noconfirm'] },
  { manager: 'zypper', args: ['install', '-y'] },
  { manager: 'apk', args: ['add'] },
];

/**
 * The command that installs the packages of the given tools with the package manager that this system has.
 * @param {string[]} tools keys of `systemTools`
 */
export function missingPackages(tools) {
  const { manager, args } = managers.find(
    ({ manager }) => existsSync(`/usr/bin/${manager}`) || existsSync(`/sbin/${manager}`),
  ) ?? {
    manager: 'apt-get',
    args: managers[0].args,
  };
  const packages = tools.flatMap(tool => systemTools[tool].packages[manager] ?? systemTools[tool].packages.default);
  return { manager, args: [...args, ...packages], line: [manager, ...args, ...packages].join(' ') };
}
