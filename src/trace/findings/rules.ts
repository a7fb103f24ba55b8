/** Every rule there is. The order is the one of the documentation; findings are sorted by how grave they are. */

import type { Rule } from './rule.js';
import { addrInUse } from './addrInUse.js';
import { busyPoll } from './busyPoll.js';
import { copyLoopCouldBeSendfile } from './copyLoopCouldBeSendfile.js';
import { daemonNoChdir } from './daemonNoChdir.js';
import { daemonNoSetsid } from './daemonNoSetsid.js';
import { daemonTerminalFdsOpen } from './daemonTerminalFdsOpen.js';
import { deadlock } from './deadlock.js';
import { eintrNotRetried } from './eintrNotRetried.js';
import { etAcceptNotLooped } from './etAcceptNotLooped.js';
import { etBlockingFd } from './etBlockingFd.js';
import { etNotDrained } from './etNotDrained.js';
import { fdLeak } from './fdLeak.js';
import { fifoOpenBlocked } from './fifoOpenBlocked.js';
import { lostSigchld } from './lostSigchld.js';
import { missingCloexec } from './missingCloexec.js';
import { mmapEacces } from './mmapEacces.js';
import { mmapUnaligned } from './mmapUnaligned.js';
import { mmapZeroLength } from './mmapZeroLength.js';
import { munmapMismatch } from './munmapMismatch.js';
import { orphan } from './orphan.js';
import { pipeReaderHangs } from './pipeReaderHangs.js';
import { sigbus } from './sigbus.js';
import { sigpipeDeath } from './sigpipeDeath.js';
import { stdioDoubleFlush } from './stdioDoubleFlush.js';
import { thunderingHerd } from './thunderingHerd.js';
import { vforkChildMisbehaves } from './vforkChildMisbehaves.js';
import { closeTwice } from './closeTwice.js';
import { tooManyOpenFiles } from './tooManyOpenFiles.js';
import { errorIgnored } from './errorIgnored.js';
import { epipeIgnored } from './epipeIgnored.js';
import { mmapFailedUsed } from './mmapFailedUsed.js';
import { segfault } from './segfault.js';
import { childStatusIgnored } from './childStatusIgnored.js';
import { forkEagain } from './forkEagain.js';
import { noChild } from './noChild.js';
import { waitOnceForMany } from './waitOnceForMany.js';
import { limitHit } from './limitHit.js';
import { signalStorm } from './signalStorm.js';
import { tinyIo } from './tinyIo.js';
import { unsafeSignalHandlerCall } from './unsafeSignalHandlerCall.js';
import { forkUnbounded } from './forkUnbounded.js';
import { zombie } from './zombie.js';
import { zombieNeverReaped } from './zombieNeverReaped.js';
import { queueNotRemoved } from './queueNotRemoved.js';
import { segmentNotRemoved } from './segmentNotRemoved.js';
import { semaphoreNotRemoved } from './semaphoreNotRemoved.js';
import { semaphoreNeverPosted } from './semaphoreNeverPosted.js';
import { tempFileLeft } from './tempFileLeft.js';
import { notConnected } from './notConnected.js';
import { connectErrorIgnored } from './connectErrorIgnored.js';
import { fdSetsize } from './fdSetsize.js';
import { missingPrivilege } from './missingPrivilege.js';
import { lockContention } from './lockContention.js';
import { livelock } from './livelock.js';
import { lockNotReleased } from './lockNotReleased.js';

export const rules: readonly Rule[] = [
  zombie,
  zombieNeverReaped,
  lostSigchld,
  noChild,
  childStatusIgnored,
  waitOnceForMany,
  forkEagain,
  forkUnbounded,
  orphan,
  daemonNoSetsid,
  daemonTerminalFdsOpen,
  daemonNoChdir,
  etNotDrained,
  etBlockingFd,
  etAcceptNotLooped,
  thunderingHerd,
  busyPoll,
  sigpipeDeath,
  epipeIgnored,
  eintrNotRetried,
  unsafeSignalHandlerCall,
  signalStorm,
  pipeReaderHangs,
  fifoOpenBlocked,
  addrInUse,
  notConnected,
  connectErrorIgnored,
  fdSetsize,
  missingPrivilege,
  missingCloexec,
  fdLeak,
  tooManyOpenFiles,
  limitHit,
  closeTwice,
  errorIgnored,
  stdioDoubleFlush,
  vforkChildMisbehaves,
  deadlock,
  lockContention,
  livelock,
  lockNotReleased,
  queueNotRemoved,
  segmentNotRemoved,
  semaphoreNotRemoved,
  semaphoreNeverPosted,
  tempFileLeft,
  mmapEacces,
  mmapZeroLength,
  mmapUnaligned,
  munmapMismatch,
  mmapFailedUsed,
  sigbus,
  segfault,
  copyLoopCouldBeSendfile,
  tinyIo,
];
