/** A statement of a resource-based policy, as Lambda writes them. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The statements of a policy's text; none if there is no policy. */
export function statementsOf(policy: string | undefined): readonly Statement[] {
  if (policy === undefined || policy === "") return [];
  const { Statement: statements = [] } = JSON.parse(policy) as { Statement?: readonly Statement[] };
  return statements;
}

/** Who may do it: `s3.amazonaws.com`, `Account 123456789012`, an ARN, `Everybody`. */
export function principalText({ Principal }: Statement): string {
  const texts = typeof Principal === "string" ? [Principal] : Object.values(Principal);
  return texts.map((text) => (text === "*" ? "Everybody" : text.replace(/^arn:aws:iam::(\d{12}):root$/, "Account $1"))).join(", ");
}

/** What must be so: `AWS:SourceArn is arn:aws:s3:::bucket`. */
export const conditionTexts = ({ Condition = {} }: Statement): string[] =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${key} ${operator.endsWith("Like") ? "is like" : "is"} ${value}`),
  );
