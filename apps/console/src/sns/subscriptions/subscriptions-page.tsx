import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { SubscriptionsTable } from "./subscriptions-table.tsx";

/** The account's subscriptions in the region. */
export function SubscriptionsPage() {
  usePage({
    title: "Subscriptions",
    help: "subscriptions",
    contentType: "table",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Subscriptions", href: paths.subscriptions },
    ],
  });
  return <SubscriptionsTable />;
}
