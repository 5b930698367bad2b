import type { Launcher } from "./fork-server.ts";
import { processEnd } from "./signals.ts";
import type { SandboxExit } from "./types.ts";

/** How a program ended, as the launcher says it: 0 is the command, from 1 on those beside it. */
interface EndMessage {
  readonly ended: number;
  readonly code: number;
  readonly signal: number;
}

/** When the programs of a sandbox end. */
export interface ProgramEnds {
  readonly command: Promise<SandboxExit>;
  readonly beside: readonly Promise<SandboxExit>[];
  /** The sandbox has ended, and so has every program. */
  over(exit: SandboxExit): void;
}

/**
 * Hears of ends over the launcher's channel, from the start on.
 * @param ranOutOfMemory whether something in the sandbox was killed for want of memory
 */
export function watchProgramEnds({ onMessage }: Launcher, besideCount: number, ranOutOfMemory: () => boolean): ProgramEnds {
  const ends = Array.from({ length: 1 + besideCount }, () => Promise.withResolvers<SandboxExit>());
  let isOver = false;
  onMessage((message) => {
    if (!("ended" in message) || isOver) return;
    const end = message as EndMessage;
    ends[end.ended]?.resolve({ ...processEnd(end), outOfMemory: ranOutOfMemory() });
  });
  const [command, ...beside] = ends.map(({ promise }) => promise);
  return {
    command: command!,
    beside,
    over(exit) {
      isOver = true;
      for (const { resolve } of ends) resolve(exit);
    },
  };
}
