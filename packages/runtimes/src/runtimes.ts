import { fileURLToPath } from "node:url";
import { basename } from "node:path";
import { boto3Mount } from "./boto3.ts";
import { compareVersions, runnableRuntimes, runtimeCatalog, type RuntimeFacts } from "./catalog.ts";
import { discoverInterpreters, type DiscoverOptions } from "./discover.ts";
import { probeInterpreter, type Interpreter, type InterpreterCandidate } from "./interpreter.ts";

/** What a sandbox shows read-only: host path, path inside. */
export interface RuntimeMount {
  readonly source: string;
  readonly target: string;
}

interface RunnableRuntime {
  readonly runtime: string;
  /** In full, e.g. `3.12.1`; of a custom runtime the system that it is made for. */
  readonly version: string;
  /** False if the nearest newer version stands in. */
  readonly exact: boolean;
  /** What the sandbox must show besides the system's own. */
  readonly mounts: readonly RuntimeMount[];
  /** Starts the bootstrap in an environment of that much memory, as seen from inside. */
  command(memorySizeMb: number): readonly string[];
  /** The same before its function is known: it then asks the Runtime API's `/mayfly/assignment` for it, once it has loaded these packages of those that it carries. Undefined where that can't be. */
  waitingCommand?(memorySizeMb: number, preloaded: readonly string[]): readonly string[];
  /** Starts a process of which every other may be a copy, told by the command's words; it loads this library first. Undefined where that can't be. */
  zygoteCommand?(library: string): readonly string[];
}

/** A runtime whose functions an interpreter of this machine runs. */
export interface InterpretedRuntime extends RunnableRuntime {
  readonly language: "nodejs" | "python";
  /** On the host. */
  readonly interpreter: string;
}

/** A runtime whose functions bring the program that runs them. */
interface CustomRuntime extends RunnableRuntime {
  readonly language: "provided";
  readonly interpreter: undefined;
}

/** How a runtime runs on this machine. */
export type ResolvedRuntime = InterpretedRuntime | CustomRuntime;

/** One runtime as `mayfly doctor` shows it. */
export interface RuntimeDescription {
  readonly runtime: string;
  readonly resolved: ResolvedRuntime | undefined;
  /** For people: what it runs on, or how to get it. */
  readonly text: string;
}

/** The interpreters of this machine. */
export interface Runtimes {
  /** The runtime's interpreter or the nearest newer one; undefined if the machine has none or Mayfly knows no such runtime. Asks each interpreter once. */
  resolve(runtime: string): Promise<ResolvedRuntime | undefined>;
  /** Every runtime that Mayfly can run, for `mayfly doctor`. */
  describe(): Promise<readonly RuntimeDescription[]>;
  /** Looks at the machine anew, e.g. after an installation. */
  forget(): void;
}

const bootstrapFolders = {
  nodejs: fileURLToPath(new URL("../nodejs", import.meta.url)),
  python: fileURLToPath(new URL("../python", import.meta.url)),
} as const;

/** Where AWS's runtimes have their interpreter, too. */
const languageFolder = "/var/lang";
const bootstrapFolder = "/var/runtime";

// The sandbox shows these folders of the host already.
const isSystem = (path: string): boolean => /^\/(usr|lib|lib64|bin)\//.test(path);

const bootstrapArguments: Readonly<Record<"nodejs" | "python", (memorySizeMb: number) => readonly string[]>> = {
  // V8 would size its heap by the machine's memory and collect too late; these are the shares that AWS's runtime gives it.
  nodejs: (memorySizeMb) => [
    `--max-semi-space-size=${Math.max(1, Math.floor(memorySizeMb * 0.05))}`,
    `--max-old-space-size=${Math.floor(memorySizeMb * 0.9)}`,
    `${bootstrapFolder}/bootstrap.cjs`,
  ],
  python: () => ["-I", "-S", "-X", "utf8", `${bootstrapFolder}/bootstrap.py`],
};

