import type { Statement } from "./statements.ts";

/** Whether a statement, as AddPermission makes them, lets a service run the function in the name of a source. */
export function letsIn({ Effect, Principal, Action, Condition = {} }: Statement, principal: string, sourceArn: string): boolean {
  const services = typeof Principal === "string" ? [Principal] : [Principal["Service"] ?? ""];
  const isService = services.some((service) => service === "*" || service === principal);
  const isSource = sourcesOf({ Condition }).every((source) =>
    source.endsWith("*") ? sourceArn.startsWith(source.slice(0, -1)) : source === sourceArn,
  );
  return Effect === "Allow" && isService && /^(lambda:(InvokeFunction|\*)|\*)$/i.test(Action) && isSource;
}

/** The sources that a statement names. */
export const sourcesOf = ({ Condition = {} }: Pick<Statement, "Condition">): string[] =>
  Object.values(Condition).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, value]) => (key.toLowerCase() === "aws:sourcearn" ? [value] : [])),
  );
