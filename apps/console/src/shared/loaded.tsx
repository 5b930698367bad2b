import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { Answer } from "./answer.ts";
import { ProblemPanel } from "./problem-panel.tsx";

interface LoadedProps<T> {
  readonly query: Answer<T>;
  /** What the query is about, for "There is no ...": `function HelloWorld`. */
  readonly subject?: string;
  /** In place of the grey lines while loading. */
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** A query's answer, or the face of its state: grey lines while loading, what went wrong. Data at hand is shown even while it is renewed. */
export function Loaded<T>({ query, subject, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined)
    return <ProblemPanel error={query.error} {...(subject && { subject })} onRetry={() => void query.refetch()} />;
  return skeleton ?? <SkeletonLines />;
}

/** Grey lines where text will be. */
export function SkeletonLines({ lines = 4 }: { readonly lines?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <SpaceBetween size="s">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton key={line} variant="text-body-m" width={`${90 - ((line * 17) % 45)}%`} />
        ))}
      </SpaceBetween>
    </div>
  );
}
