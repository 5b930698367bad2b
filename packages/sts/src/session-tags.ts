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
 * @throws Fault InvalidParameterValue, ValidationError
 */
export function sessionTags(caller: Principal, input: TagsInput): SessionTags {
  const own = requestTags(input);
  const seen = new Set<string>();
  for (const key of Object.keys(own).map((name) => name.toLowerCase())) seen.add(key);
  if (seen.size !== (input.Tags ?? []).length)
    throw new Fault("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.", { status: 400 });
  for (const key of input.TransitiveTagKeys ?? []) {
    if (!Object.hasOwn(own, key))
      throw new Fault("ValidationError", `Transitive tag key must be among the requested tags or already transitive: ${key}`, {
        status: 400,
      });
  }
  const inherited = caller.kind === "assumed-role" ? (caller.transitiveTagKeys ?? []) : [];
  const clash = inherited.find((key) => seen.has(key.toLowerCase()));
  if (clash !== undefined)
    throw new Fault(
      "InvalidParameterValue",
      `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${clash}`,
      { status: 400 },
    );
  const kept = caller.kind === "assumed-role" ? Object.entries(caller.tags ?? {}).filter(([key]) => inherited.includes(key)) : [];
  return { tags: { ...Object.fromEntries(kept), ...own }, transitiveTagKeys: [...inherited, ...(input.TransitiveTagKeys ?? [])] };
}
