/** Likely causes of errors on sockets and pipes (format: causeTable.ts). */

export const networkCauses = `
EPIPE: writes
Nobody can read any more: every read end is closed. SIGPIPE came too, and kills unless it is ignored, blocked or handled.
> Ignore SIGPIPE, check each write, and close this end when EPIPE comes.

EPIPE: sends
The peer has gone, this side was shut down, or TCP was never connected. SIGPIPE comes too, unless MSG_NOSIGNAL is given.
> Send with MSG_NOSIGNAL or ignore SIGPIPE, and close the socket when EPIPE comes.

EPIPE: copies
The pipe or socket that should take the bytes has no reader any more. SIGPIPE came too.
> Ignore SIGPIPE and stop copying when EPIPE comes.

EPIPE: any
Nobody can read the other end any more.
> Close this end and stop sending.

ECONNRESET: reads receives
The peer cut the connection with a reset: it crashed, or closed with unread data, or data reached it after its close.
> Close the socket. Treat what was not acknowledged as lost.

ECONNRESET: writes sends
The peer has cut the connection with a reset; the first write after its close often still succeeds.
> Close the socket. Treat what was not acknowledged as lost.

ECONNRESET: any
The peer cut the connection with a reset.
> Close the socket.

ECONNREFUSED: connect
Nobody listens on that address and port. For a UNIX socket: the path is left over from a server that has ended.
> Check that the server runs and listens there; try again after a pause, on a new socket.

ECONNREFUSED: reads receives writes sends
An earlier datagram was answered by "port unreachable": nobody listens at the destination.
> Check that the receiver runs and uses this port.

ECONNREFUSED: any
Nobody listens at that address.
> Check that the server runs and listens there.

ECONNABORTED: accepts
The client gave up before its connection was accepted.
> Go on with the next accept: the server itself is fine.

ENOTCONN: reads receives writes sends getpeername
The socket was never connected, or the connection did not come about.
> Check what connect returned. On a server use the descriptor from accept, not the listening one.

ENOTCONN: shutdown
The socket is not connected, or the peer has already reset the connection.
> Ignore it if the connection is ending anyway; otherwise check what connect returned.

ENOTCONN: any
The socket is not connected.
> Connect it first and check the result.

EISCONN: connect
The socket is connected already.
> Make a new socket for each connection. After a non-blocking connect this means that it has succeeded.

EISCONN: sends
A destination was named on a socket that has a connection.
> Leave the address out.

EISCONN: any
The socket is connected already.
> Make a new socket for each connection.

EADDRINUSE: bind
Another socket has this address, or old connections on the port are in TIME_WAIT. For a UNIX path: the file exists.
> TCP: set SO_REUSEADDR before bind, or stop the other server. UNIX: unlink the stale path before bind.

EADDRINUSE: listen
Another socket listens on this port already.
> Stop the other server, choose another port, or set SO_REUSEPORT on both before bind.

EADDRINUSE: connect
The local address and port that the socket is bound to are used for a connection to the same peer.
> Let the kernel choose the local port, or wait until the old connection is gone.

EADDRINUSE: any
The address is taken.
> Choose another one or stop its user.

EADDRNOTAVAIL: bind
The address does not belong to an interface of this machine.
> Bind to an address of this machine, or to 0.0.0.0 or :: for all.

EADDRNOTAVAIL: connect
No free local port is left for this destination, or the bound local address cannot reach it.
> Reuse connections or widen net.ipv4.ip_local_port_range.

EADDRNOTAVAIL: any
The address cannot be used on this machine.
> Use an address of this machine.

ENETUNREACH: connect sends
The machine has no route to that network, or no IPv6 where an IPv6 address was used.
> Check the address and the routes; try the other addresses of the name.

EHOSTUNREACH: connect sends reads receives
The last router, or the local network, cannot reach that machine; a firewall may say so too.
> Check that the machine is up and the address right; try later.

EDESTADDRREQ: writes sends
The datagram socket has no peer and no destination was named.
> Connect it first, or use sendto with an address.

EMSGSIZE: sends writes
The datagram is larger than the socket can send in one piece.
> Send smaller datagrams, or use a stream socket.

EMSGSIZE: mq_timedsend
The message is longer than the queue's mq_msgsize.
> Send shorter messages, or create the queue with a larger mq_msgsize.

EMSGSIZE: mq_timedreceive
The buffer is smaller than the queue's mq_msgsize.
> Use a buffer of at least mq_msgsize bytes (mq_getattr tells it).

ENOBUFS: sends writes connect accepts socket
The kernel has no memory for the socket's buffers or queues now.
> Send less at a time and try again later.

ENOTSOCK: any
The descriptor is open but is no socket, perhaps because its number was closed and used again.
> Look where the number was opened last; check for a close too many.

EPROTONOSUPPORT: any
The protocol does not exist in this address family, or is not in this kernel.
> Use 0 to let the kernel choose the protocol.

EAFNOSUPPORT: any
The kernel does not have this address family, or the address is of another family than the socket.
> Make the socket with the family of the address that it is used with.

EOPNOTSUPP: accepts listen
The socket is of a type that has no connections, such as a datagram socket.
> Use SOCK_STREAM or SOCK_SEQPACKET for a server that accepts.

EOPNOTSUPP: sends receives
The socket does not know one of the flags, or the protocol does not have this operation.
> Leave out the flag.

EOPNOTSUPP: fallocate copy_file_range
The filesystem does not support this operation or mode.
> Write the bytes in the ordinary way instead.

EOPNOTSUPP: any
The object does not support this operation.
> Use another way that this kind of object knows.

ENOPROTOOPT: getsockopt setsockopt
The option is unknown at this level, perhaps because the level is wrong.
> Check the level: SOL_SOCKET for SO_ names, IPPROTO_TCP for TCP_ names.
`;
