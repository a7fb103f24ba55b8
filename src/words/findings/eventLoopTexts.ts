/** What the rules about waiting for many descriptors say. */

import type { FindingTexts } from './findingText.js';

export const eventLoopTexts: FindingTexts = {
  'et-not-drained': {
    title: 'Edge-triggered descriptor not read until EAGAIN',
    message: 'descriptor {0}: one read filled its buffer ({1} bytes), then the thread slept for {2}',
    values: ['fd', 'read', 'sleptNs'],
    explanation:
      'With EPOLLET, epoll_wait reports that something arrived, not that something is there. A read that fills its buffer may have left bytes behind, and no event will tell of them until more arrive. Read until the call fails with EAGAIN or returns less than was asked for.',
    steps: {
      ready: 'epoll reports the descriptor, once',
      served: 'the last read fills its buffer',
      sleep: 'the thread waits for the next event',
    },
  },
  'et-blocking-fd': {
    title: 'Edge-triggered on a blocking descriptor',
    message: 'descriptor {0} is blocking: {1} slept for {2}',
    values: ['fd', 'call', 'sleptNs'],
    explanation:
      'An edge-triggered descriptor has to be read until EAGAIN, and a blocking descriptor never says EAGAIN: the last call of the loop sleeps, and all other descriptors of that thread wait with it. Set O_NONBLOCK (or SOCK_NONBLOCK) on every descriptor that is watched with EPOLLET.',
    steps: {
      ready: 'epoll reports the descriptor',
      served: 'the first call on it',
      asleep: 'a call on it goes to sleep',
    },
  },
  'et-accept-not-looped': {
    title: 'Edge-triggered listener, one accept an event',
    message: 'listener {0}: one connection was accepted, then the thread slept for {1}',
    values: ['fd', 'sleptNs'],
    explanation:
      'Several connections can arrive before epoll_wait returns, and with EPOLLET they are one event. Those that are not accepted now wait until another client happens to connect. Call accept until it fails with EAGAIN, or watch the listener level-triggered.',
    steps: {
      ready: 'epoll reports the listener, once',
      accepted: 'one connection is accepted',
      sleep: 'the thread waits for the next event',
    },
  },
  'thundering-herd': {
    title: 'Thundering herd',
    message: 'listener {0}: {1} workers woke up {2} times in vain for {3} connections',
    values: ['fd', 'workers', 'vain', 'accepted'],
    explanation:
      'Every worker watches the same listener, so one connection wakes all of them; one gets it, and accept fails with EAGAIN in the others. Add EPOLLEXCLUSIVE to the registration, so that one or a few are woken, or give each worker a listener of its own with SO_REUSEPORT.',
    steps: {
      won: 'one worker gets the connection',
      woken: 'another worker is woken for it, too',
      vain: 'its accept finds nothing',
    },
  },
  'busy-poll': {
    title: 'Busy polling',
    message: '{0} on descriptor {1} was called {2} times in {3} and had nothing to give',
    values: ['call', 'fd', 'calls', 'lastedNs'],
    explanation:
      'The call does not wait, and the loop asks again at once: that keeps a processor busy with nothing. Wait with poll or epoll_wait until the descriptor is ready, or let the call block.',
    steps: { first: 'the first vain call', last: 'the last one, with nothing but the same in between' },
  },
};
