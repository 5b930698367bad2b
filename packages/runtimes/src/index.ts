export { compareVersions, runnableRuntimes, runtimeCatalog, type RuntimeFacts, type RuntimeLanguage } from "./catalog.ts";
export type { DiscoverOptions } from "./discover.ts";
export { installRuntime, RuntimeInstallError } from "./install.ts";
export {
  createRuntimes,
  howToInstall,
  type InterpretedRuntime,
  type ResolvedRuntime,
  type RuntimeDescription,
  type Runtimes,
} from "./runtimes.ts";
