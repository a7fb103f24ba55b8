/**
 * Whether two runs of a program made the same call: its arguments without what differs from run to run. Addresses, inode numbers, chosen
 * ports, terminals, comments and what the kernel wrote into the program's memory are left out; numbers of processes count as equal when
 * they name processes at the same place of the tree. Everything else must be the same text.
 */

/** Thread numbers of a run → the place of that thread in its tree. */
export type ThreadPlaces = ReadonlyMap<number, string>;

/** Arguments that the kernel fills in (their man pages): their text is an answer, or an address when the call failed. */
const answers: Readonly<Record<string, readonly number[]>> = {
  read: [1],
  pread64: [1],
  readv: [1],
  preadv: [1],
  preadv2: [1],
  recvfrom: [1, 4, 5],
  recvmsg: [1],
  recvmmsg: [1],
  accept: [1, 2],
  accept4: [1, 2],
  getsockname: [1, 2],
  getpeername: [1, 2],
  getsockopt: [3, 4],
  pipe: [0],
  pipe2: [0],
  socketpair: [3],
  epoll_wait: [1],
  epoll_pwait: [1],
  epoll_pwait2: [1],
  wait4: [1, 3],
  waitid: [2, 4],
  nanosleep: [1],
  clock_nanosleep: [3],
  clock_gettime: [1],
  gettimeofday: [0],
  getitimer: [1],
  setitimer: [2],
  timer_create: [2],
  timer_gettime: [1],
  timer_settime: [3],
  timerfd_gettime: [1],
  timerfd_settime: [3],
  rt_sigaction: [2],
  rt_sigprocmask: [2],
  rt_sigpending: [0],
  rt_sigtimedwait: [1],
  sigaltstack: [1],
  getdents64: [1],
  stat: [1],
  fstat: [1],
  lstat: [1],
  newfstatat: [2],
  statx: [4],
  readlink: [1],
  readlinkat: [2],
  getcwd: [0],
  getrandom: [0],
  prlimit64: [3],
  getrlimit: [1],
  getrusage: [1],
  ioctl: [2],
  msgrcv: [1],
  mq_timedreceive: [1],
  shmctl: [2],
  semctl: [3],
  sendfile: [2],
  splice: [1, 3],
  copy_file_range: [1, 3],
  uname: [0],
  sysinfo: [0],
};

/** The arguments that the program gave, each as text with what differs from run to run replaced. */
export function givenArguments(name: string, args: readonly string[]): string[] {
  const answered = answers[name] ?? [];
  return args.map((text, i) => (answered.includes(i) ? '' : withoutChance(text)));
}

function withoutChance(text: string): string {
  return (
    text
      .replace(/ ?\/\*.*?\*\//g, '')
      // `[16 => 0]`: what follows is the answer; 5.10 and older print `->`.
      .replace(/ (?:=>|->) [^\]]*\]/g, ']')
      .replace(/([a-z_]+:)\[\d+(?:->\d+)?\]/g, '$1[*]')
      .replace(/<\/dev\/pts\/\d+/g, '</dev/pts/*')
      .replace(/htons\((\d+)\)/g, (port, number: string) => (Number(number) >= firstChosenPort ? 'htons(*)' : port))
      .replace(/0x[0-9a-f]{5,}/g, '0x*')
  );
}

/** net.ipv4.ip_local_port_range begins here unless it was changed. */
const firstChosenPort = 32_768;

/**
 * `shorter`: one of the calls never returned, and strace had printed only its first arguments.
 */
export function sameArguments(
  a: readonly string[],
  b: readonly string[],
  places: { a: ThreadPlaces; b: ThreadPlaces },
  shorter: boolean,
): boolean {
  if (!shorter && a.length !== b.length) return false;
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const [one, other] = [a[i] ?? '', b[i] ?? ''];
    if (one !== other && !sameWords(one, other, places)) return false;
  }
  return true;
}

function sameWords(a: string, b: string, places: { a: ThreadPlaces; b: ThreadPlaces }): boolean {
  const [one, other] = [a.split(numbers), b.split(numbers)];
  if (one.length !== other.length) return false;
  return one.every((word, i) => {
    if (word === other[i]) return true;
    const place = places.a.get(Number(word));
    return place !== undefined && place === places.b.get(Number(other[i]));
  });
}

const numbers = /(\d+)/;
