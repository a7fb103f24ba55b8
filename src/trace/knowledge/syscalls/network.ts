/** Calls on sockets, the class "network" (format: syscallTable.ts). read, write and close on a socket are in file.ts. */

export const networkTable = `
socket(domain, type, protocol) = fd: Creates an end point for communication.
socketpair(domain, type, protocol, sv) = zero: Creates two sockets that are connected to each other.
bind(sockfd*, addr, addrlen) = zero: Gives a socket its local address.
listen(sockfd*, backlog) = zero: Makes a socket accept connections, with a queue for those not yet taken.
accept(sockfd*, addr, addrlen) = fd, waits: Takes the next connection from a listening socket's queue.
accept4(sockfd*, addr, addrlen, flags) = fd, waits, man accept(2): Takes the next connection and sets flags on its new descriptor.
connect(sockfd*, addr, addrlen) = zero, waits: Connects a socket to an address, or sets where datagrams go.
shutdown(sockfd*, how) = zero: Ends sending, receiving or both on a connection for all who share it.
getsockname(sockfd*, addr, addrlen) = zero: Tells a socket's local address.
getpeername(sockfd*, addr, addrlen) = zero: Tells the address of the other end.
getsockopt(sockfd*, level, optname, optval, optlen) = zero: Reads an option of a socket.
setsockopt(sockfd*, level, optname, optval, optlen) = zero, man getsockopt(2): Sets an option of a socket.
send(sockfd*, buf, len, flags) = bytes, waits: Sends bytes over a connected socket.
sendto(sockfd*, buf, len, flags, dest_addr, addrlen) = bytes, waits, man send(2): Sends bytes over a socket, to a given address if one is named.
sendmsg(sockfd*, msg, flags) = bytes, waits, man send(2): Sends several buffers, and can pass descriptors or credentials.
sendmmsg(sockfd*, msgvec, vlen, flags) = count "the number of messages sent", waits: Sends several messages with one call.
recv(sockfd*, buf, len, flags) = bytes, waits: Receives bytes from a connected socket; 0 means the peer has ended its stream.
recvfrom(sockfd*, buf, len, flags, src_addr, addrlen) = bytes, waits, man recv(2): Receives bytes from a socket and tells who sent them.
recvmsg(sockfd*, msg, flags) = bytes, waits, man recv(2): Receives into several buffers, and can take passed descriptors.
recvmmsg(sockfd*, msgvec, vlen, flags, timeout) = count "the number of messages received", waits: Receives several messages with one call.
socketcall(call, args) = value "what the socket operation gives", waits: Makes any socket call; 32-bit programs use this one entry for all.
sethostname(name, len) = zero, man gethostname(2): Sets the host name.
setdomainname(name, len) = zero, man getdomainname(2): Sets the NIS domain name.
`;
