/** Socket addresses as strace prints them, in one short form: `127.0.0.1:80`, `[::1]:80`, `/tmp/s`, `@abstract`. */

const port = /sin6?_port=htons\((\d+)\)/;
const inet4 = /inet_addr\("([^"]+)"\)/;
const inet6 = /inet_pton\(AF_INET6, "([^"]+)"/;
const unixPath = /sun_path=(@?)"((?:[^"\\]|\\.)*)"/;

/** The address in an argument's text; '' when it holds none (NULL, unnamed, another family). */
export function socketAddress(argumentText: string): string {
  const portNumber = port.exec(argumentText)?.[1];
  if (portNumber !== undefined) {
    const v4 = inet4.exec(argumentText)?.[1];
    if (v4 !== undefined) return `${v4}:${portNumber}`;
    const v6 = inet6.exec(argumentText)?.[1];
    return v6 === undefined ? '' : `[${v6}]:${portNumber}`;
  }
  const path = unixPath.exec(argumentText);
  return path ? `${path[1]}${path[2]}` : '';
}

/** Port of an address made by `socketAddress`; '' for others. */
function portOf(address: string): string {
  return /:(\d+)$/.exec(address)?.[1] ?? '';
}

/** True when a listener bound to `bound` accepts connections made to `target` (a wildcard address matches any of its port). */
export function reaches(target: string, bound: string): boolean {
  if (target === bound) return true;
  const wildcard = bound.startsWith('0.0.0.0:') || bound.startsWith('[::]:');
  return wildcard && portOf(bound) === portOf(target);
}
