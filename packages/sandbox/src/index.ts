export { createSandboxFactory, SandboxError, type SandboxFactoryOptions } from "./factory.ts";
export { zygoteLibraryPath } from "./launcher-path.ts";
export { detectSupport } from "./support.ts";
export * from "./types.ts";
export { wayOfEnvironment } from "./ways.ts";
