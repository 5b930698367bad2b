import { useState } from "react";

/** What is being filled in, and what changes some of it. */
export function useDraft<T extends object>(initial: T | (() => T)): readonly [draft: T, change: (facts: Partial<T>) => void] {
  const [draft, setDraft] = useState(initial);
  return [draft, (facts) => setDraft((now) => ({ ...now, ...facts }))];
}
