import { membersOf, type Findings, type Member, type Value } from "./policy-reader.ts";

/** An object's members by name. Names that are not known, or that come twice, are found. */
export function uniqueMembers(object: Value, known: readonly string[], of: string, findings: Findings): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const member of membersOf(object)) {
    const { name, key } = member;
    if (members.has(name)) findings.error(key, `"${name}" is there twice; only the last one would count.`);
    else if (!known.includes(name)) findings.error(key, `"${name}" is no element of ${of}.${suggestion(name, known)}`);
    members.set(name, member);
  }
  return members;
}

function suggestion(name: string, known: readonly string[]): string {
  const plain = (text: string): string => text.toLowerCase().replace(/s$/, "");
  const meant = known.find((one) => plain(one) === plain(name));
  return meant === undefined ? "" : ` Did you mean "${meant}"?`;
}
