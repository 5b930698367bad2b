import "./policy-editor.css";
import { grantInWords, grantsOf } from "../policy-in-words.ts";
import { trustedEntities } from "../trust-in-words.ts";
import type { PolicyKind } from "./policy-problem.ts";

/** What a policy document says, in sentences. Of a text that is no policy nothing is said. */
export function PolicyWords({ document, kind }: { readonly document: string; readonly kind: PolicyKind }) {
  const sentences = sentencesOf(document, kind);
  if (sentences.length === 0) return null;
  return (
    <ul className="policy-words" aria-label="The policy in words">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function sentencesOf(document: string, kind: PolicyKind): readonly string[] {
  if (kind === "identity") return [...new Set(grantsOf(document).map(grantInWords))];
  const entities = trustedEntities(encodeURIComponent(document));
  return entities.length === 0 ? [] : [`May be assumed by ${entities.join(", ")}.`];
}
