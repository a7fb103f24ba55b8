/** The traced processes' sockets at a moment, as `ss` lists them. */

import type { ProcessId } from '../api.js';
import type { SocketInfo } from '../accountsApi.js';
import type { Channel } from '../model/descriptors/channel.js';
import type { Description } from '../model/descriptors/description.js';
import type { AccountContext } from './context.js';

export function sockets(context: AccountContext, process: ProcessId | null, atNs: number): SocketInfo[] {
  const { events, processes, kernel } = context;
  const { channels } = kernel.descriptorModel;
  return kernel
    .descriptors({ process, atNs })
    .filter(d => d.kind === 'socket')
    .flatMap(d => {
      const found = kernel.descriptorModel.find(d.process, d.fd, atNs);
      if (!found) return [];
      const { description } = found;
      const channel = description.channel === null ? undefined : channels.get(description.channel);
      const bound = channels.localAddress(description);
      const state = stateOf(description, channel, bound, atNs);
      const connected = channel !== undefined && channel.singleEnd === undefined && !description.datagram;
      const far = connected ? channel.addresses[description.end === 0 ? 1 : 0] : description.remote;
      const near =
        connected && channel.kind !== 'socketpair' ? channel.addresses[description.end === 0 ? 0 : 1] : bound;
      const queue = channel?.incoming(description.end).stateAt(atNs, row => events.endNs(row)).inFlight;
      return {
        ...{ process: d.process, pid: processes.pid(d.process), fd: d.fd, state, name: d.name },
        ...{ local: near || bound, remote: far, bytesIn: d.bytesIn, bytesOut: d.bytesOut },
        ...{ receiveQueue: queue ?? null, birthRow: d.birthRow },
      };
    });
}

function stateOf(
  description: Description,
  channel: Channel | undefined,
  bound: string,
  atNs: number,
): SocketInfo['state'] {
  if (description.listeningNs !== null && description.listeningNs <= atNs) return 'listening';
  if (channel?.resetNs != null && channel.resetNs <= atNs) return 'reset';
  if (channel && !description.datagram) {
    const far = channel.descriptions[description.end === 0 ? 1 : 0];
    const { shutBy } = channel.incoming(description.end);
    if (shutBy && shutBy.atNs <= atNs) return 'peerClosed';
    if (far.size > 0 && [...far].every(o => o.descriptors.every(d => !d.isOpenAt(atNs)))) return 'peerClosed';
    return 'connected';
  }
  if (description.remote !== '') return 'connected';
  return bound === '' ? 'unconnected' : 'bound';
}
