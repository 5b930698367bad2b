import Button from "@cloudscape-design/components/button";

interface RefreshButtonProps {
  readonly query: { readonly isFetching: boolean; readonly refetch: () => unknown };
  /** What is asked for again, where a page has more than one such button. */
  readonly what?: string;
}

/** Asks again for what is shown. */
export const RefreshButton = ({ query, what }: RefreshButtonProps) => (
  <Button
    iconName="refresh"
    ariaLabel={what === undefined ? "Refresh" : `Refresh ${what}`}
    loading={query.isFetching}
    onClick={() => void query.refetch()}
  />
);
