import StatusIndicator from "@cloudscape-design/components/status-indicator";

/** Whether the endpoint's owner has agreed. */
export function SubscriptionStatus({ isPending }: { readonly isPending: boolean }) {
  if (isPending) return <StatusIndicator type="pending">Pending confirmation</StatusIndicator>;
  return <StatusIndicator type="success">Confirmed</StatusIndicator>;
}
