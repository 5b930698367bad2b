interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
}

const kinds: Readonly<Record<string, string>> = { Service: "AWS service", AWS: "Account", Federated: "Identity provider" };

/** Whom a trust policy lets take the role on: `AWS service: lambda`, `Account: 123456789012`. `document` as GetRole gives it, percent-encoded. */
export function trustedEntities(document: string | undefined): string[] {
  const found = statementsOf(document).flatMap(({ Effect, Principal }) => {
    if (Effect !== "Allow") return [];
    if (Principal === "*") return ["Everyone"];
    return Object.entries((Principal ?? {}) as Record<string, unknown>).flatMap(([kind, value]) =>
      [value]
        .flat()
        .filter((item) => typeof item === "string")
        .map((item) => entityInWords(kind, item)),
    );
  });
  return [...new Set(found)];
}

function entityInWords(kind: string, value: string): string {
  if (value === "*") return "Everyone";
  const short = kind === "Service" ? value.replace(/\.amazonaws\.com$/, "") : value.replace(/^arn:aws:iam::(\d{12}):root$/, "$1");
  return `${kinds[kind] ?? kind}: ${short}`;
}

function statementsOf(document: string | undefined): Statement[] {
  try {
    const { Statement } = JSON.parse(decodeURIComponent(document ?? "")) as { Statement?: unknown };
    return [Statement].flat().filter((item): item is Statement => typeof item === "object" && item !== null);
  } catch {
    return [];
  }
}
