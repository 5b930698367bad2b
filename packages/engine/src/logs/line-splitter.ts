import { engineLimits } from "../limits.ts";

/** Cuts a stream of bytes into lines; a longer line than an event may be comes in parts. */
export interface LineSplitter {
  take(data: Buffer): void;
  /** Gives out what has come of an unfinished line. */
  flush(): void;
}

export function createLineSplitter(onLine: (line: Buffer) => void): LineSplitter {
  let pieces: Buffer[] = [];
  let pendingBytes = 0;

  const emit = (): void => {
    const line = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    pieces = [];
    pendingBytes = 0;
    onLine(line);
  };
  const keep = (part: Buffer): void => {
    let rest = part;
    while (pendingBytes + rest.length > engineLimits.logLineBytes) {
      const taken = rest.subarray(0, engineLimits.logLineBytes - pendingBytes);
      pieces.push(taken);
      emit();
      rest = rest.subarray(taken.length);
    }
    if (rest.length === 0) return;
    pieces.push(rest);
    pendingBytes += rest.length;
  };

  return {
    take(data) {
      let from = 0;
      for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
        keep(data.subarray(from, end));
        emit();
        from = end + 1;
      }
      if (from < data.length) keep(data.subarray(from));
    },
    flush() {
      if (pendingBytes > 0) emit();
    },
  };
}
