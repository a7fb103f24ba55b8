/** The command that installs a package on this machine, by the distribution's own name for its package manager. Pure. */

const managers: readonly { ids: readonly string[]; command: string }[] = [
  { ids: ['debian', 'ubuntu'], command: 'apt-get install' },
  { ids: ['fedora', 'rhel', 'centos'], command: 'dnf install' },
  { ids: ['alpine'], command: 'apk add' },
  { ids: ['arch'], command: 'pacman -S' },
  { ids: ['suse', 'opensuse'], command: 'zypper install' },
];

/**
 * `osRelease` is the text of /etc/os-release. A distribution that is not known by ID is known by what it is like (ID_LIKE); an unknown
 * one is taken for Debian's.
 */
export function installCommand(osRelease: string, packageName: string, isRoot: boolean): string {
  const ids = [...field(osRelease, 'ID'), ...field(osRelease, 'ID_LIKE')];
  const manager = ids.flatMap(id => managers.filter(candidate => candidate.ids.includes(id)))[0] ?? managers[0];
  return `${isRoot ? '' : 'sudo '}${manager?.command} ${packageName}`;
}

function field(osRelease: string, name: string): string[] {
  const value = new RegExp(`^${name}=(.*)$`, 'm').exec(osRelease)?.[1] ?? '';
  return value.replaceAll(/["']/g, '').split(/\s+/).filter(Boolean);
}
