/**
 * Mayfly's own service: what a console needs and AWS has no API for. Written by hand, as is its model
 * (`../own-models/mayfly.json`): JSON over POST with `X-Amz-Target: Mayfly_20261123.<Operation>`, signed for service `mayfly`.
 * Times are epoch seconds on the wire and Date here; blobs are base64 on the wire.
 */

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

/** Names a function: name or ARN, without a qualifier. */
interface OfFunction {
  FunctionName: string;
}

/** Every operation of `mayfly` with its input and output. */
export interface MayflyOperations {
  /** IAM: mayfly:GetServerInfo on `*`. */
  GetServerInfo: {
    input: Record<never, never>;
    output: {
      Version: string;
      AccountId: string;
      Region: string;
      Auth: "strict" | "open";
      Isolation: string;
      /** What is missing for `full`, what is lost without it, and how to get it. */
      IsolationLacking?: string;
      /** What functions reach: nothing but Mayfly, the internet, or whatever the machine reaches. */
      FunctionNetwork: "none" | "public" | "all";
      /** Why functions reach no network, where that was not asked for, and what to do. */
      FunctionNetworkLacking?: string;
      StartedAt: Date;
    };
  };
  /** IAM: mayfly:ListRuntimes on `*`. */
  ListRuntimes: { input: Record<never, never>; output: { Runtimes: RuntimeInfo[] } };
  /** Tags of the region's functions, a page at a time (at most 500). IAM: lambda:ListTags is asked for each; the others are left out. */
  ListFunctionTags: {
    input: { Marker?: string; MaxItems?: number };
    output: { Functions: { FunctionArn: string; Tags: Record<string, string> }[]; NextMarker?: string };
  };

  /**
   * What became of events on their way from a source to a function, those to which something happened last first: of the event or request of that Id, of a
   * function (Qualifier: of that version or alias), of a source, or all of the account in the region; an Id's events with what was made of them. Known for a day at most. IAM: mayfly:ListEventTrails on `*`.
   */
  ListEventTrails: {
    input: { Id?: string; FunctionName?: string; Qualifier?: string; SourceArn?: string; MaxItems?: number };
    output: { Trails: EventTrailInfo[] };
  };
  /** Mails that topics sent, newest first, a page at a time (at most 50); the last 1,000 are kept. IAM: mayfly:ListOutboxMails on `*`. */
  ListOutboxMails: { input: { Marker?: string; MaxItems?: number }; output: { Mails: OutboxMailInfo[]; NextMarker?: string } };
  /**
   * The environments that the function has, and those of the last thousand of the server that it had, newest first; at most 100 unless MaxItems says more.
   * IAM: mayfly:ListFunctionEnvironments on the function.
   */
  ListFunctionEnvironments: { input: OfFunction & { MaxItems?: number }; output: { Environments: EnvironmentInfo[] } };
  /**
   * How many asynchronous events of the function wait or are being run, and since when the oldest one. Qualifier: what they were sent to; $LATEST if absent.
   * Complete is false while further events wait on disk only. IAM: mayfly:GetFunctionEventQueue on the function.
   */
  GetFunctionEventQueue: {
    input: OfFunction & { Qualifier?: string };
    output: { Count: number; OldestAcceptedAt?: Date; Complete: boolean };
  };
  /**
   * What the engine does at this moment: the account's environments and waiting events in the region, the processes that wait booted for any function, and
   * how much of the machine's memory is promised. IAM: mayfly:GetEngineStatus on `*`.
   */
  GetEngineStatus: {
    input: Record<never, never>;
    output: {
      Environments: EnvironmentInfo[];
      Waiting: { FunctionName: string; FunctionVersion: string; Count: number }[];
      Spares: { Runtime: string; MemorySize: number; Ready: number; Booting: number }[];
      Memory: { PromisedMb: number; PromisableMb: number };
    };
  };

  /** The package's tree. IAM: mayfly:ListFunctionFiles on the function. Throws ResourceNotFoundException. */
  ListFunctionFiles: {
    /** CodeSha256: one of the function's deployments or versions; the current one if absent. */
    input: OfFunction & { CodeSha256?: string };
    output: {
      FunctionArn: string;
      CodeSha256: string;
      RevisionId: string;
      Files: FunctionFile[];
      Editable: boolean;
      NotEditableReason?: string;
    };
  };
  /** One file's bytes, at most 6 MB (else FileTooLargeException). IAM: mayfly:GetFunctionFile on the function. */
  GetFunctionFile: { input: OfFunction & { Path: string; CodeSha256?: string }; output: { Path: string; Content: Uint8Array } };