function describeRun(facts: RuntimeFacts, interpreter: Interpreter, sdks: readonly RuntimeMount[]): InterpretedRuntime {
  const { language, path, prefix, version, fullVersion } = interpreter;
  const bootstrap = { source: bootstrapFolders[language], target: bootstrapFolder };
  const system = isSystem(path);
  // Node is one file; mounting its folder would show what lies beside it.
  const own = language === "nodejs" ? { source: path, target: `${languageFolder}/bin/node` } : { source: prefix, target: languageFolder };
  const inside = system ? path : `${languageFolder}/bin/${language === "nodejs" ? "node" : basename(path)}`;
  return {
    runtime: facts.id,
    language,
    interpreter: path,
    version: fullVersion,
    exact: version === facts.version,
    mounts: [...(system ? [] : [own]), bootstrap, ...sdks],
    command: (memorySizeMb) => [inside, ...bootstrapArguments[language](memorySizeMb)],
    waitingCommand: (memorySizeMb, preloaded) => [
      inside,
      ...bootstrapArguments[language](memorySizeMb),
      "--wait",
      ...(language === "nodejs" && preloaded.length > 0 ? [preloaded.join(",")] : []),
    ],
    ...(language === "python" ? { zygoteCommand: (library) => [inside, ...bootstrapArguments.python(0), "--zygote", library] } : {}),
  };
}

/** The function's own program is all there is; AWS looks for it in /var/task, then in /opt. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html */
const customRuntime = (facts: RuntimeFacts): CustomRuntime => ({
  runtime: facts.id,
  language: "provided",
  interpreter: undefined,
  version: facts.id.replace("provided.", ""),
  exact: true,
  mounts: [],
  command: () => ["/var/task/bootstrap"],
});

/** How to get a runtime that is not there. */
export const howToInstall = (runtime: string): string => `mayfly runtimes install ${runtime}`;

/** Looks for interpreters at the first question, not before: start-up does not wait for it. */
export function createRuntimes(options: DiscoverOptions): Runtimes {
  let candidates: Promise<readonly InterpreterCandidate[]> | undefined;
  let probed = new Map<string, Promise<Interpreter | undefined>>();
  let resolved = new Map<string, Promise<ResolvedRuntime | undefined>>();

  const probe = (candidate: InterpreterCandidate): Promise<Interpreter | undefined> => {
    const known = probed.get(candidate.path) ?? probeInterpreter(candidate);
    probed.set(candidate.path, known);
    return known;
  };

  const find = async (facts: RuntimeFacts): Promise<ResolvedRuntime | undefined> => {
    if (facts.language === "provided") return customRuntime(facts);
    candidates ??= discoverInterpreters(options);
    const mayDo = (await candidates).filter(
      ({ language, version }) => language === facts.language && (version === undefined || compareVersions(version, facts.version) >= 0),
    );
    // Those known to be exact first: most resolutions ask one interpreter only.
    const exactFirst = mayDo.toSorted((one, other) => compareVersions(one.version ?? "9999", other.version ?? "9999"));
    let nearest: Interpreter | undefined;
    for (const candidate of exactFirst) {
      if (
        nearest !== undefined &&
        (nearest.version === facts.version || (facts.language === "python" && candidate.version !== nearest.version))
      )
        break;
      const interpreter = await probe(candidate);
      if (interpreter === undefined || compareVersions(interpreter.version, facts.version) < 0) continue;
      if (nearest === undefined || compareVersions(interpreter.version, nearest.version) < 0) nearest = interpreter;
    }
    if (nearest === undefined) {
      // It may be installed before the next question.
      candidates = undefined;
      resolved.delete(facts.id);
    }
    return nearest && describeRun(facts, nearest, nearest.language === "python" ? [await boto3Mount(options.runtimesFolder)] : []);
  };

  const resolve = (runtime: string): Promise<ResolvedRuntime | undefined> => {
    const facts = runtimeCatalog.get(runtime);
    if (facts === undefined || !runnableRuntimes.includes(facts)) return Promise.resolve(undefined);
    const known = resolved.get(runtime) ?? find(facts);
    resolved.set(runtime, known);
    return known;
  };

  return {
    resolve,
    describe: () => Promise.all(runnableRuntimes.map(async ({ id }) => describeOne(id, await resolve(id)))),
    forget() {
      candidates = undefined;
      probed = new Map();
      resolved = new Map();
    },
  };
}

function describeOne(runtime: string, resolved: ResolvedRuntime | undefined): RuntimeDescription {
  if (resolved === undefined) return { runtime, resolved, text: `not on this machine; ${howToInstall(runtime)}` };
  if (resolved.interpreter === undefined) return { runtime, resolved, text: "the function's own program, bootstrap" };
  const note = resolved.exact ? "" : ", the nearest newer version";
  return { runtime, resolved, text: `${resolved.version} at ${resolved.interpreter}${note}` };
}
