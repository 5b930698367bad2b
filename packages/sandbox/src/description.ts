import type { NetworkLink } from "./network/way-out.ts";
import type { SandboxMount, SandboxSpec } from "./types.ts";

/** Words that describe one mount to the launcher. */
const mountWords: { readonly [K in SandboxMount["kind"]]: (mount: Extract<SandboxMount, { kind: K }>) => readonly string[] } = {
  bind: ({ source, target, readOnly }) => [readOnly ? "ro" : "rw", source, target],
  tmpfs: ({ target, sizeBytes, mode }) => ["tmpfs", target, String(sizeBytes), mode.toString(8)],
};

const describeMount = (mount: SandboxMount): readonly string[] =>
  (mountWords[mount.kind] as (mount: SandboxMount) => readonly string[])(mount);

/** The first descriptor that the launcher is given beyond its channel to the server. */
const firstDescriptor = 4;

function linkWords({ peer, mtu, addresses, resolver, descriptors }: NetworkLink): readonly (readonly string[])[] {
  const [router, users] = descriptors.map((_descriptor, index) => String(firstDescriptor + index));
  return [
    ["link", peer, String(mtu), router ?? "", users ?? "0"],
    ...addresses.map(([inside, gateway]) => ["address", inside, gateway]),
    ...(resolver === undefined ? [] : [["resolver", resolver]]),
  ];
}

/** What a description says beside the spec. */
export interface DescriptionParts {
  /** The sandbox's user on the host, as root; else the one shown inside. */
  readonly uid: number;
  /** Control groups to join. */
  readonly cgroupFiles?: readonly string[];
  readonly link?: NetworkLink;
  /** Full path of bubblewrap, if that is to make the sandbox. */
  readonly bubblewrap?: string;
}

/** What the launcher reads first on its standard input, see launcher/spec.c. @throws TypeError if a word holds a NUL */
export function describe(spec: SandboxSpec, { uid, cgroupFiles = [], link, bubblewrap }: DescriptionParts): Buffer {
  const words = [
    ["root", spec.folder],
    ["cwd", spec.workingDirectory],
    ["hostname", "sandbox"],
    ["uid", String(uid)],
    ["open-files", String(spec.maxOpenFiles)],
    ["processes", String(spec.maxProcesses)],
    ...cgroupFiles.map((file) => ["cgroup", file]),
    ...spec.mounts.map(describeMount),
    ...(spec.attachable ?? []).map((target) => ["attachable", target]),
    ...spec.listenPorts.map((port) => ["listen", String(port)]),
    ...(link === undefined ? [] : linkWords(link)),
    ...(bubblewrap === undefined ? [] : [["bubblewrap", bubblewrap]]),
    ...Object.entries(spec.environment).map(([name, value]) => ["variable", `${name}=${value}`]),
    ...(spec.zygoteSocket === undefined ? [] : [["zygote", spec.zygoteSocket]]),
    ...(spec.copyOf === undefined ? [] : [["copy-of", spec.copyOf]]),
    ...spec.command.map((word) => ["arg", word]),
    ...(spec.beside?.programs ?? []).map((path) => ["beside", path]),
    ...(spec.beside?.hiddenVariables ?? []).map((name) => ["hide", name]),
    ["end"],
  ].flat();
  return nulEnded(words);
}

/** What the launcher reads to attach mounts to its sandbox. @throws TypeError if a word holds a NUL */
export const describeAttach = (mounts: readonly SandboxMount[]): Buffer => nulEnded([...mounts.flatMap(describeMount), "attach"]);

/** What the launcher reads to let the program run. */
export const describeStart = (): Buffer => nulEnded(["start"]);

function nulEnded(words: readonly string[]): Buffer {
  if (words.some((word) => word.includes("\0"))) throw new TypeError("A sandbox's description holds a NUL.");
  return Buffer.from(words.map((word) => `${word}\0`).join(""), "utf8");
}
