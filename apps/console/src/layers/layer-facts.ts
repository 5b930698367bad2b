/** What a layer is for, and where it comes from. */
export interface LayerFacts {
  readonly name: string;
  readonly description: string;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly license: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html */
export const layerLimits = { descriptionCharacters: 256, runtimes: 15, licenseCharacters: 512 } as const;

/** What is wrong with each field, in a sentence. */
export function problemsOf({ name, description, runtimes, license }: LayerFacts) {
  return {
    name: /^[\w-]{1,64}$/.test(name) ? undefined : "Use 1 to 64 letters, numbers, hyphens and underscores.",
    description:
      description.length > layerLimits.descriptionCharacters ? `Use at most ${layerLimits.descriptionCharacters} characters.` : undefined,
    runtimes: runtimes.length > layerLimits.runtimes ? `Choose at most ${layerLimits.runtimes} runtimes.` : undefined,
    license: license.length > layerLimits.licenseCharacters ? `Use at most ${layerLimits.licenseCharacters} characters.` : undefined,
  };
}

/** `arn:...:layer:NAME:3` without its version, and the version. */
export function splitLayerArn(arn: string): { readonly name: string; readonly version: number; readonly accountId: string } {
  const parts = arn.split(":");
  return { accountId: parts[4] ?? "", name: parts[6] ?? arn, version: Number(parts[7] ?? 0) };
}

interface MadeFor {
  readonly CompatibleRuntimes?: readonly string[] | undefined;
  readonly CompatibleArchitectures?: readonly string[] | undefined;
}

interface Runs {
  readonly Runtime?: string | undefined;
  readonly Architectures?: readonly string[] | undefined;
}

/** Whether a layer says that it fits a function, or says nothing about it. */
export function isCompatible(
  { CompatibleRuntimes = [], CompatibleArchitectures = [] }: MadeFor,
  { Runtime = "", Architectures }: Runs,
): boolean {
  const [architecture = "x86_64"] = Architectures ?? [];
  const fits = (all: readonly string[], own: string): boolean => all.length === 0 || all.includes(own);
  return fits(CompatibleRuntimes, Runtime) && fits(CompatibleArchitectures, architecture);
}
