import { usePage } from "../../app/page.tsx";

/** Create function. */
export function CreateFunctionPage() {
  usePage({ title: "Create function", breadcrumbs: [] });
  return null;
}
