/** What Mayfly's own service speaks of: the shapes in its operations' inputs and outputs, in `mayfly.ts`. Times are Date here, epoch seconds on the wire. */

/** One file or folder of a deployment package. */
export interface FunctionFile {
  /** Relative to the package's root, `/` between folders, no leading slash; a folder's has no trailing one. */
  Path: string;
  Type: "file" | "directory" | "symlink";
  /** Bytes of a file; 0 for others. */
  Size: number;
  /** Unix permission bits, such as 0o755 (493). */
  Mode: number;
}

/** What a draft does to one path. A moved file is a delete and a put. */
export interface FileChange {
  Path: string;
  /** `put` writes Content (a folder is made with `directory`), `delete` takes the path and all below it away. */
  Type: "put" | "delete" | "directory";
  /** With `put`: the file's bytes. */
  Content?: Uint8Array;
  /** With `put`: a path of the base package whose bytes are taken instead of Content (a renamed file that need not be uploaded). */
  CopyFrom?: string;
}

/** Undeployed work on a function's code. One per function. */
export interface FunctionDraft {
  /** CodeSha256 of the package that the changes are relative to. */
  BaseCodeSha256: string;
  /** Changes with every save. */
  DraftRevisionId: string;
  LastModified: Date;
  /** ARN of who saved it. */
  LastModifiedBy: string;
  /** In the order in which they are applied. */
  Changes: FileChange[];
}

/** One deployment package that the function had or has. */
export interface FunctionDeployment {
  CodeSha256: string;
  CodeSize: number;
  DeployedAt: Date;
  /** ARN of the caller. */
  DeployedBy: string;
  /** The Lambda operation that brought it: CreateFunction or UpdateFunctionCode. */
  Source: string;
  /** It is what $LATEST runs now. */
  Current: boolean;
}

/** What became of an event. `At` is when something happened; `Detail` is for people. */
export interface EventTrailInfo {
  /** A message's id; the id of the request of an asynchronous invocation, and of a change of an object. */
  EventId: string;
  SourceArn: string;
  /** As it was mapped; of a topic's message its subscription's endpoint. Empty: nobody has received it yet. */
  FunctionArn: string;
  /** Of a topic's message the subscription's ARN, of a bucket's event the configuration's id. */
  MappingUUID: string;
  Steps: EventTrailStep[];
}

/** One thing that happened to an event. */
export interface EventTrailStep {
  At: Date;
  /** produced, taken (by whoever received it, but for the mapping that this is about), received, accepted (by a topic or bucket, for the receiver), filtered, delivered, refused (by a topic's endpoint), dead-lettered, moved (by a redrive), given-up, throttled, unavailable, failed, postponed, succeeded, told and untold (a destination), item-failed, loop, left (to the source, which brings it again), returned (the same, at once) or deleted. */
  Kind: string;
  /** Of the invocation that it was part of, or of the request that brought it. */
  RequestId?: string;
  Detail?: string;
}

/** A mail that a topic sent: it lies in the outbox of the account and region, and nowhere else. */
export interface OutboxMailInfo {
  MailId: string;
  SentAt: Date;
  From: string;
  To: string;
  Subject: string;
  Text: string;
  /** Notification, SubscriptionConfirmation or UnsubscribeConfirmation. */
  Kind: string;
  MessageId: string;
  TopicArn: string;
  SubscriptionArn: string;
  /** Confirms the subscription, or has an ended one again. */
  ConfirmUrl?: string;
  UnsubscribeUrl?: string;
}

/** Whether a function's invocations are kept, and what is. */
export interface FunctionReplayConfig {
  KeepInvocations: boolean;
  KeptCount: number;
  /** Sealed events and responses. */
  KeptBytes: number;
  /** Beyond these the oldest go. */
  MaximumCount: number;
  MaximumBytes: number;
  MaximumAgeSeconds: number;
}

/** An invocation that was kept. */
export interface KeptInvocation {
  RequestId: string;
  InvokedAt: Date;
  /** What the caller named: `$LATEST`, a version or an alias. */
  Qualifier: string;
  ExecutedVersion: string;
  DurationMs: number;
  /** Bytes of the event. */
  EventSize: number;
  /** Missing if the function did not fail. */
  FunctionError?: string;
}

/** All that is known of it. */
export interface KeptInvocationDetails extends KeptInvocation {
  /** JSON. */
  Event: string;
  /** Missing if it was streamed. */
  Response?: string;
  /** The last 4 KB; missing if the lines are gone. */
  Log?: string;
}

/** What came of running an event again. */
export interface ReplayedInvocation {
  InvokedAt: Date;
  ExecutedVersion: string;
  DurationMs: number;
  Response: string;
  /** The last 4 KB. */
  Log: string;
  FunctionError?: string;
}

/** A runtime identifier and what would run it on this machine. */
export interface RuntimeInfo {
  /** `python3.8` */
  Runtime: string;
  /** `python`, `nodejs`, `java`, `dotnet`, `ruby`, `provided`, `go` */
  Family: string;
  Available: boolean;
  /** `Python 3.11.2 at /usr/bin/python3`; absent if not available. */
  Interpreter?: string;
  /** Why it is not available, or that a newer interpreter takes the place of the exact one. */
  Note?: string;
  /** AWS deprecated it on this day. `2024-10-14` */
  DeprecationDate?: string;
}

/** What a deploy answers: the part of UpdateFunctionCode's answer that an editor needs. */
export interface DeployedCode {
  FunctionArn: string;
  CodeSha256: string;
  CodeSize: number;
  RevisionId: string;
  LastUpdateStatus: string;
}

/** Somebody's signed-in browser. */
export interface ConsoleSession {
  SessionId: string;
  /** ARN of who is signed in. */
  Principal: string;
  CreatedAt: Date;
  ExpiresAt: Date;
  LastUsedAt: Date;
  SourceIp: string;
  UserAgent: string;
  /** It is the one that this request's credentials came from. */
  Current: boolean;
}

/** How long the parts of an environment's start took, one after the other. Microseconds. */
export interface EnvironmentPhases {
  /** Its process was booted ahead of any function. */
  Pooled: boolean;
  /** For a processor to be free. */
  WaitedMicros: number;
  /** Making the sandbox; 0 if pooled. */
  SandboxMicros: number;
  /** Giving code and variables to a pooled process; else 0. */
  CodeMicros: number;
  /** The interpreter's boot, unless pooled, and the function's own INIT. */
  InitMicros: number;
  /** The first event; absent until it is answered. */
  FirstResponseMicros?: number;
}

/** One execution environment. */
export interface EnvironmentInfo {
  /** The hexadecimal part of its log stream's name. */
  EnvironmentId: string;
  FunctionName: string;
  FunctionVersion: string;
  Runtime: string;
  State: "starting" | "init" | "idle" | "invoking" | "stopping" | "ended";
  Invocations: number;
  CreatedAt: Date;
  /** MB that the function was given. */
  MemorySize: number;
  /** Of all its processes; absent of one that has ended or could not be looked at. */
  MemoryUsedBytes?: number;
  CpuTimeMs?: number;
  /** Absent while it starts. */
  Phases?: EnvironmentPhases;
}
