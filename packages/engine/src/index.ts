export { createEngine } from "./engine.ts";
export { EngineError, type EngineErrorCode } from "./engine-error.ts";
export type * from "./types.ts";
export { connectEngine } from "./worker/remote-engine.ts";
