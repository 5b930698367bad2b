import type { EnvironmentPhases } from "@mayfly/wire/mayfly";

/** A part of an environment's start. Microseconds. */
export interface StartPhase {
  readonly id: "waited" | "sandbox" | "code" | "init" | "response";
  readonly name: string;
  readonly micros: number;
}

const names: readonly (readonly [StartPhase["id"], string, (phases: EnvironmentPhases) => number | undefined])[] = [
  ["waited", "Waited for a processor", ({ WaitedMicros }) => WaitedMicros],
  ["sandbox", "Sandbox", ({ SandboxMicros }) => SandboxMicros],
  ["code", "Code given", ({ CodeMicros }) => CodeMicros],
  ["init", "Init", ({ InitMicros }) => InitMicros],
  ["response", "First response", ({ FirstResponseMicros }) => FirstResponseMicros],
];

/** Every part that a start can have, for a legend. */
export const phaseNames: readonly Pick<StartPhase, "id" | "name">[] = names.map(([id, name]) => ({ id, name }));

/** The parts that took time, in their order. */
export const phasesOf = (phases: EnvironmentPhases): readonly StartPhase[] =>
  names.flatMap(([id, name, micros]) => {
    const took = micros(phases);
    return took === undefined || took === 0 ? [] : [{ id, name, micros: took }];
  });

/** `312 µs`, `4.21 ms`, `1.05 s` */
export function formatMicros(micros: number): string {
  if (micros < 1_000) return `${micros} µs`;
  return micros < 1_000_000 ? `${(micros / 1_000).toFixed(2)} ms` : `${(micros / 1_000_000).toFixed(2)} s`;
}
