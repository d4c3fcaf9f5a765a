/** Tells the line, from 1, of offsets in `text` that are asked for in ascending order. */
export function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (let next = text.indexOf("\n", at); next >= 0 && next < offset;) {
      line += 1;
      at = next + 1;
      next = text.indexOf("\n", at);
    }
    return line;
  };
}
