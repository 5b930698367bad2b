import type { EnvironmentPhases, EnvironmentStats, EnvironmentUsage } from "@mayfly/engine";
import type { EnvironmentInfo } from "@mayfly/wire/mayfly";

const micros = (ms: number): number => Math.max(0, Math.round(ms * 1000));

/** An environment of the engine as the API shows it. */
export function shapeEnvironment(stats: EnvironmentStats, usage: EnvironmentUsage | undefined): EnvironmentInfo {
  const { id, target, state, invocations, createdAtMs, phases } = stats;
  return {
    EnvironmentId: id,
    FunctionName: target.functionName,
    FunctionVersion: target.functionVersion,
    Runtime: target.runtime,
    State: state,
    Invocations: invocations,
    CreatedAt: new Date(createdAtMs),
    MemorySize: target.memorySizeMb,
    ...(usage && { MemoryUsedBytes: usage.memoryBytes, CpuTimeMs: Math.round(usage.cpuMs) }),
    ...(phases && { Phases: shapePhases(phases) }),
  };
}

function shapePhases({ pooled, waitedMs, sandboxMs, codeMs, initMs, firstResponseMs }: EnvironmentPhases): EnvironmentInfo["Phases"] {
  return {
    Pooled: pooled,
    WaitedMicros: micros(waitedMs),
    SandboxMicros: micros(sandboxMs),
    CodeMicros: micros(codeMs),
    InitMicros: micros(initMs),
    ...(firstResponseMs !== undefined && { FirstResponseMicros: micros(firstResponseMs) }),
  };
}
