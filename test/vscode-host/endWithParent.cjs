/**
 * Loaded into VS Code's server before anything else: ends it when the process that started it is gone, however that one ended.
 * Only the server: its own children, the extension host first, have their ways to end, and need the time for them.
 */

process.execArgv = process.execArgv.filter(flag => !flag.includes(__filename));

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1000).unref();
