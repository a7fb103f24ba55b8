/** Which descriptors a wait reported, from strace's text of the result. */

export interface ReportedEvent {
  fd: number;
  events: string[];
}

export interface EpollEvent {
  events: string[];
  data: string;
}

/** epoll_wait's list: `[{events=EPOLLIN, data={u32=9, u64=9}}, …]`, in the forms of strace 4.26 to 7.2. */
export function parseEpollEvents(text: string): EpollEvent[] {
  const found: EpollEvent[] = [];
  const pattern = /\{(?:events=)?([A-Z][A-Z0-9x_|]*), (?:data=)?(?:\{u32=\d+, u64=(\d+)\}|(0x[0-9a-f]+|\d+))\}/g;
  for (const m of text.matchAll(pattern))
    found.push({ events: m[1]!.split('|'), data: BigInt(m[2] ?? m[3]!).toString() });
  return found;
}

/** poll's result: `[{fd=8, revents=POLLIN}], left {…}`. */
export function parsePollEvents(text: string): ReportedEvent[] {
  return [...text.matchAll(/\{fd=(\d+)[^,}]*, revents=([A-Z0-9x_|]+)\}/g)].map(m => ({
    fd: Number(m[1]),
    events: m[2]!.split('|'),
  }));
}

/** select's result: `in [3 5], out [8], left {…}`. */
export function parseSelectSets(text: string): ReportedEvent[] {
  const found: ReportedEvent[] = [];
  for (const [, set, numbers] of text.matchAll(/(in|out|except) \[([\d <>:[\]a-z/.-]*?)\](?=,|$)/g))
    for (const fd of numbers!.matchAll(/(?:^| )(\d+)/g)) found.push({ fd: Number(fd[1]), events: [set!] });
  return found;
}
