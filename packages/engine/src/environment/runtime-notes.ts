import { runtimeVersionArn, type ResolvedRuntime } from "@mayfly/runtimes";
import type { FunctionTarget } from "../types.ts";

const hostArchitecture = process.arch === "arm64" ? "arm64" : "x86_64";

/** What INIT_START says of the runtime that an environment runs on. */
export interface RuntimeNotes {
  /** `python:3.12.1` */
  readonly version: string;
  readonly versionArn: string;
  /** Why it isn't quite the one that was asked for. */
  readonly note: string | undefined;
}

/** @returns what the log says of the runtime on which the target's environment runs */
export function runtimeNotes(target: FunctionTarget, runtime: ResolvedRuntime): RuntimeNotes {
  const version = `${runtime.language}:${runtime.version}`;
  const notes = [
    ...(runtime.exact ? [] : [`${target.runtime} is not installed; this is the nearest newer version`]),
    ...(target.architecture === hostArchitecture ? [] : [`runs on ${hostArchitecture}, not ${target.architecture}`]),
  ];
  return {
    version,
    versionArn: runtimeVersionArn(target.region, target.runtime),
    note: notes.length === 0 ? undefined : notes.join("; "),
  };
}
