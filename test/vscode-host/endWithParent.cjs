/** Loaded into VS Code's server before anything else: ends it when the process that started it is gone, however that one ended. */

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 1000).unref();
