/** Lets so many in at once. */
export interface Gate {
  /** Waits for a place, in the order of asking. @returns what gives the place back; calling it again does nothing */
  enter(): Promise<() => void>;
  /** True while somebody waits. */
  readonly isCrowded: boolean;
}

/** A gate with that many places. */
export function createGate(width: number): Gate {
  const waiting: (() => void)[] = [];
  let free = width;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    async enter() {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      let isIn = true;
      return () => {
        if (isIn) leave();
        isIn = false;
      };
    },
    get isCrowded() {
      return waiting.length > 0;
    },
  };
}
