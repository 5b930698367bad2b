interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/**
 * Whether a role's trust policy lets Lambda take the role on.
 * @param document as IAM gives it: URL-encoded JSON
 */
export function trustsLambda(document: string | undefined): boolean {
  if (document === undefined) return false;
  try {
    const { Statement } = JSON.parse(decodeURIComponent(document)) as { Statement?: Statement | readonly Statement[] };
    return listOf(Statement).some(allowsLambda);
  } catch {
    return false;
  }
}

function allowsLambda({ Effect, Action, Principal }: Statement): boolean {
  const actions = listOf(Action).map((action) => action.toLowerCase());
  const services = typeof Principal === "string" ? [Principal] : listOf(Principal?.Service);
  return (
    Effect === "Allow" &&
    actions.some((action) => ["sts:assumerole", "sts:*", "*"].includes(action)) &&
    services.some((service) => service === "lambda.amazonaws.com" || service === "*")
  );
}
