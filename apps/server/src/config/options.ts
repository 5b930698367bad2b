import { InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { overrideLimits, type LambdaLimits } from "@mayfly/lambda";
import type { SandboxWay } from "@mayfly/sandbox";

/** How a server runs, after command line and environment were read. */
export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute path of the data folder; undefined only together with `ephemeral`: a temporary folder is made. */
  readonly data: string | undefined;
  readonly ephemeral: boolean;
  readonly auth: "strict" | "open";
  /** The account that the first start makes, and that `open` uses for keys that name none. */
  readonly account: string;
  readonly region: string;
  readonly runtimeDeprecation: "note" | "enforce";
  readonly cpu: "proportional" | "shared";
  /** Undefined: the internet if this machine has a way out, else nothing. */
  readonly functionNetwork: "none" | "public" | "all" | undefined;
  /** Undefined: full, or on loopback whatever this machine gives. */
  readonly isolation: "full" | "reduced" | undefined;
  /** Undefined: the best that works here. */
  readonly sandbox: SandboxWay | undefined;
  /** Where services are that are not this server's own. */
  readonly endpoints: Endpoints;
  /** Under which others reach this server, where that is not its own address: for links in notifications. */
  readonly publicUrl: string | undefined;
  /** AWS's defaults, but for what a file says. */
  readonly limits: LambdaLimits;
}

/** URLs by service. */
export interface Endpoints {
  readonly sqs?: string;
}

const services = ["sqs"] satisfies (keyof Endpoints)[];

const defaultDataFolder = ".mayfly";

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return value;
}

function matching(pattern: RegExp, what: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(`It must be ${what}.`);
    return text;
  };
}

function origin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !/^\/?$/.test(url.pathname) || url.search || url.hash)
    throw new InvalidArgumentError("It must be a URL such as https://mayfly.example.");
  return url.origin;
}

function flag(text: string | boolean): boolean {
  if (typeof text === "boolean") return text;
  if (["1", "true", "yes", ""].includes(text.toLowerCase())) return true;
  if (["0", "false", "no"].includes(text.toLowerCase())) return false;
  throw new InvalidArgumentError("It must be true or false.");
}

/** `sqs=https://host`, several of them one after the other or with commas between. */
function endpoints(text: string, before: Endpoints = {}): Endpoints {
  const found: Record<string, string> = { ...before };
  for (const part of text.split(",").map((one) => one.trim())) {
    const [service = "", url = ""] = part.split(/=(.*)/s);
    if (!(services as readonly string[]).includes(service))
      throw new InvalidArgumentError(`It must be SERVICE=URL, for: ${services.join(", ")}.`);
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new InvalidArgumentError(`${url || "Nothing"} is no URL.`);
    found[service] = url;
  }
  return found;
}

function limitsFile(path: string): LambdaLimits {
  try {
    return overrideLimits(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** `--data`, which every command that touches the data folder takes. */
export const dataOption = (): Option =>
  new Option("--data <dir>", "folder that holds everything Mayfly keeps").env("MAYFLY_DATA").default(undefined, defaultDataFolder);

/** `--sandbox`, for whoever makes sandboxes. */
export const sandboxOption = (): Option =>
  new Option("--sandbox <way>", "what makes sandboxes (default: the launcher; bubblewrap where the launcher can't)")
    .env("MAYFLY_SANDBOX")
    .choices(["launcher", "bubblewrap"] satisfies SandboxWay[]);

/** Absolute path of the data folder that was asked for. */
export const dataFolderOf = (data: string | undefined): string => resolve(data ?? defaultDataFolder);

/** Options of `mayfly start`; each can be set by its environment variable too. */
export const startOptions = (): Option[] => [
  new Option("--port <n>", "port to listen on; 0 takes a free one").env("MAYFLY_PORT").argParser(port).default(4566),
  new Option("--host <addr>", "address to listen on").env("MAYFLY_HOST").default("127.0.0.1"),
  dataOption(),
  new Option("--ephemeral [bool]", "keep nothing: the data is gone at the end")
    .env("MAYFLY_EPHEMERAL")
    .argParser(flag)
    .preset(true)
    .default(false),
  new Option("--auth <mode>", "strict: signatures and policies are enforced; open: any key may do all")
    .env("MAYFLY_AUTH")
    .choices(["strict", "open"])
    .default("strict"),
  new Option("--account <id>", "account of the first start")
    .env("MAYFLY_ACCOUNT")
    .argParser(matching(/^\d{12}$/, "12 digits"))
    .default("123456789012"),
  new Option("--region <name>", "region of the printed set-up")
    .env("MAYFLY_REGION")
    .argParser(matching(/^[a-z]{2,4}(-[a-z]+)+-\d$/, "a region such as us-east-1"))
    .default("us-east-1"),
  new Option("--runtime-deprecation <mode>", "note: deprecated runtimes go on working; enforce: they are refused from AWS's block dates on")
    .env("MAYFLY_RUNTIME_DEPRECATION")
    .choices(["note", "enforce"])
    .default("note"),
  new Option("--cpu <mode>", "proportional: processor time by memory, 1,769 MB for one; shared: whatever is free")
    .env("MAYFLY_CPU")
    .choices(["proportional", "shared"])
    .default("proportional"),
  new Option(
    "--function-network <reach>",
    "what functions reach: public: the internet, not this machine and its networks; all: these, too; none: Mayfly alone (default: public where it can be had)",
  )
    .env("MAYFLY_FUNCTION_NETWORK")
    .choices(["none", "public", "all"]),
  new Option(
    "--isolation <level>",
    "full: functions run only where nothing of what keeps them apart is missing; reduced: where something is, too (default: full, but on loopback reduced with a warning)",
  )
    .env("MAYFLY_ISOLATION")
    .choices(["full", "reduced"]),
  sandboxOption(),
  new Option(
    "--endpoint <service=url>",
    "event sources of that service are read there, signed with the AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment; for: sqs",
  )
    .env("MAYFLY_ENDPOINT")
    .argParser(endpoints),
  new Option("--public-url <url>", "where subscribers of topics reach this server, if not at its own address: for links in notifications")
    .env("MAYFLY_PUBLIC_URL")
    .argParser(origin),
  new Option("--limits <file>", "JSON file with other bounds than AWS's, by name: docs/limits.md")
    .env("MAYFLY_LIMITS")
    .argParser(limitsFile)
    .default(overrideLimits({}), "AWS's"),
];

/** Commander's values, as {@link ServerOptions}. */
export function serverOptions(values: Record<string, unknown>): ServerOptions {
  const options = values as unknown as ServerOptions;
  const data = options.data === undefined && options.ephemeral ? undefined : dataFolderOf(options.data);
  return { ...options, data, endpoints: (values["endpoint"] as Endpoints | undefined) ?? {} };
}