  /** The draft, if there is one. IAM: mayfly:GetFunctionDraft on the function. */
  GetFunctionDraft: { input: OfFunction; output: { Draft?: FunctionDraft } };
  /**
   * Saves undeployed work; replaces what was saved. IAM: mayfly:PutFunctionDraft on the function.
   * Throws PreconditionFailedException if DraftRevisionId is not the saved draft's (absent: no draft may exist).
   */
  PutFunctionDraft: {
    input: OfFunction & { BaseCodeSha256: string; DraftRevisionId?: string; Changes: FileChange[] };
    output: { DraftRevisionId: string; LastModified: Date };
  };
  /** IAM: mayfly:DeleteFunctionDraft on the function. No draft: nothing happens. */
  DeleteFunctionDraft: { input: OfFunction; output: Record<never, never> };
  /**
   * Applies changes to a package of the function and makes the result its code: lambda:UpdateFunctionCode as the caller, whose
   * permission it needs. Removes the draft. Throws PreconditionFailedException if RevisionId is not the function's, and what UpdateFunctionCode throws.
   */
  DeployFunctionFiles: {
    input: OfFunction & { BaseCodeSha256: string; Changes: FileChange[]; RevisionId?: string };
    output: DeployedCode;
  };

  /** The last 20 deployments, newest first. IAM: mayfly:ListFunctionDeployments on the function. */
  ListFunctionDeployments: { input: OfFunction; output: { Deployments: FunctionDeployment[] } };
  /** Makes an earlier deployment the function's code again: lambda:UpdateFunctionCode as the caller. */
  RevertFunctionCode: { input: OfFunction & { CodeSha256: string; RevisionId?: string }; output: DeployedCode };

  /**
   * The caller's own test events of a function: an OpenAPI 3 document whose `components.examples` hold them, as shareable ones
   * have in the registry `lambda-testevent-schemas`. IAM: mayfly:GetPrivateTestEvents on the function.
   */
  GetPrivateTestEvents: { input: OfFunction; output: { Content?: string; LastModified?: Date } };
  /** At most 10 events, 256 KB together. No events: what was kept is removed. */
  PutPrivateTestEvents: { input: OfFunction & { Content: string }; output: { LastModified: Date } };

  /** IAM: mayfly:GetFunctionReplayConfig on the function. */
  GetFunctionReplayConfig: { input: OfFunction; output: FunctionReplayConfig };
  /** Lets invocations be kept for a day, sealed under the data folder's key, or forgets those that are. IAM: mayfly:PutFunctionReplayConfig on the function. */
  PutFunctionReplayConfig: { input: OfFunction & { KeepInvocations: boolean }; output: FunctionReplayConfig };
  /** The newest first, at most 50 a page. IAM: mayfly:ListKeptInvocations on the function. */
  ListKeptInvocations: {
    input: OfFunction & { MaxItems?: number; Marker?: string };
    output: { Invocations: KeptInvocation[]; NextMarker?: string };
  };
  /** With event, response and log. IAM: mayfly:GetKeptInvocation on the function, and logs:GetLogEvents on its log stream. */
  GetKeptInvocation: { input: OfFunction & { RequestId: string }; output: { Invocation: KeptInvocationDetails } };
  /**
   * Runs a kept invocation's event again, on the version or alias that Qualifier names, else on what the first caller named: lambda:Invoke as the caller, who
   * needs its permission. IAM: mayfly:ReplayInvocation on the function, and logs:GetLogEvents on its log stream.
   */
  ReplayInvocation: {
    input: OfFunction & { RequestId: string; Qualifier?: string };
    output: { Original: KeptInvocationDetails; Replay: ReplayedInvocation };
  };

  /** A token that signs the caller into the console, once, within its time. IAM: none is asked; it gives nothing that the caller has not. */
  CreateSigninToken: { input: Record<never, never>; output: { SigninToken: string; SigninUrl: string; ExpiresAt: Date } };
  /** The caller's own sessions; the root user sees the account's. IAM: mayfly:ListConsoleSessions on `*`. */
  ListConsoleSessions: { input: Record<never, never>; output: { Sessions: ConsoleSession[] } };
  /** Ends a session: it gets no further credentials. IAM: mayfly:DeleteConsoleSession on `*`. */
  DeleteConsoleSession: { input: { SessionId: string }; output: Record<never, never> };
}

declare module "@mayfly/kernel" {
  interface ServiceCatalog {
    mayfly: MayflyOperations;
  }
}
