import { Fault, type Principal } from "@mayfly/kernel";

/** Tags as AssumeRole takes them. */
export interface TagsInput {
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/** A session's tags and which of them further sessions keep. */
export interface SessionTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

/** The tags that the request itself carries. */
export function requestTags({ Tags }: TagsInput): Readonly<Record<string, string>> {
  return Object.fromEntries((Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/**
 * The new session's tags: the request's, and of the caller's those that are transitive, which the request must not change.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 * @throws Fault InvalidParameterValue
 */
export function sessionTags(caller: Principal, input: TagsInput): SessionTags {
  const own = requestTags(input);
  const ownKeys = new Set((input.Tags ?? []).map(({ Key = "" }) => Key.toLowerCase()));
  const inherited = caller.kind === "assumed-role" ? (caller.transitiveTagKeys ?? []) : [];
  if (ownKeys.size !== (input.Tags ?? []).length)
    throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  if (inherited.some((key) => ownKeys.has(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const transitive = input.TransitiveTagKeys ?? [];
  if (!transitive.every((key) => ownKeys.has(key.toLowerCase())))
    throw invalid("The specified transitive tag key must be included in the requested tags.");
  const kept = caller.kind === "assumed-role" ? Object.entries(caller.tags ?? {}).filter(([key]) => inherited.includes(key)) : [];
  const madeTransitive = Object.keys(own).filter((key) => transitive.some((one) => one.toLowerCase() === key.toLowerCase()));
  return { tags: { ...Object.fromEntries(kept), ...own }, transitiveTagKeys: [...inherited, ...madeTransitive] };
}

const invalid = (message: string): Fault => new Fault("InvalidParameterValue", message, { status: 400 });
