export { compareVersions, runnableRuntimes, runtimeCatalog, type RuntimeFacts, type RuntimeLanguage } from "./catalog.ts";
export type { DiscoverOptions } from "./discover.ts";
export { installBoto3 } from "./boto3.ts";
export { installRuntime } from "./install.ts";
export { RuntimeInstallError } from "./install-error.ts";
export { runtimeVersionArn } from "./runtime-version.ts";
export { describeSdks } from "./sdks.ts";
export {
  createRuntimes,
  howToInstall,
  type InterpretedRuntime,
  type ResolvedRuntime,
  type RuntimeDescription,
  type Runtimes,
} from "./runtimes.ts";
