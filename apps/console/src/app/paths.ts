const part = encodeURIComponent;

/** The tabs of a function's page, as its address has them. */
export const functionTabs = ["code", "test", "monitor", "configuration", "aliases", "versions", "deployments"] as const;
/** One of them. */
export type FunctionTab = (typeof functionTabs)[number];

/** The tabs of a bucket's page, as its address has them. */
export type BucketTab = "objects" | "properties" | "permissions" | "management" | "trail";

/** The address of every page, below /console. Links are made here only. */
export const paths = {
  dashboard: "/dashboard",
  functions: "/functions",
  createFunction: "/functions/create",
  createFunctionWith: (roleArn: string): string => `/functions/create${query({ role: roleArn })}`,
  /** @param qualifier a version or alias; absent: $LATEST */
  function: (name: string, tab: FunctionTab = "code", qualifier?: string): string =>
    `/functions/${part(name)}/${tab}${query(qualifier === undefined ? {} : { qualifier })}`,
  functionConfiguration: (name: string, section: string, qualifier?: string): string =>
    `/functions/${part(name)}/configuration/${part(section)}${query(qualifier === undefined ? {} : { qualifier })}`,
  /** The trail of one of its events, by any of its ids. */
  functionEvent: (name: string, event: string, qualifier?: string): string =>
    `/functions/${part(name)}/monitor${query({ event, ...(qualifier !== undefined && { qualifier }) })}`,
  layers: "/layers",
  createLayer: "/layers/create",
  createLayerVersion: (name: string): string => `/layers/create${query({ name })}`,
  layer: (name: string, version?: number): string =>
    `/layers/${part(name)}${query(version === undefined ? {} : { version: String(version) })}`,
  codeSigning: "/code-signing",
  createCodeSigning: "/code-signing/create",
  codeSigningConfig: (arn: string): string => `/code-signing/${part(arn)}`,
  buckets: "/s3/buckets",
  createBucket: "/s3/buckets/create",
  /** @param to what of it is shown: a tab, a folder */
  bucket: (name: string, to: { readonly tab?: BucketTab; readonly prefix?: string } = {}): string =>
    `/s3/buckets/${part(name)}${query(to)}`,
  /** @param of a version, a tab */
  object: (bucket: string, key: string, of: { readonly version?: string; readonly tab?: string } = {}): string =>
    `/s3/buckets/${part(bucket)}/object${query({ key, ...of })}`,
  queues: "/sqs/queues",
  createQueue: "/sqs/queues/create",
  queue: (name: string): string => `/sqs/queues/${part(name)}`,
  editQueue: (name: string): string => `/sqs/queues/${part(name)}/edit`,
  queueMessages: (name: string): string => `/sqs/queues/${part(name)}/messages`,
  topics: "/sns/topics",
  createTopic: "/sns/topics/create",
  topic: (name: string): string => `/sns/topics/${part(name)}`,
  /** @param event a message's id */
  topicTrail: (name: string, event: string): string => `/sns/topics/${part(name)}${query({ tab: "trail", event })}`,
  editTopic: (name: string): string => `/sns/topics/${part(name)}/edit`,
  publish: (name: string): string => `/sns/topics/${part(name)}/publish`,
  subscriptions: "/sns/subscriptions",
  /** @param to what is subscribed, or to which topic */
  createSubscription: (to: { readonly topic?: string; readonly queue?: string } = {}): string => `/sns/subscriptions/create${query(to)}`,
  subscription: (arn: string): string => `/sns/subscriptions/${part(arn)}`,
  editSubscription: (arn: string): string => `/sns/subscriptions/${part(arn)}/edit`,
  outbox: "/sns/outbox",
  logGroups: "/logs",
  logGroup: (name: string): string => `/logs/groups/${part(name)}`,
  logStream: (group: string, stream: string): string => `/logs/groups/${part(group)}/streams/${part(stream)}`,
  logEvents: (group: string, search: Readonly<Record<string, string>> = {}): string => `/logs/groups/${part(group)}/events${query(search)}`,
  liveTail: (groups: readonly string[] = []): string => `/logs/live-tail${query(groups.length > 0 ? { groups: groups.join(",") } : {})}`,
  roles: "/iam/roles",
  createRole: "/iam/roles/create",
  role: (name: string): string => `/iam/roles/${part(name)}`,
  policies: "/iam/policies",
  createPolicy: "/iam/policies/create",
  policy: (arn: string): string => `/iam/policies/${part(arn)}`,
  users: "/iam/users",
  createUser: "/iam/users/create",
  user: (name: string): string => `/iam/users/${part(name)}`,
  settings: "/settings",
  signIn: "/signin",
};

function query(search: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(search).toString();
  return text === "" ? "" : `?${text}`;
}

/** Where an address of AWS's console (`#/functions/NAME?tab=testing`) leads here; undefined for others. */
export function pathOfAwsHash(hash: string): string | undefined {
  const match = /^#\/(functions|create\/function)(?:\/([^/?]+))?(?:\/(?:versions|aliases)\/([^/?]+))?.*?(?:[?&]tab=(\w+))?$/.exec(hash);
  if (!match) return undefined;
  if (match[1] === "create/function") return paths.createFunction;
  if (match[2] === undefined) return paths.functions;
  const tabs: Readonly<Record<string, FunctionTab>> = {
    code: "code",
    testing: "test",
    monitoring: "monitor",
    configure: "configuration",
    configuration: "configuration",
    aliases: "aliases",
    versions: "versions",
  };
  const qualifier = match[3] === undefined ? undefined : decodeURIComponent(match[3]);
  return paths.function(decodeURIComponent(match[2]), tabs[match[4] ?? "code"] ?? "code", qualifier);
}
