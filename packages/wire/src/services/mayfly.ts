/**
 * Mayfly's own service: what a console needs and AWS has no API for. Written by hand, as is its model
 * (`../own-models/mayfly.json`): JSON over POST with `X-Amz-Target: Mayfly_20261123.<Operation>`, signed for service `mayfly`.
 * Times are epoch seconds on the wire and Date here; blobs are base64 on the wire.
 */
import type {
  ConsoleSession,
  DeployedCode,
  EnvironmentInfo,
  EventTrailInfo,
  FileChange,
  FunctionDeployment,
  FunctionDraft,
  FunctionFile,
  FunctionReplayConfig,
  KeptInvocation,
  KeptInvocationDetails,
  OutboxMailInfo,
  ReplayedInvocation,
  RuntimeInfo,
} from "./mayfly-shapes.ts";

export type * from "./mayfly-shapes.ts";

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
