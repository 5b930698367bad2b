import { useCallback } from "react";
import { useSearchParams } from "react-router";

/**
 * A text that lives in the address, `?name=value`: a filter, a page, a tab, what is selected. Reload, links and the back button keep it.
 * @param history `push` makes each change a step of the back button
 */
export function useAddressState(
  name: string,
  history: "replace" | "push" = "replace",
): [value: string | undefined, set: (value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const value = search.get(name) ?? undefined;
  const set = useCallback(
    (next: string | undefined) => {
      // The address at this moment, not at the last render: two states may be set in one go.
      const now = new URLSearchParams(location.search);
      if ((now.get(name) ?? undefined) === next) return;
      if (next === undefined) now.delete(name);
      else now.set(name, next);
      setSearch(now, { replace: history === "replace" });
    },
    [name, history, setSearch],
  );
  return [value, set];
}
