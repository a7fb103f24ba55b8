/** A small generator of even numbers in [0, 1): a Weyl sequence through an integer mixer. The same seed gives the same numbers. */
export function randomFrom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x61c88647) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** The list in a random order. */
export function shuffled(list, random) {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
