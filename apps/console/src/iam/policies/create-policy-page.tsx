import { usePage } from "../../app/page.tsx";

/** Create policy. */
export function CreatePolicyPage() {
  usePage({ title: "Create policy", breadcrumbs: [] });
  return null;
}
