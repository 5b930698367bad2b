import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { keyOf } from "../../api/hooks.ts";
import type { Entry } from "./entry.ts";
import { removeAll, type Removed } from "./remove.ts";

type Pages = AsyncIterable<readonly Entry[]> | Iterable<readonly Entry[]>;

/** Deletes many from a bucket for a dialog: how far it is, and the end of it once the dialog is closed. */
export function useRemoval(bucket: string): {
  readonly remove: (pages: (signal: AbortSignal) => Pages) => Promise<Removed>;
  readonly progress: ReactNode;
} {
  const [removed, setRemoved] = useState<number>();
  const gone = useRef(new AbortController());
  useEffect(() => {
    const { current } = gone;
    return () => current.abort();
  }, []);
  const cache = useQueryClient();
  return {
    async remove(pages) {
      const { signal } = gone.current;
      try {
        return await removeAll(bucket, pages(signal), setRemoved, signal);
      } finally {
        await cache.invalidateQueries({ queryKey: keyOf("s3") });
      }
    },
    progress: removed !== undefined && (
      <div key="progress" role="status">
        {removed.toLocaleString("en")} deleted
      </div>
    ),
  };
}
